/* SPDX-License-Identifier: Apache-2.0 */
#include "query/match/quotes.h"

#include "query/match/filter.h"

#include <stdlib.h>
#include <string.h>

/* ---- opening ---- */

static bool asks_mentions(const nn_condition *condition)
{
    bool asks =
        condition->kind == NN_CONDITION_FILTER && condition->filter->kind == NN_FILTER_MENTION;
    for (uint32_t i = 0; i < condition->child_count && !asks; i++) {
        asks = asks_mentions(condition->children[i]);
    }
    return asks;
}

static nuncio_status open_clauses(nn_part *part, nn_quote_walk *walk, uint32_t guard)
{
    const nn_plan *plan = part->plan;
    nn_run *run = part->run;
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        if (plan->clauses[i]->guard != guard) {
            continue;
        }
        nn_quote_clause *clause = &walk->clauses[walk->clause_count];
        clause->clause = plan->clauses[i];
        walk->places[i] = walk->clause_count++;
        NN_TRY(nn_matcher_open(run, part->number, clause->clause->resolved, &clause->matcher));
    }
    walk->words = walk->clause_count / 64 + 1;
    return NUNCIO_OK;
}

nuncio_status nn_quotes_open(nn_part *part, uint32_t guard, nn_quote_walk **out)
{
    nn_run *run = part->run;
    nn_plan *plan = part->plan;
    nn_quote_walk *walk = nn_arena_array(run->part_arena, 1, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(run->error);
    }
    nn_bm25_tabulate(&run->quotes, run->quote_norms);
    walk->inside = guard == 0 ? plan->condition : plan->guards[guard].inside;
    walk->quotes.segment = part->segment;
    walk->quotes.arena = run->part_arena;
    walk->clauses = nn_arena_array(run->part_arena, plan->clause_count + 1u, sizeof *walk->clauses);
    walk->places = nn_arena_array(run->part_arena, plan->clause_count + 1u, sizeof *walk->places);
    if (walk->clauses == NULL || walk->places == NULL) {
        return nn_error_memory(run->error);
    }
    *out = walk;
    NN_TRY(open_clauses(part, walk, guard));
    walk->asks_mentions = asks_mentions(walk->inside);
    return NUNCIO_OK;
}

/* ---- an article ---- */

static nuncio_status reserve_quotes(nn_part *part, nn_quote_walk *walk)
{
    nn_arena *arena = part->run->part_arena;
    size_t count = walk->quotes.count;
    if (count > walk->quote_capacity) {
        size_t capacity = count * 2;
        walk->states = nn_arena_array(arena, capacity, sizeof *walk->states);
        walk->scores = nn_arena_array(arena, capacity, sizeof *walk->scores);
        walk->firsts = nn_arena_array(arena, capacity, sizeof *walk->firsts);
        walk->truths = nn_arena_array(arena, capacity * walk->words, sizeof *walk->truths);
        if (walk->states == NULL || walk->scores == NULL || walk->firsts == NULL ||
            walk->truths == NULL) {
            walk->quote_capacity = 0;
            return nn_error_memory(part->run->error);
        }
        walk->quote_capacity = capacity;
    }
    size_t tfs = walk->keeps_tfs ? count * (walk->clause_count + (size_t)1) : count;
    if (tfs > walk->tf_capacity) {
        walk->tfs = nn_arena_array(arena, tfs * 2, sizeof *walk->tfs);
        walk->tf_capacity = walk->tfs == NULL ? 0 : tfs * 2;
    }
    if (walk->tf_capacity < tfs) {
        return nn_error_memory(part->run->error);
    }
    memset(walk->states, 0, count * sizeof *walk->states);
    memset(walk->scores, 0, count * sizeof *walk->scores);
    memset(walk->firsts, 0xff, count * sizeof *walk->firsts); /* all NN_DOC_END */
    memset(walk->truths, 0, count * walk->words * sizeof *walk->truths);
    memset(walk->tfs, 0, tfs * sizeof *walk->tfs);
    return NUNCIO_OK;
}

/* Gives the clause's occurrences in a passage to the quotes that hold them. */
static void take_occurrences(nn_quote_walk *walk, const nn_quote_clause *clause, uint32_t *begun,
                             uint32_t *tfs)
{
    const nn_matcher *matcher = clause->matcher;
    for (uint32_t i = 0; i < matcher->occurrence_count; i++) {
        nn_quote_holders holders =
            nn_quote_holders_on(&walk->quotes, begun, matcher->doc, matcher->occurrences[i].start,
                                matcher->occurrences[i].end);
        uint32_t quote = 0;
        while (nn_quote_holders_next(&holders, &quote)) {
            tfs[quote]++;
            if (clause->clause->scoring && matcher->doc < walk->firsts[quote]) {
                walk->firsts[quote] = matcher->doc;
            }
        }
    }
}

static double norm_of(const nn_bm25 *bm25, uint32_t length)
{
    return length < NN_BM25_LENGTHS ? bm25->norms[length] : nn_bm25_norm(bm25, length);
}

