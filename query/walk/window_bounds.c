/* SPDX-License-Identifier: Apache-2.0 */
/* Where hits can be. A segment is divided into strips of equal width; for each and every term of
 * some weight the table says what the term adds to a passage of it at most:
 *
 *   strip      0     1     2     3     4    …
 *   embassy    4.1   0     0     3.9   4.4         a short list: from its postings
 *   vietnam    2.8   2.8   2.9   2.9   2.1         a long one: from the bounds of its blocks
 *   the         .01 everywhere                     its blocks are not asked
 *   bound      6.9   2.8   2.9   6.8   6.5
 *
 * Strips whose bound is below the threshold are passed over; those with the highest are searched
 * first. */
#include "core/cpu.h"
#include "query/match/filter.h"
#include "query/walk/windows.h"

#include <string.h>

enum {
    BOUNDS_MAX = 1 << 20,     /* numbers of the table, at most: else strips are wider */
    SHORT_BLOCKS = 8,         /* a list of so many blocks is bounded posting by posting */
    LIGHT = 16,               /* a term of less than 1/16 of all weight is bounded … */
    LIGHT_POSTINGS = 128 * 64 /* … only where it has few postings */
};

/* Room for the saturations tf / (tf + norm) of one slot or list, by strip. */
typedef struct nn_bounder {
    nn_windows *windows;
    nn_run *run;
    uint32_t count; /* strips */
} nn_bounder;

static float *new_row(const nn_bounder *bounder)
{
    return nn_arena_array(bounder->run->part_arena, bounder->count + NN_STRIPS_STEP, sizeof(float));
}

/* Makes scores of saturations, and adds them to sums. What is above 0 stays above it. */
static inline __attribute__((always_inline)) void score_row(float *row, float *sums, uint32_t count,
                                                            float weight)
{
    const nn_strips least = (nn_strips){0} + NN_WEIGHT_LEAST;
    for (uint32_t strip = 0; strip < count; strip += NN_STRIPS_STEP) {
        nn_strips values, scores, sum;
        memcpy(&values, row + strip, sizeof values);
        memcpy(&sum, sums + strip, sizeof sum);
        scores = weight * values;
        nn_strip_mask lost = (values > 0.0F) & (scores < least);
        scores = (nn_strips)((lost & (nn_strip_mask)least) | (~lost & (nn_strip_mask)scores));
        sum += scores;
        memcpy(row + strip, &scores, sizeof scores);
        memcpy(sums + strip, &sum, sizeof sum);
    }
}

#if NN_CPU_HAS_WIDE
NN_WIDE static void score_row_wide(float *row, float *sums, uint32_t count, float weight)
{
    score_row(row, sums, count, weight);
}
#endif

static void add_row(float *row, float *sums, uint32_t count, float weight)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        score_row_wide(row, sums, count, weight);
        return;
    }
#endif
    score_row(row, sums, count, weight);
}

static void add_number(float *sums, uint32_t count, float number)
{
    for (uint32_t strip = 0; strip < count; strip += NN_STRIPS_STEP) {
        nn_strips sum;
        memcpy(&sum, sums + strip, sizeof sum);
        sum += number;
        memcpy(sums + strip, &sum, sizeof sum);
    }
}

static float saturation(const nn_bounder *bounder, uint32_t tf, uint32_t length)
{
    float value = nn_window_part(bounder->windows, 1.0F, tf, length);
    return value > NN_WEIGHT_LEAST ? value : NN_WEIGHT_LEAST;
}

static void raise(float *row, uint32_t strip, float value)
{
    row[strip] = value > row[strip] ? value : row[strip];
}

/* A list of few blocks, or of one: posting by posting. */
static nuncio_status bound_postings(const nn_bounder *bounder, const nn_postings *list, float *row)
{
    nn_postings walk;
    const nn_windows *windows = bounder->windows;
    NN_TRY(nn_postings_open(&walk, list->segment, &list->term, bounder->run->error));
    while (walk.doc != NN_DOC_END) {
        NN_TRY(nn_run_step(bounder->run));
        NN_TRY(nn_postings_unpack_docs(&walk, bounder->run->error));
        NN_TRY(nn_postings_unpack_tfs(&walk, bounder->run->error));
        for (uint32_t i = 0; i < walk.in_block_count; i++) {
            uint32_t doc = walk.docs[i];
            raise(row, nn_strip_of(windows, doc),
                  saturation(bounder, walk.tfs[i], windows->part->lengths[doc]));
        }
        NN_TRY(nn_postings_next_block(&walk, bounder->run->error));
    }
    return NUNCIO_OK;
}

