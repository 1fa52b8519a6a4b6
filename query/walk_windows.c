/* SPDX-License-Identifier: Apache-2.0 */
/* Searching along postings: MaxScore by windows of passages.
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
 * essential. (3) Essential postings are streamed, block by block; a passage becomes a candidate
 * when its sum and the optional bounds reach the threshold. (4) Candidates are completed by the
 * optional terms, strongest first, each by scanning its postings for candidates or by looking it up
 * for each, whichever is cheaper; after each, those that can no longer reach the threshold fall
 * away. (5) What is left is scored exactly.
 *
 * Where passages must hold some of the terms, the rarest of those is streamed alone, and the others
 * are completed first; a candidate without one of them falls away.
 *
 * Phrases and whatever else has to be looked at twice take part with a frequency that they do not
 * exceed, and are confirmed in step (5). What else the condition asks (other words of the article,
 * filters, negations) is asked last, of passages that are good enough, by matchers of its own:
 * those of the terms have gone on to the end of the window.
 *
 * Accumulators are single precision: they only choose candidates, with a margin for rounding.
 * Scores are computed from frequencies in the order of sums, so they are those of any other walk.
 */
#include "query/filter.h"
#include "query/windows.h"

#include <string.h>

enum {
    ROOM = 1 << 16, /* bytes for frequencies of all terms: many terms make windows narrower */
    WIDTH_MIN = 64, /* then still so many passages */
    BLOCKS_FEW = 4  /* an optional term with more blocks a window is not bounded one by one */
};

/* ---- opening ---- */

static nuncio_status open_term(nn_windows *windows, const nn_scorer *scorer, nn_term *out)
{
    nn_part *part = windows->part;
    nn_matcher *matcher = scorer->matcher;
    *out = (nn_term){.weight = scorer->weight,
                     .cost = matcher->cost,
                     .required = windows->unit == NN_UNIT_PASSAGE && scorer->clause->required};
    if (matcher->doc == NN_DOC_END) {
        return NUNCIO_OK;
    }
    if (part->plan->shares[windows->unit]) {
        NN_TRY(nn_matcher_open(part->run, part->number, matcher->resolved, &matcher));
    }
    if (matcher->sure && matcher->slots[0].count <= NN_SLOT_LISTS_FEW) {
        out->slot = &matcher->slots[0];
    } else {
        out->matcher = matcher;
        NN_TRY(nn_matcher_open(part->run, part->number, matcher->resolved, &out->confirmer));
    }
    NN_TRY(nn_matcher_max(matcher, part->run, &out->max));
    out->max *= out->weight * NN_BOUND_SLACK;
    uint64_t blocks = matcher->cost / NN_POSTINGS_BLOCK * windows->width;
    out->dense = blocks / (part->passage_count + 1u) > BLOCKS_FEW;
    return NUNCIO_OK;
}

static bool goes_before(const nn_term *a, const nn_term *b)
{
    if (a->required != b->required) {
        return b->required;
    }
    return a->required ? a->cost > b->cost : a->max < b->max;
}

static nuncio_status make_room(nn_windows *windows)
{
    nn_arena *arena = windows->part->run->part_arena;
    uint32_t count = windows->count;
    windows->terms = nn_arena_array(arena, count, sizeof *windows->terms);
    windows->by_place = nn_arena_array(arena, count, sizeof *windows->by_place);
    windows->before = nn_arena_array(arena, count + 1u, sizeof *windows->before);
    windows->written = nn_arena_alloc(arena, (size_t)count * windows->width * sizeof(uint32_t));
    bool refused = windows->terms == NULL || windows->by_place == NULL || windows->before == NULL ||
                   windows->written == NULL;
    return refused ? nn_error_memory(windows->part->run->error) : NUNCIO_OK;
}

