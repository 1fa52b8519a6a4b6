/* SPDX-License-Identifier: Apache-2.0 */
/* Where words begin and end. The same in every language, so that one query word is one run of
 * tokens. */
#ifndef TEXT_TOKENIZER_H
#define TEXT_TOKENIZER_H

#include "text/byte_classes.h"

typedef struct nn_word {
    uint32_t start, end; /* bytes in the text */
    uint32_t next;       /* where to look for the next word: behind a possessive */
} nn_word;

/** Finds the next word at or behind byte `from` of clean UTF-8; false when there is none. */
bool nn_tokenizer_next(nuncio_str text, uint32_t from, nn_word *out);

typedef struct nn_token {
    uint32_t start, end; /* bytes in the text, end exclusive; a possessive 's is not part of it */
    uint32_t surface;    /* id of its surface form in the analyzer; the tokenizer leaves it alone */
} nn_token;

/** Finds up to `max` words at or behind byte `*from`, the same as nn_tokenizer_next, and moves
 * `*from` behind them; returns how many. Fewer than `max` means that no more are left.
 *
 * Cost: words of ASCII between other ASCII than apostrophes are found 64 bytes at a time, the
 * others by nn_tokenizer_next. */
uint32_t nn_tokenizer_words(nn_byte_classifier *classify, nuncio_str text, uint32_t *from,
                            nn_token *out, uint32_t max);

/** Words from byte `base` on, as far as they can be told from the bits of 64 bytes. */
typedef struct nn_word_stretch {
    uint64_t bytes; /* bit i: byte base + i belongs to a word; words are the runs of bits */
    uint32_t end;   /* bytes from `base` that need not be read again */
    bool irregular; /* the word at `end`, if there is one, is to be read by the rules */
} nn_word_stretch;

/** A walk to single words of a text, which counts those that it passes rather than reading them. */
typedef struct nn_text_walk {
    nn_byte_classifier *classify;
    nuncio_str text; /* clean UTF-8; borrowed */
    uint32_t base;
    nn_word_stretch stretch;
} nn_text_walk;

/** Stands before the first word. */
void nn_text_walk_begin(nn_text_walk *walk, nn_byte_classifier *classify, nuncio_str text);
/** Passes over `passed` words and reads the next one; false when the text has no more. */
bool nn_text_walk_next(nn_text_walk *walk, uint32_t passed, nn_token *out);

#endif
