/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring the candidates of a window exactly. */
#include "query/walk/windows.h"

/* The exact score, from the frequencies, in the order of sums; *matches is false where a phrase
 * turns out not to occur that is required, or that nothing stands beside. */
static nuncio_status score_of(nn_windows *windows, uint32_t passage, double *score, bool *matches)
{
    nn_run *run = windows->part->run;
    double norm = run->passages.norms[windows->part->lengths[passage]];
    *score = 0.0;
    *matches = false;
    for (uint32_t place = 0; place < windows->count; place++) {
        nn_term *term = &windows->terms[windows->by_place[place]];
        uint32_t tf = nn_window_tf(term, passage);
        if (tf > 0 && term->confirmer != NULL) {
            bool occurs;
            tf = 0;
            if (term->phrase != NULL) {
                nn_matcher_stand(term->confirmer, passage);
            } else {
                NN_TRY(nn_matcher_approach(term->confirmer, run, passage));
            }
            NN_TRY(nn_matcher_confirm(term->confirmer, run, &occurs));
            if (occurs) {
                NN_TRY(nn_matcher_tf(term->confirmer, run, &tf));
            }
        }
        if (tf > 0) {
            *score += nn_bm25_contribution(term->weight, tf, norm);
            *matches = true;
        } else if (term->required) {
            *matches = false;
            return NUNCIO_OK;
        }
    }
    return NUNCIO_OK;
}

/* Deleted articles, and what the residue of the condition refuses. */
static nuncio_status ask(nn_windows *windows, uint32_t passage, bool *accepted)
{
    nn_part *part = windows->part;
    nn_condition *residue = part->plan->residue[windows->unit];
    uint32_t article = nn_segment_article_of(part->segment, passage);
    if (windows->unit == NN_UNIT_ARTICLE && article == windows->article) {
        *accepted = windows->accepted;
        return NUNCIO_OK;
    }
    *accepted = !nn_run_deleted(part->run, part->number, article);
    if (*accepted && residue != NULL) {
        uint32_t number = windows->unit == NN_UNIT_ARTICLE ? article : passage;
        NN_TRY(nn_condition_test(part, residue, windows->unit, number, accepted));
    }
    windows->article = article;
    windows->accepted = *accepted;
    return NUNCIO_OK;
}

/* What the condition asks beside the clauses is asked before scoring where it asks for nothing but
 * columns, which is cheaper; else behind. */
static nuncio_status ask_before(nn_windows *windows, uint32_t passage, bool *accepted)
{
    *accepted = true;
    return windows->columns_only ? ask(windows, passage, accepted) : NUNCIO_OK;
}

nuncio_status nn_window_rank(nn_windows *windows)
{
    nn_ranking *ranking = windows->ranking;
    for (uint32_t i = 0; i < windows->found_count; i++) {
        const nn_window_hit *hit = &windows->found[i];
        NN_TRY(nn_ranking_offer(ranking, windows->part->number, hit->passage, hit->score));
    }
    windows->found_count = 0;
    windows->threshold = ranking->threshold;
    return NUNCIO_OK;
}

/* A passage that matches, with its exact score. */
static nuncio_status offer(nn_windows *windows, uint32_t passage, double score)
{
    bool accepted = true;
    if (score < windows->threshold) {
        windows->ranking->total_exact = false;
        return NUNCIO_OK;
    }
    if (!windows->columns_only && !windows->sure) {
        NN_TRY(ask(windows, passage, &accepted));
    }
    if (!accepted) {
        return NUNCIO_OK;
    }
    windows->ranking->total++;
    if (windows->found_max > 0) {
        windows->found[windows->found_count++] = (nn_window_hit){score, passage};
        return windows->found_count < windows->found_max ? NUNCIO_OK : nn_window_rank(windows);
    }
    NN_TRY(nn_ranking_offer(windows->ranking, windows->part->number, passage, score));
    windows->threshold = windows->ranking->threshold;
    return NUNCIO_OK;
}

static nuncio_status score_candidate(nn_windows *windows, uint32_t passage)
{
    double score;
    bool accepted;
    NN_TRY(nn_run_step(windows->part->run));
    NN_TRY(ask_before(windows, passage, &accepted));
    if (accepted) {
        NN_TRY(score_of(windows, passage, &score, &accepted));
    }
    return accepted ? offer(windows, passage, score) : NUNCIO_OK;
}

static float sum_of(const nn_windows *windows, uint32_t passage)
{
    return windows->sums[passage - windows->first];
}

/* Whether a candidate can still reach the threshold, which has risen meanwhile. */
static bool is_wanted(const nn_windows *windows, uint32_t passage)
{
    return (double)sum_of(windows, passage) * NN_FLOAT_MARGIN >= windows->threshold;
}

/* Scores the candidates whose sums are in a range. */
static nuncio_status score_between(nn_windows *windows, double least, double end)
{
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint32_t passage = windows->candidates[i];
        double sum = (double)sum_of(windows, passage);
        if (sum < least || sum >= end) {
            continue;
        }
        if (is_wanted(windows, passage)) {
            NN_TRY(score_candidate(windows, passage));
        } else {
            windows->ranking->total_exact = false;
        }
    }
    return NUNCIO_OK;
}

/* What the best sums so far reach, as many as hits are wanted; -1: there are not so many yet. */
static double raise_floor(nn_windows *windows)
{
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        nn_floor_count(&windows->floor, sum_of(windows, windows->candidates[i]));
    }
    return nn_floor_raise(&windows->floor);
}

/* A phrase alone: the positions of several candidates are read at once, of those that the threshold
 * leaves when their turn comes. */
static nuncio_status score_phrase(nn_windows *windows, const nn_term *term)
{
    nn_run *run = windows->part->run;
    const uint8_t *lengths = windows->part->lengths;
    for (uint32_t at = 0; at < windows->candidate_count;) {
        uint32_t docs[NN_PHRASE_BATCH], tfs[NN_PHRASE_BATCH], count = 0;
        for (; at < windows->candidate_count && count < NN_PHRASE_BATCH; at++) {
            uint32_t passage = windows->candidates[at];
            bool accepted = is_wanted(windows, passage);
            windows->ranking->total_exact = windows->ranking->total_exact && accepted;
            if (accepted) {
                NN_TRY(ask_before(windows, passage, &accepted));
            }
            docs[count] = passage;
            count += accepted ? 1 : 0;
        }
        NN_TRY(nn_phrase_read(term->reader, run, docs, count, tfs));
        for (uint32_t i = 0; i < count; i++) {
            double norm = run->passages.norms[lengths[docs[i]]];
            if (tfs[i] > 0) {
                NN_TRY(offer(windows, docs[i], nn_bm25_contribution(term->weight, tfs[i], norm)));
            }
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_window_score(nn_windows *windows)
{
    if (windows->count == 1 && windows->terms[0].reader != NULL) {
        return score_phrase(windows, &windows->terms[0]);
    }
    if (windows->in_order) {
        return score_between(windows, -HUGE_VAL, HUGE_VAL);
    }
    double floor = raise_floor(windows);
    if (windows->sure) {
        windows->part->run->trail.floored++;
        nn_ranking_raise(windows->ranking, floor * (1.0 / NN_FLOAT_MARGIN));
        windows->threshold = windows->ranking->threshold;
        return score_between(windows, -HUGE_VAL, HUGE_VAL);
    }
    windows->part->run->trail.best_first++;
    /* The best first: the threshold rises as fast as it can, and most others are not scored. */
    NN_TRY(score_between(windows, floor, HUGE_VAL));
    return score_between(windows, -HUGE_VAL, floor);
}
