/* SPDX-License-Identifier: Apache-2.0 */
/* Disjunctions of plain words, which is what most searches are: MaxScore by windows of passages.
 *
 * (Turtle and Flood 1995 for the division of terms; windows with accumulators as in Lucene's
 * MaxScoreBulkScorer; block bounds as in Ding and Suel 2011.)
 *
 *   window   │ 40960 … 45055                                │
 *   embassy  │ ▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒│▒▒▒▒            │  essential: its blocks are streamed
 *   vietnam  │   ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒       │  into the window's accumulators
 *   state    │▒│▒▒│▒│▒│▒▒│▒│▒│▒▒│▒│▒│▒│▒▒│▒│▒│▒│▒▒│▒│▒│▒│▒▒ │  optional: probed at candidates
 *
 * For each window: (1) bound what each term can add in it; below the threshold together, the window
 * is skipped. (2) Terms whose bounds together stay below the threshold are optional, the others
 * essential. (3) Essential postings are streamed, block by block, skipping blocks that cannot
 * matter; a passage becomes a candidate when its sum and the optional bounds reach the threshold.
 * (4) Candidates, few by now, are completed by probing the optional terms, strongest first, and
 * scored exactly.
 *
 * Accumulators are single precision: they only choose candidates, with a margin for rounding.
 * Scores are computed from frequencies in the order of sums, so they are those of any other walk.
 */
#include "query/walk.h"

#include "core/bits.h"

#include <string.h>

enum {
    WINDOW = 4096,   /* passages, at most */
    ROOM = 1 << 16,  /* bytes for frequencies of all terms: many terms make windows narrower */
    WINDOW_MIN = 64, /* then still so many */
    BLOCKS_MAX = WINDOW / NN_POSTINGS_BLOCK + 2, /* blocks that a list can have in a window */
    BLOCKS_FEW = 4, /* an optional term with more blocks a window is not bounded one by one */
    DENSE_RESET = 8 /* one passage in so many touched: clear all rather than each */
};

/* Sums in single precision may come out this much too low (1,024 terms, 2^-24 each, and the
 * products). */
static const double float_margin = 1.0 + 2e-4;

typedef struct nn_block_bound {
    uint32_t end; /* behind the last passage it speaks of */
    float bound;
} nn_block_bound;

/* A word in the current segment. */
typedef struct nn_term {
    nn_slot_walk *slot;
    double weight;  /* weight · idf */
    double max;     /* no passage gets more from it */
    uint32_t place; /* in the order of sums */
    bool dense;     /* more than BLOCKS_FEW blocks a window */
    uint8_t *tfs;   /* in the window's passages, where it was streamed or probed */
    double bound;   /* in the window */
    nn_block_bound blocks[BLOCKS_MAX]; /* of the window, in order; none where only max is known */
    uint32_t block_count;
} nn_term;

typedef struct nn_windows {
    nn_part *part;
    nn_unit unit;
    nn_ranking *ranking;
    nn_term *terms; /* by max, ascending */
    uint32_t count;
    uint32_t optional;  /* so many of the first can never lift a passage over the threshold alone */
    uint32_t *by_place; /* numbers of the terms in the order of sums */
    double *before;     /* before[i]: bounds of the terms before i, in the window */
    uint32_t first, end; /* passages of the window */
    uint32_t width;      /* at most */
    uint32_t essential;  /* terms from this one on are streamed in the window */
    double bound;        /* of all terms in the window */
    double threshold;    /* below it nothing is wanted; -1: everything is */
    float norms[NN_BM25_LENGTHS];
    float sums[WINDOW];
    uint64_t candidates[WINDOW / 64];
    uint16_t touched[WINDOW]; /* passages with a sum */
    uint32_t touched_count;
} nn_windows;

/* ---- opening ---- */

static nuncio_status open_terms(nn_windows *windows, const nn_scorers *scorers)
{
    nn_run *run = windows->part->run;
    uint32_t count = scorers->count;
    windows->count = count;
    windows->width = ROOM / count < WINDOW ? ROOM / count : WINDOW;
    windows->width = windows->width < WINDOW_MIN ? WINDOW_MIN : windows->width;
    windows->terms = nn_arena_array(run->part_arena, count, sizeof *windows->terms);
    windows->by_place = nn_arena_array(run->part_arena, count, sizeof *windows->by_place);
    windows->before = nn_arena_array(run->part_arena, count + 1u, sizeof *windows->before);
    uint8_t *tfs = nn_arena_array(run->part_arena, count, windows->width);
    if (windows->terms == NULL || windows->by_place == NULL || windows->before == NULL ||
        tfs == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        nn_term term = {.slot = &scorers->items[i].matcher->slots[0],
                        .weight = scorers->items[i].weight,
                        .place = i,
                        .tfs = tfs + (size_t)i * windows->width};
        if (scorers->items[i].matcher->slot_count == 0) {
            term.slot = NULL; /* the word is not in this segment */
        } else {
            NN_TRY(nn_slot_max(term.slot, run, &term.max));
            uint64_t blocks = term.slot->cost / NN_POSTINGS_BLOCK;
            term.dense = blocks * windows->width / (windows->part->passage_count + 1u) > BLOCKS_FEW;
        }
        term.max *= term.weight * NN_BOUND_SLACK;
        uint32_t place = i;
        while (place > 0 && windows->terms[place - 1].max > term.max) {
            windows->terms[place] = windows->terms[place - 1];
            place--;
        }
        windows->terms[place] = term;
    }
    for (uint32_t i = 0; i < count; i++) {
        windows->by_place[windows->terms[i].place] = i;
    }
    for (uint32_t length = 0; length < NN_BM25_LENGTHS; length++) {
        windows->norms[length] = (float)run->passages.norms[length];
    }
    return NUNCIO_OK;
}

