/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/references.h"

#include "annotate/names/name_rules.h"
#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"
#include "annotate/quotes/referents.h"
#include "core/error.h"

#include <stdlib.h>
#include <string.h>

enum {
    TITLE_WORDS = 10,  /* of a title behind its article */
    TITLE_REACH = 200, /* words from the name of whom it means */
    NEAR_SPANS = 12,   /* names looked back at for a person before a pronoun */
    NEAR_WORDS = 60    /* between them */
};

static nuncio_status add(const nn_reading *r, nn_references *to, nn_word_range words,
                         nuncio_reference_kind kind, uint32_t entity)
{
    const nn_entity *who = &r->names->entities[entity];
    NN_TRY(nn_reserve(r->names->memory, &to->items, &to->capacity, to->count + 1, sizeof *to->items,
                      r->error));
    to->items[to->count++] = (nuncio_reference){.start = r->words->tokens[words.begin].start,
                                                .end = r->words->tokens[words.end - 1].end,
                                                .kind = kind,
                                                .type = (nuncio_entity_type)who->type,
                                                .name = who->name};
    return NUNCIO_OK;
}

/** True for a word that opens no title: *killing* a boy, *faced* with it, *four* ministers, *and*
 * he. */
static bool is_loose(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    bool participle = text.size > 4 && (memcmp(text.data + text.size - 3, "ing", 3) == 0 ||
                                        memcmp(text.data + text.size - 2, "ed", 2) == 0);
    uint32_t never =
        NN_CLASS_CONJUNCTION | NN_CLASS_PREPOSITION | NN_CLASS_PRONOUN | NN_CLASS_ADVERB;
    return participle || nn_words_is(words, i, never) ||
           (nn_words_form(words, i)->shape & NN_SHAPE_NUMBER) != 0;
}

/** True for several: the top *leaders*. */
static bool is_plural(const nn_words *words, uint32_t i)
{
    nuncio_str text = nn_words_text(words, i, i + 1);
    return words->english && text.size > 2 && text.data[text.size - 1] == 's' &&
           text.data[text.size - 2] != 's';
}

/** True for a word that may end a title: no small word, and no name that nothing tagged: Ambassador
 * *Dean*. */
static bool may_end_title(const nn_reading *r, uint32_t i)
{
    const nn_form *form = nn_words_form(r->words, i);
    uint32_t links = NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION;
    uint32_t nouns = NN_CLASS_COMMON | NN_CLASS_ROLE | NN_CLASS_TITLE | NN_CLASS_ORG_HEAD;
    bool known = (form->classes & nouns) != 0 || (form->shape & NN_SHAPE_CAPITAL) == 0 ||
                 nn_names_at(r->names, i) != NULL || !r->words->english;
    bool given = (form->classes & NN_CLASS_GIVEN) != 0 && nn_names_at(r->names, i) == NULL;
    bool several = (form->classes & NN_CLASS_ROLE) != 0 && is_plural(r->words, i);
    return (form->classes & links) == 0 && known && !given && !several;
}

/** True for words that are the title of one person: they say an office and name nobody. */
static bool is_title(const nn_reading *r, nn_word_range range)
{
    const nn_words *words = r->words;
    static const char *const misters[] = {"Mr", "Mrs", "Ms", "Miss", "Messrs", "Dr", NULL};
    bool role = false;
    if (range.begin >= range.end || !may_end_title(r, range.end - 1) ||
        (nn_names_at(r->names, range.begin) == NULL && is_loose(words, range.begin))) {
        return false;
    }
    for (uint32_t i = range.begin; i < range.end; i++) {
        const nn_named *span = nn_names_at(r->names, i);
        bool person = span != NULL && span->type == NUNCIO_ENTITY_PERSON;
        nn_words_count_work(words, 1);
        if (person || nn_word_is_among(words, i, misters)) {
            return false;
        }
        role |= span == NULL && nn_words_is(words, i, NN_CLASS_ROLE);
    }
    return role;
}

/** The titles that stand before and behind a name: *Russian Foreign Minister* Sergei Lavrov; Sanna
 * Marin, *the Finnish prime minister*, said. */
static nuncio_status add_appositions(const nn_reading *r, nn_references *to, const nn_named *span)
{
    const nn_words *words = r->words;
    nn_word_range before = {nn_role_begin(r->names, words, span->word_begin), span->word_begin};
    nn_word_range behind = nn_role_behind(words, span);
    before = before.begin < before.end ? before : nn_role_apposed(r->names, words, span);
    if (is_title(r, before)) {
        NN_TRY(add(r, to, before, NUNCIO_REFERENCE_TITLE, span->entity));
    }
    return is_title(r, behind) ? add(r, to, behind, NUNCIO_REFERENCE_TITLE, span->entity)
                               : NUNCIO_OK;
}

