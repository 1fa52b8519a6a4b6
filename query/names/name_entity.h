/* SPDX-License-Identifier: Apache-2.0 */
/* The entity of a form: whatever is one with it by name_join.h, by initials, and by the override
 * file.
 *
 *   1. forms of one key are joined          { Azarov, N. Azarov }  { Pakhlo }  { Tabachnyk, D. T. }
 *   2. what splits say of one entity        { … }                  { … }       { Tabachnyk }  { D.
 * T. }
 *   3. entities are linked by initials
 *      and by merges, in a chain            { Azarov, N. Azarov, Pakhlo }
 *   4. what splits say of what came of it
 *
 * Which forms are one does not depend on the form that was asked about, nor on the order of lines.
 */
#ifndef QUERY_NAME_ENTITY_H
#define QUERY_NAME_ENTITY_H

#include "query/names/name_blocks.h"

typedef struct nn_name_entity {
    nn_name_form **forms; /* live ones */
    uint32_t count;
    const nn_name_form *leader;  /* the form that stands for it; NULL where it has none */
    nuncio_str name;             /* what it is called */
    bool merged;                 /* lines say of one of its forms that it is one with others */
    bool renamed;                /* a line says what it is called */
    bool ignored;                /* a line says that it is no name */
    struct nn_name_entity *rest; /* of all that splits part it from: what no line parts */
} nn_name_entity;

/** The entity of a form of the list. */
NUNCIO_NODISCARD nuncio_status nn_name_entity_of(nn_name_blocks *blocks, nn_name_form *form,
                                                 nn_name_entity **out);

/** True where lines may say something of the form's entity; false: it is what 1. and initials make
 * of it. */
bool nn_name_entity_is_touched(const nn_name_blocks *blocks, const nn_name_form *form);

/** Each live form that has a name of the override file. */
typedef nuncio_status nn_name_visit(void *context, nn_name_form *form);
NUNCIO_NODISCARD nuncio_status nn_name_group_visit(nn_name_blocks *blocks, uint32_t group,
                                                   nn_name_visit *visit, void *context);

#endif
