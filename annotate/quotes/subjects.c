/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/subjects.h"

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"
#include "core/str.h"

#include <string.h>

enum {
    SUBJECT_WORDS = 20,
    CLAUSE_WORDS = 14,  /* of a relative clause: officials *who spoke with Reuters* said */
    OPENING_WORDS = 24, /* of a clause that opens a sentence */
    PLAIN_WORDS = 4,    /* of a subject that only its verb tells */
    PLACE_WORDS = 5,    /* of an aside that tells where from */
    ASIDES = 3          /* between a subject and its verb */
};

/** who, qui: stands for the name before it. */
static bool is_relative(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    return (words->language == NN_LEXICON_EN && nn_str_equal(text, nn_str_of("who"))) ||
           (words->language == NN_LEXICON_FR && nn_str_equal(text, nn_str_of("qui")));
}

/** Who is meant by the relative pronoun at word `who`: *Marin, who*, *new voters who*. */
static nn_word_range antecedent(const nn_reading *r, uint32_t who, uint32_t limit)
{
    const nn_words *words = r->words;
    nn_word_range alone = {who, who + 1};
    const nn_named *name = nn_names_at(r->names, who - 1);
    if (name != NULL && name->word_begin >= limit) {
        uint32_t role = nn_role_begin(r->names, words, name->word_begin);
        return (nn_word_range){role >= limit ? role : name->word_begin, who + 1};
    }
    if ((nn_words_form(words, who - 1)->shape & NN_SHAPE_CAPITAL) != 0) {
        return (nn_word_range){who - 1, who + 1};
    }
    nn_word_range noun = nn_noun_before(r, who, limit);
    return noun.begin < noun.end ? (nn_word_range){noun.begin, who + 1} : alone;
}

/** True when the phrase [begin, end) says more of the person named right before it: Marin, *60,* */
static bool is_apposition(const nn_reading *r, uint32_t begin, uint32_t end, uint32_t limit)
{
    const nn_words *words = r->words;
    if (begin <= limit || begin >= end || (words->gaps[begin] & NN_GAP_COMMA) == 0 ||
        (words->gaps[begin] & NN_GAP_MARK) != 0 ||
        nn_words_is(words, begin, NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)) {
        return false;
    }
    const nn_named *before = nn_names_at(r->names, begin - 1);
    const nn_named *own = nn_names_at(r->names, begin);
    return before != NULL && before->type == NUNCIO_ENTITY_PERSON &&
           (own == NULL || own->type != NUNCIO_ENTITY_PERSON);
}

/** The word that opens a relative clause which ends with the phrase [begin, end): who, whose,
 * which. NONE when the phrase stands by itself. */
static uint32_t relative_before(const nn_reading *r, uint32_t begin, uint32_t end, uint32_t limit)
{
    static const char *const opens[] = {"who", "whose", NULL};
    const nn_words *words = r->words;
    if (words->language != NN_LEXICON_EN || end - limit < 3) {
        return NN_WORD_NONE;
    }
    bool cut =
        begin >= end || (begin > limit && (words->gaps[begin] & ~(uint32_t)NN_GAP_SPACE) == 0 &&
                         nn_ends_phrase(r, begin - 1));
    uint32_t low = end - limit < CLAUSE_WORDS ? limit : end - CLAUSE_WORDS;
    for (uint32_t i = end - 1; cut && i > low; i--) {
        nn_words_count_work(words, 1);
        if ((words->gaps[i] & (NN_GAP_BOUNDARIES | NN_GAP_COMMA)) != 0) {
            return NN_WORD_NONE;
        }
        if (nn_word_is_among(words, i, opens)) {
            return i > limit && i + 1 < end ? i : NN_WORD_NONE;
        }
    }
    return NN_WORD_NONE;
}

/** True when the words [begin, end) between commas only tell where from or how old: Marin, *29*,
 * *of Oslo*, *Ohio*, said. */
static bool is_place_or_age(const nn_reading *r, uint32_t begin, uint32_t end)
{
    const nn_words *words = r->words;
    const nn_form *form = nn_words_form(words, begin);
    const nn_named *name = nn_names_at(r->names, begin);
    bool alone = end == begin + 1 || (name != NULL && name->word_end == end);
    bool place =
        name == NULL || name->type == NUNCIO_ENTITY_PLACE || (words->gaps[end] & NN_GAP_STOP) != 0;
    return (alone && place && (form->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_NUMBER)) != 0) ||
           (end - begin < PLACE_WORDS && name == NULL &&
            nn_words_is(words, begin, NN_CLASS_PREPOSITION));
}

/** Before the asides of which the last is [begin, end): back to a person's name over places and
 * age; `begin` when they lead to none. */
