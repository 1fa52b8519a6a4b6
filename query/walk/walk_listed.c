/* SPDX-License-Identifier: Apache-2.0 */
/* Queries of filters alone: which articles fulfil them is worked out as bits, a word at a time, and
 * only as many are ranked as are kept.
 *
 *   person:dulles date:1958      0110 1100 …  AND  0011 1000 …  =  0010 1000 …
 *
 * Nothing scores, so that hits stand in the order of how many filters on names are true of them by
 * the words as written, then of ids. A segment knows the order of its ids: a set of many articles
 * is gone through in it until the next one is not kept, a set of few as it is stored. */
#include "core/bits.h"
#include "query/match/filter.h"
#include "query/walk/walk.h"

enum { NAMES_MAX = 8 /* filters on names whose exactness is counted in bits */ };

/* Whether bits say which articles fulfil the condition. A language is asked of records. */
static bool is_listed(const nn_condition *condition)
{
    if (condition->kind == NN_CONDITION_FILTER) {
        return condition->filter->kind != NN_FILTER_LANG;
    }
    bool listed = condition->kind == NN_CONDITION_AND || condition->kind == NN_CONDITION_OR ||
                  condition->kind == NN_CONDITION_NOT;
    for (uint32_t i = 0; i < condition->child_count && listed; i++) {
        listed = is_listed(condition->children[i]);
    }
    return listed;
}

bool nn_is_listed(const nn_plan *plan, nn_unit unit)
{
    return plan->clause_count == 0 && plan->guard_count == 0 && unit == NN_UNIT_ARTICLE &&
           (plan->shown == NULL || plan->shown->child_count <= NAMES_MAX) &&
           is_listed(plan->condition);
}

/* A segment while it is searched. Bits of its articles stand in words of 64. */
typedef struct nn_listing {
    nn_part *part;
    nn_ranking *ranking;
    size_t words;
    uint64_t *level; /* articles that are ranked at the moment */
    bool behind;     /* the article offered last is not kept */
} nn_listing;

/* ---- which articles ---- */

static const uint64_t *bits_of(const nn_filter_walk *walk)
{
    return walk->names != NULL ? walk->names->named->articles : walk->matches;
}

/* The articles that fulfil a condition. */
static nuncio_status find(const nn_listing *listing, const nn_condition *condition,
                          const uint64_t **out)
{
    nn_run *run = listing->part->run;
    NN_TRY(nn_run_step(run));
    if (condition->kind == NN_CONDITION_FILTER) {
        *out = bits_of(condition->walk);
        return NUNCIO_OK;
    }
    uint64_t *bits = nn_arena_array(run->part_arena, listing->words, sizeof *bits);
    if (bits == NULL) {
        return nn_error_memory(run->error);
    }
    *out = bits;
    memset(bits, condition->kind == NN_CONDITION_AND ? UINT8_MAX : 0,
           listing->words * sizeof *bits);
    for (uint32_t i = 0; i < condition->child_count; i++) {
        const uint64_t *child;
        NN_TRY(find(listing, condition->children[i], &child));
        for (size_t word = 0; word < listing->words; word++) {
            uint64_t other = child[word];
            bits[word] = condition->kind == NN_CONDITION_AND  ? bits[word] & other
                         : condition->kind == NN_CONDITION_OR ? bits[word] | other
                                                              : ~other;
        }
    }
    return NUNCIO_OK;
}

/* The live ones of them, and how many they are. */
static nuncio_status find_live(const nn_listing *listing, uint64_t **out, uint64_t *count)
{
    const nn_part *part = listing->part;
    const nn_deletes *deletes = part->run->snapshot->parts[part->number].deletes;
    const uint64_t *found;
    uint64_t *live = nn_arena_array(part->run->part_arena, listing->words, sizeof *live);
    if (live == NULL) {
        return nn_error_memory(part->run->error);
    }
    NN_TRY(find(listing, part->plan->condition, &found));
    memcpy(live, found, listing->words * sizeof *live);
    live[part->article_count / 64] &= ((uint64_t)1 << part->article_count % 64) - 1;
    *out = live;
    *count = 0;
    for (size_t word = 0; word < listing->words; word++) {
        for (uint64_t left = live[word]; left != 0 && deletes != NULL; left &= left - 1) {
            uint32_t bit = nn_ctz64(left);
            uint64_t deleted = nn_deletes_has(deletes, (uint32_t)(word * 64) + bit);
            live[word] &= ~(deleted << bit);
        }
        *count += live[word] == 0 ? 0 : nn_popcount64(live[word]);
    }
    return NUNCIO_OK;
}

/* ---- in which order ---- */

