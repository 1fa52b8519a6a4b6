/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/cues.h"

#include <string.h>

enum {
    ATTRIBUTION_WORDS = 32, /* longest way from a mark to its verb, appositions included */
    JOINED_WORDS = 12,      /* between two verbs that "and" joins */
    GROUP_WORDS = 5,        /* before a verb: has not always been */
    HEADLINE_WORDS = 4,     /* on either side of a word that may stand in a headline */
    HEADLINE_CAPITALS = 4   /* of these, at least */
};

/** True when the word before i shows that i is a noun: "the reports", "of claims", "last year's
 * statements". */
static bool noun_context(const nn_words *words, uint32_t i)
{
    if (i + 1 < words->count && (words->gaps[i + 1] & ~(uint32_t)NN_GAP_SPACE) == 0 &&
        nn_words_is(words, i + 1, NN_CLASS_AUXILIARY)) {
        return true; /* the *states are* */
    }
    if (i == 0 || (words->gaps[i] & ~(uint32_t)NN_GAP_SPACE) != 0) {
        return (words->gaps[i] & NN_GAP_POSSESSIVE) != 0;
    }
    static const char *const both[] = {"both", "all", "each", "long", NULL};
    if (i > 1 && nn_words_is(words, i - 2, NN_CLASS_AUXILIARY) &&
        nn_word_is_among(words, i - 1, both)) {
        return false; /* have both *claimed* */
    }
    return nn_words_is(words, i - 1, NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION) ||
           (nn_words_form(words, i - 1)->shape & NN_SHAPE_NUMBER) != 0;
}

/** True when the noun that ends before word i follows “of”: an average *of polls*. */
static bool is_of_phrase(const nn_words *words, uint32_t i)
{
    static const char *const of[] = {"of", NULL};
    uint32_t low = i < GROUP_WORDS ? 0 : i - GROUP_WORDS;
    for (uint32_t k = i; k > low + 1 && words->gaps[k - 1] == NN_GAP_SPACE; k--) {
        if (nn_word_is_among(words, k - 2, of)) {
            return true;
        }
    }
    return false;
}

/** True when the words before i can be the subject of a verb in -s: "the document states", not "the
 * dozen states". */
static bool has_singular_subject(const nn_words *words, uint32_t i)
{
    uint32_t at = i;
    while (at > 0 && i - at < GROUP_WORDS && words->gaps[at] == NN_GAP_SPACE &&
           (nn_words_is(words, at - 1, NN_CLASS_ADVERB) ||
            (nn_words_form(words, at - 1)->shape & NN_SHAPE_LY) != 0)) {
        at--;
    }
    if (at == 0 || (words->gaps[at] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE)) != 0) {
        return true; /* behind an aside, or words in marks */
    }
    const nn_form *form = nn_words_form(words, at - 1);
    nuncio_str text = nn_words_text(words, at - 1, at);
    bool plural = (form->shape & NN_SHAPE_LOWER) != 0 && text.data[text.size - 1] == 's' &&
                  !is_of_phrase(words, at);
    uint32_t heads = NN_CLASS_PRONOUN | NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE | NN_CLASS_ROLE |
                     NN_CLASS_COLLECTIVE | NN_CLASS_ORG_HEAD | NN_CLASS_EVENT_HEAD;
    return !plural && ((form->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_NUMBER)) == NN_SHAPE_CAPITAL ||
                       (form->classes & heads) != 0);
}

static bool ends_in_ing(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    return text.size > 4 && memcmp(text.data + text.size - 3, "ing", 3) == 0;
}

static bool ends_in_s(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    return text.data[text.size - 1] == 's';
}

bool nn_is_infinitive(const nn_words *words, uint32_t i)
{
    if (i == 0 || words->language != NN_LEXICON_EN) {
        return false;
    }
    nuncio_str before = nn_words_text(words, i - 1, i);
    return before.size == 2 && before.data[0] == 't' && before.data[1] == 'o';
}

/** True when word i and those around it are capitals: a headline or a ticker, where they tell
 * nothing. */
