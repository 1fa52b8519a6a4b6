/* SPDX-License-Identifier: Apache-2.0 */
/* What a cue governs: where the words that are reported begin, and where they end.
 *
 *   SUBJECT told reporters that CLAUSE.      a conjunction
 *   SUBJECT said on Monday CLAUSE.           none, behind verbs that need none
 *   SUBJECT explained why CLAUSE.            a question
 *   SUBJECT urged Moscow to CLAUSE.          an infinitive; accused the West of CLAUSE
 *
 * A clause ends with its sentence, before a second attribution, or before another subject's verb of
 * speech. */
#ifndef ANNOTATE_COMPLEMENTS_H
#define ANNOTATE_COMPLEMENTS_H

#include "annotate/quotes/quotes.h"

/** A sentence that is read for what it reports. */
typedef struct nn_sentence_view {
    const nn_reading *r;
    const nn_words *words;
    uint32_t begin, end;
} nn_sentence_view;

/** What is governed. */
typedef struct nn_complement {
    uint32_t begin, end; /* begin NN_WORD_NONE: nothing */
    float confidence;
} nn_complement;

/** What a verb of speech at `cue` governs to its right, of the words from `at` on. */
nn_complement nn_complement_of(const nn_sentence_view *s, uint32_t cue, uint32_t at);

/** Where a clause that begins at `begin` ends: before a trailing attribution or a second reporting
 * clause. */
uint32_t nn_clause_end(const nn_sentence_view *s, uint32_t begin);

/** First word behind a conjunction, or an indirect question, at word `at` or behind the object,
 * time or place there: told *reporters in Geneva* that. `object`: the verb takes one. NONE without.
 */
uint32_t nn_find_conjunction(const nn_sentence_view *s, uint32_t at, bool object);
/** True when the words from i on open a clause with a verb of its own: said *the talks had* failed.
 * `sure`: behind a verb that takes little else, any words will do. */
bool nn_opens_clause(const nn_sentence_view *s, uint32_t i, bool sure);
/** True when the words from i on are a subject and, near, its verb: insisted *it would* stay,
 * warned *the deal would* collapse. */
bool nn_opens_with_subject(const nn_sentence_view *s, uint32_t i);
/** True when a verb seems to stand in [begin, end). */
bool nn_has_verb(const nn_words *words, uint32_t begin, uint32_t end);

/** Adds what is told as a quote without marks, unless its source names nobody that could speak or
 * a direct quote says it already. @param[in] flags of the quote */
NUNCIO_NODISCARD nuncio_status nn_report(const nn_sentence_view *s, nn_complement told,
                                         uint32_t cue, nn_word_range source, uint32_t flags);

/** True when a word is neither in marks nor a cue that is taken. */
static inline bool nn_word_is_free(const nn_sentence_view *s, uint32_t i)
{
    return (s->r->quotes->covered[i] & (NN_COVERED_MARKED | NN_COVERED_CUE)) == 0;
}

/** What stands before word i but white space. */
static inline uint32_t nn_gap_before(const nn_words *words, uint32_t i)
{
    return words->gaps[i] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE);
}

#endif
