/* SPDX-License-Identifier: Apache-2.0 */
#include "core/file.h"

#include "core/error.h"

#include <errno.h>
#include <string.h>

nuncio_status nn_path_join(char *to, const char *directory, const char *name, nuncio_error *error)
{
    size_t directory_size = strlen(directory);
    size_t name_size = strlen(name);
    bool slash = directory_size > 0 && directory[directory_size - 1] != '/';
    if (directory_size >= NN_PATH_MAX || name_size >= NN_PATH_MAX ||
        directory_size + slash + name_size >= NN_PATH_MAX) {
        to[0] = '\0';
        return nn_error_file(error, NUNCIO_ERR_ARGUMENT, directory, 0,
                             "the path is longer than %d bytes", NN_PATH_MAX - 1);
    }
    memcpy(to, directory, directory_size);
    if (slash) {
        to[directory_size++] = '/';
    }
    memcpy(to + directory_size, name, name_size + 1);
    return NUNCIO_OK;
}

static nuncio_status read_error(int code, const char *action, const char *path, nuncio_error *error)
{
    if (code == ENOENT) {
        return nn_error_file(error, NUNCIO_ERR_NOT_FOUND, path, 0, "there is no such file");
    }
    return nn_error_errno(error, code, action, path);
}

/** Opens for reading and asks for the size; the file is closed again on failure. */
static nuncio_status open_sized(const nuncio_vfs *vfs, const char *path, nuncio_vfs_file **out,
                                uint64_t *size, nuncio_error *error)
{
    int code = vfs->open(vfs->context, path, NUNCIO_VFS_READ, out);
    if (code != 0) {
        return read_error(code, "open", path, error);
    }
    code = vfs->size(vfs->context, *out, size);
    if (code != 0) {
        (void)vfs->close(vfs->context, *out);
        return read_error(code, "ask the size", path, error);
    }
    return NUNCIO_OK;
}

nuncio_status nn_file_map_open(const nuncio_vfs *vfs, const char *path, nn_file_map *out,
                               nuncio_error *error)
{
    *out = (nn_file_map){.vfs = vfs};
    nuncio_vfs_file *file = NULL;
    uint64_t size = 0;
    NN_TRY(open_sized(vfs, path, &file, &size, error));
    const void *data = NULL;
    int code = size == 0 ? 0 : vfs->map(vfs->context, file, size, &data);
    (void)vfs->close(vfs->context, file); /* nothing was written: its answer changes nothing */
    if (code != 0) {
        return read_error(code, "map", path, error);
    }
    out->data = data;
    out->size = size;
    return NUNCIO_OK;
}

void nn_file_map_close(nn_file_map *map)
{
    if (map->data != NULL) {
        (void)map->vfs->unmap(map->vfs->context, map->data, map->size);
    }
    map->data = NULL;
    map->size = 0;
}

enum { INTERRUPTS_MAX = 100 }; /* in a row: a file system that never stops interrupting is broken */

/** Reads to the end of the file, which may be shorter than it was. */
static int read_whole(const nuncio_vfs *vfs, nuncio_vfs_file *file, uint8_t *to, size_t size,
                      size_t *total)
{
    uint32_t interrupts = 0;
    *total = 0;
    while (*total < size) {
        size_t done = 0;
        int code = vfs->read(vfs->context, file, *total, to + *total, size - *total, &done);
        if (code == EINTR && ++interrupts <= INTERRUPTS_MAX) {
            continue;
        }
        if (code != 0) {
            return code;
        }
        if (done == 0) {
            break;
        }
        interrupts = 0;
        *total += done;
    }
    return 0;
}

nuncio_status nn_file_read_all(const nuncio_vfs *vfs, const char *path, size_t max, nn_buffer *out,
                               nuncio_error *error)
{
    nuncio_vfs_file *file = NULL;
    uint64_t size = 0;
    NN_TRY(open_sized(vfs, path, &file, &size, error));
    nuncio_status status = NUNCIO_OK;
    if (size > max) {
        status = nn_error_file(error, NUNCIO_ERR_LIMIT, path, max,
                               "the file has %llu bytes, more than the %zu it may have",
                               (unsigned long long)size, max);
    } else if (!nn_buffer_reserve(out, (size_t)size)) {
        status = nn_error_memory(error);
    } else if (size > 0) {
        size_t done = 0;
        int code = read_whole(vfs, file, out->data + out->size, (size_t)size, &done);
        out->size += code == 0 ? done : 0;
        status = code == 0 ? NUNCIO_OK : read_error(code, "read", path, error);
    }
    (void)vfs->close(vfs->context, file);
    return status;
}
