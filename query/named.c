/* SPDX-License-Identifier: Apache-2.0 */
#include "query/named.h"

#include "core/str.h"
#include "query/name_lookup.h"
#include "query/named_finder.h"

#include <stdlib.h>
#include <string.h>

nuncio_status nn_named_choose(nn_named_finder *find, nn_name_form *form, bool exact)
{
    form->exact = form->exact || exact;
    if (form->chosen) {
        return NUNCIO_OK;
    }
    if (find->chosen_count == find->chosen_capacity) {
        size_t capacity = find->chosen_capacity == 0 ? 64 : find->chosen_capacity * 2;
        nn_name_form **larger = nn_arena_alloc(&find->arena, capacity * sizeof *larger);
        if (larger == NULL) {
            return nn_error_memory(find->run->error);
        }
        if (find->chosen_count > 0) {
            memcpy(larger, find->chosen, find->chosen_count * sizeof *larger);
        }
        find->chosen = larger;
        find->chosen_capacity = capacity;
    }
    form->chosen = true;
    find->chosen[find->chosen_count++] = form;
    return NUNCIO_OK;
}

/* ---- names that hold the words ---- */

static bool holds_words(const nn_name_form *form, const nn_filter *filter)
{
    for (uint32_t start = 0; start + filter->word_count <= form->words.count; start++) {
        uint32_t same = 0;
        while (same < filter->word_count &&
               nn_str_equal(form->words.items[start + same].folded, filter->words[same])) {
            same++;
        }
        if (same == filter->word_count) {
            return true;
        }
    }
    return false;
}

/* Whether a mention (or speaker) of that type is one that the filter asks about. */
static bool is_asked(const nn_filter *filter, nuncio_entity_type type)
{
    return filter->kind == NN_FILTER_SPEAKER ||
           (type != NUNCIO_ENTITY_NONE &&
            (filter->type == NUNCIO_ENTITY_NONE || filter->type == type));
}

/* Takes a name without making a form of it, where what it says can be seen from its letters and
 * nothing else is asked of it. */
static nuncio_status take_at_once(nn_named_finder *find, uint32_t part, uint32_t name, bool partial,
                                  bool *taken)
{
    const nn_filter *filter = find->filter;
    const nn_segment *segment = find->run->snapshot->parts[part].segment;
    nuncio_str text;
    bool plain;
    *taken = false;
    if (find->run->lists_names || find->forms.overrides != NULL) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_segment_name_text(segment, name, &text, find->run->error));
    bool exact = nn_name_has_words(text, filter->words, filter->word_count, &plain);
    *taken = plain && (exact || !partial);
    if (!*taken || (!exact && !find->variants)) {
        return NUNCIO_OK;
    }
    if (find->held_count == find->held_capacity) {
        size_t capacity = find->held_capacity == 0 ? 64 : find->held_capacity * 2;
        nn_named_entry *larger = nn_arena_alloc(&find->arena, capacity * sizeof *larger);
        if (larger == NULL) {
            return nn_error_memory(find->run->error);
        }
        if (find->held_count > 0) {
            memcpy(larger, find->held, find->held_count * sizeof *larger);
        }
        find->held = larger;
        find->held_capacity = capacity;
    }
    find->held[find->held_count++] = (nn_named_entry){part, name, exact};
    return NUNCIO_OK;
}

/* Takes a name by its form. @param[in] choices NULL: it holds words of them */
static nuncio_status take_form(nn_named_finder *find, uint32_t part, uint32_t name,
                               const nn_word_choice *choices)
{
    const nn_filter *filter = find->filter;
    nn_name_form *form;
    bool parted = false;
    NN_TRY(nn_name_forms_add(&find->forms, part, name, &form));
    if (choices != NULL && !nn_lookup_holds(&form->words, choices, filter->word_count)) {
        return NUNCIO_OK;
    }
    bool exact = holds_words(form, filter);
    if (!exact && find->variants) {
        NN_TRY(nn_named_is_parted(find, form, &parted));
    }
    return exact || (find->variants && !parted) ? nn_named_choose(find, form, exact) : NUNCIO_OK;
}

