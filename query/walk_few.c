/* SPDX-License-Identifier: Apache-2.0 */
/* Searching along few postings, or those in few passages: passage by passage, since bounds of
 * strips would cost more than they save.
 *
 * Of clauses any of which will do, the one that stands earliest proposes the next passage. Where
 * some are required, of all their words the rarest does, and the others agree or propose a later
 * one; where what the rarest can score beside the most of all others is below the threshold, they
 * are not asked. What a filter leaves comes before either: the lists go from one run of such
 * passages to the next. Positions are read where the frequencies of words allow a score that is
 * wanted; what else the condition asks is asked last. */
#include "query/filter.h"
#include "query/walk.h"

enum {
    POSTINGS_FEW = 1024, /* of all clauses, or */
    RAREST_FEW = 2048,   /* of the rarest that is required; */
    LEFT_FEW = 8192,     /* passages that a filter leaves, or */
    LEFT_SHARE = 64      /* less of them than one for so many postings, whose bounds cost more */
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
    nn_slot_walk **words; /* of the clauses that are required, rarest first */
    uint32_t word_count;  /* 0: no clause is required */
    nn_few_term *lead;    /* the clause that words[0] bounds; NULL: it bounds none */
    double beside;        /* most that the others add to it */
    double block_bound;   /* most that the lead's block allows it, up to */
    uint32_t block_last;  /* this passage; NN_DOC_END: not asked yet, or there is none */
    nn_unit unit;
    const nn_condition *filter; /* on a column, of the residue; NULL: none */
    nn_range left;              /* passages that it leaves, the last run looked at */
} nn_few;

/* A clause without which a passage is no hit. */
static bool is_required(const nn_plan *plan, const nn_clause *clause, nn_unit unit)
{
    return plan->scoring_count == 1 || (unit == NN_UNIT_PASSAGE && clause->required);
}

bool nn_is_few(const nn_part *part, nn_unit unit)
{
    const nn_condition *residue = part->plan->residue[unit];
    const nn_condition *filter = nn_filter_narrowest(residue);
    uint64_t all = 0;
    uint64_t rarest = UINT64_MAX;
    for (uint32_t i = 0; i < part->plan->clause_count; i++) {
        const nn_clause *clause = part->plan->clauses[i];
        uint64_t cost = part->matchers[i]->cost;
        all += clause->scoring ? cost : 0;
        bool alone = part->plan->scoring_count == 1 && part->matchers[i]->sure; /* has no others */
        if (clause->scoring && is_required(part->plan, clause, unit) && !alone && cost < rarest) {
            rarest = cost;
        }
    }
    if (residue != NULL) {
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
    for (uint32_t i = 0; i < few->count; i++) {
        few->beside += &few->terms[i] != few->lead ? few->terms[i].max : 0.0;
    }
    return NUNCIO_OK;
}

/* Opens the clauses that may occur in the segment; *none: one that is required does not. */
static nuncio_status open_terms(nn_few *few, bool *none)
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
        bool required = is_required(part->plan, scorer->clause, few->unit);
        if (matcher->doc == NN_DOC_END) {
            *none = *none || required;
            continue;
        }
        if (part->plan->shares[few->unit]) {
            NN_TRY(nn_matcher_open(part->run, part->number, matcher->resolved, &matcher));
        }
        *term = (nn_few_term){.matcher = matcher, .weight = scorer->weight, .required = required};
        term->slot = matcher->sure ? &matcher->slots[0] : NULL;
        NN_TRY(nn_matcher_max(matcher, part->run, &term->max));
        term->max *= term->weight;
        few->count++;
    }
    return open_words(few);
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

/* The next passage that may be a hit, from `target` on. */
static nuncio_status next_passage(nn_few *few, uint32_t target, uint32_t *passage)
{
    nn_part *part = few->part;
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
    nn_condition *residue = part->plan->residue[few->unit];
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
    NN_TRY(open_terms(&few, &none));
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
