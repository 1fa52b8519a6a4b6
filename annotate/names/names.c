/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/names/names.h"

#include "annotate/names/name_rules.h"
#include "annotate/names/names_internal.h"
#include "annotate/quotes/cues.h"
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

/** A country of the gazetteer that is nothing else: one wherever it stands, *the US Secretary*. */
static nn_rule_match known_country(const nn_words *words, uint32_t i)
{
    const nn_form *form = nn_words_form(words, i);
    const uint32_t person = NN_KNOWN_GIVEN | NN_KNOWN_SURNAME;
    bool country = (form->known & NN_KNOWN_COUNTRY) != 0 && (form->known & person) == 0 &&
                   (form->shape & NN_SHAPE_CAPITAL) != 0 && !nn_name_capital_is_idle(words, i);
    return (nn_rule_match){i, country ? i + 1 : i, NUNCIO_ENTITY_PLACE, 0};
}

/** An agreement or event of the lexicon at word i, some words of which may be small: the Black Sea
 * grain initiative. */
static nn_rule_match known_event(const nn_words *words, uint32_t i)
{
    nn_rule_match match = {i, i, 0, 0};
    if (nn_words_form(words, i)->event) {
        match = nn_rule_gazetteer(words, i);
    }
    return match.type == NUNCIO_ENTITY_EVENT ? match : (nn_rule_match){i, i, 0, 0};
}

/** Nothing is called *US Because*: the stop between them is missing. */
static void cut_small_word(const nn_words *words, nn_rule_match *tagged)
{
    uint32_t last = tagged->end - 1;
    bool cut = last > tagged->begin && nn_words_is(words, last, NN_CLASS_CONJUNCTION) &&
               (nn_words_form(words, last)->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_UPPER)) ==
                   NN_SHAPE_CAPITAL;
    if (!cut) {
        return;
    }
    tagged->end = last;
    nn_rule_match country = known_country(words, tagged->begin);
    if (country.end == last) {
        *tagged = country;
    }
}

/** An office is no part of a name: *Secretary of State Antony Blinken*. */
static void cut_office(const nn_words *words, nn_rule_match *tagged)
{
    static const char *const offices[] = {
        "State",    "Defence", "Defense", "Finance", "Interior",  "Justice",   "Health", "Energy",
        "Commerce", "Labor",   "Labour",  "Trade",   "Education", "Transport", "War",    NULL};
    uint32_t i = tagged->begin;
    tagged->begin += tagged->type == NUNCIO_ENTITY_PERSON && tagged->end - i > 1 && i >= 2 &&
                     nn_words_is(words, i - 1, NN_CLASS_PREPOSITION) &&
                     nn_words_is(words, i - 2, NN_CLASS_TITLE) &&
                     nn_word_is_among(words, i, offices);
}

/** The model learnt English alone: what two or three words in other letters name, Владимир Путин,
 * the rules decide. */
static void ask_rules(const nn_words *words, nn_rule_match *tagged)
{
    enum { GREEK_AND_BEHIND = 0xCD }; /* first bytes of letters that are not Latin */
    unsigned char first = (unsigned char)*nn_words_text(words, tagged->begin, tagged->end).data;
    uint32_t size = tagged->end - tagged->begin;
    if (first >= GREEK_AND_BEHIND && (size == 2 || size == 3)) {
        nn_rule_match match = nn_rule_name(words, tagged->begin);
        *tagged = match.end == tagged->end ? match : *tagged;
    }
}

/** *Will Karsovia join?* names no Will: the word that opens a question is cut, and a lone word
 * behind it is what the article calls it elsewhere. */
static void cut_question(const nn_words *words, nn_rule_match *tagged)
{
    enum { WORDS = 40 }; /* of a question, at most */
    const uint32_t begins = NN_GAP_SENTENCE | NN_GAP_PARAGRAPH;
    uint32_t i = tagged->begin, end = tagged->end;
    bool person_or_body =
        tagged->type == NUNCIO_ENTITY_PERSON || tagged->type == NUNCIO_ENTITY_ORGANISATION;
    if (end - i < 2 || !person_or_body || (words->gaps[i] & begins) == 0 ||
        !nn_words_is(words, i, NN_CLASS_AUXILIARY)) {
        return;
    }
    uint32_t limit = words->count - end < WORDS ? words->count : end + WORDS;
    while (end < limit && (words->gaps[end] & (NN_GAP_STOP | NN_GAP_PARAGRAPH)) == 0) {
        end++;
    }
    const char *behind = words->text.data + words->tokens[end - 1].end;
    if (behind < words->text.data + words->text.size && *behind == '?') {
        tagged->begin = i + 1;
        tagged->end = tagged->end - i > 2 ? tagged->end : i; /* none */
    }
}

