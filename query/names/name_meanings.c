/* SPDX-License-Identifier: Apache-2.0 */
#include "core/str.h"
#include "query/names/entity_table.h"
#include "query/session.h"

#include <nuncio/name_meanings.h>

/* The form of the archive that has these letters and the type; NULL: no live article has it. */
static nuncio_status find_form(nn_entity_table *table, const nuncio_mention *name,
                               nn_name_form **out)
{
    nn_name_form *value;
    nn_name_block *block;
    *out = NULL;
    NN_TRY(nn_name_form_make(&table->forms, name->name, name->type, &value));
    NN_TRY(nn_name_blocks_load(&table->blocks, value, &block));
    for (uint32_t i = 0; i < block->count && *out == NULL; i++) {
        nn_name_form *form = block->forms[i];
        *out = form->type == name->type && nn_str_equal(form->text, name->name) ? form : NULL;
    }
    return NUNCIO_OK;
}

static nuncio_status find_meaning(nn_entity_table *table, const nuncio_mention *name,
                                  nuncio_hit_entity *out)
{
    nn_name_form *form;
    *out = (nuncio_hit_entity){.type = NUNCIO_ENTITY_NONE};
    NN_TRY(nn_run_check(table->run));
    NN_TRY(find_form(table, name, &form));
    if (form == NULL) {
        return NUNCIO_OK;
    }
    const nn_name_form *leader;
    NN_TRY(nn_entity_of_form(table, form, &leader));
    if (!nn_entity_is_ignored(leader)) {
        *out = (nuncio_hit_entity){nn_entity_name(table, leader), leader->type,
                                   nn_entity_is_overridden(leader)};
    }
    return NUNCIO_OK;
}

nuncio_status nuncio_name_meanings(const nuncio_snapshot *snapshot,
                                   const nuncio_search_options *options,
                                   const nuncio_mention *names, size_t count,
                                   nuncio_hit_entity *meanings, nuncio_error *error)
{
    nn_search search;
    nn_entity_table table = {0};
    NN_TRY(nn_search_open(&search, snapshot, NULL, options, error));
    nuncio_status status = nn_entity_table_open(&table, &search.run);
    for (size_t i = 0; i < count && status == NUNCIO_OK; i++) {
        status = find_meaning(&table, &names[i], &meanings[i]);
    }
    nn_entity_table_close(&table);
    nn_search_close(&search);
    return status;
}
