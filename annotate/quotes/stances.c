/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/stances.h"

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"
#include "annotate/quotes/objects.h"
#include "annotate/quotes/subjects.h"
#include "core/error.h"

#include <string.h>

enum {
    NOUN_WORDS = 5,  /* with article and adjectives */
    AGENT_WORDS = 5, /* up to “by” */
    FIRST_NAMES = 8, /* of a sentence, up to a person */
    OWNER_WORDS = 3  /* between an owner and a noun: Marin's *long-held* belief */
};

#define STANCE_CONFIDENCE 0.45F
#define PASSIVE_CONFIDENCE 0.35F
#define HE_OR_SHE (NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE)

static bool is_empty(nn_word_range range)
{
    return range.begin >= range.end;
}

/** A plural from word `begin` on, without an article: by *left-leaning economists* in Oslo. */
static nn_word_range plural_after(const nn_sentence_view *s, uint32_t begin)
{
    const nn_words *words = s->words;
    uint32_t high = s->end - begin < NOUN_WORDS ? s->end : begin + NOUN_WORDS;
    uint32_t ends = NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_AUXILIARY |
                    NN_CLASS_PRONOUN | NN_CLASS_ADVERB | NN_CLASS_TIME | NN_CLASS_THAT;
    uint32_t end = begin;
    while (end < high && (end == begin || nn_follows(s, end)) && !nn_words_is(words, end, ends)) {
        end++;
    }
    nn_word_range none = {begin, begin};
    if (end == begin) {
        return none;
    }
    if ((nn_words_form(words, begin)->shape & NN_SHAPE_NUMBER) != 0) {
        return (nn_word_range){begin, end}; /* by *60 percent* of voters */
    }
    nuncio_str last = nn_words_text(words, end - 1, end);
    return last.size > 3 && last.data[last.size - 1] == 's' ? (nn_word_range){begin, end} : none;
}

nn_word_range nn_agent_of(const nn_sentence_view *s, uint32_t cue, uint32_t *at)
{
    static const char *const by[] = {"by", "par", "von", "por", NULL};
    const nn_words *words = s->words;
    nn_word_range none = {cue, cue};
    uint32_t limit = s->end - cue < AGENT_WORDS ? s->end : cue + AGENT_WORDS;
    uint32_t i = cue + 1;
    while (i < limit && nn_gap_before(words, i) == 0 && !nn_word_is_among(words, i, by) &&
           ((nn_words_form(words, i)->shape & NN_SHAPE_LY) != 0 || nn_time_end(words, i) > i ||
            (i > cue + 1 && nn_time_end(words, i - 1) > i))) {
        i++; /* welcomed *warmly last week* by */
    }
    if (i + 1 >= s->end || nn_gap_before(words, i) != 0 || !nn_word_is_among(words, i, by)) {
        return none;
    }
    nn_word_range agent = nn_subject_after(s->r, i, s->end);
    if (is_empty(agent)) {
        agent = plural_after(s, i + 1);
    }
    *at = is_empty(agent) ? *at : agent.end;
    return agent;
}

/** True when words tell what an attitude is to: not *him*. */
static bool says_something(const nn_words *words, uint32_t begin, uint32_t end)
{
    uint32_t empty = NN_CLASS_PRONOUN | HE_OR_SHE | NN_CLASS_DETERMINER | NN_CLASS_ADVERB |
                     NN_CLASS_PREPOSITION | NN_CLASS_AUXILIARY;
    for (uint32_t i = begin; i < end; i++) {
        if (!nn_words_is(words, i, empty)) {
            return true;
        }
    }
    return false;
}

/** True when a source can have an attitude: a name, somebody's role, a body, a plural; not *the
 * deal*. */
