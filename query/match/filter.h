/* SPDX-License-Identifier: Apache-2.0 */
/* Filters on the columns of articles: source:, lang:, date:. Those on annotations are in names.h.
 */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "query/names/names.h"
#include "segment/articles/columns.h"

/** A filter in one segment. */
typedef struct nn_filter_walk {
    const nn_filter *filter;
    uint64_t *matches;   /* a bit an article; of LANG: those that may match */
    uint32_t article;    /* LANG: the article looked at last, and */
    bool holds;          /* whether it matches */
    nn_name_walk *names; /* SPEAKER, MENTION; then nothing else is used */
} nn_filter_walk;

/** Opens the filter of a condition: sets condition->walk, ->cost and ->asked. One on a column is
 * opened once for all that it stands in, and when the part is opened once more. */
NUNCIO_NODISCARD nuncio_status nn_filter_open(nn_part *part, nn_condition *condition);
NUNCIO_NODISCARD nuncio_status nn_filter_test(nn_part *part, nn_filter_walk *walk, nn_unit unit,
                                              uint32_t target, bool *holds);
NUNCIO_NODISCARD nuncio_status nn_filter_next(nn_part *part, nn_filter_walk *walk, nn_unit unit,
                                              uint32_t target, uint32_t *found);

/** Whether a condition asks for nothing but columns: then it may be asked in any order. */
bool nn_filter_columns_only(const nn_condition *condition);
/** A filter on a column, of those all of which a condition asks, that leaves fewest; NULL: none. */
const nn_condition *nn_filter_narrowest(const nn_condition *condition);
/** From `passage` on, the first passages *first … *end - 1 that a filter on a column leaves (of a
 * language: may leave); *first is NN_DOC_END where there are none. */
void nn_filter_run(const nn_part *part, const nn_filter_walk *walk, uint32_t passage,
                   uint32_t *first, uint32_t *end);
/** From `passage` on, the first passages *first … *end - 1 among which a filter on a column matches
 * again and again; at most a little beyond `limit`. *first is NN_DOC_END where there are none. */
void nn_filter_stretch(const nn_part *part, const nn_filter_walk *walk, uint32_t passage,
                       uint32_t limit, uint32_t *first, uint32_t *end);

#endif
