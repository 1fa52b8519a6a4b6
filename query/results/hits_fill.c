/* SPDX-License-Identifier: Apache-2.0 */
/* Ranked candidates become hits. Hits are filled in order of storage, so that each segment's
 * matchers are walked once, forward: at a new article its first passage, which holds the title,
 * then the passages shown. */
#include "core/heap.h"
#include "query/match/quotes.h"
#include "query/plan/explain.h"
#include "query/results/hit_annotations.h"
#include "query/results/hits.h"
#include "query/results/marks.h"
#include "query/walk/walk.h"

#include <string.h>

enum { FETCHED_MAX = 64 /* hits for which memory is asked ahead: more would not stay in caches */ };

/* A hit to be filled. */
typedef struct nn_filling {
    const nn_candidate *candidate;
    nuncio_hit *hit;
    uint32_t article;
} nn_filling;

/* What filling needs at hand. */
typedef struct nn_filler {
    nuncio_hits *hits;
    nn_run *run;
    nn_plan *plan;
    const nn_hits_request *request;
    nn_buffer buffer;
    nn_part part;
    nn_scorers scorers;
    uint32_t passage;     /* by quote: the last one marked, behind which walks stand */
    uint32_t article;     /* of the part; what follows belongs to it */
    nn_marks first_marks; /* of its first passage, title and text */
    nn_arena arena;       /* of its annotations */
    nn_spans_walk annotations;
    nn_entity_table *entities; /* what names mean; NULL: nobody asked */
    const nn_filling *end;     /* behind the last hit, in order of storage */
} nn_filler;

/* Which hit it is: all that is asked for where texts are not. */
static nuncio_status fill_place(nn_filler *filler, const nn_filling *filling, uint32_t rank)
{
    const nn_candidate *candidate = filling->candidate;
    const nn_segment *segment = filler->run->snapshot->parts[candidate->part].segment;
    nuncio_hit *hit = filling->hit;
    hit->rank = rank;
    hit->score = candidate->score;
    if (!filler->request->by_quote) {
        hit->ordinal = candidate->passage - nn_segment_first_passage(segment, filling->article);
    }
    return filler->request->texts ? NUNCIO_OK
                                  : nn_segment_article_id(segment, filling->article,
                                                          &hit->article.id, filler->run->error);
}

/* Fields from the columns; no text yet. */
static nuncio_status fill_columns(nn_filler *filler, const nn_filling *filling)
{
    const nn_candidate *candidate = filling->candidate;
    nuncio_hit *hit = filling->hit;
    nuncio_error *error = filler->run->error;
    const nn_segment *segment = filler->run->snapshot->parts[candidate->part].segment;
    nn_article_row row;
    nuncio_str url;
    NN_TRY(nn_segment_article_shown(segment, filling->article, &row, error));
    if (!nn_article_url(&row, &filler->hits->arena, &url)) {
        return nn_error_memory(error);
    }
    hit->article = (nuncio_article){.id = row.id,
                                    .title = row.title,
                                    .date = row.date,
                                    .source = row.source,
                                    .url = url,
                                    .lang = row.lang};
    if (row.lang.data == NULL) {
        const char *code = nn_language_code(row.language);
        hit->article.lang = (nuncio_str){code, strlen(code)};
    }
    return filler->request->by_quote ? NUNCIO_OK
                                     : nn_segment_passage_start(segment, candidate->passage,
                                                                &hit->start, &hit->end, error);
}

/* True when the first passage of the current article is itself a hit, as far as the scope is
 * concerned: only then its title is marked. */
static nuncio_status first_is_hit(nn_filler *filler, uint32_t first, bool *is_hit)
{
    *is_hit = true;
    if (filler->request->passage_scope) {
        NN_TRY(nn_condition_test(&filler->part, filler->plan->condition, NN_UNIT_PASSAGE, first,
                                 is_hit));
    }
    return NUNCIO_OK;
}

/* Byte of the article behind which nothing of it is shown. By quote, where hits of an article need
 * not be in order of passage, all is read. */
