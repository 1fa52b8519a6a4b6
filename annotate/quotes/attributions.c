/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/attributions.h"

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"
#include "annotate/quotes/subjects.h"

enum {
    LEAD_WORDS = 8,      /* longest lead before a colon: The spokeswoman: */
    ATTITUDE_WORDS = 10, /* between a verb of attitude and the marks */
    THAT_WORDS = 10      /* and before "that": told the ministers on Monday that “…” */
};

static nn_attribution unattributed(void)
{
    return (nn_attribution){.cue = NN_WORD_NONE};
}

/** Bits of the punctuation inside and behind the end of a span. */
static uint32_t end_gap(const nn_marked_context *d)
{
    return d->words->gaps[d->span->word_end];
}

/** True when what follows the marks is another sentence. A question mark inside them may end the
 * words alone. */
static bool ends_sentence(const nn_marked_context *d)
{
    nuncio_str text = d->words->text;
    uint32_t end = d->span->end;
    if ((end_gap(d) & NN_GAP_SENTENCE) == 0) {
        return false;
    }
    bool asks = end > 0 && (text.data[end - 1] == '?' || text.data[end - 1] == '!' ||
                            text.data[end - 1] == ',');
    uint32_t after = d->span->outer_end;
    bool stopped = after < text.size && text.data[after] == '.';
    return !asks || stopped;
}

/** True when a clause of its own follows a cue: “…,” Marin said *the talks had failed*. */
static bool tells_more(const nn_marked_context *d, uint32_t cue)
{
    const nn_words *words = d->words;
    uint32_t next = cue + 1;
    uint32_t plain = NN_GAP_SPACE | NN_GAP_LINE;
    if (next + 2 >= d->high || (words->gaps[next] & ~plain) != 0 ||
        (nn_words_cue(words, cue) & NN_CUE_SURE) == 0 || nn_time_end(words, next) > next) {
        return false;
    }
    uint32_t opens = NN_CLASS_DETERMINER | NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE |
                     NN_CLASS_PRONOUN_SHE | NN_CLASS_THAT;
    const nn_form *form = nn_words_form(words, next);
    return (form->classes & opens) != 0 || (form->shape & NN_SHAPE_CAPITAL) != 0;
}

/** True when a comma or more ends the words in marks, as before an attribution. */
static bool speech_ends(const nn_marked_context *d)
{
    nuncio_str text = d->words->text;
    char last = d->span->end > d->span->start ? text.data[d->span->end - 1] : 'a';
    return last == ',' || last == '?' || last == '!' || (end_gap(d) & NN_GAP_COMMA) != 0;
}

static nn_attribution look_after(const nn_marked_context *d)
{
    nn_attribution none = unattributed();
    const nn_words *words = d->words;
    uint32_t from = d->span->word_end;
    if (from >= d->high || (end_gap(d) & NN_GAP_PARAGRAPH) != 0 || ends_sentence(d)) {
        return none;
    }
    if ((end_gap(d) & (NN_GAP_COLON | NN_GAP_SEMICOLON)) != 0) {
        return none;
    }
    uint32_t cue = nn_cue_after(words, from, d->high);
    cue = cue == NN_WORD_NONE && speech_ends(d) ? nn_weak_cue_after(words, from, d->high) : cue;
    if (cue == NN_WORD_NONE) {
        return none;
    }
    nn_attribution found = {NN_LINK_AFTER, cue, {cue, cue}, true, false, false};
    found.source = nn_subject_before(d->r, cue, from);
    if (found.source.begin < found.source.end && tells_more(d, cue)) {
        found.adjacent = false;
    }
    if (found.source.begin == found.source.end) {
        found.source = nn_subject_after(d->r, cue, d->high);
        if (found.source.begin == found.source.end && words->language >= NN_LEXICON_LANGUAGES &&
            d->span->word_begin > 0) { /* Marin, “…” dedi. */
            uint32_t low = nn_sentence_begin(words, d->span->word_begin - 1, NN_BEFORE_WORDS);
            found.source = nn_leading_subject(d->r, d->span->word_begin, low);
        }
        uint32_t next = found.source.end;
        if (next < d->high && (words->gaps[next] & ~(uint32_t)NN_GAP_SPACE) == 0 &&
            nn_words_is(words, next, NN_CLASS_AUXILIARY)) {
            return none; /* Oblov, citing “a b,” said *the talks* had failed */
        }
    }
    return found;
}