/** *E. Establish a base* names nobody: the letter counts the items of a list, where the word behind
 * it is one that the article has without a capital, or a verb. */
static void cut_label(const nn_names *names, const nn_words *words, nn_rule_match *tagged)
{
    const uint32_t opens = NN_GAP_LINE | NN_GAP_PARAGRAPH;
    uint32_t i = tagged->begin;
    bool label = tagged->type == NUNCIO_ENTITY_PERSON && tagged->end - i <= 2 &&
                 i + 1 < words->count && (words->gaps[i] & opens) != 0 &&
                 (words->gaps[i + 1] & NN_GAP_STOP) != 0 &&
                 (nn_words_form(words, i)->shape & NN_SHAPE_INITIAL) != 0;
    if (!label) {
        return;
    }
    const nn_form *form = nn_words_form(words, i + 1);
    const uint32_t person = NN_KNOWN_GIVEN | NN_KNOWN_SURNAME | NN_KNOWN_PERSON;
    bool small = (form->shape & NN_SHAPE_LOWER) != 0 ||
                 names->tagger->features.uses[form->fold].lower || nn_cue_is_verb(words, i + 1);
    if (small && (form->shape & NN_SHAPE_INITIAL) == 0 && (form->known & person) == 0 &&
        (form->classes & NN_CLASS_GIVEN) == 0) {
        tagged->end = i; /* none */
    }
}

/** *Sen. Jeanne Shaheen, D-N.H.*: the letter of a party is part of no name, and behind it stands a
 * place. */
static void cut_party(const nn_words *words, nn_rule_match *tagged)
{
    for (uint32_t i = tagged->begin; i < tagged->end && i + 1 < words->count; i++) {
        char letter = *nn_words_text(words, i, i + 1).data;
        bool party = nn_words_form(words, i)->letters == 1 &&
                     (letter == 'D' || letter == 'R' || letter == 'I') &&
                     (words->gaps[i] & (NN_GAP_COMMA | NN_GAP_OPEN)) != 0 &&
                     words->gaps[i + 1] == NN_GAP_HYPHEN;
        if (party && i == tagged->begin) {
            tagged->begin = i + 1;
            tagged->type = NUNCIO_ENTITY_PLACE;
        } else if (party) {
            tagged->end = i;
        }
    }
}

/** True where a line is written as a headline is: every word of five letters or more with a
 * capital, no stop behind it. */
static bool is_headline(const nn_words *words, uint32_t i)
{
    enum { WORDS = 30, LEAST = 5, LONG = 5 };
    const uint32_t ends = NN_GAP_LINE | NN_GAP_PARAGRAPH;
    uint32_t begin = i, end = i + 1;
    while (begin > 0 && i - begin < WORDS && (words->gaps[begin] & ends) == 0) {
        begin--;
    }
    while (end < words->count && end - i < WORDS && (words->gaps[end] & ends) == 0) {
        end++;
    }
    bool headline = i - begin < WORDS && end - i < WORDS && end - begin >= LEAST &&
                    (words->gaps[end] & NN_GAP_STOP) == 0;
    for (uint32_t k = begin; k < end && headline; k++) {
        const nn_form *form = nn_words_form(words, k);
        headline = form->letters < LONG || (form->shape & NN_SHAPE_LOWER) == 0;
    }
    return headline;
}

/** *Junta Swears In New Leader*: words of a headline that the language or the article has without a
 * capital, and one of which has its capital only here, are no name because they have them. */
