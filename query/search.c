/* SPDX-License-Identifier: Apache-2.0 */
/* A search from end to end: check the options, plan, search every segment into one ranking, fill in
 * the hits. */
#include "query/language/query.h"
#include "query/limits.h"
#include "query/plan/count.h"
#include "query/plan/explain.h"
#include "query/results/hits.h"
#include "query/session.h"
#include "query/walk/walk.h"

static nuncio_status option_error(nuncio_error *error, const char *what)
{
    return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "search option out of range: %s", what);
}

static nuncio_status check_options(nuncio_search_options *options, nuncio_error *error)
{
    if (options->struct_size != sizeof *options) {
        return option_error(error, "struct_size (use NUNCIO_SEARCH_OPTIONS_INIT)");
    }
    options->k1 = isnan(options->k1) ? NN_BM25_K1 : options->k1;
    options->b = isnan(options->b) ? NN_BM25_B : options->b;
    if (options->hits_max > NN_SEARCH_HITS_MAX) {
        return option_error(error, "hits_max is at most 10000");
    }
    if (options->by != NUNCIO_BY_PASSAGE && options->by != NUNCIO_BY_ARTICLE &&
        options->by != NUNCIO_BY_QUOTE) {
        return option_error(error, "by");
    }
    if (options->scope != NUNCIO_SCOPE_ARTICLE && options->scope != NUNCIO_SCOPE_PASSAGE) {
        return option_error(error, "scope");
    }
    if (options->variants != NUNCIO_VARIANTS_NAMES && options->variants != NUNCIO_VARIANTS_OFF) {
        return option_error(error, "variants");
    }
    if (!isfinite(options->k1) || options->k1 < 0.0) {
        return option_error(error, "k1 is at least 0");
    }
    if (!(options->b >= 0.0 && options->b <= 1.0)) {
        return option_error(error, "b is from 0 to 1");
    }
    return NUNCIO_OK;
}

nuncio_status nn_search_open(nn_search *search, const nuncio_snapshot *snapshot,
                             const nuncio_query *query, const nuncio_search_options *given,
                             nuncio_error *error)
{
    *search = (nn_search){.query = query, .options = NUNCIO_SEARCH_OPTIONS_INIT};
    search->options = given != NULL ? *given : search->options;
    const nuncio_search_options *options = &search->options;
    NN_TRY(check_options(&search->options, error));
    NN_TRY(nn_search_kit_take(snapshot, options->memory_max, &search->kit, error));
    nn_search_kit *kit = search->kit;
    nn_run *run = &search->run;
    run->snapshot = snapshot;
    run->error = error;
    run->arena = &kit->arena;
    run->part_arena = &kit->part_arena;
    run->article_arena = &kit->article_arena;
    run->analyzer = kit->analyzer;
    run->tokens = &kit->tokens;
    run->normaliser = &kit->normaliser;
    nn_buffer_init(&run->text, &kit->memory);
    run->by_article = options->by == NUNCIO_BY_ARTICLE;
    run->by_quote = options->by == NUNCIO_BY_QUOTE;
    run->by_passage_scope = options->scope == NUNCIO_SCOPE_PASSAGE;
    run->exhaustive = options->exhaustive;
    run->lists_names = options->explain;
    nn_run_start(run, options);
    nn_bm25_init(&run->passages, options->k1, options->b, snapshot->live_passages,
                 snapshot->live_tokens);
    nn_bm25_init(&run->articles, options->k1, options->b, snapshot->live_articles,
                 snapshot->live_tokens);
    nn_bm25_init(&run->quotes, options->k1, options->b, snapshot->live_quotes,
                 snapshot->live_quote_tokens);
    nn_bm25_tabulate(&run->passages, &kit->passage_norms);
    run->quote_norms = &kit->quote_norms;
    return NUNCIO_OK;
}

nuncio_status nn_search_plan(nn_search *search)
{
    return nn_plan_make(&search->run, search->query->root, &search->plan);
}

void nn_search_close(nn_search *search)
{
    nn_buffer_deinit(&search->run.text);
    nn_search_kit_give_back(search->kit, search->run.snapshot);
}

/* ---- counting without scoring ---- */

/* True for a word of which the plan has the number of live passages. */
static bool is_counted(const nn_clause *clause)
{
    const nn_resolved *resolved = clause->resolved;
    return clause->scoring && resolved->slot_count == 1 && !resolved->leaf->in_title &&
           resolved->leaf->kind != NN_LEAF_EXACT;
}

/* True where hits are the passages in which any (*all: each of the required) of the clauses occurs,
 * so that they can be counted apart from being ranked. */
static bool is_countable(const nn_search *search, bool *all)
{
    const nn_plan *plan = &search->plan;
    nn_unit unit = search->run.by_passage_scope ? NN_UNIT_PASSAGE : NN_UNIT_ARTICLE;
    *all = false;
    for (uint32_t i = 0; i < plan->clause_count && unit == NN_UNIT_PASSAGE; i++) {
        *all = *all || plan->clauses[i]->required;
    }
    return plan->windowed && plan->residue[unit] == NULL && !search->run.by_article;
}