/** The name behind a dash: “…” — Marin. */
static nn_attribution look_for_signature(const nn_marked_context *d)
{
    const nn_words *words = d->words;
    uint32_t from = d->span->word_end;
    if (from >= d->high || (end_gap(d) & NN_GAP_DASH) == 0) {
        return unattributed();
    }
    const nn_named *name = nn_names_at(d->r->names, from);
    bool ends = name != NULL && name->type == NUNCIO_ENTITY_PERSON &&
                (words->gaps[name->word_end] & (NN_GAP_SENTENCE | NN_GAP_COMMA)) != 0;
    return ends ? (nn_attribution){NN_LINK_LEAD, NN_WORD_NONE, {from, name->word_end},
                                   true,         false,        false}
                : unattributed();
}

/** The nearest cue before word `from`, back to `low`. */
static uint32_t cue_before(const nn_marked_context *d, uint32_t from, uint32_t low,
                           bool *participle)
{
    const nn_words *words = d->words;
    for (uint32_t i = from; i > low; i--) {
        if ((d->r->quotes->covered[i - 1] & NN_COVERED_MARKED) != 0) {
            continue;
        }
        uint32_t cue = nn_words_cue(words, i - 1);
        if ((cue & NN_CUE_EVIDENCE) != 0) {
            continue; /* shows a “lead” */
        }
        *participle = (cue & NN_CUE_ING) != 0;
        if (*participle || nn_cue_is_verb(words, i - 1)) {
            return i - 1;
        }
    }
    return NN_WORD_NONE;
}

/** True when words may name who speaks: not "who", "which", "it". */
static bool names_somebody(const nn_marked_context *d, nn_word_range source)
{
    if (source.begin >= source.end) {
        return false;
    }
    bool alone = source.end - source.begin == 1 && nn_names_at(d->r->names, source.begin) == NULL;
    return !alone || !nn_words_is(d->words, source.begin,
                                  NN_CLASS_PRONOUN | NN_CLASS_DETERMINER | NN_CLASS_CONJUNCTION);
}

/** True when the subject of a verb may stand behind it, right before the marks: *Said Marin:* “…”
 * Not whom it is told to. */
static bool may_follow(const nn_marked_context *d, uint32_t verb)
{
    uint32_t takes = NN_CUE_OBJECT | NN_CUE_TO | NN_CUE_OF;
    if ((nn_words_cue(d->words, verb) & takes) != 0 || d->words->language != NN_LEXICON_EN) {
        return (nn_words_cue(d->words, verb) & takes) == 0;
    }
    return nn_subject_after(d->r, verb, d->span->word_begin).end == d->span->word_begin;
}

/** Whose verb the cue at `cue` is. A participle (adding that “…”) or a clause within (people who
 * said “…”) leaves it to the verbs before it, at last to whoever opens the sentence. */
static nn_word_range speaker_of(const nn_marked_context *d, uint32_t cue, bool participle,
                                uint32_t low)
{
    uint32_t verb = cue;
    while (verb != NN_WORD_NONE) {
        if (!participle) {
            nn_word_range source = nn_subject_before(d->r, verb, low);
            if (source.begin >= source.end && may_follow(d, verb)) {
                source = nn_subject_after(d->r, verb, d->span->word_begin);
            }
            if (names_somebody(d, source)) {
                return source;
            }
        }
        verb = verb > low ? cue_before(d, verb, low, &participle) : NN_WORD_NONE;
    }
    return nn_leading_subject(d->r, cue, low);
}

