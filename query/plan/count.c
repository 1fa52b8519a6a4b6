/* SPDX-License-Identifier: Apache-2.0 */
#include "query/plan/count.h"

#include "segment/annotations/quotes.h"

/* Live counts of one whole list, from the dictionary. */
static nuncio_status count_list(nn_run *run, size_t part, const nn_term_info *info,
                                uint64_t *passages, uint64_t *articles)
{
    const nn_deletes *deletes = run->snapshot->parts[part].deletes;
    nn_df_deduction gone = {0};
    if (deletes != NULL) {
        gone = nn_deletes_deduction(deletes, info->ordinal);
    }
    if (gone.passages > info->passage_df || gone.articles > info->article_df) {
        return nn_run_corrupt(run, part, "more deleted than there was");
    }
    *passages += info->passage_df - gone.passages;
    *articles += info->article_df - gone.articles;
    return NUNCIO_OK;
}

/* Counts by walking all lists; with `except`, only passages that it does not hold. */
static nuncio_status count_walk(nn_run *run, size_t part, const nn_slot_part *lists,
                                nn_postings *except, uint64_t *passages, uint64_t *articles)
{
    const nn_segment *segment = run->snapshot->parts[part].segment;
    nn_slot_walk walk;
    NN_TRY(nn_slot_open(&walk, run, part, lists));
    uint32_t counted_article = UINT32_MAX;
    while (walk.doc != NN_DOC_END) {
        NN_TRY(nn_run_step(run));
        uint32_t doc = walk.doc;
        uint32_t tf = 1;
        if (!walk.whole) {
            NN_TRY(nn_slot_tf(&walk, run, &tf));
        }
        if (except != NULL && except->doc < doc) {
            NN_TRY(nn_postings_advance(except, doc, run->error));
        }
        uint32_t article = nn_segment_article_of(segment, doc);
        bool counts = tf > 0 && !(except != NULL && except->doc == doc);
        if (counts && !nn_run_deleted(run, part, article)) {
            *passages += 1;
            *articles += article != counted_article ? 1 : 0;
            counted_article = article;
        }
        NN_TRY(nn_slot_advance(&walk, run, doc + 1));
    }
    return NUNCIO_OK;
}

/* |A ∪ B ∪ C| = |A| + |(B ∪ C) \ A| with A the commonest list, whose size is known. */
static nuncio_status count_beside(nn_run *run, size_t part, const nn_slot_part *lists,
                                  uint64_t *passages, uint64_t *articles)
{
    uint32_t commonest = 0;
    for (uint32_t i = 1; i < lists->count; i++) {
        if (lists->lists[i].info.passage_df > lists->lists[commonest].info.passage_df) {
            commonest = i;
        }
    }
    nn_slot_part rest = {.count = lists->count - 1};
    rest.lists = nn_arena_alloc(run->part_arena, rest.count * sizeof *rest.lists);
    nn_postings *except = nn_arena_alloc(run->part_arena, sizeof *except);
    if (rest.lists == NULL || except == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0, to = 0; i < lists->count; i++) {
        if (i != commonest) {
            rest.lists[to++] = lists->lists[i];
        }
    }
    const nn_term_info *info = &lists->lists[commonest].info;
    NN_TRY(count_list(run, part, info, passages, articles));
    NN_TRY(nn_postings_open(except, run->snapshot->parts[part].segment, info, run->error));
    return count_walk(run, part, &rest, except, passages, articles);
}

nuncio_status nn_count_live(nn_run *run, size_t part, const nn_slot_part *lists, uint64_t *passages,
                            uint64_t *articles)
{
    bool whole = true;
    for (uint32_t i = 0; i < lists->count; i++) {
        whole = whole && lists->lists[i].forms == NULL;
    }
    if (lists->count == 0) {
        return NUNCIO_OK;
    }
    if (lists->count == 1 && whole) {
        return count_list(run, part, &lists->lists[0].info, passages, articles);
    }
    nn_arena_reset(run->part_arena);
    if (whole && !run->by_article) {
        return count_beside(run, part, lists, passages, articles);
    }
    return count_walk(run, part, lists, NULL, passages, articles);
}

static nuncio_status count_quotes_walk(nn_run *run, size_t part, const nn_slot_part *lists,
                                       uint64_t *quotes)
{
    const nn_segment *segment = run->snapshot->parts[part].segment;
    nn_article_quotes units = {.segment = segment, .arena = run->part_arena};
    uint32_t positions[NN_POSITIONS_MAX];
    nn_slot_walk walk;
    NN_TRY(nn_slot_open(&walk, run, part, lists));
    while (walk.doc != NN_DOC_END) {
        NN_TRY(nn_run_step(run));
        uint32_t article = nn_segment_article_of(segment, walk.doc);
        uint32_t next = walk.doc + 1;
        NN_TRY(nn_article_quotes_seek(&units, article, run->error));
        if (units.count == 0) { /* on to the next article that has quotes */
            uint32_t behind;
            NN_TRY(nn_article_quotes_behind(&units, &behind, run->error));
            if (behind == NN_DOC_END) {
                return NUNCIO_OK;
            }
            next = nn_segment_first_passage(segment, behind);
        } else if (!nn_run_deleted(run, part, article)) {
            uint32_t count;
            NN_TRY(nn_slot_positions(&walk, run, positions, &count));
            *quotes += nn_article_quotes_mark(&units, walk.doc, positions, count);
        }
        NN_TRY(nn_slot_advance(&walk, run, next));
    }
    return NUNCIO_OK;
}

nuncio_status nn_count_quotes(nn_run *run, size_t part, const nn_slot_part *lists, uint64_t *quotes)
{
    if (lists->count == 0) {
        return NUNCIO_OK;
    }
    if (lists->count > 1 || lists->lists[0].forms != NULL) {
        nn_arena_reset(run->part_arena);
        return count_quotes_walk(run, part, lists, quotes);
    }
    const nn_term_info *info = &lists->lists[0].info;
    const nn_deletes *deletes = run->snapshot->parts[part].deletes;
    uint32_t gone = deletes == NULL ? 0 : nn_deletes_deduction(deletes, info->ordinal).quotes;
    if (gone > info->quote_df) {
        return nn_run_corrupt(run, part, "more deleted than there was");
    }
    *quotes += info->quote_df - gone;
    return NUNCIO_OK;
}
