/* SPDX-License-Identifier: Apache-2.0 */
#include "query/match/matcher.h"

/* ---- opening ---- */

/* Opens the slots and puts them in order of cost. A word that is not there leaves the matcher
 * without slots. */
static nuncio_status open_slots(nn_matcher *matcher, nn_run *run, size_t part)
{
    const nn_resolved *resolved = matcher->resolved;
    uint32_t count = resolved->slot_count;
    for (uint32_t i = 0; i < count; i++) {
        if (resolved->slots[i].parts[part].count == 0) {
            return NUNCIO_OK;
        }
    }
    matcher->slots = nn_arena_alloc(run->part_arena, count * sizeof *matcher->slots);
    matcher->order = nn_arena_alloc(run->part_arena, count * sizeof *matcher->order);
    if (matcher->slots == NULL || matcher->order == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        NN_TRY(nn_slot_open(&matcher->slots[i], run, part, &resolved->slots[i].parts[part]));
        uint32_t place = i;
        while (place > 0 &&
               matcher->slots[matcher->order[place - 1]].cost > matcher->slots[i].cost) {
            matcher->order[place] = matcher->order[place - 1];
            place--;
        }
        matcher->order[place] = i;
    }
    matcher->slot_count = count;
    matcher->cost = matcher->slots[matcher->order[0]].cost;
    matcher->sure = count == 1 && matcher->slots[0].whole && !resolved->leaf->in_title;
    return NUNCIO_OK;
}

nuncio_status nn_matcher_open_reader(nn_run *run, size_t part, const nn_resolved *resolved,
                                     nn_matcher **out)
{
    *out = NULL;
    nn_matcher *matcher = nn_arena_array(run->part_arena, 1, sizeof *matcher);
    if (matcher == NULL) {
        return nn_error_memory(run->error);
    }
    matcher->resolved = resolved;
    matcher->segment = run->snapshot->parts[part].segment;
    if (resolved->leaf->kind == NN_LEAF_NEAR) {
        NN_TRY(nn_matcher_open(run, part, resolved->left, &matcher->left));
        NN_TRY(nn_matcher_open(run, part, resolved->right, &matcher->right));
        matcher->cost =
            matcher->left->cost < matcher->right->cost ? matcher->left->cost : matcher->right->cost;
    } else {
        NN_TRY(open_slots(matcher, run, part));
    }
    matcher->occurrences =
        nn_arena_alloc(run->part_arena, NN_POSITIONS_MAX * sizeof *matcher->occurrences);
    if (matcher->occurrences == NULL) {
        return nn_error_memory(run->error);
    }
    *out = matcher;
    return NUNCIO_OK;
}

nuncio_status nn_matcher_open(nn_run *run, size_t part, const nn_resolved *resolved,
                              nn_matcher **out)
{
    NN_TRY(nn_matcher_open_reader(run, part, resolved, out));
    return nn_matcher_approach(*out, run, 0);
}

bool nn_matcher_is_lists(const nn_matcher *matcher)
{
    bool lists = matcher->slot_count > 1 && !matcher->resolved->leaf->in_title;
    for (uint32_t i = 0; i < matcher->slot_count; i++) {
        lists = lists && matcher->slots[i].count == 1 && matcher->slots[i].whole;
    }
    return lists;
}

/* ---- candidates ---- */

static nuncio_status approach_near(nn_matcher *matcher, nn_run *run, uint32_t target)
{
    nn_matcher *left = matcher->left;
    nn_matcher *right = matcher->right;
    NN_TRY(nn_matcher_approach(left, run, target));
    NN_TRY(nn_matcher_approach(right, run, left->doc));
    while (left->doc != right->doc) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_matcher_approach(left, run, right->doc));
        NN_TRY(nn_matcher_approach(right, run, left->doc));
    }
    matcher->doc = left->doc;
    return NUNCIO_OK;
}

/* Leapfrog: the cheapest slot proposes, the others agree or propose a later passage. */
static nuncio_status approach_slots(nn_matcher *matcher, nn_run *run, uint32_t target)
{
    if (matcher->slot_count == 0) {
        matcher->doc = NN_DOC_END;
        return NUNCIO_OK;
    }
    nn_slot_walk *lead = &matcher->slots[matcher->order[0]];
    NN_TRY(nn_slot_advance(lead, run, target));
    for (uint32_t i = 1; i < matcher->slot_count && lead->doc != NN_DOC_END;) {
        nn_slot_walk *slot = &matcher->slots[matcher->order[i]];
        NN_TRY(nn_slot_advance(slot, run, lead->doc));
        if (slot->doc == lead->doc) {
            i++;
        } else {
            NN_TRY(nn_run_step(run));
            NN_TRY(nn_slot_advance(lead, run, slot->doc));
            i = 1;
        }
    }
    matcher->doc = lead->doc;
    return NUNCIO_OK;
}

