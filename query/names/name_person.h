/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a person's name, and whether two names may be one person's.
 *
 *   Gen.   W. Averell   von      Harriman  Jr.
 *   title  given names  dropped  surname   suffix
 */
#ifndef QUERY_NAME_PERSON_H
#define QUERY_NAME_PERSON_H

#include "query/names/name_forms.h"
#include "text/name_variants.h"

/** Reads the given names of a person's form, and its surname: one string for all spellings of it.
 */
NUNCIO_NODISCARD nuncio_status nn_name_person_read(nn_arena *arena, nn_name_form *form,
                                                   nuncio_str *surname, nuncio_error *error);
/** The words of a person's surname that keys are made of: the word's number in form->words. */
uint32_t nn_name_surname(const nn_name_form *form);
/** False where the letters of a name show that its surname is its last word. */
bool nn_name_surname_may_be_early(nuncio_str text);
/** True where the given names of a person agree as far as both go. */
bool nn_given_names_agree(const nn_name_form *a, const nn_name_form *b);
/** How many of the given names of `a` are passed over where it is compared with `b`: 1 for who goes
 * by the second, C. Douglas Dillon beside Douglas Dillon. */
uint32_t nn_given_name_skipped(const nn_name_form *a, const nn_name_form *b);
/** True where the given names are the same words. */
bool nn_given_names_equal(const nn_name_form *a, const nn_name_form *b);

/** The word as all its spellings have it: "#" and the number of their group, else its key. */
NUNCIO_NODISCARD nuncio_status nn_name_word_canonical(nn_arena *arena, const nn_name_word *word,
                                                      nn_spelling_kind kind, nuncio_str *out,
                                                      nuncio_error *error);
/** True when a word is one of `list`, of which the last is NULL. */
bool nn_name_word_is_among(nuncio_str word, const char *const *list);

#endif