static bool is_animate(const nn_sentence_view *s, nn_word_range source)
{
    static const char *const never[] = {"it",  "It",      "you",       "You",
                                        "one", "nothing", "something", NULL};
    static const char *const plural[] = {"people", "men",    "women", "percent", "many", "most",
                                         "some",   "others", "Many",  "Most",    "Some", "Others",
                                         "those",  "Those",  "his",   "His",     "her",  "Her",
                                         "their",  "Their",  NULL};
    const nn_words *words = s->words;
    if (source.end - source.begin == 1 && nn_word_is_among(words, source.begin, never)) {
        return false;
    }
    for (uint32_t i = source.begin; i < source.end; i++) {
        const nn_form *form = nn_words_form(words, i);
        nuncio_str text = nn_words_text(words, i, i + 1);
        uint32_t heads =
            NN_CLASS_ROLE | NN_CLASS_COLLECTIVE | NN_CLASS_ORG_HEAD | NN_CLASS_PRONOUN | HE_OR_SHE;
        bool several =
            text.size > 3 && text.data[text.size - 1] == 's' && text.data[text.size - 2] != 's';
        if ((form->classes & heads) != 0 || several || nn_names_at(s->r->names, i) != NULL ||
            nn_word_is_among(words, i, plural)) {
            return true;
        }
    }
    return false;
}

static nuncio_status report(const nn_sentence_view *s, uint32_t begin, uint32_t end, uint32_t cue,
                            nn_word_range source)
{
    bool evidence =
        (nn_words_cue(s->words, cue) & NN_CUE_EVIDENCE) != 0 && nn_is_data(s->words, source);
    bool acts = (nn_words_cue(s->words, cue) & NN_CUE_TAKES_TO) != 0; /* *it* refused */
    bool unheld = is_empty(source);
    if ((!unheld && !evidence && !acts && !is_animate(s, source)) || end <= begin ||
        !says_something(s->words, begin, end)) {
        return NUNCIO_OK;
    }
    nn_complement told = {begin, end, unheld ? PASSIVE_CONFIDENCE : STANCE_CONFIDENCE};
    return nn_report(s, told, cue, source, NUNCIO_QUOTE_STANCE);
}

static bool ends_in_ing(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    return text.size > 4 && memcmp(text.data + text.size - 3, "ing", 3) == 0;
}

/** Who means an infinitive: the subject of what leads to it, *continued to* push, else of the
 * sentence. */
static nn_word_range infinitive_source(const nn_sentence_view *s, uint32_t cue, nn_word_range last)
{
    if (cue < s->begin + 2 || nn_gap_before(s->words, cue - 1) != 0) {
        return (nn_word_range){cue, cue};
    }
    if ((nn_words_cue(s->words, cue - 2) & NN_CUE_LEADS_TO) != 0) {
        return nn_subject_before(s->r, cue - 2, s->begin);
    }
    return is_empty(last) ? nn_leading_subject(s->r, cue, s->begin) : last;
}

/** The first person that a sentence names before word i, as one who acts. */
static nn_word_range first_person(const nn_sentence_view *s, uint32_t i)
{
    const nn_names *names = s->r->names;
    size_t at = nn_names_from(names, s->begin);
    for (size_t steps = 0; steps < FIRST_NAMES && at < names->count; steps++, at++) {
        nn_words_count_work(s->words, 1);
        const nn_named *name = &names->spans[at];
        if (name->word_end >= i) {
            break;
        }
        if (name->type == NUNCIO_ENTITY_PERSON &&
            (s->words->gaps[name->word_end] & NN_GAP_POSSESSIVE) == 0) {
            return (nn_word_range){name->word_begin, name->word_end};
        }
    }
    return (nn_word_range){i, i};
}

/** True when a name follows that somebody or something is introduced by: a party *called Dawn*. */
static bool is_introduced(const nn_sentence_view *s, uint32_t cue)
{
    static const char *const called[] = {"called", "named", "dubbed", NULL};
    static const char *const a[] = {"a", "an", "A", "An", NULL};
    if (!nn_word_is_among(s->words, cue, called) || !nn_follows(s, cue)) {
        return false;
    }
    nn_word_range noun = nn_noun_before(s->r, cue, s->begin);
    return !is_empty(noun) && nn_word_is_among(s->words, noun.begin, a);
}

/** What stands before a subject as its verb's object: *the plan that* Marin opposes, *a plan* he
 * opposes. */
