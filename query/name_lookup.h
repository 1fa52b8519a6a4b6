/* SPDX-License-Identifier: Apache-2.0 */
/* Names of a segment by their words, each of which may be written in one of several ways. */
#ifndef QUERY_NAME_LOOKUP_H
#define QUERY_NAME_LOOKUP_H

#include "segment/name_words.h"
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

enum {
    NN_LOOKUP_ORDERED = 1, /* the words follow one another */
    NN_LOOKUP_TO_END = 2   /* one of them (of ordered ones the last) is the name's last */
};
/** The names of a segment that hold a word of each choice, ascending; in `arena`. */
NUNCIO_NODISCARD nuncio_status nn_lookup_names(const nn_segment *segment, nn_arena *arena,
                                               const nn_word_choice *choices, uint32_t count,
                                               uint32_t flags, uint32_t **names,
                                               uint32_t *name_count, nuncio_error *error);

#endif
