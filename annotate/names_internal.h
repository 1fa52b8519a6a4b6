/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that find names. */
#ifndef ANNOTATE_NAMES_INTERNAL_H
#define ANNOTATE_NAMES_INTERNAL_H

#include "annotate/names.h"

/** What a word alone may stand for in the article whose number is `article`. */
typedef struct nn_short_form {
    uint32_t article;
    uint32_t last,
        first; /* newest entity whose name ends, begins with the word, or NN_ENTITY_NONE */
    uint8_t
        votes[6]; /* single-word spans by type: the majority decides a word without a full form */
} nn_short_form;

/** Writes each entity's name. */
NUNCIO_NODISCARD nuncio_status nn_names_write(nn_names *names, const nn_words *words,
                                              nuncio_str title, nuncio_error *error);

/** True when two given names may be one: equal, an initial of the other, or spelt alike (Sergei,
 * Sergey). */
bool nn_given_names_alike(const nn_words *words, uint32_t a, uint32_t b);

#endif
