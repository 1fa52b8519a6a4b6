/* SPDX-License-Identifier: Apache-2.0 */
#include "query/results/facets_collect.h"

#include <stdio.h>
#include <string.h>

nuncio_status nn_collector_open(nn_collector *collector, nn_search *search, uint32_t kinds)
{
    *collector = (nn_collector){.search = search, .kinds = kinds, .part = SIZE_MAX};
    nn_memory *memory = &search->kit->memory;
    nn_arena_init(&collector->part_arena, memory);
    nn_arena_init(&collector->article_arena, memory);
    nn_buffer_init(&collector->key, memory);
    collector->whole =
        search->plan.scoring_count == 0 && !search->run.by_quote && !search->run.by_passage_scope;
    for (uint32_t kind = 0; kind < NUNCIO_FACET_KINDS; kind++) {
        NN_TRY(nn_string_map_create(memory, &collector->tallies[kind].values, search->run.error));
    }
    return NUNCIO_OK;
}

void nn_collector_close(nn_collector *collector)
{
    nn_memory *memory = &collector->search->kit->memory;
    for (uint32_t kind = 0; kind < NUNCIO_FACET_KINDS; kind++) {
        nn_tallies *tallies = &collector->tallies[kind];
        nn_string_map_destroy(tallies->values);
        nn_release(memory, tallies->items, tallies->capacity * sizeof *tallies->items);
    }
    nn_buffer_deinit(&collector->key);
    nn_arena_clear(&collector->article_arena);
    nn_arena_clear(&collector->part_arena);
}

/* The number of a value's tally, which is added when new. */
static nuncio_status find_tally(nn_collector *collector, nuncio_facet_kind kind, nuncio_str value,
                                uint32_t *number)
{
    nn_tallies *tallies = &collector->tallies[kind];
    nuncio_error *error = collector->search->run.error;
    bool added;
    NN_TRY(nn_string_map_add(tallies->values, value, number, &added, error));
    NN_TRY(nn_reserve(&collector->search->kit->memory, &tallies->items, &tallies->capacity,
                      (size_t)*number + 1, sizeof *tallies->items, error));
    if (added) {
        tallies->items[*number] = (nn_tally){0};
    }
    return NUNCIO_OK;
}

/* Counts a value in the hit at hand, once. */
static void count(nn_collector *collector, nuncio_facet_kind kind, uint32_t number)
{
    nn_tally *tally = &collector->tallies[kind].items[number];
    tally->hits += tally->last_hit != collector->hits ? 1 : 0;
    tally->articles += tally->last_article != collector->articles ? 1 : 0;
    tally->last_hit = collector->hits;
    tally->last_article = collector->articles;
}

static nuncio_status count_value(nn_collector *collector, nuncio_facet_kind kind, nuncio_str value)
{
    uint32_t number;
    NN_TRY(find_tally(collector, kind, value, &number));
    count(collector, kind, number);
    return NUNCIO_OK;
}

static bool wants(const nn_collector *collector, nuncio_facet_kind kind)
{
    return (collector->kinds >> kind & 1) != 0;
}

/* ---- an article ---- */

static nuncio_status enter_article(nn_collector *collector, const nn_segment *segment,
                                   uint32_t article)
{
    nuncio_error *error = collector->search->run.error;
    nn_article_facets facets;
    collector->article = article;
    collector->articles++;
    collector->annotated = false;
    NN_TRY(nn_segment_facets(segment, article, &facets, error));
    collector->source = (nuncio_str){NULL, 0};
    if (facets.source_number > 0) {
        NN_TRY(nn_segment_source(segment, facets.source_number, &collector->source, error));
    }
    int size = 0;
    if (facets.date.precision >= NUNCIO_DATE_MONTH) {
        size = snprintf(collector->month_room, sizeof collector->month_room, "%04d-%02u",
                        facets.date.year, facets.date.month);
    } else if (facets.date.precision == NUNCIO_DATE_YEAR) {
        size =
            snprintf(collector->month_room, sizeof collector->month_room, "%04d", facets.date.year);
    }
    collector->month = (nuncio_str){collector->month_room, (size_t)size};
    return NUNCIO_OK;
}

static nuncio_status count_columns(nn_collector *collector)
{
    enum { YEAR_SIZE = 4 };
    nuncio_str month = collector->month;
    nuncio_str year = {month.data, YEAR_SIZE};
    if (wants(collector, NUNCIO_FACET_SOURCE) && collector->source.data != NULL) {
        NN_TRY(count_value(collector, NUNCIO_FACET_SOURCE, collector->source));
    }
    if (wants(collector, NUNCIO_FACET_YEAR) && month.size >= YEAR_SIZE) {
        NN_TRY(count_value(collector, NUNCIO_FACET_YEAR, year));
    }
    return wants(collector, NUNCIO_FACET_MONTH) && month.size > YEAR_SIZE
               ? count_value(collector, NUNCIO_FACET_MONTH, month)
               : NUNCIO_OK;
}

