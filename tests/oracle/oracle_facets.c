/* SPDX-License-Identifier: Apache-2.0 */
/* Facets: every value of every hit in a list, counted one by one. */
#include "core/str.h"
#include "oracle/oracle_internal.h"

#include <stdio.h>
#include <stdlib.h>

/** What is being counted, and whether the hit (or article) at hand has it already. */
typedef struct counting {
    oracle *archive;
    nuncio_facet_kind kind;
    oracle_facet *items;
    bool *in_hit, *in_article;
    size_t count, capacity;
} counting;

static void add(counting *to, nuncio_str value, nuncio_entity_type type)
{
    size_t i = 0;
    while (i < to->count &&
           !(to->items[i].type == type && nn_str_equal(to->items[i].value, value))) {
        i++;
    }
    if (i == to->count) {
        if (to->count == to->capacity) {
            to->capacity = to->capacity * 2 + 64;
            to->items = oracle_must(realloc(to->items, to->capacity * sizeof *to->items));
            to->in_hit = oracle_must(realloc(to->in_hit, to->capacity * sizeof(bool)));
            to->in_article = oracle_must(realloc(to->in_article, to->capacity * sizeof(bool)));
        }
        nuncio_str copy = nn_arena_str(&to->archive->answer_arena, value);
        oracle_must((void *)(uintptr_t)copy.data);
        to->items[i] = (oracle_facet){copy, type, 0, 0};
        to->in_hit[i] = to->in_article[i] = false;
        to->count++;
    }
    to->items[i].hits += !to->in_hit[i];
    to->items[i].articles += !to->in_article[i];
    to->in_hit[i] = to->in_article[i] = true;
}

static void add_date(counting *to, nuncio_date date)
{
    char room[16];
    bool month = to->kind == NUNCIO_FACET_MONTH;
    if (date.precision == NUNCIO_DATE_NONE || (month && date.precision < NUNCIO_DATE_MONTH)) {
        return;
    }
    (void)snprintf(room, sizeof room, month ? "%04d-%02d" : "%04d", date.year, date.month);
    add(to, nn_str_of(room), NUNCIO_ENTITY_NONE);
}

/** Adds what a hit has: of its quote, else of its passage, else (NULL) of its article. */
static void add_hit(counting *to, const oracle_entry *entry, const oracle_passage *passage,
                    const nuncio_quote *quote)
{
    const nuncio_annotations *found = &entry->annotations;
    for (size_t i = 0; to->kind == NUNCIO_FACET_SPEAKER && i < found->quote_count; i++) {
        const nuncio_quote *one = &found->quotes[i];
        bool said = quote != NULL ? one == quote : false;
        for (uint32_t p = 0; quote == NULL && p < entry->passage_count; p++) {
            const oracle_passage *where = &entry->passages[p];
            said =
                said || ((passage == NULL || passage == where) && oracle_has_words_of(where, one));
        }
        if (said && one->speaker.size > 0) {
            add(to, one->speaker, one->speaker_type);
        }
    }
    for (size_t i = 0; to->kind == NUNCIO_FACET_ENTITY && i < found->mention_count; i++) {
        const nuncio_mention *mention = &found->mentions[i];
        uint32_t start = quote != NULL ? quote->start : passage != NULL ? passage->start : 0;
        uint32_t end = quote != NULL ? quote->end : passage != NULL ? passage->end : UINT32_MAX;
        if (mention->start < end && start < mention->end) {
            add(to, mention->name, mention->type);
        }
    }
    if (to->kind == NUNCIO_FACET_SOURCE && entry->article.source.data != NULL) {
        add(to, entry->article.source, NUNCIO_ENTITY_NONE);
    }
    if (to->kind == NUNCIO_FACET_YEAR || to->kind == NUNCIO_FACET_MONTH) {
        add_date(to, entry->article.date);
    }
}

static int by_value(const void *a, const void *b)
{
    const oracle_facet *x = a, *y = b;
    int order = nn_str_compare(x->value, y->value);
    return order != 0 ? order : (x->type > y->type) - (x->type < y->type);
}

static int by_count(const void *a, const void *b)
{
    const oracle_facet *x = a, *y = b;
    if (x->articles != y->articles) {
        return x->articles > y->articles ? -1 : 1;
    }
    return x->hits != y->hits ? (x->hits > y->hits ? -1 : 1) : by_value(a, b);
}

static int by_article(const void *a, const void *b)
{
    const oracle_hit *x = a, *y = b;
    return (x->article > y->article) - (x->article < y->article);
}

oracle_facet_list oracle_facets(oracle *archive, const oracle_node *query,
                                const nuncio_search_options *options, nuncio_facet_kind kind,
                                const oracle_answer *answer)
{
    counting to = {.archive = archive, .kind = kind};
    bool by_quote = options->by == NUNCIO_BY_QUOTE;
    bool whole =
        !by_quote && options->scope == NUNCIO_SCOPE_ARTICLE && !oracle_has_scoring_leaf(query);
    size_t size = answer->count * sizeof *answer->hits;
    oracle_hit *hits = oracle_must(malloc(size + 1));
    for (size_t i = 0; i < answer->count; i++) {
        hits[i] = answer->hits[i];
    }
    qsort(hits, answer->count, sizeof *hits, by_article);
    for (size_t i = 0; i < answer->count; i++) {
        const oracle_entry *entry = &archive->entries[hits[i].article];
        for (size_t k = 0; k < to.count; k++) {
            to.in_hit[k] = false;
            to.in_article[k] = i > 0 && hits[i - 1].article == hits[i].article && to.in_article[k];
        }
        add_hit(&to, entry, whole || by_quote ? NULL : &entry->passages[hits[i].ordinal],
                by_quote ? &entry->annotations.quotes[hits[i].quote_ordinal] : NULL);
    }
    bool in_time = kind == NUNCIO_FACET_YEAR || kind == NUNCIO_FACET_MONTH;
    if (to.count > 0) {
        qsort(to.items, to.count, sizeof *to.items, in_time ? by_value : by_count);
    }
    free(hits);
    free(to.in_hit);
    free(to.in_article);
    return (oracle_facet_list){to.items, to.count};
}