/** According to Marin, “…”: the words between. */
static nn_attribution look_for_according(const nn_marked_context *d, uint32_t low)
{
    const nn_words *words = d->words;
    uint32_t from = d->span->word_begin;
    uint32_t near = from - low < LEAD_WORDS + 2 ? low : from - LEAD_WORDS - 2;
    for (uint32_t i = from; i > near && (words->gaps[from] & NN_GAP_COMMA) != 0; i--) {
        if (nn_words_is(words, i - 1, NN_CLASS_ACCORDING)) {
            bool to = i < from && nn_words_is(words, i, NN_CLASS_PREPOSITION);
            return (nn_attribution){NN_LINK_BEFORE, i - 1, {to ? i + 1 : i, from},
                                    true,           false, false};
        }
    }
    return unattributed();
}

static nn_attribution look_before(const nn_marked_context *d)
{
    const nn_words *words = d->words;
    uint32_t from = d->span->word_begin;
    uint32_t gap = words->gaps[from];
    uint32_t low = from < NN_BEFORE_WORDS ? 0 : from - NN_BEFORE_WORDS;
    uint32_t sentence = from;
    if ((gap & NN_GAP_SENTENCE) != 0) {
        /* a lead that a sentence start cuts off: He said: “…”, also at the end of a paragraph */
        if ((gap & NN_GAP_COLON) == 0 || from == 0) {
            return unattributed();
        }
        sentence = from - 1;
    }
    sentence = nn_sentence_begin(words, sentence, NN_BEFORE_WORDS);
    low = sentence > low ? sentence : low;
    bool participle = false;
    uint32_t cue = cue_before(d, from, low, &participle);
    if (cue == NN_WORD_NONE) {
        return look_for_according(d, low);
    }
    uint32_t distance = from - cue;
    nn_attribution found = {NN_LINK_BEFORE, cue, {cue, cue}, false, false, false};
    found.adjacent = distance <= 6 && (gap & (NN_GAP_COLON | NN_GAP_COMMA)) != 0;
    found.adjacent |= distance == 1 || (gap & NN_GAP_COLON) != 0;
    found.adjacent |= distance <= THAT_WORDS && nn_words_is(words, from - 1, NN_CLASS_THAT);
    found.weak = (nn_words_cue(words, cue) & NN_CUE_WEAK) != 0;
    found.source = speaker_of(d, cue, participle, low);
    return found;
}

nn_attribution nn_attribute_before(const nn_marked_context *d)
{
    enum { SENTENCE_WORDS = 60 };
    const nn_words *words = d->words;
    uint32_t from = d->span->word_begin;
    if (from == 0 || (words->gaps[from] & NN_GAP_SENTENCE) == 0 ||
        (words->gaps[from] & NN_GAP_PARAGRAPH) != 0) {
        return unattributed();
    }
    uint32_t low = nn_sentence_begin(words, from - 1, SENTENCE_WORDS);
    for (uint32_t i = low; i < from; i++) {
        bool marked = (d->r->quotes->covered[i] & (NN_COVERED_MARKED | NN_COVERED_CUE)) != 0;
        if (marked || !nn_cue_is_verb(words, i)) {
            continue;
        }
        nn_word_range source = nn_subject_before(d->r, i, low);
        if (names_somebody(d, source)) {
            return (nn_attribution){NN_LINK_BEFORE, i, source, false, false, false};
        }
    }
    return unattributed();
}

/** A lead without a verb of speech: *The spokeswoman:* “…”; *Marin* was blunter still: “…” */
static nn_attribution look_for_lead(const nn_marked_context *d)
{
    const nn_words *words = d->words;
    uint32_t from = d->span->word_begin;
    if (from == 0 || (words->gaps[from] & NN_GAP_COLON) == 0) {
        return unattributed();
    }
    uint32_t begin = nn_sentence_begin(words, from - 1, NN_BEFORE_WORDS);
    if (from - begin > LEAD_WORDS) {
        nn_word_range name = nn_leading_subject(d->r, from, begin);
        bool named = name.begin < name.end;
        return named ? (nn_attribution){NN_LINK_BEFORE, NN_WORD_NONE, name, false, false, false}
                     : unattributed();
    }
    bool someone = false;
    for (uint32_t i = begin; i < from; i++) {
        const nn_named *name = nn_names_at(d->r->names, i);
        someone |= nn_words_is(words, i, NN_CLASS_ROLE) ||
                   (name != NULL && name->type == NUNCIO_ENTITY_PERSON);
    }
    while (
        begin + 1 < from &&
        (nn_words_is(words, begin, NN_CLASS_CONJUNCTION | NN_CLASS_PREPOSITION | NN_CLASS_ADVERB) &&
         nn_names_at(d->r->names, begin) == NULL)) {
        begin++; /* *And from* the chairwoman: */
    }
    return someone ? (nn_attribution){NN_LINK_LEAD, NN_WORD_NONE, {begin, from}, true, false, false}
                   : unattributed();
}