/* True for words that are all required where so few passages are expected to hold all of them, as
 * if words kept no company, that scoring each costs less than going along the words twice. */
static bool is_rare_company(const nn_search *search)
{
    enum { HITS_FEW = 800, HITS_EACH = 24 }; /* of many that are wanted few are pruned */
    const nn_plan *plan = &search->plan;
    double live = (double)search->run.snapshot->live_passages;
    double hits = live;
    bool words = plan->clause_count > 1;
    for (uint32_t i = 0; i < plan->clause_count && words; i++) {
        const nn_clause *clause = plan->clauses[i];
        words = clause->required && is_counted(clause);
        hits *= words ? (double)clause->resolved->slots[0].passages / live : 1.0;
    }
    double few = HITS_FEW + HITS_EACH * (double)search->options.hits_max;
    return words && hits <= few; /* not a number where nothing is live: false */
}

/* True where a ranking that counts, and prunes nothing, costs less than counting beside one that
 * prunes. Of a phrase alone, what takes time is reading positions, which both would. */
static bool is_counted_ranking(const nn_search *search, bool all)
{
    const nn_plan *plan = &search->plan;
    bool phrase = plan->clause_count == 1 && plan->clauses[0]->scoring &&
                  plan->clauses[0]->resolved->slot_count > 1;
    return phrase || (search->options.hits_max > 0 && all && is_rare_company(search));
}

/* The commonest clause that is counted and stands in less than `below` passages; NULL: there is
 * none. */
static const nn_clause *find_commonest(const nn_plan *plan, uint64_t below)
{
    const nn_clause *commonest = NULL;
    uint64_t most = 0;
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        const nn_clause *clause = plan->clauses[i];
        if (!is_counted(clause)) {
            continue;
        }
        uint64_t passages = clause->resolved->slots[0].passages;
        if (passages < below && (commonest == NULL || passages > most)) {
            commonest = clause;
            most = passages;
        }
    }
    return commonest;
}

/* The clause that is counted beside the others instead of being added to them. That is the
 * commonest, of which most blocks need not be read where the others are rare. Where they are not,
 * and the commonest is so common that its blocks are sets, which are added as fast as they are
 * counted, it is the next one: looking 128 passages up in a map takes half as long as adding them.
 */
static const nn_clause *find_beside(const nn_search *search)
{
    enum {
        SETS = 5 /* of as many passages it holds one, */,
        RARE = 48 /* of as many of its own */
    };
    uint64_t live = search->run.snapshot->live_passages;
    const nn_clause *commonest = find_commonest(&search->plan, UINT64_MAX);
    uint64_t most = commonest != NULL ? commonest->resolved->slots[0].passages : 0;
    if (most < live / SETS) {
        return commonest;
    }
    const nn_clause *next = find_commonest(&search->plan, live / SETS);
    bool rare = next == NULL || next->resolved->slots[0].passages < most / RARE;
    return rare ? commonest : next;
}

static nuncio_status count_hits(nn_search *search, bool all, uint64_t *total)
{
    nn_run *run = &search->run;
    nn_plan *plan = &search->plan;
    const nn_clause *beside = find_beside(search);
    uint64_t known = beside != NULL ? beside->resolved->slots[0].passages : 0;
    bool one = !all && beside != NULL && plan->scoring_count == 1; /* nothing but it */
    uint64_t found = 0;
    for (size_t number = 0; number < run->snapshot->part_count && !one; number++) {
        nn_part part;
        NN_TRY(nn_run_check(run));
        NN_TRY(nn_part_open(&part, run, plan, number));
        NN_TRY(all ? nn_count_all(&part, &found) : nn_count_any(&part, beside, &found));
    }
    *total = all ? found : known + found;
    return NUNCIO_OK;
}

/* ---- ranking ---- */

/* A segment is searched along postings, asking the condition about the best passages only, unless
 * going along the condition, which finds every unit that fulfils it, is better. */
static nuncio_status walk_part(nn_part *part, nn_unit unit, nn_ranking *ranking)
{
    enum { FEW_POSTINGS = 256 };
    const nn_plan *plan = part->plan;
    if (!plan->windowed || part->run->exhaustive) {
        return nn_walk_condition(part, unit, ranking);
    }
    if (nn_is_word(part, unit)) {
        return nn_walk_word(part, ranking);
    }
    if (nn_is_all(part, unit)) {
        return nn_walk_all(part, ranking);
    }
    if (nn_is_company(part, unit)) {
        return nn_walk_company(part, ranking);
    }
    if (nn_is_phrase_alone(part, unit)) {
        return nn_walk_phrase(part, ranking);
    }
    if (nn_is_few(part, unit)) {
        return nn_walk_few(part, unit, ranking);
    }
    bool along_condition =
        plan->residue[unit] != NULL && plan->shares[unit] && plan->condition->cost <= FEW_POSTINGS;
    return (along_condition ? nn_walk_condition : nn_walk_windows)(part, unit, ranking);
}