static bool is_all_capitals(const nn_words *words, uint32_t i)
{
    uint32_t upper = NN_SHAPE_UPPER;
    bool before = i == 0 || (nn_words_form(words, i - 1)->shape & upper) != 0;
    bool after = i + 1 >= words->count || (nn_words_form(words, i + 1)->shape & upper) != 0;
    return (nn_words_form(words, i)->shape & upper) != 0 && before && after;
}

/** True when word i stands in a headline whose words all have capitals: Minister *Says* Talks Go
 * On.
 */
static bool is_headline(const nn_words *words, uint32_t i)
{
    uint32_t begin = i < HEADLINE_WORDS ? 0 : i - HEADLINE_WORDS;
    uint32_t end = i + HEADLINE_WORDS + 1 < words->count ? i + HEADLINE_WORDS + 1 : words->count;
    uint32_t capitals = 0;
    for (uint32_t k = begin; k < end; k++) {
        const nn_form *form = nn_words_form(words, k);
        if (k > i && (words->gaps[k] & NN_GAP_PARAGRAPH) != 0) {
            break;
        }
        if (k <= i && (words->gaps[k] & NN_GAP_PARAGRAPH) != 0) {
            capitals = 0;
        }
        if ((form->shape & NN_SHAPE_CAPITAL) != 0) {
            capitals++;
        } else if (form->letters > 3 && (form->shape & NN_SHAPE_LOWER) != 0) {
            return false;
        }
    }
    return capitals >= HEADLINE_CAPITALS;
}

/** True when word i is written as a name, so that it is no verb. */
static bool is_written_as_name(const nn_words *words, uint32_t i)
{
    return (nn_words_form(words, i)->shape & NN_SHAPE_CAPITAL) != 0 &&
           (words->gaps[i] & (NN_GAP_SENTENCE | NN_GAP_MARK)) == 0 && !is_all_capitals(words, i) &&
           !is_headline(words, i);
}

/** True when a verb before the conjunction at word i lets another base form follow: *would* go and
 * support, *are* angry and want. */
static bool follows_plural_verb(const nn_words *words, uint32_t i)
{
    static const char *const singular[] = {"is", "was", "has", "does", NULL};
    uint32_t low = i < JOINED_WORDS ? 0 : i - JOINED_WORDS;
    for (uint32_t k = i; k > low && (words->gaps[k] & NN_GAP_SENTENCE) == 0; k--) {
        if (nn_words_is(words, k - 1, NN_CLASS_AUXILIARY)) {
            return !nn_word_is_among(words, k - 1, singular);
        }
    }
    return false;
}

/** True when the words before i let its base form be a verb: *would* support, *they* support. */
static bool allows_base(const nn_words *words, uint32_t i)
{
    static const char *const singular[] = {"it", "It", "one", NULL};
    static const char *const plural[] = {"people", "men",    "women", "police", "percent", "most",
                                         "many",   "others", "some",  "Most",   "Many",    "Others",
                                         "Some",   "both",   "Both",  NULL};
    uint32_t at = i;
    uint32_t skipped = NN_CLASS_ADVERB | NN_CLASS_NEGATION;
    while (at > 0 && i - at < GROUP_WORDS && words->gaps[at] == NN_GAP_SPACE) {
        const nn_form *form = nn_words_form(words, at - 1);
        if ((form->classes & NN_CLASS_AUXILIARY) != 0) {
            return true;
        }
        if ((form->classes & skipped) == 0 && (form->shape & NN_SHAPE_LY) == 0) {
            break;
        }
        at--;
    }
    if (at > 0 && (words->gaps[at] & NN_GAP_OTHER) != 0 &&
        (nn_words_form(words, at - 1)->shape & NN_SHAPE_NUMBER) != 0) {
        return true; /* 53 % *support* it */
    }
    if (at == 0 || (words->gaps[at] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE)) != 0) {
        return false;
    }
    static const char *const joins[] = {"and", "or", "but", NULL};
    if (nn_word_is_among(words, at - 1, joins)) {
        return follows_plural_verb(words, at - 1);
    }
    const nn_form *form = nn_words_form(words, at - 1);
    bool taken = i + 1 < words->count && (words->gaps[i + 1] & ~(uint32_t)NN_GAP_SPACE) == 0 &&
                 !nn_words_is(words, i + 1, NN_CLASS_PREPOSITION);
    if (taken && ((form->shape & NN_SHAPE_NUMBER) != 0 || (form->classes & NN_CLASS_TIME) != 0)) {
        return true; /* men under 35 *support* the plan */
    }
    nuncio_str text = nn_words_text(words, at - 1, at);
    bool s = text.size > 3 && text.data[text.size - 1] == 's' && text.data[text.size - 2] != 's';
    if ((form->classes & (NN_CLASS_PREPOSITION | NN_CLASS_DETERMINER | NN_CLASS_ADVERB)) != 0) {
        return nn_word_is_among(words, at - 1, plural);
    }
    bool pronoun =
        (form->classes & NN_CLASS_PRONOUN) != 0 && !nn_word_is_among(words, at - 1, singular);
    return pronoun || s || nn_word_is_among(words, at - 1, plural);
}

