/* SPDX-License-Identifier: Apache-2.0 */
/* Searching articles that hold all of some words for their passages: any of the words makes a
 * passage a hit, whose article must hold the others somewhere.
 *
 *   article    ├────────────┤├───────────────────┤├─────────┤
 *   treaty      ▒  ▒                    ▒                       the rarest
 *   envoy              ▒       ▒        ▒               ▒
 *   pass 1      x  x                    x                       passages of treaty, wherever it is
 *   pass 2             x                                        of envoy, in articles of treaty
 *
 * A pass takes the passages of one word in which none of the rarer words stands: each passage is
 * seen in the pass of its rarest word. It goes along that word's blocks as walk_all.c does, but a
 * candidate that another word is not in stays one as long as it may score enough without. What is
 * left is scored exactly, and only then its article is asked for the words that the passage lacks.
 *
 * Passages of pass 2 score no more than the words from the second on together, which is less than
 * the ten best of pass 1 do, as a rule: then no further pass is needed. Where one is, it looks at
 * articles that pass 1 has accepted, as long as it asked about every one, else at those that hold
 * the rarest word. */
#include "query/walk/block_sample.h"
#include "query/walk/company.h"

/* ---- opening ---- */

bool nn_is_company(const nn_part *part, nn_unit unit)
{
    enum { RAREST_FEW = 4096 };     /* postings; of more, further passes cost more than windows: */
    const double beside_most = 1.5; /* then words beside weigh no more than so many of the rarest */
    if (unit != NN_UNIT_ARTICLE || !nn_is_all(part, NN_UNIT_PASSAGE)) {
        return false;
    }
    uint32_t rarest = 0;
    double weights = 0.0;
    for (uint32_t i = 0; i < part->plan->clause_count; i++) {
        weights += part->plan->clauses[i]->passage_weight;
        rarest = part->matchers[i]->cost < part->matchers[rarest]->cost ? i : rarest;
    }
    double own = part->plan->clauses[rarest]->passage_weight;
    return part->matchers[rarest]->cost <= RAREST_FEW || weights - own <= beside_most * own;
}

static nuncio_status rewind_words(nn_company *company)
{
    nuncio_error *error = company->part->run->error;
    for (uint32_t i = 0; i < company->rare.count; i++) {
        NN_TRY(nn_postings_rewind(company->rare.words[i].list, error));
        if (company->around[i].article != NULL) {
            NN_TRY(nn_postings_rewind(company->around[i].article, error));
        }
    }
    company->article = (nn_range){0, 0};
    return NUNCIO_OK;
}

/* ---- the rarest word ---- */

/* Whether a block of the lead whose highest tf / (tf + norm) is `bound` may hold a hit. */
static bool is_promising(const nn_company *company, float bound)
{
    const nn_rare_word *lead = &company->rare.words[company->lead];
    double most = (double)bound * lead->weight * NN_FLOAT_MARGIN + lead->rest;
    return most * NN_BOUND_SLACK >= company->ranking->threshold;
}

static nuncio_status search_rarest_block(void *context, uint32_t block, bool *over)
{
    nn_company *company = context;
    nn_run *run = company->part->run;
    (void)over; /* another word may have ended: its article may hold it elsewhere */
    NN_TRY(nn_run_step(run));
    if (!is_promising(company, company->bounds[block])) {
        company->ranking->total_exact = false;
        run->trail.jumps++;
        return NUNCIO_OK;
    }
    NN_TRY(nn_postings_enter_block(company->rare.words[0].list, block, run->error));
    return nn_company_search_block(company, nn_block_set_of(0, NN_POSTINGS_BLOCK));
}

/* The best blocks; then everything begins anew. */
static nuncio_status search_best(nn_company *company)
{
    bool sampled;
    NN_TRY(nn_block_sample_search(company->part->run, company->ranking, company->bounds,
                                  company->rare.words[0].list->block_count, search_rarest_block,
                                  company, &sampled));
    return sampled ? rewind_words(company) : NUNCIO_OK;
}

static nuncio_status search_rarest(nn_company *company)
{
    nn_run *run = company->part->run;
    nn_postings *rarest = company->rare.words[0].list;
    company->bounds =
        nn_arena_alloc(run->part_arena, rarest->block_count * sizeof *company->bounds);
    company->accepted =
        nn_arena_array(run->part_arena, rarest->block_count, sizeof *company->accepted);
    if (company->bounds == NULL || company->accepted == NULL) {
        return nn_error_memory(run->error);
    }
    NN_TRY(nn_block_bounds(run, rarest, company->rare.norms, company->part->lengths,
                           company->bounds, NULL));
    NN_TRY(search_best(company));
    bool over = false;
    for (uint32_t block = 0; block < rarest->block_count; block++) {
        if (company->bounds[block] >= 0.0F) {
            NN_TRY(search_rarest_block(company, block, &over));
        }
    }
    return NUNCIO_OK;
}

/* ---- the other words ---- */

