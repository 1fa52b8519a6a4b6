/* SPDX-License-Identifier: Apache-2.0 */
#include "core/str.h"
#include "query/names/name_entity.h"
#include "query/names/name_person.h"
#include "query/names/named_finder.h"
#include "query/names/overrides.h"

/* ---- entities ---- */

/* The group of a form or value; NN_OVERRIDE_NONE: no line is about it. */
static uint32_t group_of(const nn_named_finder *find, const nn_name_form *form)
{
    return form->overridden == NN_OVERRIDE_NONE
               ? NN_OVERRIDE_NONE
               : find->forms.overrides->names[form->overridden].group;
}

/* Whether some split has the value on another side than a form of the entity. */
static bool is_against(const nn_named_finder *find, const nn_name_form *value,
                       const nn_name_entity *entity)
{
    uint32_t group = group_of(find, value);
    bool against = false;
    for (uint32_t i = 0; group != NN_OVERRIDE_NONE && i < entity->count && !against; i++) {
        uint32_t other = group_of(find, entity->forms[i]);
        against =
            other != NN_OVERRIDE_NONE && nn_overrides_part(find->forms.overrides, group, other);
    }
    return against;
}

static nuncio_status choose_all(nn_named_finder *find, const nn_name_entity *entity)
{
    for (uint32_t i = 0; i < entity->count; i++) {
        NN_TRY(nn_named_choose(find, entity->forms[i], false));
    }
    return NUNCIO_OK;
}

/* Takes an entity, unless a split says that the value means another. */
static nuncio_status choose_entity(nn_named_finder *find, const nn_name_form *value,
                                   const nn_name_entity *entity)
{
    return is_against(find, value, entity) ? NUNCIO_OK : choose_all(find, entity);
}

/* ---- persons ---- */

/* How many given names are known of the person of this leader whom the value may mean: no form
 * contradicts it, and one has a given name where the value has. 0: it means somebody else. */
static uint32_t may_mean(const nn_name_form *value, const nn_name_block *block, uint32_t leader)
{
    bool confirmed = false;
    uint32_t known = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        const nn_name_form *form = block->forms[i];
        if (form->leader != leader) {
            continue;
        }
        if (!nn_given_names_agree(value, form)) {
            return 0;
        }
        known = form->given_count > known ? form->given_count : known;
        confirmed =
            confirmed || form->full_count > 0 || (value->full_count == 0 && form->given_count > 0);
    }
    return confirmed ? known : 0;
}

/* Takes those whom the value may mean; where some are known as fully as it says, only them: George
 * W. Bush is not whom nobody can tell from George H. Bush. */
static nuncio_status take_person(nn_named_finder *find, const nn_name_form *value)
{
    nn_name_block *block;
    uint32_t known = 0;
    if (value->given_count == 0) {
        return NUNCIO_OK; /* a surname alone: whoever bears it */
    }
    NN_TRY(nn_name_blocks_load(&find->blocks, value, &block));
    for (uint32_t i = 0; i < block->count; i++) {
        if (block->forms[i]->leader == block->forms[i]->number) {
            uint32_t given = may_mean(value, block, block->forms[i]->number);
            known = given > known ? given : known;
        }
    }
    known = known < value->given_count ? known : value->given_count;
    for (uint32_t i = 0; i < block->count && known > 0; i++) {
        const nn_name_form *leader = block->forms[i];
        bool meant =
            leader->leader == leader->number && may_mean(value, block, leader->number) >= known;
        if (meant) {
            nn_name_entity *entity;
            NN_TRY(nn_name_entity_of(&find->blocks, block->forms[i], &entity));
            NN_TRY(choose_entity(find, value, entity));
        }
    }
    return NUNCIO_OK;
}

/* ---- what override lines say ---- */

static nuncio_status visit_entity(void *context, nn_name_form *form)
{
    nn_named_finder *find = context;
    nn_name_entity *entity;
    NN_TRY(nn_name_entity_of(&find->blocks, form, &entity));
    return choose_all(find, entity);
}

/* Takes those whom lines merge with the value, which no split parts from it, and those whom they
 * call so. */
static nuncio_status take_overridden(nn_named_finder *find, const nn_name_form *value)
{
    const nuncio_overrides *overrides = find->forms.overrides;
    uint32_t first;
    if (value->overridden == NN_OVERRIDE_NONE) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_name_group_visit(&find->blocks, group_of(find, value), visit_entity, find));
    uint32_t count = nn_overrides_called(overrides, value->overridden, &first);
    for (uint32_t i = 0; i < count; i++) {
        NN_TRY(nn_name_group_visit(&find->blocks, overrides->aliases[first + i].group, visit_entity,
                                   find));
    }
    return NUNCIO_OK;
}

