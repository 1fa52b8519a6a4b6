/* SPDX-License-Identifier: Apache-2.0 */
/* Reading postings into a window. The loops over candidates write without asking and count what was
 * worth writing: a branch on whether a passage is good enough would be mispredicted again and
 * again. */
#include "query/windows.h"

#include "core/bits.h"

#include <string.h>

enum {
    PROBE_COST = 16, /* looking a candidate up costs about as much as scanning so many postings */
    DENSE_RESET = 8  /* one passage in so many touched: clear all rather than each */
};

/* Of a weight of 0: so that a sum tells that there was something. */
static const float least_weight = 1e-30F;

static float weight_of(const nn_term *term)
{
    return (float)term->weight > least_weight ? (float)term->weight : least_weight;
}

/* Puts the walk at posting `i` of its block, or at the next block. */
static nuncio_status move_to(nn_windows *windows, nn_postings *postings, uint32_t i)
{
    if (i >= postings->in_block_count) {
        return nn_postings_next_block(postings, windows->part->run->error);
    }
    postings->index += i - postings->in_block;
    postings->in_block = i;
    postings->doc = postings->docs[i];
    return NUNCIO_OK;
}

/* ---- essential terms ---- */

/* Adds the postings of the current block that lie in the window; returns the first that does not.
 */
static uint32_t add_block(nn_windows *windows, nn_term *term, float weight,
                          const nn_postings *postings)
{
    const uint8_t *lengths = windows->part->lengths + windows->first;
    const float *norms = windows->norms;
    float *sums = windows->sums;
    uint8_t *tfs = term->tfs;
    uint32_t touched = windows->touched_count;
    uint32_t i = postings->in_block;
    for (; i < NN_POSTINGS_BLOCK && postings->docs[i] < windows->end; i++) {
        uint32_t at = postings->docs[i] - windows->first;
        uint32_t tf = postings->tfs[i];
        float frequency = (float)tf;
        float before = sums[at];
        sums[at] = before + weight * (frequency / (frequency + norms[lengths[at]]));
        tfs[at] = (uint8_t)(tfs[at] + tf);
        windows->touched[touched] = (uint16_t)at;
        touched += before == 0.0F ? 1 : 0;
    }
    windows->touched_count = touched;
    return i;
}

/* Where the block that `passage` lies in can be skipped in this window, the end of it; else 0. The
 * block may go on in the next window, in which the other terms may have more to add. */
static uint32_t skippable(const nn_windows *windows, const nn_term *term, uint32_t passage)
{
    double others = windows->bound - term->bound;
    for (uint32_t i = 0; i < term->block_count; i++) {
        uint32_t end = term->blocks[i].end;
        if (passage < end) {
            double bound = (double)term->blocks[i].bound + others;
            end = end < windows->end ? end : windows->end;
            return bound * NN_FLOAT_MARGIN < windows->threshold ? end : 0;
        }
    }
    return 0;
}

static nuncio_status stream_list(nn_windows *windows, nn_term *term, nn_postings *postings)
{
    nn_run *run = windows->part->run;
    float weight = weight_of(term);
    NN_TRY(nn_postings_advance(postings, windows->first, run->error));
    while (postings->doc < windows->end) {
        NN_TRY(nn_run_step(run));
        uint32_t end = skippable(windows, term, postings->doc);
        if (end != 0) {
            NN_TRY(nn_postings_advance(postings, end, run->error));
            continue;
        }
        NN_TRY(nn_postings_unpack_tfs(postings, run->error));
        NN_TRY(move_to(windows, postings, add_block(windows, term, weight, postings)));
    }
    return NUNCIO_OK;
}

/* What a term may add to a passage, and that it may. */
static void touch(nn_windows *windows, nn_term *term, uint32_t at, uint32_t tf)
{
    float frequency = (float)tf;
    float norm = windows->norms[windows->part->lengths[windows->first + at]];
    if (windows->sums[at] == 0.0F) {
        windows->touched[windows->touched_count++] = (uint16_t)at;
    }
    windows->sums[at] += weight_of(term) * (frequency / (frequency + norm));
    term->tfs[at] = (uint8_t)tf;
}

