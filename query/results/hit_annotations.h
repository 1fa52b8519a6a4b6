/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes and names of a hit: those of its article that its passage overlaps, cut to the passage. */
#ifndef QUERY_HIT_ANNOTATIONS_H
#define QUERY_HIT_ANNOTATIONS_H

#include "query/names/entity_table.h"
#include "query/plan/plan.h"

/** The annotations of an article, of which hits in order of passage ask. */
typedef struct nn_spans_walk {
    const nn_segment *segment;
    size_t part; /* of the snapshot: that segment */
    nn_annotation_spans spans;
    size_t quote, mention; /* the first that may reach into the passage asked about last */
} nn_spans_walk;

/**
 * Sets hit->quotes and hit->mentions from the annotations of the article; hit->start, end and
 * highlights are set. Arrays lie in `arena`, strings where the segment has them.
 *
 * Matched are those that a highlight overlaps and those that a filter of `shown` is true of.
 *
 * @param[in] shown    NULL: the query has no such filter
 * @param[in] entities what to say names mean; NULL: nothing
 */
NUNCIO_NODISCARD nuncio_status nn_hit_annotate(nuncio_hit *hit, nn_spans_walk *walk, nn_run *run,
                                               const nn_condition *shown, nn_entity_table *entities,
                                               nn_arena *arena);

#endif
