/* SPDX-License-Identifier: Apache-2.0 */
#include <nuncio/common.h>

size_t nuncio_offset_convert(nuncio_str text, size_t byte_offset, nuncio_offset_unit unit)
{
    size_t end = byte_offset < text.size ? byte_offset : text.size;
    if (unit == NUNCIO_OFFSET_BYTES) {
        return end;
    }
    size_t chars = 0, pairs = 0;
    for (size_t i = 0; i < end; i++) {
        uint8_t byte = (uint8_t)text.data[i];
        chars += (byte & 0xC0) != 0x80; /* every byte but a continuation begins a character */
        pairs += byte >= 0xF0;          /* four bytes: a surrogate pair in UTF-16 */
    }
    return unit == NUNCIO_OFFSET_UTF16 ? chars + pairs : chars;
}
