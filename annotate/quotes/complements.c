/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/complements.h"

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"

enum {
    OBJECT_WORDS = 16, /* told *the permanent members of the Council on Friday* that */
    CLAUSE_WORDS = 24, /* where the verb of a clause may stand */
    SUBJECT_WORDS = 8, /* and that of one which only its verb tells */
    SURE_WORDS = 3,    /* said *no word* is no clause */
    HEARER_WORDS = 6,
    NEXT_WORDS = 12 /* of a clause that a comma parts, up to its verb */
};

#define HE_OR_SHE (NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)
#define TIGHT_GAPS ((uint32_t)(NN_GAP_HYPHEN | NN_GAP_POSSESSIVE))

static const nn_complement NOTHING = {NN_WORD_NONE, NN_WORD_NONE, 0};

static nn_complement found(uint32_t begin, float confidence)
{
    return (nn_complement){begin, NN_WORD_NONE, confidence};
}

uint32_t nn_clause_end(const nn_sentence_view *s, uint32_t begin)
{
    const nn_words *words = s->words;
    for (uint32_t i = begin + 1; i < s->end; i++) {
        nn_words_count_work(words, 1);
        uint32_t gap = nn_gap_before(words, i);
        if (!nn_word_is_free(s, i)) {
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
        bool trailing = cue != NN_WORD_NONE && cue - i < NEXT_WORDS &&
                        (cue + 1 == s->end || nn_gap_before(words, cue + 1) != 0 ||
                         (cue > i && !nn_words_is(words, i, NN_CLASS_PRONOUN)));
        if (adding || but || trailing || nn_words_is(words, i, NN_CLASS_ACCORDING)) {
            return i;
        }
    }
    return s->end;
}

/** A past tense by its end: closed. */
static bool is_past(const nn_words *words, uint32_t i)
{
    const nn_form *form = nn_words_form(words, i);
    nuncio_str text = nn_words_text(words, i, i + 1);
    return form->letters > 3 && (form->shape & NN_SHAPE_LOWER) != 0 && text.size > 3 &&
           text.data[text.size - 1] == 'd' && text.data[text.size - 2] == 'e';
}

/** A pronoun with its verb: it's, they'd. */
static bool is_contraction(const nn_words *words, uint32_t i)
{
    if (i + 1 < words->count && (words->gaps[i + 1] & NN_GAP_POSSESSIVE) != 0) {
        return nn_words_is(words, i, NN_CLASS_PRONOUN | HE_OR_SHE);
    }
    nuncio_str text = nn_words_text(words, i, i + 1);
    for (size_t k = 1; k + 1 < text.size; k++) {
        if (text.data[k] == '\'' || (unsigned char)text.data[k] == 0xE2) {
            return nn_words_is(words, i, NN_CLASS_PRONOUN);
        }
    }
    return false;
}

static bool is_verb_form(const nn_words *words, uint32_t i)
{
    return nn_words_is(words, i, NN_CLASS_AUXILIARY) || is_past(words, i) ||
           is_contraction(words, i);
}

bool nn_has_verb(const nn_words *words, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        if (is_verb_form(words, i)) {
            return true;
        }
    }
    return false;
}

/** What the gaps before words up to a conjunction may hold: told *reporters in Geneva, again,*
 * that. */
static bool may_stand_between(uint32_t gap)
{
    return (gap & ~(TIGHT_GAPS | NN_GAP_COMMA | NN_GAP_MARK | NN_GAP_OTHER)) == 0;
}

/** True when word i, behind an object, opens a question, and no relative clause. */
static bool is_question(const nn_words *words, uint32_t i)
{
    static const char *const en[] = {"whether", "if", "how", "why", "what", NULL};
    return nn_words_is(words, i, NN_CLASS_QUESTION) && nn_word_is_among(words, i, en) &&
           (nn_gap_before(words, i) & NN_GAP_COMMA) == 0 &&
           !nn_words_is(words, i - 1, NN_CLASS_PREPOSITION);
}

