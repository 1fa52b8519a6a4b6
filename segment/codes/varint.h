/* SPDX-License-Identifier: Apache-2.0 */
/* Varints where calls would cost too much; core/slice.h has the same rules and is the usual way. */
#ifndef SEGMENT_VARINT_H
#define SEGMENT_VARINT_H

#include <stddef.h>
#include <stdint.h>

/** Reads a varint of several bytes. @return what follows, or NULL: cut short, overlong or too large
 */
const uint8_t *nn_varint_long(const uint8_t *from, const uint8_t *end, uint64_t *out);

/** Reads a varint; `from` NULL stays NULL, so that a row of reads needs one check at its end. */
static inline const uint8_t *nn_varint(const uint8_t *from, const uint8_t *end, uint64_t *out)
{
    *out = 0;
    if (from == NULL || from == end) {
        return NULL;
    }
    if (*from < 0x80) {
        *out = *from;
        return from + 1;
    }
    if (end - from > 1 && from[1] - 1u < 0x7f) { /* two bytes; the last of several is never 0 */
        *out = (uint64_t)(*from & 0x7f) | (uint64_t)from[1] << 7;
        return from + 2;
    }
    return nn_varint_long(from, end, out);
}

#endif