static uint32_t asides_begin(const nn_reading *r, uint32_t begin, uint32_t end, uint32_t limit)
{
    uint32_t at = begin;
    for (uint32_t asides = 0; asides < ASIDES && at > limit; asides++) {
        const nn_named *name = nn_names_at(r->names, at - 1);
        if (name != NULL && name->type == NUNCIO_ENTITY_PERSON) {
            return at;
        }
        uint32_t before = is_place_or_age(r, at, end) ? nn_aside_begin(r->words, at, limit) : at;
        if (before == at) {
            return begin;
        }
        end = at;
        at = before;
    }
    return begin;
}

static nn_word_range subject_before(const nn_reading *r, uint32_t cue, uint32_t limit)
{
    const nn_words *words = r->words;
    nn_word_range none = {cue, cue};
    uint32_t end = nn_verb_group_of(words, cue, limit).begin;
    uint32_t name_end = 0;
    uint32_t plain = NN_GAP_SPACE | NN_GAP_LINE;
    uint32_t inner = end > limit ? nn_brackets_begin(words, end, limit) : end;
    uint32_t bounds =
        NN_GAP_BOUNDARIES & ~(uint32_t)(inner < end ? NN_GAP_CLOSE | NN_GAP_DASH : NN_GAP_DASH);
    if (end <= limit || (words->gaps[end] & bounds) != 0) {
        return none;
    }
    if ((words->gaps[end] & (NN_GAP_BOUNDARIES | NN_GAP_COMMA)) == NN_GAP_DASH) {
        uint32_t before = nn_dashes_begin(words, end, limit);
        if (before == end) {
            return none;
        }
        inner = before;
    } else if (inner == end && (words->gaps[end] & NN_GAP_COMMA) != 0) {
        uint32_t before = nn_aside_begin(words, end, limit);
        if (before == end) {
            /* “…,” Marin, the minister, said: the aside reaches back to the mark */
            return none;
        }
        const nn_named *name = nn_names_at(r->names, before);
        bool whole = name != NULL && name->type == NUNCIO_ENTITY_PERSON && name->word_end == end &&
                     (words->gaps[end] & NN_GAP_STOP) == 0; /* Oslo, *Ala.,* said */
        before = whole ? before : asides_begin(r, before, end, limit);
        name_end = whole ? end : 0; /* his spokeswoman, *Julia Marin,* said */
        inner = nn_brackets_begin(words, before, limit);
    }
    end = nn_time_begin(r, inner, limit);
    if (end > limit + 1 && is_relative(words, end - 1)) {
        return antecedent(r, end - 1, limit); /* for voters *who* said */
    }
    uint32_t begin = nn_phrase_begin(r, end, limit);
    bool closed = (words->gaps[nn_verb_group_of(words, cue, limit).begin] & ~(uint32_t)plain) != 0;
    for (uint32_t asides = 0;
         asides < ASIDES && name_end == 0 && closed && is_apposition(r, begin, end, limit);
         asides++) {
        end = nn_brackets_begin(words, begin, limit); /* Marin, 60, a doctor, said */
        begin = nn_phrase_begin(r, end, limit);
    }
    uint32_t relative = relative_before(r, begin, end, limit);
    if (relative != NN_WORD_NONE) { /* officials *who spoke with Reuters* said */
        end = relative;
        begin = nn_phrase_begin(r, end, limit);
    }
    uint32_t pronouns = NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    if (begin + 1 < end && nn_words_is(words, end - 1, pronouns) &&
        nn_names_at(r->names, end - 1) == NULL) {
        begin = end - 1; /* both sides *they* accused */
    }
    if (end - begin == 1 && begin > limit && is_relative(words, begin)) {
        return antecedent(r, begin, limit);
    }
    return begin < end ? (nn_word_range){begin, name_end > end ? name_end : end} : none;
}

static bool ends_in_s(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    return text.size > 3 && text.data[text.size - 1] == 's' &&
           memchr("sui", text.data[text.size - 2], 3) == NULL; /* heinous */
}

/** A plural by its end, or a word that stands for people. */
static bool is_several(const nn_words *words, uint32_t i)
{
    static const char *const plural[] = {"people", "men",    "women",  "police", "many",
                                         "most",   "some",   "others", "Many",   "Most",
                                         "Some",   "Others", NULL};
    return ends_in_s(words, i) || nn_word_is_among(words, i, plural);
}

/** True when the subject that opens a sentence ends before word i: at its verb, an aside, or what
 * stands behind its noun. */
