/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/speakers.h"

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"
#include "annotate/quotes/referents.h"
#include "core/error.h"
#include "core/str.h"

#include <string.h>

enum {
    HEAD_WORDS = 3,        /* of a description, up to its noun */
    DESCRIPTION_WORDS = 14 /* a longer description is a clause read wrongly */
};

/** "The latter": the person named last in the sentence before. */
static nn_speaker by_latter(const nn_reading *r, uint32_t word)
{
    size_t index = nn_names_from(r->names, word);
    uint32_t sentence = nn_sentence_begin(r->words, word, 4);
    uint32_t low = sentence > 0 ? nn_sentence_begin(r->words, sentence - 1, 60) : 0;
    while (index > 0 && r->names->spans[index - 1].word_begin >= low) {
        nn_words_count_work(r->words, 1);
        const nn_named *span = &r->names->spans[--index];
        if (span->type == NUNCIO_ENTITY_PERSON && span->entity != NN_ENTITY_NONE) {
            return nn_speaker_person(r, span->entity, 0.7F);
        }
    }
    return nn_speaker_unknown();
}

/** True when the words from i on, titles apart, are a person's name: for *President Marin*, not of
 * *State Marin*. */
static bool leads_to_person(const nn_reading *r, uint32_t i, uint32_t end)
{
    while (i < end && nn_names_at(r->names, i) == NULL &&
           nn_words_is(r->words, i, NN_CLASS_DETERMINER | NN_CLASS_TITLE)) {
        i++;
    }
    const nn_named *span = i < end ? nn_names_at(r->names, i) : NULL;
    return span != NULL && span->type == NUNCIO_ENTITY_PERSON;
}

/** The person whom a noun phrase is about: not the one behind "of" or "for", not an owner
 * ("Lavrov’s aide"). */
static const nn_named *head_person(const nn_reading *r, nn_word_range source, bool *several)
{
    const nn_words *words = r->words;
    const nn_named *found = NULL;
    *several = false;
    for (uint32_t i = source.begin; i < source.end;) {
        const nn_named *span = nn_names_at(r->names, i);
        if (span == NULL) {
            if (i > source.begin && nn_words_is(words, i, NN_CLASS_PREPOSITION) &&
                leads_to_person(r, i + 1, source.end)) {
                return found;
            }
            i++;
            continue;
        }
        if (span->type == NUNCIO_ENTITY_PERSON && span->word_end <= source.end &&
            !(span->word_end < source.end && nn_named_is_possessive(words, span))) {
            *several |= found != NULL && span->entity != found->entity;
            found = found == NULL ? span : found;
        }
        i = span->word_end;
    }
    return found;
}

/** The organisation or place that a phrase names and nothing else: "the Foreign Ministry",
 * "Moscow". */
static const nn_named *whole_name(const nn_reading *r, nn_word_range source)
{
    uint32_t begin = source.begin;
    if (begin + 1 < source.end && nn_words_is(r->words, begin, NN_CLASS_DETERMINER)) {
        begin++;
    }
    const nn_named *span = nn_names_at(r->names, begin);
    bool whole = span != NULL && span->word_begin <= begin && span->word_end >= source.end;
    return whole && span->type != NUNCIO_ENTITY_NATIONALITY ? span : NULL;
}

#define NOT_NOUN                                                                                   \
    (NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_PRONOUN |        \
     NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE | NN_CLASS_AUXILIARY | NN_CLASS_ADVERB |           \
     NN_CLASS_TIME | NN_CLASS_NEGATION | NN_CLASS_THAT)

/** True when the first and last words let a phrase be that of a noun: *the miners*, *two men*,
 * *Oslo sources*, *voters*; not *having spoken*. */
