/* SPDX-License-Identifier: Apache-2.0 */
/* The second pass over names. A person is introduced once in full and goes by one word afterwards:
 *
 *   Russian Foreign Minister Sergei Lavrov … Lavrov … Sergey Lavrov … Mr. Lavrov
 *   └──────── role ────────┘ └─ entity ──┘   └ by its last word ┘
 *
 * Full forms make entities, found by their last word (Lavrov) and their first (Xi). Then each word
 * that such a form explains becomes a span of that entity, whatever the first pass thought of it.
 */
#include "annotate/names/name_rules.h"
#include "annotate/names/names.h"
#include "annotate/names/names_internal.h"
#include "annotate/quotes/cues.h"
#include "core/error.h"
#include "core/str.h"

#include <string.h>

enum { CHAIN_MAX = 16 }; /* persons of one surname told apart */

typedef struct resolver {
    nn_names *names;
    const nn_words *words;
    nuncio_error *error;
} resolver;

static nuncio_status prepare(resolver *r)
{
    nn_names *names = r->names;
    size_t folds = nn_string_map_count(r->words->folds);
    size_t before = names->short_form_capacity;
    NN_TRY(nn_reserve(names->memory, &names->short_forms, &names->short_form_capacity, folds,
                      sizeof *names->short_forms, r->error));
    if (names->short_form_capacity > before) { /* a text without a word needs none */
        memset(names->short_forms + before, 0,
               (names->short_form_capacity - before) * sizeof *names->short_forms);
    }
    names->article++;
    return nn_reserve(names->memory, &names->at_word, &names->at_word_capacity, r->words->count,
                      sizeof *names->at_word, r->error);
}

static void index_words(resolver *r)
{
    nn_names *names = r->names;
    if (r->words->count > 0) {
        memset(names->at_word, 0, r->words->count * sizeof *names->at_word);
    }
    for (size_t i = 0; i < names->count; i++) {
        for (uint32_t w = names->spans[i].word_begin; w < names->spans[i].word_end; w++) {
            names->at_word[w] = (uint32_t)i + 1;
        }
    }
}

static uint32_t length_of(const nn_words *words, uint32_t begin, uint32_t end)
{
    return words->tokens[end - 1].end - words->tokens[begin].start;
}

/** True when span is a fuller form of the entity's name than the one kept. */
static bool is_fuller(const nn_words *words, const nn_entity *entity, const nn_named *span)
{
    bool initial_now = (nn_words_form(words, entity->word_begin)->shape & NN_SHAPE_INITIAL) != 0;
    bool initial_new = (nn_words_form(words, span->word_begin)->shape & NN_SHAPE_INITIAL) != 0;
    if (initial_now != initial_new) {
        return initial_now;
    }
    uint32_t words_now = entity->word_end - entity->word_begin;
    uint32_t words_new = span->word_end - span->word_begin;
    return words_new > words_now ||
           (words_new == words_now && length_of(words, entity->word_begin, entity->word_end) == 0);
}

static void note_gender(const resolver *r, nn_entity *entity, uint32_t begin, uint32_t end)
{
    for (uint32_t w = begin; w < end; w++) {
        uint32_t classes = nn_words_form(r->words, w)->classes;
        bool both = (classes & NN_CLASS_MALE) != 0 && (classes & NN_CLASS_FEMALE) != 0;
        if (!both) {
            entity->male |= (classes & NN_CLASS_MALE) != 0;
            entity->female |= (classes & NN_CLASS_FEMALE) != 0;
        }
    }
}

static void note_role(const resolver *r, nn_entity *entity, uint32_t begin, uint32_t end)
{
    for (uint32_t w = begin; w < end; w++) {
        nn_short_form_make(r->names, r->words, w)->in_role = true;
    }
    if (begin < end && entity->role_count < NN_ROLES_MAX) {
        entity->roles[entity->role_count].begin = begin;
        entity->roles[entity->role_count].end = end;
        entity->role_count++;
    }
}

