/* SPDX-License-Identifier: Apache-2.0 */
/* A bounds-checked reader over borrowed bytes: a read past the end fails and stays failed. */
#ifndef CORE_SLICE_H
#define CORE_SLICE_H

#include <nuncio/common.h>

typedef struct nn_slice {
    const uint8_t *data;
    size_t size; /* bytes left */
    bool failed; /* a read went past the end; all later reads give 0 */
} nn_slice;

static inline nn_slice nn_slice_of(const void *data, size_t size)
{
    nn_slice slice = {data == NULL ? (const uint8_t *)"" : data, size, false};
    return slice;
}
/** All later reads fail. */
static inline void nn_slice_fail(nn_slice *slice)
{
    slice->failed = true;
    slice->size = 0; /* loops over what is left end */
}
/** The next `size` bytes, or NULL (and failed). */
static inline const uint8_t *nn_slice_bytes(nn_slice *slice, size_t size)
{
    if (slice->failed || size > slice->size) {
        nn_slice_fail(slice);
        return NULL;
    }
    const uint8_t *bytes = slice->data;
    slice->data += size;
    slice->size -= size;
    return bytes;
}
static inline uint8_t nn_slice_u8(nn_slice *slice)
{
    const uint8_t *bytes = nn_slice_bytes(slice, 1);
    return bytes == NULL ? 0 : bytes[0];
}
uint16_t nn_slice_u16(nn_slice *slice);
uint32_t nn_slice_u32(nn_slice *slice);
uint64_t nn_slice_u64(nn_slice *slice);
/** The rest of nn_slice_varint: a number of several bytes, or a failure. */
uint64_t nn_slice_long_varint(nn_slice *slice);
/** LEB128, at most 10 bytes; overlong or too large fails. */
static inline uint64_t nn_slice_varint(nn_slice *slice)
{
    if (slice->size > 0 && slice->data[0] < 0x80) { /* most are small */
        slice->size--;
        return *slice->data++;
    }
    return nn_slice_long_varint(slice);
}
/** A varint length, then so many bytes. */
nuncio_str nn_slice_str(nn_slice *slice);

#endif
