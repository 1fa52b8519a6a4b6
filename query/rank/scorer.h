/* SPDX-License-Identifier: Apache-2.0 */
/* Scores one passage: which clauses occur in it, how often, and the sum of what they contribute. */
#ifndef QUERY_SCORER_H
#define QUERY_SCORER_H

#include "query/match/condition.h"

/** A scoring clause in the current segment. */
typedef struct nn_scorer {
    const nn_clause *clause;
    nn_matcher *matcher;
    double weight; /* weight · idf among passages; in a quote among quotes */
} nn_scorer;

/** All of them, in the order of sums. */
typedef struct nn_scorers {
    nn_scorer *items;
    uint32_t count;
    uint32_t *quotes; /* numbers of the quote:( … ) that score, ascending */
    uint32_t quote_count;
    const nn_range *only; /* NULL, or the places in the passage that are marked: those of a quote */
    bool guarded;         /* one of them stands under a guard */
} nn_scorers;

/** The scoring clauses of a segment that is open; in run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_scorers_open(nn_part *part, nn_scorers *out);

/** Frequency with which a clause counts in `passage` (never backwards); 0: it does not. A clause
 * in a quote scores with its quote, not by this frequency. */
NUNCIO_NODISCARD nuncio_status nn_scorer_tf(nn_part *part, const nn_scorer *scorer,
                                            uint32_t passage, uint32_t *tf);

/** Whether an occurrence of the clause in its current passage scores: of one under quote:( … ),
 * inside a quote that fulfils it. */
bool nn_scorer_counts(const nn_part *part, const nn_scorer *scorer, nn_occurrence occurrence);

/** What quote:( … ) `number` adds to the score of `passage` (never backwards): that of the best
 * quote that the passage has words of. False: nothing. */
NUNCIO_NODISCARD nuncio_status nn_scorers_quote(nn_part *part, uint32_t number, uint32_t passage,
                                                double *score, bool *scores);

/** Score of `passage` (never backwards); *matches says whether any clause scores in it.
 * @param[out] tfs frequencies, one a scorer; NULL: not asked for */
NUNCIO_NODISCARD nuncio_status nn_scorers_score(nn_part *part, const nn_scorers *scorers,
                                                uint32_t passage, double *score, bool *matches,
                                                uint32_t *tfs);

/** First passage ≥ `target` in which some scoring clause may score; NN_DOC_END: none. */
NUNCIO_NODISCARD nuncio_status nn_scorers_next(nn_part *part, const nn_scorers *scorers,
                                               uint32_t target, uint32_t *found);

/** No passage from `target` to *last scores more than *bound. `target` as for the matchers. */
NUNCIO_NODISCARD nuncio_status nn_scorers_bound(nn_part *part, const nn_scorers *scorers,
                                                uint32_t target, uint32_t *last, double *bound);

/** A bound is a sum of rounded products in any order: this much is added so that it stays above the
 * score, which is such a sum in another order (at most 1,024 terms, each within 4 units in the last
 * place). */
#define NN_BOUND_SLACK (1.0 + 1e-11)

#endif