/* ---- speakers and names ---- */

/* The form that stands for the entity of a name. What many names mean is found out for all of them
 * at once. */
static nuncio_status find_entity(nn_collector *collector, uint32_t name, const nn_name_form **form)
{
    enum { ONE_BY_ONE = 2000 };
    nn_entity_table *table = collector->entities;
    if (table->of == NULL && table->asked >= ONE_BY_ONE) {
        nn_run *run = table->run;
        nn_entity_table_close(table);
        NN_TRY(nn_entity_table_open(table, run));
        NN_TRY(nn_entity_table_join_all(table));
    }
    return nn_entity_of(table, (uint32_t)collector->part, name, form);
}

/* A name, or the form that stands for its entity: its type as a byte, then its text. Empty: it is
 * none. */
static nuncio_status read_name(nn_collector *collector, const nn_segment *segment, uint32_t name)
{
    nn_buffer *key = &collector->key;
    nuncio_error *error = collector->search->run.error;
    const nn_name_form *form = NULL;
    nuncio_str text;
    nuncio_entity_type type;
    nn_buffer_clear(key);
    NN_TRY(nn_segment_name(segment, name, &text, &type, error));
    if (collector->entities != NULL && type != NUNCIO_ENTITY_NONE) {
        NN_TRY(find_entity(collector, name, &form));
        if (nn_entity_is_ignored(form)) {
            return NUNCIO_OK;
        }
        text = form->text;
        type = form->type;
    }
    nn_buffer_append_u8(key, (uint8_t)type);
    nn_buffer_append_str(key, text);
    return nn_buffer_status(key, error);
}

/* What a name of the part counts as. */
static nuncio_status find_counted(nn_collector *collector, const nn_segment *segment,
                                  nuncio_facet_kind kind, uint32_t name, uint32_t *counted)
{
    NN_TRY(read_name(collector, segment, name));
    nuncio_str key = nn_buffer_str(&collector->key);
    bool mentioned = kind == NUNCIO_FACET_ENTITY; /* a description is mentioned in damage only */
    uint32_t number;
    *counted = NN_COUNTED_NOT;
    if (key.size > 1 && !(mentioned && key.data[0] == NUNCIO_ENTITY_NONE)) {
        NN_TRY(find_tally(collector, kind, key, &number));
        *counted = number + 1;
    }
    return NUNCIO_OK;
}

static nuncio_status count_name(nn_collector *collector, const nn_segment *segment,
                                nuncio_facet_kind kind, uint32_t name)
{
    uint32_t *counted = &collector->counted_as[kind][name];
    if (*counted == 0) {
        NN_TRY(find_counted(collector, segment, kind, name, counted));
    }
    if (*counted != NN_COUNTED_NOT) {
        count(collector, kind, *counted - 1);
    }
    return NUNCIO_OK;
}

/* Of quote `i` of the article at hand. */
static nuncio_status count_speaker(nn_collector *collector, const nn_segment *segment, uint32_t i)
{
    uint32_t speaker;
    NN_TRY(
        nn_article_quotes_speaker(&collector->quotes, i, &speaker, collector->search->run.error));
    return speaker == NN_NAME_UNKNOWN
               ? NUNCIO_OK
               : count_name(collector, segment, NUNCIO_FACET_SPEAKER, speaker);
}

/* Those of the quotes that a passage, or the article, has words of; of a quote its own. */
static nuncio_status count_speakers(nn_collector *collector, const nn_segment *segment,
                                    uint32_t passage)
{
    nn_article_quotes *quotes = &collector->quotes;
    nn_run *run = &collector->search->run;
    NN_TRY(nn_article_quotes_seek(quotes, collector->article, run->error));
    if (run->by_quote) {
        return count_speaker(collector, segment, passage - quotes->first);
    }
    if (quotes->count == 0) {
        return NUNCIO_OK;
    }
    uint32_t from = 0;
    uint32_t to = quotes->bases[quotes->passage_count];
    if (!collector->whole) {
        from = quotes->bases[passage - quotes->first_passage];
        to = quotes->bases[passage - quotes->first_passage + 1];
    }
    for (uint32_t i = 0; i < quotes->count && quotes->starts[i] < to; i++) {
        NN_TRY(nn_run_step(run));
        if (quotes->ends[i] > quotes->starts[i] && quotes->ends[i] > from && to > from) {
            NN_TRY(count_speaker(collector, segment, i));
        }
    }
    return NUNCIO_OK;
}

