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

#endif
