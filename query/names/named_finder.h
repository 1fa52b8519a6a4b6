/* SPDX-License-Identifier: Apache-2.0 */
/* What looks for the names of a filter holds (named.c), and its second half: names of the entity
 * that the value means (named_meant.c). */
#ifndef QUERY_NAMED_FINDER_H
#define QUERY_NAMED_FINDER_H

#include "query/names/name_blocks.h"
#include "query/names/named.h"

typedef struct nn_named_finder {
    nn_run *run;
    const nn_filter *filter;
    nn_arena arena; /* of what is looked at on the way */
    nn_name_forms forms;
    nn_name_blocks blocks;
    bool variants;
    nn_name_form *value; /* the words of the filter as a form, and as one of each type: */
    nn_name_form *values[NUNCIO_ENTITY_NATIONALITY + 1]; /* NULL: not made yet */
    nn_name_form **chosen;
    uint32_t chosen_count;
    size_t chosen_capacity;
    nn_named_part *parts; /* the result: names taken without a look at their forms are there */
} nn_named_finder;

/** Takes a form, once. @param[in] exact it holds the words as they were written */
NUNCIO_NODISCARD nuncio_status nn_named_choose(nn_named_finder *find, nn_name_form *form,
                                               bool exact);
/** Takes what the value means as a name of that type. */
NUNCIO_NODISCARD nuncio_status nn_named_take_meant(nn_named_finder *find, nuncio_entity_type type);
/** Takes the other names of whoever was taken, as far as override lines merge them. */
NUNCIO_NODISCARD nuncio_status nn_named_take_merged(nn_named_finder *find);
/** Whether an override line parts a form, which is written otherwise, from what the value means. */
NUNCIO_NODISCARD nuncio_status nn_named_is_parted(nn_named_finder *find, nn_name_form *form,
                                                  bool *parted);
/** Drops forms of which override lines say that they are no names. */
NUNCIO_NODISCARD nuncio_status nn_named_drop_ignored(nn_named_finder *find);

#endif
