/* SPDX-License-Identifier: Apache-2.0 */
#include "query/plan/plan.h"

#include "core/str.h"
#include "query/match/condition.h"
#include "query/names/named.h"

#include <string.h>

/* Weights around a node, innermost first, as they are multiplied. */
typedef struct nn_weight_chain {
    double value;
    const struct nn_weight_chain *outer;
} nn_weight_chain;

/* Where a node stands. */
typedef struct nn_standing {
    uint32_t guard;
    bool negated;
    const nn_weight_chain *weights;
} nn_standing;

typedef struct nn_planner {
    nn_run *run;
    nn_plan *plan;
    nn_condition *names; /* any of the names asked for */
} nn_planner;

static nuncio_status build(nn_planner *planner, const nn_node *node, nn_standing standing,
                           nn_condition **out);

static nn_condition *new_condition(nn_planner *planner, nn_condition_kind kind, uint32_t children)
{
    nn_condition *condition = nn_arena_array(planner->run->arena, 1, sizeof *condition);
    if (condition == NULL) {
        return NULL;
    }
    condition->kind = kind;
    condition->child_count = children;
    if (children > 0) {
        condition->children =
            nn_arena_array(planner->run->arena, children, sizeof *condition->children);
    }
    return children > 0 && condition->children == NULL ? NULL : condition;
}

/* ---- clauses ---- */

/* Finds the place of a leaf under a guard among the clauses so far, which are in the order of sums:
 * by key, then guard. True where it is taken by just that clause. */