/** True when an auxiliary makes a base form tell what is not said: *would* warn. */
static bool behind_auxiliary(const nn_words *words, uint32_t i)
{
    uint32_t at = i;
    while (at > 0 && i - at < GROUP_WORDS && words->gaps[at] == NN_GAP_SPACE) {
        const nn_form *form = nn_words_form(words, at - 1);
        if ((form->classes & NN_CLASS_AUXILIARY) != 0) {
            return true;
        }
        if ((form->classes & NN_CLASS_ADVERB) == 0 && (form->shape & NN_SHAPE_LY) == 0) {
            return false;
        }
        at--;
    }
    return false;
}

uint32_t nn_cue_particle_end(const nn_words *words, uint32_t i)
{
    static const char *const put[] = {"put", "puts", NULL};
    static const char *const make[] = {"made", "makes", "make", NULL};
    static const char *const it[] = {"it", NULL};
    static const char *const clear[] = {"clear", "plain", "known", NULL};
    uint32_t next = i + 1;
    bool joined = next < words->count && (words->gaps[next] & ~(uint32_t)NN_GAP_SPACE) == 0;
    if (nn_word_is_among(words, i, put)) {
        return joined && nn_word_is_among(words, next, it) ? next : i;
    }
    if (!nn_word_is_among(words, i, make)) {
        return next;
    }
    next += joined && nn_word_is_among(words, next, it) ? 1u : 0u;
    return joined && next < words->count && nn_word_is_among(words, next, clear) ? next + 1 : i;
}

/** Word i, or the verb before it that says its infinitive was done: *went on* to say. English. */
static uint32_t leading_verb(const nn_words *words, uint32_t i)
{
    static const char *const on[] = {"on", NULL};
    static const char *const go[] = {"went", "goes", "go", "going", NULL};
    static const char *const goes_on[] = {"continued", "continues", "proceeded", NULL};
    if (i < 3) {
        return i;
    }
    bool went = nn_word_is_among(words, i - 2, on) && nn_word_is_among(words, i - 3, go);
    return went ? i - 3 : nn_word_is_among(words, i - 2, goes_on) ? i - 2 : i;
}

bool nn_cue_is_verb(const nn_words *words, uint32_t i)
{
    uint32_t cue = nn_words_cue(words, i);
    bool compound = words->language == NN_LEXICON_EN && (words->gaps[i] & NN_GAP_HYPHEN) != 0;
    bool infinitive = nn_is_infinitive(words, i) && leading_verb(words, i) == i;
    if ((cue & NN_CUE_VERB) == 0 || compound || infinitive) {
        return false; /* self-described */
    }
    if (words->language == NN_LEXICON_EN && nn_cue_particle_end(words, i) == i) {
        return false; /* put the book away */
    }
    bool name = is_written_as_name(words, i);
    if (!name && (cue & NN_CUE_PLURAL) != 0) {
        bool that = (cue & NN_CUE_NOUN) == 0 && i + 1 < words->count &&
                    (words->gaps[i + 1] & ~(uint32_t)NN_GAP_SPACE) == 0 &&
                    nn_words_is(words, i + 1, NN_CLASS_THAT); /* the two *admit that* */
        return (that || allows_base(words, i)) && !behind_auxiliary(words, i);
    }
    if (name || (cue & NN_CUE_NOUN) == 0) {
        return !name;
    }
    bool singular =
        words->language != NN_LEXICON_EN || !ends_in_s(words, i) || has_singular_subject(words, i);
    return singular && !noun_context(words, i);
}