static nn_word_range object_before(const nn_sentence_view *s, nn_word_range source)
{
    static const char *const relative[] = {"that", "which", "whom", "what", NULL};
    const nn_words *words = s->words;
    uint32_t begin = source.begin;
    nn_word_range none = {begin, begin};
    if (begin <= s->begin || nn_gap_before(words, begin) != 0) {
        return none;
    }
    if (nn_word_is_among(words, begin - 1, relative)) {
        uint32_t end = begin - 1;
        nn_word_range noun = nn_noun_before(s->r, end, s->begin);
        bool conjunction = is_empty(noun) && nn_words_is(words, end, NN_CLASS_THAT);
        return conjunction ? none : (nn_word_range){is_empty(noun) ? end : noun.begin, begin};
    }
    bool pronoun =
        source.end - source.begin == 1 && nn_words_is(words, begin, NN_CLASS_PRONOUN | HE_OR_SHE);
    nn_word_range noun = pronoun ? nn_noun_before(s->r, begin, s->begin) : none;
    return !is_empty(noun) && nn_words_is(words, noun.begin, NN_CLASS_DETERMINER) ? noun : none;
}

/** A verb, finite or not. */
static nuncio_status read_verb(const nn_sentence_view *s, uint32_t cue, nn_word_range last)
{
    const nn_words *words = s->words;
    nn_verb_group group = nn_verb_group_of(words, cue, s->begin);
    uint32_t at = cue + 1;
    bool participle = ends_in_ing(words, cue) && group.begin == cue;
    nn_word_range agent =
        ends_in_ing(words, cue) ? (nn_word_range){cue, cue} : nn_agent_of(s, cue, &at);
    if (!is_empty(agent)) {
        nn_word_range object = nn_subject_before(s->r, cue, s->begin);
        if (is_empty(object) && cue > s->begin && nn_gap_before(words, cue) == NN_GAP_COMMA) {
            object = (nn_word_range){nn_phrase_begin(s->r, cue, s->begin), cue};
        }
        return is_empty(object) ? NUNCIO_OK : report(s, object.begin, object.end, cue, agent);
    }
    if (group.passive) {
        return NUNCIO_OK;
    }
    bool infinitive = nn_is_infinitive(words, cue);
    if (is_introduced(s, cue)) {
        return NUNCIO_OK;
    }
    nn_word_range source = infinitive   ? infinitive_source(s, cue, last)
                           : participle ? nn_noun_before(s->r, cue, s->begin)
                                        : nn_subject_before(s->r, cue, s->begin);
    if (participle && (is_empty(source) || !is_animate(s, source))) {
        source = is_empty(last) ? nn_leading_subject(s->r, cue, s->begin) : last;
    }
    bool loose = is_empty(source) && (infinitive || participle);
    if (loose) {
        source = first_person(s, cue);
    }
    if (is_empty(source) && !loose) {
        return NUNCIO_OK;
    }
    uint32_t begin = nn_behind_verb(s, cue, at, nn_is_data(words, source));
    if (begin != NN_WORD_NONE) {
        return report(s, begin, nn_object_end(s, begin), cue, source);
    }
    bool takes = (nn_words_cue(words, cue) & (NN_CUE_TAKES | NN_CUE_TAKES_TO)) != 0;
    nn_word_range object = takes ? object_before(s, source) : (nn_word_range){cue, cue};
    return is_empty(object) ? NUNCIO_OK : report(s, object.begin, object.end, cue, source);
}

/** First word of the owner that ends before word `end`: a name with its role, or up to its article.
 */
static uint32_t owner_begin(const nn_sentence_view *s, uint32_t end)
{
    const nn_words *words = s->words;
    const nn_named *name = nn_names_at(s->r->names, end - 1);
    if (name != NULL && name->word_begin >= s->begin) {
        uint32_t role = nn_role_begin(s->r->names, words, name->word_begin);
        return role >= s->begin ? role : name->word_begin;
    }
    uint32_t low = end - s->begin < NOUN_WORDS ? s->begin : end - NOUN_WORDS;
    uint32_t ends = NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_AUXILIARY |
                    NN_CLASS_PRONOUN | NN_CLASS_ADVERB;
    uint32_t i = end;
    while (i > low && (i == end || nn_follows(s, i)) && !nn_words_is(words, i - 1, ends)) {
        i--;
        if (nn_words_is(words, i, NN_CLASS_DETERMINER)) {
            break;
        }
    }
    return i;
}

