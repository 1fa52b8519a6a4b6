/* SPDX-License-Identifier: Apache-2.0 */
/* What is behind the public nuncio_hits, and how ranked candidates become hits. */
#ifndef QUERY_HITS_H
#define QUERY_HITS_H

#include "query/plan/plan.h"
#include "query/rank/ranking.h"
#include "query/results/page.h"

struct nuncio_hits {
    nn_memory memory;
    nn_arena arena; /* holds everything below */
    nuncio_hit *items;
    size_t count;
    uint64_t total;
    bool total_exact;
    nuncio_str after;
    nuncio_str explain_query;
};

/** What of the options the filling of hits asks for. */
typedef struct nn_hits_request {
    bool texts; /* passages, highlights, quotes and names */
    bool explain;
    bool by_article;
    bool by_quote;
    bool passage_scope;
    uint32_t rank; /* of the last hit before these */
} nn_hits_request;

/** Makes an empty object with the allocator's memory. */
NUNCIO_NODISCARD nuncio_status nn_hits_create(const nuncio_allocator *allocator, nuncio_hits **out,
                                              nuncio_error *error);

/** Fills hits->items with `count` candidates, best first. Runs every segment that has one once
 * more. */
NUNCIO_NODISCARD nuncio_status nn_hits_fill(nuncio_hits *hits, nn_run *run, nn_plan *plan,
                                            const nn_candidate *candidates, size_t count,
                                            const nn_hits_request *request);

#endif
