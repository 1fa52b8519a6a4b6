/* SPDX-License-Identifier: Apache-2.0 */
/* The entities that names of the live archive mean: what filters on names work out for one value
 * (named.h), for names as they turn up, or for all at once. Both give the same. */
#ifndef QUERY_ENTITY_TABLE_H
#define QUERY_ENTITY_TABLE_H

#include "query/names/name_entity.h"
#include "query/run.h"

#include <nuncio/facets.h>

typedef struct nn_entity_table {
    nn_run *run;
    nn_arena arena;
    nn_name_forms forms;
    nn_name_blocks blocks;
    uint32_t asked;             /* names joined one by one */
    nn_name_form ***of;         /* all at once: by part and name; NULL: a description, no entity */
    const nn_name_form **shown; /* likewise, by number of the form that stands for an entity: the
                                   form that it is called by; NULL: itself */
} nn_entity_table;

/** Begins without a name. Release with _close, whatever came of it; zeroed it may be closed. */
NUNCIO_NODISCARD nuncio_status nn_entity_table_open(nn_entity_table *table, nn_run *run);
/** Instead of joining names as they are asked for, joins all of the archive. Nothing was asked of
 * the table yet. Cost: about 2 µs a name, where joining one by one takes about 100 µs. */
NUNCIO_NODISCARD nuncio_status nn_entity_table_join_all(nn_entity_table *table);
void nn_entity_table_close(nn_entity_table *table);

/** Gives each of `facets` its forms, commonest first, in `arena`: of[n] is 1 + the index of the
 * facet that the form of number n stands for, 0: none. */
NUNCIO_NODISCARD nuncio_status nn_entity_table_forms(const nn_entity_table *table,
                                                     const uint32_t *of, nuncio_facet *facets,
                                                     size_t count, nn_arena *arena,
                                                     nuncio_error *error);

/** The form that stands for the entity of a name: the same for all of its names; NULL: none. */
NUNCIO_NODISCARD nuncio_status nn_entity_of(nn_entity_table *table, uint32_t part, uint32_t name,
                                            const nn_name_form **leader);
/** The same for a form of the table, where names are joined as they are asked for. */
NUNCIO_NODISCARD nuncio_status nn_entity_of_form(nn_entity_table *table, nn_name_form *form,
                                                 const nn_name_form **leader);
/** What the entity for which a form stands, which nn_entity_of gave, is called: its text, or that
 * of a form which is not in capitals alone, unless the override file knows better. */
nuncio_str nn_entity_name(const nn_entity_table *table, const nn_name_form *leader);
/** True where the override file says that it is no name. */
bool nn_entity_is_ignored(const nn_name_form *leader);
/** True where the override file says what it is called, or what is one with it. */
bool nn_entity_is_overridden(const nn_name_form *leader);

#endif
