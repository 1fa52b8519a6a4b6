/* SPDX-License-Identifier: Apache-2.0 */
#include "support/disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

memory_fs *files;
const nuncio_vfs *vfs;
nn_memory memory;

int test_disk_make(void **state)
{
    (void)state;
    files = memory_fs_create();
    vfs = memory_fs_vfs(files);
    nn_memory_init(&memory, NULL, 0);
    return vfs->make_dir(vfs->context, "/i");
}

int test_disk_release(void **state)
{
    (void)state;
    bool left = memory_fs_open_count(files) != 0 || memory.used != 0;
    memory_fs_destroy(files);
    return left ? 1 : 0;
}

uint8_t *test_disk_file(const char *name, uint8_t **bytes, size_t *size)
{
    char path[128];
    (void)snprintf(path, sizeof path, "/i/%s", name);
    *bytes = memory_fs_contents(files, path, size);
    uint8_t *saved = *bytes == NULL ? NULL : malloc(*size);
    if (saved == NULL) {
        fprintf(stderr, "test disk: no copy of %s\n", path);
        abort();
    }
    memcpy(saved, *bytes, *size);
    return saved;
}
