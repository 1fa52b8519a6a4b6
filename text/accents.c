/* SPDX-License-Identifier: Apache-2.0 */
#include "text/accents.h"

static bool within(int32_t c, int32_t low, int32_t high)
{
    return c >= low && c <= high;
}

/* Letters without decomposition in Unicode, and signs of the same look, sorted. */
static const struct {
    uint16_t letter;
    char plain[3];
} LETTERS[] = {
    {0xb7, ""},   {0xe6, "ae"}, {0xf0, "d"},  {0xf8, "o"},   {0xfe, "th"}, {0x111, "d"},
    {0x127, "h"}, {0x131, "i"}, {0x138, "k"}, {0x142, "l"},  {0x14b, "n"}, {0x153, "oe"},
    {0x167, "t"}, {0x180, "b"}, {0x188, "c"}, {0x18c, "d"},  {0x192, "f"}, {0x199, "k"},
    {0x19a, "l"}, {0x1b6, "z"}, {0x1dd, "e"}, {0x1e5, "g"},  {0x237, "j"}, {0x249, "j"},
    {0x253, "b"}, {0x257, "d"}, {0x259, "a"}, {0x268, "i"},  {0x2bb, "'"}, {0x2bc, "'"},
    {0x2bd, "'"}, {0x2be, "'"}, {0x2bf, "'"}, {0x2019, "'"},
};

/* The number of letters written to `to`, or 3 when the table has none for it. */
static uint32_t from_table(int32_t c, int32_t to[2])
{
    size_t low = 0, high = sizeof LETTERS / sizeof LETTERS[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (LETTERS[middle].letter < c) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == sizeof LETTERS / sizeof LETTERS[0] || LETTERS[low].letter != c) {
        return 3;
    }
    const char *plain = LETTERS[low].plain;
    to[0] = (uint8_t)plain[0];
    to[1] = plain[0] == '\0' ? '\0' : (uint8_t)plain[1];
    return to[0] == '\0' ? 0 : to[1] == '\0' ? 1 : 2;
}

/* Whether a mark of U+0300 … U+036F is an accent on `base`. */
static bool is_accent(int32_t mark, int32_t base)
{
    enum { ACUTE = 0x301, DIAERESIS = 0x308, CYRILLIC_IE = 0x435 };
    if (within(base, 0x400, 0x52f)) {
        bool vowel = base == 0x430 || base == CYRILLIC_IE || base == 0x438 || base == 0x43e ||
                     base == 0x443 || within(base, 0x44b, 0x44f) || base == 0x454 || base == 0x456;
        return (mark <= ACUTE && vowel) || (mark == DIAERESIS && base == CYRILLIC_IE);
    }
    return base < 0x400 || within(base, 0x1e00, 0x1fff) || within(base, 0x2c60, 0x2c7f);
}

bool nn_is_combining(int32_t code_point)
{
    return within(code_point, 0x300, 0x36f);
}

uint32_t nn_plain_letters(int32_t code_point, int32_t base, int32_t to[2])
{
    bool points = code_point == 0x640 || within(code_point, 0x64b, 0x655) || code_point == 0x670 ||
                  within(code_point, 0x591, 0x5bd) || code_point == 0x5bf ||
                  within(code_point, 0x5c1, 0x5c2) || within(code_point, 0x5c4, 0x5c5) ||
                  code_point == 0x5c7;
    if (points || (nn_is_combining(code_point) && is_accent(code_point, base))) {
        return 0;
    }
    if (within(code_point, 0xff01, 0xff5e)) { /* full width, in Chinese and Japanese copy */
        code_point -= 0xff01 - 0x21;
    }
    uint32_t count = within(code_point, 0xb7, 0x2019) ? from_table(code_point, to) : 3;
    if (count == 3) {
        to[0] = code_point;
        count = 1;
    }
    return count;
}