/* The strip up to which a list is bounded, and what is known of it so far. */
typedef struct nn_edge {
    uint32_t from; /* first passage that the next block can have */
    uint32_t strip;
    float best;
} nn_edge;

/* One group of blocks. What blocks add to the strip they share is kept aside: a common word has
 * several in each. */
static void bound_blocks(const nn_bounder *bounder, const nn_skip_view *view, nn_edge *edge,
                         float *row)
{
    const nn_windows *windows = bounder->windows;
    float bounds[NN_SKIP_GROUP];
    nn_block_view_bounds(view, windows->norms, bounds);
    for (uint32_t i = 0; i < view->count; i++) {
        float bound = bounds[i] > NN_WEIGHT_LEAST ? bounds[i] : NN_WEIGHT_LEAST;
        uint32_t last = view->last_docs[i];
        last = last < windows->part->passage_count ? last : windows->part->passage_count - 1;
        uint32_t strip = nn_strip_of(windows, edge->from), end = nn_strip_of(windows, last);
        float before = strip == edge->strip ? edge->best : 0.0F;
        row[edge->strip] = edge->best;
        edge->best = bound > before ? bound : before;
        for (; strip < end; strip++) {
            row[strip] = edge->best;
            edge->best = bound;
        }
        edge->strip = end;
        edge->from = last + 1;
    }
    row[edge->strip] = edge->best;
}

static nuncio_status bound_list(const nn_bounder *bounder, const nn_postings *list, float *row)
{
    if (list->block_count <= SHORT_BLOCKS) {
        return bound_postings(bounder, list, row);
    }
    nn_edge edge = {0};
    for (uint32_t group = 0; group < nn_postings_groups(list); group++) {
        nn_skip_view view;
        NN_TRY(nn_run_step(bounder->run));
        NN_TRY(nn_postings_view(list, group, &view, bounder->run->error));
        bound_blocks(bounder, &view, &edge, row);
    }
    return NUNCIO_OK;
}

/* tf / (tf + norm) is concave in tf, so that the bound of a union is at most the sum of those of
 * its lists, and it stays below 1. */
static nuncio_status bound_slot(const nn_bounder *bounder, const nn_slot_walk *slot, float *row)
{
    if (slot->count > NN_SLOT_LISTS_FEW) {
        for (uint32_t strip = 0; strip < bounder->count; strip++) {
            row[strip] = 1.0F;
        }
        return NUNCIO_OK;
    }
    NN_TRY(bound_list(bounder, &slot->lists[0].postings, row));
    float *more = slot->count > 1 ? new_row(bounder) : NULL;
    if (slot->count > 1 && more == NULL) {
        return nn_error_memory(bounder->run->error);
    }
    for (uint32_t i = 1; i < slot->count; i++) {
        memset(more, 0, bounder->count * sizeof *more);
        NN_TRY(bound_list(bounder, &slot->lists[i].postings, more));
        for (uint32_t strip = 0; strip < bounder->count; strip++) {
            float sum = row[strip] + more[strip];
            row[strip] = sum < 1.0F ? sum : 1.0F;
        }
    }
    return NUNCIO_OK;
}

/* A phrase occurs at most as often as the rarest of its words, NEAR as its left side, and only
 * where its right side does. */
static nuncio_status bound_matcher(const nn_bounder *bounder, const nn_matcher *matcher, float *row)
{
    if (matcher->left != NULL) {
        return bound_matcher(bounder, matcher->left, row);
    }
    for (uint32_t i = 0; i < matcher->slot_count; i++) {
        float *own = i == 0 ? row : new_row(bounder);
        if (own == NULL) {
            return nn_error_memory(bounder->run->error);
        }
        NN_TRY(bound_slot(bounder, &matcher->slots[i], own));
        for (uint32_t strip = 0; strip < bounder->count && i > 0; strip++) {
            row[strip] = own[strip] < row[strip] ? own[strip] : row[strip];
        }
    }
    return NUNCIO_OK;
}

