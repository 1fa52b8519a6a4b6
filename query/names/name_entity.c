/* SPDX-License-Identifier: Apache-2.0 */
/* From the form asked about, links are followed until nothing is added: the forms gathered are all
 * that the entity can consist of, and splits part them. Each is gathered once, so that the work is
 * linear in them and in the lines about them. */
#include "query/names/name_entity.h"

#include "core/error.h"
#include "query/names/override_parts.h"
#include "query/names/overrides.h"

#include <string.h>

typedef struct gathering {
    nn_name_blocks *blocks;
    nn_name_form **forms;
    uint32_t count;
    size_t capacity;
} gathering;

static nuncio_status add_form(gathering *gather, nn_name_form *form)
{
    if (form->gathering == gather->blocks->gathering) {
        return NUNCIO_OK;
    }
    form->gathering = gather->blocks->gathering;
    if (gather->count == gather->capacity) {
        gather->capacity = gather->capacity == 0 ? 16 : gather->capacity * 2;
        nn_name_form **larger =
            nn_arena_alloc(gather->blocks->forms->arena, gather->capacity * sizeof *larger);
        if (larger == NULL) {
            return nn_error_memory(gather->blocks->forms->error);
        }
        if (gather->count > 0) {
            memcpy(larger, gather->forms, gather->count * sizeof *larger);
        }
        gather->forms = larger;
    }
    gather->forms[gather->count++] = form;
    return NUNCIO_OK;
}

