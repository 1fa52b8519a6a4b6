/* SPDX-License-Identifier: Apache-2.0 */
/* What a character is to the tokeniser. */
#ifndef TEXT_CHARACTERS_H
#define TEXT_CHARACTERS_H

#include <nuncio/common.h>

typedef enum nn_character_class {
    NN_CHARACTER_GAP = 0, /* between words: spaces, punctuation, symbols */
    NN_CHARACTER_WORD,    /* letters and marks of scripts that put spaces between words */
    NN_CHARACTER_DIGIT,   /* decimal digits */
    NN_CHARACTER_SINGLE,  /* a token of its own: Han, kana, Thai and others without spaces */
    NN_CHARACTER_IGNORED  /* invisible within a word: soft hyphen, joiners */
} nn_character_class;

nn_character_class nn_character_class_of(uint32_t code_point);
/** Accents and other signs that follow a letter. */
bool nn_character_is_mark(uint32_t code_point);

#endif
