/* SPDX-License-Identifier: Apache-2.0 */
/* Facets: the hits of a search counted instead of ranked. */
#include "core/str.h"
#include "query/names/named.h"
#include "query/results/facets_collect.h"
#include "query/walk/walk.h"

#include <stdlib.h>
#include <string.h>

/* The values of a kind, in order. */
typedef struct nn_facet_list {
    nuncio_facet *items;
    size_t count;
    uint64_t distinct;
} nn_facet_list;

struct nuncio_facets {
    nn_memory memory;
    nn_arena arena; /* holds all values */
    nn_facet_list lists[NUNCIO_FACET_KINDS];
    uint64_t hits, articles;
};

void nuncio_facets_destroy(nuncio_facets *facets)
{
    if (facets == NULL) {
        return;
    }
    nn_arena_clear(&facets->arena);
    nuncio_allocator allocator = facets->memory.allocator;
    allocator.release(allocator.context, facets, sizeof *facets);
}

static nuncio_status create(const nuncio_allocator *allocator, nuncio_facets **out,
                            nuncio_error *error)
{
    nn_memory memory;
    nn_memory_init(&memory, allocator, 0);
    nuncio_facets *facets = nn_alloc_array(&memory, 1, sizeof *facets);
    if (facets == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&facets->memory, allocator, 0);
    nn_arena_init(&facets->arena, &facets->memory);
    *out = facets;
    return NUNCIO_OK;
}

static int by_value(const void *a, const void *b)
{
    const nuncio_facet *x = a;
    const nuncio_facet *y = b;
    int order = nn_str_compare(x->value, y->value);
    return order != 0 ? order : (int)x->type - (int)y->type;
}

static int by_count(const void *a, const void *b)
{
    const nuncio_facet *x = a;
    const nuncio_facet *y = b;
    if (x->articles != y->articles) {
        return x->articles > y->articles ? -1 : 1;
    }
    if (x->hits != y->hits) {
        return x->hits > y->hits ? -1 : 1;
    }
    return by_value(a, b);
}

/* A value with what it was tallied by, which of an entity is the form that stands for it. The value
 * comes first, so that who compares values can compare these. */
typedef struct nn_facet_entry {
    nuncio_facet value;
    nuncio_str key;
    uint32_t leader; /* of an entity: number of that form; where names are joined */
} nn_facet_entry;

/* Two entities may be called the same. */
static int by_count_and_key(const void *a, const void *b)
{
    int order = by_count(a, b);
    return order != 0
               ? order
               : nn_str_compare(((const nn_facet_entry *)a)->key, ((const nn_facet_entry *)b)->key);
}

/* Names are tallied by type and the name of a form. */
static void read_entity(const nn_entity_table *entities, nn_facet_entry *entry)
{
    nuncio_str key = entry->key;
    entry->value.type = (nuncio_entity_type)key.data[0];
    entry->value.value = nn_str(key.data + 1, key.size - 1);
    if (entities != NULL && entry->value.type != NUNCIO_ENTITY_NONE) {
        entry->leader = nn_string_map_find(entities->forms.numbers, key);
        entry->value.value = nn_entity_name(entities, entities->forms.items[entry->leader]);
    }
}

/* Sorts the tallies of a kind and copies as many as are wanted. */
static nuncio_status list_kind(nuncio_facets *facets, nn_collector *collector,
                               nuncio_facet_kind kind, uint32_t limit, nn_facet_entry **entries)
{
    nuncio_error *error = collector->search->run.error;
    const nn_tallies *tallies = &collector->tallies[kind];
    nn_facet_list *list = &facets->lists[kind];
    size_t count = nn_string_map_count(tallies->values);
    bool in_time = kind == NUNCIO_FACET_YEAR || kind == NUNCIO_FACET_MONTH;
    nn_facet_entry *all = nn_arena_array(collector->search->run.arena, count + 1, sizeof *all);
    if (all == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < count; i++) {
        all[i].key = nn_string_map_key(tallies->values, i);
        all[i].value = (nuncio_facet){.value = all[i].key,
                                      .hits = tallies->items[i].hits,
                                      .articles = tallies->items[i].articles};
        if (kind == NUNCIO_FACET_ENTITY || kind == NUNCIO_FACET_SPEAKER) {
            read_entity(collector->entities, &all[i]);
        }
    }
    qsort(all, count, sizeof *all, in_time ? by_value : by_count_and_key);
    list->distinct = count;
    list->count = in_time || limit == 0 || count < limit ? count : limit;
    list->items = nn_arena_array(&facets->arena, list->count + 1, sizeof *list->items);
    if (list->items == NULL) {
        return nn_error_memory(error);
    }
    for (size_t i = 0; i < list->count; i++) {
        list->items[i] = all[i].value;
        list->items[i].value = nn_arena_str(&facets->arena, all[i].value.value);
        if (list->items[i].value.data == NULL) {
            return nn_error_memory(error);
        }
    }
    *entries = kind == NUNCIO_FACET_ENTITY ? all : *entries;
    return NUNCIO_OK;
}