/** A passive without its agent: *is expected to* leave, when *asked whether*. Nobody is named. */
static nuncio_status read_passive(const nn_sentence_view *s, uint32_t cue)
{
    static const char *const links[] = {"of", "for", "as", "about", NULL};
    static const char *const asked[] = {"asked", "Asked", NULL};
    static const char *const to[] = {"to", NULL};
    const nn_words *words = s->words;
    uint32_t at = cue + 1;
    bool opens = cue == s->begin || nn_words_is(words, cue - 1, NN_CLASS_CONJUNCTION) ||
                 (nn_gap_before(words, cue) & NN_GAP_COMMA) != 0;
    bool heard = opens && nn_word_is_among(words, cue, asked);
    if ((!heard && !nn_verb_group_of(words, cue, s->begin).passive) || at + 1 >= s->end ||
        nn_gap_before(words, at) != 0 || !nn_word_is_free(s, at)) {
        return NUNCIO_OK;
    }
    uint32_t begin = nn_find_conjunction(s, at, false);
    if (begin == NN_WORD_NONE && nn_word_is_among(words, at, to)) {
        begin = at;
    }
    static const char *const rated[] = {"considered", "deemed",   "declared", "named", "called",
                                        "labeled",    "labelled", "dubbed",   NULL};
    if (begin == NN_WORD_NONE && nn_word_is_among(words, at, links)) {
        begin = at + 1;
    }
    bool object = !nn_words_is(
        words, at, NN_CLASS_PREPOSITION | NN_CLASS_ADVERB | NN_CLASS_CONJUNCTION | NN_CLASS_TIME);
    if (begin == NN_WORD_NONE && object && nn_word_is_among(words, cue, rated)) {
        begin = at; /* is considered *a rival* */
    }
    if (begin == NN_WORD_NONE || nn_time_end(words, begin) > begin) {
        return NUNCIO_OK;
    }
    nn_complement told = {begin, nn_object_end(s, begin), PASSIVE_CONFIDENCE};
    return says_something(words, begin, told.end)
               ? nn_report(s, told, cue, (nn_word_range){cue, cue}, NUNCIO_QUOTE_STANCE)
               : NUNCIO_OK;
}

/** What only seems so: *seems to* hesitate, *appears that* it rains, is *unclear whether* it does.
 * Nobody is named. */
static nuncio_status read_hedge(const nn_sentence_view *s, uint32_t i)
{
    static const char *const seem[] = {"seem",    "seems",    "seemed",    "seeming", "appear",
                                       "appears", "appeared", "appearing", NULL};
    static const char *const clear[] = {"clear", "unclear", NULL};
    static const char *const like[] = {"to", "like", "as", NULL};
    const nn_words *words = s->words;
    uint32_t at = i + 1;
    if (at + 1 >= s->end || nn_gap_before(words, at) != 0 || !nn_word_is_free(s, at) ||
        nn_names_at(s->r->names, i) != NULL) {
        return NUNCIO_OK;
    }
    uint32_t begin = NN_WORD_NONE;
    if (nn_word_is_among(words, i, seem)) {
        begin = nn_words_is(words, at, NN_CLASS_THAT)          ? at + 1
                : nn_word_is_among(words, at, like)            ? at
                : nn_words_is(words, at, NN_CLASS_PREPOSITION) ? begin
                                                               : at;
    } else if ((nn_words_form(words, i)->shape & NN_SHAPE_LY) != 0) {
        begin = at;
    } else if (nn_word_is_among(words, i, clear) && nn_verb_group_of(words, i, s->begin).passive) {
        begin = nn_find_conjunction(s, at, false);
    }
    if (begin == NN_WORD_NONE || nn_time_end(words, begin) > begin) {
        return NUNCIO_OK;
    }
    nn_complement told = {begin, nn_object_end(s, begin), PASSIVE_CONFIDENCE};
    return nn_report(s, told, i, (nn_word_range){i, i}, NUNCIO_QUOTE_STANCE);
}