/* ---- the value as a name ---- */

/* The value as a name of a type. */
static nuncio_status value_of(nn_named_finder *find, nuncio_entity_type type, nn_name_form **out)
{
    if (find->values[type] == NULL) {
        NN_TRY(nn_name_form_make(&find->forms, find->value->text, type, &find->values[type]));
    }
    *out = find->values[type];
    return NUNCIO_OK;
}

/* The entity that a value which is no person means: that of the form that it is, else what it would
 * be of if it were one, of which no line speaks. NULL: none. */
static nuncio_status entity_meant(nn_named_finder *find, const nn_name_form *value,
                                  nn_name_entity **out)
{
    nn_name_block *block;
    nn_name_form *own = NULL;
    nn_name_form *rest = NULL;
    NN_TRY(nn_name_blocks_load(&find->blocks, value, &block));
    for (uint32_t i = 0; i < block->count && own == NULL; i++) {
        nn_name_form *form = block->forms[i];
        own = form->type == value->type && nn_name_form_has_words_of(form, value) ? form : NULL;
        rest = rest == NULL && !form->parted ? form : rest;
    }
    *out = NULL;
    if (own != NULL) {
        return nn_name_entity_of(&find->blocks, own, out);
    }
    if (rest != NULL) {
        NN_TRY(nn_name_entity_of(&find->blocks, rest, out));
        *out = (*out)->rest->count == 0 ? NULL : (*out)->rest;
    }
    return NUNCIO_OK;
}

nuncio_status nn_named_take_meant(nn_named_finder *find, nuncio_entity_type type)
{
    nn_name_form *value;
    nn_name_entity *entity;
    NN_TRY(value_of(find, type, &value));
    if (value->words.count == 0) {
        return NUNCIO_OK;
    }
    if (type == NUNCIO_ENTITY_PERSON) {
        NN_TRY(take_person(find, value));
    } else {
        NN_TRY(entity_meant(find, value, &entity));
        if (entity != NULL) {
            NN_TRY(choose_entity(find, value, entity));
        }
    }
    return take_overridden(find, value);
}

nuncio_status nn_named_take_merged(nn_named_finder *find)
{
    for (uint32_t i = 0; i < find->chosen_count; i++) {
        nn_name_form *form = find->chosen[i];
        nn_name_form *value;
        nn_name_entity *entity;
        if (form->type != NUNCIO_ENTITY_PERSON || !nn_name_entity_is_touched(&find->blocks, form)) {
            continue;
        }
        NN_TRY(value_of(find, form->type, &value));
        NN_TRY(nn_name_entity_of(&find->blocks, form, &entity));
        if (entity->merged) {
            NN_TRY(choose_entity(find, value, entity));
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_named_is_parted(nn_named_finder *find, nn_name_form *form, bool *parted)
{
    nn_name_form *value;
    nn_name_entity *entity;
    nn_name_entity *meant = NULL;
    const nuncio_overrides *overrides = find->forms.overrides;
    *parted = false;
    if (overrides == NULL || overrides->split_count == 0 ||
        !nn_overrides_has_key(overrides, form->key)) {
        return NUNCIO_OK;
    }
    NN_TRY(value_of(find, form->type, &value));
    if (!nn_str_equal(value->key, form->key)) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_name_entity_of(&find->blocks, form, &entity));
    if (form->type != NUNCIO_ENTITY_PERSON) {
        NN_TRY(entity_meant(find, value, &meant));
    }
    *parted = meant == NULL ? is_against(find, value, entity) : meant != entity;
    return NUNCIO_OK;
}

nuncio_status nn_named_drop_ignored(nn_named_finder *find)
{
    uint32_t kept = 0;
    if (find->forms.overrides == NULL || find->forms.overrides->ignore_count == 0) {
        return NUNCIO_OK;
    }
    for (uint32_t i = 0; i < find->chosen_count; i++) {
        nn_name_form *form = find->chosen[i];
        nn_name_entity *entity = NULL;
        if (nn_name_entity_is_touched(&find->blocks, form)) {
            NN_TRY(nn_name_entity_of(&find->blocks, form, &entity));
        }
        if (entity == NULL || !entity->ignored) {
            find->chosen[kept++] = form;
        }
    }
    find->chosen_count = kept;
    return NUNCIO_OK;
}
