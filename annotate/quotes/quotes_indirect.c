/* SPDX-License-Identifier: Apache-2.0 */
/* Words without marks that somebody is told to have said or to hold, a sentence at a time:
 *
 *   SUBJECT said that CLAUSE.                 what a cue governs: complements.c, stances.c
 *   CLAUSE, SUBJECT said.                     the cue at the sentence's end
 *   Still, SUBJECT said, CLAUSE.              or in its middle
 *   According to SUBJECT, CLAUSE.             and the other way round
 */
#include "annotate/quotes/clauses.h"
#include "annotate/quotes/complements.h"
#include "annotate/quotes/cues.h"
#include "annotate/quotes/leads.h"
#include "annotate/quotes/speakers.h"
#include "annotate/quotes/stances.h"
#include "annotate/quotes/subjects.h"
#include "core/error.h"

enum {
    SENTENCE_WORDS = 200, /* longer sentences are lists and tables */
    CLAUSE_WORDS_MIN = 2,
    CLAUSE_WORDS = 3,
    PART_WORDS = 3,      /* the part before an attribution in the middle is a clause from here on */
    PLAIN_WORDS = 8,     /* words before a trailing attribution are one even if no verb is seen */
    ADVERBIAL_WORDS = 8, /* as Marin said *in a letter last week,* */
    THEY_WORDS = 80,     /* back to whom “they” means */
    HEARER_WORDS = 8     /* told *the newspaper of the party* */
};

/** The marked span that holds word i, or NULL. */
static const nn_span_marked *marked_at(const nn_sentence_view *s, uint32_t i)
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

/** True when somebody can be “they”: several, or a body. */
static bool may_be_they(const nn_speaker *speaker)
{
    return speaker->name.data != NULL && speaker->type != NUNCIO_ENTITY_PERSON;
}

/** “They” are those who spoke last, near by, else the subject of the sentence before. */
static nuncio_status take_up_they(const nn_sentence_view *s, nn_speech *speech)
{
    static const char *const they[] = {"they", "They", NULL};
    const nn_quotes *quotes = s->r->quotes;
    if (speech->source.end - speech->source.begin != 1 ||
        !nn_word_is_among(s->words, speech->source.begin, they)) {
        return NUNCIO_OK;
    }
    const nn_speech *last =
        quotes->count > quotes->direct_end ? &quotes->items[quotes->count - 1] : NULL;
    bool near = last != NULL && last->word_begin < speech->source.begin &&
                speech->source.begin - last->word_begin < THEY_WORDS;
    nn_speaker who = near ? last->speaker : (nn_speaker){.entity = NN_ENTITY_NONE};
    if (!may_be_they(&who) && s->begin > 0 && (s->words->gaps[s->begin] & NN_GAP_PARAGRAPH) == 0) {
        nn_word_range subject = nn_leading_subject(s->r, s->begin - 1, 0);
        NN_TRY(nn_speaker_resolve(s->r, subject, &who));
    }
    if (may_be_they(&who)) {
        speech->speaker = who;
        speech->speaker.certainty *= 0.7F;
    }
    return NUNCIO_OK;
}