static nuncio_status stream_matcher(nn_windows *windows, nn_term *term)
{
    nn_run *run = windows->part->run;
    nn_matcher *matcher = term->matcher;
    NN_TRY(nn_matcher_approach(matcher, run, windows->first));
    while (matcher->doc < windows->end) {
        uint32_t tf;
        NN_TRY(nn_run_step(run));
        uint32_t end = skippable(windows, term, matcher->doc);
        if (end != 0) {
            NN_TRY(nn_matcher_approach(matcher, run, end));
            continue;
        }
        NN_TRY(nn_matcher_tf_most(matcher, run, &tf));
        touch(windows, term, matcher->doc - windows->first, tf);
        NN_TRY(nn_matcher_approach(matcher, run, matcher->doc + 1));
    }
    return NUNCIO_OK;
}

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

/* Several terms touch passages in no order: a round through the marks sorts the candidates. */
static void sort_candidates(nn_windows *windows)
{
    mark_all(windows);
    uint32_t count = 0;
    for (uint32_t word = 0; count < windows->candidate_count; word++) {
        for (uint64_t bits = windows->marked[word]; bits != 0; bits &= bits - 1) {
            windows->candidates[count++] = (uint16_t)(word * 64 + nn_ctz64(bits));
        }
    }
    unmark_all(windows);
}

/* Keeps those of `from` whose sums reach the threshold with what the terms before `term` may add.
 */
static void keep_strong(nn_windows *windows, const uint16_t *from, uint32_t count, uint32_t term)
{
    float cut = (float)((windows->threshold - windows->before[term]) / NN_FLOAT_MARGIN);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint16_t at = from[i];
        windows->candidates[kept] = at;
        kept += windows->sums[at] >= cut ? 1 : 0;
    }
    windows->candidate_count = kept;
}

nuncio_status nn_window_stream(nn_windows *windows)
{
    uint32_t streamed = 0;
    for (uint32_t i = windows->essential; i < windows->count; i++) {
        nn_term *term = &windows->terms[i];
        if (nn_term_doc(term) >= windows->end) {
            continue;
        }
        term->used = true;
        streamed++;
        if (term->matcher != NULL) {
            NN_TRY(stream_matcher(windows, term));
            continue;
        }
        streamed += term->slot->count - 1;
        for (uint32_t list = 0; list < term->slot->count; list++) {
            NN_TRY(stream_list(windows, term, &term->slot->lists[list].postings));
        }
        nn_slot_settle(term->slot);
    }
    keep_strong(windows, windows->touched, windows->touched_count, windows->essential);
    if (streamed > 1) {
        sort_candidates(windows);
    }
    return NUNCIO_OK;
}

/* ---- optional terms ---- */

static void add_optional(nn_windows *windows, nn_term *term, uint32_t at, uint32_t tf)
{
    float frequency = (float)tf;
    float norm = windows->norms[windows->part->lengths[windows->first + at]];
    windows->sums[at] += (float)term->weight * (frequency / (frequency + norm));
    if (term->tfs[at] == 0) {
        windows->written[windows->written_count++] = (uint32_t)(term - windows->terms) << 16 | at;
    }
    term->tfs[at] = (uint8_t)(term->tfs[at] + tf);
}

/* Looks a term up at each candidate. */
static nuncio_status probe(nn_windows *windows, nn_term *term)
{
    nn_run *run = windows->part->run;
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint32_t at = windows->candidates[i];
        uint32_t tf;
        NN_TRY(nn_run_step(run));
        if (term->slot != NULL) {
            NN_TRY(nn_slot_advance(term->slot, run, windows->first + at));
        } else {
            NN_TRY(nn_matcher_approach(term->matcher, run, windows->first + at));
        }
        if (nn_term_doc(term) == windows->first + at) {
            NN_TRY(term->slot != NULL ? nn_slot_tf(term->slot, run, &tf)
                                      : nn_matcher_tf_most(term->matcher, run, &tf));
            add_optional(windows, term, at, tf);
        }
    }
    return NUNCIO_OK;
}

