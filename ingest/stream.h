/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes from anywhere, decompressed on the way: plain, gzip or zstd, told by their first bytes. */
#ifndef INGEST_STREAM_H
#define INGEST_STREAM_H

#include "core/memory.h"

/** Where the raw bytes come from. */
typedef struct nn_source {
    void *context;
    /** Like read(2): up to `size` bytes to `to`; `*done` 0 is the end. Returns 0 or an errno value;
     * ECANCELED when the run is to stop. */
    int (*read)(void *context, void *to, size_t size, size_t *done);
} nn_source;

typedef struct nn_stream nn_stream;

/** Makes a stream over `source`; reads nothing yet. Release with nn_stream_close. */
NUNCIO_NODISCARD nuncio_status nn_stream_open(nn_memory *memory, nn_source source, nn_stream **out,
                                              nuncio_error *error);
void nn_stream_close(nn_stream *stream); /* NULL is allowed */

/**
 * Up to `size` (> 0) bytes of content; `*done` 0 is the end. Bytes before a failure are delivered
 * first, so that a file that was cut short gives all that is in it.
 *
 * @retval NUNCIO_ERR_IO        the source failed; the message holds the reason
 * @retval NUNCIO_ERR_INPUT     a format that is not read; the message names it
 * @retval NUNCIO_ERR_CORRUPT   compressed data ends too early or is broken
 * @retval NUNCIO_ERR_CANCELLED the source said so
 */
NUNCIO_NODISCARD nuncio_status nn_stream_read(nn_stream *stream, void *to, size_t size,
                                              size_t *done, nuncio_error *error);

/** Raw bytes taken from the source so far. */
uint64_t nn_stream_consumed(const nn_stream *stream);

#endif
