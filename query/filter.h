/* SPDX-License-Identifier: Apache-2.0 */
/* Filters on the columns of articles: source:, lang:, date:. Those on annotations are in names.h.
 */
#ifndef QUERY_FILTER_H
#define QUERY_FILTER_H

#include "query/names.h"

/** A filter in one segment. */
typedef struct nn_filter_walk {
    const nn_filter *filter;
    uint64_t *sources;    /* SOURCE: bit n: source number n matches */
    nn_language language; /* LANG: what the code without region names */
    bool language_known;
    uint32_t article;    /* the article looked at last, and */
    bool holds;          /* whether it matches */
    nn_name_walk *names; /* SPEAKER, MENTION; then nothing else is used */
} nn_filter_walk;

/** Opens the filter of a condition: sets condition->walk, ->cost and ->asked. */
NUNCIO_NODISCARD nuncio_status nn_filter_open(nn_part *part, nn_condition *condition);
NUNCIO_NODISCARD nuncio_status nn_filter_test(nn_part *part, nn_filter_walk *walk, nn_unit unit,
                                              uint32_t target, bool *holds);
NUNCIO_NODISCARD nuncio_status nn_filter_next(nn_part *part, nn_filter_walk *walk, nn_unit unit,
                                              uint32_t target, uint32_t *found);

/** True when a day, month or year overlaps the range `from` … `to`, whose ends may be open. */
bool nn_date_overlaps(nuncio_date date, nuncio_date from, nuncio_date to);
/** The first (or last) day of a date as a number that orders days. */
uint32_t nn_date_number(nuncio_date date, bool last);

#endif
