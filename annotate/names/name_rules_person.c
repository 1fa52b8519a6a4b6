/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for persons, and for single words. */
#include "annotate/names/name_rules.h"
#include "annotate/names/names.h"
#include "annotate/quotes/cues.h"
#include "core/str.h"

enum { PERSON_WORDS_MAX = 6 };

static bool is_capital(const nn_words *words, uint32_t i)
{
    return (nn_words_form(words, i)->shape & NN_SHAPE_CAPITAL) != 0;
}

/** True when a word cannot be part of a person's name where one stands. */
static bool ends_person(const nn_words *words, uint32_t i)
{
    const nn_form *form = nn_words_form(words, i);
    uint32_t never = NN_CLASS_TIME | NN_CLASS_ORG_HEAD | NN_CLASS_EVENT_HEAD | NN_CLASS_DETERMINER |
                     NN_CLASS_CONJUNCTION | NN_CLASS_AUXILIARY;
    bool office = (form->classes & (NN_CLASS_TITLE | NN_CLASS_ROLE)) != 0;
    bool name = (form->classes & NN_CLASS_GIVEN) != 0 ||
                ((form->classes & NN_CLASS_SURNAME) != 0 && !office);
    if (!name && (form->classes & never) != 0) {
        return true;
    }
    if (!name &&
        (form->classes & (NN_CLASS_TITLE | NN_CLASS_PREPOSITION | NN_CLASS_PRONOUN)) != 0) {
        return (form->classes & NN_CLASS_PARTICLE) == 0;
    }
    return (form->shape & NN_SHAPE_DIGIT) != 0;
}

/** End of a person's name that starts at i: capitals, initials, and particles between them. */
static uint32_t person_end(const nn_words *words, uint32_t i)
{
    uint32_t limit = words->count - i < PERSON_WORDS_MAX ? words->count : i + PERSON_WORDS_MAX;
    uint32_t end = i + 1;
    while (end < limit && nn_name_joined(words, end)) {
        if (is_capital(words, end)) {
            if (ends_person(words, end)) {
                break;
            }
            end++;
            continue;
        }
        uint32_t at = end; /* van der X, bin Y, de la Z */
        while (at < limit && at < end + 2 && nn_name_joined(words, at) &&
               nn_words_is(words, at, NN_CLASS_PARTICLE) && !is_capital(words, at)) {
            at++;
        }
        bool goes_on = at > end && at < limit && is_capital(words, at) &&
                       nn_name_joined(words, at) && !ends_person(words, at);
        bool and =
            nn_words_is(words, end, NN_CLASS_CONJUNCTION) && words->language != NN_LEXICON_ES;
        if (!goes_on || and) {
            break;
        }
        end = at + 1;
    }
    return end;
}

/** True when the gazetteer knows word i as a place or nationality and nothing makes it a surname.
 */
static bool is_known_place(const nn_words *words, uint32_t i)
{
    nn_rule_match match = nn_rule_gazetteer(words, i);
    return match.end > i && (match.flags & NN_NAME_WEAK) == 0;
}

/** True when word i follows a preposition of place. */
static bool after_locative(const nn_words *words, uint32_t i)
{
    return i > 0 && (words->gaps[i] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE)) == 0 &&
           nn_words_is(words, i - 1, NN_CLASS_LOCATIVE);
}

/** True where every noun has a capital, so that one alone says nothing. */
static bool nouns_have_capitals(const nn_words *words)
{
    return words->language == NN_LEXICON_DE;
}

static bool given_name_behind(const nn_words *words, uint32_t i, uint32_t end)
{
    for (uint32_t k = i + 1; k + 1 < end; k++) {
        if (nn_words_is(words, k, NN_CLASS_GIVEN)) {
            return !nn_words_is(words, i, NN_CLASS_GIVEN);
        }
    }
    return false;
}

/** True for capitals that mix ordinary words with unknown ones: a product, a club, a work. Too
 * uncertain for a type, but its words must not pass for names of their own. */
