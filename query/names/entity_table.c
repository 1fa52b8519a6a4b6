/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/entity_table.h"

#include "core/error.h"
#include "core/str.h"
#include "query/names/name_join.h"
#include "query/names/override_parts.h"
#include "query/names/overrides.h"

#include <stdlib.h>

static nuncio_status read_names(nn_entity_table *table, nn_run *run)
{
    size_t part_count = run->snapshot->part_count;
    table->of = nn_arena_array(&table->arena, part_count + 1, sizeof *table->of);
    if (table->of == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t part = 0; part < part_count; part++) {
        const nn_segment *segment = run->snapshot->parts[part].segment;
        uint32_t count = nn_segment_name_count(segment);
        table->of[part] = nn_arena_array(&table->arena, count + 1u, sizeof **table->of);
        if (table->of[part] == NULL) {
            return nn_error_memory(run->error);
        }
        for (uint32_t name = 0; name < count; name++) {
            nuncio_entity_type type;
            NN_TRY(nn_run_step(run));
            NN_TRY(nn_segment_name_type(segment, name, &type, run->error));
            if (type != NUNCIO_ENTITY_NONE) {
                NN_TRY(nn_name_forms_add(&table->forms, part, name, &table->of[part][name]));
            }
        }
    }
    return NUNCIO_OK;
}

/* The form that stands for the entity of a form. */
static const nn_name_form *root_of(const nn_name_forms *forms, const nn_name_form *form)
{
    const nn_name_form *root = form;
    if (form->entity != NULL) {
        return form->entity->leader;
    }
    while (root->leader != root->number) {
        root = forms->items[root->leader];
    }
    return root;
}

/* Finds the entities that override lines are about; what is linked with them is of them too. */
static nuncio_status apply_overrides(nn_entity_table *table, nn_run *run)
{
    nn_name_entity *entity;
    uint32_t count = table->forms.count;
    for (uint32_t i = 0; i < count && table->forms.overrides != NULL; i++) {
        nn_name_form *form = table->forms.items[i];
        NN_TRY(nn_run_step(run));
        if (form->overridden != NN_OVERRIDE_NONE && form->articles > 0) {
            NN_TRY(nn_name_entity_of(&table->blocks, form, &entity));
        }
    }
    return NUNCIO_OK;
}

/* Brings initials and what they stand for under the commoner of the two. */
static nuncio_status join_initials(nn_entity_table *table, nn_run *run)
{
    uint32_t count = table->blocks.count;
    for (uint32_t i = 0; i < count; i++) {
        const nn_name_block *block = table->blocks.items[i];
        nn_name_block *others[NN_NAME_ACRONYMS_MAX];
        uint32_t other_count = 0;
        NN_TRY(nn_run_step(run));
        if (nn_name_block_has_initials(block)) {
            NN_TRY(nn_name_blocks_by_initials(&table->blocks, block, others, &other_count));
        }
        for (uint32_t j = 0; j < other_count; j++) {
            const nn_name_form *a = root_of(&table->forms, block->forms[0]);
            const nn_name_form *b = root_of(&table->forms, others[j]->forms[0]);
            bool first = nn_name_form_leads(a, b);
            table->forms.items[(first ? b : a)->number]->leader = (first ? a : b)->number;
        }
    }
    return NUNCIO_OK;
}

/* True where a name says nothing by its capitals: GENEVA, JOHN F. KENNEDY. */
static bool is_in_capitals(const nn_name_form *form)
{
    bool capitals = false;
    for (uint32_t i = 0; i < form->words.count; i++) {
        uint32_t flags = form->words.items[i].flags;
        if ((flags & (NN_NAME_CAPITALS | NN_NAME_INITIAL)) == 0) {
            return false;
        }
        capitals = capitals || (flags & NN_NAME_CAPITALS) != 0;
    }
    return capitals;
}

/* Datelines and headings write people and places in capitals: such an entity is called by the same
 * words in small letters, if they are more than a slip beside them (UAR, Uar). *shown becomes the
 * form where it is the better one so far. */
static void prefer_small_letters(const nn_name_form *root, const nn_name_form *form,
                                 const nn_name_form **shown)
{
    enum { SHARE = 3 };
    bool named = root->type == NUNCIO_ENTITY_PERSON || root->type == NUNCIO_ENTITY_PLACE;
    if (named && form != root && form->articles * SHARE >= root->articles && is_in_capitals(root) &&
        !is_in_capitals(form) && nn_name_form_has_words_of(form, root) &&
        (*shown == NULL || nn_name_form_stands_before(form, *shown))) {
        *shown = form;
    }
}

static nuncio_status choose_names(nn_entity_table *table, nn_run *run)
{
    const nn_name_forms *forms = &table->forms;
    table->shown = nn_arena_array(&table->arena, forms->count + 1u, sizeof *table->shown);
    if (table->shown == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < forms->count; i++) {
        const nn_name_form *root = root_of(forms, forms->items[i]);
        NN_TRY(nn_run_step(run));
        prefer_small_letters(root, forms->items[i], &table->shown[root->number]);
    }
    return NUNCIO_OK;
}

