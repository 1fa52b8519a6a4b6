/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the essential terms of a window, whose postings are added up passage by passage.
 *
 *   list         ▒▒▒▒▒▒│▒▒▒▒▒▒│▒▒▒▒▒▒      blocks; those that lie in dead strips are passed over
 *   streak       places 7 19 20 …  tfs 1 3 1 …
 *   sums         ──7────19─20──────────    one list: not needed, each posting is a sum
 *   candidates   19                        those whose sum reaches the cut of their strip
 *
 * Of several lists candidates are selected behind them all: window_candidates.c. */
#include "query/walk/windows.h"

#include <string.h>

/* ---- blocks ---- */

/* Appends postings `from` … to a streak. */
static void keep_postings(nn_streak *streak, const nn_postings *postings, uint32_t from,
                          uint32_t count)
{
    memcpy(streak->docs + streak->count, postings->docs + from, count * sizeof *streak->docs);
    memcpy(streak->tfs + streak->count, postings->tfs + from, count * sizeof *streak->tfs);
    streak->count += count;
}

/* Goes behind `inside` postings of the current block; past blocks in dead strips, undecoded. */
static nuncio_status pass(const nn_windows *windows, nn_postings *postings, uint32_t inside)
{
    nn_run *run = windows->part->run;
    if (nn_postings_pass(postings, inside)) {
        return NUNCIO_OK;
    }
    uint32_t next = postings->block_last_doc + 1;
    uint32_t live = nn_windows_live(windows, next, windows->end);
    if (live == next) {
        return nn_postings_next_block(postings, run->error);
    }
    run->trail.jumps++;
    return nn_postings_advance(postings, live, run->error);
}

/* ---- candidates ---- */

static void add_parts(nn_windows *windows, const uint32_t *docs, uint32_t from, uint32_t end)
{
    float *sums = windows->sums;
    uint32_t first = windows->first;
    const float *parts = windows->block.parts;
    for (uint32_t i = from; i < end; i++) {
        sums[docs[i] - first] += parts[i];
    }
}

/* ---- terms ---- */

static nuncio_status stream_list(nn_windows *windows, nn_term *term, nn_postings *postings,
                                 bool alone)
{
    nn_run *run = windows->part->run;
    float weight = nn_term_weight(term);
    NN_TRY(nn_postings_advance(postings, windows->first, run->error));
    if (postings->doc >= windows->end) {
        return NUNCIO_OK;
    }
    nn_streak *streak = nn_streak_begin(windows, term);
    while (postings->doc < windows->end) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_unpack_docs(postings, run->error));
        NN_TRY(nn_postings_unpack_tfs(postings, run->error));
        uint32_t inside = nn_postings_inside(postings, windows->end);
        uint32_t from = postings->in_block;
        nn_block_score(&windows->block, postings, from, from + inside, weight, windows->norms,
                       windows->part->lengths);
        keep_postings(streak, postings, from, inside);
        if (alone) {
            nn_window_select_parts(windows, postings->docs, from, from + inside);
        } else {
            add_parts(windows, postings->docs, from, from + inside);
        }
        NN_TRY(pass(windows, postings, inside));
    }
    nn_streak_end(windows, streak);
    return NUNCIO_OK;
}

/* What a phrase is found by while it is alone in a window: passages that it can lift high enough.
 */
typedef struct nn_phrase_cut {
    const nn_windows *windows;
    float weight;
} nn_phrase_cut;

static uint32_t keep_strong(void *context, uint32_t *docs, uint32_t *tfs, uint32_t count)
{
    const nn_phrase_cut *cut = context;
    const nn_windows *windows = cut->windows;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = windows->part->lengths[docs[i]];
        float part = nn_window_part(windows, cut->weight, tfs[i], length);
        float least = windows->cuts[nn_window_strip(windows, docs[i])];
        docs[kept] = docs[i];
        tfs[kept] = tfs[i];
        kept += part >= least ? 1 : 0;
    }
    return kept;
}

