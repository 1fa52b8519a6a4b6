/* SPDX-License-Identifier: Apache-2.0 */
/* Which forms of names mean the same: a function of the forms of the live archive and of how many
 * articles hold each, whatever order they came in.
 *
 *   key                     forms
 *   person, lavrov          Sergei Lavrov, Sergey V. Lavrov, S. Lavrov | Günther Lavrov | Lavrov
 *   place, Kyiv             Kyiv, Kiev
 *   organisation, …         Department of State, State Department
 *   organisation, …         U.S. Embassy, Embassy of the United States (name_bag.h)
 *
 * Places, organisations and events of one key are one. Persons of one surname are one where what is
 * given of their given names agrees; a form that agrees with several persons joins the one that
 * stands in four times as many articles as the others together, or stays apart. */
#ifndef QUERY_NAME_JOIN_H
#define QUERY_NAME_JOIN_H

#include "query/names/name_forms.h"
#include "text/name_variants.h"

/** Sets the key of a form, and the given names of a person. */
NUNCIO_NODISCARD nuncio_status nn_name_form_set_key(nn_arena *arena, nn_name_form *form,
                                                    nuncio_error *error);
/** The group of a whole name in the table of spellings, or NN_NAME_GROUP_NONE. */
uint16_t nn_name_group_of(const nn_name_form *form);
/** The first word of a name, no organisation's or event's (name_bag.h), that says who is meant: a
 * small one in front does not. Keys and lookups begin with the same word. */
uint32_t nn_name_form_begin(const nn_name_form *form);

/** The letters of a people's name without the ending of its plural: Arabs is Arab. */
nuncio_str nn_name_singular(nuncio_str folded);
/** False where the letters of a name, which is no person's, show that its key is not that of
 * another which has `count` words besides such as are passed over.
 * @param[in] words how many the name has; 0: not known */
bool nn_name_may_have_key(nuncio_str text, uint32_t words, uint32_t count);

enum {
    /* limit query: forms of names of one surname or one meaning | the rarest stay apart */
    NN_NAME_JOIN_MAX = 4096
};
/** Which of two forms stands for both: the commoner, a place before its people. */
bool nn_name_form_leads(const nn_name_form *a, const nn_name_form *b);
/** Joins forms of one key: sets `leader` of each, the form of most articles. Reorders `forms`. */
NUNCIO_NODISCARD nuncio_status nn_name_join(nn_arena *arena, nn_name_form **forms, uint32_t count,
                                            nuncio_error *error);

#endif
