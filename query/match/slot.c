/* SPDX-License-Identifier: Apache-2.0 */
#include "query/match/slot.h"

#include "core/bits.h"

static uint32_t doc_of(const nn_slot_walk *walk, uint32_t place)
{
    return walk->lists[walk->heap[place]].postings.doc;
}

/* Restores the heap below `place`, whose list has moved forward. */
static void sift_down(nn_slot_walk *walk, uint32_t place)
{
    uint32_t moved = walk->heap[place];
    uint32_t doc = walk->lists[moved].postings.doc;
    for (;;) {
        uint32_t child = 2 * place + 1;
        if (child >= walk->count) {
            break;
        }
        if (child + 1 < walk->count && doc_of(walk, child + 1) < doc_of(walk, child)) {
            child++;
        }
        if (doc_of(walk, child) >= doc) {
            break;
        }
        walk->heap[place] = walk->heap[child];
        place = child;
    }
    walk->heap[place] = moved;
}

void nn_slot_settle(nn_slot_walk *walk)
{
    if (walk->heap == NULL) {
        walk->doc = walk->lists[0].postings.doc;
        return;
    }
    for (uint32_t i = walk->count / 2; i-- > 0;) {
        sift_down(walk, i);
    }
    walk->doc = doc_of(walk, 0);
}

nuncio_status nn_slot_open(nn_slot_walk *walk, nn_run *run, size_t part, const nn_slot_part *lists)
{
    *walk = (nn_slot_walk){.doc = NN_DOC_END, .count = lists->count, .whole = true};
    if (lists->count == 0) {
        return NUNCIO_OK;
    }
    const nn_segment *segment = run->snapshot->parts[part].segment;
    walk->lists = nn_arena_alloc(run->part_arena, lists->count * sizeof *walk->lists);
    if (walk->lists == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < lists->count; i++) {
        nn_list_walk *list = &walk->lists[i];
        list->forms = lists->lists[i].forms;
        list->form_count = lists->lists[i].form_count;
        walk->whole = walk->whole && list->forms == NULL;
        walk->cost += lists->lists[i].info.passage_df;
        NN_TRY(nn_postings_open(&list->postings, segment, &lists->lists[i].info, run->error));
        NN_TRY(nn_run_step(run));
    }
    if (lists->count == 1) {
        walk->doc = walk->lists[0].postings.doc;
        return NUNCIO_OK;
    }
    walk->heap = nn_arena_alloc(run->part_arena, lists->count * sizeof *walk->heap);
    if (walk->heap == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < lists->count; i++) {
        walk->heap[i] = i;
    }
    nn_slot_settle(walk);
    return NUNCIO_OK;
}

nuncio_status nn_slot_rewind(nn_slot_walk *walk, nn_run *run)
{
    for (uint32_t i = 0; i < walk->count; i++) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_rewind(&walk->lists[i].postings, run->error));
    }
    if (walk->count > 0) {
        nn_slot_settle(walk);
    }
    return NUNCIO_OK;
}

nuncio_status nn_slot_advance_lists(nn_slot_walk *walk, nn_run *run, uint32_t target)
{
    while (doc_of(walk, 0) < target) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_advance(&walk->lists[walk->heap[0]].postings, target, run->error));
        sift_down(walk, 0);
    }
    walk->doc = doc_of(walk, 0);
    return NUNCIO_OK;
}

static bool form_counts(const nn_list_walk *list, uint32_t form)
{
    return form < list->form_count && (list->forms[form / 64] >> (form % 64) & 1) != 0;
}

/* Merges a list's positions into those of the lists before it. */
static nuncio_status add_positions(nn_list_walk *list, nn_run *run, uint32_t *positions,
                                   uint32_t *count)
{
    uint32_t more[NN_POSITIONS_MAX];
    uint32_t forms[NN_POSITIONS_MAX];
    uint32_t *numbers = list->forms == NULL ? NULL : forms;
    uint32_t tf;
    NN_TRY(nn_postings_tf(&list->postings, &tf, run->error));
    NN_TRY(nn_postings_positions(&list->postings, more, numbers, run->error));
    if (numbers != NULL) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < tf; i++) {
            if (form_counts(list, numbers[i])) {
                more[kept++] = more[i];
            }
        }
        tf = kept;
    }
    if (tf > NN_POSITIONS_MAX - *count) {
        tf = NN_POSITIONS_MAX - *count; /* only a damaged segment has two terms at one position */
    }
    uint32_t left = *count;
    uint32_t to = *count + tf;
    *count = to;
    while (tf > 0) { /* from the back, so that nothing is overwritten before it is moved */
        positions[--to] =
            left > 0 && positions[left - 1] > more[tf - 1] ? positions[--left] : more[--tf];
    }
    return NUNCIO_OK;
}

