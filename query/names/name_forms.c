/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/name_forms.h"

#include "core/error.h"
#include "core/str.h"
#include "query/names/name_join.h"
#include "query/names/overrides.h"

#include <string.h>

nuncio_status nn_name_forms_open(nn_name_forms *forms, const nuncio_snapshot *snapshot,
                                 nn_arena *arena, nn_analyzer *analyzer, nn_token_list *tokens,
                                 nuncio_error *error)
{
    *forms = (nn_name_forms){.snapshot = snapshot,
                             .arena = arena,
                             .analyzer = analyzer,
                             .tokens = tokens,
                             .error = error};
    NN_TRY(nn_name_lists_open(&forms->lists, snapshot, arena, error));
    NN_TRY(nn_name_pieces_open(&forms->pieces, arena, error));
    return nn_string_map_create(arena->memory, &forms->numbers, error);
}

void nn_name_forms_close(nn_name_forms *forms)
{
    nn_name_lists_close(&forms->lists);
    nn_name_pieces_close(&forms->pieces);
    nn_string_map_destroy(forms->numbers);
    forms->numbers = NULL;
}

/* Room for one more of `size` bytes in an array of the arena, which grows by doubling. */
static void *grown(nn_arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) {
        return items;
    }
    size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void *larger = nn_arena_alloc(arena, wanted * size);
    if (larger != NULL && count > 0) {
        memcpy(larger, items, count * size);
    }
    *capacity = larger == NULL ? *capacity : wanted;
    return larger;
}

/* How many live articles of a part, which the reader is of, hold the name. */
static nuncio_status count_live(nn_name_forms *forms, uint32_t part, uint32_t name, uint64_t *count)
{
    const nn_part_files *files = &forms->snapshot->parts[part];
    nn_name_list list;
    if (files->deletes == NULL) {
        uint32_t articles;
        NN_TRY(nn_name_reader_articles(&forms->reader, name, &articles, forms->error));
        *count += articles;
        return NUNCIO_OK;
    }
    NN_TRY(nn_name_reader_list(&forms->reader, name, &list, forms->error));
    while (list.article != NN_DOC_END) {
        *count += !nn_deletes_has(files->deletes, list.article);
        NN_TRY(nn_name_list_next(&list, forms->error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_name_form_make(nn_name_forms *forms, nuncio_str text, nuncio_entity_type type,
                                nn_name_form **out)
{
    nn_name_form *form = nn_arena_array(forms->arena, 1, sizeof *form);
    if (form == NULL) {
        return nn_error_memory(forms->error);
    }
    form->text = text;
    form->type = type;
    form->number = UINT32_MAX;
    form->places = UINT32_MAX;
    NN_TRY(nn_name_pieces_read(&forms->pieces, forms->analyzer, forms->tokens, text, &form->words,
                               forms->error));
    NN_TRY(nn_name_form_set_key(forms->arena, form, forms->error));
    form->overridden =
        forms->overrides == NULL ? NN_OVERRIDE_NONE : nn_overrides_find(forms->overrides, form);
    *out = form;
    return NUNCIO_OK;
}

/* The form of a name, which is added when new. */
static nuncio_status find_form(nn_name_forms *forms, nuncio_str text, nuncio_entity_type type,
                               nn_name_form **out)
{
    char room[256];
    char *key = room;
    if (text.size + 1 > sizeof room) {
        key = nn_arena_alloc(forms->arena, text.size + 1);
        if (key == NULL) {
            return nn_error_memory(forms->error);
        }
    }
    key[0] = (char)type;
    memcpy(key + 1, text.data, text.size);
    uint32_t number;
    bool added;
    NN_TRY(nn_string_map_add(forms->numbers, nn_str(key, text.size + 1), &number, &added,
                             forms->error));
    if (added) {
        void *items =
            grown(forms->arena, forms->items, forms->count, &forms->capacity, sizeof *forms->items);
        if (items == NULL) {
            return nn_error_memory(forms->error);
        }
        forms->items = items;
        NN_TRY(nn_name_form_make(forms, text, type, &forms->items[number]));
        forms->items[number]->number = number;
        forms->items[number]->leader = number;
        forms->count++;
    }
    *out = forms->items[number];
    return NUNCIO_OK;
}

nuncio_status nn_name_forms_add(nn_name_forms *forms, uint32_t part, uint32_t name,
                                nn_name_form **out)
{
    nuncio_str text;
    nuncio_entity_type type;
    const nn_segment *segment = forms->snapshot->parts[part].segment;
    if (forms->reader.segment != segment) {
        nn_name_reader_init(&forms->reader, segment);
    }
    NN_TRY(nn_name_reader_type(&forms->reader, name, &type, forms->error));
    NN_TRY(nn_name_reader_text(&forms->reader, name, &text, forms->error));
    NN_TRY(find_form(forms, text, type, out));
    nn_name_form *form = *out;
    for (uint32_t at = form->places; at != UINT32_MAX; at = forms->places[at].next) {
        if (forms->places[at].part == part) {
            return NUNCIO_OK;
        }
    }
    void *places = grown(forms->arena, forms->places, forms->place_count, &forms->place_capacity,
                         sizeof *forms->places);
    if (places == NULL) {
        return nn_error_memory(forms->error);
    }
    forms->places = places;
    forms->places[forms->place_count] = (nn_name_place_of){part, name, form->places};
    form->places = forms->place_count++;
    return count_live(forms, part, name, &form->articles);
}

bool nn_name_form_has_words_of(const nn_name_form *form, const nn_name_form *other)
{
    bool same = form->words.count == other->words.count;
    for (uint32_t i = 0; i < form->words.count && same; i++) {
        same = nn_str_equal(form->words.items[i].folded, other->words.items[i].folded);
    }
    return same;
}