static nuncio_status open_terms(nn_windows *windows, const nn_scorers *scorers)
{
    nn_run *run = windows->part->run;
    uint32_t count = scorers->count;
    windows->count = count;
    windows->width = ROOM / count < NN_WINDOW ? ROOM / count : NN_WINDOW;
    windows->width = windows->width < WIDTH_MIN ? WIDTH_MIN : windows->width;
    NN_TRY(make_room(windows));
    uint8_t *tfs = nn_arena_array(run->part_arena, count, windows->width);
    if (tfs == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        nn_term term;
        NN_TRY(open_term(windows, &scorers->items[i], &term));
        term.place = i;
        term.tfs = tfs + (size_t)i * windows->width;
        uint32_t place = i;
        while (place > 0 && goes_before(&term, &windows->terms[place - 1])) {
            windows->terms[place] = windows->terms[place - 1];
            place--;
        }
        windows->terms[place] = term;
    }
    for (uint32_t i = 0; i < count; i++) {
        windows->by_place[windows->terms[i].place] = i;
    }
    windows->conjunction = windows->terms[count - 1].required;
    windows->optional = windows->conjunction ? count - 1 : 0;
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
    while (reached < end && kept < NN_WINDOW_BLOCKS) {
        uint32_t last;
        double value;
        NN_TRY(term->slot != NULL
                   ? nn_slot_bound(term->slot, windows->part->run, reached, &last, &value)
                   : nn_matcher_bound(term->matcher, windows->part->run, reached, &last, &value));
        reached = last < NN_DOC_END ? last + 1 : NN_DOC_END;
        term->blocks[kept++] =
            (nn_block_bound){reached, (float)(value * term->weight * NN_FLOAT_MARGIN)};
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

/* Bounds every term in the window; *skips says that together they stay below the threshold, or that
 * a required term does not stand in it. */
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
        if (nn_term_doc(term) >= windows->end) {
            term->bound = 0.0;
        } else if ((term->dense && i < windows->optional) || windows->threshold < 0.0) {
            term->bound = term->max;
            term->block_count = 0;
        } else {
            NN_TRY(bound_blocks(windows, term));
        }
        windows->bound += term->bound;
        *skips = (windows->bound + rest) * NN_FLOAT_MARGIN < windows->threshold;
        if (term->required && nn_term_doc(term) >= windows->end) {
            windows->end = nn_term_doc(term);
            *skips = true;
        }
        if (*skips) {
            return NUNCIO_OK;
        }
    }
    return NUNCIO_OK;
}

/* Divides the terms for the window: those whose bounds together stay below the threshold are
 * optional. */
static void divide(nn_windows *windows)
{
    windows->essential = windows->conjunction ? windows->count - 1 : 0;
    for (uint32_t i = 0; i < windows->count; i++) {
        windows->before[i + 1] = windows->before[i] + windows->terms[i].bound;
        if (!windows->conjunction &&
            windows->before[i + 1] * NN_FLOAT_MARGIN < windows->threshold) {
            windows->essential = i + 1;
        }
    }
}

/* ---- scores ---- */

/* The exact score, from the frequencies, in the order of sums; *matches is false where a phrase
 * turns out not to occur that is required, or that nothing stands beside. */
static nuncio_status score_of(nn_windows *windows, uint32_t at, double *score, bool *matches)
{
    nn_run *run = windows->part->run;
    uint32_t passage = windows->first + at;
    double norm = run->passages.norms[windows->part->lengths[passage]];
    *score = 0.0;
    *matches = false;
    for (uint32_t place = 0; place < windows->count; place++) {
        nn_term *term = &windows->terms[windows->by_place[place]];
        uint32_t tf = term->tfs[at];
        if (tf > 0 && term->confirmer != NULL) {
            bool occurs;
            tf = 0;
            NN_TRY(nn_matcher_approach(term->confirmer, run, passage));
            NN_TRY(nn_matcher_confirm(term->confirmer, run, &occurs));
            if (occurs) {
                NN_TRY(nn_matcher_tf(term->confirmer, run, &tf));
            }
        }
        if (tf > 0) {
            *score += nn_bm25_contribution(term->weight, tf, norm);
            *matches = true;
        } else if (term->required) {
            *matches = false;
            return NUNCIO_OK;
        }
    }
    return NUNCIO_OK;
}

