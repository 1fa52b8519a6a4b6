/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/named.h"

#include "core/str.h"
#include "query/names/name_lookup.h"
#include "query/names/named_finder.h"

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

static bool holds_words(const nn_name_words *words, const nn_filter *filter)
{
    for (uint32_t start = 0; start + filter->word_count <= words->count; start++) {
        uint32_t same = 0;
        while (same < filter->word_count &&
               nn_str_equal(words->items[start + same].folded, filter->words[same])) {
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

/* Sets the bits of a name. @param[in] worded it holds the words, maybe spelt otherwise */
static nuncio_status take_name(nn_named_finder *find, uint32_t part, uint32_t name, bool worded)
{
    nn_run *run = find->run;
    nn_named_part *to = &find->parts[part];
    if (to->names == NULL) {
        size_t words = nn_segment_name_count(run->snapshot->parts[part].segment) / 64 + 1u;
        to->names = nn_arena_array(run->arena, 2 * words, sizeof *to->names);
        if (to->names == NULL) {
            return nn_error_memory(run->error);
        }
        to->worded_names = to->names + words;
    }
    to->names[name / 64] |= (uint64_t)1 << name % 64;
    to->worded_names[name / 64] |= (uint64_t)worded << name % 64;
    return NUNCIO_OK;
}

/* Whether the words of a name hold those of the filter as they were written or, where choices are
 * given, spelt as these say. */
static nuncio_status look_at(nn_run *run, const nn_filter *filter, nuncio_str text,
                             const nn_word_choice *choices, bool *holds)
{
    bool plain;
    nn_name_words words;
    nn_arena scratch;
    *holds = nn_name_has_words(text, filter->words, filter->word_count, &plain);
    if (*holds || (plain && choices == NULL)) {
        return NUNCIO_OK;
    }
    nn_arena_init(&scratch, run->arena->memory);
    nuncio_status status =
        nn_name_words_read(run->analyzer, &scratch, run->tokens, text, &words, run->error);
    *holds = status == NUNCIO_OK &&
             (choices == NULL ? holds_words(&words, filter)
                              : nn_lookup_holds(&words, choices, filter->word_count));
    nn_arena_clear(&scratch);
    return status;
}

nuncio_status nn_named_is_exact(nn_run *run, const nn_filter *filter, nuncio_str text, bool *exact)
{
    return look_at(run, filter, text, NULL, exact);
}

/* Takes a name by its words alone, which is enough where nothing else is asked of it. Whether it is
 * exact need not be known where variants are taken as well.
 * @param[in] choices NULL: it holds words of them */
static nuncio_status take_by_words(nn_named_finder *find, nn_name_reader *reader, uint32_t part,
                                   uint32_t name, const nn_word_choice *choices)
{
    nn_run *run = find->run;
    nuncio_str text;
    bool holds = true;
    if (!find->variants || choices != NULL) {
        NN_TRY(nn_name_reader_text(reader, name, &text, run->error));
        NN_TRY(look_at(run, find->filter, text, find->variants ? choices : NULL, &holds));
    }
    return holds ? take_name(find, part, name, true) : NUNCIO_OK;
}

/* Takes a name by its form, of which override lines may speak, or people want to know. */
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
    bool exact = holds_words(&form->words, filter);
    if (!exact && find->variants) {
        NN_TRY(nn_named_is_parted(find, form, &parted));
    }
    return exact || (find->variants && !parted) ? nn_named_choose(find, form, exact) : NUNCIO_OK;
}

/* Takes the names of a part that hold words of the choices one after another.
 * @param[in] persons whether names of persons are meant, @param[in] others: those of others */
static nuncio_status take_holders_of(nn_named_finder *find, uint32_t part,
                                     const nn_word_choice *choices, bool persons, bool others)
{
    nn_run *run = find->run;
    const nn_filter *filter = find->filter;
    nn_name_reader reader;
    nn_lookup found;
    nn_name_reader_init(&reader, run->snapshot->parts[part].segment);
    NN_TRY(nn_lookup_names(&find->forms.lists, part, choices, filter->word_count, NN_LOOKUP_ORDERED,
                           &found));
    for (uint32_t i = 0; i < found.count; i++) {
        nuncio_entity_type type;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_name_reader_type(&reader, found.names[i], &type, run->error));
        if (!is_asked(filter, type) || !(type == NUNCIO_ENTITY_PERSON ? persons : others)) {
            continue;
        }
        const nn_word_choice *asked = found.partial ? choices : NULL;
        if (run->lists_names || find->forms.overrides != NULL) {
            NN_TRY(take_form(find, part, found.names[i], asked));
            continue;
        }
        NN_TRY(take_by_words(find, &reader, part, found.names[i], asked));
    }
    return NUNCIO_OK;
}

/* The keys of the words, spelt as `kind` of spelling allows; *alone where each has one. */
static nuncio_status choose_keys(nn_named_finder *find, nn_spelling_kind kind,
                                 nn_word_choice **choices, bool *alone)
{
    const nn_filter *filter = find->filter;
    nuncio_error *error = find->run->error;
    *alone = true;
    *choices = nn_arena_alloc(&find->arena, filter->word_count * sizeof **choices);
    if (*choices == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < filter->word_count; i++) {
        const nn_name_word *word = &find->value->words.items[i];
        nn_word_choice *to = &(*choices)[i];
        NN_TRY(find->variants ? nn_word_choice_spellings(&find->arena, word, kind, to, error)
                              : nn_word_choice_plain(&find->arena, word->key, to, error));
        *alone = *alone && to->count == 1;
    }
    return NUNCIO_OK;
}

/* Takes the names that hold the words one after another. Those of persons have spellings of their
 * own; where neither has others, all names are gone through at once. */
static nuncio_status take_holders(nn_named_finder *find)
{
    nuncio_entity_type type = find->filter->type;
    bool persons = type == NUNCIO_ENTITY_NONE || type == NUNCIO_ENTITY_PERSON;
    bool others = type != NUNCIO_ENTITY_PERSON;
    nn_word_choice *of_persons;
    nn_word_choice *of_others;
    bool alone;
    bool alone_too;
    NN_TRY(choose_keys(find, NN_SPELLING_PERSON, &of_persons, &alone));
    NN_TRY(choose_keys(find, NN_SPELLING_WORD, &of_others, &alone_too));
    for (uint32_t part = 0; part < find->run->snapshot->part_count; part++) {
        if (alone && alone_too) {
            NN_TRY(take_holders_of(find, part, of_others, persons, others));
            continue;
        }
        NN_TRY(persons ? take_holders_of(find, part, of_persons, true, false) : NUNCIO_OK);
        NN_TRY(others ? take_holders_of(find, part, of_others, false, true) : NUNCIO_OK);
    }
    return NUNCIO_OK;
}

/* ---- the result ---- */

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

/* Takes the names of all forms chosen. */
static nuncio_status take_chosen(nn_named_finder *find)
{
    const nn_name_forms *forms = &find->forms;
    for (uint32_t i = 0; i < find->chosen_count; i++) {
        const nn_name_form *form = find->chosen[i];
        for (uint32_t at = form->places; at != UINT32_MAX; at = forms->places[at].next) {
            NN_TRY(take_name(find, forms->places[at].part, forms->places[at].name, form->exact));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status find_all(nn_named_finder *find, nn_named *to)
{
    const nn_filter *filter = find->filter;
    NN_TRY(nn_name_form_make(&find->forms, filter->text, NUNCIO_ENTITY_NONE, &find->value));
    if (find->value->words.count == filter->word_count) { /* else longer than any name */
        NN_TRY(take_holders(find));
    }
    for (uint32_t type = NUNCIO_ENTITY_PERSON; type <= NUNCIO_ENTITY_NATIONALITY; type++) {
        bool all = filter->kind == NN_FILTER_SPEAKER || filter->type == NUNCIO_ENTITY_NONE;
        if (find->variants && (all || (uint32_t)filter->type == type)) {
            NN_TRY(nn_named_take_meant(find, (nuncio_entity_type)type));
        }
    }
    NN_TRY(nn_named_take_merged(find));
    NN_TRY(nn_named_drop_ignored(find));
    NN_TRY(take_chosen(find));
    to->parts = find->parts;
    return find->run->lists_names ? list_forms(find, to) : NUNCIO_OK;
}

/* Finds the names, with overrides or, where that is NULL, without. */
static nuncio_status find_with(nn_run *run, const nn_filter *filter,
                               const nuncio_overrides *overrides, nn_named **out)
{
    nn_named_finder find = {
        .run = run, .filter = filter, .variants = run->options->variants != NUNCIO_VARIANTS_OFF};
    *out = nn_arena_array(run->arena, 1, sizeof **out);
    find.parts = nn_arena_array(run->arena, run->snapshot->part_count + 1u, sizeof *find.parts);
    if (*out == NULL || find.parts == NULL) {
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
