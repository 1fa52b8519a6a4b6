/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/name_blocks.h"

#include "core/error.h"
#include "core/str.h"
#include "query/names/name_join.h"
#include "query/names/name_lookup.h"
#include "query/names/name_person.h"
#include "query/names/name_wanted.h"
#include "query/names/override_parts.h"

#include <string.h>

nuncio_status nn_name_blocks_open(nn_name_blocks *blocks, nn_name_forms *forms)
{
    *blocks = (nn_name_blocks){.forms = forms};
    return nn_string_map_create(forms->arena->memory, &blocks->keys, forms->error);
}

void nn_name_blocks_close(nn_name_blocks *blocks)
{
    nn_string_map_destroy(blocks->keys);
    blocks->keys = NULL;
}

/* ---- loading ---- */

static nuncio_status add_member(nn_name_blocks *blocks, nn_name_block *block, nn_name_form *form)
{
    if (form->in_block) {
        return NUNCIO_OK;
    }
    form->in_block = true;
    if (block->count == block->capacity) {
        block->capacity = block->capacity == 0 ? 4 : block->capacity * 2;
        nn_name_form **larger =
            nn_arena_alloc(blocks->forms->arena, block->capacity * sizeof *larger);
        if (larger == NULL) {
            return nn_error_memory(blocks->forms->error);
        }
        if (block->count > 0) {
            memcpy(larger, block->forms, block->count * sizeof *larger);
        }
        block->forms = larger;
    }
    block->forms[block->count++] = form;
    return NUNCIO_OK;
}

/* True for the types of forms that may have the key of one of `type`: of a group, a people has that
 * of its place or organisation. */
static bool may_share(nuncio_entity_type type, nuncio_entity_type other, bool grouped)
{
    bool people = type == NUNCIO_ENTITY_NATIONALITY || other == NUNCIO_ENTITY_NATIONALITY;
    return type == other || (grouped && people);
}

/* Takes those of the names that are of the block. @param[in] grouped its key is that of a group */
static nuncio_status take_names(nn_name_blocks *blocks, nn_name_block *block,
                                nuncio_entity_type type, bool grouped, const nn_wanted *words)
{
    nn_name_forms *forms = blocks->forms;
    for (uint32_t part = 0; part < forms->snapshot->part_count; part++) {
        const nn_segment *segment = forms->snapshot->parts[part].segment;
        nn_lookup found; /* what is partial needs no look: keys decide */
        nn_name_reader reader;
        nn_name_reader_init(&reader, segment);
        NN_TRY(nn_lookup_names(&forms->lists, part, words->choices, words->count, words->flags,
                               &found));
        for (uint32_t i = 0; i < found.count; i++) {
            nuncio_entity_type other;
            nuncio_str text;
            nn_name_form *form;
            NN_TRY(nn_name_reader_type(&reader, found.names[i], &other, forms->error));
            if (!may_share(type, other, grouped)) {
                continue;
            }
            NN_TRY(nn_name_reader_text(&reader, found.names[i], &text, forms->error));
            bool may = type != NUNCIO_ENTITY_PERSON
                           ? nn_name_may_have_key(text, found.sizes[i], words->count)
                           : found.sizes[i] > 0 || nn_name_surname_may_be_early(text);
            if (!may) {
                continue;
            }
            NN_TRY(nn_name_forms_add(forms, part, found.names[i], &form));
            if (nn_str_equal(form->key, block->key)) {
                NN_TRY(add_member(blocks, block, form));
            }
        }
    }
    return NUNCIO_OK;
}

/* Takes the names of these words in any order, states written in each way. */
static nuncio_status take_bag(nn_name_blocks *blocks, nn_name_block *block, nuncio_entity_type type,
                              bool grouped, const nn_name_words *words)
{
    nn_wanted_ways ways = {.count = 0};
    do {
        nn_wanted wanted;
        NN_TRY(nn_want_bag(blocks->forms->arena, words, &ways, &wanted, blocks->forms->error));
        NN_TRY(take_names(blocks, block, type, grouped, &wanted));
    } while (nn_wanted_ways_next(&ways));
    return NUNCIO_OK;
}

static nuncio_status take_spelling(nn_name_blocks *blocks, nn_name_block *block,
                                   nuncio_entity_type type, const char *text)
{
    nn_wanted wanted;
    NN_TRY(nn_want_spelling(blocks->forms->arena, text, &wanted, blocks->forms->error));
    return take_names(blocks, block, type, true, &wanted);
}

