/* SPDX-License-Identifier: Apache-2.0 */
/* Where words begin and end. The same in every language, so that one query word is one run of
 * tokens. */
#ifndef TEXT_TOKENIZER_H
#define TEXT_TOKENIZER_H

#include <nuncio/common.h>

typedef enum nn_word_kind {
    NN_WORD_PLAIN,
    NN_WORD_NUMBER,     /* digits, perhaps with separators: 1,000.50 */
    NN_WORD_INITIALISM, /* letters with full stops: U.S. */
    NN_WORD_SINGLE      /* one character of a script without spaces */
} nn_word_kind;

typedef struct nn_word {
    uint32_t start, end; /* bytes in the text */
    uint32_t next;       /* where to look for the next word: behind a possessive */
    nn_word_kind kind;
} nn_word;

/** Finds the next word at or behind byte `from` of clean UTF-8; false when there is none. */
bool nn_tokenizer_next(nuncio_str text, uint32_t from, nn_word *out);

#endif
