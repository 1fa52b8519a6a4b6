/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/files/file_name.h"

#include "core/error.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_ROOM = 64 };

static void make_name(nn_hash128 hash, const char *suffix, char to[NAME_ROOM])
{
    (void)snprintf(to, NAME_ROOM, "%016" PRIx64 "%016" PRIx64 "%s", hash.high, hash.low, suffix);
}

bool nn_file_name_is(const char *name, nn_hash128 hash, const char *suffix)
{
    char expected[NAME_ROOM];
    make_name(hash, suffix, expected);
    return strcmp(name, expected) == 0;
}

nuncio_status nn_rename_to_hash(const nuncio_vfs *vfs, const char *directory, const char *path,
                                nn_hash128 hash, const char *suffix, char *name,
                                nuncio_error *error)
{
    make_name(hash, suffix, name);
    char target[NN_PATH_MAX];
    nuncio_status status = nn_path_join(target, directory, name, error);
    if (status == NUNCIO_OK) {
        int code = vfs->rename(vfs->context, path, target);
        status = code == 0 ? NUNCIO_OK : nn_error_errno(error, code, "rename", path);
    }
    if (status != NUNCIO_OK) {
        (void)vfs->unlink(vfs->context, path); /* the failure before is the one to report */
        name[0] = '\0';
    }
    return status;
}

bool nn_file_name_valid(const char *name, const char *suffix)
{
    return strlen(name) == NN_FILE_NAME_SIZE && strspn(name, "0123456789abcdef") == 32 &&
           strcmp(name + 32, suffix) == 0;
}