/* Adds the postings of the current block that are candidates. */
static nuncio_status add_candidates(nn_windows *windows, nn_term *term, nn_postings *postings)
{
    uint8_t found[NN_POSTINGS_BLOCK];
    uint32_t count = 0;
    uint32_t i = postings->in_block;
    for (; i < NN_POSTINGS_BLOCK && postings->docs[i] < windows->end; i++) {
        uint32_t at = postings->docs[i] - windows->first;
        found[count] = (uint8_t)i;
        count += windows->marked[at / 64] >> (at % 64) & 1;
    }
    if (count > 0) {
        NN_TRY(nn_postings_unpack_tfs(postings, windows->part->run->error));
    }
    for (uint32_t j = 0; j < count; j++) {
        add_optional(windows, term, postings->docs[found[j]] - windows->first,
                     postings->tfs[found[j]]);
    }
    return move_to(windows, postings, i);
}

/* Goes through the postings of a term in the window. */
static nuncio_status scan(nn_windows *windows, nn_term *term)
{
    nn_run *run = windows->part->run;
    mark_all(windows);
    for (uint32_t list = 0; list < term->slot->count; list++) {
        nn_postings *postings = &term->slot->lists[list].postings;
        NN_TRY(nn_postings_advance(postings, windows->first, run->error));
        while (postings->doc < windows->end) {
            NN_TRY(nn_run_step(run));
            NN_TRY(add_candidates(windows, term, postings));
        }
    }
    nn_slot_settle(term->slot);
    unmark_all(windows);
    return NUNCIO_OK;
}

/* Keeps the candidates that a required term has. */
static void keep_present(nn_windows *windows, const nn_term *term)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint16_t at = windows->candidates[i];
        windows->candidates[kept] = at;
        kept += term->tfs[at] > 0 ? 1 : 0;
    }
    windows->candidate_count = kept;
}

nuncio_status nn_window_complete(nn_windows *windows)
{
    uint64_t width = windows->end - windows->first;
    for (uint32_t i = windows->essential; i-- > 0 && windows->candidate_count > 0;) {
        nn_term *term = &windows->terms[i];
        if (nn_term_doc(term) < windows->end) {
            uint64_t postings = term->cost * width / windows->part->passage_count;
            bool scans =
                term->slot != NULL && (uint64_t)windows->candidate_count * PROBE_COST > postings;
            NN_TRY(scans ? scan(windows, term) : probe(windows, term));
        }
        if (term->required) {
            keep_present(windows, term);
        }
        keep_strong(windows, windows->candidates, windows->candidate_count, i);
    }
    return NUNCIO_OK;
}

/* ---- behind the window ---- */

void nn_window_reset(nn_windows *windows)
{
    uint32_t width = windows->end - windows->first;
    bool all = windows->touched_count * DENSE_RESET > width;
    if (all) {
        memset(windows->sums, 0, width * sizeof *windows->sums);
    }
    for (uint32_t i = 0; i < windows->touched_count && !all; i++) {
        windows->sums[windows->touched[i]] = 0.0F;
    }
    for (uint32_t i = windows->essential; i < windows->count; i++) {
        nn_term *term = &windows->terms[i];
        if (term->used && all) {
            memset(term->tfs, 0, width);
        }
        for (uint32_t j = 0; j < windows->touched_count && term->used && !all; j++) {
            term->tfs[windows->touched[j]] = 0;
        }
        term->used = false;
    }
    for (uint32_t i = 0; i < windows->written_count; i++) {
        windows->terms[windows->written[i] >> 16].tfs[windows->written[i] & 0xffff] = 0;
    }
    windows->touched_count = 0;
    windows->candidate_count = 0;
    windows->written_count = 0;
}
