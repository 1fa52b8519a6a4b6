/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target once on each file of the folders given: what every build does with a corpus.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/files.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t replay_folder(const char *folder)
{
    size_t count = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        fprintf(stderr, "no corpus in %s\n", folder);
        exit(1);
    }
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[TEST_PATH_MAX];
        size_t size;
        if (entry->d_name[0] == '.') {
            continue;
        }
        test_path(path, folder, entry->d_name);
        char *bytes = test_file_read(path, &size);
        /* A copy of exactly its size: a read past the end is seen by the address sanitizer. */
        uint8_t *exact = malloc(size + (size == 0));
        memcpy(exact, bytes, size);
        (void)LLVMFuzzerTestOneInput(exact, size);
        free(exact);
        free(bytes);
        count++;
    }
    (void)closedir(directory);
    return count;
}

int main(int count, char **arguments)
{
    size_t inputs = 0;
    for (int i = 1; i < count; i++) {
        inputs += replay_folder(arguments[i]);
    }
    printf("%zu inputs replayed\n", inputs);
    return inputs == 0;
}