static bool opens_noun_phrase(const nn_words *words, nn_word_range source)
{
    const nn_form *first = nn_words_form(words, source.begin);
    nuncio_str last = nn_words_text(words, source.end - 1, source.end);
    nuncio_str word = nn_words_text(words, source.begin, source.begin + 1);
    bool participle = word.size > 4 && (memcmp(word.data + word.size - 3, "ing", 3) == 0 ||
                                        memcmp(word.data + word.size - 2, "ed", 2) == 0);
    bool plural = last.size > 3 && last.data[last.size - 1] == 's';
    participle = participle && !(plural && source.end - source.begin > 1); /* *hacking* experts */
    participle = participle || (first->classes & NN_CLASS_PRONOUN) != 0;   /* *it's* worth */
    bool named = source.end - source.begin > 1 &&
                 (nn_words_form(words, source.end - 1)->shape & NN_SHAPE_CAPITAL) != 0;
    bool opens = (first->classes & NN_CLASS_DETERMINER) != 0 || named ||
                 (first->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_DIGIT)) != 0 || plural ||
                 (word.size == 3 && memcmp(word.data, "one", 3) == 0) ||
                 (word.size == 7 && memcmp(word.data, "another", 7) == 0);
    return opens && !participle && (first->classes & (NN_CLASS_PREPOSITION | NN_CLASS_TIME)) == 0;
}

/** True when a phrase counts people: *42* %, *six in ten*, *others*. */
static bool is_count(const nn_words *words, nn_word_range source)
{
    static const char *const counts[] = {
        "one",  "two",     "three",   "four",  "five",   "six",     "seven",   "eight",  "nine",
        "ten",  "One",     "Two",     "Three", "Four",   "Five",    "Six",     "Seven",  "Eight",
        "Nine", "Ten",     "many",    "some",  "others", "most",    "few",     "half",   "both",
        "Many", "Some",    "Others",  "Most",  "Few",    "Half",    "Both",    "nobody", "none",
        "None", "another", "Another", "each",  "Each",   "neither", "Neither", NULL};
    for (uint32_t i = source.begin; i < source.end && i < source.begin + 3; i++) {
        if ((nn_words_form(words, i)->shape & NN_SHAPE_NUMBER) != 0 ||
            nn_word_is_among(words, i, counts)) {
            return true;
        }
    }
    return false;
}

/** True when a word seems to be the plural of a noun. */
static bool is_plural(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    return text.size > 3 && text.data[text.size - 1] == 's' &&
           memchr("sui", text.data[text.size - 2], 3) == NULL;
}

/** True when English words cannot be one noun phrase: a word before an article that no preposition
 * or conjunction is, *appreciates the* offer; or a first word that opens none, *happy to* stay. */
static bool breaks_phrase(const nn_reading *r, nn_word_range source, bool opens)
{
    const nn_words *words = r->words;
    uint32_t before = NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_DETERMINER;
    uint32_t people = NN_CLASS_ROLE | NN_CLASS_COLLECTIVE | NN_CLASS_ORG_HEAD | NN_CLASS_TITLE;
    bool headed = opens || is_count(words, source);
    if (words->language != NN_LEXICON_EN) {
        return false;
    }
    for (uint32_t i = source.begin; i < source.end; i++) {
        bool near = i < source.begin + HEAD_WORDS;
        if (headed && nn_words_is(words, i, NN_CLASS_QUESTION | NN_CLASS_THAT)) {
            return false; /* voters *who* */
        }
        headed |= i == source.begin && is_plural(words, i);
        if (i > source.begin && words->gaps[i] == NN_GAP_SPACE &&
            nn_names_at(r->names, i) == NULL && nn_words_is(words, i, NN_CLASS_DETERMINER) &&
            !nn_words_is(words, i - 1, before) && !is_count(words, (nn_word_range){i - 1, i})) {
            return true;
        }
        headed |= near && (nn_words_is(words, i, people) || nn_names_at(r->names, i) != NULL);
        if (nn_words_is(words, i, NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION) && !headed) {
            return true;
        }
    }
    return !headed;
}

/** True when a phrase can stand for who speaks: it holds a noun, and no verb of speech but its
 * last word. */
static bool may_describe(const nn_reading *r, nn_word_range source)
{
    const nn_words *words = r->words;
    if (source.end - source.begin > DESCRIPTION_WORDS) {
        return false;
    }
    bool noun = is_count(words, source);
    bool opens_phrase = opens_noun_phrase(words, source);
    if (breaks_phrase(r, source, opens_phrase)) {
        return false;
    }
    for (uint32_t i = source.begin; i < source.end; i++) {
        const nn_form *form = nn_words_form(words, i);
        noun |= (form->classes & (NN_CLASS_ROLE | NN_CLASS_COLLECTIVE | NN_CLASS_ORG_HEAD)) != 0;
        noun |= nn_names_at(r->names, i) != NULL;
        noun |= opens_phrase && (form->classes & NOT_NOUN) == 0 && form->letters >= 3;
        if (nn_cue_is_verb(words, i) && i + 1 < source.end) {
            return false;
        }
    }
    return noun;
}