/* ---- bounds of a window ---- */

/* Makes sure that the block bounds of a term reach to `end`, keeping those of the window before
 * that still speak of this one. Where there are too many, only `max` is known. */
static nuncio_status extend_blocks(nn_windows *windows, nn_term *term, uint32_t end)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < term->block_count; i++) {
        if (term->blocks[i].end > windows->first) {
            term->blocks[kept++] = term->blocks[i];
        }
    }
    uint32_t reached = kept > 0 ? term->blocks[kept - 1].end : windows->first;
    while (reached < end && kept < BLOCKS_MAX) {
        uint32_t last;
        double value;
        NN_TRY(nn_slot_bound(term->slot, windows->part->run, reached, &last, &value));
        reached = last < NN_DOC_END ? last + 1 : NN_DOC_END;
        term->blocks[kept++] =
            (nn_block_bound){reached, (float)(value * term->weight * float_margin)};
    }
    term->block_count = reached < end ? 0 : kept;
    return NUNCIO_OK;
}

static nuncio_status bound_blocks(nn_windows *windows, nn_term *term)
{
    NN_TRY(extend_blocks(windows, term, windows->end));
    term->bound = term->block_count > 0 ? 0.0 : term->max;
    for (uint32_t i = 0; i < term->block_count; i++) {
        double bound = (double)term->blocks[i].bound;
        term->bound = bound > term->bound ? bound : term->bound;
    }
    return NUNCIO_OK;
}

/* Bounds every term in the window; *skips says that together they stay below the threshold. */
static nuncio_status bound_window(nn_windows *windows, bool *skips)
{
    double rest = 0.0; /* of terms not yet bounded in this window */
    for (uint32_t i = 0; i < windows->count; i++) {
        rest += windows->terms[i].max;
    }
    windows->bound = 0.0;
    *skips = false;
    for (uint32_t i = windows->count; i-- > 0;) {
        nn_term *term = &windows->terms[i];
        rest -= term->max;
        if (term->slot == NULL || term->slot->doc >= windows->end) {
            term->bound = 0.0;
        } else if ((term->dense && i < windows->optional) || windows->threshold < 0.0) {
            term->bound = term->max;
            term->block_count = 0;
        } else {
            NN_TRY(bound_blocks(windows, term));
        }
        windows->bound += term->bound;
        if ((windows->bound + rest) * float_margin < windows->threshold) {
            *skips = true;
            return NUNCIO_OK;
        }
    }
    return NUNCIO_OK;
}

/* Divides the terms for the window: those whose bounds together stay below the threshold are
 * optional. */
static void divide(nn_windows *windows)
{
    windows->essential = 0;
    for (uint32_t i = 0; i < windows->count; i++) {
        windows->before[i + 1] = windows->before[i] + windows->terms[i].bound;
        if (windows->before[i + 1] * float_margin < windows->threshold) {
            windows->essential = i + 1;
        }
    }
}

/* ---- streaming ---- */

/* What one list's postings are added with. */
typedef struct nn_stream {
    nn_windows *windows;
    nn_term *term;
    float weight;
    float cut;    /* a sum from here on makes a candidate */
    float others; /* bounds of the other terms */
    float threshold;
} nn_stream;

/* Adds the postings of the current block that lie in the window. */
static void add_block(const nn_stream *stream, nn_postings *postings)
{
    nn_windows *windows = stream->windows;
    const uint8_t *lengths = windows->part->lengths;
    uint8_t *tfs = stream->term->tfs;
    uint32_t touched = windows->touched_count;
    uint32_t i = postings->in_block;
    for (; i < postings->in_block_count && postings->docs[i] < windows->end; i++) {
        uint32_t at = postings->docs[i] - windows->first;
        uint32_t tf = postings->tfs[i];
        float frequency = (float)tf;
        float before = windows->sums[at];
        float sum =
            before +
            stream->weight * (frequency / (frequency + windows->norms[lengths[postings->docs[i]]]));
        windows->touched[touched] = (uint16_t)at;
        touched += before == 0.0F ? 1 : 0;
        windows->sums[at] = sum;
        tfs[at] = (uint8_t)(tfs[at] + tf);
        if (sum >= stream->cut) {
            windows->candidates[at / 64] |= (uint64_t)1 << (at % 64);
        }
    }
    windows->touched_count = touched;
    postings->index += i - postings->in_block;
    postings->in_block = i;
}