/** Who a noun belongs to: *Marin's* support, *his* plan. */
static nn_word_range owner_of(const nn_sentence_view *s, uint32_t noun)
{
    static const char *const owners[] = {"his", "her",   "their", "its", "my",  "our", "His",
                                         "Her", "Their", "Its",   "My",  "Our", NULL};
    const nn_words *words = s->words;
    uint32_t low = noun - s->begin < OWNER_WORDS ? s->begin : noun - OWNER_WORDS;
    for (uint32_t i = noun; i > low; i--) {
        if ((words->gaps[i] & NN_GAP_POSSESSIVE) != 0) {
            return (nn_word_range){owner_begin(s, i), i};
        }
        if (nn_gap_before(words, i) != 0) {
            break;
        }
        if (nn_word_is_among(words, i - 1, owners)) {
            return (nn_word_range){i - 1, i};
        }
        if (nn_words_is(words, i - 1, NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION)) {
            break;
        }
    }
    return (nn_word_range){noun, noun};
}

/** Whose a noun is by what stands at `*at`, behind it: criticism *from rivals*, support *among
 * voters*. `*at` moves behind that. */
static nn_word_range origin_of(const nn_sentence_view *s, uint32_t *at)
{
    static const char *const links[] = {"from", "by", "among", NULL};
    nn_word_range none = {*at, *at};
    if (*at + 1 >= s->end || !nn_follows(s, *at) || !nn_word_is_among(s->words, *at, links)) {
        return none;
    }
    nn_word_range found = nn_subject_after(s->r, *at, s->end);
    if (is_empty(found)) {
        found = plural_after(s, *at + 1);
    }
    static const char *const topics[] = {"for", "about", "over", "on", "that", NULL};
    for (uint32_t i = *at + 2; i < found.end; i++) {
        found.end = nn_word_is_among(s->words, i, topics) ? i : found.end; /* *for* the plan */
    }
    *at = is_empty(found) ? *at : found.end;
    return found;
}

static nuncio_status read_noun(const nn_sentence_view *s, uint32_t noun)
{
    nn_word_range owner = owner_of(s, noun);
    uint32_t at = noun + 1;
    bool alone = is_empty(owner) && (nn_words_cue(s->words, noun) & NN_CUE_ALONE) != 0;
    if (alone) {
        owner = origin_of(s, &at);
    }
    if (is_empty(owner) && !alone) {
        return NUNCIO_OK;
    }
    uint32_t begin = nn_behind_noun(s, at);
    if (begin == NN_WORD_NONE && !is_empty(owner) && at < s->end &&
        nn_words_is(s->words, at, NN_CLASS_PREPOSITION)) {
        begin = nn_find_conjunction(s, at, false); /* his claim *in a letter* that it rains */
    }
    if (alone && is_empty(owner)) {
        nn_complement told = {begin, begin == NN_WORD_NONE ? begin : nn_object_end(s, begin),
                              PASSIVE_CONFIDENCE};
        bool something = begin != NN_WORD_NONE && says_something(s->words, begin, told.end);
        return something
                   ? nn_report(s, told, noun, (nn_word_range){noun, noun}, NUNCIO_QUOTE_STANCE)
                   : NUNCIO_OK;
    }
    return begin == NN_WORD_NONE ? NUNCIO_OK
                                 : report(s, begin, nn_object_end(s, begin), noun, owner);
}

/** he's, they're: a pronoun with its verb, before word i. */
static bool has_short_be(const nn_words *words, uint32_t i)
{
    static const char *const short_be[] = {"we're", "We're",   "they're", "They're", "I'm", "we’re",
                                           "We’re", "they’re", "They’re", "I’m",     NULL};
    return ((words->gaps[i] & NN_GAP_POSSESSIVE) != 0 &&
            nn_words_is(words, i - 1, NN_CLASS_PRONOUN | HE_OR_SHE)) ||
           nn_word_is_among(words, i - 1, short_be);
}

