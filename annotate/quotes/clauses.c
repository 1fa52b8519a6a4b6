/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/clauses.h"

#include "annotate/quotes/cues.h"
#include "core/str.h"

enum {
    SUBJECT_WORDS = 20,
    APPOSITION_WORDS = 24,
    BRACKET_WORDS = 8,
    NOUN_WORDS = 5, /* with article and adjectives */
    TIME_WORDS = 4
};

uint32_t nn_sentence_begin(const nn_words *words, uint32_t i, uint32_t span)
{
    uint32_t low = i < span ? 0 : i - span;
    while (i > low && (words->gaps[i] & NN_GAP_SENTENCE) == 0) {
        nn_words_count_work(words, 1);
        i--;
    }
    return i;
}

uint32_t nn_sentence_end(const nn_words *words, uint32_t i, uint32_t span)
{
    uint32_t high = words->count - i < span ? words->count : i + span;
    for (i++; i < high && (words->gaps[i] & NN_GAP_SENTENCE) == 0; i++) {
    }
    return i < high ? i : high;
}

bool nn_is_full_stop(const nn_words *words, uint32_t i)
{
    /* the stop of an abbreviation that the sentence goes on behind does not count */
    return (words->gaps[i] & NN_GAP_STOP) != 0 && (words->gaps[i] & NN_GAP_SENTENCE) != 0;
}

/** Before an aside that ends at `end`: Lavrov *, the foreign minister,* said. */
uint32_t nn_aside_begin(const nn_words *words, uint32_t end, uint32_t limit)
{
    uint32_t low = end - limit < APPOSITION_WORDS ? limit : end - APPOSITION_WORDS;
    for (uint32_t i = end - 1; i > low; i--) {
        uint32_t gap = words->gaps[i];
        bool comma = (gap & NN_GAP_COMMA) != 0;
        uint32_t ends = NN_GAP_BOUNDARIES & ~(uint32_t)(comma ? NN_GAP_CLOSE : 0);
        if ((gap & ends) != 0 || nn_is_full_stop(words, i)) {
            return end;
        }
        if (comma) {
            return i;
        }
    }
    return end;
}

/** Before an aside between dashes that ends at `end`: Marin *– at last –* said. */
uint32_t nn_dashes_begin(const nn_words *words, uint32_t end, uint32_t limit)
{
    uint32_t low = end - limit < APPOSITION_WORDS ? limit : end - APPOSITION_WORDS;
    for (uint32_t i = end - 1; i > low; i--) {
        if ((words->gaps[i] & NN_GAP_DASH) != 0) {
            return i;
        }
        if ((words->gaps[i] & (NN_GAP_SENTENCE | NN_GAP_MARK | NN_GAP_SEMICOLON)) != 0) {
            return end;
        }
    }
    return end;
}

/** Before what stands in brackets right before `end`: Marin *(Oslo)* said. */
uint32_t nn_brackets_begin(const nn_words *words, uint32_t end, uint32_t limit)
{
    uint32_t low = end - limit < BRACKET_WORDS ? limit : end - BRACKET_WORDS;
    if ((words->gaps[end] & NN_GAP_CLOSE) == 0) {
        return end;
    }
    for (uint32_t i = end - 1; i > low; i--) {
        if ((words->gaps[i] & NN_GAP_OPEN) != 0) {
            return i;
        }
    }
    return end;
}

/** A verb of speech that is no part of a compound: not self-*described*. */
bool nn_is_whole_verb(const nn_words *words, uint32_t i)
{
    return (words->gaps[i] & NN_GAP_HYPHEN) == 0 && nn_cue_is_verb(words, i);
}

/** True when a preposition may open a clause too: left *after* the minister said so. */
static bool may_open_clause(const nn_words *words, uint32_t i)
{
    static const char *const en[] = {"after", "After", "before", "Before", "since",
                                     "Since", "until", "Until",  NULL};
    return words->language == NN_LEXICON_EN && nn_word_is_among(words, i, en);
}