/* Takes the names of a group; spellings that are the same words in any order are one. */
static nuncio_status take_group(nn_name_blocks *blocks, nn_name_block *block,
                                nuncio_entity_type type, uint16_t group)
{
    nn_name_forms *forms = blocks->forms;
    uint32_t count = nn_name_groups[group].count;
    nuncio_str *bags = nn_arena_alloc(forms->arena, count * sizeof *bags);
    if (bags == NULL) {
        return nn_error_memory(forms->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        const nn_name_spelling *spelling = nn_name_group_at(group, i);
        if (spelling->kind != NN_SPELLING_ORGANISATION && spelling->kind != NN_SPELLING_EVENT) {
            NN_TRY(take_spelling(blocks, block, type, spelling->text));
            bags[i] = (nuncio_str){NULL, 0};
            continue;
        }
        nn_name_words words;
        char bag[NN_NAME_BAG_ROOM];
        NN_TRY(nn_spelling_words(forms->arena, spelling->text, &words, forms->error));
        bags[i] = nn_arena_str(forms->arena, nn_str(bag, nn_name_bag(&words, bag)));
        if (bags[i].data == NULL) {
            return nn_error_memory(forms->error);
        }
        uint32_t before = 0;
        while (before < i && !nn_str_equal(bags[before], bags[i])) {
            before++;
        }
        if (before == i) {
            NN_TRY(take_bag(blocks, block, type, true, &words));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status find_members(nn_name_blocks *blocks, nn_name_block *block,
                                  const nn_name_form *form)
{
    nn_arena *arena = blocks->forms->arena;
    nuncio_error *error = blocks->forms->error;
    nn_wanted words = {.count = 1};
    uint16_t group = nn_name_group_of(form);
    if (form->words.count == 0 || form->type == NUNCIO_ENTITY_NONE) {
        return NUNCIO_OK; /* alone, whatever it is */
    }
    if (group != NN_NAME_GROUP_NONE) {
        return take_group(blocks, block, form->type, group);
    }
    if (form->type == NUNCIO_ENTITY_ORGANISATION || form->type == NUNCIO_ENTITY_EVENT) {
        return take_bag(blocks, block, form->type, false, &form->words);
    }
    if (form->type == NUNCIO_ENTITY_PERSON) {
        NN_TRY(nn_word_choice_spellings(arena, &form->words.items[nn_name_surname(form)],
                                        NN_SPELLING_PERSON, &words.choices[0], error));
    } else {
        NN_TRY(nn_want_words(arena, form, &words, error));
    }
    return take_names(blocks, block, form->type, false, &words);
}

/* Forms that no live article holds say nothing. */
static void keep_live(nn_name_block *block)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        if (block->forms[i]->articles > 0) {
            block->articles += block->forms[i]->articles;
            block->forms[kept++] = block->forms[i];
        }
    }
    block->count = kept;
}

/* The block of a key, which is made when new. */
static nuncio_status find_block(nn_name_blocks *blocks, nuncio_str key, nn_name_block **out,
                                bool *added)
{
    nn_name_forms *forms = blocks->forms;
    uint32_t number;
    NN_TRY(nn_string_map_add(blocks->keys, key, &number, added, forms->error));
    if (!*added) {
        *out = blocks->items[number];
        return NUNCIO_OK;
    }
    if (blocks->count == blocks->capacity) {
        size_t capacity = blocks->capacity == 0 ? 16 : blocks->capacity * 2;
        nn_name_block **larger = nn_arena_alloc(forms->arena, capacity * sizeof *larger);
        if (larger == NULL) {
            return nn_error_memory(forms->error);
        }
        if (blocks->count > 0) {
            memcpy(larger, blocks->items, blocks->count * sizeof *larger);
        }
        blocks->items = larger;
        blocks->capacity = capacity;
    }
    nn_name_block *block = nn_arena_array(forms->arena, 1, sizeof *block);
    if (block == NULL) {
        return nn_error_memory(forms->error);
    }
    block->key = key;
    blocks->items[blocks->count++] = block;
    *out = block;
    return NUNCIO_OK;
}

/* Finds out which of its forms are one. */
static nuncio_status join(const nn_name_blocks *blocks, nn_name_block *block)
{
    nn_name_forms *forms = blocks->forms;
    keep_live(block);
    NN_TRY(nn_name_join(forms->arena, block->forms, block->count, forms->error));
    return forms->overrides == NULL ? NUNCIO_OK : nn_override_parts_of_block(forms, block);
}

nuncio_status nn_name_blocks_load(nn_name_blocks *blocks, const nn_name_form *form,
                                  nn_name_block **out)
{
    bool added;
    NN_TRY(find_block(blocks, form->key, out, &added));
    if (!added) {
        return NUNCIO_OK;
    }
    NN_TRY(find_members(blocks, *out, form));
    return join(blocks, *out);
}

nuncio_status nn_name_blocks_load_all(nn_name_blocks *blocks)
{
    nn_name_forms *forms = blocks->forms;
    for (uint32_t i = 0; i < forms->count; i++) {
        nn_name_block *block;
        bool added;
        NN_TRY(find_block(blocks, forms->items[i]->key, &block, &added));
        NN_TRY(add_member(blocks, block, forms->items[i]));
    }
    for (uint32_t i = 0; i < blocks->count; i++) {
        NN_TRY(join(blocks, blocks->items[i]));
    }
    return NUNCIO_OK;
}

/* ---- initials ---- */

/* A form that may be the initials of another: one word in capitals, in no group. */
static bool is_acronym(const nn_name_form *form)
{
    enum { LETTERS_MIN = 3 };
    return form->words.count == 1 && (form->words.items[0].flags & NN_NAME_CAPITALS) != 0 &&
           form->words.items[0].folded.size >= LETTERS_MIN &&
           nn_name_group_of(form) == NN_NAME_GROUP_NONE;
}

bool nn_name_block_has_initials(const nn_name_block *block)
{
    bool has = false;
    for (uint32_t i = 0; i < block->count && !has; i++) {
        nuncio_entity_type type = block->forms[i]->type;
        has = (type == NUNCIO_ENTITY_ORGANISATION || type == NUNCIO_ENTITY_EVENT) &&
              is_acronym(block->forms[i]);
    }
    return has;
}

/* The forms that a word finds, whatever part they are in; `alone`: that have no other word. */
static nuncio_status find_forms(nn_name_blocks *blocks, nuncio_str word, bool alone,
                                nn_name_form ***out, uint32_t *count)
{
    nn_name_forms *forms = blocks->forms;
    nn_word_choice choice;
    size_t capacity = 0;
    *count = 0;
    *out = NULL;
    NN_TRY(nn_word_choice_plain(forms->arena, word, &choice, forms->error));
    for (uint32_t part = 0; part < forms->snapshot->part_count; part++) {
        nn_lookup found;
        NN_TRY(nn_lookup_names(&forms->lists, part, &choice, 1, NN_LOOKUP_TO_END, &found));
        capacity += found.count;
        nn_name_form **larger = nn_arena_alloc(forms->arena, (capacity + 1) * sizeof *larger);
        if (larger == NULL) {
            return nn_error_memory(forms->error);
        }
        if (*count > 0) {
            memcpy(larger, *out, *count * sizeof *larger);
        }
        *out = larger;
        for (uint32_t i = 0; i < found.count; i++) {
            if (!alone || found.sizes[i] == 1) {
                NN_TRY(nn_name_forms_add(forms, part, found.names[i], &larger[*count]));
                ++*count;
            }
        }
    }
    return NUNCIO_OK;
}

/* The blocks of names of the type that the word finds and that are acronyms, or are not. */
static nuncio_status load_found(nn_name_blocks *blocks, nuncio_str word, nuncio_entity_type type,
                                bool acronyms, nn_name_block *out[NN_NAME_ACRONYMS_MAX],
                                uint32_t *count)
{
    nn_name_form **found;
    uint32_t found_count;
    *count = 0;
    NN_TRY(find_forms(blocks, word, acronyms, &found, &found_count));
    for (uint32_t i = 0; i < found_count && *count < NN_NAME_ACRONYMS_MAX; i++) {
        const nn_name_form *form = found[i];
        nn_name_block *block;
        if (form->type != type || form->articles == 0 || is_acronym(form) != acronyms) {
            continue;
        }
        NN_TRY(nn_name_blocks_load(blocks, form, &block));
        uint32_t same = 0;
        while (same < *count && out[same] != block) {
            same++;
        }
        out[same] = block;
        *count += same == *count ? 1 : 0;
    }
    return NUNCIO_OK;
}

/* The block that an acronym stands for: the one with its initials that stands in ten times as many
 * articles as the others together; NULL: none. */
static nuncio_status find_meaning(nn_name_blocks *blocks, const nn_name_form *acronym,
                                  nn_name_block **out)
{
    enum { DOMINANT = 10 };
    nn_name_block *found[NN_NAME_ACRONYMS_MAX];
    uint32_t count;
    uint64_t total = 0;
    nuncio_str letters = acronym->words.items[0].folded;
    char *word = nn_arena_alloc(blocks->forms->arena, letters.size + 1);
    *out = NULL;
    if (word == NULL) {
        return nn_error_memory(blocks->forms->error);
    }
    word[0] = '=';
    memcpy(word + 1, letters.data, letters.size);
    NN_TRY(load_found(blocks, nn_str(word, letters.size + 1), acronym->type, false, found, &count));
    for (uint32_t i = 0; i < count; i++) {
        total += found[i]->articles;
        *out = *out == NULL || found[i]->articles > (*out)->articles ? found[i] : *out;
    }
    if (*out != NULL && ((*out)->articles < DOMINANT * (total - (*out)->articles) ||
                         count == NN_NAME_ACRONYMS_MAX)) {
        *out = NULL;
    }
    return NUNCIO_OK;
}

/* Whether the block stands for an acronym of these letters in the other. */
static nuncio_status is_meant(nn_name_blocks *blocks, const nn_name_block *block,
                              const nn_name_block *other, nuncio_str letters, bool *meant)
{
    uint32_t i = 0;
    nn_name_block *meaning = NULL;
    while (i < other->count && !(is_acronym(other->forms[i]) &&
                                 nn_str_equal(other->forms[i]->words.items[0].folded, letters))) {
        i++;
    }
    if (i < other->count) {
        NN_TRY(find_meaning(blocks, other->forms[i], &meaning));
    }
    *meant = meaning == block;
    return NUNCIO_OK;
}

/* Adds the blocks of acronyms that stand for the block by these initials. */
static nuncio_status add_acronyms(nn_name_blocks *blocks, const nn_name_block *block,
                                  nuncio_str letters, nn_name_block *out[NN_NAME_ACRONYMS_MAX],
                                  uint32_t *count)
{
    char room[NN_NAME_KEY_ROOM];
    nuncio_str key = nn_arena_str(blocks->forms->arena, nn_str(room, nn_name_key(letters, room)));
    nn_name_block *found[NN_NAME_ACRONYMS_MAX];
    uint32_t found_count = 0;
    if (key.data == NULL) {
        return nn_error_memory(blocks->forms->error);
    }
    NN_TRY(load_found(blocks, key, block->forms[0]->type, true, found, &found_count));
    for (uint32_t i = 0; i < found_count && *count < NN_NAME_ACRONYMS_MAX; i++) {
        bool meant;
        NN_TRY(is_meant(blocks, block, found[i], letters, &meant));
        out[*count] = found[i];
        *count += meant ? 1 : 0;
    }
    return NUNCIO_OK;
}

nuncio_status nn_name_blocks_by_initials(nn_name_blocks *blocks, const nn_name_block *block,
                                         nn_name_block *out[NN_NAME_ACRONYMS_MAX], uint32_t *count)
{
    char before[4 * NN_NAME_INITIALS_MAX];
    size_t before_size = 0;
    *count = 0;
    if (block->count == 0 || (block->forms[0]->type != NUNCIO_ENTITY_ORGANISATION &&
                              block->forms[0]->type != NUNCIO_ENTITY_EVENT)) {
        return NUNCIO_OK;
    }
    for (uint32_t i = 0; i < block->count && *count < NN_NAME_ACRONYMS_MAX; i++) {
        const nn_name_form *form = block->forms[i];
        if (is_acronym(form)) {
            NN_TRY(find_meaning(blocks, form, &out[*count]));
            *count += out[*count] != NULL ? 1 : 0;
            continue;
        }
        char initials[4 * NN_NAME_INITIALS_MAX];
        size_t size = nn_name_initials(&form->words, initials);
        bool again = size == before_size && memcmp(initials, before, size) == 0;
        if (size > 0 && !again) { /* forms of one block mostly share them */
            NN_TRY(add_acronyms(blocks, block, nn_str(initials, size), out, count));
        }
        memcpy(before, initials, size);
        before_size = size;
    }
    return NUNCIO_OK;
}
