/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody is told to hold, want or do with words, in other words than theirs:
 *
 *   SUBJECT supports OBJECT.                  a verb and its object
 *   SUBJECT agreed with OBJECT.               behind a preposition
 *   SUBJECT plans to INFINITIVE.
 *   OBJECT was condemned by SUBJECT.          the other way round
 *   SUBJECT's support for OBJECT              a noun
 *   SUBJECT voiced support for OBJECT.        a noun, behind a verb that says little itself
 *   SUBJECT is confident that CLAUSE.         an adjective
 *
 * They are quotes of their own kind (NUNCIO_QUOTE_STANCE), at low confidence. English only. */
#ifndef ANNOTATE_STANCES_H
#define ANNOTATE_STANCES_H

#include "annotate/quotes/complements.h"

/**
 * Adds what word i tells, if it tells an attitude.
 *
 * @param[in] last who spoke last in the sentence: the subject of participles; equal ends: nobody
 */
NUNCIO_NODISCARD nuncio_status nn_stance_read(const nn_sentence_view *s, uint32_t i,
                                              nn_word_range last);

/** The speaker of a passive cue: was accused *by Marin* of. `at` moves behind it. */
nn_word_range nn_agent_of(const nn_sentence_view *s, uint32_t cue, uint32_t *at);

#endif