static bool is_mixed(const nn_words *words, uint32_t i, uint32_t run_end)
{
    enum { MIXED_WORDS_MAX = 5 };
    bool common = false;
    bool unknown = false;
    if (run_end - i > MIXED_WORDS_MAX || nouns_have_capitals(words) ||
        (words->gaps[i] & NN_GAP_SENTENCE) != 0) {
        return false;
    }
    for (uint32_t k = i; k < run_end; k++) {
        const nn_form *form = nn_words_form(words, k);
        if ((form->classes & (NN_CLASS_TITLE | NN_CLASS_TIME | NN_CLASS_GIVEN)) != 0) {
            return false;
        }
        common |= (form->classes & NN_CLASS_COMMON) != 0;
        unknown |= (form->classes & (NN_CLASS_COMMON | NN_CLASS_SURNAME)) == 0 && form->node == 0;
    }
    return common && unknown;
}

nn_rule_match nn_rule_person(const nn_words *words, uint32_t i, uint32_t run_end)
{
    nn_rule_match none = {i, i, 0, 0};
    const nn_form *form = nn_words_form(words, i);
    if (ends_person(words, i)) {
        return none;
    }
    bool titled = nn_name_after_title(words, i);
    uint32_t end = person_end(words, i);
    bool common = (form->classes & NN_CLASS_COMMON) != 0;
    uint8_t flags = titled ? NN_NAMED_TITLED : 0;
    nn_rule_match person = {i, end, NUNCIO_ENTITY_PERSON, flags};
    if (titled && nouns_have_capitals(words) && given_name_behind(words, i, end)) {
        return none; /* Außenminister, Amtskollegen Sergej Wolkonin: the name begins with Sergej */
    }
    if (titled && !(common && end == i + 1) && !is_known_place(words, i)) {
        return person;
    }
    bool more = end > i + 1;
    if (!more || (form->shape & NN_SHAPE_NUMBER) != 0) {
        return none;
    }
    if ((form->classes & NN_CLASS_GIVEN) != 0) {
        return person;
    }
    if ((form->shape & NN_SHAPE_INITIAL) != 0 &&
        (words->gaps[i + 1] & (NN_GAP_STOP | NN_GAP_SPACE)) != 0) {
        return nn_words_is(words, end - 1, NN_CLASS_COMMON) ? none : person;
    }
    if ((form->classes & NN_CLASS_PLACE_PREFIX) != 0 && end == run_end && end == i + 2 &&
        !nn_words_is(words, i + 1, NN_CLASS_COMMON)) {
        return (nn_rule_match){i, end, NUNCIO_ENTITY_PLACE, NN_NAMED_WEAK}; /* Port Caldwell */
    }
    if (is_mixed(words, i, run_end)) {
        return (nn_rule_match){i, run_end, NUNCIO_ENTITY_NONE, NN_NAMED_WEAK};
    }
    /* two or three words that no list knows: more often a person than anything else */
    bool opens_sentence = (words->gaps[i] & NN_GAP_SENTENCE) != 0;
    uint32_t unknown = 0;
    for (uint32_t k = i; k < end; k++) {
        const nn_form *part = nn_words_form(words, k);
        if ((part->classes & NN_CLASS_COMMON) != 0 || (part->shape & NN_SHAPE_UPPER) != 0 ||
            part->node != 0) {
            return none;
        }
        unknown++;
    }
    if (unknown >= 2 && unknown <= 4 && end == run_end && !(opens_sentence && common) &&
        !nouns_have_capitals(words)) {
        bool place = after_locative(words, i) || (form->classes & NN_CLASS_PLACE_PREFIX) != 0;
        person.type = place ? NUNCIO_ENTITY_PLACE : NUNCIO_ENTITY_PERSON;
        person.flags = NN_NAMED_WEAK;
        return person;
    }
    return none;
}