uint32_t nn_find_conjunction(const nn_sentence_view *s, uint32_t at, bool object)
{
    const nn_words *words = s->words;
    uint32_t limit = s->end - at < OBJECT_WORDS ? s->end : at + OBJECT_WORDS;
    for (uint32_t i = at; i < limit; i++) {
        nn_words_count_work(words, 1);
        if (!may_stand_between(nn_gap_before(words, i))) {
            return NN_WORD_NONE;
        }
        if (!nn_word_is_free(s, i)) {
            bool title = i > at && (!nn_word_is_free(s, i - 1) ||
                                    nn_words_is(words, i - 1, NN_CLASS_PREPOSITION));
            if (!title) {
                return NN_WORD_NONE;
            }
            continue; /* said on “Morning Talk” that */
        }
        if (nn_words_is(words, i, NN_CLASS_THAT)) {
            if (i > at && nn_words_is(words, i - 1, NN_CLASS_PREPOSITION)) {
                return NN_WORD_NONE; /* hinted at that */
            }
            return i + 1 < s->end ? i + 1 : NN_WORD_NONE;
        }
        if (i == at ? nn_words_is(words, i, NN_CLASS_QUESTION) : is_question(words, i)) {
            return i; /* asked *whether the talks would resume* */
        }
        bool time = nn_words_is(words, i, NN_CLASS_TIME | NN_CLASS_PREPOSITION | NN_CLASS_ADVERB);
        if (nn_cue_is_verb(words, i) || nn_words_is(words, i, NN_CLASS_AUXILIARY) ||
            (!object && i == at && !time)) {
            return NN_WORD_NONE;
        }
    }
    return NN_WORD_NONE;
}

/** True when word i is what a verb of speech may have as its object: said *nothing* about it. */
static bool is_quantity(const nn_words *words, uint32_t i)
{
    static const char *const quantities[] = {"nothing", "something", "anything", "little", "much",
                                             "so",      "as",        "yes",      NULL};
    return nn_word_is_among(words, i, quantities);
}

/** True when a number follows: said *about half* of them left. */
static bool opens_number(const nn_words *words, uint32_t i)
{
    static const char *const about[] = {"about", "around", "over", "under", NULL};
    static const char *const shares[] = {"half",  "two",   "three", "four", "five", "six",
                                         "seven", "eight", "nine",  "ten",  "one",  NULL};
    return i + 1 < words->count && nn_word_is_among(words, i, about) &&
           ((nn_words_form(words, i + 1)->shape & NN_SHAPE_DIGIT) != 0 ||
            nn_word_is_among(words, i + 1, shares));
}

bool nn_opens_clause(const nn_sentence_view *s, uint32_t i, bool sure)
{
    const nn_words *words = s->words;
    if (i >= s->end || !nn_word_is_free(s, i) || (i > s->begin && nn_gap_before(words, i) != 0)) {
        return false;
    }
    uint32_t opens = NN_CLASS_DETERMINER | NN_CLASS_PRONOUN | HE_OR_SHE;
    const nn_form *first = nn_words_form(words, i);
    bool subject = (first->classes & opens) != 0 ||
                   (first->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_NUMBER)) != 0 ||
                   ((first->classes &
                     (NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_AUXILIARY)) == 0);
    uint32_t limit = s->end - i < CLAUSE_WORDS ? s->end : i + CLAUSE_WORDS;
    uint32_t no_clause =
        NN_CLASS_PREPOSITION | NN_CLASS_TIME | NN_CLASS_ADVERB | NN_CLASS_CONJUNCTION;
    if (nn_time_end(words, i) > i) {
        return false;
    }
    bool open = (first->classes & no_clause) == 0 || opens_number(words, i);
    if (sure && s->end - i >= SURE_WORDS && open && !is_quantity(words, i)) {
        return true; /* said *stocks rise* */
    }
    if (is_contraction(words, i) && s->end - i >= SURE_WORDS) {
        return true;
    }
    for (uint32_t k = i + 1; subject && k < limit; k++) {
        nn_words_count_work(words, 1);
        if (nn_words_is(words, k, NN_CLASS_AUXILIARY) || is_past(words, k) ||
            nn_cue_is_verb(words, k)) {
            return true;
        }
        if ((nn_gap_before(words, k) & (NN_GAP_COMMA | NN_GAP_COLON)) != 0) {
            return false;
        }
    }
    return false;
}

