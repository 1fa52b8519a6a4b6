/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes and names of a hit: those of its article that its passage overlaps, cut to the passage. */
#ifndef QUERY_HIT_ANNOTATIONS_H
#define QUERY_HIT_ANNOTATIONS_H

#include "query/plan.h"

/**
 * Sets hit->quotes and hit->mentions from the annotations of the article; hit->start, end and
 * highlights are set. Arrays lie in `arena`, strings where the annotations have theirs.
 *
 * Matched are those that a highlight overlaps and those that a filter of `shown` is true of.
 *
 * @param[in] shown NULL: the query has no such filter
 */
NUNCIO_NODISCARD nuncio_status nn_hit_annotate(nuncio_hit *hit, const nuncio_annotations *found,
                                               nn_run *run, const nn_condition *shown,
                                               nn_arena *arena);

#endif