/* Articles of the postings of a block of the rarest word that are in a set. */
static void add_spans(nn_company *company, nn_block_set set)
{
    const uint32_t *passages = company->rare.words[0].list->docs;
    uint32_t end = company->span_count > 0 ? company->spans[company->span_count - 1].end : 0;
    while (!nn_block_set_is_empty(set)) {
        uint32_t at = nn_block_set_take(&set);
        if (passages[at] >= end) {
            nn_range *span = &company->spans[company->span_count++];
            nn_segment_article_span(company->part->segment, passages[at], &span->first, &span->end);
            end = span->end;
        }
    }
}

/* Articles that further passes look at. Below a threshold all others have been refused. */
static nuncio_status find_spans(nn_company *company)
{
    nn_run *run = company->part->run;
    nn_postings *rarest = company->rare.words[0].list;
    bool all = company->ranking->threshold >= 0.0;
    company->lead = 0;
    company->span_count = 0;
    company->spans_hold_all = !all;
    uint32_t articles = company->part->article_count;
    uint32_t most = articles < rarest->df ? articles : rarest->df;
    company->spans = nn_arena_alloc(run->part_arena, most * sizeof *company->spans);
    if (company->spans == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t block = 0; block < rarest->block_count; block++) {
        nn_block_set set = company->accepted[block];
        NN_TRY(nn_run_step(run));
        if (all || !nn_block_set_is_empty(set)) {
            NN_TRY(nn_postings_enter_block(rarest, block, run->error));
            NN_TRY(nn_postings_unpack_docs(rarest, run->error));
            set = all ? nn_block_set_of(0, rarest->in_block_count) : set;
            add_spans(company, set);
        }
    }
    return NUNCIO_OK;
}

/* The postings of the lead's block that stand in spans from `at` on. */
static nn_block_set postings_in_spans(const nn_company *company, uint32_t at)
{
    const nn_postings *list = company->rare.words[company->lead].list;
    nn_block_set set = {{0}};
    for (; at < company->span_count && company->spans[at].first <= list->block_last_doc; at++) {
        uint32_t from = nn_postings_below(list, company->spans[at].first);
        uint32_t end = nn_postings_below(list, company->spans[at].end);
        nn_block_set some = nn_block_set_of(from, end);
        set.words[0] |= some.words[0];
        set.words[1] |= some.words[1];
    }
    return set;
}

static float best_of(const nn_company *company, const nn_bound *bounds, uint32_t count)
{
    float best = 0.0F;
    for (uint32_t i = 0; i < count; i++) {
        float norm = nn_rough_norm(company->rare.norms, bounds[i].length);
        float value = nn_block_part(1.0F, bounds[i].tf, norm);
        best = value > best ? value : best;
    }
    return best;
}

/* A pass of another word: block by block of those that reach into spans. */
static nuncio_status search_spans(nn_company *company)
{
    nn_run *run = company->part->run;
    nn_postings *list = company->rare.words[company->lead].list;
    uint32_t from = 0; /* passage that is looked at next */
    for (uint32_t at = 0; at < company->span_count;) {
        nn_bound bounds[NN_BOUNDS_MAX];
        uint32_t bound_count;
        uint32_t last;
        from = company->spans[at].first > from ? company->spans[at].first : from;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_block_bounds(list, from, &last, bounds, &bound_count, run->error));
        if (last == NN_DOC_END) {
            return NUNCIO_OK;
        }
        if (is_promising(company, best_of(company, bounds, bound_count))) {
            NN_TRY(nn_postings_enter_bounded(list, run->error));
            NN_TRY(nn_postings_unpack_docs(list, run->error));
            nn_block_set inside = postings_in_spans(company, at);
            NN_TRY(nn_block_set_is_empty(inside) ? NUNCIO_OK
                                                 : nn_company_search_block(company, inside));
        } else {
            company->ranking->total_exact = false;
        }
        from = last + 1;
        while (at < company->span_count && company->spans[at].end <= from) {
            at++;
        }
    }
    return NUNCIO_OK;
}

/* Passages without the rarest word, while they may score enough. */
static nuncio_status search_others(nn_company *company)
{
    for (uint32_t i = 1; i < company->rare.count; i++) {
        double most = company->rare.words[i - 1].rest * NN_BOUND_SLACK;
        if (most < company->ranking->threshold) {
            company->ranking->total_exact = false;
            return NUNCIO_OK;
        }
        if (i == 1) {
            NN_TRY(find_spans(company));
        }
        company->part->run->trail.further++;
        NN_TRY(rewind_words(company));
        company->lead = i;
        NN_TRY(search_spans(company));
    }
    return NUNCIO_OK;
}

nuncio_status nn_walk_company(nn_part *part, nn_ranking *ranking)
{
    nn_company *company = nn_arena_array(part->run->part_arena, 1, sizeof *company);
    if (company == NULL) {
        return nn_error_memory(part->run->error);
    }
    company->part = part;
    company->ranking = ranking;
    part->run->trail.company++;
    NN_TRY(nn_rare_words_open(part, &company->rare));
    company->around =
        nn_arena_array(part->run->part_arena, company->rare.count, sizeof *company->around);
    if (company->around == NULL) {
        return nn_error_memory(part->run->error);
    }
    NN_TRY(search_rarest(company));
    return search_others(company);
}
