/* SPDX-License-Identifier: Apache-2.0 */
/* Reported speech without marks, a sentence at a time:
 *
 *   SUBJECT told reporters that CLAUSE.       a cue and its conjunction
 *   SUBJECT said CLAUSE.                      a cue that needs none
 *   SUBJECT urged Moscow to CLAUSE.           an infinitive; accused the West of CLAUSE
 *   CLAUSE, SUBJECT said.                     the cue at the sentence's end
 *   according to SUBJECT, CLAUSE.             and the other way round
 *
 * A clause ends with its sentence, before a second attribution, or before another subject's verb of
 * speech. */
#include "annotate/clauses.h"
#include "annotate/cues.h"
#include "annotate/speakers.h"
#include "core/error.h"
#include "core/str.h"

enum {
    SENTENCE_WORDS = 200, /* longer sentences are lists and tables */
    OBJECT_WORDS = 12,    /* told *the permanent members of the Council* that */
    CLAUSE_WORDS_MIN = 2,
    SURE_WORDS = 3 /* said *no word* is no clause */
};

typedef struct indirect {
    const nn_reading *r;
    const nn_words *words;
    uint32_t begin, end; /* the sentence */
} indirect;

static bool is_free(const indirect *s, uint32_t i)
{
    return (s->r->quotes->covered[i] & (NN_COVERED_MARKED | NN_COVERED_CUE)) == 0;
}

static uint32_t plain_gap(const nn_words *words, uint32_t i)
{
    return words->gaps[i] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE);
}

static bool text_is(const nn_words *words, uint32_t i, const char *text)
{
    return nn_str_equal(nn_words_text(words, i, i + 1), nn_str_of(text));
}

/** The marked span that holds word i, or NULL. */
static const nn_span_marked *marked_at(const indirect *s, uint32_t i)
{
    const nn_span_list *spans = &s->r->spans->found;
    size_t low = 0;
    size_t high = spans->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans->items[middle].word_end <= i) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < spans->count && spans->items[low].word_begin <= i ? &spans->items[low] : NULL;
}

static nuncio_status report(const indirect *s, uint32_t begin, uint32_t end, uint32_t cue,
                            nn_word_range source, float confidence)
{
    const nn_words *words = s->words;
    if (end < begin + CLAUSE_WORDS_MIN || source.begin >= source.end) {
        return NUNCIO_OK;
    }
    /* words in marks come with their marks; when they are all there is, the direct quote says it
     * already */
    const nn_span_marked *first = marked_at(s, begin);
    const nn_span_marked *last = marked_at(s, end - 1);
    if (first != NULL && first == last) {
        return NUNCIO_OK;
    }
    nn_speech speech = {.start = first != NULL ? first->outer_start : words->tokens[begin].start,
                        .end = last != NULL ? last->outer_end : words->tokens[end - 1].end,
                        .word_begin = begin,
                        .word_end = end,
                        .source = source,
                        .cue = cue,
                        .confidence = confidence};
    NN_TRY(nn_speaker_resolve(s->r, source, &speech.speaker));
    uint32_t pronouns = NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    if (speech.speaker.name.data == NULL && !nn_words_is(words, source.begin, pronouns)) {
        return NUNCIO_OK; /* nobody that could speak */
    }
    return nn_quotes_add(s->r, speech);
}

/** Where a clause that begins at `begin` ends: before a trailing attribution or a second reporting
 * clause. */
