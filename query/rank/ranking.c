/* SPDX-License-Identifier: Apache-2.0 */
#include "query/rank/ranking.h"

#include "core/str.h"
#include "segment/annotations/quotes.h"

nuncio_status nn_candidate_article(const nn_run *run, const nn_candidate *candidate, uint32_t *out)
{
    const nn_segment *segment = run->snapshot->parts[candidate->part].segment;
    if (run->by_quote) {
        return nn_segment_quote_article(segment, candidate->passage, out, run->error);
    }
    *out = nn_segment_article_of(segment, candidate->passage);
    return NUNCIO_OK;
}

/* ---- which of two ranks behind the other ---- */

/* Where scores tie, a column says which id comes first; it is looked up once a candidate. */
static nuncio_status look_up_place(const nn_run *run, nn_candidate *candidate)
{
    uint32_t article;
    uint32_t rank;
    if (candidate->place != 0) {
        return NUNCIO_OK;
    }
    const nn_segment *segment = run->snapshot->parts[candidate->part].segment;
    NN_TRY(nn_candidate_article(run, candidate, &article));
    NN_TRY(nn_segment_rank(segment, article, &rank, run->error));
    candidate->place = rank + 1;
    return NUNCIO_OK;
}

static nuncio_status read_id(const nn_run *run, const nn_candidate *candidate, nuncio_str *id)
{
    uint32_t article;
    NN_TRY(nn_candidate_article(run, candidate, &article));
    return nn_segment_article_id(run->snapshot->parts[candidate->part].segment, article, id,
                                 run->error);
}

static nuncio_status compare_ids(const nn_run *run, nn_candidate *a, nn_candidate *b, int *order)
{
    *order = 0;
    if (a->part == b->part) {
        NN_TRY(look_up_place(run, a));
        NN_TRY(look_up_place(run, b));
        *order = a->place < b->place ? -1 : a->place > b->place ? 1 : 0;
        return NUNCIO_OK;
    }
    nuncio_str x;
    nuncio_str y;
    NN_TRY(read_id(run, a, &x));
    NN_TRY(read_id(run, b, &y));
    *order = nn_str_compare(x, y);
    return NUNCIO_OK;
}

/* The same where scores are equal. Passages and quotes of an article are numbered in order. */
static bool is_worse_tie(nn_ranking *ranking, nn_candidate *a, nn_candidate *b)
{
    if (a->exact != b->exact) {
        return a->exact < b->exact;
    }
    int order = 0;
    nuncio_status status = compare_ids(ranking->run, a, b, &order);
    if (status != NUNCIO_OK && ranking->status == NUNCIO_OK) {
        ranking->status = status;
    }
    return order != 0 ? order > 0 : a->passage > b->passage;
}

/* True when `a` ranks behind `b`. */
static inline bool is_worse(nn_ranking *ranking, nn_candidate *a, nn_candidate *b)
{
    return a->score != b->score ? a->score < b->score : is_worse_tie(ranking, a, b);
}

/* ---- the best so far ---- */

/* A heap of its own rather than core/heap.h: nearly every comparison is one of two scores. */

static void sift_up(nn_ranking *ranking, nn_candidate candidate)
{
    nn_candidate *best = ranking->best;
    uint32_t i = ranking->count++;
    while (i > 0 && is_worse(ranking, &candidate, &best[(i - 1) / 2])) {
        best[i] = best[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    best[i] = candidate;
}

/* Puts a candidate where it belongs on a way down from the root, of `count`. */
static void sift_down(nn_ranking *ranking, uint32_t count, nn_candidate candidate)
{
    nn_candidate *best = ranking->best;
    uint32_t i = 0;
    for (uint32_t child; (child = 2 * i + 1) < count; i = child) {
        if (child + 1 < count && is_worse(ranking, &best[child + 1], &best[child])) {
            child++;
        }
        if (!is_worse(ranking, &best[child], &candidate)) {
            break;
        }
        best[i] = best[child];
    }
    best[i] = candidate;
}

nuncio_status nn_ranking_init(nn_ranking *ranking, nn_run *run, uint32_t max)
{
    *ranking =
        (nn_ranking){.run = run, .max = max, .least = -1.0, .threshold = -1.0, .total_exact = true};
    ranking->best = nn_arena_alloc(run->arena, (max + 1u) * sizeof *ranking->best);
    return ranking->best == NULL ? nn_error_memory(run->error) : NUNCIO_OK;
}

static nuncio_status offer(nn_ranking *ranking, size_t part, uint32_t passage, double score,
                           uint32_t exact)
{
    if (ranking->visit != NULL) {
        return ranking->visit(ranking->visit_context, part, passage);
    }
    if (score < ranking->least || ranking->max == 0 ||
        (ranking->has_after && score > ranking->after.score)) {
        return NUNCIO_OK;
    }
    nn_candidate candidate = {
        .score = score, .part = (uint32_t)part, .passage = passage, .exact = exact};
    if (ranking->has_after && !is_worse(ranking, &candidate, &ranking->after)) {
        return ranking->status;
    }
    if (ranking->count < ranking->max) {
        sift_up(ranking, candidate);
    } else if (is_worse(ranking, &ranking->best[0], &candidate)) {
        sift_down(ranking, ranking->count, candidate);
    }
    if (ranking->count == ranking->max) {
        nn_ranking_raise(ranking, ranking->best[0].score);
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
    if (ranking->visit != NULL || ranking->count < ranking->max) {
        return true;
    }
    if (ranking->max == 0) {
        return false;
    }
    nn_candidate *worst = &ranking->best[0];
    nn_candidate candidate = {.part = (uint32_t)part, .passage = passage, .exact = exact};
    uint32_t mine, article;
    nuncio_status status = nn_candidate_article(ranking->run, &candidate, &mine);
    if (status == NUNCIO_OK && worst->part == candidate.part) {
        status = nn_candidate_article(ranking->run, worst, &article);
        if (status == NUNCIO_OK && mine == article) {
            return true; /* by passage */
        }
    }
    return status != NUNCIO_OK || !is_worse(ranking, &candidate, worst);
}

nuncio_status nn_ranking_sort(nn_ranking *ranking)
{
    for (uint32_t left = ranking->count; left > 1; left--) {
        nn_candidate last = ranking->best[left - 1];
        ranking->best[left - 1] = ranking->best[0];
        sift_down(ranking, left - 1, last);
    }
    return ranking->status;
}
