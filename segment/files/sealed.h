/* SPDX-License-Identifier: Apache-2.0 */
/* Small files that are read whole: [magic:8][version:4][payload][XXH3-64 of all before:8]. */
#ifndef SEGMENT_SEALED_H
#define SEGMENT_SEALED_H

#include "core/file.h"
#include "core/slice.h"

enum { NN_SEALED_HEAD = 12, NN_SEALED_TAIL = 8 };

/** Starts a sealed file in a buffer: append the payload, then nn_sealed_end. */
void nn_sealed_begin(nn_buffer *buffer, const char *magic);
void nn_sealed_end(nn_buffer *buffer);

/** Writes a buffer to `path` and syncs it. */
NUNCIO_NODISCARD nuncio_status nn_sealed_write(const nuncio_vfs *vfs, nn_memory *memory,
                                               const char *path, const nn_buffer *buffer,
                                               nuncio_error *error);

/**
 * The payload of a sealed file.
 *
 * @param[in] path only for messages
 * @retval NUNCIO_ERR_NOT_INDEX another magic: a file of another kind
 * @retval NUNCIO_ERR_VERSION   another format version
 * @retval NUNCIO_ERR_CORRUPT   its hash does not match
 */
NUNCIO_NODISCARD nuncio_status nn_sealed_payload(const uint8_t *data, uint64_t size,
                                                 const char *magic, const char *path, nn_slice *out,
                                                 nuncio_error *error);

#endif