nuncio_status nn_speaker_describe(const nn_reading *r, nn_word_range source, nn_speaker *out)
{
    const nn_words *words = r->words;
    nuncio_str copy;
    nuncio_status status = nn_names_copy(
        &r->names->arena, nn_words_text(words, source.begin, source.end), &copy, r->error);
    if (status != NUNCIO_OK) {
        return status;
    }
    bool counted =
        source.begin > 0 && nn_enumerator_end(words, source.begin - 1, source.end) == source.begin;
    bool opens = (counted || (words->gaps[source.begin] & NN_GAP_SENTENCE) != 0) &&
                 nn_words_is(words, source.begin, NN_CLASS_DETERMINER);
    bool capitals = (nn_words_form(words, source.begin)->shape & NN_SHAPE_UPPER) != 0;
    if (opens && !capitals && copy.data[0] >= 'A' && copy.data[0] <= 'Z') {
        char *first = (char *)nn_arena_alloc(&r->names->arena, copy.size);
        if (first == NULL) {
            return nn_error_memory(r->error);
        }
        memcpy(first, copy.data, copy.size);
        first[0] = (char)(first[0] + ('a' - 'A'));
        copy.data = first;
    }
    *out = (nn_speaker){copy, NN_ENTITY_NONE, NUNCIO_ENTITY_NONE, 0.8F};
    return NUNCIO_OK;
}

nuncio_status nn_speaker_resolve(const nn_reading *r, nn_word_range source, nn_speaker *out)
{
    const nn_words *words = r->words;
    *out = nn_speaker_unknown();
    if (source.begin >= source.end) {
        return NUNCIO_OK;
    }
    if (source.end - source.begin > 1 && nn_words_is(words, source.end - 1, NN_CLASS_PRONOUN) &&
        nn_names_at(r->names, source.end - 1) == NULL) {
        source.end--; /* Marin, *who* */
    }
    source.begin = nn_enumerator_end(words, source.begin, source.end);
    const nn_form *first = nn_words_form(words, source.begin);
    uint32_t he_or_she = NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    if (source.end - source.begin == 1 && (first->classes & he_or_she) != 0 &&
        nn_names_at(r->names, source.begin) == NULL) {
        *out = nn_referent_of_pronoun(r, source.begin, (first->classes & NN_CLASS_PRONOUN_HE) != 0);
        return NUNCIO_OK;
    }
    static const char *const his[] = {"his", "His", NULL};
    static const char *const her[] = {"her", "Her", NULL};
    if (source.end - source.begin == 1 && words->language == NN_LEXICON_EN &&
        (nn_word_is_among(words, source.begin, his) ||
         nn_word_is_among(words, source.begin, her))) {
        *out = nn_referent_of_pronoun(r, source.begin, nn_word_is_among(words, source.begin, his));
        return NUNCIO_OK;
    }
    bool several = false;
    const nn_named *who = head_person(r, source, &several);
    if (who != NULL && !several && who->entity != NN_ENTITY_NONE) {
        *out = nn_speaker_person(r, who->entity, (who->flags & NN_NAMED_WEAK) != 0 ? 0.85F : 1.0F);
        return NUNCIO_OK;
    }
    nuncio_str text = nn_words_text(words, source.begin, source.end);
    if (text.size == 10 && nn_str_equal(nn_str(text.data + 1, 9), nn_str_of("he latter"))) {
        *out = by_latter(r, source.begin);
        return NUNCIO_OK;
    }
    if (who == NULL) {
        *out = nn_referent_of_role(r, source, &several);
        if (out->name.data != NULL) {
            return NUNCIO_OK;
        }
    }
    const nn_named *body = whole_name(r, source);
    if (body != NULL) {
        *out = (nn_speaker){.entity = body->entity, .type = body->type, .certainty = 0.9F};
        nuncio_str name = nn_words_text(words, body->word_begin, body->word_end);
        return nn_names_copy(&r->names->arena, name, &out->name, r->error);
    }
    return may_describe(r, source) ? nn_speaker_describe(r, source, out) : NUNCIO_OK;
}