/* End of the live strips that follow each other from `passage` on. */
static uint32_t live_end(const nn_windows *windows, uint32_t passage)
{
    uint32_t end = passage;
    while (end < windows->end && nn_windows_live(windows, end, windows->end) == end) {
        uint64_t next = (uint64_t)(nn_strip_of(windows, end) + 1) << windows->strip_shift;
        end = next < windows->end ? (uint32_t)next : windows->end;
    }
    return end;
}

static nuncio_status find_phrase(nn_windows *windows, nn_term *term, bool alone, nn_streak *streak)
{
    nn_phrase_cut cut = {windows, nn_term_weight(term)};
    for (uint32_t from = windows->first, end; from < windows->end; from = end) {
        uint32_t count;
        from = nn_windows_live(windows, from, windows->end);
        end = live_end(windows, from);
        if (from == windows->end) {
            return NUNCIO_OK;
        }
        NN_TRY(nn_phrase_find(term->phrase, windows->part->run, from, end,
                              alone ? keep_strong : NULL, &cut, streak->docs + streak->count,
                              streak->tfs + streak->count, &count));
        streak->count += count;
    }
    return NUNCIO_OK;
}

static nuncio_status approach_all(nn_windows *windows, nn_term *term, nn_streak *streak)
{
    nn_run *run = windows->part->run;
    nn_matcher *matcher = term->matcher;
    NN_TRY(nn_matcher_approach(matcher, run, windows->first));
    while (matcher->doc < windows->end) {
        NN_TRY(nn_run_step(run));
        uint32_t live = nn_windows_live(windows, matcher->doc, windows->end);
        if (live == matcher->doc) {
            NN_TRY(nn_matcher_tf_most(matcher, run, &streak->tfs[streak->count]));
            streak->docs[streak->count++] = live++;
        }
        NN_TRY(nn_matcher_approach(matcher, run, live));
    }
    return NUNCIO_OK;
}

static nuncio_status stream_matcher(nn_windows *windows, nn_term *term, bool alone)
{
    float weight = nn_term_weight(term);
    nn_streak *streak = nn_streak_begin(windows, term);
    NN_TRY(term->phrase != NULL ? find_phrase(windows, term, alone, streak)
                                : approach_all(windows, term, streak));
    for (uint32_t i = 0; i < streak->count; i++) {
        uint32_t doc = streak->docs[i];
        float part = nn_window_part(windows, weight, streak->tfs[i], windows->part->lengths[doc]);
        float *sum = &windows->sums[doc - windows->first];
        *sum = alone ? part : *sum + part;
        windows->candidates[windows->candidate_count] = doc;
        bool enough = part >= windows->cuts[nn_window_strip(windows, doc)];
        windows->candidate_count += alone && enough ? 1 : 0;
    }
    nn_streak_end(windows, streak);
    return NUNCIO_OK;
}

/* Sums of the window are 0, whatever was never used before. */
static void clear_sums(nn_windows *windows)
{
    uint32_t width = windows->end - windows->first;
    if (windows->cleared < width) {
        memset(windows->sums + windows->cleared, 0,
               (width - windows->cleared) * sizeof *windows->sums);
        windows->cleared = width;
    }
}

nuncio_status nn_window_stream(nn_windows *windows)
{
    uint32_t lists = 0;
    for (uint32_t i = windows->essential; i < windows->count; i++) {
        const nn_term *term = &windows->terms[i];
        bool here = nn_term_doc(term) < windows->end;
        lists += !here ? 0 : term->slot != NULL ? term->slot->count : 1;
    }
    nn_window_cut(windows, windows->essential);
    if (lists > 1) {
        clear_sums(windows);
    }
    windows->part->run->trail.alone += lists == 1 ? 1 : 0;
    for (uint32_t i = windows->essential; i < windows->count; i++) {
        nn_term *term = &windows->terms[i];
        if (nn_term_doc(term) >= windows->end) {
            continue;
        }
        if (term->matcher != NULL) {
            NN_TRY(stream_matcher(windows, term, lists == 1));
            continue;
        }
        for (uint32_t list = 0; list < term->slot->count; list++) {
            NN_TRY(stream_list(windows, term, &term->slot->lists[list].postings, lists == 1));
        }
        nn_slot_settle(term->slot);
    }
    if (lists > 1) {
        nn_window_select(windows);
    }
    return NUNCIO_OK;
}
