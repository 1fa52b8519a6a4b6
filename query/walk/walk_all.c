/* SPDX-License-Identifier: Apache-2.0 */
/* Searching for passages that hold all of some words: along the rarest one, block by block.
 *
 *   coast   ▒▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒   lead: the rarest
 *             7   19  20 │ … of a block what may score enough beside the most of the others
 *   guard   ▒▒▒▒│▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒                looked up at these, a block at a time
 *             7       20 │ what may still score enough
 *   us      ▒│▒▒│▒▒│▒│▒▒│▒▒│▒▒│▒▒│▒│▒▒│▒▒            at the rest
 *
 * Blocks of the lead whose bound, with the most that those of the others add that overlap, stays
 * below the threshold are passed over, and nothing of the others is unpacked there; the few best
 * are searched before the rest, so that the threshold is soon high. The candidates of a block go
 * through the words one after the other, rarest first, and fall away as soon as they are not in one
 * or cannot reach the threshold; frequencies are read where both words stand. Sums are single
 * precision and only drop candidates, with a margin for rounding; what is left in the end is scored
 * exactly, in the order of sums. (Block-max AND: Ding and Suel 2011.) */
#include "query/walk/block_sample.h"
#include "query/walk/rare_words.h"

#include <math.h>
#include <string.h>

typedef struct nn_all {
    nn_part *part;
    nn_ranking *ranking;
    nn_rare_words rare; /* the lead is the first */
    /* By block of the lead. */
    float *bounds;   /* no passage of it scores more; below 0: none is left */
    float *rests;    /* nor gets more from the other words */
    uint32_t *lasts; /* last passage */
    /* Of the lead's block: candidates, and by place what they have of the words so far. */
    nn_block_set candidates;
    nn_block_scores scores;
} nn_all;

/* ---- opening ---- */

bool nn_is_all(const nn_part *part, nn_unit unit)
{
    const nn_plan *plan = part->plan;
    if (unit != NN_UNIT_PASSAGE || plan->clause_count < 2 || plan->residue[unit] != NULL) {
        return false;
    }
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        const nn_matcher *matcher = part->matchers[i];
        if (!plan->clauses[i]->scoring || !plan->clauses[i]->required || !matcher->sure ||
            matcher->slots[0].count != 1) {
            return false;
        }
    }
    return true;
}

/* Adds to rests[] what another word has for the blocks of the lead: the most that one of its own
 * blocks has that overlap. Behind them all there is no hit. */
static nuncio_status add_rests(nn_all *all, nn_rare_word *word)
{
    nn_run *run = all->part->run;
    uint32_t count = all->rare.words[0].list->block_count, blocks = word->list->block_count;
    float *bounds = nn_arena_alloc(run->part_arena, blocks * sizeof *bounds);
    uint32_t *lasts = nn_arena_alloc(run->part_arena, blocks * sizeof *lasts);
    if (bounds == NULL || lasts == NULL) {
        return nn_error_memory(run->error);
    }
    NN_TRY(nn_block_bounds(run, word->list, all->rare.norms, all->part->lengths, bounds, lasts));
    word->lasts = lasts;
    float weight = (float)(word->weight * NN_FLOAT_MARGIN);
    for (uint32_t block = 0, at = 0, first = 0; block < count; block++) {
        uint32_t last = all->lasts[block];
        float most = 0.0F;
        NN_TRY(nn_run_step(run));
        while (at < blocks && lasts[at] < first) {
            at++;
        }
        for (uint32_t i = at; i < blocks && (i == at || lasts[i - 1] < last); i++) {
            most = bounds[i] > most ? bounds[i] : most;
        }
        all->rests[block] += at < blocks ? weight * most : -HUGE_VALF;
        first = last + 1;
    }
    return NUNCIO_OK;
}

/* Whether what a word adds is worth being bounded block by block: it has not many for one of the
 * lead, so that they differ, and weighs something. */
