/* SPDX-License-Identifier: Apache-2.0 */
/* Searching along few postings: passage by passage, since bounds of strips would cost more than
 * they save.
 *
 * Of clauses any of which will do, the one that stands earliest proposes the next passage; of those
 * that are required the rarest does, and the others agree or propose a later one. Positions are
 * read where the frequencies of words allow a score that is wanted. */
#include "query/walk.h"

enum {
    POSTINGS_FEW = 1024, /* of all clauses, or */
    RAREST_FEW = 2048    /* of the rarest that is required */
};

/* A scoring clause in the current segment. */
typedef struct nn_few_term {
    nn_matcher *matcher;
    nn_slot_walk *slot; /* of a word; else NULL, and the matcher has to confirm each passage */
    double weight;
    double max; /* no passage gets more from it */
    bool required;
    uint32_t tf; /* in the passage at hand; until it is confirmed, the same or more */
} nn_few_term;

typedef struct nn_few {
    nn_part *part;
    nn_ranking *ranking;
    nn_few_term *terms; /* in the order of sums */
    uint32_t count;
    nn_few_term *rarest; /* of those required; NULL: none is */
} nn_few;

bool nn_is_few(const nn_part *part, nn_unit unit)
{
    uint64_t all = 0;
    uint64_t rarest = UINT64_MAX;
    for (uint32_t i = 0; i < part->plan->clause_count; i++) {
        const nn_clause *clause = part->plan->clauses[i];
        uint64_t cost = part->matchers[i]->cost;
        all += clause->scoring ? cost : 0;
        if (unit == NN_UNIT_PASSAGE && clause->scoring && clause->required && cost < rarest) {
            rarest = cost;
        }
    }
    return rarest == UINT64_MAX ? all <= POSTINGS_FEW : rarest <= RAREST_FEW;
}

/* Opens the clauses that may occur in the segment; *none: one that is required does not. */
static nuncio_status open_terms(nn_few *few, nn_unit unit, bool *none)
{
    nn_scorers scorers;
    nn_part *part = few->part;
    NN_TRY(nn_scorers_open(part, &scorers));
    few->terms = nn_arena_alloc(part->run->part_arena, scorers.count * sizeof *few->terms);
    if (few->terms == NULL) {
        return nn_error_memory(part->run->error);
    }
    *none = false;
    for (uint32_t i = 0; i < scorers.count; i++) {
        const nn_scorer *scorer = &scorers.items[i];
        nn_matcher *matcher = scorer->matcher;
        nn_few_term *term = &few->terms[few->count];
        bool required = unit == NN_UNIT_PASSAGE && scorer->clause->required;
        if (matcher->doc == NN_DOC_END) {
            *none = *none || required;
            continue;
        }
        *term = (nn_few_term){.matcher = matcher, .weight = scorer->weight, .required = required};
        term->slot = matcher->sure ? &matcher->slots[0] : NULL;
        NN_TRY(nn_matcher_max(matcher, part->run, &term->max));
        term->max *= term->weight;
        few->count++;
        bool rarer = few->rarest == NULL || matcher->cost < few->rarest->matcher->cost;
        few->rarest = required && rarer ? term : few->rarest;
    }
    return NUNCIO_OK;
}

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

/* The next passage that may be a hit, from `target` on. */
static nuncio_status next_passage(nn_few *few, uint32_t target, uint32_t *passage)
{
    nn_run *run = few->part->run;
    nn_few_term *lead = few->rarest;
    *passage = NN_DOC_END;
    if (lead == NULL) {
        for (uint32_t i = 0; i < few->count; i++) {
            NN_TRY(advance(run, &few->terms[i], target));
            *passage = doc_of(&few->terms[i]) < *passage ? doc_of(&few->terms[i]) : *passage;
        }
        return NUNCIO_OK;
    }
    NN_TRY(advance(run, lead, target));
    for (uint32_t i = 0; i < few->count && doc_of(lead) != NN_DOC_END;) {
        nn_few_term *term = &few->terms[i];
        if (!term->required || term == lead) {
            i++;
            continue;
        }
        NN_TRY(nn_run_step(run));
        NN_TRY(advance(run, term, doc_of(lead)));
        if (doc_of(term) == doc_of(lead)) {
            i++;
        } else { /* behind the last passage that all of them can hold */
            NN_TRY(advance(run, lead, doc_of(term)));
            i = 0;
        }
    }
    *passage = doc_of(lead);
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
        if (few->rarest != NULL && !term->required) {
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
    if (few->rarest != NULL && !term->required) {
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
    bool deleted = run->snapshot->parts[part->number].deletes != NULL &&
                   nn_run_deleted(run, part->number, nn_segment_article_of(part->segment, passage));
    if (!matches || deleted) {
        return NUNCIO_OK;
    }
    few->ranking->total++;
    return nn_ranking_offer(few->ranking, part->number, passage, score);
}

nuncio_status nn_walk_few(nn_part *part, nn_unit unit, nn_ranking *ranking)
{
    nn_few few = {.part = part, .ranking = ranking};
    bool none = false;
    uint32_t passage = 0;
    part->run->trail.few++;
    NN_TRY(open_terms(&few, unit, &none));
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
