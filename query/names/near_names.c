/* SPDX-License-Identifier: Apache-2.0 */
/* Every word of names is compared with the words of a filter; names earn points by the words that
 * they hold of those found near.
 *
 *   person:"Sergei Lawrof"      sergei 4 points    lavrov 3 × 3 points: a letter off, the surname
 *
 * A name with half of all points that there are may be meant. */
#include "core/error.h"
#include "core/str.h"
#include "query/names/entity_table.h"
#include "query/names/named.h"
#include "query/plan/edit.h"
#include "query/session.h"

#include <nuncio/near_names.h>

#include <string.h>

enum {
    WORDS_MAX = 8,   /* words of a filter that are looked at */
    NEAR_MAX = 8,    /* words of names that are taken for one of them */
    EDITS_MAX = 2,   /* letters by which they may differ */
    POINTS = 4,      /* for a word that does not */
    LAST_WEIGHT = 3, /* the last word of a person counts as much as so many */
    NAMES_MAX = 16   /* names that are looked at closely */
};

/* A word of names near a word of the filter. */
typedef struct near_word {
    nuncio_str word;
    uint32_t edits, count; /* count: names that hold it */
} near_word;

/* A word of the filter. */
typedef struct asked_word {
    uint32_t letters[NN_NAME_KEY_MAX]; /* bytes of its key */
    uint32_t size, edits, weight;
    near_word near[NEAR_MAX]; /* nearest first, then commonest */
    uint32_t near_count;
} asked_word;

/* A name that may be meant. */
typedef struct candidate {
    const nn_name_form *form;
    uint32_t part, name; /* one of the places where it stands */
    uint32_t points;
} candidate;

typedef struct seeker {
    nn_run *run;
    const nn_filter *filter;
    nn_arena arena;
    nn_entity_table table;
    asked_word words[WORDS_MAX];
    uint32_t word_count, points_most;
    candidate best[NAMES_MAX]; /* most points first, then commonest */
    uint32_t best_count;
} seeker;

/* Puts an item at place `at` of *count, of which at most `most` are kept: the last falls out. */
static void insert(void *items, size_t size, uint32_t *count, uint32_t most, uint32_t at,
                   const void *item)
{
    if (at == most) {
        return;
    }
    char *place = (char *)items + at * size;
    uint32_t moved = (*count < most ? *count : most - 1) - at;
    memmove(place + size, place, moved * size);
    memcpy(place, item, size);
    *count += *count < most ? 1 : 0;
}

/* ---- words ---- */

/* Letters by which a word may differ: short ones are near too many. */
static uint32_t edits_of(uint32_t size)
{
    enum { SHORT = 4, LONG = 7 };
    return size < SHORT ? 0 : size < LONG ? 1 : (uint32_t)EDITS_MAX;
}

static nuncio_status ask_words(seeker *seek)
{
    nn_name_form *value;
    NN_TRY(nn_name_form_make(&seek->table.forms, seek->filter->text, seek->filter->type, &value));
    bool person =
        seek->filter->type == NUNCIO_ENTITY_PERSON || seek->filter->kind == NN_FILTER_SPEAKER;
    uint32_t count = value->words.count;
    seek->word_count = count < WORDS_MAX ? count : (uint32_t)WORDS_MAX;
    for (uint32_t i = 0; i < seek->word_count; i++) {
        nuncio_str key = value->words.items[count - seek->word_count + i].key;
        asked_word *word = &seek->words[i];
        word->size = (uint32_t)key.size; /* at most NN_NAME_KEY_MAX */
        word->edits = edits_of(word->size);
        word->weight = person && i + 1 == seek->word_count ? (uint32_t)LAST_WEIGHT : 1;
        for (uint32_t k = 0; k < word->size; k++) {
            word->letters[k] = (uint8_t)key.data[k];
        }
        seek->points_most += word->weight * POINTS;
    }
    return NUNCIO_OK;
}

/* Whether two neighbours that changed places are all that differs: Hamsa, Hamas. */
static bool is_swapped(const uint32_t *a, const uint32_t *b, uint32_t size)
{
    uint32_t at = 0;
    while (at < size && a[at] == b[at]) {
        at++;
    }
    return at + 1 < size && a[at] == b[at + 1] && a[at + 1] == b[at] &&
           memcmp(a + at + 2, b + at + 2, (size - at - 2) * sizeof *a) == 0;
}