static void drop_headline(const nn_names *names, const nn_words *words, nn_rule_match *tagged)
{
    bool once = false, small = tagged->end - tagged->begin > 1;
    for (uint32_t i = tagged->begin; i < tagged->end && small; i++) {
        const nn_form *form = nn_words_form(words, i);
        const nn_fold_use *use = &names->tagger->features.uses[form->fold];
        bool lower = (form->shape & NN_SHAPE_LOWER) != 0;
        small = (form->classes & NN_CLASS_COMMON) != 0 || lower || use->lower;
        once |= !lower && use->capitals == 1;
    }
    if (small && once && nn_rule_name(words, tagged->begin).end != tagged->end &&
        is_headline(words, tagged->begin)) {
        tagged->end = tagged->begin;
    }
}

/** Spans of the tags of the names model. */
static nuncio_status read_tags(nn_names *names, const nn_words *words, nuncio_error *error)
{
    static const uint8_t types[NN_NAME_KINDS] = {
        [NN_NAME_KIND_PERSON] = NUNCIO_ENTITY_PERSON,
        [NN_NAME_KIND_PLACE] = NUNCIO_ENTITY_PLACE,
        [NN_NAME_KIND_FACILITY] = NUNCIO_ENTITY_PLACE,
        [NN_NAME_KIND_ORGANISATION] = NUNCIO_ENTITY_ORGANISATION,
        [NN_NAME_KIND_EVENT] = NUNCIO_ENTITY_EVENT,
        [NN_NAME_KIND_NATIONALITY] = NUNCIO_ENTITY_NATIONALITY,
        [NN_NAME_KIND_OTHER] = NUNCIO_ENTITY_NONE,
    };
    const uint8_t *tags = names->tagger->tags;
    for (uint32_t i = 0; i < words->count;) {
        const nn_form *form = nn_words_form(words, i);
        if (tags[i] == 0 && !form->event && (form->shape & NN_SHAPE_CAPITAL) == 0) {
            i++;
            continue; /* none of the rules below begins at such a word */
        }
        nn_rule_match event = known_event(words, i);
        uint32_t behind = i;
        nn_rule_match tagged = known_country(words, i);
        if (tags[i] != 0) {
            uint32_t kind = (tags[i] - 1u) / 2;
            tagged = (nn_rule_match){i, i + 1, types[kind], 0};
            while (tagged.end < words->count && tags[tagged.end] == 2 + 2 * kind) {
                tagged.end++;
            }
            cut_party(words, &tagged);
            behind = tagged.end;
            cut_small_word(words, &tagged);
            cut_office(words, &tagged);
            ask_rules(words, &tagged);
            cut_question(words, &tagged);
            cut_label(names, words, &tagged);
            drop_headline(names, words, &tagged);
        }
        nn_rule_match match = event.end > tagged.end ? event : tagged;
        if (match.end > i) {
            NN_TRY(add_span(names, match, error));
        }
        i = match.end > i ? match.end : i + 1;
        i = behind > i ? behind : i;
    }
    return NUNCIO_OK;
}

