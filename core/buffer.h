/* SPDX-License-Identifier: Apache-2.0 */
/* Growing bytes with a sticky failure: append freely, ask once. */
#ifndef CORE_BUFFER_H
#define CORE_BUFFER_H

#include "core/memory.h"

typedef struct nn_buffer {
    nn_memory *memory;
    uint8_t *data; /* NULL while empty */
    size_t size;
    size_t capacity;
    bool failed; /* an append was refused; further appends do nothing */
} nn_buffer;

void nn_buffer_init(nn_buffer *buffer, nn_memory *memory);
void nn_buffer_deinit(nn_buffer *buffer);
void nn_buffer_clear(
    nn_buffer *buffer); /* size 0, capacity and failed flag: capacity stays, failed resets */
/** Room for `size` more bytes; false (and failed) when refused. */
bool nn_buffer_reserve(nn_buffer *buffer, size_t size);
void nn_buffer_append(nn_buffer *buffer, const void *bytes, size_t size);
void nn_buffer_append_str(nn_buffer *buffer, nuncio_str text);
void nn_buffer_append_text(nn_buffer *buffer, const char *text); /* NUL-terminated */
void nn_buffer_append_format(nn_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void nn_buffer_append_u8(nn_buffer *buffer, uint8_t value);
void nn_buffer_append_u32(nn_buffer *buffer, uint32_t value); /* little-endian */
void nn_buffer_append_u64(nn_buffer *buffer, uint64_t value); /* little-endian */
void nn_buffer_append_varint(nn_buffer *buffer, uint64_t value);
/** The content as text. */
nuncio_str nn_buffer_str(const nn_buffer *buffer);
/** OK, or NUNCIO_ERR_MEMORY when an append failed. */
NUNCIO_NODISCARD nuncio_status nn_buffer_status(const nn_buffer *buffer, nuncio_error *error);

#endif