static uint32_t shown_end(const nn_filler *filler, const nn_filling *filling)
{
    const nn_filling *last = filling;
    while (last + 1 < filler->end && last[1].article == filling->article &&
           last[1].candidate->part == filling->candidate->part) {
        last++;
    }
    return filler->request->by_quote ? UINT32_MAX : last->hit->end;
}

static nuncio_status read_annotations(nn_filler *filler, const nn_filling *filling)
{
    filler->article = filling->article;
    nn_arena_reset(&filler->arena);
    filler->annotations =
        (nn_spans_walk){.segment = filler->part.segment, .part = filler->part.number};
    return nn_segment_annotation_spans(filler->part.segment, filling->article,
                                       shown_end(filler, filling), &filler->arena,
                                       &filler->annotations.spans, filler->run->error);
}

/* Marks and annotations that all hits of an article share. */
static nuncio_status enter_article(nn_filler *filler, const nn_filling *filling)
{
    uint32_t first = nn_segment_first_passage(filler->part.segment, filling->article);
    bool is_hit = first == filling->candidate->passage;
    if (!is_hit && filling->hit->article.title.size > 0) {
        NN_TRY(first_is_hit(filler, first, &is_hit));
    }
    memset(&filler->first_marks, 0, sizeof filler->first_marks);
    if (is_hit) {
        NN_TRY(nn_marks_collect(&filler->part, &filler->scorers, first, &filler->first_marks));
    }
    return read_annotations(filler, filling);
}

static nuncio_status fill_title(nn_filler *filler, nuncio_hit *hit)
{
    if (hit->article.title.size == 0) {
        return NUNCIO_OK;
    }
    return nn_marks_place(&filler->first_marks, NN_MARKS_TITLE, hit->article.title,
                          &filler->hits->arena, &hit->title_highlights, &hit->title_highlight_count,
                          filler->run->error);
}

static nuncio_status fill_text(nn_filler *filler, const nn_filling *filling, uint32_t passage,
                               const nn_marks *marks)
{
    nuncio_hit *hit = filling->hit;
    nuncio_error *error = filler->run->error;
    NN_TRY(nn_segment_passage_str(filler->part.segment, passage, &filler->hits->arena,
                                  &hit->passage, error));
    return nn_marks_place(marks, 0, hit->passage, &filler->hits->arena, &hit->highlights,
                          &hit->highlight_count, error);
}

static nuncio_status fill_shown(nn_filler *filler, const nn_filling *filling)
{
    NN_TRY(nn_run_step(filler->run));
    if (filling->article != filler->article) {
        NN_TRY(enter_article(filler, filling));
    }
    nn_marks own;
    const nn_marks *marks = &filler->first_marks;
    if (filling->hit->ordinal > 0) {
        NN_TRY(
            nn_marks_collect(&filler->part, &filler->scorers, filling->candidate->passage, &own));
        marks = &own;
    }
    NN_TRY(fill_title(filler, filling->hit));
    if (nn_segment_info_of(filler->part.segment)->has_text) {
        NN_TRY(fill_text(filler, filling, filling->candidate->passage, marks));
    }
    return nn_hit_annotate(filling->hit, &filler->annotations, filler->run, filler->plan->shown,
                           filler->entities, &filler->hits->arena);
}

static nuncio_status open_part(nn_filler *filler, uint32_t number)
{
    NN_TRY(nn_part_open(&filler->part, filler->run, filler->plan, number));
    NN_TRY(nn_scorers_open(&filler->part, &filler->scorers));
    filler->article = UINT32_MAX;
    filler->passage = 0;
    if (filler->request->by_quote) {
        filler->part.quotes->keeps_tfs = filler->request->explain;
    }
    return NUNCIO_OK;
}

