/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that find names. */
#ifndef ANNOTATE_NAMES_INTERNAL_H
#define ANNOTATE_NAMES_INTERNAL_H

#include "annotate/names/names.h"

/** What a word alone may stand for in the article whose number is `article`. */
typedef struct nn_short_form {
    uint32_t article;
    uint32_t last,
        first; /* newest entity whose name ends, begins with the word, or NN_ENTITY_NONE */
    uint8_t
        votes[6]; /* single-word spans by type: the majority decides a word without a full form */
    bool surname; /* the last word of a person's name somewhere */
    bool in_role; /* a word of somebody's title somewhere */
} nn_short_form;

/** What is known of a word as a short form in this article; NULL: nothing. */
static inline const nn_short_form *nn_short_form_at(const nn_names *names, const nn_words *words,
                                                    uint32_t word)
{
    const nn_short_form *form = &names->short_forms[nn_words_form(words, word)->fold];
    return form->article == names->article ? form : NULL;
}
/** That of a folded form, made when there is none. */
nn_short_form *nn_short_form_of(nn_names *names, uint32_t fold);
static inline nn_short_form *nn_short_form_make(nn_names *names, const nn_words *words,
                                                uint32_t word)
{
    return nn_short_form_of(names, nn_words_form(words, word)->fold);
}

/** The last word that tells a person from others: not Jr., not III. */
uint32_t nn_name_last_word(const nn_words *words, const nn_named *span);
/** Appends to names->merged, which has `*count` spans. */
NUNCIO_NODISCARD nuncio_status nn_names_merge(nn_names *names, nn_named span, size_t *count,
                                              nuncio_error *error);
/** Makes the first `count` spans of names->merged those of the article. */
void nn_names_take_merged(nn_names *names, size_t count);
/** Sets spans of persons right that begin or end at the wrong word (names_mend.c). */
NUNCIO_NODISCARD nuncio_status nn_names_mend(nn_names *names, const nn_words *words,
                                             nuncio_error *error);

/** Writes each entity's name. */
NUNCIO_NODISCARD nuncio_status nn_names_write(nn_names *names, const nn_words *words,
                                              nuncio_str title, nuncio_error *error);

/** True when two given names may be one: equal, an initial of the other, or spelt alike (Sergei,
 * Sergey). */
bool nn_given_names_alike(const nn_words *words, uint32_t a, uint32_t b);

#endif
