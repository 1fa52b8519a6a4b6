/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a text as far as a test of one stage needs it. Failures stop the test. */
#ifndef UNIT_ANNOTATE_READER_H
#define UNIT_ANNOTATE_READER_H

#include "annotate/quotes/quotes.h"

typedef struct reader {
    nn_memory memory;
    nn_lexicon *lexicon;
    nn_analyzer *analyzer;
    nn_token_list tokens;
    nn_sentence_list sentences;
    nn_words words;
    nn_spans spans;
    nn_names names;
    nn_quotes quotes;
    nn_reading reading; /* of all of the above */
} reader;

void reader_init(reader *r);
void reader_deinit(reader *r);
/** Words, gaps and marks of `text`, which must live on. */
void reader_words(reader *r, nn_language language, const char *text);
/** And spans, names and what the quotes stages start from. */
void reader_names(reader *r, nn_language language, const char *text);
/** The first word whose text is `word`; fails when there is none. */
uint32_t reader_find(const reader *r, const char *word);
/** Fails unless the words [begin, end) are `expected`; equal ends: "". */
void reader_expect(const reader *r, nn_word_range range, const char *expected);

/** A text, and its spans as "[words]" with o, c, g, r behind for a missing mark at either end,
 * going on, resuming. */
typedef struct reader_spans {
    const char *text, *expected;
} reader_spans;
/** Fails unless each text, taken as English, has these spans. */
void reader_expect_spans(const reader_spans *cases, size_t count);

#endif