/* Whether a block that begins at `passage` can matter; *end: behind it. */
static bool block_matters(const nn_stream *stream, uint32_t passage, uint32_t *end)
{
    const nn_term *term = stream->term;
    for (uint32_t i = 0; i < term->block_count; i++) {
        if (passage < term->blocks[i].end) {
            *end = term->blocks[i].end;
            return term->blocks[i].bound + stream->others >= stream->threshold;
        }
    }
    return true;
}

static nuncio_status stream_list(const nn_stream *stream, nn_postings *postings)
{
    nn_windows *windows = stream->windows;
    nuncio_error *error = windows->part->run->error;
    NN_TRY(nn_postings_advance(postings, windows->first, error));
    while (postings->doc < windows->end) {
        uint32_t end = windows->end;
        NN_TRY(nn_run_step(windows->part->run));
        if (!block_matters(stream, postings->doc, &end)) {
            NN_TRY(nn_postings_advance(postings, end, error));
            continue;
        }
        NN_TRY(nn_postings_unpack_tfs(postings, error));
        add_block(stream, postings);
        if (postings->in_block < postings->in_block_count) {
            postings->doc = postings->docs[postings->in_block];
        } else {
            NN_TRY(nn_postings_next_block(postings, error));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status stream_essential(nn_windows *windows)
{
    static const float least =
        1e-30F; /* of a weight of 0: so that a sum tells that there was something */
    double threshold = windows->threshold;
    for (uint32_t i = windows->essential; i < windows->count; i++) {
        nn_term *term = &windows->terms[i];
        if (term->slot == NULL || term->slot->doc >= windows->end) {
            continue;
        }
        nn_stream stream = {
            .windows = windows,
            .term = term,
            .weight = (float)term->weight > least ? (float)term->weight : least,
            .cut = (float)((threshold - windows->before[windows->essential]) / float_margin),
            .others = (float)((windows->bound - term->bound) * float_margin),
            .threshold = (float)(threshold / float_margin)};
        for (uint32_t list = 0; list < term->slot->count; list++) {
            NN_TRY(stream_list(&stream, &term->slot->lists[list].postings));
        }
        nn_slot_settle(term->slot);
    }
    return NUNCIO_OK;
}

/* ---- candidates ---- */

/* Completes a candidate with the optional terms; *reaches is false when it turns out too weak. */
static nuncio_status probe_optional(nn_windows *windows, uint32_t passage, double norm,
                                    bool *reaches)
{
    uint32_t at = passage - windows->first;
    double known = (double)windows->sums[at];
    *reaches = false;
    for (uint32_t i = windows->essential; i-- > 0;) {
        nn_term *term = &windows->terms[i];
        if ((known + windows->before[i + 1]) * float_margin < windows->threshold) {
            return NUNCIO_OK;
        }
        if (term->slot == NULL) {
            continue;
        }
        NN_TRY(nn_slot_advance(term->slot, windows->part->run, passage));
        if (term->slot->doc == passage) {
            uint32_t tf;
            NN_TRY(nn_slot_tf(term->slot, windows->part->run, &tf));
            term->tfs[at] = (uint8_t)tf;
            known += nn_bm25_contribution(term->weight, tf, norm);
        }
    }
    *reaches = known * float_margin >= windows->threshold;
    return NUNCIO_OK;
}

/* The exact score, from the frequencies, in the order of sums. */
static double score_of(const nn_windows *windows, uint32_t at, double norm)
{
    double score = 0.0;
    for (uint32_t place = 0; place < windows->count; place++) {
        const nn_term *term = &windows->terms[windows->by_place[place]];
        if (term->tfs[at] > 0) {
            score += nn_bm25_contribution(term->weight, term->tfs[at], norm);
        }
    }
    return score;
}

static nuncio_status score_candidate(nn_windows *windows, uint32_t passage)
{
    nn_part *part = windows->part;
    uint32_t at = passage - windows->first;
    double norm = part->run->passages.norms[part->lengths[passage]];
    bool accepted;
    NN_TRY(nn_run_step(part->run));
    NN_TRY(probe_optional(windows, passage, norm, &accepted));
    double score = accepted ? score_of(windows, at, norm) : 0.0;
    for (uint32_t i = 0; i < windows->essential; i++) {
        windows->terms[i].tfs[at] = 0; /* what was probed is not to be found when it is streamed */
    }
    if (!accepted || score < windows->threshold) {
        windows->ranking->total_exact = false;
        return NUNCIO_OK;
    }
    NN_TRY(nn_walk_accepts(part, windows->unit, passage, &accepted));
    if (!accepted) {
        return NUNCIO_OK;
    }
    windows->ranking->total++;
    NN_TRY(nn_ranking_offer(windows->ranking, part->run, part->number, passage, score));
    windows->threshold = part->run->exhaustive ? -1.0 : windows->ranking->threshold;
    return NUNCIO_OK;
}

static nuncio_status score_candidates(nn_windows *windows)
{
    uint32_t words = (windows->end - windows->first + 63) / 64;
    for (uint32_t word = 0; word < words; word++) {
        uint64_t bits = windows->candidates[word];
        windows->candidates[word] = 0;
        while (bits != 0) {
            uint32_t at = word * 64 + nn_ctz64(bits);
            bits &= bits - 1;
            NN_TRY(score_candidate(windows, windows->first + at));
        }
    }
    return NUNCIO_OK;
}

static void reset(nn_windows *windows)
{
    uint32_t width = windows->end - windows->first;
    bool all = windows->touched_count * DENSE_RESET > width;
    if (all) {
        memset(windows->sums, 0, width * sizeof *windows->sums);
    } else {
        for (uint32_t i = 0; i < windows->touched_count; i++) {
            windows->sums[windows->touched[i]] = 0.0F;
        }
    }
    for (uint32_t term = windows->essential; term < windows->count; term++) {
        uint8_t *tfs = windows->terms[term].tfs;
        if (all) {
            memset(tfs, 0, width);
            continue;
        }
        for (uint32_t i = 0; i < windows->touched_count; i++) {
            tfs[windows->touched[i]] = 0;
        }
    }
    windows->touched_count = 0;
}

/* ---- windows ---- */

/* Finds the next window: from the first passage that an essential term holds. False at the end. */
static nuncio_status next_window(nn_windows *windows, uint32_t from, bool *found)
{
    uint32_t first = NN_DOC_END;
    for (uint32_t i = windows->optional; i < windows->count; i++) {
        nn_term *term = &windows->terms[i];
        if (term->slot != NULL) {
            NN_TRY(nn_slot_advance(term->slot, windows->part->run, from));
            first = term->slot->doc < first ? term->slot->doc : first;
        }
    }
    *found = first != NN_DOC_END;
    windows->first = first;
    uint32_t left = windows->part->passage_count - first;
    windows->end = first + (left < windows->width ? left : windows->width);
    return NUNCIO_OK;
}

/* One essential term: the window is its block, so that blocks are skipped one by one. */
static nuncio_status narrow_window(nn_windows *windows)
{
    nn_term *term = &windows->terms[windows->count - 1];
    if (windows->optional + 1 < windows->count || term->slot == NULL) {
        return NUNCIO_OK;
    }
    NN_TRY(extend_blocks(windows, term, windows->first + 1));
    if (term->block_count > 0 && term->blocks[0].end < windows->end) {
        windows->end = term->blocks[0].end;
    }
    return NUNCIO_OK;
}

/* Terms that can never again lift a passage over the threshold alone. */
static void make_optional(nn_windows *windows)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < windows->count; i++) {
        sum += windows->terms[i].max;
        if (sum * float_margin < windows->threshold && i >= windows->optional) {
            windows->optional = i + 1;
        }
    }
}

nuncio_status nn_walk_windows(nn_part *part, nn_unit unit, nn_ranking *ranking,
                              const nn_scorers *scorers)
{
    nn_windows *windows = nn_arena_alloc(part->run->part_arena, sizeof *windows);
    if (windows == NULL) {
        return nn_error_memory(part->run->error);
    }
    memset(windows, 0, sizeof *windows);
    windows->part = part;
    windows->unit = unit;
    windows->ranking = ranking;
    NN_TRY(open_terms(windows, scorers));
    windows->threshold = part->run->exhaustive ? -1.0 : ranking->threshold;
    for (uint32_t from = 0;; from = windows->end) {
        bool found;
        bool skips;
        make_optional(windows);
        NN_TRY(nn_run_step(part->run));
        NN_TRY(next_window(windows, from, &found));
        bool prunes = windows->threshold >= 0.0;
        ranking->total_exact =
            ranking->total_exact && !(prunes && (found || windows->optional > 0));
        if (!found) {
            return NUNCIO_OK;
        }
        if (prunes) {
            NN_TRY(narrow_window(windows));
        }
        NN_TRY(bound_window(windows, &skips));
        if (skips) {
            continue;
        }
        divide(windows);
        NN_TRY(stream_essential(windows));
        NN_TRY(score_candidates(windows));
        reset(windows);
    }
}
