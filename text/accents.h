/* SPDX-License-Identifier: Apache-2.0 */
/* Which signs of a word may be left out when it is typed: Çavuşoğlu and Cavusoglu. */
#ifndef TEXT_ACCENTS_H
#define TEXT_ACCENTS_H

#include <nuncio/common.h>

/**
 * Letters that stand for `code_point` where a keyboard has no accents; `code_point` is of a
 * case-folded, canonically decomposed word.
 *
 * @param[in]  base the letter before it, which a mark belongs to; 0: none
 * @param[out] to   room for two
 * @return how many letters: 0 for an accent, 2 for æ; mostly 1, itself
 *
 * Dropped are the accents of Latin and Greek, the stress and the dots of ё in Cyrillic (й, ї and ў
 * are letters, not accents), the vowel points of Arabic and Hebrew with the Arabic hamza and
 * tatweel. Marks of Indic and other scripts are vowels and stay.
 */
uint32_t nn_plain_letters(int32_t code_point, int32_t base, int32_t to[2]);
/** Whether it is a mark that belongs to the letter before it. */
bool nn_is_combining(int32_t code_point);

#endif
