/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/clauses.h"

#include "annotate/cues.h"
#include "core/str.h"

enum { SUBJECT_WORDS = 20, APPOSITION_WORDS = 24 };

#define BOUNDARIES                                                                                 \
    (NN_GAP_COLON | NN_GAP_SEMICOLON | NN_GAP_DASH | NN_GAP_MARK | NN_GAP_OPEN | NN_GAP_CLOSE |    \
     NN_GAP_SENTENCE)

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

static bool is_full_stop(const nn_words *words, uint32_t i)
{
    /* the stop of an abbreviation that the sentence goes on behind does not count */
    return (words->gaps[i] & NN_GAP_STOP) != 0 && (words->gaps[i] & NN_GAP_SENTENCE) != 0;
}

static bool is_adverbial(const nn_words *words, uint32_t i)
{
    const nn_form *form = nn_words_form(words, i);
    return (form->classes & (NN_CLASS_AUXILIARY | NN_CLASS_ADVERB | NN_CLASS_NEGATION)) != 0 ||
           ((form->shape & NN_SHAPE_LY) != 0 && (form->shape & NN_SHAPE_LOWER) != 0);
}

/** First word of the verb group that ends at `cue`: *has also* said. */
static uint32_t verb_begin(const nn_words *words, uint32_t cue, uint32_t limit)
{
    uint32_t i = cue;
    while (i > limit && cue - i < 5 && (words->gaps[i] & (BOUNDARIES | NN_GAP_COMMA)) == 0 &&
           is_adverbial(words, i - 1)) {
        i--;
    }
    return i;
}

/** Before an apposition or aside that ends at `end`: Lavrov *, the foreign minister,* said. */
static uint32_t skip_aside(const nn_words *words, uint32_t end, uint32_t limit)
{
    uint32_t low = end - limit < APPOSITION_WORDS ? limit : end - APPOSITION_WORDS;
    for (uint32_t i = end - 1; i > low; i--) {
        uint32_t gap = words->gaps[i];
        if ((gap & BOUNDARIES) != 0 || is_full_stop(words, i)) {
            return end;
        }
        if ((gap & NN_GAP_COMMA) != 0) {
            return i;
        }
    }
    return end;
}

/** A verb of speech that is no part of a compound: not self-*described*. */
static bool is_verb(const nn_words *words, uint32_t i)
{
    return (words->gaps[i] & NN_GAP_HYPHEN) == 0 && nn_cue_is_verb(words, i);
}

static bool ends_subject(const nn_reading *r, uint32_t i)
{
    const nn_words *words = r->words;
    const nn_form *form = nn_words_form(words, i);
    if (nn_names_at(r->names, i) != NULL) {
        return false;
    }
    if ((form->classes & (NN_CLASS_AUXILIARY | NN_CLASS_THAT)) != 0 || is_verb(words, i)) {
        return true;
    }
    /* "and" may join two subjects, other conjunctions open a clause */
    bool conjunction = (form->classes & NN_CLASS_CONJUNCTION) != 0;
    return conjunction && form->letters > 3;
}

