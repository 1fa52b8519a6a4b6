/* SPDX-License-Identifier: Apache-2.0 */
/* Searching along postings: MaxScore by windows of passages.
 *
 * (Turtle and Flood 1995 for the division of terms; windows with accumulators as in Lucene's
 * MaxScoreBulkScorer; block bounds as in Ding and Suel 2011; the most promising parts first as in
 * Mallia, Suel and Tonellotto's block-max pruning, 2024.)
 *
 *   window   │ 40960 … 45055                                │
 *   embassy  │ ▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒│▒▒▒▒            │  essential: its postings are added up
 *   vietnam  │   ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒       │
 *   state    │▒│▒▒│▒│▒│▒▒│▒│▒│▒▒│▒│▒│▒▒│▒│▒│▒│▒▒│▒│▒│▒▒│▒│▒▒ │  optional: looked up at candidates
 *
 * (1) window_bounds.c says for each strip of 1,024 passages what can be found in it at most. (2)
 * The few best strips are searched before the others, so that the ten best are soon good ones. (3)
 * Strips whose bound is below the threshold are passed over; the others make windows. (4) Of a
 * window, terms whose bounds together stay below the threshold are optional, the others essential.
 * (5) Essential postings are added up (window_lists.c); a passage becomes a candidate when its sum
 * and the optional bounds of its strip reach the threshold. (6) Candidates are completed by the
 * optional terms (window_terms.c); after each, those that can no longer reach the threshold fall
 * away. (7) What is left is scored exactly.
 *
 * Where passages must hold some of the terms, the rarest of those is streamed alone, and the others
 * are completed first; a candidate without one of them falls away.
 *
 * Phrases and whatever else has to be looked at twice take part with a frequency that they do not
 * exceed, and are confirmed in step (7). What else the condition asks (other words of the article,
 * filters, negations) is asked last, of passages that are good enough, by matchers of its own:
 * those of the terms have gone on to the end of the window.
 *
 * Sums are single precision: they only choose candidates, with a margin for rounding. Scores are
 * computed from frequencies in the order of sums, so they are those of any other walk.
 */
#include "query/match/filter.h"
#include "query/walk/windows.h"

#include <string.h>

enum {
    POSTINGS = 2048,   /* of essential terms that a window should have: then it is worth its cost */
    WIDTH_MIN = 2048,  /* it has no less passages, but where many terms leave no room */
    SAMPLE = 12,       /* strips that are searched first, where there are many more; */
    SAMPLE_HITS = 1000 /* not where more hits than that are wanted: they lie all over */
};

/* ---- opening ---- */

/* What else there is to a term that is no word of few lists. */
static nuncio_status open_matcher(nn_windows *windows, nn_term *term)
{
    nn_part *part = windows->part;
    nn_matcher *matcher = term->matcher;
    bool is_phrase = nn_is_phrase(matcher);
    windows->in_order = windows->in_order || !matcher->sure;
    if (!is_phrase) {
        return matcher->sure
                   ? NUNCIO_OK
                   : nn_matcher_open(part->run, part->number, matcher->resolved, &term->confirmer);
    }
    if (!matcher->sure) {
        NN_TRY(nn_phrase_reader_open(part->run, part->number, matcher->resolved, &term->reader));
        term->confirmer = term->reader->matcher;
    }
    term->phrase = nn_arena_alloc(part->run->part_arena, sizeof *term->phrase);
    if (term->phrase == NULL) {
        return nn_error_memory(part->run->error);
    }
    return nn_phrase_open(part->run, matcher, NN_WINDOW, term->phrase);
}

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
        NN_TRY(open_matcher(windows, out));
    }
    uint32_t lists = out->slot != NULL ? out->slot->count : 1;
    windows->list_count += lists;
    out->streaks = nn_arena_alloc(part->run->part_arena, lists * sizeof *out->streaks);
    if (out->streaks == NULL) {
        return nn_error_memory(part->run->error);
    }
    NN_TRY(nn_matcher_max(matcher, part->run, &out->max));
    out->max *= out->weight * NN_BOUND_SLACK;
    return NUNCIO_OK;
}

static bool goes_before(const nn_term *a, const nn_term *b)
{
    if (a->required != b->required) {
        return b->required;
    }
    return a->required ? a->cost > b->cost : a->max < b->max;
}

