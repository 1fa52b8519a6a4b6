/* SPDX-License-Identifier: Apache-2.0 */
/* Searching along few postings, or those in few passages: passage by passage, since bounds of
 * strips would cost more than they save.
 *
 * Of clauses any of which will do, the one that stands earliest proposes the next passage. Where
 * some are required, of all their words the rarest does, and the others agree or propose a later
 * one; where what the rarest can score beside the most of all others is below the threshold, they
 * are not asked. What a filter leaves comes before either: the lists go from one run of such
 * passages to the next. Where the article must hold clauses, and nothing else is asked of it, the
 * rarest of these proposes articles, and the passages of one that holds all are gone through as if
 * any clause would do. Positions are read where the frequencies of words allow a score that is
 * wanted; what else the condition asks is asked last. */
#include "query/match/filter.h"
#include "query/walk/few.h"

static uint32_t doc_of(const nn_few_term *term)
{
    return term->slot != NULL ? term->slot->doc : term->matcher->doc;
}

static nuncio_status advance(nn_run *run, nn_few_term *term, uint32_t target)
{
    if (doc_of(term) >= target) {
        return NUNCIO_OK;
    }
    if (term->slot != NULL && term->slot->count == 1 && doc_of(term) + 1 == target) {
        nn_postings *postings = &term->slot->lists[0].postings; /* usual: on to the next posting */
        NN_TRY(nn_postings_next(postings, run->error));
        term->slot->doc = postings->doc;
        return NUNCIO_OK;
    }
    return term->slot != NULL ? nn_slot_advance(term->slot, run, target)
                              : nn_matcher_approach(term->matcher, run, target);
}

/* To the lead's first passage from where it stands that may score enough. */
static nuncio_status skip_weak(nn_few *few)
{
    nn_part *part = few->part;
    nn_run *run = part->run;
    nn_slot_walk *word = few->words[0];
    const nn_few_term *lead = few->lead;
    double needed = few->ranking->threshold;
    while (lead != NULL && needed > 0.0 && word->doc != NN_DOC_END) {
        NN_TRY(nn_run_step(run));
        if (word->doc > few->block_last || few->block_last == NN_DOC_END) {
            NN_TRY(nn_slot_bound(word, run, word->doc, &few->block_last, &few->block_bound));
        }
        if ((lead->weight * few->block_bound + few->beside) * NN_BOUND_SLACK < needed) {
            few->ranking->total_exact = false;
            NN_TRY(nn_slot_advance(
                word, run, few->block_last == NN_DOC_END ? NN_DOC_END : few->block_last + 1));
            continue;
        }
        uint32_t tf;
        NN_TRY(nn_slot_tf_most(word, run, &tf));
        double norm = run->passages.norms[part->lengths[word->doc]];
        double own = nn_bm25_contribution(lead->weight, tf, norm);
        if ((own + few->beside) * NN_BOUND_SLACK >= needed) {
            break;
        }
        few->ranking->total_exact = false;
        NN_TRY(nn_slot_advance(word, run, word->doc + 1));
    }
    return NUNCIO_OK;
}

/* The next passage from `target` on that holds all words. */
static nuncio_status next_common(nn_few *few, uint32_t target, uint32_t *passage)
{
    nn_run *run = few->part->run;
    nn_slot_walk *lead = few->words[0];
    NN_TRY(nn_slot_advance(lead, run, target));
    NN_TRY(skip_weak(few));
    for (uint32_t i = 1; i < few->word_count && lead->doc != NN_DOC_END;) {
        nn_slot_walk *word = few->words[i];
        NN_TRY(nn_slot_advance(word, run, lead->doc));
        if (word->doc == lead->doc) {
            i++;
        } else { /* behind the last passage that all of them can hold */
            NN_TRY(nn_run_step(run));
            NN_TRY(nn_slot_advance(lead, run, word->doc));
            NN_TRY(skip_weak(few));
            i = 1;
        }
    }
    *passage = lead->doc;
    for (uint32_t i = 0; i < few->count && lead->doc != NN_DOC_END; i++) {
        if (few->terms[i].required) {
            nn_matcher_stand(few->terms[i].matcher, lead->doc);
        }
    }
    return NUNCIO_OK;
}

