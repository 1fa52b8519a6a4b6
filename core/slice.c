/* SPDX-License-Identifier: Apache-2.0 */
#include "core/slice.h"

#include "core/bits.h"

enum { VARINT_MAX = 10 /* bytes of 64 bits, 7 in each */ };

uint16_t nn_slice_u16(nn_slice *slice)
{
    const uint8_t *bytes = nn_slice_bytes(slice, 2);
    return bytes == NULL ? 0 : nn_load_u16(bytes);
}

uint32_t nn_slice_u32(nn_slice *slice)
{
    const uint8_t *bytes = nn_slice_bytes(slice, 4);
    return bytes == NULL ? 0 : nn_load_u32(bytes);
}

uint64_t nn_slice_u64(nn_slice *slice)
{
    const uint8_t *bytes = nn_slice_bytes(slice, 8);
    return bytes == NULL ? 0 : nn_load_u64(bytes);
}

uint64_t nn_slice_long_varint(nn_slice *slice)
{
    uint64_t value = 0;
    for (size_t i = 0; i < VARINT_MAX && i < slice->size; i++) {
        uint8_t byte = slice->data[i];
        bool overlong = byte == 0 && i != 0;
        bool too_large = i == VARINT_MAX - 1 && byte > 1; /* only bit 63 is left */
        if (overlong || too_large) {
            break;
        }
        value |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            slice->data += i + 1;
            slice->size -= i + 1;
            return value;
        }
    }
    nn_slice_fail(slice);
    return 0;
}

nuncio_str nn_slice_str(nn_slice *slice)
{
    nuncio_str text = {NULL, 0};
    uint64_t size = nn_slice_varint(slice);
    if (size > SIZE_MAX) {
        nn_slice_fail(slice);
        return text;
    }
    text.data = (const char *)nn_slice_bytes(slice, (size_t)size);
    text.size = text.data == NULL ? 0 : (size_t)size;
    return text;
}
