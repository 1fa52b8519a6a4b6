/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/repair.h"

/** Bytes of the character at `text`, or 0 when it is ill-formed; `*wrong` then says how many bytes
 * one U+FFFD stands for. Second bytes of E0, ED, F0 and F4 are narrower: no overlong forms, no
 * surrogates, nothing above U+10FFFF. */
static size_t character(const uint8_t *text, size_t size, size_t *wrong)
{
    uint8_t lead = text[0];
    *wrong = 1;
    if (lead < 0x80) {
        return lead != 0;
    }
    size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                    : lead >= 0xE0 && lead <= 0xEF ? 3
                    : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                   : 0;
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (size_t i = 1; i < length; i++) {
        if (i == size || text[i] < low || text[i] > high) {
            *wrong = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

size_t nn_repair_utf8(nn_buffer *out, nuncio_str text)
{
    const uint8_t *bytes = (const uint8_t *)text.data;
    size_t replaced = 0, kept = 0; /* bytes before `kept` have been appended */
    for (size_t i = 0; i < text.size;) {
        size_t wrong;
        size_t length = character(bytes + i, text.size - i, &wrong);
        if (length > 0) {
            i += length;
            continue;
        }
        nn_buffer_append(out, bytes + kept, i - kept);
        nn_buffer_append_text(out, "\xEF\xBF\xBD");
        replaced++;
        i += wrong;
        kept = i;
    }
    if (kept < text.size) {
        nn_buffer_append(out, bytes + kept, text.size - kept);
    }
    return replaced;
}

/** The code unit of an escape \uXXXX at `text`, or -1. */
static int32_t code_unit(const char *text, size_t size)
{
    if (size < 6 || text[0] != '\\' || text[1] != 'u') {
        return -1;
    }
    int32_t unit = 0;
    for (size_t i = 2; i < 6; i++) {
        char c = text[i];
        int32_t digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
        if (digit < 0) {
            return -1;
        }
        unit = unit * 16 + digit;
    }
    return unit;
}

size_t nn_repair_surrogates(char *json, size_t size)
{
    size_t replaced = 0;
    for (size_t i = 0; i < size; i++) {
        if (json[i] != '\\') {
            continue;
        }
        int32_t unit = code_unit(json + i, size - i);
        if (unit < 0xD800 || unit > 0xDFFF) {
            i++; /* whatever is escaped begins no escape itself */
            continue;
        }
        int32_t next = code_unit(json + i + 6, size - i - 6);
        if (unit <= 0xDBFF && next >= 0xDC00 && next <= 0xDFFF) {
            i += 11;
            continue;
        }
        for (size_t k = 2; k < 6; k++) {
            json[i + k] = "FFFD"[k - 2];
        }
        i += 5;
        replaced++;
    }
    return replaced;
}
