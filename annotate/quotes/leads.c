/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/leads.h"

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"
#include "annotate/quotes/objects.h"
#include "core/error.h"

enum {
    SOURCE_WORDS = 24,   /* according to *the minister of* … */
    LEAD_WORDS = 8,      /* before the colon of a headline */
    HEADLINE_WORDS = 20, /* a headline that ends with a stop */
    CLAUSE_WORDS = 3,    /* a shorter one is a caption */
    POLL_WORDS = 14      /* of the poll: in *a poll of last week* */
};

static nuncio_status report(const nn_sentence_view *s, uint32_t begin, uint32_t end, uint32_t cue,
                            nn_word_range source, float confidence)
{
    return nn_report(s, (nn_complement){begin, end, confidence}, cue, source, 0);
}

bool nn_leads_up(const nn_words *words, uint32_t from, uint32_t to)
{
    uint32_t small = NN_CLASS_CONJUNCTION | NN_CLASS_ADVERB | NN_CLASS_PREPOSITION | NN_CLASS_TIME;
    const nn_form *form = nn_words_form(words, from);
    bool number = (nn_words_form(words, from + 1)->shape & NN_SHAPE_DIGIT) != 0;
    return to <= from || (((form->classes & small) != 0 || (form->shape & NN_SHAPE_LY) != 0) &&
                          !number && !nn_has_verb(words, from, to));
}

/** True when a thing is done by it, and nobody says it: according to *the rules of* the house. */
static bool is_measure(const nn_words *words, nn_word_range source)
{
    static const char *const measures[] = {
        "principle",  "principles", "terms",        "rule",       "rules",
        "law",        "laws",       "plan",         "plans",      "needs",
        "need",       "wishes",     "criteria",     "provisions", "size",
        "schedule",   "standards",  "formula",      "method",     "procedure",
        "procedures", "custom",     "age",          "merit",      "ability",
        "means",      "spirit",     "letter",       "agreement",  "scale",
        "order",      "tradition",  "pattern",      "patterns",   "circumstances",
        "conditions", "capacity",   "requirements", "priorities", "directives",
        NULL};
    for (uint32_t i = source.begin; i < source.end; i++) {
        if (nn_word_is_among(words, i, measures)) {
            return true;
        }
        if (nn_words_is(words, i, NN_CLASS_PREPOSITION)) {
            break;
        }
    }
    return false;
}

nuncio_status nn_read_according(const nn_sentence_view *s, uint32_t at, uint32_t *next)
{
    static const char *const to[] = {"to", NULL};
    const nn_words *words = s->words;
    uint32_t begin = at + 1;
    begin += begin < s->end && nn_word_is_among(words, begin, to) ? 1u : 0u;
    uint32_t end = begin;
    uint32_t within = NN_GAP_HYPHEN | NN_GAP_POSSESSIVE | NN_GAP_MARK | NN_GAP_OTHER |
                      NN_GAP_AMPERSAND; /* a *Reuters/Ipsos* poll */
    while (end < s->end && end - begin < SOURCE_WORDS &&
           (end == begin || (nn_gap_before(words, end) & ~within) == 0)) {
        end++;
    }
    uint32_t named = begin;
    while (named < end && (nn_words_form(words, named)->shape & NN_SHAPE_CAPITAL) != 0) {
        named++;
    }
    if (words->language == NN_LEXICON_DE && at == s->begin && begin < named && named < end) {
        uint32_t stop = nn_clause_end(s, named); /* Laut Marin *bleibt die Brücke gesperrt* */
        *next = stop;
        return report(s, named, stop, at, (nn_word_range){begin, named}, 0.8F);
    }
    nn_word_range source = {begin, end};
    if (is_measure(words, source)) {
        return NUNCIO_OK;
    }
    bool leads = at == s->begin || (nn_gap_before(words, at) & NN_GAP_COLON) != 0 ||
                 (nn_gap_before(words, at) == 0 && at < s->begin + 2) ||
                 nn_leads_up(words, s->begin, at); /* *In addition,* according to Marin, … */
    *next = end > at + 1 ? end : at + 1;
    if (leads && end < s->end && (nn_gap_before(words, end) & NN_GAP_COMMA) != 0) {
        uint32_t stop = nn_clause_end(s, end);
        *next = stop;
        return report(s, end, stop, at, source, 0.85F);
    }
    return at > s->begin + 1 ? report(s, s->begin, at, at, source, 0.8F) : NUNCIO_OK;
}