/** True when word i can only be the subject of a clause. */
static bool is_nominative(const nn_words *words, uint32_t i)
{
    static const char *const en[] = {"he", "she", "they", "we", "I", "it", "there", NULL};
    return words->language == NN_LEXICON_EN &&
           (nn_word_is_among(words, i, en) || is_contraction(words, i));
}

bool nn_opens_with_subject(const nn_sentence_view *s, uint32_t i)
{
    const nn_words *words = s->words;
    if (i + 1 >= s->end || !nn_word_is_free(s, i) || nn_gap_before(words, i) != 0) {
        return false;
    }
    if (is_nominative(words, i)) {
        return nn_gap_before(words, i + 1) == 0 && s->end - i >= SURE_WORDS &&
               !nn_words_is(words, i + 1, NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION);
    }
    const nn_named *name = nn_names_at(s->r->names, i);
    uint32_t verb = name != NULL ? name->word_end : i + 1;
    if (!nn_words_is(words, i, NN_CLASS_DETERMINER)) {
        bool subject = name != NULL || nn_words_is(words, i, NN_CLASS_PRONOUN | HE_OR_SHE);
        return subject && verb < s->end && nn_gap_before(words, verb) == 0 &&
               nn_words_is(words, verb, NN_CLASS_AUXILIARY);
    }
    uint32_t limit = s->end - i < SUBJECT_WORDS ? s->end : i + SUBJECT_WORDS;
    for (uint32_t k = i + 1; k < limit; k++) {
        if ((nn_gap_before(words, k) & ~TIGHT_GAPS) != 0 || !nn_word_is_free(s, k) ||
            nn_words_is(words, k, NN_CLASS_CONJUNCTION | NN_CLASS_THAT | NN_CLASS_PRONOUN)) {
            return false;
        }
        if (nn_words_is(words, k, NN_CLASS_AUXILIARY)) {
            return k > i + 1;
        }
    }
    return false;
}

/** True when German goes on behind a comma, without “dass”: sagte, *die Brücke bleibe gesperrt*. */
static bool opens_german_clause(const nn_sentence_view *s, uint32_t i)
{
    const nn_words *words = s->words;
    if (words->language != NN_LEXICON_DE || i + 2 >= s->end || !nn_word_is_free(s, i) ||
        nn_gap_before(words, i) != NN_GAP_COMMA) {
        return false;
    }
    return nn_words_is(words, i, NN_CLASS_DETERMINER | NN_CLASS_PRONOUN | HE_OR_SHE) ||
           (nn_words_form(words, i)->shape & NN_SHAPE_CAPITAL) != 0;
}

/** The word behind a cue's object: urged Moscow *to* leave, accused the West *of* burying it. */
static uint32_t find_link(const nn_sentence_view *s, uint32_t at, const char *link)
{
    const nn_words *words = s->words;
    const char *const links[] = {link, NULL};
    uint32_t limit = s->end - at < OBJECT_WORDS ? s->end : at + OBJECT_WORDS;
    for (uint32_t i = at; i + 1 < limit; i++) {
        nn_words_count_work(words, 1);
        if ((nn_gap_before(words, i) & ~TIGHT_GAPS) != 0 || !nn_word_is_free(s, i) ||
            nn_cue_is_verb(words, i)) {
            return NN_WORD_NONE;
        }
        if (nn_word_is_among(words, i, links)) {
            return i;
        }
    }
    return NN_WORD_NONE;
}

/** Where a clause without conjunction begins behind time and place: said in Oslo on Friday *the
 * talks had* failed; said for weeks *he is* leaving. */
