/* SPDX-License-Identifier: Apache-2.0 */
#include "query/named.h"

#include "core/str.h"
#include "query/name_blocks.h"
#include "query/name_join.h"
#include "query/name_lookup.h"
#include "query/name_person.h"

#include <stdlib.h>
#include <string.h>

typedef struct finder {
    nn_run *run;
    const nn_filter *filter;
    nn_arena arena; /* of what is looked at on the way */
    nn_name_forms forms;
    nn_name_blocks blocks;
    bool variants;
    nn_name_form *value; /* the words of the filter as a form */
    nn_name_form **chosen;
    uint32_t chosen_count;
    size_t chosen_capacity;
} finder;

static nuncio_status choose(finder *find, nn_name_form *form, bool exact)
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

/* Takes the names that hold the words one after another, spelt as `kind` of spelling allows. */
static nuncio_status take_holders(finder *find, nn_spelling_kind kind)
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
        uint32_t *names;
        uint32_t count;
        NN_TRY(nn_lookup_names(segment, &find->arena, choices, filter->word_count,
                               NN_LOOKUP_ORDERED, &names, &count, run->error));
        for (uint32_t i = 0; i < count; i++) {
            nuncio_entity_type type;
            nn_name_form *form;
            NN_TRY(nn_run_step(run));
            NN_TRY(nn_segment_name_type(segment, names[i], &type, run->error));
            bool person = type == NUNCIO_ENTITY_PERSON;
            if (!is_asked(filter, type) || person != (kind == NN_SPELLING_PERSON)) {
                continue;
            }
            NN_TRY(nn_name_forms_add(&find->forms, part, names[i], &form));
            bool exact = holds_words(form, filter);
            if (exact || find->variants) {
                NN_TRY(choose(find, form, exact));
            }
        }
    }
    return NUNCIO_OK;
}

/* ---- names of the same entity ---- */

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
static nuncio_status take_person(finder *find, const nn_name_form *value)
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
        for (uint32_t j = 0; meant && j < block->count; j++) {
            if (block->forms[j]->leader == leader->number) {
                NN_TRY(choose(find, block->forms[j], false));
            }
        }
    }
    return NUNCIO_OK;
}

static nuncio_status take_block(finder *find, const nn_name_block *block)
{
    for (uint32_t i = 0; i < block->count; i++) {
        NN_TRY(choose(find, block->forms[i], false));
    }
    return NUNCIO_OK;
}

/* Takes what a value of the type means. */
static nuncio_status take_entity(finder *find, nuncio_entity_type type)
{
    nn_name_form *value;
    nn_name_block *block;
    nn_name_block *others[NN_NAME_ACRONYMS_MAX];
    uint32_t count;
    NN_TRY(nn_name_form_make(&find->forms, find->value->text, type, &value));
    if (value->words.count == 0) {
        return NUNCIO_OK;
    }
    if (type == NUNCIO_ENTITY_PERSON) {
        return take_person(find, value);
    }
    NN_TRY(nn_name_blocks_load(&find->blocks, value, &block));
    NN_TRY(take_block(find, block));
    NN_TRY(nn_name_blocks_by_initials(&find->blocks, block, others, &count));
    for (uint32_t i = 0; i < count; i++) {
        NN_TRY(take_block(find, others[i]));
    }
    return NUNCIO_OK;
}

/* ---- the result ---- */

typedef struct entry {
    uint32_t part, name;
    bool exact;
} entry;

static int by_name(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
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

static nuncio_status list_forms(finder *find, nn_named *to)
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

/* Sorts the names of all forms by part. */
static nuncio_status list_entries(finder *find, entry **out, uint32_t *count)
{
    const nn_name_forms *forms = &find->forms;
    *out = nn_arena_alloc(&find->arena, (forms->place_count + 1u) * sizeof **out);
    *count = 0;
    if (*out == NULL) {
        return nn_error_memory(find->run->error);
    }
    for (uint32_t i = 0; i < find->chosen_count; i++) {
        const nn_name_form *form = find->chosen[i];
        for (uint32_t at = form->places; at != UINT32_MAX; at = forms->places[at].next) {
            (*out)[(*count)++] =
                (entry){forms->places[at].part, forms->places[at].name, form->exact};
        }
    }
    qsort(*out, *count, sizeof **out, by_name);
    return NUNCIO_OK;
}

static nuncio_status list_parts(finder *find, nn_named *to)
{
    nn_run *run = find->run;
    entry *entries;
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

static nuncio_status find_all(finder *find, nn_named *to)
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
            NN_TRY(take_entity(find, (nuncio_entity_type)type));
        }
    }
    NN_TRY(list_parts(find, to));
    return list_forms(find, to);
}

nuncio_status nn_named_find(nn_run *run, const nn_filter *filter, nn_named **out)
{
    finder find = {
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
        status = find_all(&find, *out);
    }
    nn_name_blocks_close(&find.blocks);
    nn_name_forms_close(&find.forms);
    nn_arena_clear(&find.arena);
    return status;
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
