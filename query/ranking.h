/* SPDX-License-Identifier: Apache-2.0 */
/* The best hits so far, in the order of docs/ranking.md: score, then article id bytes, then
 * ordinal. */
#ifndef QUERY_RANKING_H
#define QUERY_RANKING_H

#include "core/heap.h"
#include "query/run.h"

/** A hit while it is ranked. */
typedef struct nn_candidate {
    double score;
    nuncio_str id;    /* of its article, a view into the segment */
    uint32_t part;    /* of the snapshot */
    uint32_t passage; /* in the segment */
    uint32_t article;
    uint32_t ordinal; /* of the passage in its article */
} nn_candidate;

typedef struct nn_ranking {
    nn_heap heap;       /* of nn_candidate */
    double threshold;   /* score of the worst kept once the heap is full, else -1: what is below
                           cannot enter */
    bool has_after;     /* a page behind the first */
    nn_candidate after; /* last hit of the page before */
    uint64_t total;     /* hits offered or counted */
    bool total_exact;   /* nothing was skipped */
} nn_ranking;

/** Room for the best `max` (0: only count) in run->arena. */
NUNCIO_NODISCARD nuncio_status nn_ranking_init(nn_ranking *ranking, nn_run *run, uint32_t max);

/** Offers a passage that matches; looks its article up only when its score may be good enough. Does
 * not count it. */
NUNCIO_NODISCARD nuncio_status nn_ranking_offer(nn_ranking *ranking, nn_run *run, size_t part,
                                                uint32_t passage, double score);

/** True when a hit ranks behind another. Total: two passages never rank the same. */
bool nn_candidate_worse(const nn_candidate *a, const nn_candidate *b);

/** Fills in id, article and ordinal of a candidate from part and passage. */
NUNCIO_NODISCARD nuncio_status nn_candidate_locate(nn_run *run, nn_candidate *candidate);

#endif
