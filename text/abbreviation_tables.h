/* SPDX-License-Identifier: Apache-2.0 */
/* The lists behind abbreviations.h, by language. */
#ifndef TEXT_ABBREVIATION_TABLES_H
#define TEXT_ABBREVIATION_TABLES_H

#include "text/abbreviations.h"

enum {
    /* limit article: an abbreviation, or a word that opens sentences | a longer word is neither */
    NN_SENTENCE_WORD_MAX = 12,
    NN_SENTENCE_WORDS_COUNT = 7
};

/* An entry begins with its word, zeros behind it. */
typedef char nn_opener[NN_SENTENCE_WORD_MAX + 1];
typedef struct nn_abbreviation_entry {
    nn_opener word;
    uint8_t kind; /* nn_abbreviation */
} nn_abbreviation_entry;

/* Both lists are in byte order. */
typedef struct nn_sentence_words {
    nn_language language;
    const nn_abbreviation_entry *abbreviations;
    size_t abbreviation_count;
    const nn_opener *openers;
    size_t opener_count;
} nn_sentence_words;

/** English first. */
extern const nn_sentence_words NN_SENTENCE_WORDS[NN_SENTENCE_WORDS_COUNT];
extern const nn_opener *const NN_SPEECH_VERBS;
extern const size_t NN_SPEECH_VERBS_COUNT;

#endif
