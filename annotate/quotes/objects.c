/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/objects.h"

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"

#define HE_OR_SHE (NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)

enum {
    NOUN_WORDS = 5,    /* up to the noun that counts: voiced *strong and lasting support* */
    LINK_WORDS = 2,    /* spoke *out against* */
    OBJECT_WORDS = 80, /* a longer object is a list or a table */
    TOPIC_WORDS = 8    /* spoke *to voters in Oslo* about */
};

uint32_t nn_object_end(const nn_sentence_view *s, uint32_t begin)
{
    const nn_words *words = s->words;
    uint32_t joins = NN_CLASS_THAT | NN_CLASS_QUESTION;
    uint32_t high = s->end - begin < OBJECT_WORDS ? s->end : begin + OBJECT_WORDS;
    for (uint32_t i = begin + 1; i < high; i++) {
        nn_words_count_work(words, 1);
        uint32_t gap = nn_gap_before(words, i);
        uint32_t ends = NN_GAP_COMMA | NN_GAP_SEMICOLON | NN_GAP_DASH | NN_GAP_COLON;
        if (!nn_word_is_free(s, i)) {
            continue;
        }
        bool closes = (gap & NN_GAP_MARK) != 0 && !nn_word_is_free(s, i - 1);
        if ((gap & ends) != 0 && ((gap & NN_GAP_MARK) == 0 || closes)) {
            return i;
        }
        const nn_form *form = nn_words_form(words, i);
        if ((form->classes & NN_CLASS_CONJUNCTION) == 0) {
            continue;
        }
        bool and_then =
            i + 1 < s->end && (nn_has_verb(words, i + 1, i + 2) || nn_cue_is_verb(words, i + 1) ||
                               nn_cue_is_stance(words, i + 1));
        if (and_then || (form->letters > 3 && (form->classes & joins) == 0)) {
            return i; /* and *opposes* another; *because* it rains */
        }
    }
    return high;
}

/** True when a preposition leads to what is talked of: about, against; not in, from. */
static bool links_topic(const nn_words *words, uint32_t i)
{
    static const char *const links[] = {"about", "against", "for",  "of",      "on",        "over",
                                        "to",    "toward",  "with", "towards", "regarding", NULL};
    return nn_word_is_among(words, i, links);
}

uint32_t nn_behind_noun(const nn_sentence_view *s, uint32_t at)
{
    static const char *const to[] = {"to", NULL};
    const nn_words *words = s->words;
    if (!nn_follows(s, at) || at + 1 >= s->end) {
        return NN_WORD_NONE;
    }
    if (nn_words_is(words, at, NN_CLASS_THAT)) {
        return at + 1;
    }
    uint32_t noun = NN_CLASS_DETERMINER | NN_CLASS_PRONOUN | HE_OR_SHE;
    bool object = nn_words_is(words, at + 1, noun) || nn_names_at(s->r->names, at + 1) != NULL;
    if ((nn_word_is_among(words, at, to) && !object) || nn_words_is(words, at, NN_CLASS_QUESTION)) {
        return at;
    }
    static const char *const in[] = {"confidence", "faith",  "interest", "interested",
                                     "trust",      "belief", NULL};
    static const char *const in_word[] = {"in", NULL};
    bool link = nn_words_is(words, at, NN_CLASS_PREPOSITION) && nn_gap_before(words, at + 1) == 0;
    link = link && (links_topic(words, at) ||
                    (nn_word_is_among(words, at, in_word) && nn_word_is_among(words, at - 1, in)));
    return link && nn_time_end(words, at + 1) == at + 1 ? at + 1 : NN_WORD_NONE;
}

/** The noun that counts behind a light verb, at most NOUN_WORDS on; NONE without one. */
static uint32_t attitude_near(const nn_sentence_view *s, uint32_t from, uint32_t span)
{
    const nn_words *words = s->words;
    uint32_t limit = s->end - from < span ? s->end : from + span;
    for (uint32_t i = from; i < limit; i++) {
        nn_words_count_work(words, 1);
        if (!nn_follows(s, i) || !nn_word_is_free(s, i)) {
            return NN_WORD_NONE;
        }
        if ((nn_words_cue(words, i) & NN_CUE_ATTITUDE) != 0) {
            return i;
        }
        if (nn_words_is(words, i, NN_CLASS_PREPOSITION | NN_CLASS_PRONOUN | NN_CLASS_AUXILIARY)) {
            return NN_WORD_NONE;
        }
    }
    return NN_WORD_NONE;
}

/** True when an object says as what it is seen: *him as a rival*. */
static bool is_rated(const nn_sentence_view *s, uint32_t at)
{
    static const char *const as[] = {"as", NULL};
    static const char *const like[] = {"like", NULL};
    uint32_t limit = s->end - at < TOPIC_WORDS ? s->end : at + TOPIC_WORDS;
    if (nn_word_is_among(s->words, at, like)) {
        return true; /* feels *like a rival* */
    }
    for (uint32_t i = at + 1; i < limit && nn_follows(s, i); i++) {
        if (nn_word_is_among(s->words, i, as)) {
            return true;
        }
    }
    return false;
}

/** True when the preposition at a verb of speaking leads to its topic: not talked *to her*. */
static bool takes_about(const nn_words *words, uint32_t i)
{
    static const char *const links[] = {"about", "against", "for",  "of", "on",
                                        "out",   "up",      "down", NULL};
    return nn_word_is_among(words, i, links);
}