/* Takes the names that hold the words one after another, spelt as `kind` of spelling allows. */
static nuncio_status take_holders(nn_named_finder *find, nn_spelling_kind kind)
{
    nn_run *run = find->run;
    const nn_filter *filter = find->filter;
    nn_word_choice *choices = nn_arena_alloc(&find->arena, filter->word_count * sizeof *choices);
    if (choices == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < filter->word_count; i++) {
        const nn_name_word *word = &find->value->words.items[i];
        NN_TRY(find->variants
                   ? nn_word_choice_spellings(&find->arena, word, kind, &choices[i], run->error)
                   : nn_word_choice_plain(&find->arena, word->key, &choices[i], run->error));
    }
    for (uint32_t part = 0; part < run->snapshot->part_count; part++) {
        const nn_segment *segment = run->snapshot->parts[part].segment;
        nn_lookup found;
        NN_TRY(nn_lookup_names(&find->forms.lists, part, choices, filter->word_count,
                               NN_LOOKUP_ORDERED, &found));
        for (uint32_t i = 0; i < found.count; i++) {
            nuncio_entity_type type;
            bool taken;
            NN_TRY(nn_run_step(run));
            NN_TRY(nn_segment_name_type(segment, found.names[i], &type, run->error));
            bool person = type == NUNCIO_ENTITY_PERSON;
            if (!is_asked(filter, type) || person != (kind == NN_SPELLING_PERSON)) {
                continue;
            }
            NN_TRY(take_at_once(find, part, found.names[i], found.partial, &taken));
            if (!taken) {
                NN_TRY(take_form(find, part, found.names[i], found.partial ? choices : NULL));
            }
        }
    }
    return NUNCIO_OK;
}

/* ---- the result ---- */

static int by_name(const void *a, const void *b)
{
    const nn_named_entry *x = a;
    const nn_named_entry *y = b;
    if (x->part != y->part) {
        return x->part < y->part ? -1 : 1;
    }
    return x->name < y->name ? -1 : x->name > y->name;
}

static int by_use(const void *a, const void *b)
{
    const nn_named_form *x = a;
    const nn_named_form *y = b;
    if (x->exact != y->exact) {
        return x->exact ? -1 : 1;
    }
    if (x->articles != y->articles) {
        return x->articles > y->articles ? -1 : 1;
    }
    int order = nn_str_compare(x->text, y->text);
    return order != 0 ? order : (int)x->type - (int)y->type;
}

static nuncio_status list_forms(nn_named_finder *find, nn_named *to)
{
    nn_named_form *forms =
        nn_arena_alloc(find->run->arena, (find->chosen_count + 1u) * sizeof *forms);
    if (forms == NULL) {
        return nn_error_memory(find->run->error);
    }
    for (uint32_t i = 0; i < find->chosen_count; i++) {
        const nn_name_form *form = find->chosen[i];
        if (form->articles > 0) {
            forms[to->form_count++] =
                (nn_named_form){form->text, form->type, form->articles, form->exact};
        }
    }
    qsort(forms, to->form_count, sizeof *forms, by_use);
    to->forms = forms;
    return NUNCIO_OK;
}

/* Sorts the names of all forms by part, each once. */
static nuncio_status list_entries(nn_named_finder *find, nn_named_entry **out, uint32_t *count)
{
    const nn_name_forms *forms = &find->forms;
    size_t room = (size_t)forms->place_count + find->held_count + 1;
    nn_named_entry *entries = nn_arena_alloc(&find->arena, room * sizeof *entries);
    uint32_t all = find->held_count;
    *out = entries;
    *count = 0;
    if (entries == NULL) {
        return nn_error_memory(find->run->error);
    }
    if (all > 0) {
        memcpy(entries, find->held, all * sizeof *entries);
    }
    for (uint32_t i = 0; i < find->chosen_count; i++) {
        const nn_name_form *form = find->chosen[i];
        for (uint32_t at = form->places; at != UINT32_MAX; at = forms->places[at].next) {
            entries[all++] =
                (nn_named_entry){forms->places[at].part, forms->places[at].name, form->exact};
        }
    }
    qsort(entries, all, sizeof *entries, by_name);
    for (uint32_t i = 0; i < all; i++) {
        nn_named_entry entry = entries[i];
        if (*count > 0 && by_name(&entries[*count - 1], &entry) == 0) {
            entries[*count - 1].exact = entries[*count - 1].exact || entry.exact;
        } else {
            entries[(*count)++] = entry;
        }
    }
    return NUNCIO_OK;
}

static nuncio_status list_parts(nn_named_finder *find, nn_named *to)
{
    nn_run *run = find->run;
    nn_named_entry *entries;
    uint32_t count;
    NN_TRY(list_entries(find, &entries, &count));
    uint32_t *names = nn_arena_alloc(run->arena, (count + 1u) * sizeof *names);
    bool *exact = nn_arena_alloc(run->arena, (count + 1u) * sizeof *exact);
    nn_named_part *parts =
        nn_arena_array(run->arena, run->snapshot->part_count + 1u, sizeof *parts);
    if (names == NULL || exact == NULL || parts == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        nn_named_part *part = &parts[entries[i].part];
        part->names = part->count == 0 ? &names[i] : part->names;
        part->exact = part->count == 0 ? &exact[i] : part->exact;
        part->count++;
        names[i] = entries[i].name;
        exact[i] = entries[i].exact;
    }
    to->parts = parts;
    return NUNCIO_OK;
}