static bool matters(const nn_all *all, const nn_rare_word *word)
{
    enum { BLOCKS_MAX = 6, LIGHT = 16 };
    uint32_t count = all->rare.words[0].list->block_count;
    double total = all->rare.words[0].max + all->rare.words[0].rest;
    return count > 1 && word->list->block_count / BLOCKS_MAX <= count && word->max * LIGHT >= total;
}

static nuncio_status bound_blocks(nn_all *all)
{
    nn_run *run = all->part->run;
    const nn_rare_word *lead = &all->rare.words[0];
    uint32_t count = lead->list->block_count;
    all->bounds = nn_arena_alloc(run->part_arena, count * sizeof *all->bounds);
    all->rests = nn_arena_array(run->part_arena, count, sizeof *all->rests);
    all->lasts = nn_arena_alloc(run->part_arena, count * sizeof *all->lasts);
    if (all->bounds == NULL || all->rests == NULL || all->lasts == NULL) {
        return nn_error_memory(run->error);
    }
    NN_TRY(nn_block_bounds(run, lead->list, all->rare.norms, all->part->lengths, all->bounds,
                           all->lasts));
    float rest = 0.0F;
    for (uint32_t i = 1; i < all->rare.count; i++) {
        if (matters(all, &all->rare.words[i])) {
            NN_TRY(add_rests(all, &all->rare.words[i]));
        } else {
            rest += (float)(all->rare.words[i].max * NN_FLOAT_MARGIN);
        }
    }
    float weight = (float)(lead->weight * NN_FLOAT_MARGIN);
    for (uint32_t block = 0; block < count; block++) {
        all->rests[block] += rest;
        all->bounds[block] = all->bounds[block] * weight + all->rests[block];
    }
    return NUNCIO_OK;
}

/* ---- candidates ---- */

/* Adds what the word's current block has of the candidates in `asked`, and adds those that may
 * score enough with it to `kept`. */
static nuncio_status meet_block(nn_all *all, nn_rare_word *word, nn_block_set asked,
                                nn_block_set *kept)
{
    uint32_t passages[NN_POSTINGS_BLOCK];
    uint8_t at[NN_POSTINGS_BLOCK];
    uint8_t numbers[NN_POSTINGS_BLOCK + 1];
    uint8_t places[NN_POSTINGS_BLOCK + 1];
    uint32_t count = nn_block_set_list(asked, all->rare.words[0].list->docs, passages, at);
    count = nn_block_look_up(word->list, passages, count, numbers, places);
    if (count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_postings_unpack_tfs(word->list, all->part->run->error));
    float cut = nn_rough_cut(all->ranking->threshold, word->rest);
    float weight = (float)word->weight;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t i = at[numbers[k]];
        uint32_t tf = word->list->tfs[places[k]];
        float sum = all->scores.parts[i] + nn_block_part(weight, tf, all->scores.norms[i]);
        word->tfs[i] = tf;
        all->scores.parts[i] = sum;
        kept->words[i / 64] |= (uint64_t)(sum >= cut) << i % 64;
    }
    return NUNCIO_OK;
}

/* Keeps the candidates that are in a word and may score enough with it. *over: it has ended. */
static nuncio_status meet_word(nn_all *all, nn_rare_word *word, bool *over)
{
    float cut = nn_rough_cut(all->ranking->threshold, word->rest);
    nn_block_set asked = all->candidates;
    nn_block_set kept = {{0}};
    while (!nn_block_set_is_empty(asked)) {
        nn_block_set promising;
        bool ended;
        NN_TRY(nn_rare_word_reach(word, all->part->run, all->rare.words[0].list, &all->scores, cut,
                                  &asked, &promising, &ended));
        if (ended) {
            *over = true;
            break;
        }
        NN_TRY(nn_block_set_is_empty(promising) ? NUNCIO_OK
                                                : meet_block(all, word, promising, &kept));
    }
    all->candidates = kept;
    return NUNCIO_OK;
}

/* ---- hits ---- */

