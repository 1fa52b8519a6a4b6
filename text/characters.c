/* SPDX-License-Identifier: Apache-2.0 */
#include "text/characters.h"

#include <utf8proc.h>

static bool within(uint32_t c, uint32_t low, uint32_t high)
{
    return c >= low && c <= high;
}

/* Scripts written without spaces. Korean has them. */
static bool is_single(uint32_t c)
{
    return within(c, 0x0e00, 0x0eff) ||                                /* Thai, Lao */
           within(c, 0x1000, 0x109f) || within(c, 0xa9e0, 0xa9ff) ||   /* Burmese */
           within(c, 0xaa60, 0xaa7f) || within(c, 0x1780, 0x17ff) ||   /* and Khmer */
           within(c, 0x3005, 0x3007) ||                                /* Han iteration, zero */
           within(c, 0x3021, 0x30ff) || within(c, 0x3105, 0x312f) ||   /* kana, bopomofo */
           within(c, 0x31a0, 0x31ff) || within(c, 0x3400, 0x4dbf) ||   /* more of these, Han */
           within(c, 0x4e00, 0x9fff) || within(c, 0xf900, 0xfaff) ||   /* Han */
           within(c, 0xff66, 0xff9f) || within(c, 0x1b000, 0x1b16f) || /* kana */
           within(c, 0x20000, 0x3ffff);                                /* Han */
}

static bool is_ignored(uint32_t c)
{
    return c == 0x00ad || c == 0x061c || within(c, 0x200c, 0x200f) || within(c, 0x202a, 0x202e) ||
           within(c, 0x2060, 0x2069) || within(c, 0xfe00, 0xfe0f) || c == 0xfeff ||
           within(c, 0xe0100, 0xe01ef);
}

static nn_character_class by_category(uint32_t c)
{
    enum {
        LETTERS = 1 << UTF8PROC_CATEGORY_LU | 1 << UTF8PROC_CATEGORY_LL |
                  1 << UTF8PROC_CATEGORY_LT | 1 << UTF8PROC_CATEGORY_LM |
                  1 << UTF8PROC_CATEGORY_LO | 1 << UTF8PROC_CATEGORY_NL,
        MARKS = 1 << UTF8PROC_CATEGORY_MN | 1 << UTF8PROC_CATEGORY_MC | 1 << UTF8PROC_CATEGORY_ME
    };
    int category = 1 << utf8proc_category((utf8proc_int32_t)c);
    if ((category & LETTERS) != 0) {
        return is_single(c) ? NN_CHARACTER_SINGLE : NN_CHARACTER_WORD;
    }
    if ((category & MARKS) != 0) {
        return NN_CHARACTER_MARK;
    }
    return category == 1 << UTF8PROC_CATEGORY_ND ? NN_CHARACTER_DIGIT : NN_CHARACTER_GAP;
}

nn_character_class nn_character_class_of(uint32_t code_point)
{
    /* What news is mostly made of, before the tables of Unicode are asked. */
    if (within(code_point, 0xc0, 0x24f)) {
        return code_point == 0xd7 || code_point == 0xf7 ? NN_CHARACTER_GAP : NN_CHARACTER_WORD;
    }
    if (within(code_point, 0x2010, 0x2027)) {
        return NN_CHARACTER_GAP; /* dashes, quotation marks, ellipsis */
    }
    if (within(code_point, 0x400, 0x481) || within(code_point, 0xac00, 0xd7a3)) {
        return NN_CHARACTER_WORD;
    }
    if (within(code_point, 0x4e00, 0x9fff)) {
        return NN_CHARACTER_SINGLE;
    }
    return is_ignored(code_point) ? NN_CHARACTER_IGNORED : by_category(code_point);
}
