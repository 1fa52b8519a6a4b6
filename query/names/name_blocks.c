/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/name_blocks.h"

#include "core/error.h"
#include "core/str.h"
#include "query/names/name_join.h"
#include "query/names/name_lookup.h"
#include "query/names/name_person.h"
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

/* ---- what is looked up ---- */

/* Words to look up, and how. */
typedef struct wanted {
    nn_word_choice choices[NN_NAME_WORDS_MAX];
    uint32_t count;
    uint32_t flags;
} wanted;

/* The words of a spelling of the table, which are folded and stand apart by spaces. */
static nuncio_status want_spelling(nn_arena *arena, const char *text, wanted *out,
                                   nuncio_error *error)
{
    *out = (wanted){.flags = NN_LOOKUP_ORDERED | NN_LOOKUP_TO_END | NN_LOOKUP_IN_FRONT};
    while (*text != '\0' && out->count < NN_NAME_WORDS_MAX) {
        char room[NN_NAME_KEY_ROOM];
        size_t size = strcspn(text, " ");
        nuncio_str key = nn_arena_str(arena, nn_str(room, nn_name_key(nn_str(text, size), room)));
        if (key.data == NULL) {
            return nn_error_memory(error);
        }
        NN_TRY(nn_word_choice_plain(arena, key, &out->choices[out->count++], error));
        text += size;
        text += *text == ' ' ? 1 : 0;
    }
    return NUNCIO_OK;
}

/* Looks for a word of a people's name in the singular and the plural. */
static nuncio_status want_plural(nn_arena *arena, const nn_name_word *word, nn_word_choice *choice,
                                 nuncio_error *error)
{
    enum { BOTH = 2 };
    char plural[NN_NAME_KEY_ROOM], room[NN_NAME_KEY_ROOM];
    nuncio_str singular = nn_name_singular(word->folded);
    nuncio_str *keys = nn_arena_alloc(arena, (choice->count + BOTH) * sizeof *keys);
    if (keys == NULL || singular.size + 1 > NN_NAME_KEY_MAX) {
        return keys == NULL ? nn_error_memory(error) : NUNCIO_OK;
    }
    memcpy(keys, choice->keys, choice->count * sizeof *keys);
    memcpy(plural, singular.data, singular.size);
    plural[singular.size] = 's';
    for (size_t size = singular.size; size <= singular.size + 1; size++) {
        nuncio_str key = nn_str(room, nn_name_key(nn_str(plural, size), room));
        if (!nn_str_equal(key, word->key)) {
            keys[choice->count] = nn_arena_str(arena, key);
            if (keys[choice->count++].data == NULL) {
                return nn_error_memory(error);
            }
        }
    }
    choice->keys = keys;
    return NUNCIO_OK;
}

/* The words of a name that is in no group. */
static nuncio_status want_words(nn_arena *arena, const nn_name_form *form, wanted *out,
                                nuncio_error *error)
{
    bool organisation = form->type == NUNCIO_ENTITY_ORGANISATION;
    *out = (wanted){.flags = NN_LOOKUP_TO_END};
    out->flags |= organisation ? 0 : (uint32_t)(NN_LOOKUP_ORDERED | NN_LOOKUP_IN_FRONT);
    for (uint32_t i = 0; i < form->words.count; i++) {
        const nn_name_word *word = &form->words.items[i];
        if (nn_name_form_passes_over(form, i)) {
            continue;
        }
        nn_word_choice *choice = &out->choices[out->count++];
        NN_TRY(nn_word_choice_spellings(arena, word, NN_SPELLING_WORD, choice, error));
        if (form->type == NUNCIO_ENTITY_NATIONALITY) {
            NN_TRY(want_plural(arena, word, choice, error));
        }
    }
    return NUNCIO_OK;
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
                                nuncio_entity_type type, bool grouped, const wanted *words)
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

static nuncio_status find_members(nn_name_blocks *blocks, nn_name_block *block,
                                  const nn_name_form *form)
{
    nn_arena *arena = blocks->forms->arena;
    nuncio_error *error = blocks->forms->error;
    wanted words = {.count = 1};
    uint16_t group = nn_name_group_of(form);
    if (form->words.count == 0 || form->type == NUNCIO_ENTITY_NONE) {
        return NUNCIO_OK; /* alone, whatever it is */
    }
    if (form->type == NUNCIO_ENTITY_PERSON) {
        NN_TRY(nn_word_choice_spellings(arena, &form->words.items[nn_name_surname(form)],
                                        NN_SPELLING_PERSON, &words.choices[0], error));
        return take_names(blocks, block, form->type, false, &words);
    }
    if (group == NN_NAME_GROUP_NONE) {
        NN_TRY(want_words(arena, form, &words, error));
        return take_names(blocks, block, form->type, false, &words);
    }
    for (uint32_t i = 0; i < nn_name_groups[group].count; i++) {
        NN_TRY(want_spelling(arena, nn_name_group_at(group, i)->text, &words, error));
        NN_TRY(take_names(blocks, block, form->type, true, &words));
    }
    return NUNCIO_OK;
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

nuncio_status nn_name_blocks_by_initials(nn_name_blocks *blocks, const nn_name_block *block,
                                         nn_name_block *out[NN_NAME_ACRONYMS_MAX], uint32_t *count)
{
    nuncio_str before = {NULL, 0};
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
        nuncio_str key = nn_arena_str(blocks->forms->arena, nn_str(initials, size));
        nn_name_block *found[NN_NAME_ACRONYMS_MAX];
        uint32_t found_count = 0;
        if (key.data == NULL) {
            return nn_error_memory(blocks->forms->error);
        }
        if (size > 0 && !nn_str_equal(key, before)) { /* forms of one block mostly share them */
            NN_TRY(load_found(blocks, key, form->type, true, found, &found_count));
        }
        before = key;
        for (uint32_t j = 0; j < found_count && *count < NN_NAME_ACRONYMS_MAX; j++) {
            uint32_t k = 0;
            while (k < found[j]->count && !is_acronym(found[j]->forms[k])) {
                k++;
            }
            nn_name_block *meaning = NULL;
            if (k < found[j]->count) {
                NN_TRY(find_meaning(blocks, found[j]->forms[k], &meaning));
            }
            if (meaning == block) {
                out[(*count)++] = found[j];
            }
        }
    }
    return NUNCIO_OK;
}
