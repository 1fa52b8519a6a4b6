/* SPDX-License-Identifier: Apache-2.0 */
/* Names of an override file that the live archive does not have. */
#include "core/error.h"
#include "core/str.h"
#include "query/names/name_forms.h"
#include "query/names/override_build.h"
#include "query/names/overrides.h"
#include "query/search_kit.h"

typedef struct searcher {
    const nuncio_overrides *overrides;
    nn_arena *arena;
    nn_name_forms forms;
    uint32_t *types; /* by number of a name: a bit for each type of which articles have its words,
                        and that of NONE once they were looked up */
} searcher;

static uint32_t bit_of(nuncio_entity_type type)
{
    return UINT32_C(1) << type;
}

/* Adds the types of live names of a part that have the words of `name` and no others. */
static nuncio_status look_up_in(searcher *search, uint32_t part, const nn_name_form *name,
                                const nn_word_choice *choices, uint32_t *types)
{
    nn_lookup found;
    NN_TRY(nn_lookup_names(&search->forms.lists, part, choices, name->words.count,
                           NN_LOOKUP_ORDERED | NN_LOOKUP_TO_END | NN_LOOKUP_IN_FRONT, &found));
    for (uint32_t i = 0; i < found.count; i++) {
        nn_name_form *form;
        NN_TRY(nn_name_forms_add(&search->forms, part, found.names[i], &form));
        bool same = form->articles > 0 && nn_name_form_has_words_of(form, name);
        *types |= same ? bit_of(form->type) : 0;
    }
    return NUNCIO_OK;
}

/* The types of which live articles have the words of a name. */
static nuncio_status look_up(searcher *search, uint32_t number, uint32_t *types)
{
    const nn_name_form *name = search->overrides->names[number].form;
    uint32_t *known = &search->types[number];
    if (*known == 0) {
        nn_word_choice *choices =
            nn_arena_alloc(search->arena, name->words.count * sizeof *choices);
        if (choices == NULL) {
            return nn_error_memory(search->forms.error);
        }
        for (uint32_t i = 0; i < name->words.count; i++) {
            NN_TRY(nn_word_choice_plain(search->arena, name->words.items[i].key, &choices[i],
                                        search->forms.error));
        }
        for (uint32_t part = 0; part < search->forms.snapshot->part_count; part++) {
            NN_TRY(look_up_in(search, part, name, choices, known));
        }
        *known |= bit_of(NUNCIO_ENTITY_NONE);
    }
    *types = *known & ~bit_of(NUNCIO_ENTITY_NONE);
    return NUNCIO_OK;
}

/* Whether some rename gives the name, of one of those types. */
static bool is_given(const nuncio_overrides *overrides, uint32_t number, uint32_t types)
{
    char key[NN_OVERRIDE_KEY_ROOM];
    size_t size = nn_override_key(overrides->names[number].form, key);
    bool given = false;
    for (uint32_t type = NUNCIO_ENTITY_PERSON; type <= NUNCIO_ENTITY_NATIONALITY; type++) {
        key[0] = (char)type;
        uint32_t name = nn_string_map_find(overrides->numbers, nn_str(key, size));
        given = given || ((types >> type & 1) != 0 && name != NN_STRING_MAP_NONE &&
                          overrides->names[name].given);
    }
    return given;
}

/* The first type of a set; NONE: it is empty. */
static nuncio_entity_type first_of(uint32_t types)
{
    uint32_t type = NUNCIO_ENTITY_PERSON;
    while (type <= NUNCIO_ENTITY_NATIONALITY && (types >> type & 1) == 0) {
        type++;
    }
    return type > NUNCIO_ENTITY_NATIONALITY ? NUNCIO_ENTITY_NONE : (nuncio_entity_type)type;
}

static nuncio_status find_all(searcher *search, nuncio_override_unknown *names, size_t room,
                              size_t *count)
{
    const nuncio_overrides *overrides = search->overrides;
    search->types = nn_arena_array(search->arena, overrides->count + 1u, sizeof *search->types);
    if (search->types == NULL) {
        return nn_error_memory(search->forms.error);
    }
    for (size_t i = 0; i < overrides->expected_count; i++) {
        const nn_override_expected *place = &overrides->expected[i];
        nuncio_entity_type type =
            place->any_type ? NUNCIO_ENTITY_NONE : overrides->names[place->name].form->type;
        uint32_t fitting = place->any_type ? UINT32_MAX : bit_of(type);
        uint32_t types = 0;
        NN_TRY(look_up(search, place->name, &types));
        if ((types & fitting) != 0 || is_given(overrides, place->name, fitting)) {
            continue;
        }
        if (*count < room) {
            names[*count] =
                (nuncio_override_unknown){place->line, place->text, type, first_of(types)};
        }
        ++*count;
    }
    return NUNCIO_OK;
}

nuncio_status nuncio_overrides_unknown(const nuncio_overrides *overrides,
                                       const nuncio_snapshot *snapshot,
                                       nuncio_override_unknown *names, size_t room, size_t *count,
                                       nuncio_error *error)
{
    searcher search = {.overrides = overrides};
    nn_search_kit *kit;
    *count = 0;
    NN_TRY(nn_search_kit_take(snapshot, 0, &kit, error));
    search.arena = &kit->arena;
    nuncio_status status = nn_name_forms_open(&search.forms, snapshot, search.arena, kit->analyzer,
                                              &kit->tokens, error);
    if (status == NUNCIO_OK) {
        status = find_all(&search, names, room, count);
    }
    nn_name_forms_close(&search.forms);
    nn_search_kit_give_back(kit, snapshot);
    return status;
}