/* Goes to the article of a quote; *quote is its number there, *passage the one that is shown. */
static nuncio_status enter_quote(nn_filler *filler, const nn_filling *filling, uint32_t *quote,
                                 uint32_t *passage)
{
    nn_quote_walk *walk = filler->part.quotes;
    NN_TRY(nn_quotes_enter(&filler->part, walk, filling->article));
    *quote = filling->candidate->passage - walk->quotes.first;
    NN_ASSERT(*quote < walk->quotes.count);
    *passage = walk->firsts[*quote];
    if (*passage == NN_DOC_END) {
        *passage = walk->quotes.first_passage +
                   nn_article_quotes_passage(&walk->quotes, walk->quotes.starts[*quote]);
    }
    return NUNCIO_OK;
}

/* The words of a quote, with what of the query stands in them. */
static nuncio_status fill_words(nn_filler *filler, const nn_filling *filling, uint32_t quote,
                                uint32_t passage)
{
    const nn_article_quotes *quotes = &filler->part.quotes->quotes;
    uint32_t base = quotes->bases[passage - quotes->first_passage];
    nn_range only = {quotes->starts[quote] > base ? quotes->starts[quote] - base : 0,
                     quotes->ends[quote] - base};
    nn_marks marks;
    filler->scorers.only = &only;
    nuncio_status status = nn_marks_collect(&filler->part, &filler->scorers, passage, &marks);
    filler->scorers.only = NULL;
    NN_TRY(status);
    if (filling->article != filler->article) {
        NN_TRY(read_annotations(filler, filling));
    }
    if (nn_segment_info_of(filler->part.segment)->has_text) {
        NN_TRY(fill_text(filler, filling, passage, &marks));
    }
    return nn_hit_annotate(filling->hit, &filler->annotations, filler->run, filler->plan->shown,
                           filler->entities, &filler->hits->arena);
}

/* By quote. The passages of quotes, unlike quotes, are not always in order of storage. */
static nuncio_status fill_quote(nn_filler *filler, const nn_filling *filling)
{
    nuncio_hit *hit = filling->hit;
    uint32_t quote;
    uint32_t passage;
    NN_TRY(nn_run_step(filler->run));
    NN_TRY(enter_quote(filler, filling, &quote, &passage));
    if (passage < filler->passage) {
        NN_TRY(open_part(filler, filling->candidate->part));
        NN_TRY(enter_quote(filler, filling, &quote, &passage));
    }
    filler->passage = passage;
    hit->quote_ordinal = quote;
    hit->ordinal = passage - nn_segment_first_passage(filler->part.segment, filling->article);
    NN_TRY(nn_segment_passage_start(filler->part.segment, passage, &hit->start, &hit->end,
                                    filler->run->error));
    return filler->request->texts ? fill_words(filler, filling, quote, passage) : NUNCIO_OK;
}

static nuncio_status fill_explanation(nn_filler *filler, const nn_filling *filling)
{
    nn_buffer_clear(&filler->buffer);
    if (filler->request->by_quote) {
        uint32_t quote;
        uint32_t passage;
        NN_TRY(enter_quote(filler, filling, &quote, &passage));
        nn_explain_quote(&filler->part, quote, &filler->buffer);
    } else if (filler->request->by_article) {
        nn_unit unit = filler->request->passage_scope ? NN_UNIT_PASSAGE : NN_UNIT_ARTICLE;
        NN_TRY(nn_explain_article(&filler->part, &filler->scorers, unit, filling->article,
                                  &filler->buffer));
    } else {
        NN_TRY(nn_explain_passage(&filler->part, &filler->scorers, filling->candidate->passage,
                                  &filler->buffer));
    }
    NN_TRY(nn_buffer_status(&filler->buffer, filler->run->error));
    nuncio_str text = nn_buffer_str(&filler->buffer);
    filling->hit->explanation =
        nn_arena_str(&filler->hits->arena, text.data == NULL ? (nuncio_str){"", 0} : text);
    return filling->hit->explanation.data == NULL ? nn_error_memory(filler->run->error) : NUNCIO_OK;
}

/* One pass over the hits in order of storage; explaining an article walks all of it, so it has a
 * pass of its own. */
