/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/names.h"

#include "annotate/name_rules.h"
#include "annotate/names_internal.h"
#include "core/error.h"

#include <string.h>

void nn_names_init(nn_names *names, nn_memory *memory)
{
    memset(names, 0, sizeof *names);
    names->memory = memory;
    nn_arena_init(&names->arena, memory);
}

void nn_names_deinit(nn_names *names)
{
    nn_memory *memory = names->memory;
    nn_arena_clear(&names->arena);
    nn_release(memory, names->spans, names->capacity * sizeof *names->spans);
    nn_release(memory, names->merged, names->merged_capacity * sizeof *names->merged);
    nn_release(memory, names->entities, names->entity_capacity * sizeof *names->entities);
    nn_release(memory, names->at_word, names->at_word_capacity * sizeof *names->at_word);
    nn_release(memory, names->short_forms, names->short_form_capacity * sizeof *names->short_forms);
    nn_names_init(names, memory);
}

static nuncio_status add_span(nn_names *names, nn_rule_match match, nuncio_error *error)
{
    NN_TRY(nn_reserve(names->memory, &names->spans, &names->capacity, names->count + 1,
                      sizeof *names->spans, error));
    names->spans[names->count++] =
        (nn_named){match.begin, match.end, NN_ENTITY_NONE, match.type, match.flags};
    return NUNCIO_OK;
}

/** True when a name of the gazetteer that is another word too is meant as the name. */
static bool is_supported(const nn_words *words, nn_rule_match match)
{
    uint32_t i = match.begin;
    if (match.end - i > 1) {
        return true;
    }
    bool opens = (words->gaps[i] & NN_GAP_SENTENCE) != 0;
    bool common = nn_words_is(words, i, NN_CLASS_COMMON);
    if (match.type != NUNCIO_ENTITY_PLACE) {
        return !opens && !common;
    }
    bool plain = i > 0 && (words->gaps[i] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE)) == 0;
    if (plain && nn_words_is(words, i - 1, NN_CLASS_PREPOSITION)) {
        return true;
    }
    bool listed = match.end < words->count && (words->gaps[match.end] & NN_GAP_COMMA) != 0 &&
                  nn_rule_gazetteer(words, match.end).type == NUNCIO_ENTITY_PLACE;
    return listed && !opens;
}

/** The place at the head of a report: *PORT CALDWELL* (Reuters) – */
static nn_rule_match dateline(const nn_words *words, uint32_t i)
{
    enum { DATELINE_WORDS = 4 };
    uint32_t end = i;
    while (end < words->count && end - i < DATELINE_WORDS &&
           (end == i || nn_name_joined(words, end)) &&
           (nn_words_form(words, end)->shape & NN_SHAPE_UPPER) != 0) {
        end++;
    }
    uint32_t behind = NN_GAP_STOP | NN_GAP_DASH | NN_GAP_OPEN;
    bool dated = end < words->count && nn_words_is(words, end, NN_CLASS_TIME);
    behind |= dated ? (uint32_t)NN_GAP_COMMA : 0u; /* KESSA, Feb 3 – */
    bool ends =
        end > i && (words->gaps[end] & behind) != 0 && (words->gaps[end] & NN_GAP_PARAGRAPH) == 0;
    bool word = ends && nn_words_form(words, i)->letters > 2;
    return word ? (nn_rule_match){i, end, NUNCIO_ENTITY_PLACE, 0} : (nn_rule_match){i, i, 0, 0};
}

/** What opens at word i; a match with begin == end when nothing does. */
static nn_rule_match match_at(const nn_words *words, uint32_t i)
{
    const nn_form *form = nn_words_form(words, i);
    nn_rule_match none = {i, i, 0, 0};
    if ((words->gaps[i] & NN_GAP_PARAGRAPH) != 0 && (form->shape & NN_SHAPE_UPPER) != 0) {
        nn_rule_match place = dateline(words, i);
        if (place.end > i) {
            return place;
        }
    }
    nn_rule_match known = form->node != 0 ? nn_rule_gazetteer(words, i) : none;
    uint32_t function = NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION |
                        NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE |
                        NN_CLASS_AUXILIARY | NN_CLASS_ADVERB;
    bool particle =
        (form->classes & (NN_CLASS_PARTICLE | NN_CLASS_PLACE_PREFIX | NN_CLASS_GIVEN)) != 0;
    if ((form->classes & function) != 0 && known.end <= i + 1 &&
        (known.end == i || (form->shape & NN_SHAPE_UPPER) == 0) &&
        (!particle || (words->gaps[i] & NN_GAP_SENTENCE) != 0)) {
        return none;
    }
    uint32_t run_end = nn_name_run_end(words, i);
    nn_rule_match head = nn_rule_head(words, i, run_end);
    if (head.end > known.end) {
        return head;
    }
    nn_rule_match person = nn_rule_person(words, i, run_end);
    bool weak = (known.flags & NN_NAME_WEAK) != 0;
    bool name_too = known.end == i + 1 && known.type == NUNCIO_ENTITY_PLACE &&
                    (form->classes & (NN_CLASS_GIVEN | NN_CLASS_SURNAME)) != 0;
    if (known.end > i && person.end > known.end && (weak || name_too)) {
        return person;
    }
    if (known.end > i && (!weak || is_supported(words, known))) {
        known.flags = weak ? NN_NAMED_WEAK : 0;
        return known;
    }
    if (person.end > i) {
        return person;
    }
    return nn_rule_lone(words, i, run_end);
}

nuncio_status nn_names_find(nn_names *names, const nn_words *words, nuncio_error *error)
{
    names->count = 0;
    names->entity_count = 0;
    nn_arena_reset(&names->arena);
    for (uint32_t i = 0; i < words->count;) {
        if ((nn_words_form(words, i)->shape & NN_SHAPE_CAPITAL) == 0) {
            i++;
            continue;
        }
        nn_rule_match match = match_at(words, i);
        if (match.end > i) {
            NN_TRY(add_span(names, match, error));
            i = match.end;
        } else {
            i++;
        }
    }
    return NUNCIO_OK;
}

size_t nn_names_from(const nn_names *names, uint32_t word)
{
    size_t low = 0;
    size_t high = names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (names->spans[middle].word_begin < word) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t nn_role_begin(const nn_names *names, const nn_words *words, uint32_t name_begin)
{
    uint32_t begin = name_begin;
    bool role = false;
    for (uint32_t i = name_begin; i > 0 && name_begin - i < 10; i--) {
        if (!nn_name_joined(words, i)) {
            break;
        }
        const nn_form *form = nn_words_form(words, i - 1);
        bool title = (form->classes & (NN_CLASS_TITLE | NN_CLASS_ROLE)) != 0;
        const nn_named *other = nn_names_at(names, i - 1);
        bool named = other != NULL && other->type != NUNCIO_ENTITY_PERSON;
        bool linking = (form->classes & NN_CLASS_PREPOSITION) != 0 && begin == i;
        bool noun = (form->shape & NN_SHAPE_CAPITAL) != 0 && (form->classes & NN_CLASS_COMMON) != 0;
        bool small_noun = role && (form->classes & (NN_CLASS_COLLECTIVE | NN_CLASS_ORG_HEAD)) != 0;
        if (!title && !named && !linking && !noun && !small_noun) {
            break;
        }
        if ((form->classes & (NN_CLASS_DETERMINER | NN_CLASS_CONJUNCTION)) != 0) {
            break;
        }
        role |= title;
        begin = i - 1;
    }
    while (begin < name_begin && nn_words_is(words, begin, NN_CLASS_PREPOSITION)) {
        begin++;
    }
    return role ? begin : name_begin;
}
