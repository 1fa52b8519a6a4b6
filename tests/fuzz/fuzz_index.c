/* SPDX-License-Identifier: Apache-2.0 */
/* A whole index by someone who can compute checksums: opened, read, searched in every mode and
 * checked, it gives errors or answers that keep their promises, in bounded memory.
 *
 * The input is a list of changes of 8 bytes: which file (and whether one, two, four or eight bytes
 * are set), where, to what. */
#include "fuzz/subject.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHANGE_SIZE = 8, CHANGES_MAX = 32 };

static void change(memory_fs *fs, const uint8_t input[CHANGE_SIZE])
{
    size_t files = 0, size;
    while (memory_fs_path(fs, files) != NULL) {
        files++;
    }
    uint8_t *bytes = memory_fs_contents(fs, memory_fs_path(fs, input[0] % files), &size);
    size_t width = (size_t)1 << input[0] / 64;
    size_t at = (size_t)input[1] | (size_t)input[2] << 8 | (size_t)input[3] << 16;
    uint8_t value[8] = {input[4], input[5], input[6], input[7]};
    if (size >= width) {
        memcpy(bytes + at % (size - width + 1), value, width);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static memory_fs *sound;
    if (sound == NULL) {
        sound = subject_create();
        for (unsigned turn = 0; turn < 4; turn++) {
            subject_require(subject_use(sound, turn) == 0);
        }
    }
    if (size > CHANGE_SIZE * CHANGES_MAX) {
        return 0;
    }
    memory_fs *fs = memory_fs_clone(sound);
    for (size_t at = 0; at + CHANGE_SIZE <= size; at += CHANGE_SIZE) {
        change(fs, data + at);
    }
    subject_seal(fs);
    (void)subject_use(fs, (unsigned)size / CHANGE_SIZE + (size > 0 ? data[0] : 0U));
    memory_fs_destroy(fs);
    return 0;
}
