/* SPDX-License-Identifier: Apache-2.0 */
/* Each word has a list of (name, place); lists are joined in order of name and place. */
#include "query/names/name_lookup.h"

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

/* ---- lists of words ---- */

/* Names that hold a word, in order of name and place. */
typedef struct nn_place_list {
    nn_name_place *items; /* NULL: not read yet */
    uint32_t count;
} place_list;

nuncio_status nn_name_lists_open(nn_name_lists *lists, const nuncio_snapshot *snapshot,
                                 nn_arena *arena, nuncio_error *error)
{
    *lists = (nn_name_lists){.snapshot = snapshot, .arena = arena, .error = error};
    return nn_string_map_create(arena->memory, &lists->numbers, error);
}

void nn_name_lists_close(nn_name_lists *lists)
{
    if (lists->numbers != NULL) {
        nn_release(lists->arena->memory, lists->items, lists->capacity * sizeof *lists->items);
    }
    nn_string_map_destroy(lists->numbers);
    lists->numbers = NULL;
}

/* The list of a word, of which the count is known. */
static nuncio_status find_list(nn_name_lists *lists, uint32_t part, nuncio_str word,
                               place_list **out)
{
    char key[sizeof part + NN_NAME_KEY_ROOM];
    bool added;
    uint32_t number;
    size_t size = word.size < NN_NAME_KEY_ROOM ? word.size : (size_t)NN_NAME_KEY_ROOM;
    memcpy(key, &part, sizeof part);
    memcpy(key + sizeof part, word.data, size);
    NN_TRY(nn_string_map_add(lists->numbers, nn_str(key, sizeof part + size), &number, &added,
                             lists->error));
    if (added) {
        NN_TRY(nn_reserve(lists->arena->memory, &lists->items, &lists->capacity, (size_t)number + 1,
                          sizeof *lists->items, lists->error));
        place_list *list = &lists->items[number];
        *list = (place_list){NULL, 0};
        NN_TRY(nn_segment_name_word_count(lists->snapshot->parts[part].segment, word, &list->count,
                                          lists->error));
    }
    *out = &lists->items[number];
    return NUNCIO_OK;
}

static nuncio_status read_list(nn_name_lists *lists, uint32_t part, nuncio_str word,
                               place_list *out)
{
    place_list *known;
    NN_TRY(find_list(lists, part, word, &known));
    if (known->items == NULL && known->count > 0) {
        NN_TRY(nn_segment_name_word(lists->snapshot->parts[part].segment, word, lists->arena,
                                    &known->items, &known->count, lists->error));
    }
    *out = *known;
    return NUNCIO_OK;
}

static bool before(const nn_name_place *a, const nn_name_place *b)
{
    return a->name != b->name ? a->name < b->name : a->place < b->place;
}

/* Merges two lists; words of two keys stand at different places. */
static nuncio_status merge(nn_name_lists *lists, place_list *into, const place_list *from)
{
    if (into->count == 0 || from->count == 0) {
        *into = into->count == 0 ? *from : *into;
        return NUNCIO_OK;
    }
    place_list merged = {
        nn_arena_alloc(lists->arena, ((size_t)into->count + from->count) * sizeof *merged.items),
        0};
    if (merged.items == NULL) {
        return nn_error_memory(lists->error);
    }
    for (uint32_t i = 0, j = 0; i < into->count || j < from->count;) {
        bool first =
            j == from->count || (i < into->count && before(&into->items[i], &from->items[j]));
        merged.items[merged.count++] = first ? into->items[i++] : from->items[j++];
    }
    *into = merged;
    return NUNCIO_OK;
}

static nuncio_status read_choice(nn_name_lists *lists, uint32_t part, const nn_word_choice *choice,
                                 place_list *out)
{
    *out = (place_list){NULL, 0};
    for (uint32_t i = 0; i < choice->count; i++) {
        place_list list;
        NN_TRY(read_list(lists, part, choice->keys[i], &list));
        NN_TRY(merge(lists, out, &list));
    }
    return NUNCIO_OK;
}

/* ---- several words ---- */

/* A choice with how many places its words have. */
typedef struct asked {
    uint64_t places;
    uint32_t number;
} asked;

static int rarest_first(const void *a, const void *b)
{
    const asked *x = a;
    const asked *y = b;
    if (x->places != y->places) {
        return x->places < y->places ? -1 : 1;
    }
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Of ordered words: keeps of `list` what a word of `next` stands `shift` places behind. */
static void follow(place_list *list, const place_list *next, int64_t shift, bool is_end)
{
    uint32_t kept = 0;
    for (uint32_t i = 0, j = 0; i < list->count; i++) {
        nn_name_place item = list->items[i];
        int64_t place = (int64_t)item.place + shift;
        nn_name_place wanted = {item.name, (uint8_t)place, false};
        if (place < 0 || place > NN_NAME_PLACE_MAX) {
            continue;
        }
        while (j < next->count && before(&next->items[j], &wanted)) {
            j++;
        }
        if (j < next->count && !before(&wanted, &next->items[j])) {
            item.last = item.last || (is_end && next->items[j].last);
            list->items[kept++] = item;
        }
    }
    list->count = kept;
}

/* Keeps of `list` the names that `next` has too; `last` where either says so, and then its place.
 */
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
            item = next->items[k].last ? next->items[k] : item;
            found = true;
        }
        if (found) {
            list->items[kept++] = item;
        }
    }
    list->count = kept;
}