nuncio_status nn_report(const nn_sentence_view *s, nn_complement told, uint32_t cue,
                        nn_word_range source, uint32_t flags)
{
    const nn_words *words = s->words;
    uint32_t begin = told.begin;
    uint32_t end = told.end;
    bool stance = (flags & NUNCIO_QUOTE_STANCE) != 0;
    if ((stance && !s->r->quotes->stances_wanted) ||
        end < begin + (stance ? 1 : CLAUSE_WORDS_MIN) || (source.begin >= source.end && !stance)) {
        return NUNCIO_OK;
    }
    /* words in marks come with their marks; when they are all there is, the direct quote says it
     * already */
    const nn_span_marked *first = marked_at(s, begin);
    const nn_span_marked *last = marked_at(s, end - 1);
    bool spoken = (s->r->quotes->covered[begin] & NN_COVERED_SPEECH) != 0;
    if (first != NULL && first == last && (spoken || !stance)) {
        return NUNCIO_OK;
    }
    nn_speech speech = {.start = first != NULL ? first->outer_start : words->tokens[begin].start,
                        .end = last != NULL ? last->outer_end : words->tokens[end - 1].end,
                        .word_begin = begin,
                        .word_end = end,
                        .source = source,
                        .cue = cue,
                        .flags = flags,
                        .confidence = told.confidence};
    if (source.begin >= source.end) { /* was expected to: by nobody named */
        speech.speaker.entity = NN_ENTITY_NONE;
        return nn_quotes_add(s->r, speech);
    }
    NN_TRY(nn_speaker_resolve(s->r, source, &speech.speaker));
    if (speech.speaker.name.data == NULL) {
        NN_TRY(take_up_they(s, &speech));
    }
    static const char *const owners[] = {"his", "her",   "their", "its", "my",  "our", "His",
                                         "Her", "Their", "Its",   "My",  "Our", NULL};
    uint32_t pronouns = NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    if (speech.speaker.name.data == NULL && !nn_words_is(words, source.begin, pronouns) &&
        !(stance && nn_word_is_among(words, source.begin, owners))) {
        if (cue == NN_WORD_NONE || !nn_words_is(words, cue, NN_CLASS_ACCORDING)) {
            return NUNCIO_OK; /* nobody that could speak */
        }
        NN_TRY(nn_speaker_describe(s->r, source, &speech.speaker));
    }
    return nn_quotes_add(s->r, speech);
}

static nuncio_status report(const nn_sentence_view *s, uint32_t begin, uint32_t end, uint32_t cue,
                            nn_word_range source, float confidence)
{
    return nn_report(s, (nn_complement){begin, end, confidence}, cue, source, 0);
}

static bool is_empty(nn_word_range range)
{
    return range.begin >= range.end;
}

/** True when [from, to) before an attribution can be what was said: not *Asked about it,* he said.
 */
static bool may_be_said(const nn_sentence_view *s, uint32_t from, uint32_t to)
{
    const nn_words *words = s->words;
    static const char *const openers[] = {"asked", "Asked", "speaking", "Speaking", NULL};
    if (to <= from + 1 || nn_word_is_among(words, from, openers) ||
        (nn_words_is(words, from, NN_CLASS_CONJUNCTION) &&
         nn_word_is_among(words, from + 1, openers))) {
        return false;
    }
    bool adverbial = nn_words_is(words, from, NN_CLASS_PREPOSITION) &&
                     (nn_words_form(words, from + 1)->shape & NN_SHAPE_DIGIT) == 0;
    for (uint32_t i = from + 1; adverbial && i < to; i++) {
        adverbial = (nn_gap_before(words, i) & NN_GAP_COMMA) == 0;
    }
    return !adverbial && (to - from >= PLAIN_WORDS || nn_has_verb(words, from, to));
}

/** An attribution in the middle of its sentence: Still, *he said*, CLAUSE. The words on both sides
 * are one quote when neither makes a clause. */
static nuncio_status read_middle(const nn_sentence_view *s, uint32_t cue, uint32_t from,
                                 nn_word_range by, uint32_t behind)
{
    const nn_words *words = s->words;
    uint32_t end = nn_clause_end(s, behind);
    bool goes_on = end > behind + 1 && nn_word_is_free(s, behind) &&
                   (nn_words_cue(words, behind) & NN_CUE_ING) == 0 &&
                   !nn_words_is(words, behind, NN_CLASS_ACCORDING | NN_CLASS_QUESTION);
    if (nn_leads_up(words, from, by.begin)) {
        return goes_on ? report(s, behind, end, cue, by, 0.8F) : NUNCIO_OK;
    }
    if (by.begin >= from + PART_WORDS && may_be_said(s, from, by.begin)) {
        NN_TRY(report(s, from, by.begin, cue, by, 0.85F));
        bool clause = goes_on && nn_has_verb(words, behind, end);
        return clause ? report(s, behind, end, cue, by, 0.75F) : NUNCIO_OK;
    }
    return goes_on ? report(s, from, end, cue, by, 0.7F) : NUNCIO_OK;
}

/** The subject behind a cue that a comma parts from what was said: …, said *Marin*. Not what is a
 * clause: Marin, the minister, said *the talks had failed*. @param[in] before the cue's other
 * subject */