static nuncio_status find_all(nn_named_finder *find, nn_named *to)
{
    const nn_filter *filter = find->filter;
    NN_TRY(nn_name_form_make(&find->forms, filter->text, NUNCIO_ENTITY_NONE, &find->value));
    if (find->value->words.count == filter->word_count) { /* else longer than any name */
        if (filter->type == NUNCIO_ENTITY_NONE || filter->type == NUNCIO_ENTITY_PERSON) {
            NN_TRY(take_holders(find, NN_SPELLING_PERSON));
        }
        if (filter->type != NUNCIO_ENTITY_PERSON) {
            NN_TRY(take_holders(find, NN_SPELLING_WORD));
        }
    }
    for (uint32_t type = NUNCIO_ENTITY_PERSON; type <= NUNCIO_ENTITY_NATIONALITY; type++) {
        bool all = filter->kind == NN_FILTER_SPEAKER || filter->type == NUNCIO_ENTITY_NONE;
        if (find->variants && (all || (uint32_t)filter->type == type)) {
            NN_TRY(nn_named_take_meant(find, (nuncio_entity_type)type));
        }
    }
    NN_TRY(nn_named_take_merged(find));
    NN_TRY(nn_named_drop_ignored(find));
    NN_TRY(list_parts(find, to));
    return find->run->lists_names ? list_forms(find, to) : NUNCIO_OK;
}

/* Finds the names, with overrides or, where that is NULL, without. */
static nuncio_status find_with(nn_run *run, const nn_filter *filter,
                               const nuncio_overrides *overrides, nn_named **out)
{
    nn_named_finder find = {
        .run = run, .filter = filter, .variants = run->options->variants != NUNCIO_VARIANTS_OFF};
    *out = nn_arena_array(run->arena, 1, sizeof **out);
    if (*out == NULL) {
        return nn_error_memory(run->error);
    }
    nn_arena_init(&find.arena, run->arena->memory);
    nuncio_status status = nn_name_forms_open(&find.forms, run->snapshot, &find.arena,
                                              run->analyzer, run->tokens, run->error);
    if (status == NUNCIO_OK) {
        status = nn_name_blocks_open(&find.blocks, &find.forms);
    }
    if (status == NUNCIO_OK) {
        find.forms.overrides = find.variants ? overrides : NULL;
        status = find_all(&find, *out);
    }
    nn_name_blocks_close(&find.blocks);
    nn_name_forms_close(&find.forms);
    nn_arena_clear(&find.arena);
    return status;
}

/* ---- what overrides changed ---- */

static int by_text(const void *a, const void *b)
{
    const nn_named_form *x = a;
    const nn_named_form *y = b;
    int order = nn_str_compare(x->text, y->text);
    return order != 0 ? order : (int)x->type - (int)y->type;
}

/* The forms of `from` that `other` has not, commonest first. */
static nuncio_status subtract(nn_run *run, const nn_named *from, const nn_named *other,
                              const nn_named_form **out, uint32_t *count)
{
    nn_named_form *left = nn_arena_alloc(run->arena, (from->form_count + 1u) * sizeof *left);
    nn_named_form *sorted = nn_arena_alloc(run->arena, (other->form_count + 1u) * sizeof *sorted);
    if (left == NULL || sorted == NULL) {
        return nn_error_memory(run->error);
    }
    memcpy(sorted, other->forms, other->form_count * sizeof *sorted);
    qsort(sorted, other->form_count, sizeof *sorted, by_text);
    *count = 0;
    for (uint32_t i = 0; i < from->form_count; i++) {
        if (bsearch(&from->forms[i], sorted, other->form_count, sizeof *sorted, by_text) == NULL) {
            left[(*count)++] = from->forms[i];
        }
    }
    *out = left;
    return NUNCIO_OK;
}

nuncio_status nn_named_find(nn_run *run, const nn_filter *filter, nn_named **out)
{
    const nuncio_overrides *overrides = run->options->overrides;
    nn_named *plain;
    NN_TRY(find_with(run, filter, overrides, out));
    if (overrides == NULL || !run->options->explain) {
        return NUNCIO_OK;
    }
    NN_TRY(find_with(run, filter, NULL, &plain));
    NN_TRY(subtract(run, *out, plain, &(*out)->joined, &(*out)->joined_count));
    return subtract(run, plain, *out, &(*out)->left, &(*out)->left_count);
}

bool nn_named_has(const nn_named_part *part, uint32_t name)
{
    uint32_t low = 0;
    uint32_t high = part->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (part->names[middle] == name) {
            return true;
        }
        if (part->names[middle] < name) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}