nuncio_status nn_names_find(nn_names *names, const nn_words *words, nuncio_error *error)
{
    names->count = 0;
    names->entity_count = 0;
    nn_arena_reset(&names->arena);
    if (names->tagger != NULL && words->english) {
        NN_TRY(nn_tagger_run(names->tagger, words, error));
        return read_tags(names, words, error);
    }
    for (uint32_t i = 0; i < words->count;) {
        if ((nn_words_form(words, i)->shape & NN_SHAPE_CAPITAL) == 0) {
            i++;
            continue;
        }
        nn_rule_match match = nn_rule_name(words, i);
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

nn_short_form *nn_short_form_of(nn_names *names, uint32_t fold)
{
    nn_short_form *form = &names->short_forms[fold];
    if (form->article != names->article) {
        *form = (nn_short_form){
            .article = names->article, .last = NN_ENTITY_NONE, .first = NN_ENTITY_NONE};
    }
    return form;
}

uint32_t nn_name_last_word(const nn_words *words, const nn_named *span)
{
    uint32_t last = span->word_end - 1;
    while (last > span->word_begin && nn_words_is(words, last, NN_CLASS_SUFFIX)) {
        last--;
    }
    return last;
}

nuncio_status nn_names_merge(nn_names *names, nn_named span, size_t *count, nuncio_error *error)
{
    NN_TRY(nn_reserve(names->memory, &names->merged, &names->merged_capacity, *count + 1,
                      sizeof *names->merged, error));
    names->merged[(*count)++] = span;
    return NUNCIO_OK;
}

void nn_names_take_merged(nn_names *names, size_t count)
{
    nn_named *spans = names->spans;
    size_t capacity = names->capacity;
    names->spans = names->merged;
    names->capacity = names->merged_capacity;
    names->count = count;
    names->merged = spans;
    names->merged_capacity = capacity;
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

/** The role in the apposition behind a name: "Marin, the Finnish prime minister, said". */
static uint32_t apposition_end(const nn_words *words, uint32_t begin)
{
    uint32_t limit = words->count - begin < 12 ? words->count : begin + 12;
    bool role = false;
    for (uint32_t i = begin; i < limit; i++) {
        uint32_t gap = words->gaps[i] &
                       ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE | NN_GAP_HYPHEN | NN_GAP_POSSESSIVE);
        if (i > begin && gap != 0) {
            return role ? i : begin;
        }
        if (nn_cue_is_verb(words, i) ||
            nn_words_is(words, i, NN_CLASS_AUXILIARY | NN_CLASS_PRONOUN)) {
            return begin;
        }
        role |= nn_words_is(words, i, NN_CLASS_ROLE | NN_CLASS_TITLE);
    }
    return begin;
}

nn_word_range nn_role_behind(const nn_words *words, const nn_named *span)
{
    uint32_t begin = span->word_end;
    bool apposed = begin < words->count && (words->gaps[begin] & NN_GAP_COMMA) != 0 &&
                   (words->gaps[begin] & (NN_GAP_MARK | NN_GAP_SENTENCE)) == 0;
    return (nn_word_range){begin, apposed ? apposition_end(words, begin) : begin};
}

nn_word_range nn_role_apposed(const nn_names *names, const nn_words *words, const nn_named *span)
{
    enum { WORDS = 9 };
    uint32_t end = span->word_begin;
    nn_word_range none = {end, end};
    uint32_t parted = NN_GAP_MARK | NN_GAP_SENTENCE | NN_GAP_PARAGRAPH;
    uint32_t closes = NN_GAP_COMMA | NN_GAP_STOP | NN_GAP_PARAGRAPH;
    bool apposed = end > 0 && (words->gaps[end] & NN_GAP_COMMA) != 0 &&
                   (words->gaps[end] & parted) == 0 && (words->gaps[span->word_end] & closes) != 0;
    bool role = false;
    for (uint32_t i = end; apposed && i > 0 && end - i < WORDS; i--) {
        const nn_named *other = nn_names_at(names, i - 1);
        nn_words_count_work(words, 1);
        if (nn_words_is(words, i - 1, NN_CLASS_DETERMINER) && role && other == NULL) {
            return (nn_word_range){i, end};
        }
        bool person = other != NULL && other->type == NUNCIO_ENTITY_PERSON;
        bool joined = i == end || nn_name_joined(words, i);
        if (person || !joined || nn_cue_is_verb(words, i - 1) ||
            nn_words_is(words, i - 1,
                        NN_CLASS_AUXILIARY | NN_CLASS_PRONOUN | NN_CLASS_CONJUNCTION)) {
            break;
        }
        role |= other == NULL && nn_words_is(words, i - 1, NN_CLASS_ROLE);
    }
    return none;
}

bool nn_names_is_role_word(const nn_names *names, const nn_words *words, uint32_t word)
{
    const nn_short_form *form = nn_short_form_at(names, words, word);
    return form != NULL && form->in_role;
}

bool nn_given_names_alike(const nn_words *words, uint32_t a, uint32_t b)
{
    const nn_form *x = nn_words_form(words, a);
    const nn_form *y = nn_words_form(words, b);
    if (x->fold == y->fold) {
        return true;
    }
    nuncio_str s = nn_words_text(words, a, a + 1);
    nuncio_str t = nn_words_text(words, b, b + 1);
    if (s.data[0] != t.data[0]) {
        return false;
    }
    if (((x->shape | y->shape) & NN_SHAPE_INITIAL) != 0) {
        return true;
    }
    size_t shorter = s.size < t.size ? s.size : t.size;
    size_t same = 0;
    while (same < shorter && s.data[same] == t.data[same]) {
        same++;
    }
    return same >= 3 && shorter - same <= 2 && s.size + t.size - 2 * shorter <= 2;
}
