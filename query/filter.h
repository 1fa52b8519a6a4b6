/* SPDX-License-Identifier: Apache-2.0 */
/* Filters on the columns of articles: source:, lang:, date:. Those on annotations are in names.h.
 */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "query/names.h"
#include "segment/columns.h"

/** What matches in a block of a column, once it was looked at. */
typedef struct nn_filter_block {
    uint64_t matches[2]; /* a bit an article; of LANG: those that may match */
    bool known;
} nn_filter_block;

/** A filter in one segment: articles are looked at in blocks of the column it is about. */
typedef struct nn_filter_walk {
    const nn_filter *filter;
    nn_column column;
    uint64_t low, high;      /* an article whose number in the column lies outside does not match */
    uint64_t sure;           /* DATE: from here to `high` one does */
    uint64_t *sources;       /* SOURCE: bit n: source number n matches */
    nn_filter_block *blocks; /* of the column */
    const uint64_t *matches; /* of the block looked at last */
    uint32_t article;        /* LANG: the article looked at last, and */
    bool holds;              /* whether it matches */
    nn_name_walk *names;     /* SPEAKER, MENTION; then nothing else is used */
} nn_filter_walk;

/** Opens the filter of a condition: sets condition->walk, ->cost and ->asked. */
NUNCIO_NODISCARD nuncio_status nn_filter_open(nn_part *part, nn_condition *condition);
NUNCIO_NODISCARD nuncio_status nn_filter_test(nn_part *part, nn_filter_walk *walk, nn_unit unit,
                                              uint32_t target, bool *holds);
NUNCIO_NODISCARD nuncio_status nn_filter_next(nn_part *part, nn_filter_walk *walk, nn_unit unit,
                                              uint32_t target, uint32_t *found);

/** A filter on a column, of those all of which a condition asks, that leaves fewest; NULL: none. */
const nn_condition *nn_filter_narrowest(const nn_condition *condition);
/** From `passage` on, the first passages *first … *end - 1 among which a filter on a column can
 * match, by headers of blocks; at most up to `limit`. *first is NN_DOC_END where there is none. */
NUNCIO_NODISCARD nuncio_status nn_filter_stretch(nn_part *part, nn_filter_walk *walk,
                                                 uint32_t passage, uint32_t limit, uint32_t *first,
                                                 uint32_t *end);

/** True when a day, month or year overlaps the range `from` … `to`, whose ends may be open. */
bool nn_date_overlaps(nuncio_date date, nuncio_date from, nuncio_date to);
/** The first (or last) day of a date as a number that orders days. */
uint32_t nn_date_number(nuncio_date date, bool last);

#endif