static nn_word_range late_subject(const nn_sentence_view *s, uint32_t cue, nn_word_range before)
{
    const nn_words *words = s->words;
    nn_word_range none = {cue, cue};
    static const char *const both[] = {"asked",  "asks",    "answered",  "answers",
                                       "warned", "advised", "cautioned", NULL};
    bool hearer = (nn_words_cue(words, cue) & NN_CUE_OBJECT) != 0 &&
                  !nn_word_is_among(words, cue, both); /* …, told *Reuters* */
    if ((nn_gap_before(words, cue) & NN_GAP_COMMA) == 0 || hearer) {
        return none;
    }
    nn_word_range by = nn_subject_after(s->r, cue, s->end);
    if (is_empty(by) || nn_words_is(words, cue + 1, NN_CLASS_PRONOUN) ||
        nn_has_verb(words, by.begin, by.end)) {
        return none; /* said he’s had one */
    }
    if (by.end >= s->end || nn_gap_before(words, by.end) != 0 ||
        nn_words_is(words, by.end, NN_CLASS_QUESTION)) {
        return by;
    }
    uint32_t may_follow = NN_CLASS_PREPOSITION | NN_CLASS_TIME | NN_CLASS_ADVERB;
    bool alone = is_empty(before) || nn_names_at(s->r->names, by.end - 1) != NULL;
    return alone && nn_words_is(words, by.end, may_follow) ? by : none;
}

/** First word behind whom a cue at a sentence's end tells: …, Marin told *the newspaper*. */
static uint32_t behind_hearer(const nn_sentence_view *s, uint32_t cue)
{
    uint32_t next = cue + 1;
    if ((nn_words_cue(s->words, cue) & NN_CUE_OBJECT) == 0 || next >= s->end ||
        nn_gap_before(s->words, next) != 0) {
        return next;
    }
    const nn_named *name = nn_names_at(s->r->names, next);
    if (name != NULL) {
        return name->word_end < s->end ? name->word_end : s->end;
    }
    uint32_t limit = s->end - next < HEARER_WORDS ? s->end : next + HEARER_WORDS;
    uint32_t i = next;
    while (i < limit && nn_gap_before(s->words, i) == 0 &&
           !nn_words_is(s->words, i, NN_CLASS_THAT | NN_CLASS_QUESTION | NN_CLASS_AUXILIARY)) {
        i++;
    }
    return i >= s->end || nn_gap_before(s->words, i) != 0 ? i : next;
}

/** True when words open a clause of being: Marin said *there is* hope. */
static bool opens_existence(const nn_words *words, uint32_t i)
{
    static const char *const there[] = {"there", "there's", "there’s", NULL};
    return nn_word_is_among(words, i, there) && i + 1 < words->count &&
           (nn_words_is(words, i + 1, NN_CLASS_AUXILIARY) ||
            (words->gaps[i + 1] & NN_GAP_POSSESSIVE) != 0);
}

/** A cue at the end of its sentence: CLAUSE, SUBJECT said. */
static nuncio_status try_trailing(const nn_sentence_view *s, uint32_t cue, uint32_t from,
                                  nn_word_range by, bool *done)
{
    const nn_words *words = s->words;
    uint32_t next = behind_hearer(s, cue);
    bool ends = next >= s->end || nn_gap_before(words, next) != 0 ||
                (nn_words_is(words, next, NN_CLASS_PREPOSITION | NN_CLASS_TIME | NN_CLASS_ADVERB) &&
                 !opens_existence(words, next));
    *done = false;
    uint32_t parts = NN_GAP_PARAGRAPH | NN_GAP_SENTENCE;
    bool over = next >= words->count ||
                ((words->gaps[next] & parts) != 0 && (words->gaps[next] & NN_GAP_COLON) == 0);
    if (!over && (nn_gap_before(words, next) & (NN_GAP_COLON | NN_GAP_MARK)) != 0) {
        return NUNCIO_OK; /* Speaking in Oslo, Marin said: “…” */
    }
    nn_word_range late = late_subject(s, cue, by);
    if (!is_empty(late) && may_be_said(s, from, cue)) {
        *done = true;
        return report(s, from, cue, cue, late, 0.8F);
    }
    if (is_empty(by) || by.begin <= from) {
        return NUNCIO_OK;
    }
    uint32_t gap = words->gaps[by.begin];
    if (!ends || (gap & NN_GAP_COMMA) == 0 || (gap & NN_GAP_MARK) != 0) {
        return NUNCIO_OK;
    }
    if (next < s->end && (nn_gap_before(words, next) & NN_GAP_COMMA) != 0) {
        *done = true;
        return read_middle(s, cue, from, by, next);
    }
    *done = may_be_said(s, from, by.begin);
    return *done ? report(s, from, by.begin, cue, by, 0.85F) : NUNCIO_OK;
}

