/* SPDX-License-Identifier: Apache-2.0 */
/* Names of a segment by their words, each of which may be written in one of several ways. */
#ifndef QUERY_NAME_LOOKUP_H
#define QUERY_NAME_LOOKUP_H

#include "core/string_map.h"
#include "segment/annotations/name_words.h"
#include "segment/snapshot.h"
#include "text/name.h"
#include "text/name_variants.h"

/** The keys of a word: names that hold a word of any of them are found. */
typedef struct nn_word_choice {
    nuncio_str *keys;
    uint32_t count;
} nn_word_choice;

/** The key of a word alone. */
NUNCIO_NODISCARD nuncio_status nn_word_choice_plain(nn_arena *arena, nuncio_str key,
                                                    nn_word_choice *out, nuncio_error *error);
/** The keys of a word and of every spelling of its group of that kind. */
NUNCIO_NODISCARD nuncio_status nn_word_choice_spellings(nn_arena *arena, const nn_name_word *word,
                                                        nn_spelling_kind kind, nn_word_choice *out,
                                                        nuncio_error *error);

/** Where words stand in names, by part and word; each list is read once. */
typedef struct nn_name_lists {
    const nuncio_snapshot *snapshot;
    nn_arena *arena;
    nn_string_map *numbers; /* part as four bytes, then word */
    struct nn_place_list *items;
    size_t capacity;
    nuncio_error *error;
} nn_name_lists;

/** Knows no list yet. Release with _close. */
NUNCIO_NODISCARD nuncio_status nn_name_lists_open(nn_name_lists *lists,
                                                  const nuncio_snapshot *snapshot, nn_arena *arena,
                                                  nuncio_error *error);
void nn_name_lists_close(nn_name_lists *lists);

enum {
    NN_LOOKUP_ORDERED = 1, /* the words follow one another */
    NN_LOOKUP_TO_END = 2,  /* one of them (of ordered ones the last) is the name's last */
    NN_LOOKUP_IN_FRONT = 4 /* ordered ones have at most one word before them */
};
/** Names of a part, ascending, in lists->arena. */
typedef struct nn_lookup {
    uint32_t *names;
    uint8_t *sizes; /* how many words each has; 0: none of those asked for is its last */
    uint32_t count;
    bool partial; /* not all words were asked for: some of the names may not hold the others */
} nn_lookup;

/** The names of a part that hold a word of each choice. The rarest words are asked for first, and
 * common ones not at all where it is cheaper to look at the names found. */
NUNCIO_NODISCARD nuncio_status nn_lookup_names(nn_name_lists *lists, uint32_t part,
                                               const nn_word_choice *choices, uint32_t count,
                                               uint32_t flags, nn_lookup *out);
/** Whether the words of a name hold those of the choices one after another: what a partial lookup
 * of ordered words, of which none need be the last, leaves open. */
bool nn_lookup_holds(const nn_name_words *words, const nn_word_choice *choices, uint32_t count);

#endif