static nuncio_status read_adjective(const nn_sentence_view *s, uint32_t i)
{
    nn_verb_group group = nn_verb_group_of(s->words, i, s->begin);
    static const char *const like_be[] = {
        "remain", "remained", "remains", "feel",   "felt", "feels",    "seem",    "seems",
        "seemed", "sounded",  "sounds",  "became", "grew", "appeared", "appears", NULL};
    bool linked = group.begin > s->begin && nn_word_is_among(s->words, group.begin - 1, like_be);
    bool short_be = group.begin > s->begin && has_short_be(s->words, group.begin);
    if (short_be) {
        uint32_t begin = nn_behind_noun(s, i + 1);
        nn_word_range who = {group.begin - 1, group.begin};
        return begin == NN_WORD_NONE ? NUNCIO_OK
                                     : report(s, begin, nn_object_end(s, begin), i, who);
    }
    if (!group.passive && !linked) { /* no form of "be": Marin left, *wary of* the plan */
        bool aside = group.begin > s->begin && nn_gap_before(s->words, group.begin) == NN_GAP_COMMA;
        uint32_t begin = aside ? nn_behind_noun(s, i + 1) : NN_WORD_NONE;
        nn_word_range who = first_person(s, i);
        return begin == NN_WORD_NONE ? NUNCIO_OK
                                     : report(s, begin, nn_object_end(s, begin), i, who);
    }
    uint32_t begin = nn_behind_noun(s, i + 1);
    if (begin == NN_WORD_NONE) {
        begin = nn_opens_clause(s, i + 1, false) ? i + 1 : begin;
    }
    nn_word_range source = nn_subject_before(s->r, linked ? group.begin - 1 : i, s->begin);
    return begin == NN_WORD_NONE ? NUNCIO_OK : report(s, begin, nn_object_end(s, begin), i, source);
}

/** Marin is *a strong supporter of* the plan. */
static nuncio_status read_holder(const nn_sentence_view *s, uint32_t noun)
{
    static const char *const of[] = {"of", NULL};
    const nn_words *words = s->words;
    if (noun + 2 >= s->end || !nn_follows(s, noun + 1) || !nn_word_is_among(words, noun + 1, of)) {
        return NUNCIO_OK;
    }
    uint32_t low = noun - s->begin < NOUN_WORDS ? s->begin : noun - NOUN_WORDS;
    uint32_t i = noun;
    while (i > low && nn_follows(s, i) && !nn_words_is(words, i - 1, NN_CLASS_AUXILIARY)) {
        i--;
    }
    if (i == low || i == noun || !nn_follows(s, i) ||
        !nn_verb_group_of(words, i, s->begin).passive) {
        return NUNCIO_OK;
    }
    nn_word_range source = nn_subject_before(s->r, i, s->begin);
    return report(s, noun + 2, nn_object_end(s, noun + 2), noun, source);
}

nuncio_status nn_stance_read(const nn_sentence_view *s, uint32_t i, nn_word_range last)
{
    const nn_words *words = s->words;
    uint32_t bits = nn_words_cue(words, i);
    size_t count = s->r->quotes->count;
    if (nn_cue_is_stance(words, i)) {
        NN_TRY(read_verb(s, i, last));
    }
    if ((bits & (NN_CUE_STANCE | NN_CUE_VERB)) != 0 && s->r->quotes->count == count &&
        words->language == NN_LEXICON_EN && !ends_in_ing(words, i)) {
        NN_TRY(read_passive(s, i));
    }
    if ((bits & NN_CUE_HEDGE) != 0 && s->r->quotes->count == count) {
        NN_TRY(read_hedge(s, i));
    }
    if ((bits & NN_CUE_ATTITUDE) != 0 && s->r->quotes->count == count) {
        NN_TRY(read_noun(s, i));
    }
    if ((bits & NN_CUE_ADJECTIVE) != 0 && s->r->quotes->count == count) {
        NN_TRY(read_adjective(s, i));
    }
    if ((bits & NN_CUE_HOLDER) != 0 && s->r->quotes->count == count) {
        NN_TRY(read_holder(s, i));
    }
    return NUNCIO_OK;
}