static nuncio_status approach_any(nn_matcher *matcher, nn_run *run, uint32_t target)
{
    return matcher->left != NULL ? approach_near(matcher, run, target)
                                 : approach_slots(matcher, run, target);
}

nuncio_status nn_matcher_approach(nn_matcher *matcher, nn_run *run, uint32_t target)
{
    if (target > 0 && matcher->doc >= target) {
        return NUNCIO_OK;
    }
    matcher->counted = false;
    NN_TRY(approach_any(matcher, run, target));
    if (!matcher->resolved->leaf->in_title) {
        return NUNCIO_OK;
    }
    while (matcher->doc != NN_DOC_END) { /* only an article's first passage holds its title */
        uint32_t article = nn_segment_article_of(matcher->segment, matcher->doc);
        if (nn_segment_first_passage(matcher->segment, article) == matcher->doc) {
            break;
        }
        NN_TRY(nn_run_step(run));
        NN_TRY(approach_any(matcher, run, nn_segment_first_passage(matcher->segment, article + 1)));
    }
    return NUNCIO_OK;
}

nuncio_status nn_matcher_rewind(nn_matcher *matcher, nn_run *run)
{
    if (matcher->left != NULL) {
        NN_TRY(nn_matcher_rewind(matcher->left, run));
        NN_TRY(nn_matcher_rewind(matcher->right, run));
    }
    for (uint32_t i = 0; i < matcher->slot_count; i++) {
        NN_TRY(nn_slot_rewind(&matcher->slots[i], run));
    }
    matcher->counted = false;
    if (matcher->left != NULL) {
        return nn_matcher_approach(matcher, run, 0);
    }
    matcher->doc = matcher->slot_count > 0 ? matcher->slots[matcher->order[0]].doc : NN_DOC_END;
    return NUNCIO_OK;
}

void nn_matcher_stand(nn_matcher *matcher, uint32_t passage)
{
    if (matcher->left != NULL) {
        nn_matcher_stand(matcher->left, passage);
        nn_matcher_stand(matcher->right, passage);
    }
    matcher->counted = matcher->counted && matcher->doc == passage;
    matcher->doc = passage;
}

void nn_matcher_settle(nn_matcher *matcher)
{
    matcher->doc = matcher->slots[0].doc;
    matcher->counted = false;
}

/* ---- occurrences ---- */

/* Keeps the starts for which `positions` holds start + place. Both ascend. */
static uint32_t keep_followed(uint32_t *starts, uint32_t count, const uint32_t *positions,
                              uint32_t position_count, uint32_t place)
{
    uint32_t kept = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < count && at < position_count; i++) {
        while (at < position_count && positions[at] < starts[i] + place) {
            at++;
        }
        if (at < position_count && positions[at] == starts[i] + place) {
            starts[kept++] = starts[i];
        }
    }
    return kept;
}

static nuncio_status occurrences_of_slots(nn_matcher *matcher, nn_run *run)
{
    uint32_t starts[NN_POSITIONS_MAX];
    uint32_t positions[NN_POSITIONS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < matcher->slot_count && (i == 0 || count > 0); i++) {
        uint32_t place = matcher->order[i];
        uint32_t found;
        NN_TRY(nn_slot_advance(&matcher->slots[place], run, matcher->doc)); /* if only told so */
        if (matcher->slots[place].doc != matcher->doc) {
            return NUNCIO_OK; /* told wrongly, by a damaged segment */
        }
        NN_TRY(nn_slot_positions(&matcher->slots[place], run, positions, &found));
        if (i > 0) {
            count = keep_followed(starts, count, positions, found, place);
            continue;
        }
        for (uint32_t p = 0; p < found; p++) {
            if (positions[p] >= place) {
                starts[count++] = positions[p] - place;
            }
        }
    }
    bool in_title = matcher->resolved->leaf->in_title;
    for (uint32_t i = 0; i < count; i++) {
        if (!in_title || starts[i] >= NN_POSITION_TITLE) {
            matcher->occurrences[matcher->occurrence_count++] =
                (nn_occurrence){starts[i], starts[i] + matcher->slot_count};
        }
    }
    return NUNCIO_OK;
}

bool nn_occurrence_near(nn_occurrence left, nn_occurrence right, uint32_t distance)
{
    if ((left.start >= NN_POSITION_TITLE) != (right.start >= NN_POSITION_TITLE)) {
        return false;
    }
    if (left.end <= right.start) {
        return right.start - left.end <= distance;
    }
    return right.end <= left.start && left.start - right.end <= distance;
}