static void note_context(const resolver *r, nn_entity *entity, const nn_named *span)
{
    const nn_words *words = r->words;
    uint32_t begin = nn_role_begin(r->names, words, span->word_begin);
    nn_word_range behind = nn_role_behind(words, span);
    note_role(r, entity, begin, span->word_begin);
    note_gender(r, entity, begin, span->word_begin);
    note_role(r, entity, behind.begin, behind.end);
    note_gender(r, entity, behind.begin, behind.end);
    nn_word_range apposed = nn_role_apposed(r->names, words, span);
    note_role(r, entity, apposed.begin, apposed.end);
    note_gender(r, entity, apposed.begin, apposed.end);
}

static nuncio_status new_entity(resolver *r, const nn_named *span, uint32_t *number)
{
    nn_names *names = r->names;
    NN_TRY(nn_reserve(names->memory, &names->entities, &names->entity_capacity,
                      names->entity_count + 1, sizeof *names->entities, r->error));
    *number = (uint32_t)names->entity_count++;
    nn_entity *entity = &names->entities[*number];
    *entity = (nn_entity){.word_begin = span->word_begin,
                          .word_end = span->word_end,
                          .first = span->word_begin,
                          .next_last = NN_ENTITY_NONE,
                          .next_first = NN_ENTITY_NONE,
                          .type = span->type};
    return NUNCIO_OK;
}

/** True when Mr. or the like stands before word i. */
static bool is_mister(const nn_words *words, uint32_t i)
{
    static const char *const titles[] = {"Mr",   "Mrs", "Ms",       "Miss", "Dr",   "Sir", "Mr.",
                                         "Mrs.", "Ms.", "Monsieur", "Herr", "Frau", NULL};
    return i > 0 && nn_name_joined(words, i) && nn_word_is_among(words, i - 1, titles);
}

/** Joins a full name to the entity it agrees with, or makes one. */
static nuncio_status take_full_name(resolver *r, nn_named *span)
{
    nn_names *names = r->names;
    const nn_words *words = r->words;
    nn_short_form *by_last = nn_short_form_make(r->names, r->words, nn_name_last_word(words, span));
    uint32_t steps = 0;
    uint32_t number = by_last->last;
    while (number != NN_ENTITY_NONE && steps++ < CHAIN_MAX) {
        const nn_entity *entity = &names->entities[number];
        if (nn_given_names_alike(words, entity->word_begin, span->word_begin)) {
            break;
        }
        number = entity->next_last;
    }
    if (number == NN_ENTITY_NONE || steps > CHAIN_MAX) {
        NN_TRY(new_entity(r, span, &number));
        nn_entity *entity = &names->entities[number];
        entity->next_last = by_last->last;
        by_last->last = number;
        nn_short_form *by_first = nn_short_form_make(r->names, r->words, span->word_begin);
        entity->next_first = by_first->first;
        by_first->first = number;
    } else if (is_fuller(words, &names->entities[number], span)) {
        names->entities[number].word_begin = span->word_begin;
        names->entities[number].word_end = span->word_end;
    }
    span->entity = number;
    names->entities[number].mister |= is_mister(words, span->word_begin);
    note_gender(r, &names->entities[number], span->word_begin, span->word_begin + 1);
    note_context(r, &names->entities[number], span);
    return NUNCIO_OK;
}

/** A people's adjective speaks for the country it is made from: Karsovian for Karsovia. */
static void vote_for_country(resolver *r, uint32_t word)
{
    nuncio_str folded = nn_string_map_key(r->words->folds, nn_words_form(r->words, word)->fold);
    for (size_t cut = 1; cut <= 3 && cut + 2 < folded.size; cut++) {
        uint32_t fold = nn_string_map_find(r->words->folds, nn_str(folded.data, folded.size - cut));
        if (fold != NN_STRING_MAP_NONE) {
            nn_short_form_of(r->names, fold)->votes[NUNCIO_ENTITY_PLACE] = UINT8_MAX;
        }
    }
}

