/* SPDX-License-Identifier: Apache-2.0 */
/* MaxScore with block bounds (Turtle and Flood 1995; Ding and Suel 2011; Chakrabarti et al. 2011).
 *
 * Lanes, one a scoring clause, are ordered by the most that each can add to a score. Those whose
 * bounds together stay below the threshold cannot lift a passage over it alone: they are optional.
 * Only the passages of the others, the essential lanes, are visited:
 *
 *   bound  0.2  0.9 │ 1.4  2.5        threshold 1.3: the first two lanes add at most 1.1 together
 *         optional  │ essential
 *
 * At a passage, essential lanes are added up exactly and optional ones join, strongest first, as
 * long as what is known and what the rest may add reach the threshold. Before that, stretches
 * between block ends of the essential lanes are skipped whole where the sum of their block bounds
 * is too low. Everything skipped is strictly below the threshold, so that ties are decided by rank
 * alone and the result is that of an exhaustive search. */
#include "query/walk.h"

/* A scoring clause while passages are visited. */
typedef struct nn_lane {
    nn_matcher *matcher;
    double weight;      /* weight · idf */
    double max;         /* no passage gets more from this lane */
    double bound;       /* nor one up to block_end more than this */
    uint32_t block_end; /* behind the last passage that `bound` speaks of; 0: not asked yet */
    uint32_t place;     /* in the order of sums */
} nn_lane;

typedef struct nn_lanes {
    nn_part *part;
    nn_unit unit;
    nn_ranking *ranking;
    nn_lane *items;        /* by max, ascending */
    double *before;        /* before[i]: sum of max of the lanes before i */
    double *contributions; /* to the passage at hand, in the order of sums */
    uint32_t count;
    uint32_t optional;    /* so many of the first are optional */
    double threshold;     /* what the division above was made for */
    uint32_t stretch_end; /* behind the last passage that the stretch bound speaks of */
    double stretch_bound;
} nn_lanes;

static nuncio_status open_lanes(nn_lanes *lanes, const nn_scorers *scorers)
{
    nn_part *part = lanes->part;
    nn_run *run = part->run;
    uint32_t count = scorers->count;
    lanes->items = nn_arena_array(run->part_arena, count + 1u, sizeof *lanes->items);
    lanes->before = nn_arena_array(run->part_arena, count + 1u, sizeof *lanes->before);
    lanes->contributions = nn_arena_array(run->part_arena, count + 1u, sizeof(double));
    if (lanes->items == NULL || lanes->before == NULL || lanes->contributions == NULL) {
        return nn_error_memory(run->error);
    }
    lanes->count = count;
    for (uint32_t i = 0; i < count; i++) {
        nn_lane lane = {
            .matcher = scorers->items[i].matcher, .weight = scorers->items[i].weight, .place = i};
        NN_TRY(nn_matcher_max(lane.matcher, run, &lane.max));
        lane.max *= lane.weight * NN_BOUND_SLACK;
        uint32_t place = i;
        while (place > 0 && lanes->items[place - 1].max > lane.max) {
            lanes->items[place] = lanes->items[place - 1];
            place--;
        }
        lanes->items[place] = lane;
    }
    for (uint32_t i = 0; i < count; i++) {
        lanes->before[i + 1] = (lanes->before[i] + lanes->items[i].max) * NN_BOUND_SLACK;
    }
    return NUNCIO_OK;
}

/* Makes lanes optional as the threshold rises. */
static void divide(nn_lanes *lanes)
{
    lanes->threshold = lanes->ranking->threshold;
    while (lanes->optional < lanes->count &&
           lanes->before[lanes->optional + 1] < lanes->threshold) {
        lanes->optional++;
        lanes->ranking->total_exact = false;
        lanes->stretch_end = 0;
    }
}

/* Asks for the block bound of a lane at `passage` unless it is known. */
static nuncio_status refresh_bound(nn_lanes *lanes, nn_lane *lane, uint32_t passage)
{
    if (passage < lane->block_end) {
        return NUNCIO_OK;
    }
    uint32_t last;
    double value;
    NN_TRY(nn_matcher_bound(lane->matcher, lanes->part->run, passage, &last, &value));
    lane->bound = value * lane->weight * NN_BOUND_SLACK;
    lane->block_end = last < NN_DOC_END ? last + 1 : NN_DOC_END;
    return NUNCIO_OK;
}

/* The first candidate ≥ `target` of the essential lanes. */
static nuncio_status next_candidate(nn_lanes *lanes, uint32_t target, uint32_t *passage)
{
    *passage = NN_DOC_END;
    for (uint32_t i = lanes->optional; i < lanes->count; i++) {
        nn_matcher *matcher = lanes->items[i].matcher;
        if (matcher->doc < target) {
            NN_TRY(nn_matcher_approach(matcher, lanes->part->run, target));
        }
        *passage = matcher->doc < *passage ? matcher->doc : *passage;
    }
    return NUNCIO_OK;
}

/* Finds the stretch that `passage` lies in; *skips says that nothing in it reaches the threshold.
 */
static nuncio_status look_at_stretch(nn_lanes *lanes, uint32_t passage, bool *skips)
{
    if (passage >= lanes->stretch_end) {
        lanes->stretch_end = NN_DOC_END;
        lanes->stretch_bound = lanes->before[lanes->optional];
        for (uint32_t i = lanes->optional; i < lanes->count; i++) {
            nn_lane *lane = &lanes->items[i];
            NN_TRY(refresh_bound(lanes, lane, passage));
            lanes->stretch_bound = (lanes->stretch_bound + lane->bound) * NN_BOUND_SLACK;
            lanes->stretch_end =
                lane->block_end < lanes->stretch_end ? lane->block_end : lanes->stretch_end;
        }
    }
    *skips = lanes->stretch_bound < lanes->threshold;
    return NUNCIO_OK;
}

