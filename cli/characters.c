/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/characters.h"

#include <string.h>
#include <utf8proc.h>

static bool is_control(uint32_t code)
{
    bool c0_or_c1 = code < 0x20 || (code >= 0x7F && code < 0xA0);
    bool reorders = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return c0_or_c1 || reorders;
}

nn_character nn_character_at(nuncio_str text, size_t at)
{
    utf8proc_int32_t code;
    const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)text.data + at;
    size_t left = text.size - at;
    utf8proc_ssize_t bytes = utf8proc_iterate(from, left < 4 ? (utf8proc_ssize_t)left : 4, &code);
    if (bytes <= 0) {
        return (nn_character){0xFFFD, 1, 1, false};
    }
    nn_character found = {(uint32_t)code, (uint32_t)bytes, 1, is_control((uint32_t)code)};
    if (found.control) {
        found.width = 0;
    } else if (code >= 0x300) { /* what comes before is one column wide, the soft hyphen too */
        int width = utf8proc_charwidth(code);
        found.width = width < 0 ? 0 : (uint32_t)width;
    } else if (code == 0xAD) {
        found.width = 0;
    }
    return found;
}

size_t nn_text_width(nuncio_str text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.size;) {
        nn_character found = nn_character_at(text, at);
        width += found.width;
        at += found.bytes;
    }
    return width;
}

size_t nn_text_clean(nuncio_str text, char *to)
{
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        nn_character found = nn_character_at(text, at);
        bool space = found.code == '\n' || found.code == '\t' || found.code == '\r';
        if (space) {
            to[size++] = ' ';
        } else if (found.control || found.code == 0xFFFD) {
            static const char replacement[3] = {'\xEF', '\xBF', '\xBD'}; /* U+FFFD */
            memcpy(to + size, replacement, sizeof replacement);
            size += sizeof replacement;
        } else {
            memcpy(to + size, text.data + at, found.bytes);
            size += found.bytes;
        }
        at += found.bytes;
    }
    return size;
}
