/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/file.h"

#include <errno.h>
#include <string.h>

enum {
    BUFFER_SIZE = 64 * 1024,
    INTERRUPTS_MAX = 100 /* in a row: a file system that never stops interrupting is broken */
};

nuncio_status nn_file_writer_open(nn_file_writer *writer, const nuncio_vfs *vfs, nn_memory *memory,
                                  const char *path, nuncio_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->vfs = vfs;
    nn_buffer_init(&writer->buffer, memory);
    NN_TRY(nn_path_join(writer->path, "", path, error));
    if (!nn_buffer_reserve(&writer->buffer, BUFFER_SIZE)) {
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

static void fail(nn_file_writer *writer, int code, const char *action)
{
    if (writer->status == NUNCIO_OK) {
        writer->status = nn_error_errno(&writer->error, code, action, writer->path);
    }
}

/** Hands bytes to the file system until it has taken them all. */
static void write_through(nn_file_writer *writer, const uint8_t *bytes, size_t size)
{
    uint32_t interrupts = 0;
    while (size > 0 && writer->status == NUNCIO_OK) {
        size_t done = 0;
        int code = writer->vfs->write(writer->vfs->context, writer->file, bytes, size, &done);
        if (code == EINTR && ++interrupts <= INTERRUPTS_MAX) {
            continue;
        }
        if (code == 0 && (done == 0 || done > size)) {
            code = EIO;
        }
        if (code != 0) {
            fail(writer, code, "write");
            return;
        }
        interrupts = 0;
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
    if (writer->status != NUNCIO_OK || size == 0) {
        return;
    }
    writer->offset += size;
    if (size > BUFFER_SIZE - writer->buffer.size) {
        flush(writer);
    }
    if (size >= BUFFER_SIZE) {
        write_through(writer, bytes, size);
    } else {
        nn_buffer_append(&writer->buffer, bytes, size); /* fits: reserved when opened */
    }
}

/** Closes the file and gives the buffer back; `writer` does nothing more. */
static void close_file(nn_file_writer *writer)
{
    int code = writer->vfs->close(writer->vfs->context, writer->file);
    if (code != 0) {
        fail(writer, code, "close");
    }
    writer->file = NULL;
    nn_buffer_deinit(&writer->buffer);
}

nuncio_status nn_file_writer_finish(nn_file_writer *writer, bool durable, nuncio_error *error)
{
    flush(writer);
    if (durable && writer->status == NUNCIO_OK) {
        /* A sync that failed is never repeated: the system may have dropped the pages, and a second
         * call that succeeds would be a lie. */
        int code = writer->vfs->sync(writer->vfs->context, writer->file);
        if (code != 0) {
            fail(writer, code, "sync");
        }
    }
    close_file(writer);
    if (writer->status == NUNCIO_OK) {
        return NUNCIO_OK;
    }
    (void)writer->vfs->unlink(writer->vfs->context, writer->path);
    if (error != NULL) {
        *error = writer->error;
    }
    return writer->status;
}

void nn_file_writer_abort(nn_file_writer *writer)
{
    if (writer->file == NULL) {
        return;
    }
    close_file(writer);
    (void)writer->vfs->unlink(writer->vfs->context, writer->path);
}