static nuncio_status take_full_names(resolver *r)
{
    nn_names *names = r->names;
    for (size_t i = 0; i < names->count; i++) {
        nn_named *span = &names->spans[i];
        uint32_t size = span->word_end - span->word_begin;
        if (span->type == NUNCIO_ENTITY_PERSON && size > 1) {
            NN_TRY(take_full_name(r, span));
        } else if (size == 1) {
            uint8_t *votes =
                &nn_short_form_make(r->names, r->words, span->word_begin)->votes[span->type];
            *votes = *votes == UINT8_MAX ? *votes : (uint8_t)(*votes + 1);
        }
    }
    for (size_t i = 0; i < names->count; i++) {
        const nn_named *span = &names->spans[i];
        if (span->type == NUNCIO_ENTITY_NATIONALITY && (span->flags & NN_NAMED_WEAK) != 0) {
            vote_for_country(r, span->word_begin);
        }
    }
    return NUNCIO_OK;
}

/** True when one of the roles that an entity has been given holds the title at word `title`, or
 * its short form: Sen. for Senator. */
static bool has_title(const nn_words *words, const nn_entity *entity, uint32_t title)
{
    enum { SAME_LETTERS = 3 };
    nuncio_str wanted = nn_words_text(words, title, title + 1);
    for (uint32_t i = 0; i < entity->role_count; i++) {
        for (uint32_t w = entity->roles[i].begin; w < entity->roles[i].end; w++) {
            nuncio_str word = nn_words_text(words, w, w + 1);
            bool same = word.size >= SAME_LETTERS && wanted.size >= SAME_LETTERS &&
                        (word.data[0] | 32) == (wanted.data[0] | 32) &&
                        memcmp(word.data + 1, wanted.data + 1, SAME_LETTERS - 1) == 0;
            if (same || nn_words_form(words, w)->fold == nn_words_form(words, title)->fold) {
                return true;
            }
        }
    }
    return false;
}

/** True when a surname behind a title cannot be short for an entity: *Secretary Dulles* is not the
 * Mr. Allen Dulles of the same text, nor somebody whose full name comes only afterwards. */
static bool contradicts(const nn_words *words, const nn_entity *entity, uint32_t word,
                        uint32_t title)
{
    bool in_full = entity->word_end - entity->word_begin > 1;
    return in_full && !has_title(words, entity, title) && (entity->mister || entity->first > word);
}

/** The word of the title right before a surname that only some bear: Secretary, not Mr.; NONE. */
static uint32_t title_before(const nn_words *words, uint32_t word)
{
    bool title = word > 0 && nn_name_joined(words, word) &&
                 nn_words_is(words, word - 1, NN_CLASS_TITLE) &&
                 (nn_words_form(words, word - 1)->shape & NN_SHAPE_CAPITAL) != 0;
    return title && !is_mister(words, word) ? word - 1 : NN_WORD_NONE;
}

/** Of the entities in a chain, the one mentioned last before the surname at `word`; the title
 * before it must suit, and who has had it comes first. */
static uint32_t most_recent(const resolver *r, uint32_t head, bool by_last, uint32_t word)
{
    const nn_names *names = r->names;
    uint32_t named = title_before(r->words, word);
    bool bears = false; /* the best has had the title */
    uint32_t title = word > 0 ? nn_words_form(r->words, word - 1)->classes : 0;
    bool male = (title & NN_CLASS_TITLE) != 0 && (title & NN_CLASS_MALE) != 0;
    bool female = (title & NN_CLASS_TITLE) != 0 && (title & NN_CLASS_FEMALE) != 0;
    uint32_t best = NN_ENTITY_NONE;
    uint32_t steps = 0;
    for (uint32_t number = head; number != NN_ENTITY_NONE && steps < CHAIN_MAX; steps++) {
        const nn_entity *entity = &names->entities[number];
        bool suits = !(male && entity->female && !entity->male) &&
                     !(female && entity->male && !entity->female);
        bool had = named != NN_WORD_NONE && has_title(r->words, entity, named);
        suits = suits && (named == NN_WORD_NONE || !contradicts(r->words, entity, word, named));
        bool later = best == NN_ENTITY_NONE || entity->last >= names->entities[best].last;
        if (suits && (had != bears ? had : later)) {
            best = number;
            bears = had;
        }
        number = by_last ? entity->next_last : entity->next_first;
    }
    return best;
}