/* Counts a clause in every quote of the article and adds what it scores. */
static nuncio_status add_clause(nn_part *part, nn_quote_walk *walk, uint32_t place)
{
    nn_run *run = part->run;
    const nn_quote_clause *clause = &walk->clauses[place];
    const nn_article_quotes *quotes = &walk->quotes;
    uint32_t *tfs = walk->tfs + (walk->keeps_tfs ? (size_t)place * quotes->count : 0);
    uint32_t end = quotes->first_passage + quotes->passage_count;
    bool occurs = false;
    uint32_t begun = 0; /* quotes that begin before the occurrence at hand */
    NN_TRY(nn_matcher_seek(clause->matcher, run, quotes->first_passage));
    while (clause->matcher->doc < end) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_matcher_occurrences(clause->matcher, run));
        take_occurrences(walk, clause, &begun, tfs);
        occurs = true;
        NN_TRY(nn_matcher_seek(clause->matcher, run, clause->matcher->doc + 1));
    }
    for (uint32_t i = 0; i < quotes->count && occurs; i++) {
        if (tfs[i] == 0) {
            continue;
        }
        walk->truths[(size_t)i * walk->words + place / 64] |= UINT64_C(1) << place % 64;
        if (clause->clause->scoring) {
            double norm = norm_of(&run->quotes, quotes->ends[i] - quotes->starts[i]);
            walk->scores[i] += nn_bm25_contribution(clause->clause->quote_weight, tfs[i], norm);
            walk->states[i] |= NN_QUOTE_SCORES;
        }
        tfs[i] = walk->keeps_tfs ? tfs[i] : 0;
    }
    return NUNCIO_OK;
}

/* Whether a mention that the filter is true of overlaps a quote. */
static nuncio_status is_mentioned(nn_part *part, const nn_quote_walk *walk,
                                  const nn_named_part *named, uint32_t quote, bool *holds)
{
    *holds = false;
    if (quote >= walk->found.quote_count) {
        return nn_run_corrupt(part->run, part->number, "an article has two numbers of quotes");
    }
    const nuncio_quote *span = &walk->found.quotes[quote].quote;
    for (size_t i = 0; i < walk->found.mention_count && !*holds; i++) {
        const nn_mention_span *mention = &walk->found.mentions[i];
        NN_TRY(nn_run_step(part->run));
        *holds = mention->start < span->end && mention->end > span->start &&
                 nn_named_has(named, mention->name);
    }
    return NUNCIO_OK;
}

/* Whether the speaker of a quote is one of the names. */
static nuncio_status is_spoken(nn_part *part, nn_quote_walk *walk, const nn_named_part *named,
                               uint32_t quote, bool *holds)
{
    uint32_t number;
    NN_TRY(nn_article_quotes_speaker(&walk->quotes, quote, &number, part->run->error));
    *holds = number != NN_NAME_UNKNOWN && nn_named_has(named, number);
    return NUNCIO_OK;
}

/* Whether a quote fulfils a condition. */
static nuncio_status holds_in(nn_part *part, nn_quote_walk *walk, const nn_condition *condition,
                              uint32_t quote, bool *holds)
{
    *holds = false;
    NN_TRY(nn_run_step(part->run));
    if (condition->kind == NN_CONDITION_CLAUSE) {
        uint32_t place = walk->places[condition->clause->number];
        *holds = (walk->truths[(size_t)quote * walk->words + place / 64] >> place % 64 & 1) != 0;
        return NUNCIO_OK;
    }
    if (condition->kind == NN_CONDITION_FILTER) {
        switch (condition->filter->kind) {
        case NN_FILTER_SPEAKER:
            return is_spoken(part, walk, &condition->named->parts[part->number], quote, holds);
        case NN_FILTER_MENTION:
            return is_mentioned(part, walk, &condition->named->parts[part->number], quote, holds);
        case NN_FILTER_SOURCE:
        case NN_FILTER_LANG:
        case NN_FILTER_DATE:
        default:
            return nn_filter_test(part, condition->walk, NN_UNIT_ARTICLE, walk->article, holds);
        }
    }
    bool all = condition->kind == NN_CONDITION_AND;
    *holds = all;
    for (uint32_t i = 0; i < condition->child_count && *holds == all; i++) {
        NN_TRY(holds_in(part, walk, condition->children[i], quote, holds));
    }
    *holds = condition->kind == NN_CONDITION_NOT ? !*holds : *holds;
    return NUNCIO_OK;
}

/* Sets which quotes hold: those with words only. */
static nuncio_status find_holding(nn_part *part, nn_quote_walk *walk)
{
    const nn_article_quotes *quotes = &walk->quotes;
    bool direct_only = part->run->by_quote && part->run->options->direct_only;
    for (uint32_t i = 0; i < quotes->count; i++) {
        bool holds = quotes->ends[i] > quotes->starts[i];
        holds = holds && (!direct_only || nn_article_quotes_is_direct(quotes, i));
        if (holds) {
            NN_TRY(holds_in(part, walk, walk->inside, i, &holds));
        }
        walk->states[i] = holds ? walk->states[i] | NN_QUOTE_HOLDS : 0;
        walk->hold_count += holds;
    }
    return NUNCIO_OK;
}