static nuncio_status bound_term(const nn_bounder *bounder, nn_term *term)
{
    float *row = new_row(bounder);
    if (row == NULL) {
        return nn_error_memory(bounder->run->error);
    }
    if (term->slot != NULL) {
        NN_TRY(bound_slot(bounder, term->slot, row));
    } else if (term->matcher != NULL) {
        NN_TRY(bound_matcher(bounder, term->matcher, row));
    }
    add_row(row, bounder->windows->bounds, bounder->count,
            nn_term_weight(term) * (float)NN_FLOAT_MARGIN);
    term->maxima = row;
    return NUNCIO_OK;
}

/* Whether the bounds of a term's blocks are worth reading. */
static bool matters(const nn_term *term, double total)
{
    return term->max * LIGHT >= total || term->cost <= LIGHT_POSTINGS;
}

static void choose_strips(nn_windows *windows)
{
    uint64_t passages = windows->part->passage_count;
    windows->strip_shift = NN_STRIP_SHIFT;
    while (((passages >> windows->strip_shift) + 1) * windows->count > BOUNDS_MAX) {
        windows->strip_shift++;
    }
    windows->strip_count = (uint32_t)(passages >> windows->strip_shift) + 1;
}

/* Strips of which the filter leaves nothing are dead, whatever stands in it. */
static nuncio_status bound_filter(const nn_bounder *bounder)
{
    nn_windows *windows = bounder->windows;
    uint32_t count = windows->part->passage_count;
    uint32_t strip = 0; /* the first that is not decided yet */
    for (uint32_t from = 0; from < count;) {
        uint32_t first;
        uint32_t end;
        NN_TRY(nn_run_step(bounder->run));
        nn_filter_stretch(windows->part, windows->filter->walk, from, count, &first, &end);
        uint32_t dead = first < count ? nn_strip_of(windows, first) : windows->strip_count;
        while (strip < dead) {
            windows->bounds[strip++] = 0.0F;
        }
        uint32_t live = first < count ? nn_strip_of(windows, end - 1) + 1 : strip;
        strip = live > strip ? live : strip;
        from = end;
    }
    return NUNCIO_OK;
}

nuncio_status nn_windows_bound(nn_windows *windows)
{
    nn_run *run = windows->part->run;
    choose_strips(windows);
    nn_bounder bounder = {windows, run, windows->strip_count};
    windows->bounds = new_row(&bounder);
    if (windows->bounds == NULL) {
        return nn_error_memory(run->error);
    }
    double total = 0.0;
    for (uint32_t i = 0; i < windows->count; i++) {
        total += windows->terms[i].max;
    }
    for (uint32_t i = 0; i < windows->count; i++) {
        nn_term *term = &windows->terms[i];
        if (matters(term, total)) {
            NN_TRY(bound_term(&bounder, term));
        } else {
            add_number(windows->bounds, windows->strip_count, nn_term_bound(term, 0));
        }
    }
    for (uint32_t i = 0; i < windows->count; i++) {
        const nn_term *term = &windows->terms[i];
        for (uint32_t strip = 0; strip < windows->strip_count && term->required; strip++) {
            if (term->maxima != NULL && term->maxima[strip] <= 0.0F) {
                windows->bounds[strip] = 0.0F;
            }
        }
    }
    return windows->filter != NULL ? bound_filter(&bounder) : NUNCIO_OK;
}

uint32_t nn_windows_live(const nn_windows *windows, uint32_t passage, uint32_t limit)
{
    while (passage < limit) {
        uint32_t strip = nn_strip_of(windows, passage);
        float bound = windows->bounds[strip];
        if (bound > 0.0F && (double)bound >= windows->threshold) {
            return passage;
        }
        uint64_t next = (uint64_t)(strip + 1) << windows->strip_shift;
        passage = next < limit ? (uint32_t)next : limit;
    }
    return limit;
}