/** The attribution that French puts inside the marks: « Non, *a-t-elle expliqué*. Jamais. » */
static nn_attribution look_inside(const nn_marked_context *d)
{
    const nn_words *words = d->words;
    uint32_t he_or_she = NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    for (uint32_t i = d->span->word_begin + 1;
         words->language == NN_LEXICON_FR && i < d->span->word_end; i++) {
        if ((words->gaps[i] & NN_GAP_HYPHEN) == 0 || !nn_words_is(words, i, he_or_she)) {
            continue;
        }
        for (uint32_t k = i > d->span->word_begin + 2 ? i - 2 : d->span->word_begin; k < i + 3;
             k++) {
            if (k < d->span->word_end && nn_cue_is_verb(words, k)) {
                return (nn_attribution){NN_LINK_AFTER, k, {i, i + 1}, true, false, false};
            }
        }
    }
    return unattributed();
}

/** Words in marks that a verb of attitude takes: thanked her for *“…”*. */
static nn_attribution look_for_attitude(const nn_marked_context *d)
{
    const nn_words *words = d->words;
    uint32_t from = d->span->word_begin;
    uint32_t low = from < ATTITUDE_WORDS ? 0 : from - ATTITUDE_WORDS;
    uint32_t parts = NN_GAP_COMMA | NN_GAP_SEMICOLON | NN_GAP_SENTENCE | NN_GAP_DASH | NN_GAP_COLON;
    for (uint32_t i = from; i > low && (words->gaps[i] & parts) == 0; i--) {
        if ((d->r->quotes->covered[i - 1] & NN_COVERED_MARKED) != 0) {
            break;
        }
        if (nn_cue_is_stance(words, i - 1) && !nn_is_infinitive(words, i - 1) &&
            (nn_words_cue(words, i - 1) & NN_CUE_STANCE) != 0) {
            nn_verb_group group = nn_verb_group_of(words, i - 1, 0);
            nn_word_range who = nn_subject_before(d->r, i - 1, nn_sentence_begin(words, i - 1, 40));
            return !group.passive && names_somebody(d, who)
                       ? (nn_attribution){NN_LINK_BEFORE, i - 1, who, false, true, true}
                       : unattributed();
        }
    }
    return unattributed();
}

nn_attribution nn_attribute(const nn_marked_context *d)
{
    uint32_t gap = d->words->gaps[d->span->word_begin];
    bool led_in = (gap & NN_GAP_COLON) != 0;
    bool opens = (gap & NN_GAP_SENTENCE) != 0 || (d->span->flags & NN_SPAN_NO_OPEN) != 0;
    nn_attribution found = unattributed();
    if (led_in) {
        found = look_before(d);
        if (found.link == NN_LINK_NONE) {
            found = look_for_lead(d);
        }
    } else if (!opens) {
        found = look_before(d);
        nn_attribution after = look_after(d);
        bool better =
            found.link == NN_LINK_NONE || (!found.adjacent && (end_gap(d) & NN_GAP_COMMA) != 0);
        found = after.link != NN_LINK_NONE && better ? after : found;
    }
    if (found.link == NN_LINK_NONE) {
        found = look_after(d);
    }
    if (found.link == NN_LINK_NONE) {
        found = look_inside(d);
    }
    if (found.link == NN_LINK_NONE) {
        found = look_for_signature(d);
    }
    return found.link == NN_LINK_NONE ? look_for_attitude(d) : found;
}
