/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a clause around a cue: whose verb it is. No parser: boundaries, word classes and
 * names. */
#ifndef ANNOTATE_CLAUSES_H
#define ANNOTATE_CLAUSES_H

#include "annotate/quotes.h"

/** First word of the sentence that word i is in, looking back at most `span` words; marks do not
 * end it. */
uint32_t nn_sentence_begin(const nn_words *words, uint32_t i, uint32_t span);
/** First word after the sentence of word i, looking ahead at most `span` words. */
uint32_t nn_sentence_end(const nn_words *words, uint32_t i, uint32_t span);

/** The subject of the verb at `cue` where it stands before it: *the minister* also said. Looks back
 * to `limit`. */
nn_word_range nn_subject_before(const nn_reading *reading, uint32_t cue, uint32_t limit);
/** The person, with their role, or the pronoun that opens the sentence of word i: the subject that
 * later verbs share. */
nn_word_range nn_leading_name(const nn_reading *reading, uint32_t i, uint32_t limit);
/** The subject that follows its verb: said *a spokesman for the ministry* on Friday. */
nn_word_range nn_subject_after(const nn_reading *reading, uint32_t cue, uint32_t limit);

#endif
