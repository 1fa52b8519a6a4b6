/* SPDX-License-Identifier: Apache-2.0 */
/* Spans that begin or end at the wrong word, most of them persons, whatever found them, set right
 * by the rest of the article before names are resolved:
 *
 *   [Henry A]. [Kissinger]            → [Henry A. Kissinger]   an initial leads on to the surname
 *   [Chou En]-lai                     → [Chou En-lai]          a syllable of the given name
 *   [Strong, Talbot] [Nasution/Malik] → two each
 *   [Rusk-Ramos]                      → two                    who are named apart as well
 *   [Believe Wang] [Marcos Visit]     → [Wang] [Marcos]
 *
 * Names of all other types lose small words at their end: [Council of the] → [Council].
 *
 * Cost: each span is read once and grows by a bounded number of words. */
#include "annotate/names/name_rules.h"
#include "annotate/names/names.h"
#include "annotate/names/names_internal.h"
#include "annotate/quotes/cues.h"
#include "core/error.h"
#include "core/str.h"
#include "text/name_syllables.h"

enum {
    GROWTH_MAX = 6, /* words that a span may grow by */
    PLAIN_GAP = NN_GAP_SPACE | NN_GAP_LINE
};

typedef struct mender {
    nn_names *names;
    const nn_words *words;
    nuncio_error *error;
    size_t count; /* of names->merged */
} mender;

static bool is_capital(const mender *m, uint32_t word)
{
    return (nn_words_form(m->words, word)->shape & NN_SHAPE_CAPITAL) != 0;
}

static bool is_initial(const mender *m, uint32_t word)
{
    return (nn_words_form(m->words, word)->shape & NN_SHAPE_INITIAL) != 0;
}

/** True when the article calls a person by the word as a surname: it ends a name, or stands alone
 * without being a given name. */
static bool is_surname(const mender *m, uint32_t word)
{
    const nn_short_form *form = nn_short_form_at(m->names, m->words, word);
    return form != NULL && form->surname;
}

/** True for a given name, as far as lists go. */
static bool is_given(const mender *m, uint32_t word)
{
    const nn_form *form = nn_words_form(m->words, word);
    return (form->classes & NN_CLASS_GIVEN) != 0 || (form->known & NN_KNOWN_GIVEN) != 0;
}

/** True for what persons have, which is no part of their names: Kennedy *Library*. */
static bool is_thing(const mender *m, uint32_t word)
{
    static const char *const things[] = {
        "Administration", "Appointment", "Campaign", "Committee", "Conversation",
        "Correspondence", "Diaries",     "Doctrine", "Exchange",  "Files",
        "Government",     "Letter",      "Library",  "Meeting",   "Memorandum",
        "Mission",        "Papers",      "Plan",     "Proposal",  "Regime",
        "Report",         "Series",      "Speech",   "Talks",     "Trip",
        "Visit",          NULL};
    return nn_word_is_among(m->words, word, things);
}

/* ---- growing ---- */

/** True when word `at` goes on a name that an initial ends: Henry A. *Kissinger*. */
static bool follows_initial(const mender *m, uint32_t at, const nn_named *next)
{
    const nn_words *words = m->words;
    uint32_t allowed = PLAIN_GAP | NN_GAP_STOP | NN_GAP_SENTENCE;
    if ((words->gaps[at] & ~allowed) != 0 || !is_capital(m, at) || is_initial(m, at)) {
        return false;
    }
    if (next != NULL && next->word_begin <= at) {
        return next->word_begin == at && next->type == NUNCIO_ENTITY_PERSON;
    }
    const nn_form *form = nn_words_form(words, at);
    uint32_t never = NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION |
                     NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE |
                     NN_CLASS_AUXILIARY | NN_CLASS_ADVERB | NN_CLASS_TITLE | NN_CLASS_ROLE |
                     NN_CLASS_COMMON | NN_CLASS_TIME;
    return (form->classes & never) == 0 && form->letters > 2 && !nn_cue_is_verb(words, at);
}

