/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring the candidates of a window exactly. */
#include "query/walk/windows.h"

enum { SORTED_FEW = 8 /* so few candidates are scored as they come */ };

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

/* A passage that matches, with its exact score. */
static nuncio_status offer(nn_windows *windows, uint32_t passage, double score)
{
    bool accepted = true;
    if (score < windows->threshold) {
        windows->ranking->total_exact = false;
        return NUNCIO_OK;
    }
    if (!windows->columns_only) {
        NN_TRY(ask(windows, passage, &accepted));
    }
    if (!accepted) {
        return NUNCIO_OK;
    }
    windows->ranking->total++;
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

/* Restores the heap, highest sum first, below `i`. */
static void sift_down(nn_windows *windows, uint32_t i)
{
    uint32_t *heap = windows->candidates;
    uint32_t moved = heap[i];
    for (uint32_t child; (child = 2 * i + 1) < windows->candidate_count; i = child) {
        bool right = child + 1 < windows->candidate_count &&
                     sum_of(windows, heap[child + 1]) > sum_of(windows, heap[child]);
        child += right ? 1 : 0;
        if (sum_of(windows, heap[child]) <= sum_of(windows, moved)) {
            break;
        }
        heap[i] = heap[child];
    }
    heap[i] = moved;
}

/* The best first: the threshold rises as fast as it can, and the others are not scored at all. */
static nuncio_status score_best_first(nn_windows *windows)
{
    for (uint32_t i = windows->candidate_count / 2; i-- > 0;) {
        sift_down(windows, i);
    }
    while (windows->candidate_count > 0) {
        uint32_t passage = windows->candidates[0];
        if (!is_wanted(windows, passage)) {
            windows->ranking->total_exact = false;
            return NUNCIO_OK;
        }
        NN_TRY(score_candidate(windows, passage));
        windows->candidates[0] = windows->candidates[--windows->candidate_count];
        sift_down(windows, 0);
    }
    return NUNCIO_OK;
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
    if (!windows->in_order && windows->candidate_count > SORTED_FEW) {
        windows->part->run->trail.best_first++;
        return score_best_first(windows);
    }
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        if (is_wanted(windows, windows->candidates[i])) {
            NN_TRY(score_candidate(windows, windows->candidates[i]));
        } else {
            windows->ranking->total_exact = false;
        }
    }
    return NUNCIO_OK;
}
