/* SPDX-License-Identifier: Apache-2.0 */
/* Whole-file work on top of a nuncio_vfs: read, write with sync, map, lock; errors with paths. */
#ifndef CORE_FILE_H
#define CORE_FILE_H

#include "core/buffer.h"

#include <nuncio/vfs.h>

enum {
    /* limit index: a path | refused, NUNCIO_ERR_ARGUMENT */
    NN_PATH_MAX = 4096
};

/** "directory/name" into to[NN_PATH_MAX]. @retval NUNCIO_ERR_ARGUMENT too long */
NUNCIO_NODISCARD nuncio_status nn_path_join(char *to, const char *directory, const char *name,
                                            nuncio_error *error);

/** A file mapped for reading. */
typedef struct nn_file_map {
    const nuncio_vfs *vfs;
    const uint8_t *data; /* NULL when size is 0 */
    uint64_t size;
} nn_file_map;

/** Maps a whole file. A file that is not there is NUNCIO_ERR_NOT_FOUND. */
NUNCIO_NODISCARD nuncio_status nn_file_map_open(const nuncio_vfs *vfs, const char *path,
                                                nn_file_map *out, nuncio_error *error);
void nn_file_map_close(nn_file_map *map);

/** Reads a whole file of at most `max` bytes. Not there: NUNCIO_ERR_NOT_FOUND; larger: ERR_LIMIT.
 */
NUNCIO_NODISCARD nuncio_status nn_file_read_all(const nuncio_vfs *vfs, const char *path, size_t max,
                                                nn_buffer *out, nuncio_error *error);

/** A file being written from start to end, buffered (64 KiB), with the count of bytes so far. */
typedef struct nn_file_writer {
    const nuncio_vfs *vfs;
    nuncio_vfs_file *file;
    nn_buffer buffer;
    uint64_t offset;      /* bytes given so far */
    nuncio_status status; /* sticky: the first failure */
    char path[NN_PATH_MAX];
    nuncio_error error; /* details of the first failure */
} nn_file_writer;

NUNCIO_NODISCARD nuncio_status nn_file_writer_open(nn_file_writer *writer, const nuncio_vfs *vfs,
                                                   nn_memory *memory, const char *path,
                                                   nuncio_error *error);
/** After a failure further writes do nothing; nn_file_writer_finish reports it. */
void nn_file_writer_write(nn_file_writer *writer, const void *bytes, size_t size);
/** Writes what is buffered, syncs when it is to be `durable`, closes; returns the first failure,
 * after which the file is unlinked. */
NUNCIO_NODISCARD nuncio_status nn_file_writer_finish(nn_file_writer *writer, bool durable,
                                                     nuncio_error *error);
/** Closes without sync and unlinks. Safe after finish (does nothing then). */
void nn_file_writer_abort(nn_file_writer *writer);

#endif
