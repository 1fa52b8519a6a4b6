/* SPDX-License-Identifier: Apache-2.0 */
/* By quote: article by article, those that may hold a quote that fulfils the query and reaches the
 * threshold.
 *
 * A clause adds less to a score than its weight. The clauses of least weight whose weights together
 * stay below the threshold cannot make a hit by themselves: an article in which none of the others
 * occurs is passed over. */
#include "query/match/quotes.h"
#include "query/walk/walk.h"

/* The scoring clauses, lightest first. */
typedef struct nn_ladder {
    const nn_quote_clause **clauses;
    double *sums; /* of the weights of the first 0, 1, 2 … */
    uint32_t count;
} nn_ladder;

static nuncio_status make_ladder(nn_part *part, nn_ladder *out)
{
    const nn_quote_walk *walk = part->quotes;
    nn_arena *arena = part->run->part_arena;
    *out = (nn_ladder){0};
    out->clauses = nn_arena_array(arena, walk->clause_count + 1u, sizeof *out->clauses);
    out->sums = nn_arena_array(arena, walk->clause_count + 1u, sizeof *out->sums);
    if (out->clauses == NULL || out->sums == NULL) {
        return nn_error_memory(part->run->error);
    }
    for (uint32_t i = 0; i < walk->clause_count; i++) {
        const nn_quote_clause *clause = &walk->clauses[i];
        uint32_t place = out->count;
        if (!clause->clause->scoring) {
            continue;
        }
        while (place > 0 &&
               out->clauses[place - 1]->clause->quote_weight > clause->clause->quote_weight) {
            out->clauses[place] = out->clauses[place - 1];
            place--;
        }
        out->clauses[place] = clause;
        out->count++;
    }
    for (uint32_t i = 0; i < out->count; i++) {
        out->sums[i + 1] = out->sums[i] + out->clauses[i]->clause->quote_weight;
    }
    return NUNCIO_OK;
}

/* The first article ≥ `article` in which a clause occurs that the lighter ones cannot do without.
 */
static nuncio_status next_reaching(nn_part *part, const nn_ladder *ladder, double threshold,
                                   uint32_t article, uint32_t *found)
{
    uint32_t passage = nn_segment_first_passage(part->segment, article);
    uint32_t first = NN_DOC_END;
    *found = NN_DOC_END;
    for (uint32_t i = ladder->count; i-- > 0;) {
        if (ladder->sums[i + 1] * NN_BOUND_SLACK < threshold) {
            break; /* this one and all lighter ones together do not reach it */
        }
        nn_matcher *matcher = ladder->clauses[i]->matcher;
        NN_TRY(nn_matcher_approach(matcher, part->run, passage));
        first = matcher->doc < first ? matcher->doc : first;
    }
    if (first != NN_DOC_END) {
        *found = nn_segment_article_of(part->segment, first);
    }
    return NUNCIO_OK;
}

/* The first article ≥ `article` that may hold a hit; NN_DOC_END: none. */
static nuncio_status next_article(nn_part *part, const nn_ladder *ladder, nn_ranking *ranking,
                                  uint32_t article, uint32_t *found)
{
    nn_run *run = part->run;
    bool prunes = !run->exhaustive && ladder->count > 0;
    nn_condition *wanted = part->plan->quote_condition;
    for (uint32_t target = article;;) {
        *found = NN_DOC_END;
        NN_TRY(nn_run_step(run));
        if (wanted != NULL && target < part->article_count) {
            NN_TRY(nn_condition_next(part, wanted, NN_UNIT_ARTICLE, target, &target));
        }
        if (target >= part->article_count) {
            return NUNCIO_OK;
        }
        NN_TRY(nn_article_quotes_find(&part->quotes->quotes, target, run->error));
        if (part->quotes->quotes.count == 0) {
            NN_TRY(nn_article_quotes_behind(&part->quotes->quotes, &target, run->error));
            continue;
        }
        uint32_t reaching = target;
        if (prunes && ranking->threshold >= 0.0) {
            NN_TRY(next_reaching(part, ladder, ranking->threshold, target, &reaching));
        }
        *found = target;
        if (reaching == target) {
            return NUNCIO_OK;
        }
        ranking->total_exact = false;
        target = reaching;
    }
}

/* Whether a quote lies in a longer one that is a hit too, or in one of the same words before it. */
static bool is_within_another(const nn_quote_walk *walk, uint32_t quote, uint8_t state)
{
    const nn_article_quotes *quotes = &walk->quotes;
    uint32_t start = quotes->starts[quote], end = quotes->ends[quote];
    nn_quote_holders holders = nn_quote_holders_of_range(quotes, start, end);
    uint32_t other = 0;
    while (nn_quote_holders_next(&holders, &other)) {
        bool longer = quotes->ends[other] - quotes->starts[other] > end - start;
        if ((walk->states[other] & state) == state && (longer || other < quote)) {
            return true;
        }
    }
    return false;
}

static nuncio_status offer_quotes(nn_part *part, nn_ranking *ranking, bool scored)
{
    const nn_quote_walk *walk = part->quotes;
    uint8_t state = (uint8_t)(NN_QUOTE_HOLDS | (scored ? NN_QUOTE_SCORES : 0));
    for (uint32_t i = 0; i < walk->quotes.count; i++) {
        if ((walk->states[i] & state) != state || is_within_another(walk, i, state)) {
            continue;
        }
        ranking->total++;
        NN_TRY(nn_ranking_offer(ranking, part->number, walk->quotes.first + i, walk->scores[i]));
    }
    return NUNCIO_OK;
}

nuncio_status nn_walk_quotes(nn_part *part, nn_ranking *ranking)
{
    nn_ladder ladder;
    NN_TRY(make_ladder(part, &ladder));
    for (uint32_t article = 0;; article++) {
        NN_TRY(next_article(part, &ladder, ranking, article, &article));
        if (article == NN_DOC_END) {
            return NUNCIO_OK;
        }
        if (nn_run_deleted(part->run, part->number, article)) {
            continue;
        }
        NN_TRY(nn_quotes_enter(part, part->quotes, article));
        if (part->quotes->hold_count > 0) {
            NN_TRY(offer_quotes(part, ranking, ladder.count > 0));
        }
    }
}