static uint32_t find_late_clause(const nn_sentence_view *s, uint32_t at)
{
    const nn_words *words = s->words;
    uint32_t limit = s->end - at < OBJECT_WORDS ? s->end : at + OBJECT_WORDS;
    uint32_t leads = NN_CLASS_TIME | NN_CLASS_PREPOSITION | NN_CLASS_ADVERB;
    uint32_t no_end = NN_CLASS_CONJUNCTION | NN_CLASS_PREPOSITION | NN_CLASS_THAT |
                      NN_CLASS_PRONOUN | NN_CLASS_DETERMINER;
    uint32_t time = nn_time_end(words, at);
    if (time == at && !nn_words_is(words, at, leads)) {
        return NN_WORD_NONE;
    }
    for (uint32_t i = at; i < limit; i++) {
        nn_words_count_work(words, 1);
        if (!may_stand_between(nn_gap_before(words, i)) ||
            (i > at && nn_words_is(words, i, NN_CLASS_AUXILIARY))) {
            return NN_WORD_NONE;
        }
        if (i == at || nn_gap_before(words, i) != 0 || !nn_word_is_free(s, i)) {
            continue;
        }
        if (is_nominative(words, i) && s->end - i >= SURE_WORDS &&
            !nn_words_is(words, i - 1, no_end)) {
            return i;
        }
        const nn_named *place = nn_names_at(s->r->names, i - 1);
        bool behind =
            i == time || nn_words_is(words, i - 1, NN_CLASS_TIME | NN_CLASS_ADVERB) ||
            (place != NULL && place->word_end == i && place->type == NUNCIO_ENTITY_PLACE &&
             nn_words_is(words, i, NN_CLASS_DETERMINER));
        if (behind && !nn_words_is(words, i, leads) && nn_time_end(words, i) == i &&
            nn_opens_clause(s, i, false)) {
            return i;
        }
    }
    return NN_WORD_NONE;
}

/** True when a sentence of its own follows, opened by a condition: said *if it rains the talks
 * will* stop. */
static bool opens_condition(const nn_sentence_view *s, uint32_t i)
{
    static const char *const en[] = {"if",     "while", "although", "once",
                                     "unless", "until", "when",     NULL};
    const nn_words *words = s->words;
    return words->language == NN_LEXICON_EN && s->end - i > 2 * SURE_WORDS &&
           nn_word_is_free(s, i) && nn_gap_before(words, i) == 0 &&
           nn_word_is_among(words, i, en) && nn_opens_clause(s, i + 1, false);
}

/** First word behind whom a verb at `at` - 1 tells: told *the Post*, told *reporters*; `at` when
 * nobody is seen. */
static uint32_t behind_hearer(const nn_sentence_view *s, uint32_t at)
{
    const nn_words *words = s->words;
    uint32_t limit = s->end - at < HEARER_WORDS ? s->end : at + HEARER_WORDS;
    uint32_t i = at;
    if (nn_names_at(s->r->names, i) == NULL && nn_words_is(words, i, NN_CLASS_DETERMINER)) {
        i++;
    }
    const nn_named *name = i < limit ? nn_names_at(s->r->names, i) : NULL;
    if (name != NULL) {
        return name->word_end <= s->end ? name->word_end : at;
    }
    uint32_t end = at;
    for (; i < limit && (i == at || (nn_gap_before(words, i) & ~TIGHT_GAPS) == 0); i++) {
        const nn_form *form = nn_words_form(words, i);
        bool head = (form->classes & (NN_CLASS_ROLE | NN_CLASS_COLLECTIVE)) != 0 ||
                    ((form->shape & NN_SHAPE_CAPITAL) != 0 && (form->classes & NN_CLASS_TIME) == 0);
        if (!head) {
            break;
        }
        end = i + 1;
    }
    return end;
}

/** Where a clause begins behind an aside that word `at` opens: says, *win or lose,* he stays. NONE
 * without. */
