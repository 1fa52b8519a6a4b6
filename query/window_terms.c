/* SPDX-License-Identifier: Apache-2.0 */
/* Completing the candidates of a window with the optional terms, strongest first. Of each list the
 * blocks are read that have candidates between their first and last passage; in a block candidates
 * are looked up, or its postings gone over, whichever is cheaper. */
#include "query/windows.h"

#include "core/bits.h"

#include <float.h>
#include <string.h>

enum {
    SEEK_COST = 8,  /* looking up a candidate in a block costs as much as going over so many of its
                       postings */
    DENSE_RESET = 4 /* one passage in so many touched: clear all rather than each */
};

/* ---- candidates ---- */

static void mark_all(nn_windows *windows)
{
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint32_t at = windows->candidates[i];
        windows->marked[at / 64] |= (uint64_t)1 << (at % 64);
    }
}

static void unmark_all(nn_windows *windows)
{
    memset(windows->marked, 0, (windows->end - windows->first + 63) / 64 * sizeof *windows->marked);
}

void nn_window_sort(nn_windows *windows)
{
    bool sorted = true;
    for (uint32_t i = 1; i < windows->candidate_count; i++) {
        sorted &= windows->candidates[i - 1] < windows->candidates[i];
    }
    if (sorted) {
        return;
    }
    mark_all(windows); /* a round through the marks */
    uint32_t count = 0;
    for (uint32_t word = 0; count < windows->candidate_count; word++) {
        for (uint64_t bits = windows->marked[word]; bits != 0; bits &= bits - 1) {
            windows->candidates[count++] = (uint16_t)(word * 64 + nn_ctz64(bits));
        }
    }
    unmark_all(windows);
}

void nn_window_cut(nn_windows *windows, uint32_t term)
{
    uint32_t first = nn_strip_of(windows, windows->first);
    uint32_t last = nn_strip_of(windows, windows->end - 1);
    const float *rests = windows->rests + (size_t)term * NN_WINDOW_STRIPS;
    for (uint32_t strip = 0; strip <= last - first; strip++) {
        float cut = (float)((windows->threshold - (double)rests[strip]) * (1.0 / NN_FLOAT_MARGIN));
        bool over = windows->bounds[first + strip] <= 0.0F; /* it was searched already */
        windows->cuts[strip] = over ? FLT_MAX : cut;
    }
}

void nn_window_keep(nn_windows *windows)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint16_t at = windows->candidates[i];
        windows->candidates[kept] = at;
        kept += windows->sums[at] >= windows->cuts[nn_window_strip(windows, at)] ? 1 : 0;
    }
    windows->candidate_count = kept;
}

/* ---- optional terms ---- */

static void add_found(nn_windows *windows, float weight, nn_streak *streak, uint32_t doc,
                      uint32_t tf)
{
    windows->sums[doc - windows->first] +=
        nn_window_part(windows, weight, tf, windows->part->lengths[doc]);
    streak->docs[streak->count] = doc;
    streak->tfs[streak->count++] = tf;
}

/* Looks a matcher up at each candidate. */
static nuncio_status ask_matcher(nn_windows *windows, nn_term *term)
{
    nn_run *run = windows->part->run;
    nn_matcher *matcher = term->matcher;
    nn_streak *streak = nn_streak_begin(windows, term);
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint32_t doc = windows->first + windows->candidates[i];
        uint32_t tf;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_matcher_approach(matcher, run, doc));
        if (matcher->doc == doc) {
            NN_TRY(nn_matcher_tf_most(matcher, run, &tf));
            add_found(windows, (float)term->weight, streak, doc, tf);
        }
    }
    nn_streak_end(windows, streak);
    return NUNCIO_OK;
}

/* Adds what the block has of candidates `from` … `end` - 1, looking each up; the walk stands at the
 * first of them or behind it. */