static nuncio_status open_terms(nn_windows *windows, const nn_scorers *scorers)
{
    nn_run *run = windows->part->run;
    uint32_t count = scorers->count;
    windows->count = count;
    windows->terms = nn_arena_alloc(run->part_arena, count * sizeof *windows->terms);
    windows->by_place = nn_arena_alloc(run->part_arena, count * sizeof *windows->by_place);
    if (windows->terms == NULL || windows->by_place == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        nn_term term;
        NN_TRY(open_term(windows, &scorers->items[i], &term));
        term.place = i;
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
    windows->norms = nn_rough_norms_of(&run->passages);
    return NUNCIO_OK;
}

/* Passages that a window may have so that there is room for the postings of all lists. */
static uint32_t width_most(const nn_windows *windows)
{
    uint32_t lists = windows->list_count > 0 ? windows->list_count : 1;
    uint32_t most = windows->room / lists;
    return most < NN_WINDOW ? most : NN_WINDOW;
}

static nuncio_status make_room(nn_windows *windows)
{
    enum { LEAST = 64 }; /* passages of a window of very many terms */
    nn_arena *arena = windows->part->run->part_arena;
    uint64_t passages = windows->part->passage_count;
    uint64_t wanted = windows->list_count * (passages < NN_WINDOW ? passages : NN_WINDOW);
    uint64_t least = windows->list_count * (uint64_t)LEAST;
    wanted = wanted < NN_WINDOW_ROOM ? wanted : NN_WINDOW_ROOM;
    windows->room = (uint32_t)(wanted > least ? wanted : least);
    size_t width = width_most(windows);
    size_t count = windows->count + 1u;
    windows->rests = nn_arena_array(arena, count * NN_WINDOW_STRIPS, sizeof *windows->rests);
    windows->sums = nn_arena_alloc(arena, width * sizeof *windows->sums);
    windows->candidates =
        nn_arena_alloc(arena, (width + NN_CANDIDATES_ROOM) * sizeof *windows->candidates);
    windows->room_docs = nn_arena_alloc(arena, windows->room * sizeof *windows->room_docs);
    windows->room_tfs = nn_arena_alloc(arena, windows->room * sizeof *windows->room_tfs);
    bool refused = windows->rests == NULL || windows->sums == NULL || windows->candidates == NULL ||
                   windows->room_docs == NULL || windows->room_tfs == NULL;
    return refused ? nn_error_memory(windows->part->run->error)
                   : nn_meet_open(windows->part->run, (uint32_t)width, &windows->meet);
}

/* ---- bounds of a window ---- */

/* Divides the terms: those whose bounds together stay below the threshold, wherever hits can be,
 * are optional. */
static void divide(nn_windows *windows)
{
    uint32_t first = nn_strip_of(windows, windows->first);
    uint32_t strips = nn_strip_of(windows, windows->end - 1) - first + 1;
    windows->essential = windows->conjunction ? windows->count - 1 : 0;
    for (uint32_t i = 0; i < windows->count; i++) {
        const nn_term *term = &windows->terms[i];
        const float *rest = windows->rests + (size_t)i * NN_WINDOW_STRIPS;
        float *more = windows->rests + (size_t)(i + 1) * NN_WINDOW_STRIPS;
        float highest = 0.0F;
        for (uint32_t strip = 0; strip < strips; strip++) {
            more[strip] = rest[strip] + nn_term_bound(term, first + strip);
            bool live = (double)windows->bounds[first + strip] >= windows->threshold;
            highest = live && more[strip] > highest ? more[strip] : highest;
        }
        if (!windows->conjunction && (double)highest * NN_FLOAT_MARGIN < windows->threshold) {
            windows->essential = i + 1;
        }
    }
}

/* ---- windows ---- */

static nuncio_status search_window(nn_windows *windows, uint32_t first, uint32_t end)
{
    windows->first = first;
    windows->end = end;
    windows->part->run->trail.windows++;
    NN_TRY(nn_run_step(windows->part->run));
    divide(windows);
    NN_TRY(nn_window_stream(windows));
    NN_TRY(nn_window_complete(windows));
    NN_TRY(nn_window_score(windows));
    nn_window_reset(windows);
    return NUNCIO_OK;
}

/* Narrows passages to those that the filter may leave; *first is `end` where there are none up to
 * there. */
static void apply_filter(const nn_windows *windows, uint32_t *first, uint32_t *end)
{
    uint32_t from;
    uint32_t to;
    if (windows->filter == NULL) {
        return;
    }
    nn_filter_stretch(windows->part, windows->filter->walk, *first, *end, &from, &to);
    *end = from > *first && from < *end ? from : to < *end ? to : *end;
    *first = from == *first ? *first : *end;
}

/* How wide the next window should be: the rarer the essential terms, the wider. */
static uint32_t width_of(const nn_windows *windows)
{
    uint64_t cost = 0;
    double sum = 0.0;
    for (uint32_t i = 0; i < windows->count; i++) {
        const nn_term *term = &windows->terms[i];
        sum += term->max;
        bool essential = windows->conjunction ? i + 1 == windows->count
                                              : sum * NN_FLOAT_MARGIN >= windows->threshold;
        cost += essential ? term->cost : 0;
    }
    uint64_t most = width_most(windows);
    uint64_t width = (uint64_t)POSTINGS * windows->part->passage_count / (cost + 1);
    width = width > WIDTH_MIN ? width : WIDTH_MIN;
    return (uint32_t)(width < most ? width : most);
}

/* Searches what is left, from the first passage to the last. */
static nuncio_status search_all(nn_windows *windows)
{
    uint32_t count = windows->part->passage_count;
    for (uint32_t from = 0;;) {
        uint32_t first = nn_windows_live(windows, from, count);
        windows->part->run->trail.passed += first - from;
        if (first == count) {
            return NUNCIO_OK;
        }
        uint32_t width = width_of(windows);
        uint32_t end = count - first < width ? count : first + width;
        apply_filter(windows, &first, &end);
        from = end;
        if (first < end) {
            windows->ranking->total_exact =
                windows->ranking->total_exact && windows->threshold < 0.0;
            NN_TRY(search_window(windows, first, end));
        }
    }
}

/* ---- the best strips first ---- */

/* Puts a strip among the best so far. */
static void insert(const nn_windows *windows, uint32_t *best, uint32_t *count, uint32_t strip)
{
    uint32_t place = *count < SAMPLE ? (*count)++ : SAMPLE - 1;
    while (place > 0 && windows->bounds[best[place - 1]] < windows->bounds[strip]) {
        best[place] = best[place - 1];
        place--;
    }
    best[place] = strip;
}

static nuncio_status rewind_terms(nn_windows *windows)
{
    nn_run *run = windows->part->run;
    for (uint32_t i = 0; i < windows->count; i++) {
        nn_term *term = &windows->terms[i];
        if (term->slot != NULL) {
            NN_TRY(nn_slot_rewind(term->slot, run));
        } else if (term->matcher != NULL) {
            NN_TRY(nn_matcher_rewind(term->matcher, run));
            NN_TRY(term->confirmer != NULL ? nn_matcher_rewind(term->confirmer, run) : NUNCIO_OK);
        }
    }
    return NUNCIO_OK;
}

static nuncio_status search_strip(nn_windows *windows, uint32_t from, uint32_t limit)
{
    uint32_t width = width_most(windows);
    while (from < limit) {
        uint32_t first = from;
        uint32_t end = limit - first < width ? limit : first + width;
        apply_filter(windows, &first, &end);
        from = end;
        NN_TRY(first < end ? search_window(windows, first, end) : NUNCIO_OK);
    }
    return NUNCIO_OK;
}

static nuncio_status search_best(nn_windows *windows)
{
    uint32_t best[SAMPLE];
    uint32_t count = 0;
    uint32_t live = 0;
    for (uint32_t strip = 0; strip < windows->strip_count; strip++) {
        float bound = windows->bounds[strip];
        live += bound > 0.0F ? 1 : 0;
        if (bound > 0.0F && (count < SAMPLE || bound > windows->bounds[best[SAMPLE - 1]])) {
            insert(windows, best, &count, strip);
        }
    }
    if (live < 4 * SAMPLE || windows->ranking->max > SAMPLE_HITS || windows->ranking->counts) {
        return NUNCIO_OK;
    }
    for (uint32_t done = 0, next = 0; done < count; done++) { /* in order of storage */
        uint32_t strip = UINT32_MAX;
        for (uint32_t i = 0; i < count; i++) {
            strip = best[i] >= next && best[i] < strip ? best[i] : strip;
        }
        next = strip + 1;
        uint64_t end = (uint64_t)next << windows->strip_shift;
        uint32_t limit =
            end < windows->part->passage_count ? (uint32_t)end : windows->part->passage_count;
        NN_TRY(search_strip(windows, strip << windows->strip_shift, limit));
        windows->bounds[strip] = 0.0F;
        windows->part->run->trail.sampled++;
    }
    NN_TRY(rewind_terms(windows));
    windows->article = UINT32_MAX;
    bool moved = windows->part->plan->residue[windows->unit] != NULL && !windows->columns_only;
    return moved ? nn_part_reopen(windows->part) : NUNCIO_OK;
}

/* Whether something that hits have to hold is not in the segment. */
static bool is_empty(const nn_windows *windows)
{
    bool none = true;
    for (uint32_t i = 0; i < windows->count; i++) {
        bool absent = nn_term_doc(&windows->terms[i]) == NN_DOC_END;
        if (windows->terms[i].required && absent) {
            return true;
        }
        none = none && absent;
    }
    return none;
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
    const nn_condition *residue = part->plan->residue[unit];
    windows->columns_only = residue != NULL && nn_filter_columns_only(residue);
    windows->in_order = residue != NULL && !windows->columns_only;
    windows->threshold = ranking->threshold;
    NN_TRY(open_terms(windows, &scorers));
    if (is_empty(windows)) {
        return NUNCIO_OK;
    }
    NN_TRY(make_room(windows));
    NN_TRY(nn_windows_bound(windows));
    NN_TRY(search_best(windows));
    return search_all(windows);
}