bool nn_cue_is_stance(const nn_words *words, uint32_t i)
{
    uint32_t cue = nn_words_cue(words, i);
    uint32_t verb = NN_CUE_STANCE | NN_CUE_LIGHT | NN_CUE_EVIDENCE;
    if ((cue & verb) == 0 || is_written_as_name(words, i) ||
        (words->gaps[i] & NN_GAP_HYPHEN) != 0 || nn_words_is(words, i, NN_CLASS_PREPOSITION)) {
        return false; /* regarding */
    }
    if (nn_is_infinitive(words, i)) {
        return (cue & NN_CUE_BASE) != 0;
    }
    if ((cue & NN_CUE_BASE) != 0) {
        return allows_base(words, i);
    }
    if (ends_in_ing(words, i)) {
        return i == 0 || !nn_words_is(words, i - 1, NN_CLASS_DETERMINER);
    }
    bool year = i > 0 && (nn_words_form(words, i - 1)->shape & NN_SHAPE_NUMBER) != 0 &&
                !ends_in_s(words, i); /* a man in 2009 *sought* to leave */
    return (year || !noun_context(words, i)) &&
           (!ends_in_s(words, i) || has_singular_subject(words, i));
}

/** True when the stop behind word i is that of a title or an initial. */
static bool abbreviates(const nn_words *words, uint32_t i)
{
    const nn_form *form = nn_words_form(words, i);
    return (form->classes & NN_CLASS_TITLE) != 0 || (form->shape & NN_SHAPE_INITIAL) != 0;
}

/** The verb of an attribution that begins at word `from`; `weak`: of belief or gesture too. */
static uint32_t cue_after(const nn_words *words, uint32_t from, uint32_t limit, bool weak)
{
    uint32_t end = from + ATTRIBUTION_WORDS < limit ? from + ATTRIBUTION_WORDS : limit;
    uint32_t stops = NN_GAP_STOP | NN_GAP_COLON | NN_GAP_SEMICOLON | NN_GAP_SENTENCE | NN_GAP_MARK;
    static const char *const joins[] = {"and", "et", "und", "y", NULL};
    uint32_t commas = 0;
    for (uint32_t i = from; i < end; i++) {
        nn_words_count_work(words, 1);
        uint32_t gap = words->gaps[i];
        if (i > from && (gap & NN_GAP_SENTENCE) != 0) {
            break;
        }
        if (i > from && (gap & stops) != 0 && !abbreviates(words, i - 1)) {
            break;
        }
        commas += i > from && (gap & NN_GAP_COMMA) != 0 ? 1u : 0u;
        if (nn_cue_is_verb(words, i) && (weak || (nn_words_cue(words, i) & NN_CUE_WEAK) == 0)) {
            return i;
        }
        bool aside =
            commas == 1 && nn_word_is_among(words, i, joins); /* Marin, a … *and* …, said */
        if (commas > 2 || (!aside && nn_words_is(words, i, NN_CLASS_CONJUNCTION))) {
            break;
        }
    }
    return NN_WORD_NONE;
}

uint32_t nn_cue_after(const nn_words *words, uint32_t from, uint32_t limit)
{
    return cue_after(words, from, limit, false);
}

uint32_t nn_weak_cue_after(const nn_words *words, uint32_t from, uint32_t limit)
{
    uint32_t cue = cue_after(words, from, limit, true);
    if (cue == NN_WORD_NONE || cue + 1 >= limit) {
        return cue;
    }
    uint32_t behind = NN_CLASS_PREPOSITION | NN_CLASS_TIME | NN_CLASS_ADVERB;
    bool ends = (words->gaps[cue + 1] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE)) != 0 ||
                nn_words_is(words, cue + 1, behind);
    return ends ? cue : NN_WORD_NONE;
}

