/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what a segment stores compressed (texts, annotations, zstd's dictionaries), its
 * checksums made to match: each text has the size that the index says or is refused, in bounded
 * memory.
 *
 * The first byte chooses the region, the next two where in it the rest is put. */
#include "fuzz/region.h"
#include "fuzz/subject.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *choose(memory_fs *fs, uint8_t choice, size_t *size)
{
    static const nn_region_kind kinds[] = {NN_REGION_STORE, NN_REGION_TEXT_DICTIONARIES,
                                           NN_REGION_STORE_ITEMS, NN_REGION_TEXT_STARTS,
                                           NN_REGION_TEXT_RUNS};
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
    return region_of(bytes, file_size, kinds[choice % 5], size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static memory_fs *sound;
    size_t room;
    if (sound == NULL) {
        sound = subject_create();
    }
    if (size < 3) {
        return 0;
    }
    memory_fs *fs = memory_fs_clone(sound);
    uint8_t *region = choose(fs, data[0], &room);
    if (room > 0) {
        size_t at = ((size_t)data[1] | (size_t)data[2] << 8) % room;
        memcpy(region + at, data + 3, size - 3 < room - at ? size - 3 : room - at);
        subject_seal(fs);
        (void)subject_use(fs, data[1]);
    }
    memory_fs_destroy(fs);
    return 0;
}
