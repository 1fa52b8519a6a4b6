/* SPDX-License-Identifier: Apache-2.0 */
#include "core/buffer.h"

#include "core/bits.h"
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CAPACITY_MIN = 64 };

void nn_buffer_init(nn_buffer *buffer, nn_memory *memory)
{
    *buffer = (nn_buffer){.memory = memory};
}

void nn_buffer_deinit(nn_buffer *buffer)
{
    nn_release(buffer->memory, buffer->data, buffer->capacity);
    *buffer = (nn_buffer){.memory = buffer->memory};
}

void nn_buffer_clear(nn_buffer *buffer)
{
    buffer->size = 0;
    buffer->failed = false;
}

bool nn_buffer_reserve(nn_buffer *buffer, size_t size)
{
    if (buffer->failed) {
        return false;
    }
    if (size <= buffer->capacity - buffer->size) {
        return true;
    }
    size_t needed;
    if (__builtin_add_overflow(buffer->size, size, &needed)) {
        buffer->failed = true;
        return false;
    }
    size_t grown = buffer->capacity > SIZE_MAX / 2 ? SIZE_MAX : buffer->capacity * 2;
    grown = grown < CAPACITY_MIN ? CAPACITY_MIN : grown;
    grown = grown < needed ? needed : grown;
    uint8_t *data = nn_resize(buffer->memory, buffer->data, buffer->capacity, grown);
    if (data == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = grown;
    return true;
}

void nn_buffer_append(nn_buffer *buffer, const void *bytes, size_t size)
{
    if (size == 0 || !nn_buffer_reserve(buffer, size)) {
        return;
    }
    memcpy(buffer->data + buffer->size, bytes, size);
    buffer->size += size;
}

void nn_buffer_append_str(nn_buffer *buffer, nuncio_str text)
{
    nn_buffer_append(buffer, text.data, text.size);
}

void nn_buffer_append_text(nn_buffer *buffer, const char *text)
{
    nn_buffer_append(buffer, text, strlen(text));
}

void nn_buffer_append_format(nn_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buffer->failed = true;
    } else if (nn_buffer_reserve(buffer, (size_t)length + 1)) { /* one more for its NUL */
        char *end = (char *)buffer->data + buffer->size;
        (void)vsnprintf(end, (size_t)length + 1, format, again);
        buffer->size += (size_t)length;
    }
    va_end(again);
}

void nn_buffer_append_u8(nn_buffer *buffer, uint8_t value)
{
    nn_buffer_append(buffer, &value, 1);
}

void nn_buffer_append_u32(nn_buffer *buffer, uint32_t value)
{
    uint8_t bytes[4];
    nn_store_u32(bytes, value);
    nn_buffer_append(buffer, bytes, sizeof bytes);
}

void nn_buffer_append_u64(nn_buffer *buffer, uint64_t value)
{
    uint8_t bytes[8];
    nn_store_u64(bytes, value);
    nn_buffer_append(buffer, bytes, sizeof bytes);
}

void nn_buffer_append_varint(nn_buffer *buffer, uint64_t value)
{
    uint8_t bytes[10];
    size_t size = 0;
    while (value >= 0x80) {
        bytes[size++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    bytes[size++] = (uint8_t)value;
    nn_buffer_append(buffer, bytes, size);
}

nuncio_str nn_buffer_str(const nn_buffer *buffer)
{
    nuncio_str text = {buffer->data == NULL ? "" : (const char *)buffer->data, buffer->size};
    return text;
}

nuncio_status nn_buffer_status(const nn_buffer *buffer, nuncio_error *error)
{
    return buffer->failed ? nn_error_memory(error) : NUNCIO_OK;
}