static uint8_t majority(const nn_short_form *form)
{
    uint32_t best = NUNCIO_ENTITY_NONE;
    for (uint32_t type = NUNCIO_ENTITY_PERSON; type <= NUNCIO_ENTITY_NATIONALITY; type++) {
        if (form->votes[type] > form->votes[best]) {
            best = type;
        }
    }
    return (uint8_t)best;
}

/** What the word at `word` names by itself, as the article's full forms and majority have it. */
static nuncio_status resolve_short(resolver *r, nn_named *span)
{
    nn_names *names = r->names;
    uint32_t word = span->word_begin;
    nn_short_form *form = nn_short_form_make(r->names, r->words, word);
    uint32_t entity = most_recent(r, form->last, true, word);
    bool open = span->type == NUNCIO_ENTITY_NONE || span->type == NUNCIO_ENTITY_PERSON;
    if (entity == NN_ENTITY_NONE && open) {
        entity = most_recent(r, form->first, false, word);
    }
    if (entity == NN_ENTITY_NONE) {
        span->type = span->type == NUNCIO_ENTITY_NONE || (span->flags & NN_NAMED_WEAK) != 0
                         ? majority(form)
                         : span->type;
        if (span->type != NUNCIO_ENTITY_PERSON) {
            return NUNCIO_OK;
        }
        NN_TRY(new_entity(r, span, &entity));
        names->entities[entity].next_last = form->last;
        form->last = entity;
    }
    span->type = NUNCIO_ENTITY_PERSON;
    span->entity = entity;
    note_context(r, &names->entities[entity], span);
    return NUNCIO_OK;
}

/** True when a word's neighbours have capitals too and belong to no name yet: City *Hall*, *White*
 * Paper. */
static bool is_in_run(const resolver *r, uint32_t word)
{
    const nn_words *words = r->words;
    bool before = word > 0 && nn_name_joined(words, word) &&
                  (nn_words_form(words, word - 1)->shape & NN_SHAPE_CAPITAL) != 0 &&
                  nn_names_at(r->names, word - 1) == NULL &&
                  !nn_words_is(words, word - 1, NN_CLASS_TITLE | NN_CLASS_ROLE) &&
                  (words->gaps[word - 1] & NN_GAP_SENTENCE) == 0;
    bool after = word + 1 < words->count && nn_name_joined(words, word + 1) &&
                 (nn_words_form(words, word + 1)->shape & NN_SHAPE_CAPITAL) != 0;
    return before || after;
}

/** True when a word without a span may be given one in the second pass. */
static bool may_be_short(const resolver *r, uint32_t word)
{
    const nn_form *form = nn_words_form(r->words, word);
    if ((form->shape & NN_SHAPE_CAPITAL) == 0 || (form->shape & NN_SHAPE_INITIAL) != 0) {
        return false;
    }
    const nn_short_form *known = nn_short_form_at(r->names, r->words, word);
    if (known == NULL) {
        return false;
    }
    bool opens = (r->words->gaps[word] & NN_GAP_SENTENCE) != 0;
    bool common = (form->classes & (NN_CLASS_COMMON | NN_CLASS_TIME)) != 0;
    uint32_t never = NN_CLASS_NO_ACRONYM | NN_CLASS_SUFFIX;
    if (((form->classes & never) != 0 && (form->shape & NN_SHAPE_UPPER) != 0) ||
        (common && is_in_run(r, word))) {
        return false;
    }
    bool function =
        (form->classes & (NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION | NN_CLASS_PRONOUN)) != 0;
    bool named = known->last != NN_ENTITY_NONE || majority(known) != NUNCIO_ENTITY_NONE ||
                 (known->first != NN_ENTITY_NONE && !common);
    /* "Trump said" is no card at the start of a sentence when the article knows a Trump */
    uint32_t next = word + 1;
    bool acts = known->last != NN_ENTITY_NONE && next < r->words->count &&
                ((r->words->gaps[next] & NN_GAP_POSSESSIVE) != 0 ||
                 nn_cue_is_verb(r->words, next) || nn_words_is(r->words, next, NN_CLASS_AUXILIARY));
    return named && (!(opens && common) || acts) && !function;
}