static uint32_t behind_aside(const nn_sentence_view *s, uint32_t at)
{
    const nn_words *words = s->words;
    uint32_t limit = s->end - at < NEXT_WORDS ? s->end : at + NEXT_WORDS;
    for (uint32_t i = at + 1; i < limit && nn_word_is_free(s, i); i++) {
        uint32_t gap = nn_gap_before(words, i);
        if ((gap & NN_GAP_COMMA) != 0) {
            bool subject = is_nominative(words, i) ||
                           nn_words_is(words, i, NN_CLASS_DETERMINER | NN_CLASS_THAT);
            return subject && s->end - i > SURE_WORDS ? i : NN_WORD_NONE;
        }
        if ((gap & ~TIGHT_GAPS) != 0 || nn_cue_is_verb(words, i)) {
            return NN_WORD_NONE;
        }
    }
    return NN_WORD_NONE;
}

static nn_complement begin_of(const nn_sentence_view *s, uint32_t cue, uint32_t at)
{
    const nn_words *words = s->words;
    uint32_t bits = nn_words_cue(words, cue);
    bool participle = (bits & NN_CUE_ING) != 0 && (bits & NN_CUE_VERB) == 0;
    bool object = (bits & NN_CUE_OBJECT) != 0;
    bool bare = (bits & NN_CUE_BARE) != 0;
    bool sure = (bits & NN_CUE_SURE) != 0;
    if (at >= s->end) {
        return NOTHING;
    }
    if (sure && nn_gap_before(words, at) == NN_GAP_COLON && nn_word_is_free(s, at)) {
        return found(at, 0.7F); /* some say: go */
    }
    uint32_t that = nn_find_conjunction(s, at, object || participle);
    if (that != NN_WORD_NONE) {
        return found(that, 0.9F);
    }
    if (bare && (nn_opens_clause(s, at, sure) || (sure && opens_condition(s, at)))) {
        return found(at, 0.8F);
    }
    if ((bits & NN_CUE_VERB) != 0 && opens_german_clause(s, at)) {
        return found(at, 0.7F);
    }
    if ((bits & (NN_CUE_VERB | NN_CUE_ING)) != 0 && nn_opens_with_subject(s, at)) {
        return found(at, 0.7F); /* insisted it would stay */
    }
    uint32_t to = (bits & NN_CUE_TO) != 0 ? find_link(s, at, "to") : NN_WORD_NONE;
    if (to != NN_WORD_NONE && (to > at || !object)) {
        return found(to, 0.6F); /* "asked to leave" tells a wish of one's own */
    }
    uint32_t of = (bits & NN_CUE_OF) != 0 ? find_link(s, at, "of") : NN_WORD_NONE;
    if (of != NN_WORD_NONE) {
        return found(of + 1, 0.6F);
    }
    uint32_t heard = object && to == NN_WORD_NONE ? behind_hearer(s, at) : at;
    if (heard > at && nn_opens_clause(s, heard, false)) {
        return found(heard, 0.8F); /* told Reuters the deal was off */
    }
    if (heard > at && heard < s->end) {
        uint32_t later = find_late_clause(s, heard); /* told the Post of Oslo last week she would */
        if (later != NN_WORD_NONE) {
            return found(later, 0.7F);
        }
    }
    if (sure && nn_gap_before(words, at) == NN_GAP_COMMA) {
        uint32_t end = behind_aside(s, at);
        if (end != NN_WORD_NONE) {
            return found(end, 0.7F);
        }
    }
    uint32_t late = sure || object || bare ? find_late_clause(s, at) : NN_WORD_NONE;
    return late != NN_WORD_NONE ? found(late, 0.7F) : NOTHING;
}

nn_complement nn_complement_of(const nn_sentence_view *s, uint32_t cue, uint32_t at)
{
    nn_complement complement = begin_of(s, cue, at);
    if (complement.begin != NN_WORD_NONE) {
        complement.end = nn_clause_end(s, complement.begin);
        bool weak = (nn_words_cue(s->words, cue) & NN_CUE_WEAK) != 0;
        complement.confidence *= weak ? 0.75F : 1.0F;
    }
    return complement;
}