/* How many edits make the word one of names; more than `most`: it is none. */
static uint32_t distance(const asked_word *asked, const uint32_t *letters, uint32_t size,
                         uint32_t most)
{
    uint32_t edits = size > asked->size ? size - asked->size : asked->size - size;
    if (edits == 0 && most > 0 && is_swapped(asked->letters, letters, size)) {
        return 1;
    }
    while (edits <= most && !nn_edit_within(asked->letters, asked->size, letters, size, edits)) {
        edits++;
    }
    return edits;
}

/* Keeps a word among the nearest of one that was asked for. */
static nuncio_status keep_word(seeker *seek, asked_word *asked, const near_word *found)
{
    uint32_t at = asked->near_count;
    for (uint32_t i = 0; i < asked->near_count; i++) {
        if (nn_str_equal(asked->near[i].word, found->word)) { /* of another part */
            return NUNCIO_OK;
        }
    }
    while (at > 0 && (found->edits < asked->near[at - 1].edits ||
                      (found->edits == asked->near[at - 1].edits &&
                       found->count > asked->near[at - 1].count))) {
        at--;
    }
    if (at == NEAR_MAX) {
        return NUNCIO_OK;
    }
    near_word kept = *found;
    kept.word = nn_arena_str(&seek->arena, found->word);
    if (kept.word.data == NULL) {
        return nn_error_memory(seek->run->error);
    }
    insert(asked->near, sizeof *asked->near, &asked->near_count, NEAR_MAX, at, &kept);
    return NUNCIO_OK;
}

/* Compares every word of the names of a part. */
static nuncio_status find_words(seeker *seek, const nn_segment *segment)
{
    nn_run *run = seek->run;
    nn_name_word_cursor cursor;
    bool more;
    nn_name_words_start(&cursor, segment);
    for (;;) {
        uint32_t letters[NN_NAME_WORD_SIZE_MAX];
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_name_words_next(&cursor, &more, run->error));
        if (!more) {
            return NUNCIO_OK;
        }
        uint32_t mark = cursor.word[0] == '=' ? 1 : 0; /* initials: those of a whole name count */
        for (uint32_t k = mark; k < cursor.size; k++) {
            letters[k - mark] = (uint8_t)cursor.word[k];
        }
        for (uint32_t i = 0; i < seek->word_count && (mark == 0 || seek->word_count == 1); i++) {
            uint32_t most = mark == 0 ? seek->words[i].edits : 0;
            uint32_t edits = distance(&seek->words[i], letters, cursor.size - mark, most);
            if (edits <= most) {
                const near_word found = {nn_str(cursor.word, cursor.size), edits, cursor.count};
                NN_TRY(keep_word(seek, &seek->words[i], &found));
            }
        }
    }
}

/* ---- names ---- */

/* Whether a name of that type is one that the filter asks about. */
static bool is_asked(const nn_filter *filter, nuncio_entity_type type)
{
    return type != NUNCIO_ENTITY_NONE &&
           (filter->type == NUNCIO_ENTITY_NONE || filter->type == type);
}

static void keep_candidate(seeker *seek, const candidate *found)
{
    uint32_t at = seek->best_count;
    for (uint32_t i = 0; i < seek->best_count; i++) {
        if (seek->best[i].form == found->form) { /* of another part */
            return;
        }
    }
    while (at > 0 && (found->points > seek->best[at - 1].points ||
                      (found->points == seek->best[at - 1].points &&
                       found->form->articles > seek->best[at - 1].form->articles))) {
        at--;
    }
    insert(seek->best, sizeof *seek->best, &seek->best_count, NAMES_MAX, at, found);
}

/* Gives the names of a part the points of one word that was asked for, each once. */
static nuncio_status give_points(seeker *seek, const nn_segment *segment, uint32_t number,
                                 uint8_t *points, uint8_t *given)
{
    const asked_word *asked = &seek->words[number];
    for (uint32_t i = 0; i < asked->near_count; i++) {
        nn_name_place *places;
        uint32_t count;
        NN_TRY(nn_segment_name_word(segment, asked->near[i].word, &seek->arena, &places, &count,
                                    seek->run->error));
        for (uint32_t k = 0; k < count; k++) {
            uint32_t name = places[k].name;
            uint32_t weight = places[k].last ? asked->weight : 1; /* Kissinger Office is not he */
            uint32_t more = weight * (POINTS - asked->near[i].edits);
            points[name] = (uint8_t)(points[name] + (given[name] == number + 1 ? 0 : more));
            given[name] = (uint8_t)(number + 1);
        }
    }
    return NUNCIO_OK;
}

/* Finds the names of a part with half of the points. Names are numbered by falling count of
 * articles, so that of those with the same points the first are the commonest. */