bool nn_ends_phrase(const nn_reading *r, uint32_t i)
{
    const nn_words *words = r->words;
    const nn_form *form = nn_words_form(words, i);
    if (nn_names_at(r->names, i) != NULL) {
        return false;
    }
    if ((form->classes & (NN_CLASS_AUXILIARY | NN_CLASS_THAT)) != 0 || nn_is_whole_verb(words, i)) {
        return true;
    }
    /* "and" may join two subjects, other conjunctions open a clause */
    bool conjunction = (form->classes & NN_CLASS_CONJUNCTION) != 0;
    return (conjunction && form->letters > 3) || may_open_clause(words, i);
}

/** True when a word that may be a preposition opens a subject: *About four in ten*, *Outside
 * experts*. */
static bool counts_people(const nn_words *words, uint32_t i, uint32_t end)
{
    static const char *const about[] = {"about", "About", "around", "Around", "over", "Over", NULL};
    static const char *const numbers[] = {"half",  "two",   "three", "four", "five", "six",
                                          "seven", "eight", "nine",  "ten",  "one",  NULL};
    static const char *const outside[] = {"Outside", "outside", NULL};
    static const char *const at[] = {"At", "at", NULL};
    static const char *const least[] = {"least", "most", NULL};
    if (words->language != NN_LEXICON_EN || i + 1 >= end) {
        return false;
    }
    bool number = (nn_words_form(words, i + 1)->shape & NN_SHAPE_DIGIT) != 0 ||
                  nn_word_is_among(words, i + 1, numbers);
    return (number && nn_word_is_among(words, i, about)) ||
           (nn_word_is_among(words, i, at) && nn_word_is_among(words, i + 1, least)) ||
           (i + 2 == end && nn_words_is(words, i + 1, NN_CLASS_ROLE) &&
            nn_word_is_among(words, i, outside));
}

/** Moves the start of a subject over what stands before it: *In Moscow on Friday* the minister. */
uint32_t nn_adverbials_end(const nn_reading *r, uint32_t begin, uint32_t end)
{
    const nn_words *words = r->words;
    while (begin < end) {
        const nn_form *form = nn_words_form(words, begin);
        bool pronoun = (form->classes & (NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)) != 0;
        uint32_t skipped =
            NN_CLASS_CONJUNCTION | NN_CLASS_ADVERB | NN_CLASS_TIME | NN_CLASS_AUXILIARY;
        static const char *const as[] = {"as", "As", NULL};
        bool small = ((form->shape & NN_SHAPE_NUMBER) != 0 && form->letters == 4) ||
                     (form->classes & skipped) != 0 ||
                     nn_word_is_among(words, begin, as); /* *as* Marin said */
        if (!pronoun && small && nn_names_at(r->names, begin) == NULL) {
            begin++;
            continue;
        }
        if ((form->classes & NN_CLASS_PREPOSITION) == 0 || pronoun ||
            (form->classes & NN_CLASS_DETERMINER) != 0 || counts_people(words, begin, end)) {
            break;
        }
        /* a preposition's phrase: up to the next name, article or pronoun behind its first noun */
        uint32_t at = begin + 1;
        at += at < end && nn_words_is(words, at, NN_CLASS_DETERMINER) ? 1u : 0u;
        const nn_named *name = at < end ? nn_names_at(r->names, at) : NULL;
        at = name != NULL ? name->word_end : at + 1;
        uint32_t opens = NN_CLASS_DETERMINER | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
        while (at < end && nn_names_at(r->names, at) == NULL && !nn_words_is(words, at, opens) &&
               !nn_words_is(words, at, NN_CLASS_TITLE | NN_CLASS_ROLE)) {
            at++;
        }
        if (at >= end) { /* before the ministry: *before* the ministry said so */
            return may_open_clause(words, begin) ? begin + 1 : end;
        }
        begin = at;
    }
    return begin;
}

/** True when a word measures time: last *week*. */
static bool is_period(const nn_words *words, uint32_t i)
{
    static const char *const periods[] = {"week",    "month",   "year",      "weekend", "night",
                                          "morning", "evening", "afternoon", "summer",  "winter",
                                          "spring",  "autumn",  "fall",      NULL};
    return nn_word_is_among(words, i, periods);
}

/** True when a word tells which period is meant: *last* week. */
static bool points_at_period(const nn_words *words, uint32_t i)
{
    static const char *const pointers[] = {"last", "this", "next", "past", "that", "earlier", NULL};
    return nn_word_is_among(words, i, pointers);
}