/* Calls add_positions or sums frequencies over the lists that stand at the current passage. */
static nuncio_status gather(nn_slot_walk *walk, nn_run *run, uint32_t *positions, uint32_t *sum)
{
    /* Lists at the current passage form a subtree at the root of the heap: walk it depth first. The
     * heap has at most NN_QUERY_FORMS_MAX < 2^16 lists, so that 2 places a level suffice. */
    uint32_t stack[40];
    uint32_t depth = 0;
    *sum = 0;
    stack[depth++] = 0;
    while (depth > 0) {
        uint32_t place = stack[--depth];
        nn_list_walk *list = &walk->lists[walk->heap == NULL ? place : walk->heap[place]];
        if (list->postings.doc != walk->doc) {
            continue;
        }
        if (positions != NULL) {
            NN_TRY(add_positions(list, run, positions, sum));
        } else {
            uint32_t tf;
            NN_TRY(nn_postings_tf(&list->postings, &tf, run->error));
            *sum += tf;
        }
        for (uint32_t child = 2 * place + 1; child <= 2 * place + 2 && child < walk->count;
             child++) {
            stack[depth++] = child;
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_slot_positions(nn_slot_walk *walk, nn_run *run, uint32_t *positions,
                                uint32_t *count)
{
    if (walk->count == 1 && walk->lists[0].forms == NULL) {
        NN_TRY(nn_postings_tf(&walk->lists[0].postings, count, run->error));
        return nn_postings_positions(&walk->lists[0].postings, positions, NULL, run->error);
    }
    return gather(walk, run, positions, count);
}

nuncio_status nn_slot_spots(nn_slot_walk *walk, nn_run *run, nn_spots *spots)
{
    if (walk->count == 1 && walk->lists[0].forms == NULL) {
        nn_postings *postings = &walk->lists[0].postings;
        nuncio_status status = nn_postings_spots(postings, spots, run->error);
        walk->doc = postings->doc;
        return status;
    }
    spots->key_count = 0;
    for (uint32_t i = 0; i < spots->count; i++) {
        uint32_t positions[NN_POSITIONS_MAX], found = 0, text = 0;
        NN_TRY(nn_slot_advance(walk, run, spots->docs[i]));
        if (walk->doc == spots->docs[i]) {
            NN_TRY(nn_slot_positions(walk, run, positions, &found));
        }
        if (found > 0 && positions[found - 1] >= NN_POSITION_TITLE) {
            NN_TRY(nn_segment_text_length(walk->lists[0].postings.segment, walk->doc, &text,
                                          run->error));
        }
        for (uint32_t k = 0; k < found; k++) {
            bool title = positions[k] >= NN_POSITION_TITLE;
            uint32_t place = title ? text + positions[k] - NN_POSITION_TITLE : positions[k];
            spots->keys[spots->key_count++] =
                (uint16_t)(spots->numbers[i] * NN_KEY_PASSAGE + place);
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_slot_tf_most(nn_slot_walk *walk, nn_run *run, uint32_t *tf)
{
    if (walk->count == 1) {
        return nn_postings_tf(&walk->lists[0].postings, tf, run->error);
    }
    return gather(walk, run, NULL, tf);
}

nuncio_status nn_slot_tf(nn_slot_walk *walk, nn_run *run, uint32_t *tf)
{
    if (walk->whole) {
        return nn_slot_tf_most(walk, run, tf);
    }
    uint32_t positions[NN_POSITIONS_MAX];
    return gather(walk, run, positions, tf);
}

/* The best that any of the pairs allows. */
static double best_of(const nn_run *run, const nn_bound *pairs, uint32_t count)
{
    double best = 0.0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = pairs[i].length < NN_BM25_LENGTHS ? pairs[i].length : 0;
        double value = nn_bm25_contribution(1.0, pairs[i].tf, run->passages.norms[length]);
        best = value > best ? value : best;
    }
    return best;
}

/* tf / (tf + norm) is concave in tf, so that the bound of a union is at most the sum of the bounds
 * of its lists, and it stays below 1. */
nuncio_status nn_slot_bound(nn_slot_walk *walk, nn_run *run, uint32_t target, uint32_t *last,
                            double *bound)
{
    *last = NN_DOC_END;
    *bound = 0.0;
    if (walk->count > NN_SLOT_LISTS_FEW) {
        *bound = walk->doc == NN_DOC_END ? 0.0 : 1.0;
        return NUNCIO_OK;
    }
    for (uint32_t i = 0; i < walk->count; i++) {
        nn_postings *postings = &walk->lists[i].postings;
        if (postings->doc == NN_DOC_END) {
            continue;
        }
        nn_bound pairs[4];
        uint32_t count = 0;
        uint32_t list_last;
        NN_TRY(nn_postings_block_bounds(postings, target, &list_last, pairs, &count, run->error));
        *bound += best_of(run, pairs, count);
        *last = list_last < *last ? list_last : *last;
    }
    *bound = *bound < 1.0 ? *bound : 1.0;
    return NUNCIO_OK;
}

nuncio_status nn_slot_max(nn_slot_walk *walk, nn_run *run, double *max)
{
    *max = 0.0;
    for (uint32_t i = 0; i < walk->count && *max < 1.0; i++) {
        nn_bound pairs[4];
        uint32_t count = 0;
        NN_TRY(nn_postings_bounds(&walk->lists[i].postings, pairs, &count, run->error));
        *max += best_of(run, pairs, count);
    }
    *max = *max < 1.0 ? *max : 1.0;
    return NUNCIO_OK;
}