static uint32_t clause_end(const indirect *s, uint32_t begin)
{
    const nn_words *words = s->words;
    for (uint32_t i = begin + 1; i < s->end; i++) {
        nn_words_count_work(words, 1);
        uint32_t gap = plain_gap(words, i);
        if (!is_free(s, i)) {
            continue;
        }
        if ((gap & (NN_GAP_SEMICOLON | NN_GAP_DASH)) != 0 && (gap & NN_GAP_MARK) == 0) {
            return i;
        }
        if ((gap & NN_GAP_COMMA) == 0) {
            continue;
        }
        bool adding = (nn_words_cue(words, i) & NN_CUE_ING) != 0;
        bool but = nn_words_is(words, i, NN_CLASS_CONJUNCTION) && i + 1 < s->end &&
                   nn_cue_after(words, i + 1, s->end) != NN_WORD_NONE;
        uint32_t cue = nn_cue_after(words, i, s->end);
        bool trailing = cue != NN_WORD_NONE && cue - i < 12 &&
                        (cue + 1 == s->end || plain_gap(words, cue + 1) != 0);
        if (adding || but || trailing || nn_words_is(words, i, NN_CLASS_ACCORDING)) {
            return i;
        }
    }
    return s->end;
}

/** First word behind the object of a cue: told *reporters in Geneva* that. NONE without "that". */
static uint32_t find_that(const indirect *s, uint32_t cue, bool object)
{
    const nn_words *words = s->words;
    uint32_t limit = s->end - cue < OBJECT_WORDS ? s->end : cue + OBJECT_WORDS;
    for (uint32_t i = cue + 1; i < limit; i++) {
        uint32_t gap = plain_gap(words, i);
        if ((gap & ~(uint32_t)(NN_GAP_HYPHEN | NN_GAP_POSSESSIVE | NN_GAP_COMMA)) != 0 ||
            !is_free(s, i)) {
            return NN_WORD_NONE;
        }
        if (nn_words_is(words, i, NN_CLASS_THAT)) {
            return i + 1 < s->end ? i + 1 : NN_WORD_NONE;
        }
        if (words->language == NN_LEXICON_EN &&
            (text_is(words, i, "whether") || text_is(words, i, "if"))) {
            return i; /* asked *whether the talks would resume* */
        }
        bool time = nn_words_is(words, i, NN_CLASS_TIME | NN_CLASS_PREPOSITION | NN_CLASS_ADVERB);
        if (nn_cue_is_verb(words, i) || nn_words_is(words, i, NN_CLASS_AUXILIARY) ||
            (!object && i == cue + 1 && !time)) {
            return NN_WORD_NONE;
        }
    }
    return NN_WORD_NONE;
}

/** True when word i is what a verb of speech may have as its object: said *nothing* about it. */
static bool is_quantity(const nn_words *words, uint32_t i)
{
    static const char *const quantities[] = {"nothing", "something", "anything", "little",
                                             "much",    "so",        "as",       "yes"};
    for (size_t k = 0; k < sizeof quantities / sizeof *quantities; k++) {
        if (text_is(words, i, quantities[k])) {
            return true;
        }
    }
    return false;
}

/** True when the words from i on open a clause with a verb of its own: said *the talks had* failed.
 * `sure`: behind a verb that takes little else, any words will do. */
static bool opens_clause(const indirect *s, uint32_t i, bool sure)
{
    const nn_words *words = s->words;
    if (i >= s->end || !is_free(s, i) || (i > s->begin && plain_gap(words, i) != 0)) {
        return false;
    }
    uint32_t opens =
        NN_CLASS_DETERMINER | NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    const nn_form *first = nn_words_form(words, i);
    bool subject = (first->classes & opens) != 0 ||
                   (first->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_NUMBER)) != 0 ||
                   ((first->classes &
                     (NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_AUXILIARY)) == 0);
    uint32_t limit = s->end - i < 24 ? s->end : i + 24;
    uint32_t no_clause =
        NN_CLASS_PREPOSITION | NN_CLASS_TIME | NN_CLASS_ADVERB | NN_CLASS_CONJUNCTION;
    if (sure && s->end - i >= SURE_WORDS && (first->classes & no_clause) == 0 &&
        !is_quantity(words, i)) {
        return true; /* said *stocks rise* */
    }
    for (uint32_t k = i + 1; subject && k < limit; k++) {
        const nn_form *form = nn_words_form(words, k);
        bool past = form->letters > 3 && (form->shape & NN_SHAPE_LOWER) != 0;
        nuncio_str text = nn_words_text(words, k, k + 1);
        past = past && text.size > 3 && text.data[text.size - 1] == 'd' &&
               text.data[text.size - 2] == 'e';
        if ((form->classes & NN_CLASS_AUXILIARY) != 0 || past) {
            return true;
        }
        if ((plain_gap(words, k) & (NN_GAP_COMMA | NN_GAP_COLON)) != 0) {
            return false;
        }
    }
    return false;
}