/** True for the articles that point at somebody known: the, le, der; not a, un, ein. */
static bool is_definite(const nn_words *words, uint32_t i)
{
    static const char *const articles[] = {"the", "The", "le",  "Le",  "la",  "La",
                                           "l",   "L",   "der", "Der", "die", "Die",
                                           "den", "dem", "el",  "El",  NULL};
    return nn_words_is(words, i, NN_CLASS_DETERMINER) && nn_word_is_among(words, i, articles);
}

/** The words that titles of the article are made of, from word `begin` on: the Secretary of State.
 */
static nn_word_range title_from(const nn_reading *r, uint32_t begin)
{
    const nn_words *words = r->words;
    uint32_t small = NN_CLASS_PREPOSITION | NN_CLASS_DETERMINER;
    uint32_t limit = words->count - begin < TITLE_WORDS ? words->count : begin + TITLE_WORDS;
    uint32_t end = begin;
    for (uint32_t i = begin; i < limit; i++) {
        bool joined =
            (words->gaps[i] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE | NN_GAP_HYPHEN)) == 0 ||
            nn_name_joined(words, i);
        bool elided = i == begin && (words->gaps[i] & NN_GAP_HYPHEN) != 0; /* l’ambassadeur */
        nn_words_count_work(words, 1);
        if (!joined && !elided) {
            break;
        }
        bool of_title =
            nn_names_is_role_word(r->names, words, i) || nn_words_is(words, i, NN_CLASS_ROLE);
        if (of_title) {
            end = i + 1;
        } else if (!nn_words_is(words, i, small)) {
            break;
        }
    }
    return (nn_word_range){begin, end};
}

/** True when what follows a title says that it is none or another's: the prime minister *of
 * Estonia*, the president*-elect*, the minister *Ivan Petrov*, the general *guidelines*. */
static bool goes_on(const nn_reading *r, uint32_t end)
{
    const nn_words *words = r->words;
    static const char *const links[] = {"of",  "for", "de",  "du", "des",  "d",
                                        "del", "von", "für", "to", "from", "and",
                                        "or",  "et",  "und", "y",  NULL};
    uint32_t parted = ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE | NN_GAP_HYPHEN);
    if (end >= words->count || (words->gaps[end] & parted) != 0) {
        return false;
    }
    nuncio_str text = nn_words_text(words, end, end + 1);
    bool past = text.size > 3 && memcmp(text.data + text.size - 2, "ed", 2) == 0;
    uint32_t fits = NN_CLASS_AUXILIARY | NN_CLASS_ADVERB | NN_CLASS_PREPOSITION | NN_CLASS_PRONOUN |
                    NN_CLASS_CONJUNCTION | NN_CLASS_THAT | NN_CLASS_TIME | NN_CLASS_NEGATION;
    bool ends = past || nn_cue_is_verb(words, end) || nn_words_is(words, end, fits);
    return !ends || (words->gaps[end] & NN_GAP_HYPHEN) != 0 || nn_names_at(r->names, end) != NULL ||
           nn_word_is_among(words, end, links);
}

/** The person named last before word i; NULL: nobody near. */
static const nn_named *last_person(const nn_reading *r, uint32_t i)
{
    size_t index = nn_names_from(r->names, i);
    for (uint32_t steps = 0; index > 0 && steps < NEAR_SPANS; steps++) {
        const nn_named *span = &r->names->spans[--index];
        nn_words_count_work(r->words, 1);
        if (span->type == NUNCIO_ENTITY_PERSON && span->entity != NN_ENTITY_NONE) {
            return span;
        }
    }
    return NULL;
}

/** True when an entity is named at most TITLE_REACH words before word i. */
static bool is_near(const nn_reading *r, uint32_t entity, uint32_t i)
{
    size_t index = nn_names_from(r->names, i);
    while (index > 0 && i - r->names->spans[index - 1].word_end <= TITLE_REACH) {
        nn_words_count_work(r->words, 1);
        if (r->names->spans[--index].entity == entity) {
            return true;
        }
    }
    return false;
}

/** True when an entity is near enough for its title: one of one word means whoever was named last,
 * and nobody when it has a capital, since papers of an office write their own so. */
static bool may_mean(const nn_reading *r, uint32_t entity, nn_word_range title)
{
    const nn_named *last = last_person(r, title.begin);
    bool bare = title.end - title.begin == 1;
    bool capital = (nn_words_form(r->words, title.begin)->shape & NN_SHAPE_CAPITAL) != 0;
    return bare ? last != NULL && last->entity == entity && !(capital && r->words->english)
                : is_near(r, entity, title.begin);
}