/* The next passage that the clauses allow to be a hit, from `target` on. */
static nuncio_status next_match(nn_few *few, uint32_t target, uint32_t *passage)
{
    if (few->word_count > 0) {
        return next_common(few, target, passage);
    }
    *passage = NN_DOC_END;
    for (uint32_t i = 0; i < few->count; i++) {
        NN_TRY(advance(few->part->run, &few->terms[i], target));
        *passage = doc_of(&few->terms[i]) < *passage ? doc_of(&few->terms[i]) : *passage;
    }
    return NUNCIO_OK;
}

/* To the first passage from `target` on in which the clause does occur. */
static nuncio_status seek(nn_run *run, nn_few_term *term, uint32_t target)
{
    return term->slot != NULL ? advance(run, term, target)
                              : nn_matcher_seek(term->matcher, run, target);
}

/* Asks the other clauses whether the article of the rarest one's passage holds them. *target: where
 * to go on if not; NN_DOC_END: no other article does. */
static nuncio_status ask_article(nn_few *few, bool *agreed, uint32_t *target)
{
    const nn_segment *segment = few->part->segment;
    uint32_t article = nn_segment_article_of(segment, doc_of(few->rarest));
    few->article.first = nn_segment_first_passage(segment, article);
    few->article.end = nn_segment_first_passage(segment, article + 1);
    *agreed = true;
    for (uint32_t i = 0; i < few->count && *agreed; i++) {
        nn_few_term *term = &few->terms[i];
        if (!term->in_article || term == few->rarest) {
            continue;
        }
        NN_TRY(seek(few->part->run, term, few->article.first));
        uint32_t doc = doc_of(term);
        if (doc >= few->article.end) {
            *agreed = false;
            *target = doc;
            if (doc != NN_DOC_END) {
                *target = nn_segment_first_passage(segment, nn_segment_article_of(segment, doc));
            }
        }
    }
    return NUNCIO_OK;
}

/* To the next article, from passage `target` on, that holds what it must. Passages without the
 * rarest clause score no more than the others together: where that is below the threshold, only
 * articles are looked at that have a passage in which the rarest scores enough. */
static nuncio_status next_article(nn_few *few, uint32_t target)
{
    nn_run *run = few->part->run;
    for (bool agreed = false; !agreed;) {
        NN_TRY(nn_run_step(run));
        NN_TRY(seek(run, few->rarest, target));
        if (few->beside * NN_BOUND_SLACK < few->ranking->threshold) {
            NN_TRY(skip_weak(few));
        }
        if (doc_of(few->rarest) == NN_DOC_END) {
            few->article = (nn_range){NN_DOC_END, NN_DOC_END};
            return NUNCIO_OK;
        }
        NN_TRY(ask_article(few, &agreed, &target));
    }
    return NUNCIO_OK;
}

/* The next passage, from `target` on, of an article that holds what it must. */
static nuncio_status next_in_articles(nn_few *few, uint32_t target, uint32_t *passage)
{
    while (few->article.first != NN_DOC_END) {
        if (target < few->article.end) {
            NN_TRY(next_match(few, target, passage));
            if (*passage < few->article.end) {
                return NUNCIO_OK;
            }
        }
        NN_TRY(next_article(few, few->article.end));
        target = few->article.first;
    }
    *passage = NN_DOC_END;
    return NUNCIO_OK;
}

/* The next passage that may be a hit, from `target` on. */
static nuncio_status next_passage(nn_few *few, uint32_t target, uint32_t *passage)
{
    nn_part *part = few->part;
    if (few->rarest != NULL) {
        return next_in_articles(few, target, passage);
    }
    if (few->filter == NULL) {
        return next_match(few, target, passage);
    }
    for (*passage = target; *passage < part->passage_count;) {
        if (*passage >= few->left.end) {
            nn_filter_run(part, few->filter->walk, *passage, &few->left.first, &few->left.end);
            *passage = few->left.first;
        }
        NN_TRY(nn_run_step(part->run));
        NN_TRY(*passage == NN_DOC_END ? NUNCIO_OK : next_match(few, *passage, passage));
        if (*passage < few->left.end) {
            return NUNCIO_OK;
        }
    }
    *passage = NN_DOC_END;
    return NUNCIO_OK;
}

/* Frequencies of what stands in the passage without a look at positions, and what the score can be
 * at most: optional clauses beside required ones count by their maximum until they are looked up.
 */