/* Walks every hit of every segment. */
static nuncio_status visit_all(nn_search *search, nn_collector *collector)
{
    nn_run *run = &search->run;
    nn_unit unit = run->by_passage_scope ? NN_UNIT_PASSAGE : NN_UNIT_ARTICLE;
    NN_TRY(nn_ranking_init(&search->ranking, run, 1));
    search->ranking.visit = nn_collector_visit;
    search->ranking.visit_context = collector;
    run->exhaustive = true;
    for (size_t number = 0; number < run->snapshot->part_count; number++) {
        nn_part part;
        NN_TRY(nn_run_check(run));
        NN_TRY(nn_part_open(&part, run, &search->plan, number));
        NN_TRY(run->by_quote ? nn_walk_quotes(&part, &search->ranking)
                             : nn_walk_condition(&part, unit, &search->ranking));
    }
    return NUNCIO_OK;
}

/* Without a query: every live article as a whole. */
static nuncio_status visit_archive(nn_search *search, nn_collector *collector)
{
    nn_run *run = &search->run;
    collector->whole = true;
    for (size_t number = 0; number < run->snapshot->part_count; number++) {
        const nn_segment *segment = run->snapshot->parts[number].segment;
        uint32_t count = nn_segment_info_of(segment)->article_count;
        for (uint32_t article = 0; article < count; article++) {
            NN_TRY(nn_run_step(run));
            if (!nn_run_deleted(run, number, article)) {
                NN_TRY(nn_collector_visit(collector, number,
                                          nn_segment_first_passage(segment, article)));
            }
        }
    }
    return NUNCIO_OK;
}

/* Copies the forms of each entity listed, commonest first. */
static nuncio_status list_entity_forms(nuncio_facets *facets, const nn_entity_table *table,
                                       nn_search *search, const nn_facet_entry *entries)
{
    nn_facet_list *list = &facets->lists[NUNCIO_FACET_ENTITY];
    uint32_t *of = nn_arena_array(search->run.arena, table->forms.count + 1u, sizeof *of);
    nuncio_error *error = search->run.error;
    for (size_t i = 0; of != NULL && i < list->count; i++) {
        of[entries[i].leader] = (uint32_t)i + 1;
    }
    return of == NULL
               ? nn_error_memory(error)
               : nn_entity_table_forms(table, of, list->items, list->count, &facets->arena, error);
}

static bool is_named(const nuncio_facet *facet, const nn_named_form *form)
{
    bool named = false;
    for (size_t i = 0; i < facet->form_count && !named; i++) {
        named =
            facet->forms[i].type == form->type && nn_str_equal(facet->forms[i].text, form->text);
    }
    return named;
}

/* Marks the entities that the query names. */
static nuncio_status mark_named(nuncio_facets *facets, nn_search *search)
{
    nn_facet_list *list = &facets->lists[NUNCIO_FACET_ENTITY];
    for (uint32_t i = 0; i < search->plan.named_count; i++) {
        const nn_named *named = search->plan.named[i].named;
        for (size_t k = 0; k < list->count; k++) {
            NN_TRY(nn_run_step(&search->run));
            for (uint32_t form = 0; form < named->form_count && !list->items[k].named; form++) {
                list->items[k].named = is_named(&list->items[k], &named->forms[form]);
            }
        }
    }
    return NUNCIO_OK;
}