/* Of 64 articles, those of which `level` of the filters on names are true as written. */
static uint64_t at_level(const nn_plan *plan, size_t word, uint64_t articles, uint32_t filters,
                         uint32_t level)
{
    uint64_t of[NAMES_MAX + 1] = {articles}; /* those of which so many of the filters seen are */
    for (uint32_t i = 0; i < filters; i++) {
        const nn_named_part *named = plan->shown->children[i]->walk->names->named;
        uint64_t exact = named->exact_ones[word];
        for (uint32_t n = i + 1; n > 0; n--) {
            of[n] = (of[n] & ~exact) | (of[n - 1] & exact);
        }
        of[0] &= ~exact;
    }
    return of[level];
}

/* Offers an article; listing->behind where it stands behind all that are kept, and these are as
 * many as are wanted. */
static nuncio_status offer(nn_listing *listing, uint32_t article, uint32_t exact)
{
    nn_part *part = listing->part;
    nn_ranking *ranking = listing->ranking;
    uint32_t passage = nn_segment_first_passage(part->segment, article);
    listing->behind = !nn_ranking_may_keep(ranking, part->number, passage, exact);
    NN_TRY(nn_run_step(part->run));
    if (listing->behind) {
        return ranking->status;
    }
    NN_TRY(nn_unscored_passage(part, NN_UNIT_ARTICLE, article, &passage));
    return nn_ranking_offer_unscored(ranking, part->number, passage, exact);
}

/* Offers the articles of the level as they are stored. */
static nuncio_status rank_few(nn_listing *listing, uint32_t exact)
{
    for (size_t word = 0; word < listing->words; word++) {
        for (uint64_t left = listing->level[word]; left != 0; left &= left - 1) {
            NN_TRY(offer(listing, (uint32_t)(word * 64) + nn_ctz64(left), exact));
        }
    }
    return NUNCIO_OK;
}

/* Offers them in the order of their ids, up to the first that is not kept. */
static nuncio_status rank_many(nn_listing *listing, uint32_t exact)
{
    const nn_part *part = listing->part;
    for (uint32_t block = 0;; block++) {
        uint64_t articles[NN_RANKED_BLOCK];
        uint32_t count;
        NN_TRY(nn_run_step(part->run));
        NN_TRY(nn_segment_ranked(part->segment, block, articles, &count, part->run->error));
        for (uint32_t i = 0; i < count; i++) {
            if ((listing->level[articles[i] / 64] >> articles[i] % 64 & 1) == 0) {
                continue;
            }
            NN_TRY(offer(listing, (uint32_t)articles[i], exact));
            if (listing->behind) {
                return NUNCIO_OK;
            }
        }
        if (count == 0) {
            return NUNCIO_OK;
        }
    }
}

/* Ranks the articles of the level. Going through them costs about 16 looks at a rank each; in order
 * of ids one passes over article_count / count others for each that is kept. */
static nuncio_status rank_level(nn_listing *listing, uint64_t count, uint32_t exact)
{
    enum { RANKS_AN_ARTICLE = 16 };
    uint64_t kept = listing->ranking->max;
    bool many = count * count * RANKS_AN_ARTICLE > kept * listing->part->article_count;
    return many ? rank_many(listing, exact) : rank_few(listing, exact);
}

nuncio_status nn_walk_listed(nn_part *part, nn_ranking *ranking)
{
    nn_run *run = part->run;
    nn_listing listing = {.part = part, .ranking = ranking, .words = part->article_count / 64 + 1u};
    uint64_t *live = NULL;
    uint64_t left = 0;
    NN_TRY(find_live(&listing, &live, &left));
    ranking->total += left;
    listing.level = nn_arena_array(run->part_arena, listing.words, sizeof *listing.level);
    if (listing.level == NULL) {
        return nn_error_memory(run->error);
    }
    bool joins = run->options->variants != NUNCIO_VARIANTS_OFF && part->plan->shown != NULL;
    uint32_t filters = joins ? part->plan->shown->child_count : 0;
    run->trail.listed++;
    for (uint32_t exact = filters; left > 0 && ranking->max > 0; exact--) {
        uint64_t count = 0;
        NN_TRY(nn_run_step(run));
        for (size_t word = 0; word < listing.words; word++) {
            uint64_t bits = live[word];
            bits = bits == 0 ? 0 : at_level(part->plan, word, bits, filters, exact);
            listing.level[word] = bits;
            count += bits == 0 ? 0 : nn_popcount64(bits);
        }
        NN_TRY(count > 0 ? rank_level(&listing, count, exact) : NUNCIO_OK);
        left -= count;
    }
    return ranking->status;
}
