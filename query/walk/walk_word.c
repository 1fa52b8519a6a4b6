/* SPDX-License-Identifier: Apache-2.0 */
/* Searching along a single word: the blocks of its list, the most promising first.
 *
 *   blocks    0    1    2    3    4    5  …
 *   bound    4.1  2.2  3.9  4.4  2.0  3.1          what a posting of the block scores at most
 *   order     3    0    2    5    1    4
 *             ▒▒▒▒ ▒▒▒▒ ▒▒▒▒ │ the threshold is 3.5: nothing behind can be a hit
 *
 * Nothing is added up, so that neither windows nor the order of storage are needed. Bounds come
 * from the skip data alone (Ding and Suel 2011); blocks are divided by them into classes, from the
 * highest down, which takes two passes instead of sorting; and the search ends with the first class
 * of which a block stays below the threshold.
 *
 * Postings are scored four at a time in single precision. How many fall into each of many bins is
 * counted, and the lowest bin above which as many lie as hits are wanted is the floor: below it
 * nothing needs to be kept. So the threshold rises without a heap, and only what is above the floor
 * in the end is scored exactly and ranked. */
#include "core/bits.h"
#include "query/rank/block_scores.h"
#include "query/rank/floor.h"
#include "query/walk/walk.h"

#include <string.h>

enum {
    CLASSES = 64,          /* of blocks, by bound */
    FOUND_BESIDE = 4 * 128 /* room for postings found, beside as many as hits are wanted */
};

/** A posting that may be a hit. */
typedef struct nn_found {
    uint32_t passage;
    uint32_t tf;
    float part; /* its score, roughly */
} nn_found;

typedef struct nn_word_walk {
    nn_part *part;
    nn_ranking *ranking;
    nn_postings *list;
    double weight;
    nn_rough_norms norms;
    nn_block_scores scores;
    /* Blocks. */
    float *bounds;    /* by block: no saturation tf / (tf + norm) of it is higher */
    uint8_t *classes; /* the same */
    uint32_t *order;  /* blocks, by class */
    uint32_t ends[CLASSES];
    /* Postings found. */
    nn_found *found;
    uint32_t found_count, found_max;
    double cut;     /* below it nothing is wanted; -1: everything is */
    nn_floor floor; /* by parts */
} nn_word_walk;

/* ---- bounds ---- */

static nuncio_status open_blocks(nn_word_walk *walk)
{
    nn_run *run = walk->part->run;
    uint32_t count = walk->list->block_count;
    walk->bounds = nn_arena_alloc(run->part_arena, count * sizeof *walk->bounds);
    walk->order = nn_arena_alloc(run->part_arena, count * sizeof *walk->order);
    walk->classes = nn_arena_alloc(run->part_arena, count * sizeof *walk->classes);
    if (walk->bounds == NULL || walk->order == NULL || walk->classes == NULL) {
        return nn_error_memory(run->error);
    }
    return nn_block_bounds(run, walk->list, walk->norms, walk->part->lengths, walk->bounds, NULL);
}

/* ---- the best first ---- */

/* Sorts the blocks by class; ends[] are those of the classes in order[]. A higher bound is never in
 * a later class, whatever is rounded. @return the highest bound */
static double order_blocks(nn_word_walk *walk)
{
    uint32_t count = walk->list->block_count;
    float highest = 0.0F;
    float lowest = 1.0F;
    for (uint32_t i = 0; i < count; i++) {
        highest = walk->bounds[i] > highest ? walk->bounds[i] : highest;
        lowest = walk->bounds[i] < lowest ? walk->bounds[i] : lowest;
    }
    float scale = highest > lowest ? (float)(CLASSES - 1) / (highest - lowest) : 0.0F;
    memset(walk->ends, 0, sizeof walk->ends);
    for (uint32_t i = 0; i < count; i++) {
        walk->classes[i] = (uint8_t)((highest - walk->bounds[i]) * scale);
        walk->ends[walk->classes[i]]++;
    }
    for (uint32_t i = 0, end = 0; i < CLASSES; i++) { /* for now where they begin */
        uint32_t here = walk->ends[i];
        walk->ends[i] = end;
        end += here;
    }
    for (uint32_t i = 0; i < count; i++) {
        walk->order[walk->ends[walk->classes[i]]++] = i;
    }
    return (double)highest;
}

/* ---- postings ---- */

/* Scores below `threshold` are not wanted: nor parts below it, less what was rounded. */
static void raise_cut(nn_word_walk *walk, double threshold)
{
    double cut = threshold * (1.0 / NN_FLOAT_MARGIN);
    walk->cut = cut > walk->cut ? cut : walk->cut;
}

static nuncio_status open_found(nn_word_walk *walk, double highest)
{
    nn_run *run = walk->part->run;
    const nn_ranking *ranking = walk->ranking;
    uint32_t wanted = ranking->max < walk->list->df ? ranking->max : walk->list->df;
    walk->found_count = 0;
    walk->found_max = wanted + FOUND_BESIDE;
    walk->found = nn_arena_alloc(run->part_arena, walk->found_max * sizeof *walk->found);
    walk->cut = -1.0;
    raise_cut(walk, ranking->threshold);
    nn_floor_begin(&walk->floor, nn_ranking_wanted(ranking), highest);
    return walk->found == NULL ? nn_error_memory(run->error) : NUNCIO_OK;
}