static nuncio_status pass(nn_filler *filler, const nn_filling *fillings, size_t count, bool explain)
{
    uint32_t open = UINT32_MAX;
    filler->end = fillings + count;
    for (size_t i = 0; i < count; i++) {
        const nn_candidate *candidate = fillings[i].candidate;
        if (candidate->part != open) {
            open = candidate->part;
            NN_TRY(open_part(filler, open));
        }
        if (explain) {
            NN_TRY(fill_explanation(filler, &fillings[i]));
        } else if (filler->request->by_quote) {
            NN_TRY(fill_quote(filler, &fillings[i]));
        } else {
            NN_TRY(fill_shown(filler, &fillings[i]));
        }
    }
    return NUNCIO_OK;
}

static bool stored_later(const void *a, const void *b, const void *context)
{
    (void)context;
    const nn_candidate *x = ((const nn_filling *)a)->candidate;
    const nn_candidate *y = ((const nn_filling *)b)->candidate;
    return x->part != y->part ? x->part > y->part : x->passage > y->passage;
}

/* Asks for what the hits will be read from. By quote, passages are not known yet. */
static void fetch_ahead(const nn_run *run, const nn_filling *fillings, size_t count)
{
    for (uint32_t step = 0; step < NN_FETCH_STEPS; step++) {
        for (size_t i = 0; i < count && i < FETCHED_MAX; i++) {
            const nn_candidate *candidate = fillings[i].candidate;
            nn_segment_fetch(run->snapshot->parts[candidate->part].segment, candidate->passage,
                             fillings[i].article, step);
        }
    }
}

static nuncio_status fill(nn_filler *filler, const nn_candidate *candidates, size_t count)
{
    nn_run *run = filler->run;
    nuncio_hits *hits = filler->hits;
    hits->items = nn_arena_array(&hits->arena, count + 1, sizeof *hits->items);
    nn_filling *room = nn_arena_alloc(run->arena, (count + 1) * sizeof *room);
    if (hits->items == NULL || room == NULL) {
        return nn_error_memory(run->error);
    }
    nn_heap order = {(uint8_t *)room, sizeof *room, 0, count, stored_later, NULL};
    bool reads = filler->request->texts || filler->request->by_quote;
    bool explains = filler->request->explain;
    for (size_t i = 0; i < count; i++) {
        nn_filling filling = {&candidates[i], &hits->items[i], 0};
        NN_TRY(nn_candidate_article(run, &candidates[i], &filling.article));
        if (reads || explains) {
            (void)nn_heap_offer(&order, &filling);
        } else {
            room[i] = filling;
        }
    }
    if (filler->request->texts && !filler->request->by_quote) {
        fetch_ahead(run, room, count);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t rank = filler->request->rank + (uint32_t)(room[i].candidate - candidates) + 1;
        NN_TRY(fill_place(filler, &room[i], rank));
        if (filler->request->texts) {
            NN_TRY(fill_columns(filler, &room[i]));
        }
    }
    nn_heap_sort(&order);
    hits->count = count;
    NN_TRY(reads ? pass(filler, room, count, false) : NUNCIO_OK);
    return explains ? pass(filler, room, count, true) : NUNCIO_OK;
}

nuncio_status nn_hits_fill(nuncio_hits *hits, nn_run *run, nn_plan *plan,
                           const nn_candidate *candidates, size_t count,
                           const nn_hits_request *request)
{
    nn_filler filler = {.hits = hits, .run = run, .plan = plan, .request = request};
    nn_buffer_init(&filler.buffer, run->arena->memory);
    nn_arena_init(&filler.arena, run->arena->memory);
    nn_entity_table entities = {0};
    nuncio_status status = NUNCIO_OK;
    if (run->options->entities && request->texts) {
        status = nn_entity_table_open(&entities, run);
        filler.entities = &entities;
    }
    if (status == NUNCIO_OK) {
        status = fill(&filler, candidates, count);
    }
    nn_entity_table_close(&entities);
    nn_arena_clear(&filler.arena);
    nn_buffer_deinit(&filler.buffer);
    return status;
}