uint32_t nn_time_end(const nn_words *words, uint32_t i)
{
    if (i + 1 < words->count && (words->gaps[i + 1] & NN_GAP_POSSESSIVE) != 0) {
        return i; /* against *Monday’s* plan */
    }
    if (i + 1 < words->count && words->language == NN_LEXICON_EN && points_at_period(words, i) &&
        (is_period(words, i + 1) || nn_words_is(words, i + 1, NN_CLASS_TIME))) {
        return i + 2;
    }
    uint32_t end = i;
    while (end < words->count && end - i < TIME_WORDS && nn_words_is(words, end, NN_CLASS_TIME) &&
           (end == i || (words->gaps[end] & (NN_GAP_BOUNDARIES | NN_GAP_COMMA)) == 0)) {
        end++;
    }
    return end > i && end < words->count && words->language == NN_LEXICON_EN &&
                   is_period(words, end)
               ? end + 1
               : end;
}

/** Takes the time off the end of a subject: the ambassadors *on Wednesday night* asked; a poll
 * *last month* found. */
uint32_t nn_time_begin(const nn_reading *r, uint32_t end, uint32_t limit)
{
    const nn_words *words = r->words;
    if (end <= limit + 1 || nn_names_at(r->names, end - 1) != NULL) {
        return end; /* June, the poet */
    }
    uint32_t low = end - limit < TIME_WORDS ? limit + 1 : end - TIME_WORDS;
    for (uint32_t i = low; i < end; i++) {
        if (nn_time_end(words, i) == end && (words->gaps[i] & NN_GAP_BOUNDARIES) == 0) {
            bool on = i > limit + 1 && nn_words_is(words, i - 1, NN_CLASS_PREPOSITION);
            return on ? i - 1 : i;
        }
    }
    return end;
}

uint32_t nn_phrase_begin(const nn_reading *r, uint32_t end, uint32_t limit)
{
    const nn_words *words = r->words;
    uint32_t begin = end;
    uint32_t low = end - limit < SUBJECT_WORDS ? limit : end - SUBJECT_WORDS;
    while (begin > low) {
        nn_words_count_work(words, 1);
        uint32_t gap = begin < end ? words->gaps[begin] : 0;
        if ((gap & (NN_GAP_BOUNDARIES | NN_GAP_COMMA)) != 0 || nn_is_full_stop(words, begin) ||
            nn_ends_phrase(r, begin - 1)) {
            break;
        }
        begin--;
    }
    return nn_adverbials_end(r, begin, end);
}

nn_word_range nn_noun_before(const nn_reading *r, uint32_t end, uint32_t limit)
{
    const nn_words *words = r->words;
    nn_word_range none = {end, end};
    if (end <= limit || (words->gaps[end] & (NN_GAP_BOUNDARIES | NN_GAP_COMMA)) != 0) {
        return none;
    }
    uint32_t low = end - limit < NOUN_WORDS ? limit : end - NOUN_WORDS;
    uint32_t begin = end;
    uint32_t ends = NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_AUXILIARY |
                    NN_CLASS_PRONOUN | NN_CLASS_ADVERB | NN_CLASS_TIME;
    while (begin > low &&
           (nn_names_at(r->names, begin - 1) != NULL ||
            (!nn_words_is(words, begin - 1, ends) && !nn_is_whole_verb(words, begin - 1))) &&
           (begin == end || (words->gaps[begin] & (NN_GAP_BOUNDARIES | NN_GAP_COMMA)) == 0)) {
        begin--;
        if (nn_words_is(words, begin, NN_CLASS_DETERMINER)) {
            break;
        }
    }
    return (nn_word_range){begin, end};
}

uint32_t nn_enumerator_end(const nn_words *words, uint32_t begin, uint32_t end)
{
    uint32_t marks = NN_GAP_STOP | NN_GAP_CLOSE;
    bool opens = (words->gaps[begin] & (NN_GAP_SENTENCE | NN_GAP_PARAGRAPH)) != 0;
    bool number = opens && (nn_words_form(words, begin)->shape & NN_SHAPE_NUMBER) != 0;
    return number && begin + 1 < end && (words->gaps[begin + 1] & marks) != 0 ? begin + 1 : begin;
}