/* Ranks what was found and is above the cut. */
static nuncio_status rank_found(nn_word_walk *walk)
{
    nn_part *part = walk->part;
    for (uint32_t i = 0; i < walk->found_count; i++) {
        const nn_found *found = &walk->found[i];
        if ((double)found->part < walk->cut) {
            walk->ranking->total_exact = false;
            continue;
        }
        double norm = part->run->passages.norms[part->lengths[found->passage]];
        double score = nn_bm25_contribution(walk->weight, found->tf, norm);
        NN_TRY(nn_ranking_offer(walk->ranking, part->number, found->passage, score));
    }
    walk->found_count = 0;
    raise_cut(walk, walk->ranking->threshold);
    return NUNCIO_OK;
}

/* Forgets what has fallen below the cut; ranks the rest where that is still too much. */
static nuncio_status make_room(nn_word_walk *walk)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < walk->found_count; i++) {
        walk->found[kept] = walk->found[i];
        kept += (double)walk->found[i].part >= walk->cut ? 1 : 0;
    }
    walk->found_count = kept;
    return kept + NN_POSTINGS_BLOCK > walk->found_max ? rank_found(walk) : NUNCIO_OK;
}

static void keep_posting(nn_word_walk *walk, uint32_t i)
{
    uint32_t passage = walk->list->docs[i];
    float part = walk->scores.parts[i];
    if (!nn_part_deleted(walk->part, passage)) {
        walk->found[walk->found_count++] = (nn_found){passage, walk->list->tfs[i], part};
        walk->ranking->total++;
        nn_floor_count(&walk->floor, part);
    }
}

/* The block that the walk stands in. */
static nuncio_status search_block(nn_word_walk *walk)
{
    nn_run *run = walk->part->run;
    nn_postings *list = walk->list;
    NN_TRY(nn_run_step(run));
    NN_TRY(nn_block_score_all(&walk->scores, run, list, (float)walk->weight, walk->norms,
                              walk->part->lengths));
    nn_block_set set =
        nn_block_reach(walk->scores.parts, 0, list->in_block_count, (float)walk->cut);
    uint32_t count = nn_popcount64(set.words[0]) + nn_popcount64(set.words[1]);
    if (count < list->in_block_count) {
        walk->ranking->total_exact = false;
    }
    NN_TRY(walk->found_count + count > walk->found_max ? make_room(walk) : NUNCIO_OK);
    for (uint32_t word = 0; word < NN_POSTINGS_BLOCK / 64; word++) {
        for (uint64_t bits = set.words[word]; bits != 0; bits &= bits - 1) {
            keep_posting(walk, word * 64 + nn_ctz64(bits));
        }
    }
    raise_cut(walk, nn_floor_raise(&walk->floor) * (1.0 / NN_FLOAT_MARGIN));
    return walk->floor.wanted > 0 ? NUNCIO_OK : rank_found(walk);
}

/* Blocks that cannot reach the threshold are passed over; *over: those of later classes neither. */
static nuncio_status search_class(nn_word_walk *walk, uint32_t from, uint32_t end, bool *over)
{
    for (uint32_t i = from; i < end; i++) {
        uint32_t block = walk->order[i];
        double bound = (double)walk->bounds[block] * walk->weight * NN_FLOAT_MARGIN;
        if (bound < walk->cut) {
            walk->ranking->total_exact = false;
            *over = true;
            continue;
        }
        NN_TRY(nn_postings_enter_block(walk->list, block, walk->part->run->error));
        NN_TRY(search_block(walk));
    }
    return NUNCIO_OK;
}

bool nn_is_word(const nn_part *part, nn_unit unit)
{
    const nn_plan *plan = part->plan;
    if (plan->clause_count != 1 || plan->residue[unit] != NULL) {
        return false;
    }
    const nn_matcher *matcher = part->matchers[0];
    return plan->clauses[0]->scoring && matcher->sure && matcher->slots[0].count == 1;
}

nuncio_status nn_walk_word(nn_part *part, nn_ranking *ranking)
{
    nn_run *run = part->run;
    nn_word_walk *walk = nn_arena_alloc(run->part_arena, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(run->error);
    }
    walk->part = part;
    walk->ranking = ranking;
    walk->list = &part->matchers[0]->slots[0].lists[0].postings;
    walk->weight = part->plan->clauses[0]->passage_weight;
    walk->norms = nn_rough_norms_of(&run->passages);
    run->trail.words++;
    NN_TRY(open_blocks(walk));
    double highest = order_blocks(walk);
    NN_TRY(open_found(walk, highest * walk->weight));
    bool over = false;
    for (uint32_t i = 0, from = 0; i < CLASSES && !over; i++) {
        NN_TRY(search_class(walk, from, walk->ends[i], &over));
        from = walk->ends[i];
    }
    return rank_found(walk);
}