static nuncio_status bound_passage(nn_few *few, uint32_t passage, double *bound)
{
    nn_run *run = few->part->run;
    double norm = run->passages.norms[few->part->lengths[passage]];
    *bound = 0.0;
    for (uint32_t i = 0; i < few->count; i++) {
        nn_few_term *term = &few->terms[i];
        term->tf = 0;
        if (few->word_count > 0 && !term->required) {
            *bound += term->max;
        } else if (doc_of(term) == passage) {
            NN_TRY(term->slot != NULL ? nn_slot_tf(term->slot, run, &term->tf)
                                      : nn_matcher_tf_most(term->matcher, run, &term->tf));
            *bound += nn_bm25_contribution(term->weight, term->tf, norm);
        }
    }
    *bound *= NN_BOUND_SLACK;
    return NUNCIO_OK;
}

/* The frequency of a clause, once more where it was only bounded. */
static nuncio_status confirm(const nn_few *few, nn_few_term *term, uint32_t passage)
{
    nn_run *run = few->part->run;
    bool occurs;
    if (few->word_count > 0 && !term->required) {
        NN_TRY(advance(run, term, passage));
        if (doc_of(term) == passage && term->slot != NULL) {
            NN_TRY(nn_slot_tf(term->slot, run, &term->tf));
        }
    }
    if (term->slot != NULL || doc_of(term) != passage) {
        return NUNCIO_OK;
    }
    term->tf = 0;
    NN_TRY(nn_matcher_confirm(term->matcher, run, &occurs));
    return occurs ? nn_matcher_tf(term->matcher, run, &term->tf) : NUNCIO_OK;
}

/* Deleted articles, and what the residue of the condition refuses. */
static nuncio_status ask(const nn_few *few, uint32_t passage, bool *accepted)
{
    nn_part *part = few->part;
    nn_condition *residue = few->rarest == NULL ? part->plan->residue[few->unit] : NULL;
    *accepted = true;
    if (residue == NULL && part->run->snapshot->parts[part->number].deletes == NULL) {
        return NUNCIO_OK;
    }
    uint32_t article = nn_segment_article_of(part->segment, passage);
    *accepted = !nn_run_deleted(part->run, part->number, article);
    if (*accepted && residue != NULL) {
        uint32_t number = few->unit == NN_UNIT_ARTICLE ? article : passage;
        NN_TRY(nn_condition_test(part, residue, few->unit, number, accepted));
    }
    return NUNCIO_OK;
}

static nuncio_status score_passage(nn_few *few, uint32_t passage)
{
    nn_part *part = few->part;
    nn_run *run = part->run;
    double bound;
    NN_TRY(nn_run_step(run));
    NN_TRY(bound_passage(few, passage, &bound));
    if (bound < few->ranking->threshold) {
        few->ranking->total_exact = false;
        return NUNCIO_OK;
    }
    double norm = run->passages.norms[part->lengths[passage]];
    double score = 0.0;
    bool matches = false;
    for (uint32_t i = 0; i < few->count; i++) {
        nn_few_term *term = &few->terms[i];
        NN_TRY(confirm(few, term, passage));
        if (term->tf > 0) {
            score += nn_bm25_contribution(term->weight, term->tf, norm);
            matches = true;
        } else if (term->required) {
            return NUNCIO_OK;
        }
    }
    if (matches && score < few->ranking->threshold) {
        few->ranking->total_exact = false;
        matches = false;
    }
    if (matches) {
        NN_TRY(ask(few, passage, &matches));
    }
    if (!matches) {
        return NUNCIO_OK;
    }
    few->ranking->total++;
    return nn_ranking_offer(few->ranking, part->number, passage, score);
}

nuncio_status nn_walk_few(nn_part *part, nn_unit unit, nn_ranking *ranking)
{
    nn_few few = {.part = part, .ranking = ranking, .unit = unit, .block_last = NN_DOC_END};
    few.filter = nn_filter_narrowest(part->plan->residue[unit]);
    bool none = false;
    uint32_t passage = 0;
    part->run->trail.few++;
    part->run->trail.left += few.filter != NULL;
    NN_TRY(nn_few_open(&few, &none));
    if (none) {
        return NUNCIO_OK;
    }
    NN_TRY(next_passage(&few, 0, &passage));
    while (passage != NN_DOC_END) {
        NN_TRY(score_passage(&few, passage));
        NN_TRY(next_passage(&few, passage + 1, &passage));
    }
    return NUNCIO_OK;
}