/** Who speaks by the cue at `cue`; `at` moves to where what they say may begin. */
static nn_word_range source_of(const nn_sentence_view *s, uint32_t cue, nn_word_range last,
                               bool *negated, uint32_t *at)
{
    uint32_t bits = nn_words_cue(s->words, cue);
    nn_verb_group group = nn_verb_group_of(s->words, cue, s->begin);
    *negated = group.negated;
    *at = cue + 1;
    if (s->words->language == NN_LEXICON_EN && (bits & NN_CUE_VERB) != 0) {
        uint32_t end = nn_cue_particle_end(s->words, cue);
        *at = end > cue + 1 ? end : *at; /* made it clear *that* */
    }
    static const char *const as[] = {"as", "As", NULL};
    bool reported = cue > s->begin && nn_gap_before(s->words, cue) == 0 &&
                    nn_word_is_among(s->words, cue - 1, as); /* *as reported* by Marin, … */
    if (group.passive || reported) {
        return nn_agent_of(s, cue, at);
    }
    if ((bits & NN_CUE_ING) == 0 || (bits & NN_CUE_VERB) != 0 || group.begin < cue) {
        return nn_subject_before(s->r, cue, s->begin);
    }
    /* Marin left the talks, saying that … */
    return is_empty(last) ? nn_leading_subject(s->r, cue, s->begin) : last;
}

/** Where a clause behind a comma begins that was said: *As Marin said on Monday,* the talks had
 * failed; *as reported by Marin,* they had. NONE without. */
static uint32_t behind_as(const nn_sentence_view *s, nn_word_range source, uint32_t cue,
                          uint32_t at)
{
    static const char *const as[] = {"as", "As", NULL};
    uint32_t first = source.begin < cue ? source.begin : cue;
    uint32_t limit = s->end - at < ADVERBIAL_WORDS ? s->end : at + ADVERBIAL_WORDS;
    if (is_empty(source) || first <= s->begin || !nn_word_is_among(s->words, first - 1, as)) {
        return NN_WORD_NONE;
    }
    while (at < limit && nn_gap_before(s->words, at) == 0) {
        at++;
    }
    bool clause = at + CLAUSE_WORDS < s->end && nn_gap_before(s->words, at) == NN_GAP_COMMA &&
                  nn_word_is_free(s, at);
    clause = clause && (source.begin > cue || nn_has_verb(s->words, at, s->end));
    return clause ? at : NN_WORD_NONE;
}

/** True when a sentence begins with a clause of which `source` is the subject: *After Marin* said
 * A, she left. */
static bool opens_clause_before(const nn_sentence_view *s, nn_word_range source)
{
    static const char *const opens[] = {"After",   "When",  "While",    "Before", "Although",
                                        "Though",  "Since", "Because",  "Once",   "If",
                                        "Whereas", "Until", "Whenever", NULL};
    return s->words->language == NN_LEXICON_EN && source.begin == s->begin + 1 &&
           nn_word_is_among(s->words, s->begin, opens);
}

