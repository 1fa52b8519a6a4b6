/* SPDX-License-Identifier: Apache-2.0 */
/* What a character is to the tokeniser. */
#ifndef TEXT_CHARACTERS_H
#define TEXT_CHARACTERS_H

#include <nuncio/common.h>

typedef enum nn_character_class {
    NN_CHARACTER_GAP = 0, /* between words: spaces, punctuation, symbols, emoji */
    NN_CHARACTER_WORD,    /* letters of scripts that put spaces between words */
    NN_CHARACTER_DIGIT,   /* decimal digits */
    NN_CHARACTER_MARK,   /* accents and vowel signs: part of the word before, never its beginning */
    NN_CHARACTER_SINGLE, /* a token of its own: Han, kana, Thai and others without spaces */
    NN_CHARACTER_IGNORED /* invisible, as if it were not there: soft hyphen, joiners, directions */
} nn_character_class;

/** The class of any number, code point or not. */
nn_character_class nn_character_class_of(uint32_t code_point);

#endif