static nuncio_status search_parts(nn_search *search)
{
    nn_run *run = &search->run;
    nn_unit unit = run->by_passage_scope ? NN_UNIT_PASSAGE : NN_UNIT_ARTICLE;
    bool listed = !search->options.exhaustive && nn_is_listed(&search->plan, unit);
    for (size_t number = 0; number < run->snapshot->part_count; number++) {
        nn_part part;
        NN_TRY(nn_run_check(run));
        NN_TRY(nn_part_open(&part, run, &search->plan, number));
        if (run->by_quote) {
            NN_TRY(nn_walk_quotes(&part, &search->ranking));
        } else if (listed) {
            NN_TRY(nn_walk_listed(&part, &search->ranking));
        } else if (run->by_article) {
            NN_TRY(nn_walk_articles(&part, unit, &search->ranking));
        } else {
            NN_TRY(walk_part(&part, unit, &search->ranking));
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_search_rank(nn_search *search)
{
    nn_run *run = &search->run;
    const nuncio_search_options *options = &search->options;
    NN_TRY(nn_search_plan(search));
    NN_TRY(nn_ranking_init(&search->ranking, run, options->hits_max));
    search->fingerprint = nn_page_fingerprint(search->query->explain, options);
    if (options->after.data != NULL) {
        NN_TRY(nn_page_read(run, options->after, search->fingerprint, &search->ranking.after,
                            &search->rank));
        search->ranking.has_after = true;
    }
    bool all;
    bool counts = options->count || options->hits_max == 0;
    bool apart = counts && !run->exhaustive && is_countable(search, &all);
    search->ranking.counts = apart && is_counted_ranking(search, all);
    apart = apart && !search->ranking.counts;
    uint64_t total = 0;
    if (apart) {
        NN_TRY(count_hits(search, all, &total));
    }
    run->exhaustive = run->exhaustive || (counts && !apart && !search->ranking.counts);
    if (options->hits_max > 0 || !apart) {
        NN_TRY(search_parts(search));
    }
    if (apart) {
        search->ranking.total = total;
        search->ranking.total_exact = true;
    }
    return nn_ranking_sort(&search->ranking);
}

static nuncio_status keep(nuncio_hits *hits, nuncio_str text, nuncio_str *out, nuncio_error *error)
{
    *out = nn_arena_str(&hits->arena, text);
    return out->data == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

static nuncio_status explain(nn_search *search, nuncio_hits *hits)
{
    nn_buffer buffer;
    nn_buffer_init(&buffer, &search->kit->memory);
    nn_explain_query(&search->run, &search->plan, search->query->explain, &buffer);
    nuncio_status status = nn_buffer_status(&buffer, search->run.error);
    if (status == NUNCIO_OK) {
        status = keep(hits, nn_buffer_str(&buffer), &hits->explain_query, search->run.error);
    }
    nn_buffer_deinit(&buffer);
    return status;
}

static nuncio_status fill(nn_search *search, nuncio_hits *hits)
{
    const nuncio_search_options *options = &search->options;
    const nn_candidate *best = search->ranking.best;
    size_t count = search->ranking.count;
    nn_hits_request request = {.texts = !options->no_highlights,
                               .explain = options->explain,
                               .by_article = search->run.by_article,
                               .by_quote = search->run.by_quote,
                               .passage_scope = search->run.by_passage_scope,
                               .rank = search->rank};
    if (count > 0) {
        NN_TRY(nn_hits_fill(hits, &search->run, &search->plan, best, count, &request));
    }
    hits->total = search->ranking.total;
    hits->total_exact = search->ranking.total_exact;
    if (count > 0 && count == options->hits_max) {
        char token[NN_PAGE_TOKEN_MAX];
        size_t size =
            nn_page_write(token, search->run.snapshot->manifest.generation, search->fingerprint,
                          &best[count - 1], search->rank + (uint32_t)count);
        NN_TRY(keep(hits, (nuncio_str){token, size}, &hits->after, search->run.error));
    }
    return options->explain ? explain(search, hits) : NUNCIO_OK;
}

nuncio_status nuncio_search(const nuncio_snapshot *snapshot, const nuncio_query *query,
                            const nuncio_search_options *options, nuncio_hits **out,
                            nuncio_error *error)
{
    *out = NULL;
    nn_search search;
    NN_TRY(nn_search_open(&search, snapshot, query, options, error));
    nuncio_hits *hits;
    nuncio_status status = nn_hits_create(&snapshot->memory.allocator, &hits, error);
    if (status == NUNCIO_OK) {
        status = nn_search_rank(&search);
    }
    if (status == NUNCIO_OK) {
        status = fill(&search, hits);
    }
    nn_search_close(&search);
    if (status != NUNCIO_OK) {
        nuncio_hits_destroy(hits);
        return status;
    }
    *out = hits;
    return NUNCIO_OK;
}
