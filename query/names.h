/* SPDX-License-Identifier: Apache-2.0 */
/* Filters on annotations: person:, place:, org:, entity: and speaker:.
 *
 * A name is words of its article, so articles that can hold it are found through the postings of
 * terms that have a form which folds to each word of the value; then the annotations of each are
 * looked at. */
#ifndef QUERY_NAMES_H
#define QUERY_NAMES_H

#include "query/condition.h"

/** A filter on names in one segment. */
typedef struct nn_name_walk {
    const nn_filter *filter;
    nn_slot_walk *words;              /* one a word of the value */
    uint32_t article;                 /* the article looked at last; UINT32_MAX: none */
    bool spoken;                      /* SPEAKER: a quote of it is spoken by whom is asked for */
    bool collected;                   /* `spans` are those of the article */
    nn_range *spans;                  /* bytes of its text where the filter is true */
    struct nn_article_quotes *quotes; /* SPEAKER: the quotes of an article, */
    struct nn_speakers *speakers;     /* and which speakers it is true of */
    uint32_t span_count, span_capacity;
} nn_name_walk;

/** Finds the terms of a filter's words in every segment: one slot a word, in run->arena. Resets
 * run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_named_resolve(nn_run *run, const nn_filter *filter,
                                                nn_slot **out);
NUNCIO_NODISCARD nuncio_status nn_names_open(nn_part *part, const nn_filter *filter,
                                             const nn_slot *words, nn_name_walk **out);

/** First unit ≥ `target` of which the filter is true; never backwards. */
NUNCIO_NODISCARD nuncio_status nn_names_next(nn_part *part, nn_name_walk *walk, nn_unit unit,
                                             uint32_t target, uint32_t *found);

/** True when `name` holds the words of the filter one after another. */
NUNCIO_NODISCARD nuncio_status nn_names_match(nn_run *run, const nn_filter *filter, nuncio_str name,
                                              bool *matches);

/** Reads the annotations of an article into run->article_arena, which is reset first. */
NUNCIO_NODISCARD nuncio_status nn_names_annotations(nn_part *part, uint32_t article,
                                                    nuncio_annotations *out);

#endif