static nuncio_status find_names(seeker *seek, uint32_t part)
{
    nn_run *run = seek->run;
    const nn_segment *segment = run->snapshot->parts[part].segment;
    uint32_t count = nn_segment_name_count(segment);
    uint8_t *points = nn_arena_array(&seek->arena, count + 1u, sizeof *points);
    uint8_t *given = nn_arena_array(&seek->arena, count + 1u, sizeof *given);
    if (points == NULL || given == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < seek->word_count; i++) {
        NN_TRY(give_points(seek, segment, i, points, given));
    }
    for (uint32_t most = seek->points_most, taken = 0; most * 2 >= seek->points_most && most > 0;
         most--) {
        for (uint32_t name = 0; name < count && taken < NAMES_MAX; name++) {
            nuncio_entity_type type;
            nn_name_form *form;
            if (points[name] != most) {
                continue;
            }
            NN_TRY(nn_run_step(run));
            NN_TRY(nn_segment_name_type(segment, name, &type, run->error));
            if (is_asked(seek->filter, type)) {
                NN_TRY(nn_name_forms_add(&seek->table.forms, part, name, &form));
                keep_candidate(seek, &(candidate){form, part, name, most});
                taken++;
            }
        }
    }
    return NUNCIO_OK;
}

/* ---- the result ---- */

/* The entities of the best names, each once. */
static nuncio_status choose(seeker *seek, nuncio_near_name names[NUNCIO_NEAR_NAMES_MAX],
                            size_t *count)
{
    const nn_name_form *known[NUNCIO_NEAR_NAMES_MAX];
    *count = 0;
    for (uint32_t i = 0; i < seek->best_count && *count < NUNCIO_NEAR_NAMES_MAX; i++) {
        const candidate *found = &seek->best[i];
        const nn_name_form *leader;
        if (found->form->articles == 0) {
            continue;
        }
        NN_TRY(nn_entity_of(&seek->table, found->part, found->name, &leader));
        bool again = nn_entity_is_ignored(leader);
        for (size_t k = 0; k < *count && !again; k++) {
            again = known[k] == leader;
        }
        if (!again) {
            known[*count] = leader;
            names[(*count)++] =
                (nuncio_near_name){nn_entity_name(&seek->table, leader), leader->type};
        }
    }
    return NUNCIO_OK;
}

static nuncio_status seek_names(seeker *seek, nuncio_near_names_told *told, void *context)
{
    nuncio_near_name names[NUNCIO_NEAR_NAMES_MAX];
    size_t count;
    NN_TRY(ask_words(seek));
    for (uint32_t part = 0; part < seek->run->snapshot->part_count; part++) {
        NN_TRY(find_words(seek, seek->run->snapshot->parts[part].segment));
    }
    for (uint32_t part = 0; part < seek->run->snapshot->part_count; part++) {
        NN_TRY(find_names(seek, part));
    }
    NN_TRY(choose(seek, names, &count));
    told(context, seek->filter->key, names, count);
    return NUNCIO_OK;
}

/* Looks for names near the value of one filter. */
static nuncio_status seek_near(nn_run *run, const nn_filter *filter, nuncio_near_names_told *told,
                               void *context)
{
    seeker seek = {.run = run, .filter = filter};
    nn_arena_init(&seek.arena, run->arena->memory);
    nuncio_status status = nn_entity_table_open(&seek.table, run);
    if (status == NUNCIO_OK) {
        status = seek_names(&seek, told, context);
    }
    nn_entity_table_close(&seek.table);
    nn_arena_clear(&seek.arena);
    return status;
}

/* Whether a filter is true of some name. */
static bool is_known(const nn_plan_named *named, size_t part_count)
{
    bool known = false;
    for (size_t part = 0; part < part_count && !known; part++) {
        known = named->named->parts[part].names != NULL;
    }
    return known;
}

nuncio_status nuncio_near_names(const nuncio_snapshot *snapshot, const nuncio_query *query,
                                const nuncio_search_options *options, nuncio_near_names_told *told,
                                void *context, nuncio_error *error)
{
    nn_search search;
    NN_TRY(nn_search_open(&search, snapshot, query, options, error));
    nuncio_status status = nn_search_plan(&search);
    for (uint32_t i = 0; i < search.plan.named_count && status == NUNCIO_OK; i++) {
        const nn_plan_named *named = &search.plan.named[i];
        if (!is_known(named, snapshot->part_count)) {
            status = seek_near(&search.run, named->filter, told, context);
        }
    }
    nn_search_close(&search);
    return status;
}
