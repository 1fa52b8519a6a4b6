/* SPDX-License-Identifier: Apache-2.0 */
/* Where sentences, asides, times and noun phrases begin and end. No parser: what stands between the
 * words, their classes, and names. */
#ifndef ANNOTATE_CLAUSES_H
#define ANNOTATE_CLAUSES_H

#include "annotate/quotes/quotes.h"

/** What no noun phrase goes across. */
#define NN_GAP_BOUNDARIES                                                                          \
    (NN_GAP_COLON | NN_GAP_SEMICOLON | NN_GAP_DASH | NN_GAP_MARK | NN_GAP_OPEN | NN_GAP_CLOSE |    \
     NN_GAP_SENTENCE)

/** First word of the sentence that word i is in, looking back at most `span` words; marks do not
 * end it. */
uint32_t nn_sentence_begin(const nn_words *words, uint32_t i, uint32_t span);
/** First word after the sentence of word i, looking ahead at most `span` words. */
uint32_t nn_sentence_end(const nn_words *words, uint32_t i, uint32_t span);
/** True when a stop before word i ends a sentence: that of an abbreviation does not count. */
bool nn_is_full_stop(const nn_words *words, uint32_t i);

/* Where an aside begins that ends at word `end`; `end` when there is none. They look back to
 * `limit`. */
/** Lavrov *, the foreign minister,* said. */
uint32_t nn_aside_begin(const nn_words *words, uint32_t end, uint32_t limit);
/** Marin *– at last –* said. */
uint32_t nn_dashes_begin(const nn_words *words, uint32_t end, uint32_t limit);
/** Marin *(Oslo)* said. */
uint32_t nn_brackets_begin(const nn_words *words, uint32_t end, uint32_t limit);
/** The ambassadors *on Wednesday night* asked. */
uint32_t nn_time_begin(const nn_reading *reading, uint32_t end, uint32_t limit);
/** First word behind the time that begins at word i: *Friday*, *last week*; i when none does. */
uint32_t nn_time_end(const nn_words *words, uint32_t i);

/** A verb of speech that is no part of a compound: not self-*described*. */
bool nn_is_whole_verb(const nn_words *words, uint32_t i);
/** First word of the noun phrase that ends before word `end`, adverbials before it left out. Looks
 * back to `limit`. */
uint32_t nn_phrase_begin(const nn_reading *reading, uint32_t end, uint32_t limit);
/** True when word i ends a noun phrase that goes on to its right. */
bool nn_ends_phrase(const nn_reading *reading, uint32_t i);
/** Moves the start of a phrase over what stands before it: *In Moscow on Friday* the minister. */
uint32_t nn_adverbials_end(const nn_reading *reading, uint32_t begin, uint32_t end);
/** The noun with its article right before word `end`: *a group* seeking. Empty when there is none.
 */
nn_word_range nn_noun_before(const nn_reading *reading, uint32_t end, uint32_t limit);

/** Behind the number that counts a paragraph or note which begins at word `begin`: *2.* The
 * minister said, *[3]* The minister said. `begin` without one. */
uint32_t nn_enumerator_end(const nn_words *words, uint32_t begin, uint32_t end);

#endif
