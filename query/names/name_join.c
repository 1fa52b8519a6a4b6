/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/name_join.h"

#include "core/error.h"
#include "core/str.h"
#include "query/names/name_person.h"
#include "text/name_bag.h"

#include <stdlib.h>
#include <string.h>

/* Whether the words of a name of the type are the same in any order. */
static bool is_bag(nuncio_entity_type type)
{
    return type == NUNCIO_ENTITY_ORGANISATION || type == NUNCIO_ENTITY_EVENT;
}

uint32_t nn_name_form_begin(const nn_name_form *form)
{
    return form->words.count > 1 && nn_name_word_is_small(form->words.items[0].folded) ? 1 : 0;
}

nuncio_str nn_name_singular(nuncio_str folded)
{
    enum { LETTERS_MIN = 4 };
    bool plural = folded.size >= LETTERS_MIN && folded.data[folded.size - 1] == 's' &&
                  folded.data[folded.size - 2] != 's';
    return nn_str(folded.data, folded.size - plural);
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Whether bytes `from` … `end` of a name, letters and digits, are surely a word that is not small:
 * nothing stands beside them that may be of one word with them (O.N., Ön, 1,000). */
static bool is_large(nuncio_str text, size_t from, size_t end)
{
    enum { SMALL_MAX = 3 }; /* letters of a small word */
    char folded[SMALL_MAX];
    if ((from > 0 && !nn_name_is_gap(text.data[from - 1])) ||
        (end < text.size && !nn_name_is_gap(text.data[end])) ||
        (from > 0 && text.data[from - 1] == ',') || (end < text.size && text.data[end] == ',')) {
        return false;
    }
    for (size_t at = from; at < end && at - from < SMALL_MAX; at++) {
        folded[at - from] = (char)(text.data[at] | 0x20);
    }
    return end - from > SMALL_MAX || !nn_name_word_is_small(nn_str(folded, end - from));
}

/* Whether a name has more than `count` words that are surely not small. */
static bool has_more(nuncio_str text, uint32_t count)
{
    uint32_t large = 0;
    for (size_t at = 0; at < text.size && large <= count;) {
        size_t end = at;
        while (end < text.size && is_plain(text.data[end])) {
            end++;
        }
        large += end > at && is_large(text, at, end);
        at = end + 1;
    }
    return large > count;
}

bool nn_name_may_have_key(nuncio_str text, uint32_t words, uint32_t count)
{
    if (words == 0) {
        nuncio_str seen[NN_NAME_WORDS_MAX];
        words = nn_name_plain_words(text, seen);
    }
    return words == 0 || words == count || (words > count && !has_more(text, count));
}

/* ---- keys ---- */

/* The words of a whole name joined by spaces as the table of spellings has them. */
static size_t fold_whole(const nn_name_words *words, char *to, size_t room)
{
    size_t size = 0;
    static const char *const the[] = {"the", NULL};
    bool article = words->count > 1 && nn_name_word_is_among(words->items[0].folded, the);
    for (uint32_t i = article ? 1 : 0; i < words->count; i++) {
        nuncio_str folded = words->items[i].folded;
        if (size + folded.size + 1 > room) {
            return 0;
        }
        if (size > 0) {
            to[size++] = ' ';
        }
        memcpy(to + size, folded.data, folded.size);
        size += folded.size;
    }
    return size;
}

/* The group of a whole name, or of its words in any order. */
static uint16_t group_of_bag(const nn_name_form *form, nuncio_str whole, nn_spelling_kind kind)
{
    char bag[NN_NAME_BAG_ROOM];
    uint16_t group = nn_name_group_find(kind, whole);
    bool event = kind == NN_SPELLING_EVENT;
    return group != NN_NAME_GROUP_NONE
               ? group
               : nn_name_group_find(event ? NN_SPELLING_EVENT_BAG : NN_SPELLING_ORGANISATION_BAG,
                                    nn_str(bag, nn_name_bag(&form->words, bag)));
}

uint16_t nn_name_group_of(const nn_name_form *form)
{
    char whole[128]; /* longer than any spelling of the table */
    nuncio_str text = nn_str(whole, fold_whole(&form->words, whole, sizeof whole));
    switch (form->type) {
    case NUNCIO_ENTITY_PLACE:
        return nn_name_group_find(NN_SPELLING_PLACE, text);
    case NUNCIO_ENTITY_NATIONALITY: { /* a Houthi is of the Houthis */
        uint16_t group = nn_name_group_find(NN_SPELLING_NATIONALITY, text);
        return group != NN_NAME_GROUP_NONE ? group
                                           : nn_name_group_find(NN_SPELLING_ORGANISATION, text);
    }
    case NUNCIO_ENTITY_ORGANISATION:
        return group_of_bag(form, text, NN_SPELLING_ORGANISATION);
    case NUNCIO_ENTITY_EVENT:
        return group_of_bag(form, text, NN_SPELLING_EVENT);
    case NUNCIO_ENTITY_PERSON:
    case NUNCIO_ENTITY_NONE:
    default:
        return NN_NAME_GROUP_NONE;
    }
}

static int by_bytes(const void *a, const void *b)
{
    return nn_str_compare(*(const nuncio_str *)a, *(const nuncio_str *)b);
}

/* The words of an organisation's or event's name, whatever their order. */
static nuncio_status take_bag(nn_arena *arena, const nn_name_form *form,
                              nuncio_str words[NN_NAME_WORDS_MAX], uint32_t *count,
                              nuncio_error *error)
{
    nn_name_bag_walk walk = {.words = &form->words};
    const nn_name_body *body;
    const nn_name_word *word;
    for (; nn_name_bag_next(&walk, &body, &word); (*count)++) {
        if (body != NULL) {
            words[*count] = nn_str_of(body->key);
        } else {
            NN_TRY(nn_name_word_canonical(arena, word, NN_SPELLING_WORD, &words[*count], error));
        }
    }
    qsort(words, *count, sizeof *words, by_bytes);
    return NUNCIO_OK;
}

/* The words of another name as they stand, those of peoples without the ending of a plural. */
static nuncio_status take_words(nn_arena *arena, const nn_name_form *form,
                                nuncio_str words[NN_NAME_WORDS_MAX], uint32_t *count,
                                nuncio_error *error)
{
    for (uint32_t i = nn_name_form_begin(form); i < form->words.count; i++, (*count)++) {
        NN_TRY(nn_name_word_canonical(arena, &form->words.items[i], NN_SPELLING_WORD,
                                      &words[*count], error));
        if (form->type == NUNCIO_ENTITY_NATIONALITY) {
            words[*count] = nn_name_singular(words[*count]);
        }
    }
    return NUNCIO_OK;
}

/* The key of a name that is in no group: its words. */
static nuncio_status join_words(nn_arena *arena, const nn_name_form *form, char letter,
                                nuncio_str *out, nuncio_error *error)
{
    nuncio_str words[NN_NAME_WORDS_MAX];
    uint32_t count = 0;
    size_t size = 1;
    NN_TRY((is_bag(form->type) ? take_bag : take_words)(arena, form, words, &count, error));
    for (uint32_t i = 0; i < count; i++) {
        size += words[i].size + 1;
    }
    char *text = nn_arena_alloc(arena, size);
    if (text == NULL) {
        return nn_error_memory(error);
    }
    size = 0;
    text[size++] = letter;
    for (uint32_t i = 0; i < count; i++) {
        memcpy(text + size, words[i].data, words[i].size);
        size += words[i].size;
        text[size++] = ' ';
    }
    *out = nn_str(text, size);
    return NUNCIO_OK;
}

nuncio_status nn_name_form_set_key(nn_arena *arena, nn_name_form *form, nuncio_error *error)
{
    static const char letters[] = {'d', 'p', 'l', 'o', 'e', 'n'}; /* by type */
    char room[NN_NAME_KEY_MAX + 16];
    nuncio_str surname;
    size_t size = 0;
    if (form->words.count == 0 || form->type == NUNCIO_ENTITY_NONE) { /* as written, alone */
        char *text = nn_arena_alloc(arena, form->text.size + 1);
        if (text != NULL) {
            text[0] = 'd';
            memcpy(text + 1, form->text.data, form->text.size);
        }
        form->key = nn_str(text, form->text.size + 1);
        return text == NULL ? nn_error_memory(error) : NUNCIO_OK;
    }
    if (form->type == NUNCIO_ENTITY_PERSON) {
        NN_TRY(nn_name_person_read(arena, form, &surname, error));
        room[size++] = letters[form->type];
        memcpy(room + size, surname.data, surname.size);
        size += surname.size;
    } else {
        uint16_t group = nn_name_group_of(form);
        if (group == NN_NAME_GROUP_NONE) {
            return join_words(arena, form, letters[form->type], &form->key, error);
        }
        size += nn_name_group_write(group, room); /* of a place and its people */
    }
    form->key = nn_arena_str(arena, nn_str(room, size));
    return form->key.data == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

/* ---- joining ---- */

/* Fullest first, then those of most articles; a total order. */
static int by_fullness(const void *a, const void *b)
{
    const nn_name_form *x = *(nn_name_form *const *)a;
    const nn_name_form *y = *(nn_name_form *const *)b;
    if (x->full_count != y->full_count) {
        return x->full_count > y->full_count ? -1 : 1;
    }
    if (x->given_count != y->given_count) {
        return x->given_count > y->given_count ? -1 : 1;
    }
    if (x->articles != y->articles) {
        return x->articles > y->articles ? -1 : 1;
    }
    int order = nn_str_compare(x->text, y->text);
    return order != 0 ? order : (int)x->type - (int)y->type;
}

/* A person so far: what is known of the given names, and who stands for them. */
typedef struct person {
    nn_name_form known; /* given names only */
    uint64_t articles;
    const nn_name_form *leader;
    uint32_t members;
} person;

/* Completes what is known of a person by another form. */
static nuncio_status learn(nn_arena *arena, person *to, const nn_name_form *form,
                           nuncio_error *error)
{
    nn_name_form *known = &to->known;
    uint32_t count =
        form->given_count > known->given_count ? form->given_count : known->given_count;
    bool aligned =
        nn_given_name_skipped(known, form) == 0 && nn_given_name_skipped(form, known) == 0;
    bool news = form->given_count > known->given_count;
    for (uint32_t i = 0; i < form->given_count && i < known->given_count; i++) {
        news = news || (known->given[i].initial && !form->given[i].initial);
    }
    news = news && aligned;
    if (news) {
        nn_given_name *given = nn_arena_alloc(arena, count * sizeof *given);
        if (given == NULL) {
            return nn_error_memory(error);
        }
        for (uint32_t i = 0; i < count; i++) {
            bool mine =
                i < known->given_count && (!known->given[i].initial || i >= form->given_count);
            given[i] = mine ? known->given[i] : form->given[i];
        }
        known->given = given;
        known->given_count = count;
    }
    to->articles += form->articles;
    bool better = to->leader == NULL || form->articles > to->leader->articles ||
                  (form->articles == to->leader->articles &&
                   nn_str_compare(form->text, to->leader->text) < 0);
    /* a surname alone stands for nobody whose full name is known */
    bool fuller = to->leader != NULL && to->leader->full_count > 0 && form->full_count == 0;
    to->leader = better && !fuller ? form : to->leader;
    to->members++;
    return NUNCIO_OK;
}

/* The person that a form means among those known so far, or NULL: somebody else, or nobody knows.
 */
static person *choose(person *persons, uint32_t count, const nn_name_form *form)
{
    enum { DOMINANT = 4, RARE = 100, KNOWN = 10, FAMOUS = 1000 };
    person *best = NULL;
    uint64_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (nn_given_names_agree(&persons[i].known, form)) {
            total += persons[i].articles;
            best = best == NULL || persons[i].articles > best->articles ? &persons[i] : best;
        }
    }
    if (best == NULL || best->articles < DOMINANT * (total - best->articles)) {
        return NULL;
    }
    /* whoever is rarely named in full is hardly meant by a surname that is everywhere */
    uint64_t times = best->articles < KNOWN ? RARE : FAMOUS;
    return form->given_count == 0 && best->articles * times < form->articles ? NULL : best;
}

/* Commonest first; a total order. */
static int by_articles(const void *a, const void *b)
{
    const nn_name_form *x = *(nn_name_form *const *)a;
    const nn_name_form *y = *(nn_name_form *const *)b;
    if (x->articles != y->articles) {
        return x->articles > y->articles ? -1 : 1;
    }
    int order = nn_str_compare(x->text, y->text);
    return order != 0 ? order : (int)x->type - (int)y->type;
}

/* The form before forms[i] that is the same words, in capitals or with another title; i: none. They
 * stand near each other, as fullness orders them. */
static uint32_t find_same(nn_name_form *const *forms, uint32_t i)
{
    for (uint32_t j = i; j > 0 && forms[j - 1]->full_count == forms[i]->full_count &&
                         forms[j - 1]->given_count == forms[i]->given_count;
         j--) {
        if (nn_given_names_equal(forms[j - 1], forms[i])) {
            return j - 1;
        }
    }
    return i;
}

static nuncio_status join_persons(nn_arena *arena, nn_name_form **forms, uint32_t count,
                                  nuncio_error *error)
{
    person *persons = nn_arena_array(arena, count, sizeof *persons);
    uint32_t *of = nn_arena_array(arena, count, sizeof *of);
    uint32_t person_count = 0;
    if (persons == NULL || of == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t same = find_same(forms, i);
        person *to = same < i ? &persons[of[same]] : choose(persons, person_count, forms[i]);
        to = to == NULL ? &persons[person_count++] : to;
        of[i] = (uint32_t)(to - persons);
        NN_TRY(learn(arena, to, forms[i], error));
    }
    for (uint32_t i = 0; i < count; i++) {
        forms[i]->leader = persons[of[i]].leader->number;
    }
    return NUNCIO_OK;
}

/* Of those that are one: the commonest, places and organisations before their people. */
bool nn_name_form_leads(const nn_name_form *a, const nn_name_form *b)
{
    bool a_people = a->type == NUNCIO_ENTITY_NATIONALITY;
    bool b_people = b->type == NUNCIO_ENTITY_NATIONALITY;
    if (a_people != b_people) {
        return b_people;
    }
    return a->articles != b->articles ? a->articles > b->articles
                                      : nn_str_compare(a->text, b->text) < 0;
}

nuncio_status nn_name_join(nn_arena *arena, nn_name_form **forms, uint32_t count,
                           nuncio_error *error)
{
    if (count == 0) {
        return NUNCIO_OK;
    }
    if (count > NN_NAME_JOIN_MAX) { /* the rarest stay apart */
        qsort(forms, count, sizeof *forms, by_articles);
        for (uint32_t i = NN_NAME_JOIN_MAX; i < count; i++) {
            forms[i]->leader = forms[i]->number;
        }
        count = NN_NAME_JOIN_MAX;
    }
    qsort(forms, count, sizeof *forms, by_fullness);
    if (forms[0]->type == NUNCIO_ENTITY_PERSON && forms[0]->words.count > 0) {
        return join_persons(arena, forms, count, error);
    }
    const nn_name_form *leader = forms[0];
    for (uint32_t i = 1; i < count; i++) {
        leader = nn_name_form_leads(forms[i], leader) ? forms[i] : leader;
    }
    for (uint32_t i = 0; i < count; i++) {
        forms[i]->leader = leader->number;
    }
    return NUNCIO_OK;
}
