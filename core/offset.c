/* SPDX-License-Identifier: Apache-2.0 */
#include <nuncio/common.h>

size_t nuncio_offset_convert(nuncio_str text, size_t byte_offset, nuncio_offset_unit unit)
{
    size_t end = byte_offset < text.size ? byte_offset : text.size;
    if (unit == NUNCIO_OFFSET_BYTES) {
        return end;
    }
    size_t count = 0;
    for (size_t i = 0; i < end; i++) {
        uint8_t byte = (uint8_t)text.data[i];
        count += (byte & 0xc0) != 0x80; /* every byte but a continuation begins a character */
        /* Four-byte characters take two UTF-16 units. */
        count += unit == NUNCIO_OFFSET_UTF16 && byte >= 0xf0;
    }
    return count;
}