nuncio_status nn_read_headline(const nn_sentence_view *s)
{
    const nn_words *words = s->words;
    uint32_t limit = s->end - s->begin < LEAD_WORDS ? s->end : s->begin + LEAD_WORDS;
    uint32_t ends = words->gaps[s->end];
    if ((words->gaps[s->begin] & NN_GAP_PARAGRAPH) == 0 || (ends & NN_GAP_PARAGRAPH) == 0 ||
        ((ends & NN_GAP_STOP) != 0 && s->end - s->begin > HEADLINE_WORDS)) {
        return NUNCIO_OK;
    }
    bool someone = false;
    for (uint32_t i = s->begin; i < limit && nn_word_is_free(s, i); i++) {
        uint32_t gap = i > s->begin ? nn_gap_before(words, i) : 0;
        const nn_named *name = nn_names_at(s->r->names, i);
        if ((gap & NN_GAP_COLON) != 0) {
            nn_word_range who = {s->begin, i};
            bool said = s->end - i > CLAUSE_WORDS && nn_has_verb(words, i, s->end);
            return said && (someone || nn_is_data(words, who))
                       ? report(s, i, s->end, NN_WORD_NONE, who, 0.6F)
                       : NUNCIO_OK;
        }
        if ((gap & ~(uint32_t)(NN_GAP_HYPHEN | NN_GAP_POSSESSIVE)) != 0 ||
            nn_words_is(words, i, NN_CLASS_AUXILIARY | NN_CLASS_CONJUNCTION)) {
            return NUNCIO_OK;
        }
        someone |= nn_words_is(words, i, NN_CLASS_ROLE | NN_CLASS_COLLECTIVE) ||
                   (name != NULL && name->type == NUNCIO_ENTITY_PERSON);
    }
    return NUNCIO_OK;
}

nuncio_status nn_read_poll(const nn_sentence_view *s, uint32_t in)
{
    static const char *const word[] = {"in", "In", NULL};
    static const char *const polls[] = {"poll",    "polls",  "Poll",    "Polls", "survey",
                                        "surveys", "Survey", "polling", NULL};
    const nn_words *words = s->words;
    uint32_t limit = s->end - in < POLL_WORDS ? s->end : in + POLL_WORDS;
    uint32_t tight = NN_GAP_HYPHEN | NN_GAP_POSSESSIVE | NN_GAP_OTHER;
    if (!nn_word_is_among(words, in, word)) {
        return NUNCIO_OK;
    }
    uint32_t i = in + 1;
    while (i < limit && nn_word_is_free(s, i) && (nn_gap_before(words, i) & ~tight) == 0 &&
           !nn_words_is(words, i, NN_CLASS_AUXILIARY | NN_CLASS_PREPOSITION) &&
           !nn_word_is_among(words, i, polls)) {
        i++;
    }
    if (i >= limit || !nn_word_is_among(words, i, polls) ||
        (nn_gap_before(words, i) & ~tight) != 0) {
        return NUNCIO_OK;
    }
    nn_word_range source = {in + 1, i + 1};
    uint32_t begin = i + 1;
    while (begin < s->end && nn_gap_before(words, begin) == 0 && begin < limit) {
        begin++;
    }
    nn_complement told = {begin, s->end, 0.4F};
    bool follows = in == s->begin && begin < s->end && nn_word_is_free(s, begin) &&
                   nn_gap_before(words, begin) == NN_GAP_COMMA;
    return follows ? nn_report(s, told, in, source, NUNCIO_QUOTE_STANCE) : NUNCIO_OK;
}