/** Reads the cue at `cue`; `*next` moves behind what it governs. */
static nuncio_status read_cue(const nn_sentence_view *s, uint32_t cue, uint32_t from,
                              nn_word_range *last, uint32_t *next)
{
    const nn_words *words = s->words;
    uint32_t bits = nn_words_cue(words, cue);
    bool participle = (bits & NN_CUE_ING) != 0 && (bits & NN_CUE_VERB) == 0;
    bool negated = false;
    uint32_t at = cue + 1;
    nn_word_range source = source_of(s, cue, *last, &negated, &at);
    bool done = false;
    if (!participle && (bits & NN_CUE_WEAK) == 0 && !negated) {
        NN_TRY(try_trailing(s, cue, from, source, &done));
        if (done) {
            *last = is_empty(source) ? *last : source;
            return NUNCIO_OK;
        }
    }
    if (is_empty(source)) {
        return NUNCIO_OK;
    }
    nn_complement told = nn_complement_of(s, cue, at);
    bool relative = told.begin == NN_WORD_NONE && !is_empty(source) && source.end <= cue &&
                    source.begin > s->begin && at < s->end && nn_gap_before(words, at) == 0 &&
                    nn_words_is(words, source.begin - 1, NN_CLASS_THAT | NN_CLASS_QUESTION);
    if (relative) { /* a plan *that* Marin says will fail */
        told = (nn_complement){at, nn_clause_end(s, at), 0.5F};
    }
    if (told.begin == NN_WORD_NONE) {
        uint32_t begin = behind_as(s, source, cue, at);
        if (begin != NN_WORD_NONE) {
            told = (nn_complement){begin, nn_clause_end(s, begin), 0.7F};
        }
    }
    if (told.begin == NN_WORD_NONE) {
        return NUNCIO_OK;
    }
    *last = is_empty(source) ? *last : source;
    bool within = (source.end - source.begin > 1 && source.end + 2 > cue &&
                   nn_words_is(words, source.end - 1, NN_CLASS_PRONOUN)) ||
                  opens_clause_before(s, source);
    for (uint32_t i = told.begin + 1; within && i < told.end; i++) {
        bool comma = (nn_gap_before(words, i) & NN_GAP_COMMA) != 0;
        told.end = comma ? i : told.end; /* Marin, who said A, left */
    }
    size_t count = s->r->quotes->count;
    NN_TRY(nn_report(s, told, cue, source, negated ? (uint32_t)NUNCIO_QUOTE_STANCE : 0));
    if (s->r->quotes->count > count && !negated) {
        *next = told.end > cue + 1 ? told.end : cue + 1;
    }
    return NUNCIO_OK;
}

/** True when a name of several words holds word i: the Council of the Baltic Sea *States*. */
static bool is_in_name(const nn_sentence_view *s, uint32_t i)
{
    const nn_named *name = nn_names_at(s->r->names, i);
    return name != NULL && name->word_end - name->word_begin > 1;
}

static nuncio_status read_sentence(const nn_sentence_view *s)
{
    const nn_words *words = s->words;
    nn_word_range last = {0, 0};
    uint32_t from = s->begin;
    if (words->language == NN_LEXICON_EN) {
        NN_TRY(nn_read_headline(s));
    }
    for (uint32_t i = s->begin; i < s->end;) {
        uint32_t next = i + 1;
        const nn_form *form = nn_words_form(words, i);
        if ((s->r->quotes->covered[i] & NN_COVERED_CUE) != 0) {
            /* “…,” *she* said, adding that … */
            nn_word_range before = nn_subject_before(s->r, i, s->begin);
            last = is_empty(before) ? nn_subject_after(s->r, i, s->end) : before;
        }
        if (nn_word_is_free(s, i) && (form->classes & NN_CLASS_ACCORDING) != 0) {
            NN_TRY(nn_read_according(s, i, &next));
        } else if (nn_word_is_free(s, i) && form->cue != 0 && !is_in_name(s, i)) {
            size_t count = s->r->quotes->count;
            if (nn_cue_is_verb(words, i) || (form->cue & NN_CUE_ING) != 0) {
                NN_TRY(read_cue(s, i, from, &last, &next));
            }
            if (s->r->quotes->stances_wanted && s->r->quotes->count == count) {
                NN_TRY(nn_stance_read(s, i, last));
            }
        }
        if (s->r->quotes->stances_wanted && words->language == NN_LEXICON_EN &&
            nn_word_is_free(s, i) && form->letters == 2) {
            NN_TRY(nn_read_poll(s, i));
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
        nn_sentence_view s = {r, words, nn_enumerator_end(words, begin, end), end};
        NN_TRY(read_sentence(&s));
        begin = end;
    }
    return NUNCIO_OK;
}