nuncio_status nn_entity_table_open(nn_entity_table *table, nn_run *run)
{
    *table = (nn_entity_table){.run = run};
    nn_arena_init(&table->arena, run->arena->memory);
    NN_TRY(nn_name_forms_open(&table->forms, run->snapshot, &table->arena, run->analyzer,
                              run->tokens, run->error));
    table->forms.overrides = run->options->overrides;
    return nn_name_blocks_open(&table->blocks, &table->forms);
}

nuncio_status nn_entity_table_join_all(nn_entity_table *table)
{
    nn_run *run = table->run;
    NN_TRY(read_names(table, run));
    NN_TRY(nn_name_blocks_load_all(&table->blocks));
    NN_TRY(apply_overrides(table, run)); /* before initials give leaders to leaders */
    NN_TRY(join_initials(table, run));
    return choose_names(table, run);
}

void nn_entity_table_close(nn_entity_table *table)
{
    if (table->arena.memory == NULL) {
        return;
    }
    nn_name_blocks_close(&table->blocks);
    nn_name_forms_close(&table->forms);
    nn_arena_clear(&table->arena);
}

nuncio_status nn_entity_of_form(nn_entity_table *table, nn_name_form *form,
                                const nn_name_form **leader)
{
    nn_name_entity *entity;
    *leader = form;
    if (table->run->options->variants == NUNCIO_VARIANTS_OFF) {
        return NUNCIO_OK;
    }
    table->asked += form->entity == NULL ? 1 : 0;
    NN_TRY(nn_name_entity_of(&table->blocks, form, &entity));
    *leader = entity->leader;
    return NUNCIO_OK;
}

nuncio_status nn_entity_of(nn_entity_table *table, uint32_t part, uint32_t name,
                           const nn_name_form **leader)
{
    nn_run *run = table->run;
    nn_name_form *form;
    nuncio_entity_type type;
    *leader = NULL;
    if (table->of != NULL) {
        form = table->of[part][name];
        *leader = form == NULL ? NULL : root_of(&table->forms, form);
        return NUNCIO_OK;
    }
    NN_TRY(nn_run_step(run));
    NN_TRY(nn_segment_name_type(run->snapshot->parts[part].segment, name, &type, run->error));
    if (type == NUNCIO_ENTITY_NONE) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_name_forms_add(&table->forms, part, name, &form));
    return nn_entity_of_form(table, form, leader);
}

nuncio_str nn_entity_name(const nn_entity_table *table, const nn_name_form *leader)
{
    const nn_name_entity *entity = leader->entity;
    const nn_name_form *shown = NULL;
    if (entity != NULL && entity->name.data != leader->text.data) {
        return entity->name;
    }
    if (table->shown != NULL) {
        shown = table->shown[leader->number];
    }
    for (uint32_t i = 0; table->shown == NULL && entity != NULL && i < entity->count; i++) {
        prefer_small_letters(leader, entity->forms[i], &shown);
    }
    return shown == NULL ? leader->text : shown->text;
}

bool nn_entity_is_ignored(const nn_name_form *leader)
{
    return leader->entity != NULL && leader->entity->ignored;
}

bool nn_entity_is_overridden(const nn_name_form *leader)
{
    return leader->entity != NULL && (leader->entity->merged || leader->entity->renamed);
}

static int by_use(const void *a, const void *b)
{
    const nuncio_entity_form *x = a;
    const nuncio_entity_form *y = b;
    if (x->articles != y->articles) {
        return x->articles > y->articles ? -1 : 1;
    }
    int order = nn_str_compare(x->text, y->text);
    return order != 0 ? order : (int)x->type - (int)y->type;
}

nuncio_status nn_entity_table_forms(const nn_entity_table *table, const uint32_t *of,
                                    nuncio_facet *facets, size_t count, nn_arena *arena,
                                    nuncio_error *error)
{
    const nn_name_forms *forms = &table->forms;
    nuncio_entity_form **lists = nn_arena_array(arena, count + 1, sizeof *lists);
    if (lists == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t pass = 0; pass < 2; pass++) { /* count, then fill */
        for (uint32_t i = 0; i < forms->count; i++) {
            const nn_name_form *form = forms->items[i];
            uint32_t at = of[root_of(forms, form)->number];
            if (at == 0 || form->articles == 0) {
                continue;
            }
            nuncio_facet *facet = &facets[at - 1];
            if (pass == 1) {
                nuncio_str text = nn_arena_str(arena, form->text);
                if (text.data == NULL) {
                    return nn_error_memory(error);
                }
                lists[at - 1][facet->form_count] =
                    (nuncio_entity_form){text, form->type, form->articles};
            }
            facet->form_count++;
        }
        for (size_t i = 0; i < count && pass == 0; i++) {
            lists[i] = nn_arena_alloc(arena, (facets[i].form_count + 1) * sizeof **lists);
            if (lists[i] == NULL) {
                return nn_error_memory(error);
            }
            facets[i].form_count = 0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        qsort(lists[i], facets[i].form_count, sizeof **lists, by_use);
        facets[i].forms = lists[i];
    }
    return NUNCIO_OK;
}
