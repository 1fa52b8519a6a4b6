/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the payload of a manifest or of a deletes file, its hash made to match: what is read
 * names only files that a writer could have made, each segment once, and what is said to be deleted
 * is within its bounds.
 *
 * An odd first byte makes a manifest of the rest, an even one deletes. */
#include "segment/files/deletes.h"
#include "segment/files/file_name.h"
#include "segment/files/format.h"
#include "segment/files/manifest.h"
#include "segment/files/sealed.h"
#include "support/memory_fs.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DELETES "00000000000000000000000000000000.del"

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void write_sealed(memory_fs *files, nn_memory *memory, const char *path, const char *magic,
                         const uint8_t *payload, size_t size)
{
    nn_buffer bytes;
    nn_buffer_init(&bytes, memory);
    nn_sealed_begin(&bytes, magic);
    nn_buffer_append(&bytes, payload, size);
    nn_sealed_end(&bytes);
    require(nn_sealed_write(memory_fs_vfs(files), memory, path, &bytes, NULL) == NUNCIO_OK);
    nn_buffer_deinit(&bytes);
}

static void read_manifest(const nuncio_vfs *vfs, nn_memory *memory)
{
    nn_manifest manifest;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    if (nn_manifest_read(vfs, memory, "/i", &manifest, &error) != NUNCIO_OK) {
        require(error.status == NUNCIO_ERR_CORRUPT && manifest.entries == NULL);
        return;
    }
    require(manifest.generation > 0);
    for (size_t i = 0; i < manifest.count; i++) {
        const nn_manifest_entry *entry = &manifest.entries[i];
        require(nn_file_name_valid(entry->segment, NN_SUFFIX_SEGMENT));
        require(entry->deletes[0] == '\0' || nn_file_name_valid(entry->deletes, NN_SUFFIX_DELETES));
        require(i == 0 || strcmp(entry->segment, manifest.entries[i - 1].segment) != 0);
    }
    nn_manifest_deinit(&manifest, memory);
}

static void read_deletes(const nuncio_vfs *vfs, nn_memory *memory, uint32_t articles)
{
    nn_deletes *deletes = NULL;
    if (nn_deletes_open(vfs, memory, "/i", DELETES, articles, &deletes, NULL) != NUNCIO_OK) {
        require(deletes == NULL);
        return;
    }
    uint32_t dead = 0, count, live = articles - nn_deletes_info_of(deletes)->articles;
    for (uint32_t i = 0; i < articles; i++) {
        dead += nn_deletes_has(deletes, i);
    }
    require(dead == nn_deletes_info_of(deletes)->articles);
    for (uint32_t i = 0; i < live; i++) {
        require(nn_deletes_live(deletes, i) < articles);
        require(!nn_deletes_has(deletes, nn_deletes_live(deletes, i)));
    }
    const nn_df_deduction *items = nn_deletes_deductions(deletes, &count);
    for (uint32_t i = 0; i < count; i++) {
        require(items[i].articles <= items[i].passages);
        require(i == 0 || items[i].ordinal > items[i - 1].ordinal);
        require(nn_deletes_deduction(deletes, items[i].ordinal).passages == items[i].passages);
    }
    nn_deletes_close(deletes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nn_memory memory;
    if (size < 1) {
        return 0;
    }
    memory_fs *files = memory_fs_create();
    const nuncio_vfs *vfs = memory_fs_vfs(files);
    nn_memory_init(&memory, NULL, UINT64_C(1) << 26);
    require(vfs->make_dir(vfs->context, "/i") == 0);
    if (data[0] % 2 == 1) {
        write_sealed(files, &memory, "/i/manifest", NN_MAGIC_MANIFEST, data + 1, size - 1);
        read_manifest(vfs, &memory);
    } else {
        write_sealed(files, &memory, "/i/" DELETES, NN_MAGIC_DELETES, data + 1, size - 1);
        read_deletes(vfs, &memory, data[0]);
    }
    require(memory.used == 0 && memory_fs_open_count(files) == 0);
    memory_fs_destroy(files);
    return 0;
}
