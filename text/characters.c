/* SPDX-License-Identifier: Apache-2.0 */
#include "text/characters.h"

#include <utf8proc.h>

static bool within(uint32_t c, uint32_t low, uint32_t high)
{
    return c >= low && c <= high;
}

/* Scripts written without spaces. Hangul has them. */
static bool is_single(uint32_t c)
{
    return within(c, 0x0e00, 0x0eff) || /* Thai, Lao */
           within(c, 0x1000, 0x109f) || /* Myanmar */
           within(c, 0x1780, 0x17ff) || /* Khmer */
           within(c, 0x3005, 0x3007) || /* iteration and closing marks, zero */
           within(c, 0x3041, 0x30ff) || /* kana */
           within(c, 0x3105, 0x312f) || /* bopomofo */
           within(c, 0x31f0, 0x31ff) || within(c, 0x3400, 0x4dbf) || within(c, 0x4e00, 0x9fff) ||
           within(c, 0xf900, 0xfaff) || within(c, 0xff66, 0xff9f) || within(c, 0x20000, 0x3ffff);
}

static bool is_ignored(uint32_t c)
{
    return c == 0x00ad || within(c, 0x200c, 0x200d) || c == 0x2060 || c == 0xfeff;
}

bool nn_character_is_mark(uint32_t code_point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

nn_character_class nn_character_class_of(uint32_t code_point)
{
    if (is_ignored(code_point)) {
        return NN_CHARACTER_IGNORED;
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code_point);
    if (category == UTF8PROC_CATEGORY_ND) {
        return NN_CHARACTER_DIGIT;
    }
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    bool mark = category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
    if (letter || mark || category == UTF8PROC_CATEGORY_NL) {
        return letter && is_single(code_point) ? NN_CHARACTER_SINGLE : NN_CHARACTER_WORD;
    }
    return NN_CHARACTER_GAP;
}