/** End of the person's name [.., end) with the initials behind it and what they lead on to. */
static uint32_t grow_by_initials(const mender *m, uint32_t end, const nn_named *next)
{
    enum { INITIALS_MAX = 2 };
    const nn_words *words = m->words;
    uint32_t at = end;
    while (at < words->count && at < end + INITIALS_MAX && is_initial(m, at) &&
           (words->gaps[at] & ~(uint32_t)(PLAIN_GAP | NN_GAP_STOP)) == 0 &&
           (next == NULL || next->word_begin > at)) {
        at++;
    }
    bool stop = at < words->count && is_initial(m, at - 1) && (words->gaps[at] & NN_GAP_STOP) != 0;
    if (!stop || !follows_initial(m, at, next)) {
        return end;
    }
    return next != NULL && next->word_begin == at ? next->word_end : at + 1;
}

/** End of a name with the syllables that hyphens join to it: Chou En*-lai*. */
static uint32_t grow_by_syllable(const mender *m, uint32_t end, const nn_named *next)
{
    const nn_words *words = m->words;
    bool free = end < words->count && words->gaps[end] == NN_GAP_HYPHEN &&
                (next == NULL || next->word_begin > end);
    if (!free || is_capital(m, end)) {
        return end;
    }
    nuncio_str before = nn_string_map_key(words->folds, nn_words_form(words, end - 1)->fold);
    nuncio_str folded = nn_string_map_key(words->folds, nn_words_form(words, end)->fold);
    bool syllables = nn_name_syllables(before) == 1 && nn_name_syllables(folded) == 1;
    return syllables ? end + 1 : end;
}

/** End of the person that span `*i` begins; `*i` becomes the last span that it takes in. */
static uint32_t grow(const mender *m, size_t *i)
{
    const nn_names *names = m->names;
    uint32_t begin = names->spans[*i].word_end;
    uint32_t end = begin;
    for (uint32_t before = 0; before != end && end - begin < GROWTH_MAX;) {
        const nn_named *next = *i + 1 < names->count ? &names->spans[*i + 1] : NULL;
        before = end;
        nn_words_count_work(m->words, 1);
        end = grow_by_syllable(m, grow_by_initials(m, end, next), next);
        *i += next != NULL && next->word_begin < end ? 1 : 0;
    }
    return end;
}

/* ---- cutting ---- */

/** True when a mark or bracket inside [begin, end) has its other one there: Thomas “Tip” O’Neill.
 */
static bool has_pair(const mender *m, uint32_t begin, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t w = begin + 1; w < end; w++) {
        count += (m->words->gaps[w] & (NN_GAP_MARK | NN_GAP_OPEN | NN_GAP_CLOSE)) != 0;
    }
    return count == 2;
}

/** True when a quotation mark that is no apostrophe stands before word w. */
static bool is_quoted(const mender *m, uint32_t w)
{
    static const char *const marks[] = {"\"",           "\xE2\x80\x9C", "\xE2\x80\x9D",
                                        "\xE2\x80\x9E", "\xC2\xAB",     "\xC2\xBB"};
    const nn_words *words = m->words;
    bool quoted = false;
    if ((words->gaps[w] & NN_GAP_MARK) == 0) {
        return false;
    }
    for (uint32_t at = words->tokens[w - 1].end; at < words->tokens[w].start && !quoted; at++) {
        nuncio_str rest = nn_str(words->text.data + at, words->tokens[w].start - at);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            quoted = quoted || nn_str_starts_with(rest, nn_str_of(marks[i]));
        }
    }
    return quoted;
}

/** True when no name that begins at word `from` goes over what stands before word w: *Strong,
 * Talbot* and *Rusk-Ramos*, not *Townsend, George* or *John Spencer-Churchill*. */
static bool is_cut(const mender *m, uint32_t from, uint32_t w, bool paired)
{
    const nn_words *words = m->words;
    uint32_t gap = words->gaps[w];
    if ((gap & (NN_GAP_PARAGRAPH | NN_GAP_COLON | NN_GAP_SEMICOLON)) != 0) {
        return true;
    }
    if ((gap & (NN_GAP_OPEN | NN_GAP_CLOSE)) != 0 || is_quoted(m, w)) {
        return !paired;
    }
    if ((gap & NN_GAP_OTHER) != 0) {
        uint32_t end = words->tokens[w - 1].end;
        return end < words->text.size && words->text.data[end] == '/';
    }
    if ((gap & NN_GAP_COMMA) != 0) {
        return !is_given(m, w) && !is_initial(m, w) && !nn_words_is(words, w, NN_CLASS_SUFFIX);
    }
    if ((gap & NN_GAP_DASH) != 0) {
        return !nn_words_is(words, w - 1, NN_CLASS_PARTICLE) &&
               (is_surname(m, w - 1) || is_surname(m, w));
    }
    return (gap & (NN_GAP_HYPHEN | NN_GAP_AMPERSAND)) != 0 && from + 1 == w && is_capital(m, w) &&
           !is_given(m, from) && is_surname(m, from) && is_surname(m, w);
}

