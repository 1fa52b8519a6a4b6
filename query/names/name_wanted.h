/* SPDX-License-Identifier: Apache-2.0 */
/* What is looked up so that the names of one key are found, however they are written. */
#ifndef QUERY_NAME_WANTED_H
#define QUERY_NAME_WANTED_H

#include "query/names/name_forms.h"
#include "text/name_bag.h"

/** Words to look up, and how. */
typedef struct nn_wanted {
    nn_word_choice choices[NN_NAME_WORDS_MAX];
    uint32_t count;
    uint32_t flags; /* NN_LOOKUP_… */
} nn_wanted;

/** In which of their ways the states of a name (name_bag.h) are looked up. */
typedef struct nn_wanted_ways {
    uint32_t way[NN_NAME_BODIES_MAX];
    uint32_t ways[NN_NAME_BODIES_MAX]; /* that there are */
    uint32_t count;                    /* states in the name */
} nn_wanted_ways;

/** Of a place, an event or a people in a group: a spelling of the table, its words as they stand.
 */
NUNCIO_NODISCARD nuncio_status nn_want_spelling(nn_arena *arena, const char *text, nn_wanted *out,
                                                nuncio_error *error);
/** Of a name that is in no group, and whose words stand in order. */
NUNCIO_NODISCARD nuncio_status nn_want_words(nn_arena *arena, const nn_name_form *form,
                                             nn_wanted *out, nuncio_error *error);
/** Of a name of an organisation or event: words in any order, states as `ways` says, which is
 * zeroed before the first call and counts them. None (out->count 0) where there is no room for
 * them. */
NUNCIO_NODISCARD nuncio_status nn_want_bag(nn_arena *arena, const nn_name_words *words,
                                           nn_wanted_ways *ways, nn_wanted *out,
                                           nuncio_error *error);
/** Goes to the next of all ways; false behind the last. */
bool nn_wanted_ways_next(nn_wanted_ways *ways);
/** The words of a spelling of the table, which are folded and stand apart by spaces; as in
 * capitals, which letters of states need be. */
NUNCIO_NODISCARD nuncio_status nn_spelling_words(nn_arena *arena, const char *text,
                                                 nn_name_words *out, nuncio_error *error);

#endif