static nuncio_status seek_candidates(nn_windows *windows, float weight, nn_postings *postings,
                                     uint32_t from, uint32_t end, nn_streak *streak)
{
    nn_run *run = windows->part->run;
    for (uint32_t i = from; i < end; i++) {
        uint32_t doc = windows->first + windows->candidates[i];
        uint32_t tf;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_advance(postings, doc, run->error));
        if (postings->doc == doc) {
            NN_TRY(nn_postings_tf(postings, &tf, run->error));
            add_found(windows, weight, streak, doc, tf);
        }
    }
    return NUNCIO_OK;
}

/* The same, going over the postings of the block. */
static nuncio_status scan_block(nn_windows *windows, float weight, nn_postings *postings,
                                uint32_t from, uint32_t end, nn_streak *streak)
{
    uint8_t found[NN_POSTINGS_BLOCK + 1];
    uint32_t count = 0;
    uint32_t inside = nn_window_inside(windows, postings);
    for (uint32_t i = from; i < end; i++) {
        windows->sought[windows->candidates[i]] = 1;
    }
    for (uint32_t i = postings->in_block; i < postings->in_block + inside; i++) {
        found[count] = (uint8_t)i;
        count += windows->sought[postings->docs[i] - windows->first];
    }
    for (uint32_t i = from; i < end; i++) {
        windows->sought[windows->candidates[i]] = 0;
    }
    if (count > 0) {
        NN_TRY(nn_postings_unpack_tfs(postings, windows->part->run->error));
    }
    for (uint32_t i = 0; i < count; i++) {
        add_found(windows, weight, streak, postings->docs[found[i]], postings->tfs[found[i]]);
    }
    return NUNCIO_OK;
}

/* Adds what a list has of the candidates, block by block; a block without one is not unpacked. */
static nuncio_status ask_list(nn_windows *windows, nn_term *term, nn_postings *postings)
{
    nn_run *run = windows->part->run;
    float weight = (float)term->weight;
    nn_streak *streak = nn_streak_begin(windows, term);
    for (uint32_t from = 0, end; from < windows->candidate_count; from = end) {
        NN_TRY(nn_run_step(run));
        NN_TRY(
            nn_postings_advance(postings, windows->first + windows->candidates[from], run->error));
        if (postings->doc >= windows->end) {
            break;
        }
        uint32_t last = postings->block_last_doc - windows->first; /* ≥ a candidate */
        for (end = from + 1; end < windows->candidate_count && windows->candidates[end] <= last;) {
            end++;
        }
        uint32_t left = postings->in_block_count - postings->in_block;
        bool seeks = !postings->docs_ready || (end - from) * SEEK_COST < left;
        run->trail.sought += seeks ? 1 : 0;
        run->trail.scanned += seeks ? 0 : 1;
        NN_TRY(seeks ? seek_candidates(windows, weight, postings, from, end, streak)
                     : scan_block(windows, weight, postings, from, end, streak));
    }
    nn_streak_end(windows, streak);
    return NUNCIO_OK;
}

static nuncio_status ask_slot(nn_windows *windows, nn_term *term)
{
    for (uint32_t i = 0; i < term->slot->count; i++) {
        NN_TRY(ask_list(windows, term, &term->slot->lists[i].postings));
    }
    nn_slot_settle(term->slot);
    return NUNCIO_OK;
}

/* Keeps the candidates that a required term has. */
static void keep_present(nn_windows *windows, const nn_term *term)
{
    for (uint32_t k = 0; k < term->streak_count; k++) {
        for (uint32_t i = 0; i < term->streaks[k].count; i++) {
            uint32_t at = term->streaks[k].docs[i] - windows->first;
            windows->marked[at / 64] |= (uint64_t)1 << (at % 64);
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint16_t at = windows->candidates[i];
        windows->candidates[kept] = at;
        kept += windows->marked[at / 64] >> (at % 64) & 1;
    }
    windows->candidate_count = kept;
    unmark_all(windows);
}

nuncio_status nn_window_complete(nn_windows *windows)
{
    for (uint32_t i = windows->essential; i-- > 0 && windows->candidate_count > 0;) {
        nn_term *term = &windows->terms[i];
        if (nn_term_doc(term) < windows->end) {
            NN_TRY(term->slot != NULL ? ask_slot(windows, term) : ask_matcher(windows, term));
        }
        if (term->required) {
            keep_present(windows, term);
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
