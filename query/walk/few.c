/* SPDX-License-Identifier: Apache-2.0 */
/* Whether few postings are to be read, and opening them. */
#include "query/walk/few.h"

#include "core/assert.h"
#include "query/match/filter.h"

enum {
    POSTINGS_FEW = 1024, /* of all clauses, or */
    RAREST_FEW = 2048,   /* of the rarest that is required; */
    LEFT_FEW = 8192,     /* passages that a filter leaves, or */
    LEFT_SHARE = 64      /* less of them than one for so many postings, whose bounds cost more */
};

/* Whether all that the residue asks of an article is to hold clauses that score. */
static bool asks_for_clauses(const nn_plan *plan, nn_unit unit)
{
    const nn_condition *residue = plan->residue[unit];
    bool clauses = residue != NULL && unit == NN_UNIT_ARTICLE;
    for (uint32_t i = 0; clauses && i < residue->child_count; i++) {
        const nn_condition *child = residue->children[i];
        clauses = child->kind == NN_CONDITION_CLAUSE && child->clause->scoring;
    }
    return clauses;
}

/* A clause that the residue, which asks for clauses, wants an article to hold. */
static bool is_in_article(const nn_plan *plan, const nn_clause *clause, nn_unit unit)
{
    const nn_condition *residue = plan->residue[unit];
    for (uint32_t i = 0; i < residue->child_count; i++) {
        if (residue->children[i]->clause == clause) {
            return true;
        }
    }
    return false;
}

/* A clause without which a passage is no hit. */
static bool is_required(const nn_plan *plan, const nn_clause *clause, nn_unit unit)
{
    return plan->scoring_count == 1 || (unit == NN_UNIT_PASSAGE && clause->required);
}

bool nn_is_few(const nn_part *part, nn_unit unit)
{
    const nn_condition *residue = part->plan->residue[unit];
    const nn_condition *filter = nn_filter_narrowest(residue);
    bool asks = asks_for_clauses(part->plan, unit);
    uint64_t all = 0;
    uint64_t rarest = UINT64_MAX;
    for (uint32_t i = 0; i < part->plan->clause_count; i++) {
        const nn_clause *clause = part->plan->clauses[i];
        uint64_t cost = part->matchers[i]->cost;
        all += clause->scoring ? cost : 0;
        bool alone = part->plan->scoring_count == 1 && part->matchers[i]->sure; /* has no others */
        bool required = is_required(part->plan, clause, unit) ||
                        (asks && is_in_article(part->plan, clause, unit));
        if (clause->scoring && required && !alone && cost < rarest) {
            rarest = cost;
        }
    }
    if (residue != NULL && !asks) {
        return filter != NULL && (filter->cost <= LEFT_FEW || filter->cost <= all / LEFT_SHARE);
    }
    return rarest == UINT64_MAX ? all <= POSTINGS_FEW : rarest <= RAREST_FEW;
}

static uint32_t count_words(const nn_matcher *matcher)
{
    return matcher->left != NULL ? count_words(matcher->left) + count_words(matcher->right)
                                 : matcher->slot_count;
}

/* Adds the words of a required clause to those a passage must hold; the clause occurs no more often
 * than any of them, else `term` is NULL. */
static void add_words(nn_few *few, nn_few_term *term, const nn_matcher *matcher)
{
    if (matcher->left != NULL) {
        add_words(few, term, matcher->left);
        add_words(few, NULL, matcher->right); /* how often it occurs says nothing */
    }
    for (uint32_t i = 0; i < matcher->slot_count; i++) {
        nn_slot_walk *word = &matcher->slots[i];
        uint32_t place = few->word_count++;
        for (; place > 0 && few->words[place - 1]->cost > word->cost; place--) {
            few->words[place] = few->words[place - 1];
        }
        few->words[place] = word;
        few->lead = place == 0 ? term : few->lead;
    }
}

static nuncio_status open_words(nn_few *few)
{
    nn_run *run = few->part->run;
    uint32_t count = 0;
    for (uint32_t i = 0; i < few->count; i++) {
        count += few->terms[i].required ? count_words(few->terms[i].matcher) : 0;
    }
    few->words = nn_arena_alloc(run->part_arena, count * sizeof *few->words);
    if (few->words == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < few->count; i++) {
        if (few->terms[i].required) {
            add_words(few, &few->terms[i], few->terms[i].matcher);
        }
    }
    return NUNCIO_OK;
}

/* The clause that proposes articles; where it is a word, what it can score bounds. */
static nuncio_status open_rarest(nn_few *few)
{
    for (uint32_t i = 0; i < few->count; i++) {
        nn_few_term *term = &few->terms[i];
        bool rarer = few->rarest == NULL || term->matcher->cost < few->rarest->matcher->cost;
        few->rarest = term->in_article && rarer ? term : few->rarest;
    }
    few->words = nn_arena_alloc(few->part->run->part_arena, sizeof *few->words);
    if (few->words == NULL) {
        return nn_error_memory(few->part->run->error);
    }
    NN_ASSERT(few->rarest != NULL); /* asked for clauses, there is one */
    few->words[0] = few->rarest->slot;
    few->lead = few->rarest->slot != NULL ? few->rarest : NULL;
    return NUNCIO_OK;
}

nuncio_status nn_few_open(nn_few *few, bool *none)
{
    nn_scorers scorers;
    nn_part *part = few->part;
    bool asks = asks_for_clauses(part->plan, few->unit);
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
        bool required = is_required(part->plan, scorer->clause, few->unit);
        bool in_article = asks && is_in_article(part->plan, scorer->clause, few->unit);
        if (matcher->doc == NN_DOC_END) {
            *none = *none || required || in_article;
            continue;
        }
        if (part->plan->shares[few->unit] && !asks) {
            NN_TRY(nn_matcher_open(part->run, part->number, matcher->resolved, &matcher));
        }
        *term = (nn_few_term){.matcher = matcher,
                              .weight = scorer->weight,
                              .required = required && !in_article,
                              .in_article = in_article};
        term->slot = matcher->sure ? &matcher->slots[0] : NULL;
        NN_TRY(nn_matcher_max(matcher, part->run, &term->max));
        term->max *= term->weight;
        few->count++;
    }
    if (*none) {
        return NUNCIO_OK;
    }
    NN_TRY(asks ? open_rarest(few) : open_words(few));
    for (uint32_t i = 0; i < few->count; i++) {
        few->beside += &few->terms[i] != few->lead ? few->terms[i].max : 0.0;
    }
    return NUNCIO_OK;
}