/** True for a small word between two persons: Wilkins *to* Rountree. */
static bool is_link(const mender *m, uint32_t w)
{
    static const char *const links[] = {"to", "and", "from", "with", NULL};
    return nn_word_is_among(m->words, w, links) && is_surname(m, w - 1) && is_surname(m, w + 1);
}

/** Keeps what of the words [begin, end) is a person: without what they have behind the name, or a
 * verb of speech before it that opens the sentence. */
static nuncio_status push_part(mender *m, nn_named span, uint32_t begin, uint32_t end)
{
    const nn_words *words = m->words;
    bool whole = begin == span.word_begin && end == span.word_end;
    bool opens = (words->gaps[begin] & (NN_GAP_SENTENCE | NN_GAP_PARAGRAPH)) != 0;
    while (end - begin > 1 && is_thing(m, end - 1)) {
        end--;
    }
    if (end - begin == 2 && opens && nn_cue_is_verb(words, begin) && is_surname(m, end - 1)) {
        begin++;
    }
    bool named = whole;
    for (uint32_t w = begin; w < end && !named; w++) {
        named = is_capital(m, w) && !is_initial(m, w);
    }
    span.word_begin = begin;
    span.word_end = end;
    return named ? nn_names_merge(m->names, span, &m->count, m->error) : NUNCIO_OK;
}

/** Pushes the persons among the words [begin, end) of a span. */
static nuncio_status push_parts(mender *m, nn_named span, uint32_t begin, uint32_t end)
{
    bool paired = has_pair(m, begin, end);
    uint32_t from = begin;
    nn_words_count_work(m->words, end - begin);
    for (uint32_t w = begin + 1; w < end; w++) {
        bool link = w + 1 < end && is_link(m, w);
        if (link || is_cut(m, from, w, paired)) {
            if (from < w) {
                NN_TRY(push_part(m, span, from, w));
            }
            from = link ? w + 1 : w;
        }
    }
    return from < end ? push_part(m, span, from, end) : NUNCIO_OK;
}

/* ---- all ---- */

/** Cuts small words off the end of a name, whatever they would lead on to: Council *of the*. */
static void cut_links(const mender *m, nn_named *span)
{
    static const char *const links[] = {"of", "the", "The", "for", "and", "on", NULL};
    while (span->word_end - span->word_begin > 1 &&
           nn_word_is_among(m->words, span->word_end - 1, links)) {
        span->word_end--;
    }
}

/** Notes the surnames: what ends a name of several words that nothing inside it parts; alone, what
 * is no given name or follows a title. */
static void note_surnames(const mender *m)
{
    const nn_names *names = m->names;
    for (size_t i = 0; i < names->count; i++) {
        const nn_named *span = &names->spans[i];
        uint32_t last = nn_name_last_word(m->words, span);
        bool whole = span->type == NUNCIO_ENTITY_PERSON && !is_thing(m, last);
        for (uint32_t w = span->word_begin + 1; w < span->word_end && whole; w++) {
            whole = (m->words->gaps[w] & ~(uint32_t)(PLAIN_GAP | NN_GAP_STOP)) == 0;
        }
        bool sure =
            last > span->word_begin || !is_given(m, last) || nn_name_after_title(m->words, last);
        if (whole && sure && !is_initial(m, last)) {
            nn_short_form_make(m->names, m->words, last)->surname = true;
        }
    }
}

nuncio_status nn_names_mend(nn_names *names, const nn_words *words, nuncio_error *error)
{
    mender m = {.names = names, .words = words, .error = error};
    note_surnames(&m);
    for (size_t i = 0; i < names->count; i++) {
        nn_named span = names->spans[i];
        if (span.type == NUNCIO_ENTITY_PERSON) {
            uint32_t begin = span.word_begin;
            uint32_t end = grow(&m, &i);
            NN_TRY(push_parts(&m, span, begin, end));
        } else {
            cut_links(&m, &span);
            NN_TRY(nn_names_merge(names, span, &m.count, error));
        }
    }
    nn_names_take_merged(names, m.count);
    return NUNCIO_OK;
}