/** McAllister, MacDonald, O’Brien. */
static bool is_patronymic(nuncio_str text)
{
    static const char *const list[] = {"Mc", "Mac", "O'", "O\xE2\x80\x99"};
    for (size_t k = 0; k < sizeof list / sizeof *list; k++) {
        nuncio_str prefix = nn_str_of(list[k]);
        bool capital = text.size > prefix.size && text.data[prefix.size] >= 'A' &&
                       text.data[prefix.size] <= 'Z';
        if (capital && nn_str_starts_with(text, prefix)) {
            return true;
        }
    }
    return false;
}

static nn_rule_match acronym(const nn_words *words, uint32_t i)
{
    const nn_form *form = nn_words_form(words, i);
    bool dotted = (form->shape & NN_SHAPE_DOTTED) != 0;
    bool good = form->letters >= 2 && form->letters <= (dotted ? 8u : 6u) &&
                (form->classes & NN_CLASS_NO_ACRONYM) == 0 && !nn_name_capital_is_idle(words, i) &&
                (form->shape & NN_SHAPE_DIGIT) == 0;
    return good ? (nn_rule_match){i, i + 1, NUNCIO_ENTITY_ORGANISATION, NN_NAMED_WEAK}
                : (nn_rule_match){i, i, 0, 0};
}

/** True for the adjective of a people that no list knows: *Karsovian* officers. */
static bool is_demonym(const nn_words *words, uint32_t i)
{
    static const char *const ends[] = {"ian", "ians", "ese", "ish"};
    nuncio_str text = nn_words_text(words, i, i + 1);
    bool before_noun = i + 1 < words->count && !is_capital(words, i + 1) &&
                       (words->gaps[i + 1] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE)) == 0 &&
                       !nn_words_is(words, i + 1, NN_CLASS_AUXILIARY) &&
                       !nn_cue_is_verb(words, i + 1);
    for (size_t k = 0; before_noun && k < sizeof ends / sizeof *ends; k++) {
        nuncio_str end = nn_str_of(ends[k]);
        if (text.size > end.size + 2 &&
            nn_str_equal(nn_str(text.data + text.size - end.size, end.size), end)) {
            return true;
        }
    }
    return false;
}

nn_rule_match nn_rule_lone(const nn_words *words, uint32_t i, uint32_t run_end)
{
    nn_rule_match none = {i, i, 0, 0};
    const nn_form *form = nn_words_form(words, i);
    if (run_end != i + 1 || (form->shape & NN_SHAPE_INITIAL) != 0 ||
        (nouns_have_capitals(words) && (form->shape & NN_SHAPE_UPPER) == 0)) {
        return none;
    }
    if ((form->shape & NN_SHAPE_UPPER) != 0) {
        return acronym(words, i);
    }
    uint32_t plain = NN_CLASS_COMMON | NN_CLASS_TIME | NN_CLASS_NO_ACRONYM;
    if ((form->classes & plain) != 0 || form->letters < 3) {
        return none;
    }
    nn_rule_match weak = {i, i + 1, NUNCIO_ENTITY_PERSON, NN_NAMED_WEAK};
    nuncio_str text = nn_words_text(words, i, i + 1);
    if (i + 1 < words->count && nn_cue_is_verb(words, i + 1)) {
        return weak;
    }
    if (words->language == NN_LEXICON_EN && is_demonym(words, i)) {
        weak.type = NUNCIO_ENTITY_NATIONALITY;
        return weak;
    }
    if (is_patronymic(text)) {
        return weak;
    }
    if ((form->shape & NN_SHAPE_MIXED) != 0) {
        weak.type = NUNCIO_ENTITY_ORGANISATION; /* YouTube, UkrEnergo */
        return weak;
    }
    if ((form->classes & (NN_CLASS_SURNAME | NN_CLASS_GIVEN)) != 0) {
        return weak;
    }
    weak.type = NUNCIO_ENTITY_PLACE;
    bool list = i + 1 < words->count && (words->gaps[i + 1] & NN_GAP_COMMA) != 0;
    if (list && nn_rule_gazetteer(words, i + 1).type == NUNCIO_ENTITY_PLACE) {
        return weak; /* Lozna, Tavrenia */
    }
    return after_locative(words, i) ? weak : none;
}
