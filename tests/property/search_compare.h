/* SPDX-License-Identifier: Apache-2.0 */
/* One query, answered by the engine and by the oracle. */
#ifndef PROPERTY_SEARCH_COMPARE_H
#define PROPERTY_SEARCH_COMPARE_H

#include "oracle/random_query.h"

#include <nuncio/nuncio.h>
#include <setjmp.h>

/** An archive in both, at one commit. */
typedef struct searched {
    oracle *archive;
    nuncio_snapshot *snapshot;
    test_prng *prng;        /* decides how queries are printed */
    uint32_t world, commit; /* for messages */
    uint64_t with_hits;     /* queries that found something */
    jmp_buf *caught; /* where to go when answers differ; NULL: the test fails with a message */
} searched;

bool same_text(nuncio_str a, nuncio_str b);

/** Compares hits, scores, totals, marks, quotes and names, pages, the canonical text, with and
 * without pruning. */
void compare_query(searched *s, const random_query *query, const nuncio_search_options *options);

#endif