/** The title behind the article at word `i`, when it means one person plainly. */
static nuncio_status add_title(const nn_reading *r, nn_references *to, uint32_t i)
{
    nn_word_range title = title_from(r, i + 1);
    bool several = false;
    if (!is_title(r, title) || goes_on(r, title.end)) {
        return NUNCIO_OK;
    }
    nn_speaker who = nn_referent_of_role(r, title, &several);
    if (who.entity == NN_ENTITY_NONE || several || who.type != NUNCIO_ENTITY_PERSON ||
        !may_mean(r, who.entity, title)) {
        return NUNCIO_OK;
    }
    return add(r, to, (nn_word_range){i, title.end}, NUNCIO_REFERENCE_TITLE, who.entity);
}

/** True when a person may be a woman (man), as far as anything says. */
static bool may_be(const nn_entity *entity, bool male)
{
    return male ? entity->male || !entity->female : entity->female;
}

/** True when from the sentence that names an entity last, on to the pronoun at word i, nobody else
 * is named or called by an office whom the pronoun could mean. */
static bool is_alone(const nn_reading *r, uint32_t entity, uint32_t i, bool male)
{
    const nn_words *words = r->words;
    const nn_named *last = last_person(r, i);
    if (last == NULL || last->entity != entity || i - last->word_end > NEAR_WORDS) {
        return false;
    }
    uint32_t begin = nn_sentence_begin(words, last->word_begin, NEAR_WORDS);
    uint32_t title = nn_role_begin(r->names, words, last->word_begin);
    for (uint32_t w = begin; w < i; w++) {
        const nn_named *span = nn_names_at(r->names, w);
        nn_words_count_work(words, 1);
        bool other =
            span != NULL && span->type == NUNCIO_ENTITY_PERSON && span->entity != entity &&
            (span->entity == NN_ENTITY_NONE || may_be(&r->names->entities[span->entity], male));
        bool office = span == NULL && nn_words_is(words, w, NN_CLASS_ROLE) &&
                      (w < title || w >= last->word_begin);
        bool parted = w > last->word_begin && (words->gaps[w] & NN_GAP_PARAGRAPH) != 0;
        if (other || office || parted) {
            return false;
        }
    }
    return true;
}

/** True for he and she. Only English ones: il, er and sie stand for things as well. */
static bool is_pronoun(const nn_words *words, uint32_t i)
{
    static const char *const subjects[] = {"he", "He", "she", "She", NULL};
    return words->english && nn_words_is(words, i, NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE) &&
           nn_word_is_among(words, i, subjects);
}

static nuncio_status add_pronoun(const nn_reading *r, nn_references *to, uint32_t i)
{
    bool male = nn_words_is(r->words, i, NN_CLASS_PRONOUN_HE);
    nn_speaker who = nn_referent_of_pronoun(r, i, male);
    bool plain = who.entity != NN_ENTITY_NONE && may_be(&r->names->entities[who.entity], male) &&
                 is_alone(r, who.entity, i, male);
    return plain ? add(r, to, (nn_word_range){i, i + 1}, NUNCIO_REFERENCE_PRONOUN, who.entity)
                 : NUNCIO_OK;
}

/** In order of start; of those that start together the longest first. */
static int by_place(const void *a, const void *b)
{
    const nuncio_reference *x = a;
    const nuncio_reference *y = b;
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    return x->end == y->end ? 0 : x->end > y->end ? -1 : 1;
}

static void keep_apart(nn_references *references)
{
    size_t kept = 0;
    if (references->count > 1) {
        qsort(references->items, references->count, sizeof *references->items, by_place);
    }
    for (size_t i = 0; i < references->count; i++) {
        if (kept == 0 || references->items[i].start >= references->items[kept - 1].end) {
            references->items[kept++] = references->items[i];
        }
    }
    references->count = kept;
}

nuncio_status nn_references_find(const nn_reading *r, nn_references *references)
{
    const nn_words *words = r->words;
    references->count = 0;
    for (size_t i = 0; i < r->names->count; i++) {
        const nn_named *span = &r->names->spans[i];
        if (span->type == NUNCIO_ENTITY_PERSON && span->entity != NN_ENTITY_NONE) {
            NN_TRY(add_appositions(r, references, span));
        }
    }
    for (uint32_t i = 0; i + 1 < words->count; i++) {
        bool free = nn_names_at(r->names, i) == NULL;
        bool marked = (r->quotes->covered[i] & NN_COVERED_MARKED) != 0;
        if (free && is_definite(words, i)) {
            NN_TRY(add_title(r, references, i));
        } else if (free && !marked && is_pronoun(words, i)) {
            NN_TRY(add_pronoun(r, references, i));
        }
    }
    keep_apart(references);
    return NUNCIO_OK;
}

void nn_references_deinit(nn_references *references, nn_memory *memory)
{
    nn_release(memory, references->items, references->capacity * sizeof *references->items);
    *references = (nn_references){0};
}