/** What is spoken about: spoke *to voters* about *the plan*. NONE without a topic. */
static uint32_t topic_near(const nn_sentence_view *s, uint32_t at)
{
    uint32_t limit = s->end - at < TOPIC_WORDS ? s->end : at + TOPIC_WORDS;
    uint32_t first = at;
    for (; at + 1 < limit; at++) {
        bool object = (nn_gap_before(s->words, at + 1) & ~(uint32_t)NN_GAP_MARK) == 0;
        if (!nn_follows(s, at) || nn_cue_is_verb(s->words, at)) {
            return NN_WORD_NONE;
        }
        if (takes_about(s->words, at)) {
            at += at + 2 < s->end && takes_about(s->words, at + 1) ? 2 : 1;
            return object && nn_time_end(s->words, at) == at ? at : NN_WORD_NONE;
        }
        bool ly = (nn_words_form(s->words, at)->shape & NN_SHAPE_LY) != 0;
        if (at == first && !ly &&
            !nn_words_is(s->words, at, NN_CLASS_PREPOSITION | NN_CLASS_ADVERB) &&
            nn_time_end(s->words, at) == at) {
            return NN_WORD_NONE;
        }
    }
    return NN_WORD_NONE;
}

bool nn_is_data(const nn_words *words, nn_word_range source)
{
    static const char *const data[] = {
        "poll",       "polls",    "survey",  "surveys", "study",       "studies",   "report",
        "reports",    "record",   "records", "data",    "figures",     "results",   "analysis",
        "research",   "evidence", "review",  "emails",  "filings",     "census",    "ratings",
        "polling",    "findings", "tally",   "count",   "estimate",    "estimates", "documents",
        "document",   "average",  "numbers", "search",  "projections", "video",     "footage",
        "statistics", "returns",  "filing",  "audit",   NULL};
    for (uint32_t i = source.begin; i < source.end; i++) {
        if (nn_word_is_among(words, i, data)) {
            return true;
        }
    }
    return false;
}

uint32_t nn_behind_verb(const nn_sentence_view *s, uint32_t cue, uint32_t at, bool evidence)
{
    static const char *const to[] = {"to", NULL};
    const nn_words *words = s->words;
    uint32_t bits = nn_words_cue(words, cue);
    uint32_t may_stand = NN_GAP_MARK | NN_GAP_OTHER; /* calls for $1 billion */
    bool marked = at < s->end && (nn_gap_before(words, at) & ~may_stand) == 0;
    if (!nn_follows(s, at) && !marked) {
        return NN_WORD_NONE;
    }
    if ((bits & NN_CUE_STANCE) == 0 && !(evidence && (bits & NN_CUE_EVIDENCE) != 0)) {
        uint32_t noun = attitude_near(s, at, NOUN_WORDS);
        return noun == NN_WORD_NONE ? noun : nn_behind_noun(s, noun + 1);
    }
    const nn_form *form = nn_words_form(words, at);
    uint32_t that = nn_find_conjunction(s, at, false);
    if (that != NN_WORD_NONE) {
        return that;
    }
    if (nn_word_is_among(words, at, to) && (bits & NN_CUE_TAKES_TO) != 0) {
        return at;
    }
    if ((bits & NN_CUE_ONLY_TO) != 0) {
        static const char *const forward[] = {"forward", NULL};
        bool ahead = nn_word_is_among(words, at, forward) && at + 2 < s->end &&
                     nn_follows(s, at + 1) && nn_word_is_among(words, at + 1, to);
        static const char *const seeks[] = {"for", NULL};
        bool sought =
            nn_word_is_among(words, at, seeks) && at + 1 < s->end && nn_follows(s, at + 1);
        return ahead ? at + 2 : sought ? at + 1 : NN_WORD_NONE; /* looking forward to *it* */
    }
    bool particle = (form->classes & (NN_CLASS_PREPOSITION | NN_CLASS_ADVERB)) != 0;
    if (!particle && nn_opens_with_subject(s, at)) {
        return at; /* worry *it will* end */
    }
    if ((bits & NN_CUE_TAKES_AS) != 0) {
        return is_rated(s, at) ? at : NN_WORD_NONE;
    }
    if ((bits & NN_CUE_ABOUT) != 0) {
        uint32_t topic = topic_near(s, at);
        if (topic != NN_WORD_NONE || (bits & NN_CUE_TAKES) == 0) {
            return topic;
        }
    }
    if (particle && (bits & NN_CUE_LINKED) != 0) {
        uint32_t high = at + LINK_WORDS;
        while (at < high && nn_follows(s, at) &&
               nn_words_is(words, at, NN_CLASS_PREPOSITION | NN_CLASS_ADVERB)) {
            at++;
        }
        bool object = at < s->end && (nn_gap_before(words, at) & ~may_stand) == 0;
        return object && nn_time_end(words, at) == at ? at : NN_WORD_NONE;
    }
    uint32_t no_object = NN_CLASS_PREPOSITION | NN_CLASS_ADVERB | NN_CLASS_AUXILIARY;
    bool conjunction =
        (form->classes & NN_CLASS_CONJUNCTION) != 0 && (form->classes & NN_CLASS_QUESTION) == 0;
    if ((bits & (NN_CUE_TAKES | NN_CUE_TAKES_TO | NN_CUE_EVIDENCE)) == 0 ||
        (form->classes & no_object) != 0 || conjunction || nn_time_end(words, at) > at) {
        return NN_WORD_NONE;
    }
    return at;
}