static bool find_clause(const nn_plan *plan, const nn_leaf *leaf, uint32_t guard, uint32_t *place)
{
    uint32_t low = 0;
    uint32_t high = plan->clause_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const nn_clause *clause = plan->clauses[middle];
        int order = nn_str_compare(clause->leaf->key, leaf->key);
        if (order == 0 && clause->guard == guard) {
            *place = middle;
            return true;
        }
        if (order < 0 || (order == 0 && clause->guard < guard)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *place = low;
    return false;
}

/* The clause of a leaf under a guard, new or known. */
static nuncio_status clause_for(nn_planner *planner, const nn_leaf *leaf, uint32_t guard,
                                nn_clause **out)
{
    nn_run *run = planner->run;
    nn_plan *plan = planner->plan;
    uint32_t place;
    if (find_clause(plan, leaf, guard, &place)) {
        *out = plan->clauses[place];
        return NUNCIO_OK;
    }
    nn_clause *clause = nn_arena_array(run->arena, 1, sizeof *clause);
    if (clause == NULL) {
        return nn_error_memory(run->error);
    }
    clause->leaf = leaf;
    clause->guard = guard;
    clause->in_quote = run->by_quote || plan->guards[guard].quote;
    memmove(&plan->clauses[place + 1], &plan->clauses[place],
            (plan->clause_count - place) * sizeof(nn_clause *));
    plan->clauses[place] = clause;
    plan->clause_count++;
    *out = clause;
    return NUNCIO_OK;
}

static nuncio_status build_leaf(nn_planner *planner, const nn_node *node, nn_standing standing,
                                nn_condition **out)
{
    nn_condition *condition = new_condition(planner, NN_CONDITION_CLAUSE, 0);
    if (condition == NULL) {
        return nn_error_memory(planner->run->error);
    }
    NN_TRY(clause_for(planner, node->leaf, standing.guard, &condition->clause));
    if (!standing.negated) {
        double weight = nn_weight_value(node->weight);
        for (const nn_weight_chain *link = standing.weights; link != NULL; link = link->outer) {
            weight *= link->value;
        }
        planner->plan->scoring_count += condition->clause->scoring ? 0 : 1;
        planner->plan->guards[standing.guard].scoring = true;
        condition->clause->scoring = true;
        condition->clause->weight += weight;
    }
    *out = condition;
    return NUNCIO_OK;
}

/* ---- conditions ---- */

/* AND of the first `required` children; the others only make clauses. */
static nuncio_status build_children(nn_planner *planner, const nn_node *node, uint32_t required,
                                    nn_condition_kind kind, nn_standing standing,
                                    nn_condition **out)
{
    nn_condition *condition = new_condition(planner, kind, required);
    if (condition == NULL) {
        return nn_error_memory(planner->run->error);
    }
    for (uint32_t i = 0; i < node->child_count; i++) {
        nn_condition *child;
        NN_TRY(build(planner, node->children[i], standing, &child));
        if (i < required) {
            condition->children[i] = child;
        }
    }
    *out = required == 1 && kind != NN_CONDITION_NOT ? condition->children[0] : condition;
    return NUNCIO_OK;
}

/* What an article must hold so that a quote in it can hold `inside`: negations say nothing about
 * it. NULL: nothing. */
static nuncio_status relax(nn_planner *planner, nn_condition *inside, nn_condition **out)
{
    *out = NULL;
    if (inside->kind == NN_CONDITION_CLAUSE || inside->kind == NN_CONDITION_FILTER) {
        *out = inside;
        return NUNCIO_OK;
    }
    if (inside->kind == NN_CONDITION_NOT) {
        return NUNCIO_OK;
    }
    nn_condition *relaxed = new_condition(planner, inside->kind, inside->child_count);
    if (relaxed == NULL) {
        return nn_error_memory(planner->run->error);
    }
    relaxed->child_count = 0;
    for (uint32_t i = 0; i < inside->child_count; i++) {
        nn_condition *child;
        NN_TRY(relax(planner, inside->children[i], &child));
        if (child != NULL) {
            relaxed->children[relaxed->child_count++] = child;
        } else if (inside->kind == NN_CONDITION_OR) {
            return NUNCIO_OK; /* one way asks for nothing */
        }
    }
    *out = relaxed->child_count > 0 ? relaxed : NULL;
    return NUNCIO_OK;
}

static nuncio_status refuse_passage(nn_planner *planner, const nn_node *node)
{
    nuncio_error *error = planner->run->error;
    (void)nn_error_set(error, NUNCIO_ERR_QUERY, "PASSAGE( … ) cannot be asked of a quote");
    if (error != NULL) {
        error->offset = node->offset;
    }
    return NUNCIO_ERR_QUERY;
}

static nuncio_status build_guard(nn_planner *planner, const nn_node *node, nn_standing standing,
                                 nn_condition **out)
{
    if (planner->run->by_quote) { /* everything is read over one quote */
        return node->kind == NN_NODE_QUOTE ? build(planner, node->children[0], standing, out)
                                           : refuse_passage(planner, node);
    }
    uint32_t number = ++planner->plan->guard_count;
    nn_guard *guard = &planner->plan->guards[number];
    guard->quote = node->kind == NN_NODE_QUOTE;
    guard->parent = standing.guard;
    standing.guard = number;
    nn_condition *child;
    NN_TRY(build(planner, node->children[0], standing, &child));
    if (guard->quote) {
        guard->inside = child;
        NN_TRY(relax(planner, child, &guard->condition));
    } else {
        guard->condition = child;
    }
    nn_condition *condition = new_condition(planner, NN_CONDITION_GUARD, 0);
    if (condition == NULL) {
        return nn_error_memory(planner->run->error);
    }
    condition->guard = number;
    *out = condition;
    return NUNCIO_OK;
}

static nuncio_status build_filter(nn_planner *planner, const nn_node *node, nn_standing standing,
                                  nn_condition **out)
{
    nn_condition *condition = new_condition(planner, NN_CONDITION_FILTER, 0);
    if (condition == NULL) {
        return nn_error_memory(planner->run->error);
    }
    condition->filter = node->filter;
    *out = condition;
    if (node->filter->kind != NN_FILTER_SPEAKER && node->filter->kind != NN_FILTER_MENTION) {
        return NUNCIO_OK;
    }
    nn_named *named;
    NN_TRY(nn_named_find(planner->run, node->filter, &named));
    condition->named = named;
    planner->plan->named[planner->plan->named_count++] = (nn_plan_named){node->filter, named};
    if (!standing.negated) { /* the walk of what is shown is another than that of the condition */
        nn_condition *shown = new_condition(planner, NN_CONDITION_FILTER, 0);
        if (shown == NULL) {
            return nn_error_memory(planner->run->error);
        }
        shown->filter = condition->filter;
        shown->named = condition->named;
        planner->names->children[planner->names->child_count++] = shown;
    }
    return NUNCIO_OK;
}

/* Recursion is bounded by the parser: NN_QUERY_DEPTH_MAX brackets. */
static nuncio_status build(nn_planner *planner, const nn_node *node, nn_standing standing,
                           nn_condition **out)
{
    nn_weight_chain link = {nn_weight_value(node->weight), standing.weights};
    if (node->kind != NN_NODE_LEAF && node->weight.given) {
        standing.weights = &link;
    }
    switch (node->kind) {
    case NN_NODE_LEAF:
        return build_leaf(planner, node, standing, out);
    case NN_NODE_FILTER:
        return build_filter(planner, node, standing, out);
    case NN_NODE_NOT:
        standing.negated = true;
        return build_children(planner, node, 1, NN_CONDITION_NOT, standing, out);
    case NN_NODE_AND:
        return build_children(planner, node, node->child_count, NN_CONDITION_AND, standing, out);
    case NN_NODE_OR:
        return build_children(planner, node, node->child_count, NN_CONDITION_OR, standing, out);
    case NN_NODE_PLUS:
        return build_children(planner, node, node->required_count, NN_CONDITION_AND, standing, out);
    case NN_NODE_PASSAGE:
    case NN_NODE_QUOTE:
    default:
        return build_guard(planner, node, standing, out);
    }
}

/* ---- the shape of the search ---- */

/* True where the condition is met by whatever one of its clauses, all scoring, matches; marks them.
 */
static bool is_any(const nn_condition *condition)
{
    if (condition->kind == NN_CONDITION_CLAUSE) {
        condition->clause->covered = true;
        return condition->clause->scoring && condition->clause->guard == 0;
    }
    bool any = condition->kind == NN_CONDITION_OR;
    for (uint32_t i = 0; i < condition->child_count && any; i++) {
        any = is_any(condition->children[i]);
    }
    return any;
}

/* The same, and no other clause scores: then hits can be had from the clauses alone. */
static bool is_all_that_scores(const nn_plan *plan, const nn_condition *condition)
{
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        plan->clauses[i]->covered = false;
    }
    if (!is_any(condition)) {
        return false;
    }
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        if (plan->clauses[i]->scoring && !plan->clauses[i]->covered) {
            return false;
        }
    }
    return true;
}

