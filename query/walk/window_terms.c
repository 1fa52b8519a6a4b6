/* SPDX-License-Identifier: Apache-2.0 */
/* Completing the candidates of a window with the optional terms, strongest first. */
#include "query/match/meet.h"
#include "query/walk/windows.h"

#include "core/bits.h"

#include <float.h>
#include <string.h>

enum { DENSE_RESET = 4 /* one passage in so many touched: clear all rather than each */ };

/* ---- candidates ---- */

void nn_window_cut(nn_windows *windows, uint32_t term)
{
    const nn_strips highest = (nn_strips){0} + FLT_MAX;
    const nn_strips threshold = (nn_strips){0} + nn_float_below(windows->threshold);
    uint32_t first = nn_strip_of(windows, windows->first);
    uint32_t strips = nn_strip_of(windows, windows->end - 1) - first + 1;
    const float *rests = windows->rests + (size_t)term * NN_STRIPS_ROOM;
    for (uint32_t i = 0; i < strips; i += NN_STRIPS_STEP) {
        nn_strips rest, bounds, cuts;
        memcpy(&rest, rests + i, sizeof rest);
        memcpy(&bounds, windows->bounds + first + i, sizeof bounds);
        cuts = (threshold - rest) * (float)(1.0 / NN_FLOAT_MARGIN);
        nn_strip_mask over = bounds <= 0.0F; /* it was searched already */
        cuts = (nn_strips)((over & (nn_strip_mask)highest) | (~over & (nn_strip_mask)cuts));
        memcpy(windows->cuts + i, &cuts, sizeof cuts);
    }
}

/* ---- optional terms ---- */

/* Looks a matcher up at each candidate. */
static nuncio_status ask_matcher(nn_windows *windows, nn_matcher *matcher, nn_streak *streak)
{
    nn_run *run = windows->part->run;
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_matcher_approach(matcher, run, windows->candidates[i]));
        if (matcher->doc == windows->candidates[i]) {
            NN_TRY(nn_matcher_tf_most(matcher, run, &streak->tfs[streak->count]));
            streak->docs[streak->count++] = matcher->doc;
        }
    }
    return NUNCIO_OK;
}

/* Adds what the term has of the candidates; of one that is required only those are kept. */
static nuncio_status ask_term(nn_windows *windows, nn_term *term)
{
    nn_streak *streak = nn_streak_begin(windows, term);
    windows->meet.first = windows->first;
    NN_TRY(term->slot != NULL
               ? nn_slot_meet(term->slot, windows->part->run, &windows->meet, windows->candidates,
                              windows->candidate_count, streak->docs, streak->tfs, &streak->count)
               : ask_matcher(windows, term->matcher, streak));
    float weight = (float)term->weight;
    for (uint32_t i = 0; i < streak->count; i++) {
        uint32_t doc = streak->docs[i];
        windows->sums[doc - windows->first] +=
            nn_window_part(windows, weight, streak->tfs[i], windows->part->lengths[doc]);
    }
    nn_streak_end(windows, streak);
    if (term->required) {
        memcpy(windows->candidates, streak->docs, streak->count * sizeof *streak->docs);
        windows->candidate_count = streak->count;
    }
    return NUNCIO_OK;
}

nuncio_status nn_window_complete(nn_windows *windows)
{
    for (uint32_t i = windows->essential; i-- > 0 && windows->candidate_count > 0;) {
        nn_term *term = &windows->terms[i];
        if (nn_term_doc(term) < windows->end) {
            NN_TRY(ask_term(windows, term));
        } else if (term->required) {
            windows->candidate_count = 0;
        }
        nn_window_cut(windows, i);
        nn_window_keep(windows);
    }
    return NUNCIO_OK;
}

uint32_t nn_window_tf(const nn_term *term, uint32_t passage)
{
    uint32_t tf = 0;
    for (uint32_t k = 0; k < term->streak_count; k++) {
        const nn_streak *streak = &term->streaks[k];
        uint32_t low = 0;
        for (uint32_t left = streak->count; left > 1; left -= left / 2) { /* no branch to guess */
            uint32_t middle = low + left / 2;
            low = streak->docs[middle] <= passage ? middle : low;
        }
        tf += low < streak->count && streak->docs[low] == passage ? streak->tfs[low] : 0;
    }
    return tf;
}

/* ---- behind the window ---- */

static void clear_streaks(nn_windows *windows, const nn_term *term)
{
    for (uint32_t k = 0; k < term->streak_count; k++) {
        const nn_streak *streak = &term->streaks[k];
        for (uint32_t j = 0; j < streak->count; j++) {
            windows->sums[streak->docs[j] - windows->first] = 0.0F;
        }
    }
}

void nn_window_reset(nn_windows *windows)
{
    uint32_t width = windows->end - windows->first;
    width = width < windows->cleared ? width : windows->cleared;
    bool all = windows->room_used * DENSE_RESET > width;
    if (all) {
        memset(windows->sums, 0, width * sizeof *windows->sums);
    }
    for (uint32_t i = 0; i < windows->count; i++) {
        if (!all && i >= windows->essential) {
            clear_streaks(windows, &windows->terms[i]);
        }
        windows->terms[i].streak_count = 0;
    }
    windows->room_used = 0;
    windows->candidate_count = 0;
}
