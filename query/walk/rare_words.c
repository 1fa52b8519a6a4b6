/* SPDX-License-Identifier: Apache-2.0 */
#include "query/walk/rare_words.h"

/* The highest tf / (tf + norm) of a word, or more. */
static nuncio_status max_of(const nn_part *part, nn_rough_norms norms, nn_slot_walk *slot,
                            double *max)
{
    nn_postings *list = &slot->lists[0].postings;
    float bound;
    if (list->block_count > 1) {
        return nn_slot_max(slot, part->run, max);
    }
    NN_TRY(nn_block_bounds(part->run, list, norms, part->lengths, &bound, NULL));
    *max = (double)bound * NN_FLOAT_MARGIN;
    return NUNCIO_OK;
}

/* Puts a word among those before it, by number of postings. */
static nuncio_status add_word(nn_part *part, nn_rare_words *all, uint32_t place)
{
    nn_slot_walk *slot = &part->matchers[place]->slots[0];
    nn_rare_word word = {.list = &slot->lists[0].postings,
                         .weight = part->plan->clauses[place]->passage_weight,
                         .place = place};
    NN_TRY(max_of(part, all->norms, slot, &word.max));
    word.max *= word.weight;
    uint32_t at = all->count++;
    for (; at > 0 && all->words[at - 1].list->df > word.list->df; at--) {
        all->words[at] = all->words[at - 1];
    }
    all->words[at] = word;
    return NUNCIO_OK;
}

nuncio_status nn_rare_words_open(nn_part *part, nn_rare_words *out)
{
    nn_run *run = part->run;
    uint32_t count = part->plan->clause_count;
    out->count = 0;
    out->words = nn_arena_alloc(run->part_arena, count * sizeof *out->words);
    out->by_place = nn_arena_alloc(run->part_arena, count * sizeof *out->by_place);
    out->norms = nn_rough_norms_of(&run->passages);
    if (out->words == NULL || out->by_place == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        NN_TRY(add_word(part, out, i));
    }
    double rest = 0.0;
    for (uint32_t i = count; i-- > 0;) {
        out->words[i].rest = rest;
        rest += out->words[i].max;
        out->by_place[out->words[i].place] = i;
    }
    return NUNCIO_OK;
}

/* The block that would hold a passage: its last one, NN_DOC_END where there is none, and bounds. */
static nuncio_status find_block(nn_rare_word *word, nn_run *run, uint32_t passage, uint32_t *last,
                                nn_bound bounds[NN_BOUNDS_MAX], uint32_t *bound_count)
{
    uint32_t count = word->list->block_count;
    if (word->lasts == NULL || count == 1) {
        return nn_postings_block_bounds(word->list, passage, last, bounds, bound_count, run->error);
    }
    while (word->at < count && word->lasts[word->at] < passage) {
        word->at++;
    }
    *last = word->at < count ? word->lasts[word->at] : NN_DOC_END;
    return word->at < count
               ? nn_postings_bounds_of(word->list, word->at, bounds, bound_count, run->error)
               : NUNCIO_OK;
}

nuncio_status nn_rare_word_reach(nn_rare_word *word, nn_run *run, const nn_postings *lead,
                                 const nn_block_scores *scores, float cut, nn_block_set *asked,
                                 nn_block_set *promising, bool *ended)
{
    nn_bound bounds[NN_BOUNDS_MAX];
    uint32_t bound_count;
    uint32_t last;
    uint32_t from = nn_block_set_first(*asked);
    NN_TRY(nn_run_step(run));
    NN_TRY(find_block(word, run, lead->docs[from], &last, bounds, &bound_count));
    *ended = last == NN_DOC_END;
    if (*ended) {
        return NUNCIO_OK;
    }
    uint32_t end = nn_postings_below(lead, last + 1);
    *promising = nn_block_promising(scores, scores->parts, from, end, (float)word->weight, bounds,
                                    bound_count, cut);
    *promising = nn_block_set_both(*promising, *asked);
    *asked = nn_block_set_from(*asked, end);
    return nn_block_set_is_empty(*promising) ? NUNCIO_OK
                                             : nn_postings_enter_bounded(word->list, run->error);
}

double nn_rare_words_sum(const nn_rare_words *words, uint32_t at, double norm)
{
    double sum = 0.0;
    for (uint32_t place = 0; place < words->count; place++) {
        const nn_rare_word *word = &words->words[words->by_place[place]];
        if (word->tfs[at] > 0) {
            sum += nn_bm25_contribution(word->weight, word->tfs[at], norm);
        }
    }
    return sum;
}