/* Sorts the choices, the rarest first; *missing when no name has a word of one. */
static nuncio_status rank_choices(nn_name_lists *lists, uint32_t part,
                                  const nn_word_choice *choices, uint32_t count, asked *to,
                                  bool *missing)
{
    *missing = false;
    for (uint32_t i = 0; i < count; i++) {
        to[i] = (asked){0, i};
        for (uint32_t k = 0; k < choices[i].count; k++) {
            place_list *list;
            NN_TRY(find_list(lists, part, choices[i].keys[k], &list));
            to[i].places += list->count;
        }
        *missing = *missing || to[i].places == 0;
    }
    qsort(to, count, sizeof *to, rarest_first);
    return NUNCIO_OK;
}

/* The places of the rarest choice, to be thinned out. */
static nuncio_status begin(nn_name_lists *lists, uint32_t part, const nn_word_choice *choice,
                           bool is_end, place_list *out)
{
    place_list list;
    NN_TRY(read_choice(lists, part, choice, &list));
    *out = (place_list){nn_arena_alloc(lists->arena, list.count * sizeof *list.items), list.count};
    if (out->items == NULL) {
        return nn_error_memory(lists->error);
    }
    for (uint32_t i = 0; i < list.count; i++) {
        out->items[i] = list.items[i];
        out->items[i].last = list.items[i].last && is_end;
    }
    return NUNCIO_OK;
}

/* Keeps the places of ordered words that begin in front: `shift` words before those places. */
static void keep_in_front(place_list *list, uint32_t shift)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        list->items[kept] = list->items[i];
        kept += list->items[i].place <= shift + 1;
    }
    list->count = kept;
}

/* The names of places, each once. Where a place is `last`, the name's last word stands `shift`
 * places behind it. */
static nuncio_status list_names(nn_name_lists *lists, const place_list *list, bool to_end,
                                uint32_t shift, nn_lookup *out)
{
    out->names = nn_arena_alloc(lists->arena, (list->count + 1u) * sizeof *out->names);
    out->sizes = nn_arena_array(lists->arena, list->count + 1u, sizeof *out->sizes);
    if (out->names == NULL || out->sizes == NULL) {
        return nn_error_memory(lists->error);
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const nn_name_place *item = &list->items[i];
        bool again = out->count > 0 && out->names[out->count - 1] == item->name;
        uint32_t size = item->place + shift + 1;
        if (to_end && !item->last) {
            continue;
        }
        out->count += again ? 0 : 1; /* Sirhan Sirhan: the last place says the most */
        out->names[out->count - 1] = item->name;
        out->sizes[out->count - 1] = item->last && size <= UINT8_MAX ? (uint8_t)size : 0;
    }
    return NUNCIO_OK;
}

nuncio_status nn_lookup_names(nn_name_lists *lists, uint32_t part, const nn_word_choice *choices,
                              uint32_t count, uint32_t flags, nn_lookup *out)
{
    enum { PLACES_PER_NAME = 48 }; /* so many are read in the time that a name is looked at */
    bool ordered = (flags & NN_LOOKUP_ORDERED) != 0;
    bool end_asked = false;
    bool missing;
    place_list list = {NULL, 0};
    *out = (nn_lookup){.count = 0};
    if (count == 0) {
        return NUNCIO_OK;
    }
    asked *order = nn_arena_alloc(lists->arena, count * sizeof *order);
    if (order == NULL) {
        return nn_error_memory(lists->error);
    }
    NN_TRY(rank_choices(lists, part, choices, count, order, &missing));
    if (missing) {
        return NUNCIO_OK;
    }
    for (uint32_t i = 0; i < count && !out->partial; i++) {
        bool is_end = !ordered || order[i].number == count - 1;
        if (i == 0) {
            NN_TRY(begin(lists, part, &choices[order[0].number], is_end, &list));
            if (ordered && (flags & NN_LOOKUP_IN_FRONT) != 0) {
                keep_in_front(&list, order[0].number);
            }
        } else if (order[i].places > (uint64_t)list.count * PLACES_PER_NAME) {
            out->partial = true;
            continue;
        } else {
            place_list next;
            NN_TRY(read_choice(lists, part, &choices[order[i].number], &next));
            if (ordered) {
                follow(&list, &next, (int64_t)order[i].number - order[0].number, is_end);
            } else {
                meet(&list, &next);
            }
        }
        end_asked = end_asked || (ordered && is_end);
    }
    bool to_end = (flags & NN_LOOKUP_TO_END) != 0 && (ordered ? end_asked : !out->partial);
    return list_names(lists, &list, to_end, ordered ? count - 1 - order[0].number : 0, out);
}

static bool is_of(nuncio_str key, const nn_word_choice *choice)
{
    bool found = false;
    for (uint32_t i = 0; i < choice->count && !found; i++) {
        found = nn_str_equal(key, choice->keys[i]);
    }
    return found;
}

bool nn_lookup_holds(const nn_name_words *words, const nn_word_choice *choices, uint32_t count)
{
    for (uint32_t start = 0; start + count <= words->count; start++) {
        uint32_t same = 0;
        while (same < count && is_of(words->items[start + same].key, &choices[same])) {
            same++;
        }
        if (same == count) {
            return true;
        }
    }
    return false;
}
