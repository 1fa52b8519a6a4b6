/* SPDX-License-Identifier: Apache-2.0 */
/* Which rule applies at a word. */
#include "annotate/names/name_rules.h"
#include "annotate/names/names.h"

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

nn_rule_match nn_rule_name(const nn_words *words, uint32_t i)
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