static bool ends_leading(const nn_reading *r, uint32_t i)
{
    const nn_words *words = r->words;
    const nn_form *form = nn_words_form(words, i);
    uint32_t ends = NN_CLASS_AUXILIARY | NN_CLASS_CONJUNCTION | NN_CLASS_THAT |
                    NN_CLASS_PREPOSITION | NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE |
                    NN_CLASS_PRONOUN_SHE | NN_CLASS_NEGATION;
    nuncio_str text = nn_words_text(words, i, i + 1);
    bool past = text.size > 3 && memcmp(text.data + text.size - 2, "ed", 2) == 0;
    return nn_names_at(r->names, i) == NULL &&
           ((form->classes & ends) != 0 || past || nn_cue_is_verb(words, i) ||
            nn_cue_is_stance(words, i) ||
            (words->gaps[i] & (NN_GAP_BOUNDARIES | NN_GAP_COMMA)) != 0);
}

/** Where the main clause of a sentence begins that a time or a clause opens: *Minutes later,* she;
 * *After the talks had failed,* Marin. `begin` when nothing says so. */
static uint32_t behind_opening(const nn_reading *r, uint32_t begin, uint32_t end)
{
    const nn_words *words = r->words;
    uint32_t high = end - begin < SUBJECT_WORDS ? end : begin + SUBJECT_WORDS;
    uint32_t opens = NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_TIME | NN_CLASS_ADVERB |
                     NN_CLASS_QUESTION;
    uint32_t first = nn_sentence_begin(words, begin, SUBJECT_WORDS * 2);
    bool opened =
        first < end && nn_names_at(r->names, first) == NULL && nn_words_is(words, first, opens);
    for (uint32_t k = begin + 1; k < high; k++) {
        nn_words_count_work(words, 1);
        if ((words->gaps[k] & NN_GAP_COMMA) == 0) {
            continue;
        }
        bool pronoun = nn_words_is(words, k, NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE);
        const nn_named *name = nn_names_at(r->names, k);
        bool person = name != NULL && name->type == NUNCIO_ENTITY_PERSON;
        bool role = opened && nn_words_is(words, k, NN_CLASS_TITLE | NN_CLASS_ROLE);
        if (nn_names_at(r->names, k) == NULL ? pronoun || role : opened && person) {
            return k;
        }
    }
    return begin;
}

/** True when an article and a noun stand right before a verb: *an employee* declined. */
static bool is_plain_subject(const nn_reading *r, uint32_t begin, uint32_t verb)
{
    static const char *const one[] = {"one", "One", NULL};
    const nn_words *words = r->words;
    nuncio_str text = nn_words_text(words, verb, verb + 1);
    bool past = text.size > 3 && memcmp(text.data + text.size - 2, "ed", 2) == 0;
    return verb - begin >= 2 && verb - begin <= PLAIN_WORDS && words->language == NN_LEXICON_EN &&
           (nn_words_is(words, begin, NN_CLASS_DETERMINER) ||
            nn_word_is_among(words, begin, one)) &&
           (past || nn_words_is(words, verb, NN_CLASS_AUXILIARY) || nn_cue_is_verb(words, verb));
}

/** The subject that begins at word `begin`, of the words before `high`; empty when none does. */
static nn_word_range subject_at(const nn_reading *r, uint32_t begin, uint32_t high)
{
    const nn_words *words = r->words;
    nn_word_range none = {begin, begin};
    if (begin < high && nn_names_at(r->names, begin) == NULL &&
        nn_words_is(words, begin, NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)) {
        return (nn_word_range){begin, begin + 1};
    }
    uint32_t end = begin; /* behind the last word that can stand for somebody */
    uint32_t heads = NN_CLASS_ROLE | NN_CLASS_COLLECTIVE | NN_CLASS_ORG_HEAD;
    for (uint32_t k = begin; k < high; k++) {
        const nn_named *name = nn_names_at(r->names, k);
        bool owns = name != NULL && (words->gaps[name->word_end] & NN_GAP_POSSESSIVE) != 0;
        if (name != NULL && name->type == NUNCIO_ENTITY_PERSON && k == name->word_begin && !owns) {
            uint32_t role = nn_role_begin(r->names, words, k);
            return role <= begin + 1 ? (nn_word_range){begin, name->word_end} : none;
        }
        bool verb = end == k && end > begin && name == NULL && ends_in_s(words, k) &&
                    !nn_words_is(words, k, heads); /* Marin’s company *runs* */
        if (k > begin && (ends_leading(r, k) || verb)) {
            end = end == begin && is_plain_subject(r, begin, k) ? k : end;
            break;
        }
        end = name != NULL || nn_words_is(words, k, heads) || is_several(words, k) ? k + 1 : end;
    }
    bool owner = end < words->count && (words->gaps[end] & NN_GAP_POSSESSIVE) != 0;
    return end > begin && !owner ? (nn_word_range){begin, end} : none;
}