/* The left side's occurrences that have one of the right side near. */
static nuncio_status occurrences_of_near(nn_matcher *matcher, nn_run *run)
{
    nn_matcher *left = matcher->left;
    nn_matcher *right = matcher->right;
    NN_TRY(nn_matcher_occurrences(left, run));
    NN_TRY(nn_matcher_occurrences(right, run));
    const nn_leaf *leaf = matcher->resolved->leaf;
    for (uint32_t i = 0; i < left->occurrence_count; i++) {
        nn_occurrence at = left->occurrences[i];
        bool near = false;
        for (uint32_t j = 0; j < right->occurrence_count && !near; j++) {
            if (right->occurrences[j].start > at.end + leaf->distance) {
                break; /* ascending by start: the rest is farther still */
            }
            near = nn_occurrence_near(at, right->occurrences[j], leaf->distance);
        }
        if (near && (!leaf->in_title || at.start >= NN_POSITION_TITLE)) {
            matcher->occurrences[matcher->occurrence_count++] = at;
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_matcher_occurrences(nn_matcher *matcher, nn_run *run)
{
    if (matcher->counted) {
        return NUNCIO_OK;
    }
    matcher->occurrence_count = 0;
    NN_TRY(matcher->left != NULL ? occurrences_of_near(matcher, run)
                                 : occurrences_of_slots(matcher, run));
    matcher->counted = true;
    return NUNCIO_OK;
}

nuncio_status nn_matcher_confirm(nn_matcher *matcher, nn_run *run, bool *occurs)
{
    *occurs = true;
    if (!matcher->sure) {
        NN_TRY(nn_matcher_occurrences(matcher, run));
        *occurs = matcher->occurrence_count > 0;
    }
    return NUNCIO_OK;
}

nuncio_status nn_matcher_seek(nn_matcher *matcher, nn_run *run, uint32_t target)
{
    NN_TRY(nn_matcher_approach(matcher, run, target));
    while (matcher->doc != NN_DOC_END) {
        bool occurs;
        NN_TRY(nn_matcher_confirm(matcher, run, &occurs));
        if (occurs) {
            break;
        }
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_matcher_approach(matcher, run, matcher->doc + 1));
    }
    return NUNCIO_OK;
}

nuncio_status nn_matcher_tf(nn_matcher *matcher, nn_run *run, uint32_t *tf)
{
    if (matcher->sure) {
        return nn_slot_tf(&matcher->slots[0], run, tf);
    }
    NN_TRY(nn_matcher_occurrences(matcher, run));
    *tf = matcher->occurrence_count;
    return NUNCIO_OK;
}

nuncio_status nn_matcher_tf_most(nn_matcher *matcher, nn_run *run, uint32_t *tf)
{
    if (matcher->left != NULL) {
        return nn_matcher_tf_most(matcher->left, run, tf);
    }
    *tf = NN_POSITIONS_MAX;
    for (uint32_t i = 0; i < matcher->slot_count; i++) {
        uint32_t most;
        NN_TRY(nn_slot_tf_most(&matcher->slots[i], run, &most));
        *tf = most < *tf ? most : *tf;
    }
    return NUNCIO_OK;
}

/* ---- bounds: a phrase occurs at most as often as the rarest of its words, NEAR as its left side
 * ---- */

nuncio_status nn_matcher_bound(nn_matcher *matcher, nn_run *run, uint32_t target, uint32_t *last,
                               double *bound)
{
    if (matcher->left != NULL) {
        return nn_matcher_bound(matcher->left, run, target, last, bound);
    }
    *last = NN_DOC_END;
    *bound = matcher->doc == NN_DOC_END ? 0.0 : 1.0;
    for (uint32_t i = 0; i < matcher->slot_count && matcher->doc != NN_DOC_END; i++) {
        uint32_t slot_last;
        double value;
        NN_TRY(nn_slot_bound(&matcher->slots[i], run, target, &slot_last, &value));
        *last = slot_last < *last ? slot_last : *last;
        *bound = value < *bound ? value : *bound;
    }
    return NUNCIO_OK;
}

nuncio_status nn_matcher_max(nn_matcher *matcher, nn_run *run, double *max)
{
    if (matcher->left != NULL) {
        return nn_matcher_max(matcher->left, run, max);
    }
    *max = matcher->doc == NN_DOC_END ? 0.0 : 1.0;
    for (uint32_t i = 0; i < matcher->slot_count && matcher->doc != NN_DOC_END; i++) {
        double value;
        NN_TRY(nn_slot_max(&matcher->slots[i], run, &value));
        *max = value < *max ? value : *max;
    }
    return NUNCIO_OK;
}
