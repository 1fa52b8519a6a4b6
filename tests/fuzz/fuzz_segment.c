/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a segment file, its checksums made to match: opening, verifying and reading
 * everything gives errors or answers that keep their promises, in bounded work. */
#include "support/memory_fs.h"
#include "unit/segment/read_all.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZE_MAX_TRIED = 1 << 16 };

static const char NAME[] = "00000000000000000000000000000000.seg";

/** Puts the bytes into a file of a file system in memory. */
static void write_file(memory_fs *files, const uint8_t *data, size_t size)
{
    const nuncio_vfs *vfs = memory_fs_vfs(files);
    nuncio_vfs_file *file = NULL;
    uint8_t *sealed = malloc(size + 1);
    char path[64];
    size_t done = 0;
    read_require(sealed != NULL);
    memcpy(sealed, data, size);
    if (size >= NN_HEADER_SIZE + NN_FOOTER_SIZE) {
        read_seal(sealed, size);
    }
    (void)snprintf(path, sizeof path, "/i/%s", NAME);
    read_require(vfs->make_dir(vfs->context, "/i") == 0);
    read_require(vfs->open(vfs->context, path, NUNCIO_VFS_CREATE, &file) == 0);
    read_require(size == 0 || vfs->write(vfs->context, file, sealed, size, &done) == 0);
    read_require(vfs->close(vfs->context, file) == 0);
    free(sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > SIZE_MAX_TRIED) {
        return 0;
    }
    memory_fs *files = memory_fs_create();
    nn_segment *segment = NULL;
    nn_memory memory;
    nn_memory_init(&memory, NULL, UINT64_C(1) << 30);
    write_file(files, data, size);
    if (nn_segment_open(memory_fs_vfs(files), &memory, "/i", NAME, &segment, NULL) == NUNCIO_OK) {
        (void)read_all(segment, &memory);
        (void)!nn_segment_verify(segment, true, NULL);
        nn_segment_close(segment);
    }
    read_require(memory.used == 0);
    read_require(memory_fs_open_count(files) == 0);
    memory_fs_destroy(files);
    return 0;
}
