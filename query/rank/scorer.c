/* SPDX-License-Identifier: Apache-2.0 */
#include "query/rank/scorer.h"

#include "query/match/quotes.h"

nuncio_status nn_scorers_open(nn_part *part, nn_scorers *out)
{
    const nn_plan *plan = part->plan;
    *out = (nn_scorers){0};
    out->items =
        nn_arena_array(part->run->part_arena, plan->scoring_count + 1u, sizeof *out->items);
    if (out->items == NULL) {
        return nn_error_memory(part->run->error);
    }
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        const nn_clause *clause = plan->clauses[i];
        if (clause->scoring) {
            double weight = clause->in_quote ? clause->quote_weight : clause->passage_weight;
            out->items[out->count++] = (nn_scorer){clause, part->matchers[i], weight};
            out->guarded = out->guarded || clause->guard != 0;
        }
    }
    out->quotes =
        nn_arena_array(part->run->part_arena, plan->guard_count + 1u, sizeof *out->quotes);
    if (out->quotes == NULL) {
        return nn_error_memory(part->run->error);
    }
    for (uint32_t i = 1; i <= plan->guard_count; i++) {
        if (plan->guards[i].quote && plan->guards[i].scoring) {
            out->quotes[out->quote_count++] = i;
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_scorer_tf(nn_part *part, const nn_scorer *scorer, uint32_t passage, uint32_t *tf)
{
    *tf = 0;
    uint32_t guard = scorer->clause->guard;
    if (guard != 0) {
        bool holds;
        NN_TRY(nn_guard_test(part, guard, passage, &holds));
        if (!holds) {
            return NUNCIO_OK;
        }
    }
    NN_TRY(nn_matcher_seek(scorer->matcher, part->run, passage));
    if (scorer->matcher->doc != passage) {
        return NUNCIO_OK;
    }
    if (guard == 0 || !part->plan->guards[guard].quote) {
        return nn_matcher_tf(scorer->matcher, part->run, tf);
    }
    NN_TRY(nn_matcher_occurrences(scorer->matcher, part->run));
    for (uint32_t i = 0; i < scorer->matcher->occurrence_count; i++) {
        *tf += nn_scorer_counts(part, scorer, scorer->matcher->occurrences[i]) ? 1 : 0;
    }
    return NUNCIO_OK;
}

bool nn_scorer_counts(const nn_part *part, const nn_scorer *scorer, nn_occurrence occurrence)
{
    uint32_t guard = scorer->clause->guard;
    return guard == 0 || !part->plan->guards[guard].quote ||
           nn_quotes_hold(part->guards[guard].quotes, scorer->matcher->doc, occurrence);
}

nuncio_status nn_scorers_quote(nn_part *part, uint32_t number, uint32_t passage, double *score,
                               bool *scores)
{
    bool holds;
    *score = 0.0;
    NN_TRY(nn_guard_test(part, number, passage, &holds));
    *scores = holds && nn_guard_quote_score(part, number, passage, score);
    return NUNCIO_OK;
}

nuncio_status nn_scorers_score(nn_part *part, const nn_scorers *scorers, uint32_t passage,
                               double *score, bool *matches, uint32_t *tfs)
{
    *score = 0.0;
    *matches = false;
    double norm = part->run->passages.norms[part->lengths[passage]];
    for (uint32_t i = 0; i < scorers->count; i++) {
        uint32_t tf = 0;
        if (!scorers->items[i].clause->in_quote) {
            NN_TRY(nn_scorer_tf(part, &scorers->items[i], passage, &tf));
        }
        if (tfs != NULL) {
            tfs[i] = tf;
        }
        if (tf > 0) {
            *score += nn_bm25_contribution(scorers->items[i].weight, tf, norm);
            *matches = true;
        }
    }
    for (uint32_t i = 0; i < scorers->quote_count; i++) {
        double added;
        bool scores;
        NN_TRY(nn_scorers_quote(part, scorers->quotes[i], passage, &added, &scores));
        *score += scores ? added : 0.0;
        *matches = *matches || scores;
    }
    return NUNCIO_OK;
}

nuncio_status nn_scorers_next(nn_part *part, const nn_scorers *scorers, uint32_t target,
                              uint32_t *found)
{
    *found = NN_DOC_END;
    for (uint32_t i = 0; i < scorers->count && *found != target; i++) {
        nn_matcher *matcher = scorers->items[i].matcher;
        uint32_t guard = scorers->items[i].clause->guard;
        uint32_t doc;
        if (guard != 0) {
            NN_TRY(nn_guard_seek(part, guard, target));
            doc = part->guards[guard].doc;
        } else {
            NN_TRY(nn_matcher_seek(matcher, part->run, target));
            doc = matcher->doc;
        }
        *found = doc < *found ? doc : *found;
    }
    return NUNCIO_OK;
}

nuncio_status nn_scorers_bound(nn_part *part, const nn_scorers *scorers, uint32_t target,
                               uint32_t *last, double *bound)
{
    *last = NN_DOC_END;
    *bound = 0.0;
    for (uint32_t i = 0; i < scorers->count; i++) {
        uint32_t scorer_last;
        double value;
        if (scorers->items[i].clause->in_quote) { /* a quote may be longer or shorter */
            *bound += scorers->items[i].weight;
            continue;
        }
        NN_TRY(
            nn_matcher_bound(scorers->items[i].matcher, part->run, target, &scorer_last, &value));
        *bound += scorers->items[i].weight * value;
        *last = scorer_last < *last ? scorer_last : *last;
    }
    *bound *= NN_BOUND_SLACK;
    return NUNCIO_OK;
}