/** True when word i is the subject of a verb right behind it: insisted *it would* stay. */
static bool opens_with_subject(const indirect *s, uint32_t i)
{
    const nn_words *words = s->words;
    if (i + 1 >= s->end || !is_free(s, i) || plain_gap(words, i) != 0) {
        return false;
    }
    uint32_t he_or_she = NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    const nn_named *name = nn_names_at(s->r->names, i);
    uint32_t verb = name != NULL ? name->word_end : i + 1;
    bool subject = name != NULL || nn_words_is(words, i, NN_CLASS_PRONOUN | he_or_she);
    return subject && verb < s->end && plain_gap(words, verb) == 0 &&
           nn_words_is(words, verb, NN_CLASS_AUXILIARY);
}

/** True when German goes on behind a comma, without “dass”: sagte, *die Brücke bleibe gesperrt*. */
static bool opens_german_clause(const indirect *s, uint32_t i)
{
    const nn_words *words = s->words;
    if (i + CLAUSE_WORDS_MIN >= s->end || !is_free(s, i) || plain_gap(words, i) != NN_GAP_COMMA) {
        return false;
    }
    uint32_t he_or_she = NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    return nn_words_is(words, i, NN_CLASS_DETERMINER | NN_CLASS_PRONOUN | he_or_she) ||
           (nn_words_form(words, i)->shape & NN_SHAPE_CAPITAL) != 0;
}

static nn_word_range subject_of(const indirect *s, uint32_t cue)
{
    return nn_subject_before(s->r, cue, s->begin);
}

/** urged Moscow *to* leave, accused the West *of* burying it. */
static uint32_t find_link(const indirect *s, uint32_t cue, const char *link)
{
    const nn_words *words = s->words;
    uint32_t limit = s->end - cue < OBJECT_WORDS ? s->end : cue + OBJECT_WORDS;
    for (uint32_t i = cue + 1; i + 1 < limit; i++) {
        if ((plain_gap(words, i) & ~(uint32_t)(NN_GAP_HYPHEN | NN_GAP_POSSESSIVE)) != 0 ||
            !is_free(s, i) || nn_cue_is_verb(words, i)) {
            return NN_WORD_NONE;
        }
        if (text_is(words, i, link)) {
            return i;
        }
    }
    return NN_WORD_NONE;
}

/** A cue at the end of its sentence: CLAUSE, SUBJECT said. */
static nuncio_status try_trailing(const indirect *s, uint32_t cue, uint32_t from,
                                  nn_word_range source)
{
    const nn_words *words = s->words;
    bool ends = cue + 1 >= s->end || plain_gap(words, cue + 1) != 0 ||
                nn_words_is(words, cue + 1, NN_CLASS_PREPOSITION | NN_CLASS_TIME | NN_CLASS_ADVERB);
    if (cue + 1 < words->count && (plain_gap(words, cue + 1) & (NN_GAP_COLON | NN_GAP_MARK)) != 0) {
        return NUNCIO_OK; /* Speaking in Oslo, Marin said: “…” */
    }
    nn_word_range by = source;
    if (by.begin >= by.end || by.begin <= from) {
        by = nn_subject_after(s->r, cue, s->end); /* …, said Marin. */
        bool late = by.begin < by.end && (plain_gap(words, cue) & NN_GAP_COMMA) != 0 &&
                    opens_clause(s, from, false);
        return late ? report(s, from, cue, cue, by, 0.8F) : NUNCIO_OK;
    }
    bool comma = (plain_gap(words, by.begin) & NN_GAP_COMMA) != 0;
    bool marked = (words->gaps[by.begin] & NN_GAP_MARK) != 0;
    return ends && comma && !marked && by.begin > from + 1
               ? report(s, from, by.begin, cue, by, 0.85F)
               : NUNCIO_OK;
}

