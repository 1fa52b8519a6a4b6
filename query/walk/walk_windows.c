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
 * away. (7) Sums of what is left raise the threshold; what reaches it is scored exactly.
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
    POSTINGS = 2048,  /* of essential terms that a window should have: then it is worth its cost */
    WIDTH_MIN = 2048, /* it has no less passages, but where many terms leave no room */
    SAMPLE = 6,       /* strips that are searched first, where there are many more; */
    FOUND_BESIDE = 512, /* hits found before they are ranked, beside as many as are wanted */
    SAMPLE_HITS = 1000  /* not where more hits than that are wanted: they lie all over */
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

/* Of a word with several lists what they have in a passage is added up list by list, which is more
 * than what it scores. */
static nuncio_status begin_floor(nn_windows *windows)
{
    const nn_part *part = windows->part;
    double highest = 0.0;
    windows->sure = part->plan->residue[windows->unit] == NULL &&
                    part->run->snapshot->parts[part->number].deletes == NULL;
    for (uint32_t i = 0; i < windows->count; i++) {
        const nn_term *term = &windows->terms[i];
        highest += term->max;
        windows->sure = windows->sure && term->matcher == NULL &&
                        (term->slot == NULL || term->slot->count == 1);
    }
    nn_floor_begin(&windows->floor, nn_ranking_wanted(windows->ranking), highest);
    windows->sure = windows->sure && windows->floor.wanted > 0;
    if (!windows->sure) {
        return NUNCIO_OK;
    }
    windows->found_max = windows->floor.wanted + FOUND_BESIDE;
    windows->found =
        nn_arena_alloc(part->run->part_arena, windows->found_max * sizeof *windows->found);
    return windows->found == NULL ? nn_error_memory(part->run->error) : NUNCIO_OK;
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
    NN_TRY(begin_floor(windows));
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
    windows->rests = nn_arena_array(arena, count * NN_STRIPS_ROOM, sizeof *windows->rests);
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

/* Bounds of a term added to those before it, by strip of the window. @return the highest sum of a
 * strip in which hits can be */
static float add_bounds(const nn_windows *windows, const nn_term *term, const float *rest,
                        float *more)
{
    const nn_strips least = (nn_strips){0} + nn_float_below(windows->threshold);
    const nn_strips bound = (nn_strips){0} + (float)(term->max * NN_FLOAT_MARGIN);
    uint32_t first = nn_strip_of(windows, windows->first);
    int32_t strips = (int32_t)(nn_strip_of(windows, windows->end - 1) - first) + 1;
    nn_strip_mask number = {0, 1, 2, 3, 4, 5, 6, 7};
    nn_strips highest = {0};
    for (int32_t i = 0; i < strips; i += NN_STRIPS_STEP, number += NN_STRIPS_STEP) {
        nn_strips sums, bounds, own = bound;
        memcpy(&sums, rest + i, sizeof sums);
        memcpy(&bounds, windows->bounds + first + i, sizeof bounds);
        if (term->maxima != NULL) {
            memcpy(&own, term->maxima + first + i, sizeof own);
        }
        sums += own;
        memcpy(more + i, &sums, sizeof sums);
        nn_strip_mask higher = (bounds >= least) & (number < strips) & (sums > highest);
        highest = (nn_strips)((higher & (nn_strip_mask)sums) | (~higher & (nn_strip_mask)highest));
    }
    float most = highest[0];
    for (uint32_t i = 1; i < NN_STRIPS_STEP; i++) {
        most = highest[i] > most ? highest[i] : most;
    }
    return most;
}

/* Divides the terms: those whose bounds together stay below the threshold, wherever hits can be,
 * are optional. */
static void divide(nn_windows *windows)
{
    windows->essential = windows->conjunction ? windows->count - 1 : 0;
    for (uint32_t i = 0; i < windows->count; i++) {
        float *rest = windows->rests + (size_t)i * NN_STRIPS_ROOM;
        float highest = add_bounds(windows, &windows->terms[i], rest, rest + NN_STRIPS_ROOM);
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
    NN_TRY(search_all(windows));
    return nn_window_rank(windows);
}