static nuncio_status push(resolver *r, size_t *count, nn_named span)
{
    if (span.entity != NN_ENTITY_NONE) {
        r->names->entities[span.entity].last = (uint32_t)*count + 1;
    }
    return nn_names_merge(r->names, span, count, r->error);
}

/** True for a lone word that was taken for a place or body, that no gazetteer knows as such, and
 * that is the surname of a person whom the article has in full. */
static bool is_surname(const resolver *r, const nn_named *span)
{
    const uint32_t others = NN_KNOWN_COUNTRY | NN_KNOWN_CITY | NN_KNOWN_REGION |
                            NN_KNOWN_NATIONALITY | NN_KNOWN_BODY | NN_KNOWN_COMPANY |
                            NN_KNOWN_PARTY | NN_KNOWN_ACRONYM;
    const nn_form *form = nn_words_form(r->words, span->word_begin);
    const nn_short_form *known = nn_short_form_at(r->names, r->words, span->word_begin);
    if (known == NULL || known->last == NN_ENTITY_NONE || (form->known & others) != 0 ||
        (span->type != NUNCIO_ENTITY_PLACE && span->type != NUNCIO_ENTITY_ORGANISATION)) {
        return false;
    }
    const nn_entity *entity = &r->names->entities[known->last];
    return entity->word_end - entity->word_begin > 1;
}

/** Walks the article again: single words join the entities, words without a span may get one. */
static nuncio_status take_short_names(resolver *r)
{
    nn_names *names = r->names;
    size_t count = 0;
    size_t next = 0;
    for (uint32_t word = 0; word < r->words->count;) {
        if (next < names->count && names->spans[next].word_begin == word) {
            nn_named span = names->spans[next++];
            bool single = span.word_end - span.word_begin == 1;
            bool person = span.type == NUNCIO_ENTITY_PERSON && span.entity == NN_ENTITY_NONE;
            bool weak = (span.flags & NN_NAMED_WEAK) != 0;
            if (single && (person || weak || is_surname(r, &span))) {
                NN_TRY(resolve_short(r, &span));
            }
            word = span.word_end;
            if (span.type != NUNCIO_ENTITY_NONE) {
                NN_TRY(push(r, &count, span));
            }
        } else if (may_be_short(r, word)) {
            nn_named span = {word, word + 1, NN_ENTITY_NONE, NUNCIO_ENTITY_NONE, NN_NAMED_WEAK};
            NN_TRY(resolve_short(r, &span));
            if (span.type != NUNCIO_ENTITY_NONE) {
                NN_TRY(push(r, &count, span));
            }
            word++;
        } else {
            word++;
        }
    }
    nn_names_take_merged(names, count);
    return NUNCIO_OK;
}

nuncio_status nn_names_resolve(nn_names *names, const nn_words *words, nuncio_str title,
                               nuncio_error *error)
{
    resolver r = {names, words, error};
    NN_TRY(prepare(&r));
    NN_TRY(nn_names_mend(names, words, error));
    index_words(&r);
    NN_TRY(take_full_names(&r));
    NN_TRY(take_short_names(&r));
    index_words(&r);
    return nn_names_write(names, words, title, error);
}
