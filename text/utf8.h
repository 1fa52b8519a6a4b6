/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 that never reads past the end and repairs what is invalid. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "core/buffer.h"

/** The rest of nn_utf8_decode: anything but ASCII. */
uint32_t nn_utf8_decode_long(const char *p, const char *end, uint32_t *size);
/** Decodes one code point at `p` < `end`; an invalid byte gives U+FFFD and length 1. Length in
 * *size. */
static inline uint32_t nn_utf8_decode(const char *p, const char *end, uint32_t *size)
{
    if ((uint8_t)*p < 0x80) {
        *size = 1;
        return (uint8_t)*p;
    }
    return nn_utf8_decode_long(p, end, size);
}
/** Writes a code point to `to` (4 bytes of room); returns its length. */
uint32_t nn_utf8_encode(uint32_t code_point, char *to);
/** The longest beginning of clean `text` of at most `max` bytes that cuts no character. */
nuncio_str nn_utf8_cut(nuncio_str text, size_t max);
bool nn_utf8_is_ascii(nuncio_str text);
/** True when `text` is valid UTF-8 without NUL. Cost: vectorised for ASCII. */
bool nn_utf8_is_clean(nuncio_str text);
/** Appends `text` with each maximal invalid sequence and each NUL replaced by U+FFFD.
 * @return how many replacements were made (allocation failure is sticky in `out`) */
size_t nn_utf8_repair(nuncio_str text, nn_buffer *out);

#endif
