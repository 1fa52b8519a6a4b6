/* SPDX-License-Identifier: Apache-2.0 */
#include "text/sentence_marks.h"

#include <string.h>

typedef uint8_t byte_row __attribute__((vector_size(16)));

static const bool SENTENCE_BYTES[256] = {
    ['\n'] = true, ['\r'] = true, ['!'] = true, ['.'] = true, ['?'] = true, [0xd6] = true, /* ։ */
    [0xd8] = true,                                                                         /* ؟ */
    [0xdb] = true,                                                                         /* ۔ */
    [0xe0] = true, /* । ॥ */
    [0xe1] = true, /* ။ ። ។ */
    [0xe2] = true, /* … ‼ line and paragraph separators */
    [0xe3] = true, /* 。 */
    [0xef] = true, /* ！ ？ ｡ */
};

const uint8_t NN_ASCII_MARKS[128] = {
    ['.'] = NN_MARK_STOP,
    ['!'] = NN_MARK_STOP,
    ['?'] = NN_MARK_STOP,
    [' '] = NN_MARK_SPACE,
    ['\t'] = NN_MARK_SPACE,
    ['\v'] = NN_MARK_SPACE,
    ['\f'] = NN_MARK_SPACE,
    ['\n'] = NN_MARK_SPACE | NN_MARK_LINE,
    ['\r'] = NN_MARK_SPACE | NN_MARK_LINE,
    ['"'] = NN_MARK_CLOSER | NN_MARK_OPENER,
    ['\''] = NN_MARK_CLOSER | NN_MARK_OPENER,
    [')'] = NN_MARK_CLOSER,
    [']'] = NN_MARK_CLOSER,
    ['('] = NN_MARK_OPENER,
    ['['] = NN_MARK_OPENER,
    ['-'] = NN_MARK_OPENER,
    ['*'] = NN_MARK_OPENER,
};

/* Whether one of 16 bytes may be a sentence byte: those of ASCII, or a lead byte from the lowest of
 * theirs on. */
static bool may_hold_one(const char *p)
{
    byte_row row;
    uint64_t halves[2];
    memcpy(&row, p, sizeof row);
    byte_row found =
        (byte_row)((row == (uint8_t)'\n') | (row == (uint8_t)'\r') | (row == (uint8_t)'!') |
                   (row == (uint8_t)'.') | (row == (uint8_t)'?') | (row >= (uint8_t)0xd6));
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

const char *nn_sentence_byte_find(const char *p, const char *end)
{
    while (p < end) {
        ptrdiff_t left = end - p, row = sizeof(byte_row);
        if (left >= row && !may_hold_one(p)) {
            p += row;
            continue;
        }
        for (const char *stop = left < row ? end : p + row; p < stop; p++) {
            if (SENTENCE_BYTES[(uint8_t)*p]) {
                return p;
            }
        }
    }
    return end;
}

static uint32_t wide_marks(uint32_t c)
{
    switch (c) {
    case 0x3000: /* ideographic space */
        return NN_MARK_SPACE;
    case 0x3002: /* 。 */
    case 0xff01: /* ！ */
    case 0xff1f: /* ？ */
    case 0xff61: /* ｡ */
        return NN_MARK_STOP | NN_MARK_WIDE;
    case 0x300d: /* 」 */
    case 0x300f: /* 』 */
    case 0x3009: /* 〉 */
    case 0x300b: /* 》 */
    case 0x3011: /* 】 */
    case 0xff09: /* ） */
        return NN_MARK_CLOSER;
    case 0x300c: /* 「 */
    case 0x300e: /* 『 */
    case 0x3008: /* 〈 */
    case 0x300a: /* 《 */
    case 0x3010: /* 【 */
    case 0xff08: /* （ */
        return NN_MARK_OPENER;
    default:
        return 0;
    }
}

uint32_t nn_sentence_marks_beyond_ascii(uint32_t code_point)
{
    if (code_point >= 0x3000) {
        return wide_marks(code_point);
    }
    if ((code_point >= 0x2000 && code_point <= 0x200b) || code_point == 0x85 ||
        code_point == 0xa0 || code_point == 0x202f || code_point == 0x205f) {
        return NN_MARK_SPACE;
    }
    switch (code_point) {
    case 0x2028: /* line separator */
    case 0x2029: /* paragraph separator */
        return NN_MARK_SPACE | NN_MARK_LINE;
    case 0x589:  /* ։ Armenian */
    case 0x61f:  /* ؟ Arabic */
    case 0x6d4:  /* ۔ Urdu */
    case 0x964:  /* । Hindi and others */
    case 0x965:  /* ॥ */
    case 0x104b: /* ။ Burmese */
    case 0x1362: /* ። Ethiopic */
    case 0x17d4: /* ។ Khmer */
    case 0x2026: /* … */
    case 0x203c: /* ‼ */
    case 0x2047: /* ⁇ */
    case 0x2048: /* ⁈ */
    case 0x2049: /* ⁉ */
        return NN_MARK_STOP;
    case 0xab:   /* « */
    case 0xbb:   /* » */
    case 0x2018: /* ‘ */
    case 0x2019: /* ’ */
    case 0x201c: /* “ */
    case 0x201d: /* ” */
    case 0x2039: /* ‹ */
    case 0x203a: /* › */
        return NN_MARK_CLOSER | NN_MARK_OPENER;
    case 0xa1:   /* ¡ */
    case 0xbf:   /* ¿ */
    case 0x201a: /* ‚ */
    case 0x201e: /* „ */
    case 0x2010: /* ‐ */
    case 0x2012: /* ‒ */
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x2015: /* ― */
    case 0x2022: /* • */
        return NN_MARK_OPENER;
    default:
        return 0;
    }
}
