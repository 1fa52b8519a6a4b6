/* SPDX-License-Identifier: Apache-2.0 */
/* Each word has a list of (name, place); lists are joined in order of name and place. */
#include "query/name_lookup.h"

#include "core/error.h"
#include "core/str.h"

#include <stdlib.h>
#include <string.h>

nuncio_status nn_word_choice_plain(nn_arena *arena, nuncio_str key, nn_word_choice *out,
                                   nuncio_error *error)
{
    out->keys = nn_arena_alloc(arena, sizeof *out->keys);
    out->count = 1;
    if (out->keys == NULL) {
        return nn_error_memory(error);
    }
    out->keys[0] = key;
    return NUNCIO_OK;
}

nuncio_status nn_word_choice_spellings(nn_arena *arena, const nn_name_word *word,
                                       nn_spelling_kind kind, nn_word_choice *out,
                                       nuncio_error *error)
{
    uint16_t group = nn_name_group_find(kind, word->folded);
    if (group == NN_NAME_GROUP_NONE) {
        return nn_word_choice_plain(arena, word->key, out, error);
    }
    uint32_t spellings = nn_name_groups[group].count;
    out->keys = nn_arena_alloc(arena, (spellings + 1u) * sizeof *out->keys);
    if (out->keys == NULL) {
        return nn_error_memory(error);
    }
    out->keys[0] = word->key;
    out->count = 1;
    for (uint32_t i = 0; i < spellings; i++) {
        char room[NN_NAME_KEY_ROOM];
        const nn_name_spelling *spelling = nn_name_group_at(group, i);
        size_t size = nn_name_key(nn_str_of(spelling->text), room);
        uint32_t same = 0;
        while (same < out->count && !nn_str_equal(out->keys[same], nn_str(room, size))) {
            same++;
        }
        if (same == out->count && spelling->kind == (uint8_t)kind) {
            nuncio_str key = nn_arena_str(arena, nn_str(room, size));
            if (key.data == NULL) {
                return nn_error_memory(error);
            }
            out->keys[out->count++] = key;
        }
    }
    return NUNCIO_OK;
}

/* Names that hold a word, in order of name and place. */
typedef struct place_list {
    nn_name_place *items;
    uint32_t count;
} place_list;

static bool before(const nn_name_place *a, const nn_name_place *b)
{
    return a->name != b->name ? a->name < b->name : a->place < b->place;
}

/* Merges two lists; words of two keys stand at different places. */
static nuncio_status merge(nn_arena *arena, place_list *into, const place_list *from,
                           nuncio_error *error)
{
    if (into->count == 0 || from->count == 0) {
        *into = into->count == 0 ? *from : *into;
        return NUNCIO_OK;
    }
    place_list merged = {
        nn_arena_alloc(arena, ((size_t)into->count + from->count) * sizeof *merged.items), 0};
    if (merged.items == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0, j = 0; i < into->count || j < from->count;) {
        bool first =
            j == from->count || (i < into->count && before(&into->items[i], &from->items[j]));
        merged.items[merged.count++] = first ? into->items[i++] : from->items[j++];
    }
    *into = merged;
    return NUNCIO_OK;
}

static nuncio_status read_choice(const nn_segment *segment, nn_arena *arena,
                                 const nn_word_choice *choice, place_list *out, nuncio_error *error)
{
    *out = (place_list){NULL, 0};
    for (uint32_t i = 0; i < choice->count; i++) {
        place_list list;
        NN_TRY(
            nn_segment_name_word(segment, choice->keys[i], arena, &list.items, &list.count, error));
        NN_TRY(merge(arena, out, &list, error));
    }
    return NUNCIO_OK;
}

/* Keeps of `list` what a word of `next` follows: the place of that word. */
static void follow(place_list *list, const place_list *next)
{
    uint32_t kept = 0;
    for (uint32_t i = 0, j = 0; i < list->count; i++) {
        nn_name_place wanted = list->items[i];
        wanted.place++;
        while (j < next->count && before(&next->items[j], &wanted)) {
            j++;
        }
        if (j < next->count && !before(&wanted, &next->items[j])) {
            list->items[kept++] = next->items[j];
        }
    }
    list->count = kept;
}

/* Keeps of `list` the names that `next` has too; `last` where either says so. */
static void meet(place_list *list, const place_list *next)
{
    uint32_t kept = 0;
    for (uint32_t i = 0, j = 0; i < list->count; i++) {
        nn_name_place item = list->items[i];
        while (j < next->count && next->items[j].name < item.name) {
            j++;
        }
        bool found = false;
        for (uint32_t k = j; k < next->count && next->items[k].name == item.name; k++) {
            item.last = item.last || next->items[k].last;
            found = true;
        }
        if (found) {
            list->items[kept++] = item;
        }
    }
    list->count = kept;
}

nuncio_status nn_lookup_names(const nn_segment *segment, nn_arena *arena,
                              const nn_word_choice *choices, uint32_t count, uint32_t flags,
                              uint32_t **names, uint32_t *name_count, nuncio_error *error)
{
    place_list list = {NULL, 0};
    *names = NULL;
    *name_count = 0;
    for (uint32_t i = 0; i < count && (i == 0 || list.count > 0); i++) {
        place_list next;
        NN_TRY(read_choice(segment, arena, &choices[i], &next, error));
        if (i == 0) {
            list = next;
        } else if ((flags & NN_LOOKUP_ORDERED) != 0) {
            follow(&list, &next);
        } else {
            meet(&list, &next);
        }
    }
    if (list.count == 0) {
        return NUNCIO_OK;
    }
    uint32_t *found = nn_arena_alloc(arena, list.count * sizeof *found);
    if (found == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < list.count; i++) {
        bool again = *name_count > 0 && found[*name_count - 1] == list.items[i].name;
        if (!again && (list.items[i].last || (flags & NN_LOOKUP_TO_END) == 0)) {
            found[(*name_count)++] = list.items[i].name;
        }
    }
    *names = found;
    return NUNCIO_OK;
}
