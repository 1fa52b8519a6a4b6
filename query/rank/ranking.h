/* SPDX-License-Identifier: Apache-2.0 */
/* The best hits so far, in the order of docs/ranking.md: score, then names as written before
 * their variants, then article id bytes, then ordinal. */
#ifndef QUERY_RANKING_H
#define QUERY_RANKING_H

#include "query/run.h"

/** A hit while it is ranked. */
typedef struct nn_candidate {
    double score;
    uint32_t part;    /* of the snapshot */
    uint32_t passage; /* in the segment; by quote the number of the quote there */
    uint32_t exact; /* filters on names true of it by the words as written, where nothing scores */
    uint32_t
        place; /* of its article's id among those of the segment, from 1 on; 0: not looked up */
} nn_candidate;

typedef struct nn_ranking {
    const nn_run *run;
    nn_candidate *best; /* a binary heap, the worst at its root; sorted by nn_ranking_sort */
    uint32_t count;     /* of them, at most */
    uint32_t max;
    nuncio_status status; /* first failure to look up articles whose passages tie */
    double least;         /* below it nothing is kept: score of the worst once there are `max`, else
                             -1, or what nn_ranking_raise said */
    double threshold; /* below it hits need not be found: the same, but -1 where they are counted
                         as they are offered */
    bool counts;
    bool has_after;     /* a page behind the first */
    nn_candidate after; /* last hit of the page before */
    nuncio_status (*visit)(void *context, size_t part, uint32_t passage); /* gets every hit offered,
                                                                             and nothing is kept */
    void *visit_context;
    uint64_t total;   /* hits offered or counted */
    bool total_exact; /* nothing was skipped */
} nn_ranking;

/** Room for the best `max` (0: only count) in run->arena. */
NUNCIO_NODISCARD nuncio_status nn_ranking_init(nn_ranking *ranking, nn_run *run, uint32_t max);

/** Offers a passage that matches; articles are looked up only where scores are equal. Does not
 * count it. */
NUNCIO_NODISCARD nuncio_status nn_ranking_offer(nn_ranking *ranking, size_t part, uint32_t passage,
                                                double score);

/** How many hits are to be known to score so much before a threshold may be raised to it; 0: it may
 * not, since more is wanted of hits than the best of them. */
static inline uint32_t nn_ranking_wanted(const nn_ranking *ranking)
{
    bool all = ranking->has_after || ranking->counts || ranking->visit != NULL;
    return all ? 0 : ranking->max;
}
/** As many hits as nn_ranking_wanted says score `threshold` or more, and all of these were offered
 * or will be. */
static inline void nn_ranking_raise(nn_ranking *ranking, double threshold)
{
    ranking->least = threshold > ranking->least ? threshold : ranking->least;
    ranking->threshold = ranking->counts ? -1.0 : ranking->least;
}

/** Offers a hit of a query that scores nothing, of which `exact` filters on names are true by
 * the words as written. */
NUNCIO_NODISCARD nuncio_status nn_ranking_offer_unscored(nn_ranking *ranking, size_t part,
                                                         uint32_t passage, uint32_t exact);
/** False where such a hit, of whatever passage of the article of `passage`, would not be kept. */
bool nn_ranking_may_keep(nn_ranking *ranking, size_t part, uint32_t passage, uint32_t exact);

/** The article of a hit, in its part. */
NUNCIO_NODISCARD nuncio_status nn_candidate_article(const nn_run *run,
                                                    const nn_candidate *candidate, uint32_t *out);

/** Sorts the hits kept, best first: ranking->best. */
NUNCIO_NODISCARD nuncio_status nn_ranking_sort(nn_ranking *ranking);

#endif