nuncio_status nn_quotes_enter(nn_part *part, nn_quote_walk *walk, uint32_t article)
{
    nn_run *run = part->run;
    if (walk->entered && walk->article == article) {
        return NUNCIO_OK;
    }
    walk->article = article;
    walk->entered = true;
    walk->hold_count = 0;
    NN_TRY(nn_run_step(run));
    NN_TRY(nn_article_quotes_seek(&walk->quotes, article, run->error));
    if (walk->quotes.count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(reserve_quotes(part, walk));
    for (uint32_t place = 0; place < walk->clause_count; place++) {
        NN_TRY(add_clause(part, walk, place));
    }
    if (walk->asks_mentions) {
        NN_TRY(nn_names_spans(part, article, &walk->found));
    }
    return find_holding(part, walk);
}

/* ---- its passages ---- */

/* A quote that holds. */
typedef struct nn_spread_quote {
    double score;
    uint32_t quote;
    bool scores;
} nn_spread_quote;

/* Those that score first, best first: a passage takes the first that comes. */
static int by_worth(const void *a, const void *b)
{
    const nn_spread_quote *x = a;
    const nn_spread_quote *y = b;
    if (x->scores != y->scores) {
        return x->scores ? -1 : 1;
    }
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    return x->quote < y->quote ? -1 : x->quote > y->quote;
}

static nuncio_status reserve_passages(nn_part *part, nn_quote_walk *walk)
{
    nn_arena *arena = part->run->part_arena;
    size_t count = walk->quotes.passage_count + (size_t)1;
    if (count > walk->passage_capacity) {
        size_t capacity = count * 2;
        walk->passage_states = nn_arena_array(arena, capacity, sizeof *walk->passage_states);
        walk->passage_scores = nn_arena_array(arena, capacity, sizeof *walk->passage_scores);
        walk->nexts = nn_arena_array(arena, capacity, sizeof *walk->nexts);
        if (walk->passage_states == NULL || walk->passage_scores == NULL || walk->nexts == NULL) {
            walk->passage_capacity = 0;
            return nn_error_memory(part->run->error);
        }
        walk->passage_capacity = capacity;
    }
    for (uint32_t i = 0; i < count; i++) {
        walk->passage_states[i] = 0;
        walk->nexts[i] = i;
    }
    return NUNCIO_OK;
}

/* The first passage ≥ `at` that no quote has yet. Paths are halved on the way. */
static uint32_t next_free(uint32_t *nexts, uint32_t at)
{
    while (nexts[at] != at) {
        nexts[at] = nexts[nexts[at]];
        at = nexts[at];
    }
    return at;
}

/* Gives each passage of a quote to it that has no better one. */
static void spread_quote(nn_quote_walk *walk, uint32_t quote)
{
    const nn_article_quotes *quotes = &walk->quotes;
    uint32_t at = next_free(walk->nexts, nn_article_quotes_passage(quotes, quotes->starts[quote]));
    while (at < quotes->passage_count && quotes->bases[at] < quotes->ends[quote]) {
        walk->nexts[at] = at + 1;
        if (quotes->bases[at + 1] > quotes->bases[at]) { /* else it has no words */
            walk->passage_states[at] = walk->states[quote];
            walk->passage_scores[at] = walk->scores[quote];
        }
        at = next_free(walk->nexts, at + 1);
    }
}

nuncio_status nn_quotes_spread(nn_part *part, nn_quote_walk *walk)
{
    const nn_article_quotes *quotes = &walk->quotes;
    nn_arena *arena = part->run->article_arena;
    nn_arena_reset(arena);
    nn_spread_quote *held = nn_arena_alloc(arena, walk->hold_count * sizeof *held);
    if (held == NULL) {
        return nn_error_memory(part->run->error);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < quotes->count; i++) {
        if ((walk->states[i] & NN_QUOTE_HOLDS) != 0) {
            bool scores = (walk->states[i] & NN_QUOTE_SCORES) != 0;
            held[count++] = (nn_spread_quote){walk->scores[i], i, scores};
        }
    }
    qsort(held, count, sizeof *held, by_worth);
    NN_TRY(reserve_passages(part, walk));
    for (uint32_t i = 0; i < count; i++) {
        spread_quote(walk, held[i].quote);
    }
    return NUNCIO_OK;
}

bool nn_quotes_hold(const nn_quote_walk *walk, uint32_t passage, nn_occurrence occurrence)
{
    if (!walk->entered || walk->hold_count == 0) {
        return false;
    }
    nn_quote_holders holders =
        nn_quote_holders_of(&walk->quotes, passage, occurrence.start, occurrence.end);
    uint32_t quote = 0;
    while (nn_quote_holders_next(&holders, &quote)) {
        if ((walk->states[quote] & NN_QUOTE_HOLDS) != 0) {
            return true;
        }
    }
    return false;
}