/** Moves the start of a subject over what stands before it: *In Moscow on Friday* the minister. */
static uint32_t skip_adverbials(const nn_reading *r, uint32_t begin, uint32_t end)
{
    const nn_words *words = r->words;
    while (begin < end) {
        const nn_form *form = nn_words_form(words, begin);
        bool pronoun = (form->classes & (NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)) != 0;
        uint32_t skipped =
            NN_CLASS_CONJUNCTION | NN_CLASS_ADVERB | NN_CLASS_TIME | NN_CLASS_AUXILIARY;
        bool small = ((form->shape & NN_SHAPE_NUMBER) != 0 && form->letters == 4) ||
                     (form->classes & skipped) != 0;
        if (!pronoun && small && nn_names_at(r->names, begin) == NULL) {
            begin++;
            continue;
        }
        if ((form->classes & NN_CLASS_PREPOSITION) == 0 || pronoun ||
            (form->classes & NN_CLASS_DETERMINER) != 0) {
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
        if (at >= end) {
            return end;
        }
        begin = at;
    }
    return begin;
}

/** Takes the time off the end of a subject: the ambassadors *on Wednesday* asked. */
static uint32_t trim_time(const nn_words *words, uint32_t end, uint32_t limit)
{
    uint32_t to = end;
    while (to > limit + 1 && nn_words_is(words, to - 1, NN_CLASS_TIME) &&
           (words->gaps[to - 1] & BOUNDARIES) == 0) {
        to--;
    }
    bool time = to < end;
    if (time && to > limit + 1 && nn_words_is(words, to - 1, NN_CLASS_PREPOSITION)) {
        to--;
    }
    return time ? to : end;
}

/** who, qui: stands for the name before it. */
static bool is_relative(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    return (words->language == NN_LEXICON_EN && nn_str_equal(text, nn_str_of("who"))) ||
           (words->language == NN_LEXICON_FR && nn_str_equal(text, nn_str_of("qui")));
}

static nn_word_range subject_before(const nn_reading *r, uint32_t cue, uint32_t limit)
{
    const nn_words *words = r->words;
    nn_word_range none = {cue, cue};
    uint32_t end = verb_begin(words, cue, limit);
    uint32_t name_end = 0;
    if (end <= limit || (words->gaps[end] & BOUNDARIES) != 0) {
        return none;
    }
    if ((words->gaps[end] & NN_GAP_COMMA) != 0) {
        uint32_t before = skip_aside(words, end, limit);
        if (before == end) {
            /* “…,” Marin, the minister, said: the aside reaches back to the mark */
            return none;
        }
        const nn_named *name = nn_names_at(r->names, before);
        bool whole = name != NULL && name->type == NUNCIO_ENTITY_PERSON && name->word_end == end;
        name_end = whole ? end : 0; /* his spokeswoman, *Julia Marin,* said */
        end = before;
    }
    end = trim_time(words, end, limit);
    uint32_t begin = end;
    uint32_t low = end - limit < SUBJECT_WORDS ? limit : end - SUBJECT_WORDS;
    while (begin > low) {
        nn_words_count_work(words, 1);
        uint32_t gap = begin < end ? words->gaps[begin] : 0;
        if ((gap & (BOUNDARIES | NN_GAP_COMMA)) != 0 || is_full_stop(words, begin) ||
            ends_subject(r, begin - 1)) {
            break;
        }
        begin--;
    }
    begin = skip_adverbials(r, begin, end);
    uint32_t pronouns = NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    if (begin + 1 < end && nn_words_is(words, end - 1, pronouns) &&
        nn_names_at(r->names, end - 1) == NULL) {
        begin = end - 1; /* both sides *they* accused */
    }
    if (end - begin == 1 && begin > limit && is_relative(words, begin)) {
        const nn_named *name = nn_names_at(r->names, begin - 1);
        if (name != NULL && name->word_begin >= limit) {
            uint32_t role = nn_role_begin(r->names, words, name->word_begin);
            return (nn_word_range){role >= limit ? role : name->word_begin, begin + 1};
        }
        if ((nn_words_form(words, begin - 1)->shape & NN_SHAPE_CAPITAL) != 0) {
            return (nn_word_range){begin - 1, begin + 1};
        }
    }
    return begin < end ? (nn_word_range){begin, name_end > end ? name_end : end} : none;
}

/** The name, with its role, that opens the sentence of word i: the subject that later verbs share.
 */
nn_word_range nn_leading_name(const nn_reading *r, uint32_t i, uint32_t limit)
{
    const nn_words *words = r->words;
    uint32_t begin = nn_sentence_begin(words, i, SUBJECT_WORDS * 2);
    begin = skip_adverbials(r, begin > limit ? begin : limit, i);
    uint32_t high = i - begin < SUBJECT_WORDS ? i : begin + SUBJECT_WORDS;
    if (begin < i && nn_names_at(r->names, begin) == NULL &&
        nn_words_is(words, begin, NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)) {
        return (nn_word_range){begin, begin + 1};
    }
    for (uint32_t k = begin; k < high; k++) {
        const nn_named *name = nn_names_at(r->names, k);
        if (name != NULL && name->type == NUNCIO_ENTITY_PERSON && k == name->word_begin) {
            uint32_t role = nn_role_begin(r->names, words, k);
            return role <= begin + 1 ? (nn_word_range){begin, name->word_end}
                                     : (nn_word_range){i, i};
        }
        if (nn_words_is(words, k, NN_CLASS_AUXILIARY | NN_CLASS_CONJUNCTION)) {
            break;
        }
    }
    return (nn_word_range){i, i};
}

/** The subject of a verb that "and" joins to one before it: Marin met Oblov *and urged* him to … */
static nn_word_range shared_subject(const nn_reading *r, uint32_t end, uint32_t limit)
{
    uint32_t low = end - limit < 2 * SUBJECT_WORDS ? limit : end - 2 * SUBJECT_WORDS;
    for (uint32_t i = end; i > low; i--) {
        if ((r->words->gaps[i - 1] & NN_GAP_SENTENCE) != 0) {
            break;
        }
        bool joined = i > low + 1 && nn_words_is(r->words, i - 2, NN_CLASS_CONJUNCTION);
        if (nn_cue_is_verb(r->words, i - 1) && !joined) {
            nn_word_range range = subject_before(r, i - 1, limit);
            if (range.begin < range.end) {
                return range;
            }
        }
    }
    return nn_leading_name(r, end, limit);
}

nn_word_range nn_subject_before(const nn_reading *r, uint32_t cue, uint32_t limit)
{
    uint32_t verb = verb_begin(r->words, cue, limit);
    if (verb > limit + 1 && nn_words_is(r->words, verb - 1, NN_CLASS_CONJUNCTION) &&
        nn_names_at(r->names, verb - 1) == NULL) {
        return shared_subject(r, verb - 1, limit);
    }
    return subject_before(r, cue, limit);
}

/** True when a word behind the verb ends the subject: said Marin *on* Friday. */
static bool ends_late_subject(const nn_reading *r, uint32_t i, bool person)
{
    const nn_words *words = r->words;
    const nn_form *form = nn_words_form(words, i);
    if (nn_names_at(r->names, i) != NULL) {
        return false;
    }
    if ((form->classes & (NN_CLASS_AUXILIARY | NN_CLASS_THAT | NN_CLASS_CONJUNCTION |
                          NN_CLASS_PRONOUN | NN_CLASS_TIME | NN_CLASS_ADVERB)) != 0 ||
        nn_cue_is_verb(words, i)) {
        return true;
    }
    if ((form->classes & NN_CLASS_PREPOSITION) == 0 || (form->classes & NN_CLASS_DETERMINER) != 0) {
        return false;
    }
    nuncio_str text = nn_words_text(words, i, i + 1);
    bool of = text.size == 2 && (text.data[0] == 'o' || text.data[0] == 'd') && text.data[1] != 'n';
    bool links = of || (text.size == 3 &&
                        (text.data[0] == 'f' || text.data[0] == 'v' || text.data[0] == 'd'));
    return person || !links; /* of, for, de, von, der */
}

nn_word_range nn_subject_after(const nn_reading *r, uint32_t cue, uint32_t limit)
{
    const nn_words *words = r->words;
    nn_word_range none = {cue, cue};
    uint32_t begin = cue + 1;
    if (begin >= limit ||
        (words->gaps[begin] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE | NN_GAP_HYPHEN)) != 0) {
        return none;
    }
    const nn_form *first = nn_words_form(words, begin);
    if ((first->classes & (NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)) != 0) {
        return (nn_word_range){begin, begin + 1};
    }
    bool capital = (first->shape & NN_SHAPE_CAPITAL) != 0;
    if ((first->classes & NN_CLASS_THAT) != 0) {
        return none;
    }
    uint32_t no_noun = NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_ADVERB |
                       NN_CLASS_TIME | NN_CLASS_AUXILIARY | NN_CLASS_PRONOUN | NN_CLASS_NEGATION;
    bool behind_marks = (words->gaps[cue] & NN_GAP_MARK) != 0; /* “…,” said *residents* */
    bool noun =
        behind_marks && (first->classes & no_noun) == 0 && (first->shape & NN_SHAPE_LY) == 0;
    if (!capital && !noun &&
        (first->classes & (NN_CLASS_DETERMINER | NN_CLASS_ROLE | NN_CLASS_TITLE)) == 0) {
        return none;
    }
    uint32_t high = limit - begin < SUBJECT_WORDS ? limit : begin + SUBJECT_WORDS;
    uint32_t end = begin;
    bool person = false;
    while (end < high) {
        nn_words_count_work(words, 1);
        uint32_t gap = end > begin ? words->gaps[end] : 0;
        if ((gap & (BOUNDARIES | NN_GAP_COMMA)) != 0 || is_full_stop(words, end) ||
            (end > begin && ends_late_subject(r, end, person))) {
            break;
        }
        const nn_named *name = nn_names_at(r->names, end);
        if (person && name == NULL) {
            break; /* said Sergei Lavrov angrily */
        }
        person |= name != NULL && name->type == NUNCIO_ENTITY_PERSON &&
                  (name->word_end >= words->count ||
                   (words->gaps[name->word_end] & NN_GAP_POSSESSIVE) == 0);
        end = name != NULL ? name->word_end : end + 1;
    }
    if (!person && end > begin && end < high && (words->gaps[end] & NN_GAP_COMMA) != 0) {
        const nn_named *name = nn_names_at(r->names, end); /* said the minister, *Julia Marin* */
        end = name != NULL && name->type == NUNCIO_ENTITY_PERSON ? name->word_end : end;
    }
    return end > begin ? (nn_word_range){begin, end < limit ? end : limit} : none;
}