/** True when word i, an auxiliary, makes a participle passive. */
static bool makes_passive(const nn_words *words, uint32_t i)
{
    static const char *const en[] = {"is", "are", "was", "were", "be", "been", "being", "am", NULL};
    static const char *const fr[] = {"été", "est", "sont", "était", "étaient", NULL};
    static const char *const de[] = {"wurde", "wurden", "worden", "wird", "werden", NULL};
    static const char *const es[] = {"fue", "fueron", "sido", "es", "son", "era", "eran", NULL};
    static const char *const *const lists[NN_LEXICON_LANGUAGES] = {en, fr, de, es};
    static const char *const se[] = {"s", "S", "se", "Se", NULL};
    if (words->language >= NN_LEXICON_LANGUAGES) {
        return false;
    }
    bool reflexive = words->language == NN_LEXICON_FR && i > 0 &&
                     nn_word_is_among(words, i - 1, se); /* s’est dit */
    return !reflexive && nn_word_is_among(words, i, lists[words->language]);
}

/** Before the verb that only says how sure a verb group from word `begin` on is: *appear to* have
 * agreed, *remains* convinced. `begin` without one. English. */
static uint32_t seeming_begin(const nn_words *words, uint32_t begin, uint32_t limit)
{
    static const char *const seem[] = {"seem",     "seems",    "seemed",  "appear", "appears",
                                       "appeared", "happened", "claimed", NULL};
    static const char *const remain[] = {"remain", "remains", "remained", NULL};
    static const char *const to[] = {"to", NULL};
    if (words->language != NN_LEXICON_EN || begin < limit + 2 ||
        words->gaps[begin] != NN_GAP_SPACE) {
        return begin;
    }
    if (nn_word_is_among(words, begin - 1, remain)) {
        return begin - 1;
    }
    bool to_have = begin > limit + 2 && nn_word_is_among(words, begin - 1, to) &&
                   words->gaps[begin - 1] == NN_GAP_SPACE &&
                   nn_word_is_among(words, begin - 2, seem);
    return to_have ? begin - 2 : begin;
}

nn_verb_group nn_verb_group_of(const nn_words *words, uint32_t verb, uint32_t limit)
{
    static const char *const both[] = {"both",         "all",         "each",   "long", "since",
                                       "nevertheless", "nonetheless", "yet",    "thus", "far",
                                       "so",           "apparently",  "lately", NULL};
    uint32_t parts = NN_GAP_COMMA | NN_GAP_COLON | NN_GAP_SEMICOLON | NN_GAP_DASH | NN_GAP_MARK |
                     NN_GAP_OPEN | NN_GAP_CLOSE | NN_GAP_SENTENCE;
    nn_verb_group group = {.begin =
                               nn_is_infinitive(words, verb) ? leading_verb(words, verb) : verb};
    group.begin = group.begin < limit ? verb : group.begin;
    bool ing = (nn_words_cue(words, verb) & NN_CUE_ING) != 0 || ends_in_ing(words, verb);
    bool decided = false;
    while (group.begin > limit && verb - group.begin < GROUP_WORDS &&
           (words->gaps[group.begin] & parts) == 0) {
        const nn_form *form = nn_words_form(words, group.begin - 1);
        bool auxiliary = (form->classes & NN_CLASS_AUXILIARY) != 0;
        bool ly = (form->shape & NN_SHAPE_LY) != 0 && (form->shape & NN_SHAPE_LOWER) != 0;
        ly = ly ||
             (group.begin > limit + 1 && nn_words_is(words, group.begin - 2, NN_CLASS_AUXILIARY) &&
              nn_word_is_among(words, group.begin - 1, both)); /* have *both* claimed */
        if (!auxiliary && !ly && (form->classes & (NN_CLASS_ADVERB | NN_CLASS_NEGATION)) == 0) {
            break;
        }
        group.begin--;
        group.negated |= (form->classes & NN_CLASS_NEGATION) != 0;
        if (auxiliary && !decided) { /* the one next to the verb: has *been* told */
            group.passive = !ing && makes_passive(words, group.begin);
            decided = true;
        }
    }
    group.begin = seeming_begin(words, group.begin, limit);
    if (!decided && !ing && group.begin > limit && words->language == NN_LEXICON_EN &&
        (words->gaps[group.begin] & NN_GAP_POSSESSIVE) != 0) {
        static const char *const it[] = {"it", "It", "that", "That", NULL};
        group.passive = nn_word_is_among(words, group.begin - 1, it); /* it’s *said* */
    }
    return group;
}
