/* SPDX-License-Identifier: Apache-2.0 */
#include "query/ranking.h"

#include "core/str.h"

bool nn_candidate_worse(const nn_candidate *a, const nn_candidate *b)
{
    if (a->score != b->score) {
        return a->score < b->score;
    }
    int order = nn_str_compare(a->id, b->id);
    return order != 0 ? order > 0 : a->ordinal > b->ordinal;
}

static bool worse(const void *a, const void *b, const void *context)
{
    (void)context;
    return nn_candidate_worse(a, b);
}

nuncio_status nn_ranking_init(nn_ranking *ranking, nn_run *run, uint32_t max)
{
    *ranking = (nn_ranking){.threshold = -1.0, .total_exact = true};
    nn_candidate *room = nn_arena_alloc(run->arena, (max + 1u) * sizeof *room);
    if (room == NULL) {
        return nn_error_memory(run->error);
    }
    ranking->heap = (nn_heap){
        .elements = (uint8_t *)room, .element_size = sizeof *room, .max = max, .worse = worse};
    return NUNCIO_OK;
}

nuncio_status nn_candidate_locate(nn_run *run, nn_candidate *candidate)
{
    const nn_segment *segment = run->snapshot->parts[candidate->part].segment;
    candidate->article = nn_segment_article_of(segment, candidate->passage);
    candidate->ordinal = candidate->passage - nn_segment_first_passage(segment, candidate->article);
    nn_article_row row;
    NN_TRY(nn_segment_article(segment, candidate->article, &row, run->error));
    candidate->id = row.id;
    return NUNCIO_OK;
}

nuncio_status nn_ranking_offer(nn_ranking *ranking, nn_run *run, size_t part, uint32_t passage,
                               double score)
{
    if (score < ranking->threshold || ranking->heap.max == 0 ||
        (ranking->has_after && score > ranking->after.score)) {
        return NUNCIO_OK;
    }
    nn_candidate candidate = {.score = score, .part = (uint32_t)part, .passage = passage};
    NN_TRY(nn_candidate_locate(run, &candidate));
    if (ranking->has_after && !nn_candidate_worse(&candidate, &ranking->after)) {
        return NUNCIO_OK;
    }
    (void)nn_heap_offer(&ranking->heap, &candidate);
    if (ranking->heap.count == ranking->heap.max) {
        ranking->threshold = ((const nn_candidate *)nn_heap_worst(&ranking->heap))->score;
    }
    return NUNCIO_OK;
}
