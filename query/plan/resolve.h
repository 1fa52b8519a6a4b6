/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves in a snapshot: which terms and surface forms of which segments they stand for, and how
 * rare they are.
 *
 *   "visites officielles" in an index of English and French
 *      slot 0:  visit | visites      the word's terms in the two languages, in every segment
 *      slot 1:  officiel | officiell
 */
#ifndef QUERY_RESOLVE_H
#define QUERY_RESOLVE_H

#include "query/language/node.h"
#include "query/match/slot.h"

/** A leaf in a snapshot. */
typedef struct nn_resolved {
    const nn_leaf *leaf;
    nn_slot *slots; /* one a word, in order of standing; none for NEAR */
    uint32_t slot_count;
    const struct nn_resolved *left, *right; /* NEAR only */
    double idf;                             /* docs/ranking.md; 0 where it was not asked for */
    double article_idf;                     /* the same among articles, by article only */
    double quote_idf;                       /* the same among quotes, where they are weighed */
} nn_resolved;

/** Among which units a leaf's idf is wanted. */
typedef enum nn_weighing {
    NN_WEIGH_NOT = 0,
    NN_WEIGH_PASSAGES, /* by article, articles too */
    NN_WEIGH_QUOTES
} nn_weighing;

/**
 * Looks the leaf up in every segment.
 *
 * Cost: a dictionary look-up a term and segment. A prefix or fuzzy word looks at every surface form
 * of the terms it may be found under (query/plan/expand.h). Weighing alternatives
 * takes a pass over the postings of all but the commonest; among quotes over all.
 *
 * @param[out] out     in run->arena
 * @retval NUNCIO_ERR_LIMIT a prefix or fuzzy word stands for more than NN_QUERY_FORMS_MAX forms
 */
NUNCIO_NODISCARD nuncio_status nn_resolve_leaf(nn_run *run, const nn_leaf *leaf,
                                               nn_weighing weighing, nn_resolved **out);

#endif
