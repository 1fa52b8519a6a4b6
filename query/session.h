/* SPDX-License-Identifier: Apache-2.0 */
/* What a search holds from its options to its end, whatever becomes of its hits. */
#ifndef QUERY_SESSION_H
#define QUERY_SESSION_H

#include "query/plan/plan.h"
#include "query/rank/ranking.h"
#include "query/search_kit.h"

/** Everything a search holds; released as a whole. */
typedef struct nn_search {
    const nuncio_query *query;
    nuncio_search_options options;
    nn_search_kit *kit;
    nn_run run;
    nn_plan plan;
    nn_ranking ranking;
    uint64_t fingerprint;
    uint32_t rank; /* of the last hit of the page before */
} nn_search;

/** Checks the options (NULL: the defaults) and begins. Where it fails nothing is held. The search
 * must not move afterwards. */
NUNCIO_NODISCARD nuncio_status nn_search_open(nn_search *search, const nuncio_snapshot *snapshot,
                                              const nuncio_query *query,
                                              const nuncio_search_options *options,
                                              nuncio_error *error);
/** Plans the query, searches every segment and sorts the hits kept: search->ranking. */
NUNCIO_NODISCARD nuncio_status nn_search_rank(nn_search *search);
/** Plans the query. */
NUNCIO_NODISCARD nuncio_status nn_search_plan(nn_search *search);
void nn_search_close(nn_search *search);

#endif