/* Deleted articles, and what the residue of the condition refuses. */
static nuncio_status ask(nn_windows *windows, uint32_t passage, bool *accepted)
{
    nn_part *part = windows->part;
    nn_condition *residue = part->plan->residue[windows->unit];
    uint32_t article = nn_segment_article_of(part->segment, passage);
    if (windows->unit == NN_UNIT_ARTICLE && article == windows->article) {
        *accepted = windows->accepted;
        return NUNCIO_OK;
    }
    *accepted = !nn_run_deleted(part->run, part->number, article);
    if (*accepted && residue != NULL) {
        uint32_t number = windows->unit == NN_UNIT_ARTICLE ? article : passage;
        NN_TRY(nn_condition_test(part, residue, windows->unit, number, accepted));
    }
    windows->article = article;
    windows->accepted = *accepted;
    return NUNCIO_OK;
}

static nuncio_status score_candidate(nn_windows *windows, uint32_t at)
{
    nn_part *part = windows->part;
    uint32_t passage = windows->first + at;
    double score;
    bool accepted;
    NN_TRY(score_of(windows, at, &score, &accepted));
    if (accepted && score < windows->threshold) {
        windows->ranking->total_exact = false;
        accepted = false;
    }
    if (accepted) {
        NN_TRY(ask(windows, passage, &accepted));
    }
    if (!accepted) {
        return NUNCIO_OK;
    }
    windows->ranking->total++;
    NN_TRY(nn_ranking_offer(windows->ranking, part->number, passage, score));
    windows->threshold = part->run->exhaustive ? -1.0 : windows->ranking->threshold;
    return NUNCIO_OK;
}

static nuncio_status score_candidates(nn_windows *windows)
{
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint32_t at = windows->candidates[i];
        NN_TRY(nn_run_step(windows->part->run));
        if ((double)windows->sums[at] * NN_FLOAT_MARGIN >= windows->threshold) {
            NN_TRY(score_candidate(windows, at)); /* else the threshold has risen meanwhile */
        } else {
            windows->ranking->total_exact = false;
        }
    }
    return NUNCIO_OK;
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
        } else if (term->matcher != NULL) {
            NN_TRY(nn_matcher_approach(term->matcher, windows->part->run, from));
        }
        first = nn_term_doc(term) < first ? nn_term_doc(term) : first;
    }
    *found = first != NN_DOC_END;
    windows->first = first;
    uint32_t left = windows->part->passage_count - first;
    windows->end = first + (left < windows->width ? left : windows->width);
    return NUNCIO_OK;
}

/* Narrows the window to passages that the filter may leave; *skips: none, `end` is where the next
 * ones begin. */
static nuncio_status filter_window(nn_windows *windows, bool *skips)
{
    uint32_t first;
    uint32_t end;
    *skips = false;
    if (windows->filter == NULL) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_filter_stretch(windows->part, windows->filter->walk, windows->first, windows->end,
                             &first, &end));
    if (first == windows->first) {
        windows->end = end < windows->end ? end : windows->end;
    } else {
        *skips = true;
        windows->end = first;
    }
    return NUNCIO_OK;
}

/* Terms that can never again lift a passage over the threshold alone. */
static void make_optional(nn_windows *windows)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < windows->count && !windows->conjunction; i++) {
        sum += windows->terms[i].max;
        if (sum * NN_FLOAT_MARGIN < windows->threshold && i >= windows->optional) {
            windows->optional = i + 1;
        }
    }
}

nuncio_status nn_walk_windows(nn_part *part, nn_unit unit, nn_ranking *ranking)
{
    nn_scorers scorers;
    NN_TRY(nn_scorers_open(part, &scorers));
    nn_windows *windows = nn_arena_alloc(part->run->part_arena, sizeof *windows);
    if (windows == NULL) {
        return nn_error_memory(part->run->error);
    }
    memset(windows, 0, sizeof *windows);
    windows->part = part;
    windows->unit = unit;
    windows->ranking = ranking;
    windows->article = UINT32_MAX;
    windows->filter = nn_filter_narrowest(part->plan->residue[unit]);
    NN_TRY(open_terms(windows, &scorers));
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
        NN_TRY(filter_window(windows, &skips));
        if (!skips) {
            NN_TRY(bound_window(windows, &skips));
        }
        if (skips) {
            continue;
        }
        divide(windows);
        NN_TRY(nn_window_stream(windows));
        NN_TRY(nn_window_complete(windows));
        NN_TRY(score_candidates(windows));
        nn_window_reset(windows);
    }
}