/** Reads the cue at `cue`; `*next` moves behind what it governs. */
static nuncio_status read_cue(const indirect *s, uint32_t cue, uint32_t from, nn_word_range *last,
                              uint32_t *next)
{
    const nn_words *words = s->words;
    uint32_t bits = nn_words_cue(words, cue);
    bool participle = (bits & NN_CUE_ING) != 0 && (bits & NN_CUE_VERB) == 0;
    nn_word_range source = participle ? *last : subject_of(s, cue);
    if (participle && source.begin >= source.end) {
        source = nn_leading_name(s->r, cue, s->begin); /* Marin left the talks, saying that … */
    }
    uint32_t that = find_that(s, cue, (bits & NN_CUE_OBJECT) != 0 || participle);
    bool sure = (bits & (NN_CUE_BARE | NN_CUE_WEAK | NN_CUE_NOUN)) == NN_CUE_BARE;
    float weak = (bits & NN_CUE_WEAK) != 0 ? 0.75F : 1.0F;
    uint32_t begin = NN_WORD_NONE;
    float confidence = 0;
    if (that != NN_WORD_NONE) {
        begin = that;
        confidence = 0.9F;
    } else if ((bits & NN_CUE_BARE) != 0 && opens_clause(s, cue + 1, sure)) {
        begin = cue + 1;
        confidence = 0.8F;
    } else if (words->language == NN_LEXICON_DE && (bits & NN_CUE_VERB) != 0 &&
               opens_german_clause(s, cue + 1)) {
        begin = cue + 1;
        confidence = 0.7F;
    } else if ((bits & (NN_CUE_VERB | NN_CUE_ING)) != 0 && opens_with_subject(s, cue + 1)) {
        begin = cue + 1; /* insisted it would stay */
        confidence = 0.7F;
    } else if ((bits & NN_CUE_TO) != 0 && find_link(s, cue, "to") != NN_WORD_NONE &&
               (find_link(s, cue, "to") > cue + 1 || (bits & NN_CUE_OBJECT) == 0)) {
        begin = find_link(s, cue, "to"); /* "asked to leave" tells a wish of one's own */
        confidence = 0.6F;
    } else if ((bits & NN_CUE_OF) != 0 && find_link(s, cue, "of") != NN_WORD_NONE) {
        begin = find_link(s, cue, "of") + 1;
        confidence = 0.6F;
    } else if ((bits & NN_CUE_OBJECT) != 0 && find_link(s, cue, "to") == NN_WORD_NONE &&
               cue + 2 < s->end && nn_names_at(s->r->names, cue + 1) != NULL &&
               opens_clause(s, nn_names_at(s->r->names, cue + 1)->word_end, false)) {
        begin = nn_names_at(s->r->names, cue + 1)->word_end; /* told Reuters the deal was off */
        confidence = 0.8F;
    }
    if (begin == NN_WORD_NONE) {
        return participle || (bits & NN_CUE_WEAK) != 0 ? NUNCIO_OK
                                                       : try_trailing(s, cue, from, source);
    }
    *last = source.begin < source.end ? source : *last;
    uint32_t end = clause_end(s, begin);
    bool within = source.end - source.begin > 1 && source.end + 2 > cue &&
                  nn_words_is(words, source.end - 1, NN_CLASS_PRONOUN);
    for (uint32_t i = begin + 1; within && i < end; i++) {
        end = (plain_gap(words, i) & NN_GAP_COMMA) != 0 ? i : end; /* Marin, who said A, left */
    }
    *next = end > cue + 1 ? end : cue + 1;
    return report(s, begin, end, cue, source, confidence * weak);
}

