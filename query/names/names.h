/* SPDX-License-Identifier: Apache-2.0 */
/* Filters on annotations: person:, place:, org:, entity: and speaker:.
 *
 * named.h says which names a filter is true of; their lists say in which articles, so that
 * annotations are read only where passages are asked for. */
#ifndef QUERY_NAMES_H
#define QUERY_NAMES_H

#include "query/match/condition.h"
#include "query/names/named.h"

/** A filter on names in one segment. */
typedef struct nn_name_walk {
    const nn_filter *filter;
    const nn_named_part *named; /* articles marked */
    uint32_t article;           /* whose spans are collected; UINT32_MAX: none */
    nn_range *spans;            /* bytes of its text where the filter is true */
    uint32_t span_count, span_capacity;
    uint32_t behind; /* of them: those that end before the passage counted last */
} nn_name_walk;

/** Opens it; the articles of the names are marked once a search. */
NUNCIO_NODISCARD nuncio_status nn_names_open(nn_part *part, const nn_filter *filter,
                                             const nn_named *named, nn_name_walk **out);

/** First unit ≥ `target` of which the filter is true; targets in any order. */
NUNCIO_NODISCARD nuncio_status nn_names_next(nn_part *part, nn_name_walk *walk, nn_unit unit,
                                             uint32_t target, uint32_t *found);

/** The passage of an article to be shown for the filters of plan->shown, which is not NULL: of
 * those in which most of them are true the first with at least half as many mentions of their names
 * as any other; the article's first where none is true. Cost: its annotations are read, once a
 * filter. */
NUNCIO_NODISCARD nuncio_status nn_names_best_passage(nn_part *part, uint32_t article,
                                                     uint32_t *best);

/** How many of the filters that a hit's names are shown of (plan->shown) are true of the article by
 * the words as written; 0 where variants are off. */
uint32_t nn_names_exactness(const nn_part *part, uint32_t article);

/** Where names stand in an article, read into run->article_arena, which is reset first. */
NUNCIO_NODISCARD nuncio_status nn_names_spans(nn_part *part, uint32_t article,
                                              nn_annotation_spans *out);

#endif