/** The subject behind the clause that word i opens: *Responding to it,* Marin said. */
static nn_word_range following_subject(const nn_reading *r, uint32_t i)
{
    const nn_words *words = r->words;
    uint32_t high = words->count - i < OPENING_WORDS ? words->count : i + OPENING_WORDS;
    uint32_t stops = NN_GAP_BOUNDARIES & ~(uint32_t)(NN_GAP_OPEN | NN_GAP_CLOSE);
    for (uint32_t k = i + 1; k < high && (words->gaps[k] & stops) == 0; k++) {
        nn_words_count_work(words, 1);
        if ((words->gaps[k] & NN_GAP_COMMA) != 0) {
            uint32_t end = words->count - k < SUBJECT_WORDS ? words->count : k + SUBJECT_WORDS;
            return subject_at(r, k, end);
        }
    }
    return (nn_word_range){i, i};
}

nn_word_range nn_leading_subject(const nn_reading *r, uint32_t i, uint32_t limit)
{
    uint32_t begin = nn_sentence_begin(r->words, i, SUBJECT_WORDS * 2);
    begin = begin > limit ? begin : limit;
    if (i <= begin + 1 && (r->words->gaps[begin] & NN_GAP_SENTENCE) != 0) {
        return following_subject(r, i);
    }
    begin = behind_opening(r, nn_adverbials_end(r, begin, i), i);
    return subject_at(r, begin, i - begin < SUBJECT_WORDS ? i : begin + SUBJECT_WORDS);
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
        bool verb = nn_cue_is_verb(r->words, i - 1) ||
                    (nn_cue_is_stance(r->words, i - 1) && !nn_is_infinitive(r->words, i - 1));
        if (verb && !joined) {
            nn_word_range range = subject_before(r, i - 1, limit);
            if (range.begin < range.end) {
                return range;
            }
        }
    }
    return nn_leading_subject(r, end, limit);
}

nn_word_range nn_subject_before(const nn_reading *r, uint32_t cue, uint32_t limit)
{
    uint32_t verb = nn_verb_group_of(r->words, cue, limit).begin;
    if (verb > limit + 1 && nn_words_is(r->words, verb - 1, NN_CLASS_CONJUNCTION) &&
        (r->words->gaps[verb] & NN_GAP_COMMA) == 0 && /* Oblov, *however*, said */
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
    bool time = (form->classes & NN_CLASS_TIME) != 0 &&
                !nn_words_is(words, i - 1, NN_CLASS_DETERMINER); /* a *Monday* editorial */
    if (time ||
        (form->classes & (NN_CLASS_AUXILIARY | NN_CLASS_THAT | NN_CLASS_CONJUNCTION |
                          NN_CLASS_PRONOUN | NN_CLASS_ADVERB)) != 0 ||
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
    bool minor = words->language >= NN_LEXICON_LANGUAGES;
    while (minor && begin < limit && begin - cue <= 2 && words->gaps[begin] == NN_GAP_SPACE &&
           nn_words_is(words, begin, NN_CLASS_AUXILIARY)) {
        begin++; /* рекао *је* Marin */
    }
    if (begin >= limit ||
        (words->gaps[begin] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE | NN_GAP_HYPHEN)) != 0) {
        return none;
    }
    const nn_form *first = nn_words_form(words, begin);
    if ((first->classes & (NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)) != 0) {
        return (nn_word_range){begin, begin + 1};
    }
    bool capital = (first->shape & NN_SHAPE_CAPITAL) != 0;
    bool time = (first->classes & NN_CLASS_TIME) != 0 && nn_names_at(r->names, begin) == NULL;
    if ((first->classes & NN_CLASS_THAT) != 0 || time) {
        return none;
    }
    uint32_t no_noun = NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_ADVERB |
                       NN_CLASS_TIME | NN_CLASS_AUXILIARY | NN_CLASS_PRONOUN | NN_CLASS_NEGATION;
    /* “…,” said *residents* */
    bool behind_marks = (words->gaps[cue] & (NN_GAP_MARK | NN_GAP_COMMA)) != 0;
    bool noun =
        behind_marks && (first->classes & no_noun) == 0 && (first->shape & NN_SHAPE_LY) == 0;
    static const char *const one[] = {"one", NULL};
    bool only = behind_marks && nn_word_is_among(words, begin, one); /* said *one* official */
    if (!capital && !noun && !only &&
        (first->classes & (NN_CLASS_DETERMINER | NN_CLASS_ROLE | NN_CLASS_TITLE)) == 0) {
        return none;
    }
    uint32_t high = limit - begin < SUBJECT_WORDS ? limit : begin + SUBJECT_WORDS;
    uint32_t end = begin;
    bool person = false;
    while (end < high) {
        nn_words_count_work(words, 1);
        uint32_t gap = end > begin ? words->gaps[end] : 0;
        if ((gap & (NN_GAP_BOUNDARIES | NN_GAP_COMMA)) != 0 || nn_is_full_stop(words, end) ||
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
