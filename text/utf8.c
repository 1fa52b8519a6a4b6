/* SPDX-License-Identifier: Apache-2.0 */
#include "text/utf8.h"

#include <string.h>

/* Length of the sequence that `lead` begins and the range of its second byte (Unicode 15, table
 * 3-7); 0 when no sequence begins with it. */
static uint32_t sequence_of(uint8_t lead, uint8_t *low, uint8_t *high)
{
    *low = 0x80;
    *high = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf) {
        return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        *low = lead == 0xe0 ? 0xa0 : 0x80;
        *high = lead == 0xed ? 0x9f : 0xbf; /* no surrogates */
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        *low = lead == 0xf0 ? 0x90 : 0x80;
        *high = lead == 0xf4 ? 0x8f : 0xbf; /* nothing above U+10FFFF */
        return 4;
    }
    return lead < 0x80 ? 1 : 0;
}

/* How many bytes at p belong together: a whole character, or the longest beginning of one. */
static uint32_t span_of(const char *p, const char *end, bool *valid)
{
    uint8_t low, high;
    uint32_t size = sequence_of((uint8_t)*p, &low, &high);
    *valid = size == 1;
    if (size < 2) {
        return 1;
    }
    for (uint32_t i = 1; i < size; i++) {
        if (end - p <= (ptrdiff_t)i || (uint8_t)p[i] < low || (uint8_t)p[i] > high) {
            return i;
        }
        low = 0x80;
        high = 0xbf;
    }
    *valid = true;
    return size;
}

uint32_t nn_utf8_decode_long(const char *p, const char *end, uint32_t *size)
{
    bool valid;
    uint32_t length = span_of(p, end, &valid);
    *size = 1;
    if (!valid) {
        return 0xfffd;
    }
    *size = length;
    static const uint8_t lead_mask[5] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code_point = (uint8_t)*p & lead_mask[length];
    for (uint32_t i = 1; i < length; i++) {
        code_point = code_point << 6 | ((uint8_t)p[i] & 0x3f);
    }
    return code_point;
}

uint32_t nn_utf8_encode(uint32_t code_point, char *to)
{
    if (code_point < 0x80) {
        to[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        to[0] = (char)(0xc0 | code_point >> 6);
        to[1] = (char)(0x80 | (code_point & 0x3f));
        return 2;
    }
    if (code_point < 0x10000) {
        to[0] = (char)(0xe0 | code_point >> 12);
        to[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
        to[2] = (char)(0x80 | (code_point & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | code_point >> 18);
    to[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
    to[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
    to[3] = (char)(0x80 | (code_point & 0x3f));
    return 4;
}

nuncio_str nn_utf8_cut(nuncio_str text, size_t max)
{
    if (text.size > max) {
        text.size = max;
        while (text.size > 0 && ((uint8_t)text.data[text.size] & 0xc0) == 0x80) {
            text.size--;
        }
    }
    return text;
}

/* Skips ASCII without NUL, eight bytes at a time. */
static const char *skip_ascii(const char *p, const char *end)
{
    while (end - p >= 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        uint64_t has_zero = (word - 0x0101010101010101u) & ~word;
        if (((word | has_zero) & 0x8080808080808080u) != 0) {
            break;
        }
        p += 8;
    }
    while (p < end && (uint8_t)*p < 0x80 && *p != '\0') {
        p++;
    }
    return p;
}

bool nn_utf8_is_ascii(nuncio_str text)
{
    uint8_t all = 0;
    for (size_t i = 0; i < text.size; i++) {
        all |= (uint8_t)text.data[i];
    }
    return all < 0x80;
}

bool nn_utf8_is_clean(nuncio_str text)
{
    const char *p = text.data, *end = text.size == 0 ? p : p + text.size;
    while ((p = skip_ascii(p, end)) < end) {
        bool valid;
        uint32_t size = span_of(p, end, &valid);
        if (!valid || *p == '\0') {
            return false;
        }
        p += size;
    }
    return true;
}

size_t nn_utf8_repair(nuncio_str text, nn_buffer *out)
{
    static const char replacement[] = "\xef\xbf\xbd";
    const char *p = text.data, *end = text.size == 0 ? p : p + text.size;
    const char *begin = p;
    size_t repairs = 0;
    while ((p = skip_ascii(p, end)) < end) {
        bool valid;
        uint32_t size = span_of(p, end, &valid);
        if (!valid || *p == '\0') {
            nn_buffer_append(out, begin, (size_t)(p - begin));
            nn_buffer_append(out, replacement, 3);
            begin = p + size;
            repairs++;
        }
        p += size;
    }
    if (end != begin) {
        nn_buffer_append(out, begin, (size_t)(end - begin));
    }
    return repairs;
}