static bool is_scoring_clause(const nn_condition *condition)
{
    return condition->kind == NN_CONDITION_CLAUSE && condition->clause->scoring &&
           condition->clause->guard == 0;
}

static bool asks_for_scoring_clause(const nn_condition *condition)
{
    bool asks = is_scoring_clause(condition);
    for (uint32_t i = 0; i < condition->child_count && !asks; i++) {
        asks = asks_for_scoring_clause(condition->children[i]);
    }
    return asks;
}

/* What a hit found along the postings of any scoring clause has yet to fulfil. In passage scope the
 * clauses of the outermost AND are required of the passage itself. */
static nuncio_status find_residue(nn_planner *planner, uint32_t unit)
{
    nn_plan *plan = planner->plan;
    nn_condition *root = plan->condition;
    if (is_all_that_scores(plan, root)) {
        return NUNCIO_OK;
    }
    uint32_t count = root->kind == NN_CONDITION_AND ? root->child_count : 1;
    nn_condition *residue = new_condition(planner, NN_CONDITION_AND, count);
    if (residue == NULL) {
        return nn_error_memory(planner->run->error);
    }
    residue->child_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        nn_condition *child = root->kind == NN_CONDITION_AND ? root->children[i] : root;
        if (is_all_that_scores(plan, child)) {
            continue;
        }
        if (unit == NN_UNIT_PASSAGE && root != child && is_scoring_clause(child)) {
            child->clause->required = true;
        } else {
            residue->children[residue->child_count++] = child;
        }
    }
    if (residue->child_count > 0) {
        plan->residue[unit] = residue;
        plan->shares[unit] = asks_for_scoring_clause(residue);
    }
    return NUNCIO_OK;
}