/* Names are joined unless that is off. */
static bool joins(const nn_search *search, const nuncio_facet_options *options)
{
    const uint32_t named = 1u << NUNCIO_FACET_ENTITY | 1u << NUNCIO_FACET_SPEAKER;
    return (options->kinds & named) != 0 && search->options.variants != NUNCIO_VARIANTS_OFF;
}

static nuncio_status collect(nn_search *search, const nuncio_facet_options *options,
                             nuncio_facets *facets)
{
    nn_collector collector;
    nn_entity_table table = {0};
    nn_facet_entry *entries = NULL; /* of entities */
    nn_run *run = &search->run;
    bool all = search->query == NULL;
    run->lists_names = joins(search, options);
    NN_TRY(all ? NUNCIO_OK : nn_search_plan(search));
    nuncio_status status = nn_collector_open(&collector, search, options->kinds);
    if (status == NUNCIO_OK && joins(search, options)) {
        status = nn_entity_table_open(&table, run);
        collector.entities = &table;
    }
    if (status == NUNCIO_OK && joins(search, options) && all) {
        status = nn_entity_table_join_all(&table);
    }
    if (status == NUNCIO_OK) {
        status = all ? visit_archive(search, &collector) : visit_all(search, &collector);
    }
    for (uint32_t kind = 0; kind < NUNCIO_FACET_KINDS && status == NUNCIO_OK; kind++) {
        if ((options->kinds >> kind & 1) != 0) {
            status =
                list_kind(facets, &collector, (nuncio_facet_kind)kind, options->limit, &entries);
        }
    }
    if (status == NUNCIO_OK && entries != NULL && collector.entities != NULL) {
        status = list_entity_forms(facets, &table, search, entries);
    }
    if (status == NUNCIO_OK && entries != NULL && collector.entities != NULL && !all) {
        status = mark_named(facets, search);
    }
    nn_entity_table_close(&table);
    facets->hits = collector.hits;
    facets->articles = collector.articles;
    search->ranking.visit_context = NULL; /* the collector goes */
    nn_collector_close(&collector);
    return status;
}

nuncio_status nuncio_facets_count(const nuncio_snapshot *snapshot, const nuncio_query *query,
                                  const nuncio_search_options *given,
                                  const nuncio_facet_options *options, nuncio_facets **out,
                                  nuncio_error *error)
{
    const nuncio_facet_options defaults = NUNCIO_FACET_OPTIONS_INIT;
    nuncio_search_options asked = NUNCIO_SEARCH_OPTIONS_INIT;
    nn_search search;
    *out = NULL;
    options = options == NULL ? &defaults : options;
    asked = given == NULL ? asked : *given;
    bool passages = asked.by == NUNCIO_BY_ARTICLE || query == NULL;
    asked.by = passages ? NUNCIO_BY_PASSAGE : asked.by;
    if (options->struct_size != sizeof *options || options->kinds >> NUNCIO_FACET_KINDS != 0) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "facet option out of range");
    }
    NN_TRY(nn_search_open(&search, snapshot, query, &asked, error));
    nuncio_facets *facets = NULL;
    nuncio_status status = create(&snapshot->memory.allocator, &facets, error);
    if (status == NUNCIO_OK) {
        status = collect(&search, options, facets);
    }
    nn_search_close(&search);
    if (status != NUNCIO_OK) {
        nuncio_facets_destroy(facets);
        return status;
    }
    *out = facets;
    return NUNCIO_OK;
}

uint64_t nuncio_facets_hits(const nuncio_facets *facets)
{
    return facets->hits;
}

uint64_t nuncio_facets_articles(const nuncio_facets *facets)
{
    return facets->articles;
}

const nuncio_facet *nuncio_facets_values(const nuncio_facets *facets, nuncio_facet_kind kind,
                                         size_t *count)
{
    bool known = (uint32_t)kind < NUNCIO_FACET_KINDS;
    *count = known ? facets->lists[kind].count : 0;
    return known ? facets->lists[kind].items : NULL;
}

uint64_t nuncio_facets_distinct(const nuncio_facets *facets, nuncio_facet_kind kind)
{
    return (uint32_t)kind < NUNCIO_FACET_KINDS ? facets->lists[kind].distinct : 0;
}