/* A passage that holds all words; only what may be kept is scored exactly. */
static nuncio_status score(nn_all *all, uint32_t passage, uint32_t at)
{
    nn_part *part = all->part;
    nn_ranking *ranking = all->ranking;
    bool counted = ranking->counts;
    double sum = (double)all->scores.parts[at] * NN_FLOAT_MARGIN;
    if (sum >= ranking->least) {
        sum = nn_rare_words_sum(&all->rare, at, part->run->passages.norms[part->lengths[passage]]);
    }
    if (sum < ranking->least && !counted) { /* it has risen since the block was begun */
        ranking->total_exact = false;
        return NUNCIO_OK;
    }
    if (nn_part_deleted(part, passage)) {
        return NUNCIO_OK;
    }
    ranking->total++;
    return sum < ranking->least ? NUNCIO_OK : nn_ranking_offer(ranking, part->number, passage, sum);
}

/* The block that the lead stands in. */
static nuncio_status search_block(nn_all *all, uint32_t block, bool *over)
{
    nn_run *run = all->part->run;
    nn_rare_word *lead = &all->rare.words[0];
    if (all->ranking->threshold >= 0.0) {
        all->ranking->total_exact = false;
    }
    NN_TRY(nn_run_step(run));
    NN_TRY(nn_block_score_all(&all->scores, run, lead->list, (float)lead->weight, all->rare.norms,
                              all->part->lengths));
    all->candidates =
        nn_block_reach(all->scores.parts, 0, lead->list->in_block_count,
                       nn_rough_cut(all->ranking->threshold, (double)all->rests[block]));
    for (uint32_t i = 1; i < all->rare.count && !nn_block_set_is_empty(all->candidates); i++) {
        NN_TRY(meet_word(all, &all->rare.words[i], over));
    }
    uint32_t passages[NN_POSTINGS_BLOCK];
    uint8_t at[NN_POSTINGS_BLOCK];
    uint32_t count = nn_block_set_list(all->candidates, lead->list->docs, passages, at);
    for (uint32_t i = 0; i < count; i++) {
        lead->tfs[at[i]] = lead->list->tfs[at[i]];
        NN_TRY(score(all, passages[i], at[i]));
    }
    return NUNCIO_OK;
}

/* ---- blocks of the lead ---- */

static nuncio_status search_lead_block(void *context, uint32_t block, bool *over)
{
    nn_all *all = context;
    double bound = (double)all->bounds[block];
    if (bound < 0.0) {
        return NUNCIO_OK;
    }
    if (bound * NN_FLOAT_MARGIN < all->ranking->threshold) {
        all->ranking->total_exact = false;
        all->part->run->trail.jumps++;
        return NUNCIO_OK;
    }
    NN_TRY(nn_postings_enter_block(all->rare.words[0].list, block, all->part->run->error));
    return search_block(all, block, over);
}

/* The best blocks; the other words then begin anew. */
static nuncio_status search_best(nn_all *all)
{
    bool sampled;
    NN_TRY(nn_block_sample_search(all->part->run, all->ranking, all->bounds,
                                  all->rare.words[0].list->block_count, search_lead_block, all,
                                  &sampled));
    for (uint32_t i = 1; i < all->rare.count && sampled; i++) {
        all->rare.words[i].at = 0;
        NN_TRY(nn_postings_rewind(all->rare.words[i].list, all->part->run->error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_walk_all(nn_part *part, nn_ranking *ranking)
{
    nn_all *all = nn_arena_alloc(part->run->part_arena, sizeof *all);
    if (all == NULL) {
        return nn_error_memory(part->run->error);
    }
    all->part = part;
    all->ranking = ranking;
    part->run->trail.all++;
    NN_TRY(nn_rare_words_open(part, &all->rare));
    NN_TRY(bound_blocks(all));
    NN_TRY(search_best(all));
    bool over = false;
    for (uint32_t block = 0; block < all->rare.words[0].list->block_count && !over; block++) {
        NN_TRY(search_lead_block(all, block, &over));
    }
    return NUNCIO_OK;
}
