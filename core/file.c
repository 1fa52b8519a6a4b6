/* SPDX-License-Identifier: Apache-2.0 */
#include "core/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/error.h"

enum { WRITE_BUFFER_SIZE = 64 * 1024, READ_STEP = 64 * 1024 };

nuncio_status nn_path_join(char *to, const char *directory, const char *name, nuncio_error *error)
{
    size_t size = strlen(directory);
    const char *slash = size > 0 && directory[size - 1] == '/' ? "" : "/";
    int written = snprintf(to, NN_PATH_MAX, "%s%s%s", directory, slash, name);
    if (written < 0 || written >= NN_PATH_MAX) {
        to[0] = '\0';
        return nn_error_file(error, NUNCIO_ERR_ARGUMENT, directory, 0,
                             "the path is too long: at most %d bytes", NN_PATH_MAX - 1);
    }
    return NUNCIO_OK;
}

/* Opens for reading; a file that is not there has its own status, so that callers can tell. */
static nuncio_status open_for_reading(const nuncio_vfs *vfs, const char *path,
                                      nuncio_vfs_file **out, uint64_t *size, nuncio_error *error)
{
    int code = vfs->open(vfs->context, path, NUNCIO_VFS_READ, out);
    if (code == ENOENT) {
        return nn_error_file(error, NUNCIO_ERR_NOT_FOUND, path, 0, "there is no file %s", path);
    }
    if (code != 0) {
        return nn_error_errno(error, code, "open", path);
    }
    code = vfs->size(vfs->context, *out, size);
    if (code != 0) {
        (void)vfs->close(vfs->context, *out);
        *out = NULL;
        return nn_error_errno(error, code, "read the size of", path);
    }
    return NUNCIO_OK;
}

nuncio_status nn_file_map_open(const nuncio_vfs *vfs, const char *path, nn_file_map *out,
                               nuncio_error *error)
{
    nuncio_vfs_file *file = NULL;
    const void *memory = NULL;
    memset(out, 0, sizeof *out);
    out->vfs = vfs;
    NN_TRY(open_for_reading(vfs, path, &file, &out->size, error));
    int code = out->size == 0 ? 0 : vfs->map(vfs->context, file, out->size, &memory);
    (void)vfs->close(vfs->context, file); /* a map outlives its descriptor */
    if (code != 0) {
        out->size = 0;
        return nn_error_errno(error, code, "map", path);
    }
    out->data = (const uint8_t *)memory;
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

static nuncio_status read_rest(const nuncio_vfs *vfs, nuncio_vfs_file *file, const char *path,
                               size_t max, nn_buffer *out, nuncio_error *error)
{
    size_t begin = out->size;
    for (;;) {
        size_t done = 0;
        if (!nn_buffer_reserve(out, READ_STEP)) {
            return nn_error_memory(error);
        }
        int code = vfs->read(vfs->context, file, out->size - begin, out->data + out->size,
                             READ_STEP, &done);
        if (code == EINTR) {
            continue;
        }
        if (code != 0) {
            return nn_error_errno(error, code, "read", path);
        }
        if (done == 0) {
            return NUNCIO_OK;
        }
        out->size += done;
        if (out->size - begin > max) {
            return nn_error_file(error, NUNCIO_ERR_LIMIT, path, max,
                                 "%s is larger than the %zu bytes allowed", path, max);
        }
    }
}

nuncio_status nn_file_read_all(const nuncio_vfs *vfs, const char *path, size_t max, nn_buffer *out,
                               nuncio_error *error)
{
    nuncio_vfs_file *file = NULL;
    uint64_t size = 0;
    NN_TRY(open_for_reading(vfs, path, &file, &size, error));
    nuncio_status status = read_rest(vfs, file, path, max, out, error);
    (void)vfs->close(vfs->context, file);
    return status;
}

nuncio_status nn_file_writer_open(nn_file_writer *writer, const nuncio_vfs *vfs, nn_memory *memory,
                                  const char *path, nuncio_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->vfs = vfs;
    nn_buffer_init(&writer->buffer, memory);
    if (strlen(path) >= sizeof writer->path) {
        return nn_error_file(error, NUNCIO_ERR_ARGUMENT, path, 0,
                             "the path is too long: at most %d bytes", NN_PATH_MAX - 1);
    }
    memcpy(writer->path, path, strlen(path) + 1);
    if (!nn_buffer_reserve(&writer->buffer, WRITE_BUFFER_SIZE)) {
        nn_buffer_deinit(&writer->buffer);
        return nn_error_memory(error);
    }
    int code = vfs->open(vfs->context, path, NUNCIO_VFS_CREATE, &writer->file);
    if (code != 0) {
        writer->file = NULL;
        nn_buffer_deinit(&writer->buffer);
        return nn_error_errno(error, code, "create", path);
    }
    return NUNCIO_OK;
}

/* Writes all of it, however little the system takes at a time. */
static void write_through(nn_file_writer *writer, const uint8_t *bytes, size_t size)
{
    while (size > 0 && writer->status == NUNCIO_OK) {
        size_t done = 0;
        int code = writer->vfs->write(writer->vfs->context, writer->file, bytes, size, &done);
        if (code == EINTR) {
            continue;
        }
        if (code != 0 || done == 0) {
            writer->status =
                nn_error_errno(&writer->error, code == 0 ? EIO : code, "write", writer->path);
            return;
        }
        bytes += done;
        size -= done;
    }
}

static void flush(nn_file_writer *writer)
{
    write_through(writer, writer->buffer.data, writer->buffer.size);
    nn_buffer_clear(&writer->buffer);
}

void nn_file_writer_write(nn_file_writer *writer, const void *bytes, size_t size)
{
    writer->offset += size;
    if (writer->status != NUNCIO_OK || size == 0) {
        return;
    }
    if (size > WRITE_BUFFER_SIZE - writer->buffer.size) {
        flush(writer);
    }
    if (size >= WRITE_BUFFER_SIZE) {
        write_through(writer, (const uint8_t *)bytes, size);
    } else {
        nn_buffer_append(&writer->buffer, bytes, size); /* fits: the room was reserved at open */
    }
}

nuncio_status nn_file_writer_finish(nn_file_writer *writer, nuncio_error *error)
{
    flush(writer);
    if (writer->status == NUNCIO_OK) {
        int code = writer->vfs->sync(writer->vfs->context, writer->file);
        if (code != 0) { /* never again: a second sync may report success for lost pages */
            writer->status = nn_error_errno(&writer->error, code, "sync", writer->path);
        }
    }
    if (writer->status != NUNCIO_OK) {
        nuncio_status status = writer->status;
        if (error != NULL) {
            *error = writer->error;
        }
        nn_file_writer_abort(writer);
        return status;
    }
    int code = writer->vfs->close(writer->vfs->context, writer->file);
    writer->file = NULL;
    nn_buffer_deinit(&writer->buffer);
    if (code != 0) {
        (void)writer->vfs->unlink(writer->vfs->context, writer->path);
        return nn_error_errno(error, code, "close", writer->path);
    }
    return NUNCIO_OK;
}

void nn_file_writer_abort(nn_file_writer *writer)
{
    if (writer->file != NULL) {
        (void)writer->vfs->close(writer->vfs->context, writer->file);
        (void)writer->vfs->unlink(writer->vfs->context, writer->path);
        writer->file = NULL;
        nn_buffer_deinit(&writer->buffer);
    }
}
