/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/region.h"

#include "fuzz/subject.h"
#include "unit/segment/read_all.h"

#include <string.h>

uint8_t *region_of(uint8_t *bytes, size_t file_size, nn_region_kind kind, size_t *size)
{
    const uint8_t *entry = bytes + file_size - NN_FOOTER_SIZE + kind * NN_REGION_ENTRY_SIZE;
    *size = (size_t)nn_load_u64(entry + 8);
    return bytes + nn_load_u64(entry);
}

void region_make(region_subject *subject, const sample_options *options)
{
    test_prng prng = test_prng_of(20310601);
    sample *made = sample_create(&prng, options);
    char path[80];
    subject->files = memory_fs_create();
    nn_memory_init(&subject->memory, NULL, UINT64_C(1) << 28);
    const nuncio_vfs *vfs = memory_fs_vfs(subject->files);
    read_require(vfs->make_dir(vfs->context, "/i") == 0);
    read_require(sample_write(made, vfs, &subject->memory, "/i", false, subject->name, NULL) ==
                 NUNCIO_OK);
    sample_destroy(made);
    (void)snprintf(path, sizeof path, "/i/%s", subject->name);
    subject->bytes = memory_fs_contents(subject->files, path, &subject->size);
    subject->saved = malloc(subject->size);
    read_require(subject->bytes != NULL && subject->saved != NULL);
    memcpy(subject->saved, subject->bytes, subject->size);
}

nn_segment *region_open(region_subject *subject, const nn_region_kind *kinds, size_t count,
                        const uint8_t *data, size_t size)
{
    size_t room;
    nn_segment *segment = NULL;
    if (size > 3) {
        uint8_t *region = region_of(subject->bytes, subject->size, kinds[data[0] % count], &room);
        read_require(room > 0);
        size_t at = ((size_t)data[1] | (size_t)data[2] << 8) % room;
        memcpy(region + at, data + 3, size - 3 < room - at ? size - 3 : room - at);
        read_seal(subject->bytes, subject->size);
    }
    nuncio_status status = nn_segment_open(memory_fs_vfs(subject->files), &subject->memory, "/i",
                                           subject->name, &segment, NULL);
    read_require((status == NUNCIO_OK) == (segment != NULL));
    return segment;
}

void region_close(region_subject *subject, nn_segment *segment)
{
    nn_segment_close(segment);
    read_require(subject->memory.used == 0 && memory_fs_open_count(subject->files) == 0);
    memcpy(subject->bytes, subject->saved, subject->size);
}

static uint8_t *choose(memory_fs *fs, uint8_t choice, const nn_region_kind *kinds, size_t count,
                       size_t *size)
{
    const char *path = NULL;
    for (size_t i = 0; (path = memory_fs_path(fs, i)) != NULL; i++) {
        if (strstr(path, ".seg") != NULL && choice / 128 == i % 2) {
            break;
        }
    }
    *size = 0;
    if (path == NULL) {
        return NULL;
    }
    size_t file_size;
    uint8_t *bytes = memory_fs_contents(fs, path, &file_size);
    return region_of(bytes, file_size, kinds[choice % count], size);
}

void region_use_index(const nn_region_kind *kinds, size_t count, const uint8_t *data, size_t size)
{
    static memory_fs *sound;
    size_t room;
    if (sound == NULL) {
        sound = subject_create();
    }
    if (size < 3) {
        return;
    }
    memory_fs *fs = memory_fs_clone(sound);
    uint8_t *region = choose(fs, data[0], kinds, count, &room);
    if (room > 0) {
        size_t at = ((size_t)data[1] | (size_t)data[2] << 8) % room;
        memcpy(region + at, data + 3, size - 3 < room - at ? size - 3 : room - at);
        subject_seal(fs);
        (void)subject_use(fs, data[1]);
    }
    memory_fs_destroy(fs);
}