/** According to SUBJECT, CLAUSE; or CLAUSE, according to SUBJECT. */
static nuncio_status read_according(const indirect *s, uint32_t at, uint32_t *next)
{
    const nn_words *words = s->words;
    uint32_t begin = at + 1;
    begin += begin < s->end && text_is(words, begin, "to") ? 1u : 0u;
    uint32_t end = begin;
    while (end < s->end && end - begin < 16 &&
           (end == begin ||
            (plain_gap(words, end) & ~(uint32_t)(NN_GAP_HYPHEN | NN_GAP_POSSESSIVE)) == 0)) {
        end++;
    }
    uint32_t named = begin;
    while (named < end && (nn_words_form(words, named)->shape & NN_SHAPE_CAPITAL) != 0) {
        named++;
    }
    if (words->language == NN_LEXICON_DE && at == s->begin && begin < named && named < end) {
        uint32_t stop = clause_end(s, named); /* Laut Marin *bleibt die Brücke gesperrt* */
        *next = stop;
        return report(s, named, stop, at, (nn_word_range){begin, named}, 0.8F);
    }
    nn_word_range source = {begin, end};
    bool leads = at == s->begin || (plain_gap(words, at) & NN_GAP_COLON) != 0 ||
                 (plain_gap(words, at) == 0 && at < s->begin + 2);
    *next = end > at + 1 ? end : at + 1;
    if (leads && end < s->end && (plain_gap(words, end) & NN_GAP_COMMA) != 0) {
        uint32_t stop = clause_end(s, end);
        *next = stop;
        return report(s, end, stop, at, source, 0.85F);
    }
    return at > s->begin + 1 ? report(s, s->begin, at, at, source, 0.8F) : NUNCIO_OK;
}

static nuncio_status read_sentence(const indirect *s)
{
    const nn_words *words = s->words;
    nn_word_range last = {0, 0};
    uint32_t from = s->begin;
    for (uint32_t i = s->begin; i < s->end;) {
        uint32_t next = i + 1;
        const nn_form *form = nn_words_form(words, i);
        if ((s->r->quotes->covered[i] & NN_COVERED_CUE) != 0) {
            nn_word_range before = subject_of(s, i); /* “…,” *she* said, adding that … */
            last = before.begin < before.end ? before : nn_subject_after(s->r, i, s->end);
        }
        if (is_free(s, i) && ((form->classes & NN_CLASS_ACCORDING) != 0 || form->cue != 0)) {
            bool cue = nn_cue_is_verb(words, i) || (nn_words_cue(words, i) & NN_CUE_ING) != 0;
            if ((form->classes & NN_CLASS_ACCORDING) != 0) {
                NN_TRY(read_according(s, i, &next));
            } else if (cue) {
                NN_TRY(read_cue(s, i, from, &last, &next));
            }
        }
        i = next;
    }
    return NUNCIO_OK;
}

nuncio_status nn_quotes_find_indirect(const nn_reading *r)
{
    const nn_words *words = r->words;
    r->quotes->direct_end = r->quotes->count;
    for (uint32_t begin = 0; begin < words->count;) {
        uint32_t end = begin + 1;
        while (end < words->count && end - begin < SENTENCE_WORDS &&
               (words->gaps[end] & NN_GAP_PARAGRAPH) == 0 &&
               ((words->gaps[end] & NN_GAP_SENTENCE) == 0 ||
                (r->quotes->covered[end] & r->quotes->covered[end - 1] & NN_COVERED_MARKED) != 0)) {
            end++;
        }
        indirect s = {r, words, begin, end};
        NN_TRY(read_sentence(&s));
        begin = end;
    }
    return NUNCIO_OK;
}
