/* SPDX-License-Identifier: Apache-2.0 */
#include "query/ranking.h"

#include "core/str.h"
#include "segment/quotes.h"

/* Order of two articles of one segment: by the place of their ids, which a column keeps. */
static nuncio_status compare_in_part(const nn_run *run, size_t part, uint32_t a, uint32_t b,
                                     int *order)
{
    const nn_segment *segment = run->snapshot->parts[part].segment;
    uint32_t x = 0;
    uint32_t y = 0;
    NN_TRY(nn_segment_rank(segment, a, &x, run->error));
    NN_TRY(nn_segment_rank(segment, b, &y, run->error));
    *order = x < y ? -1 : x > y ? 1 : 0;
    return NUNCIO_OK;
}

nuncio_status nn_candidate_article(const nn_run *run, const nn_candidate *candidate, uint32_t *out)
{
    const nn_segment *segment = run->snapshot->parts[candidate->part].segment;
    if (run->by_quote) {
        return nn_segment_quote_article(segment, candidate->passage, out, run->error);
    }
    *out = nn_segment_article_of(segment, candidate->passage);
    return NUNCIO_OK;
}

static nuncio_status compare_ids(const nn_run *run, const nn_candidate *a, const nn_candidate *b,
                                 int *order)
{
    const nn_segment *x = run->snapshot->parts[a->part].segment;
    const nn_segment *y = run->snapshot->parts[b->part].segment;
    uint32_t x_article;
    uint32_t y_article;
    *order = 0;
    NN_TRY(nn_candidate_article(run, a, &x_article));
    NN_TRY(nn_candidate_article(run, b, &y_article));
    if (a->part == b->part) {
        return x_article == y_article ? NUNCIO_OK
                                      : compare_in_part(run, a->part, x_article, y_article, order);
    }
    nn_article_row x_row;
    nn_article_row y_row;
    NN_TRY(nn_segment_article(x, x_article, &x_row, run->error));
    NN_TRY(nn_segment_article(y, y_article, &y_row, run->error));
    *order = nn_str_compare(x_row.id, y_row.id);
    return NUNCIO_OK;
}

/* True when `a` ranks behind `b`. Passages and quotes of an article are numbered in order. */
static bool worse(const void *x, const void *y, const void *context)
{
    const nn_candidate *a = x;
    const nn_candidate *b = y;
    const nn_ranking_order *ranking = context;
    if (a->score != b->score) {
        return a->score < b->score;
    }
    if (a->exact != b->exact) {
        return a->exact < b->exact;
    }
    int order = 0;
    nuncio_status status = compare_ids(ranking->run, a, b, &order);
    if (status != NUNCIO_OK && *ranking->status == NUNCIO_OK) {
        *ranking->status = status;
    }
    return order != 0 ? order > 0 : a->passage > b->passage;
}

nuncio_status nn_ranking_init(nn_ranking *ranking, nn_run *run, uint32_t max)
{
    *ranking =
        (nn_ranking){.order = {run, &ranking->status}, .threshold = -1.0, .total_exact = true};
    nn_candidate *room = nn_arena_alloc(run->arena, (max + 1u) * sizeof *room);
    if (room == NULL) {
        return nn_error_memory(run->error);
    }
    ranking->heap = (nn_heap){.elements = (uint8_t *)room,
                              .element_size = sizeof *room,
                              .max = max,
                              .worse = worse,
                              .context = &ranking->order};
    return NUNCIO_OK;
}

static nuncio_status offer(nn_ranking *ranking, size_t part, uint32_t passage, double score,
                           uint32_t exact)
{
    if (ranking->visit != NULL) {
        return ranking->visit(ranking->visit_context, part, passage);
    }
    if (score < ranking->threshold || ranking->heap.max == 0 ||
        (ranking->has_after && score > ranking->after.score)) {
        return NUNCIO_OK;
    }
    nn_candidate candidate = {score, (uint32_t)part, passage, exact};
    if (ranking->has_after && !worse(&candidate, &ranking->after, &ranking->order)) {
        return ranking->status;
    }
    (void)nn_heap_offer(&ranking->heap, &candidate);
    if (ranking->heap.count == ranking->heap.max) {
        ranking->threshold = ((const nn_candidate *)nn_heap_worst(&ranking->heap))->score;
    }
    return ranking->status;
}

nuncio_status nn_ranking_offer(nn_ranking *ranking, size_t part, uint32_t passage, double score)
{
    return offer(ranking, part, passage, score, 0);
}

nuncio_status nn_ranking_offer_unscored(nn_ranking *ranking, size_t part, uint32_t passage,
                                        uint32_t exact)
{
    return offer(ranking, part, passage, 0.0, exact);
}

bool nn_ranking_may_keep(nn_ranking *ranking, size_t part, uint32_t passage, uint32_t exact)
{
    if (ranking->visit != NULL || ranking->heap.count < ranking->heap.max) {
        return true;
    }
    if (ranking->heap.max == 0) {
        return false;
    }
    const nn_candidate *worst = nn_heap_worst(&ranking->heap);
    nn_candidate candidate = {0.0, (uint32_t)part, passage, exact};
    uint32_t mine, article;
    nuncio_status status = nn_candidate_article(ranking->order.run, &candidate, &mine);
    if (status == NUNCIO_OK && worst->part == candidate.part) {
        status = nn_candidate_article(ranking->order.run, worst, &article);
        if (status == NUNCIO_OK && mine == article) {
            return true; /* by passage */
        }
    }
    return status != NUNCIO_OK || !worse(&candidate, worst, &ranking->order);
}

nuncio_status nn_ranking_sort(nn_ranking *ranking)
{
    nn_heap_sort(&ranking->heap);
    return ranking->status;
}