/* The bytes of the article that a hit takes. */
static nuncio_status find_span(nn_collector *collector, const nn_segment *segment, uint32_t passage,
                               uint32_t *start, uint32_t *end)
{
    nn_run *run = &collector->search->run;
    if (!run->by_quote) {
        return nn_segment_passage_start(segment, passage, start, end, run->error);
    }
    NN_TRY(nn_article_quotes_seek(&collector->quotes, collector->article, run->error));
    uint32_t quote = passage - collector->quotes.first;
    if (quote >= collector->found.quote_count) {
        return nn_run_corrupt(run, collector->part, "an article has two numbers of quotes");
    }
    *start = collector->found.quotes[quote].quote.start;
    *end = collector->found.quotes[quote].quote.end;
    return NUNCIO_OK;
}

/* Where the names of the article at hand stand in it. */
static nuncio_status find_mentions(nn_collector *collector, const nn_segment *segment)
{
    nn_run *run = &collector->search->run;
    nn_arena *arena = &collector->article_arena;
    nn_arena_reset(arena);
    collector->annotated = true;
    collector->passed = 0;
    return run->by_quote
               ? nn_segment_annotation_spans(segment, collector->article, UINT32_MAX, arena,
                                             &collector->found, run->error)
               : nn_segment_mention_spans(segment, collector->article, collector->name_sizes, arena,
                                          &collector->found, run->error);
}

/* Those of the whole article at hand, wherever they stand. */
static nuncio_status count_all_names(nn_collector *collector, const nn_segment *segment)
{
    nn_run *run = &collector->search->run;
    nn_article_names names = {0};
    nn_arena_reset(&collector->article_arena);
    NN_TRY(nn_segment_article_names(segment, collector->article, &collector->article_arena, &names,
                                    run->error));
    for (uint32_t i = 0; i < names.standing; i++) {
        NN_TRY(nn_run_step(run));
        NN_TRY(count_name(collector, segment, NUNCIO_FACET_ENTITY, names.items[i].name));
    }
    return NUNCIO_OK;
}

static nuncio_status count_names(nn_collector *collector, const nn_segment *segment,
                                 uint32_t passage)
{
    nn_run *run = &collector->search->run;
    uint32_t start;
    uint32_t end;
    if (collector->whole) {
        return count_all_names(collector, segment);
    }
    NN_TRY(collector->annotated ? NUNCIO_OK : find_mentions(collector, segment));
    NN_TRY(find_span(collector, segment, passage, &start, &end));
    const nn_annotation_spans *found = &collector->found;
    size_t i = collector->passed;
    while (i > 0 && found->mentions[i - 1].end > start) {
        i--; /* quotes lie in quotes */
    }
    while (i < found->mention_count && found->mentions[i].end <= start) {
        i++;
    }
    collector->passed = i;
    for (; i < found->mention_count && found->mentions[i].start < end; i++) {
        NN_TRY(nn_run_step(run));
        NN_TRY(count_name(collector, segment, NUNCIO_FACET_ENTITY, found->mentions[i].name));
    }
    return NUNCIO_OK;
}

static nuncio_status enter_part(nn_collector *collector, const nn_segment *segment, size_t part)
{
    static const nuncio_facet_kind named[] = {NUNCIO_FACET_SPEAKER, NUNCIO_FACET_ENTITY};
    nn_arena *arena = &collector->part_arena;
    size_t names = nn_segment_name_count(segment) + (size_t)1;
    nn_arena_reset(arena);
    collector->quotes = (nn_article_quotes){.segment = segment, .arena = arena};
    collector->part = part;
    collector->article = UINT32_MAX;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (wants(collector, named[i])) {
            collector->counted_as[named[i]] = nn_arena_array(arena, names, sizeof(uint32_t));
            if (collector->counted_as[named[i]] == NULL) {
                return nn_error_memory(collector->search->run.error);
            }
        }
    }
    if (wants(collector, NUNCIO_FACET_ENTITY) && !collector->whole) {
        collector->name_sizes = nn_arena_array(arena, names, sizeof *collector->name_sizes);
        if (collector->name_sizes == NULL) {
            return nn_error_memory(collector->search->run.error);
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_collector_visit(void *context, size_t part, uint32_t passage)
{
    nn_collector *collector = context;
    nn_run *run = &collector->search->run;
    const nn_segment *segment = run->snapshot->parts[part].segment;
    if (part != collector->part) {
        NN_TRY(enter_part(collector, segment, part));
    }
    uint32_t article;
    const nn_candidate candidate = {.part = (uint32_t)part, .passage = passage};
    NN_TRY(nn_candidate_article(run, &candidate, &article));
    collector->hits++;
    if (article != collector->article) {
        NN_TRY(enter_article(collector, segment, article));
    }
    NN_TRY(count_columns(collector));
    if (wants(collector, NUNCIO_FACET_SPEAKER)) {
        NN_TRY(count_speakers(collector, segment, passage));
    }
    return wants(collector, NUNCIO_FACET_ENTITY) ? count_names(collector, segment, passage)
                                                 : NUNCIO_OK;
}