/* Adds what lane `i` contributes to `passage`, if it occurs there. */
static nuncio_status add_lane(nn_lanes *lanes, uint32_t i, uint32_t passage, double norm,
                              double *known, bool *matches)
{
    nn_run *run = lanes->part->run;
    nn_lane *lane = &lanes->items[i];
    NN_TRY(nn_matcher_approach(lane->matcher, run, passage));
    bool occurs = lane->matcher->doc == passage;
    if (occurs) {
        NN_TRY(nn_matcher_confirm(lane->matcher, run, &occurs));
    }
    if (occurs) {
        uint32_t tf;
        NN_TRY(nn_matcher_tf(lane->matcher, run, &tf));
        double contribution = nn_bm25_contribution(lane->weight, tf, norm);
        lanes->contributions[lane->place] = contribution;
        *known += contribution;
        *matches = true;
    }
    return NUNCIO_OK;
}

/* Adds up a passage; *matches is false where it cannot reach the threshold. */
static nuncio_status add_up(nn_lanes *lanes, uint32_t passage, bool *matches)
{
    double norm = lanes->part->run->passages.norms[lanes->part->lengths[passage]];
    double known = 0.0;
    *matches = false;
    for (uint32_t i = 0; i < lanes->count; i++) {
        lanes->contributions[i] = 0.0;
    }
    for (uint32_t i = lanes->optional; i < lanes->count; i++) {
        if (lanes->items[i].matcher->doc == passage) {
            NN_TRY(add_lane(lanes, i, passage, norm, &known, matches));
        }
    }
    for (uint32_t i = lanes->optional; i-- > 0 && *matches;) {
        double rest = known + lanes->before[i + 1];
        if (rest * NN_BOUND_SLACK < lanes->threshold) {
            *matches = false;
            return NUNCIO_OK;
        }
        NN_TRY(refresh_bound(lanes, &lanes->items[i], passage));
        rest = known + lanes->before[i] + lanes->items[i].bound;
        if (rest * NN_BOUND_SLACK < lanes->threshold) {
            *matches = false;
            return NUNCIO_OK;
        }
        NN_TRY(add_lane(lanes, i, passage, norm, &known, matches));
    }
    *matches = *matches && known * NN_BOUND_SLACK >= lanes->threshold;
    return NUNCIO_OK;
}

nuncio_status nn_walk_accepts(nn_part *part, nn_unit unit, uint32_t passage, bool *accepted)
{
    uint32_t article = nn_segment_article_of(part->segment, passage);
    *accepted = !nn_run_deleted(part->run, part->number, article);
    if (*accepted && part->plan->residue != NULL) {
        uint32_t number = unit == NN_UNIT_ARTICLE ? article : passage;
        NN_TRY(nn_condition_test(part, part->plan->residue, unit, number, accepted));
    }
    return NUNCIO_OK;
}

static nuncio_status visit(nn_lanes *lanes, uint32_t passage)
{
    bool matches;
    NN_TRY(add_up(lanes, passage, &matches));
    if (!matches) {
        lanes->ranking->total_exact = lanes->ranking->total_exact && lanes->threshold < 0.0;
        return NUNCIO_OK;
    }
    bool accepted;
    NN_TRY(nn_walk_accepts(lanes->part, lanes->unit, passage, &accepted));
    if (!accepted) {
        return NUNCIO_OK;
    }
    double score = 0.0;
    for (uint32_t i = 0; i < lanes->count; i++) {
        score += lanes->contributions[i]; /* absent ones add zero, which changes no bit */
    }
    lanes->ranking->total++;
    return nn_ranking_offer(lanes->ranking, lanes->part->number, passage, score);
}

/* Words of few alternatives, whose postings need no second look. */
static bool all_are_words(const nn_scorers *scorers)
{
    for (uint32_t i = 0; i < scorers->count; i++) {
        const nn_matcher *matcher = scorers->items[i].matcher;
        bool absent = matcher->slot_count == 0 && matcher->left == NULL;
        if (!absent && (!matcher->sure || matcher->slots[0].count > NN_SLOT_LISTS_FEW)) {
            return false;
        }
    }
    return true;
}

nuncio_status nn_walk_disjunction(nn_part *part, nn_unit unit, nn_ranking *ranking)
{
    nn_scorers scorers;
    NN_TRY(nn_scorers_open(part, &scorers));
    if (all_are_words(&scorers)) {
        return nn_walk_windows(part, unit, ranking, &scorers);
    }
    nn_lanes lanes = {.part = part, .unit = unit, .ranking = ranking, .threshold = -1.0};
    NN_TRY(open_lanes(&lanes, &scorers));
    bool prunes = !part->run->exhaustive;
    for (uint32_t target = 0;;) {
        uint32_t passage;
        NN_TRY(nn_run_step(part->run));
        if (prunes && ranking->threshold > lanes.threshold) {
            divide(&lanes);
        }
        NN_TRY(next_candidate(&lanes, target, &passage));
        if (passage == NN_DOC_END) {
            return NUNCIO_OK;
        }
        bool skips = false;
        if (prunes && lanes.threshold >= 0.0) {
            NN_TRY(look_at_stretch(&lanes, passage, &skips));
        }
        if (skips) {
            ranking->total_exact = false;
            if (lanes.stretch_end >= part->passage_count) {
                return NUNCIO_OK;
            }
            target = lanes.stretch_end;
        } else {
            NN_TRY(visit(&lanes, passage));
            target = passage + 1;
        }
    }
}