/* A form with all that 1. and 2. leave one with it. */
static nuncio_status add_joined(void *context, nn_name_form *form)
{
    gathering *gather = context;
    nn_name_block *block;
    if (form->gathering == gather->blocks->gathering) {
        return NUNCIO_OK;
    }
    NN_TRY(add_form(gather, form));
    NN_TRY(nn_name_blocks_load(gather->blocks, form, &block));
    for (uint32_t i = 0; i < block->count; i++) {
        if (block->forms[i]->leader == form->leader) {
            NN_TRY(add_form(gather, block->forms[i]));
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_name_group_visit(nn_name_blocks *blocks, uint32_t group, nn_name_visit *visit,
                                  void *context)
{
    const nuncio_overrides *overrides = blocks->forms->overrides;
    uint32_t name = overrides->groups[group].first;
    for (; name != NN_OVERRIDE_NONE; name = overrides->names[name].next) {
        nn_name_block *block;
        NN_TRY(nn_name_blocks_load(blocks, overrides->names[name].form, &block));
        for (uint32_t i = 0; i < block->count; i++) {
            if (block->forms[i]->overridden == name) {
                NN_TRY(visit(context, block->forms[i]));
            }
        }
    }
    return NUNCIO_OK;
}

/* What lines merge with the form. */
static nuncio_status follow_merges(gathering *gather, const nn_name_form *form)
{
    nn_name_blocks *blocks = gather->blocks;
    const nuncio_overrides *overrides = blocks->forms->overrides;
    if (overrides == NULL || form->overridden == NN_OVERRIDE_NONE) {
        return NUNCIO_OK;
    }
    if (blocks->group_gatherings == NULL) {
        blocks->group_gatherings = nn_arena_array(blocks->forms->arena, overrides->count,
                                                  sizeof *blocks->group_gatherings);
        if (blocks->group_gatherings == NULL) {
            return nn_error_memory(blocks->forms->error);
        }
    }
    uint32_t group = overrides->names[form->overridden].group;
    if (blocks->group_gatherings[group] == blocks->gathering) {
        return NUNCIO_OK;
    }
    blocks->group_gatherings[group] = blocks->gathering;
    return nn_name_group_visit(blocks, group, add_joined, gather);
}

/* What the form is the initials of, or what has its initials: those of a block link the entities of
 * its commonest forms. */
static nuncio_status follow_initials(gathering *gather, const nn_name_form *form)
{
    nn_name_block *block;
    nn_name_block *others[NN_NAME_ACRONYMS_MAX];
    uint32_t count;
    if (form->type != NUNCIO_ENTITY_ORGANISATION && form->type != NUNCIO_ENTITY_EVENT) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_name_blocks_load(gather->blocks, form, &block));
    if (block->count == 0 || block->gathering == gather->blocks->gathering ||
        block->forms[0]->leader != form->leader) {
        return NUNCIO_OK;
    }
    block->gathering = gather->blocks->gathering;
    NN_TRY(nn_name_blocks_by_initials(gather->blocks, block, others, &count));
    for (uint32_t i = 0; i < count; i++) {
        if (others[i]->count > 0) {
            NN_TRY(add_joined(gather, others[i]->forms[0]));
        }
    }
    return NUNCIO_OK;
}

/* Whether a form is the better one to stand for its entity: one that did so before links. */
static bool leads(const nn_name_form *form, const nn_name_form *leader)
{
    bool did = form->leader == form->number;
    bool other = leader->leader == leader->number;
    return did != other ? did : nn_name_form_stands_before(form, leader);
}

/* What the lines about its forms say: of several new names that of the form which would stand for
 * the others. */
static void describe(const nuncio_overrides *overrides, nn_name_entity *entity)
{
    const nn_name_form *renamed = NULL;
    entity->name = entity->leader->text;
    for (uint32_t i = 0; i < entity->count && overrides != NULL; i++) {
        const nn_name_form *form = entity->forms[i];
        if (form->overridden == NN_OVERRIDE_NONE) {
            continue;
        }
        const nn_override_group *group =
            &overrides->groups[overrides->names[form->overridden].group];
        entity->merged = entity->merged || overrides->names[group->first].next != NN_OVERRIDE_NONE;
        entity->ignored = entity->ignored || group->ignore_line != 0;
        if (group->rename_line != 0 &&
            (renamed == NULL || nn_name_form_stands_before(form, renamed))) {
            renamed = form;
            entity->renamed = true;
            entity->name = group->called;
        }
    }
}

/* Makes entities of what was gathered: parts[i] is the number of the entity of forms[i]. */
static nuncio_status make_entities(const gathering *gather, const uint32_t *parts, uint32_t count)
{
    const nn_name_forms *all = gather->blocks->forms;
    nn_name_entity *entities = nn_arena_array(all->arena, count, sizeof *entities);
    nn_name_form **room = nn_arena_alloc(all->arena, gather->count * sizeof *room);
    if (entities == NULL || room == NULL) {
        return nn_error_memory(all->error);
    }
    for (uint32_t i = 0; i < gather->count; i++) {
        nn_name_entity *entity = &entities[parts[i]];
        nn_name_form *form = gather->forms[i];
        form->entity = entity;
        entity->rest = &entities[0];
        entity->count++;
        entity->leader =
            entity->leader == NULL || leads(form, entity->leader) ? form : entity->leader;
    }
    for (uint32_t i = 0, at = 0; i < count; i++) {
        entities[i].forms = room + at;
        at += entities[i].count;
        entities[i].count = 0;
    }
    for (uint32_t i = 0; i < gather->count; i++) {
        nn_name_entity *entity = &entities[parts[i]];
        entity->forms[entity->count++] = gather->forms[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        if (entities[i].count > 0) { /* all may have left */
            describe(all->overrides, &entities[i]);
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_name_entity_of(nn_name_blocks *blocks, nn_name_form *form, nn_name_entity **out)
{
    const nn_name_forms *all = blocks->forms;
    gathering gather = {.blocks = blocks};
    *out = form->entity;
    if (form->entity != NULL) {
        return NUNCIO_OK;
    }
    blocks->gathering++;
    NN_TRY(add_joined(&gather, form));
    for (uint32_t i = 0; i < gather.count; i++) {
        NN_TRY(follow_merges(&gather, gather.forms[i]));
        NN_TRY(follow_initials(&gather, gather.forms[i]));
    }
    uint32_t *parts = nn_arena_array(all->arena, gather.count, sizeof *parts);
    uint32_t count = 1;
    if (parts == NULL) {
        return nn_error_memory(all->error);
    }
    if (all->overrides != NULL && all->overrides->split_count > 0) {
        NN_TRY(nn_override_parts(all, gather.forms, gather.count, parts, &count));
    }
    NN_TRY(make_entities(&gather, parts, count));
    *out = form->entity;
    return NUNCIO_OK;
}

bool nn_name_entity_is_touched(const nn_name_blocks *blocks, const nn_name_form *form)
{
    const nuncio_overrides *overrides = blocks->forms->overrides;
    return overrides != NULL &&
           (form->type == NUNCIO_ENTITY_ORGANISATION || form->type == NUNCIO_ENTITY_EVENT ||
            nn_overrides_has_key(overrides, form->key));
}