static nuncio_status find_shape(nn_planner *planner)
{
    nn_plan *plan = planner->plan;
    plan->windowed = plan->scoring_count > 0;
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        const nn_clause *clause = plan->clauses[i];
        plan->windowed = plan->windowed && !(clause->scoring && clause->guard != 0);
    }
    NN_TRY(find_residue(planner, NN_UNIT_PASSAGE));
    return find_residue(planner, NN_UNIT_ARTICLE);
}

static nuncio_status resolve_clauses(nn_planner *planner)
{
    nn_run *run = planner->run;
    for (uint32_t i = 0; i < planner->plan->clause_count; i++) {
        nn_clause *clause = planner->plan->clauses[i];
        clause->number = i;
        nn_weighing among = clause->in_quote ? NN_WEIGH_QUOTES : NN_WEIGH_PASSAGES;
        NN_TRY(nn_resolve_leaf(run, clause->leaf, clause->scoring ? among : NN_WEIGH_NOT,
                               &clause->resolved));
        clause->passage_weight = clause->weight * clause->resolved->idf;
        clause->article_weight = clause->weight * clause->resolved->article_idf;
        clause->quote_weight = clause->weight * clause->resolved->quote_idf;
    }
    return NUNCIO_OK;
}

/* How many nodes of each kind there are at most. */
typedef struct nn_node_counts {
    uint32_t leaves, filters, guards;
} nn_node_counts;

static void count_nodes(const nn_node *node, nn_node_counts *counts)
{
    counts->leaves += node->kind == NN_NODE_LEAF ? 1 : 0;
    counts->filters += node->kind == NN_NODE_FILTER ? 1 : 0;
    counts->guards += node->kind == NN_NODE_PASSAGE || node->kind == NN_NODE_QUOTE ? 1 : 0;
    for (uint32_t i = 0; i < node->child_count; i++) {
        count_nodes(node->children[i], counts);
    }
}

nuncio_status nn_plan_make(nn_run *run, const nn_node *root, nn_plan *plan)
{
    *plan = (nn_plan){0};
    nn_planner planner = {.run = run, .plan = plan};
    nn_node_counts counts = {0};
    count_nodes(root, &counts);
    plan->clauses = nn_arena_array(run->arena, counts.leaves + 1u, sizeof *plan->clauses);
    plan->guards = nn_arena_array(run->arena, counts.guards + 1u, sizeof *plan->guards);
    plan->named = nn_arena_array(run->arena, counts.filters + 1u, sizeof *plan->named);
    planner.names = new_condition(&planner, NN_CONDITION_OR, counts.filters);
    if (plan->clauses == NULL || plan->guards == NULL || plan->named == NULL ||
        planner.names == NULL) {
        return nn_error_memory(run->error);
    }
    planner.names->child_count = 0;
    NN_TRY(build(&planner, root, (nn_standing){0}, &plan->condition));
    if (plan->scoring_count == 0 && planner.names->child_count > 0) {
        plan->shown = planner.names;
    }
    NN_TRY(resolve_clauses(&planner));
    return run->by_quote ? relax(&planner, plan->condition, &plan->quote_condition)
                         : find_shape(&planner);
}
