/* SPDX-License-Identifier: Apache-2.0 */
#include "query/match/condition.h"

#include "query/match/filter.h"
#include "query/match/quotes.h"

/* ---- opening ---- */

/* Children that propose units come first, cheapest first; those that are only asked come last. */
static bool goes_before(const nn_condition *a, const nn_condition *b)
{
    return a->asked != b->asked ? b->asked : a->cost < b->cost;
}

static void sort_children(nn_condition *condition)
{
    for (uint32_t i = 1; i < condition->child_count; i++) {
        nn_condition *moved = condition->children[i];
        uint32_t place = i;
        while (place > 0 && goes_before(moved, condition->children[place - 1])) {
            condition->children[place] = condition->children[place - 1];
            place--;
        }
        condition->children[place] = moved;
    }
}

static nuncio_status open_condition(nn_part *part, nn_condition *condition)
{
    if (condition->kind == NN_CONDITION_FILTER) {
        return nn_filter_open(part, condition);
    }
    if (condition->kind == NN_CONDITION_CLAUSE) {
        condition->cost = part->matchers[condition->clause->number]->cost;
        return NUNCIO_OK;
    }
    if (condition->kind == NN_CONDITION_GUARD) {
        nn_condition *inner = part->plan->guards[condition->guard].condition;
        condition->cost = inner == NULL ? part->passage_count : inner->cost;
        return NUNCIO_OK;
    }
    condition->cost = condition->kind == NN_CONDITION_AND ? UINT64_MAX : 0;
    for (uint32_t i = 0; i < condition->child_count; i++) {
        nn_condition *child = condition->children[i];
        NN_TRY(open_condition(part, child));
        if (condition->kind == NN_CONDITION_AND) {
            condition->cost = child->cost < condition->cost ? child->cost : condition->cost;
        } else {
            condition->cost += child->cost;
        }
    }
    if (condition->kind == NN_CONDITION_NOT) {
        condition->cost = part->passage_count;
        condition->asked = true;
    }
    if (condition->kind == NN_CONDITION_AND) {
        sort_children(condition);
    }
    return NUNCIO_OK;
}

nuncio_status nn_part_open(nn_part *part, nn_run *run, nn_plan *plan, size_t number)
{
    const nn_segment *segment = run->snapshot->parts[number].segment;
    const nn_segment_info *info = nn_segment_info_of(segment);
    nn_arena_reset(run->part_arena);
    *part = (nn_part){.run = run,
                      .plan = plan,
                      .number = number,
                      .segment = segment,
                      .passage_count = info->passage_count,
                      .article_count = info->article_count,
                      .lengths = nn_segment_lengths(segment)};
    run->openings++;
    return nn_part_reopen(part);
}

/* Opens the clauses at their first candidates; a phrase alone before any, since who goes along its
 * rarest word (nn_walk_phrase) has no use for it, and who approaches it finds it. */
static nuncio_status open_matchers(nn_part *part)
{
    nn_run *run = part->run;
    const nn_plan *plan = part->plan;
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        nn_matcher **matcher = &part->matchers[i];
        NN_TRY(nn_matcher_open_reader(run, part->number, plan->clauses[i]->resolved, matcher));
        if (plan->clause_count > 1 || !nn_matcher_is_lists(*matcher)) {
            NN_TRY(nn_matcher_approach(*matcher, run, 0));
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_part_reopen(nn_part *part)
{
    nn_run *run = part->run;
    nn_plan *plan = part->plan;
    part->matchers =
        nn_arena_array(run->part_arena, plan->clause_count + 1u, sizeof *part->matchers);
    part->guards = nn_arena_array(run->part_arena, plan->guard_count + 1u, sizeof *part->guards);
    if (part->matchers == NULL || part->guards == NULL) {
        return nn_error_memory(run->error);
    }
    NN_TRY(open_matchers(part));
    for (uint32_t i = plan->guard_count; i > 0; i--) { /* an inner guard has the higher number */
        if (plan->guards[i].condition != NULL) {
            NN_TRY(open_condition(part, plan->guards[i].condition));
        }
    }
    for (uint32_t i = 1; i <= plan->guard_count; i++) {
        if (plan->guards[i].quote) {
            NN_TRY(nn_quotes_open(part, i, &part->guards[i].quotes));
            part->guards[i].spread = UINT32_MAX;
        }
    }
    if (plan->shown != NULL) {
        NN_TRY(open_condition(part, plan->shown));
    }
    for (uint32_t unit = 0; unit < 2; unit++) {
        if (plan->residue[unit] != NULL) {
            NN_TRY(open_condition(part, plan->residue[unit]));
        }
    }
    NN_TRY(open_condition(part, plan->condition));
    if (!run->by_quote) {
        return NUNCIO_OK;
    }
    if (plan->quote_condition != NULL) {
        NN_TRY(open_condition(part, plan->quote_condition));
    }
    return nn_quotes_open(part, 0, &part->quotes);
}

/* ---- walking ---- */

static nuncio_status next_clause(nn_part *part, const nn_condition *condition, nn_unit unit,
                                 uint32_t target, uint32_t *found)
{
    nn_matcher *matcher = part->matchers[condition->clause->number];
    if (unit == NN_UNIT_PASSAGE) {
        NN_TRY(nn_matcher_seek(matcher, part->run, target));
        *found = matcher->doc;
        return NUNCIO_OK;
    }
    NN_TRY(nn_matcher_seek(matcher, part->run, nn_segment_first_passage(part->segment, target)));
    *found = matcher->doc == NN_DOC_END ? NN_DOC_END
                                        : nn_segment_article_of(part->segment, matcher->doc);
    return NUNCIO_OK;
}

static nuncio_status next_and(nn_part *part, const nn_condition *condition, nn_unit unit,
                              uint32_t target, uint32_t *found)
{
    for (uint32_t i = 0; i < condition->child_count;) {
        if (target >= nn_part_units(part, unit)) {
            break;
        }
        nn_condition *child = condition->children[i];
        uint32_t proposed = target + 1;
        bool agreed = false;
        NN_TRY(nn_run_step(part->run));
        if (i > 0 && child->asked) {
            NN_TRY(nn_condition_test(part, child, unit, target, &agreed));
        } else {
            NN_TRY(nn_condition_next(part, child, unit, target, &proposed));
            agreed = proposed == target;
        }
        if (agreed) {
            i++;
        } else {
            i = i == 0 ? 1 : 0; /* the first child agrees to its own proposal */
            target = proposed;
        }
    }
    *found = target < nn_part_units(part, unit) ? target : NN_DOC_END;
    return NUNCIO_OK;
}

/* A unit ≥ `target` before which the condition holds of none; *sure: and of which it holds.
 *
 * What stands below OR and NOT is asked this way, which moves no matcher beyond its own next
 * occurrence. The next unit of an AND would: its other matchers would have passed units that are
 * found through another child of the OR, and in which the scorer has yet to see them. */
static nuncio_status propose(nn_part *part, nn_condition *condition, nn_unit unit, uint32_t target,
                             uint32_t *found, bool *sure)
{
    *sure = false;
    *found = target;
    switch (condition->kind) {
    case NN_CONDITION_NOT:
        return NUNCIO_OK;
    case NN_CONDITION_AND:
        NN_TRY(propose(part, condition->children[0], unit, target, found, sure));
        *sure = false;
        return NUNCIO_OK;
    case NN_CONDITION_OR:
        *found = NN_DOC_END;
        for (uint32_t i = 0; i < condition->child_count && !(*sure && *found == target); i++) {
            uint32_t proposed;
            bool holds;
            NN_TRY(propose(part, condition->children[i], unit, target, &proposed, &holds));
            *sure = proposed < *found ? holds : *sure || (holds && proposed == *found);
            *found = proposed < *found ? proposed : *found;
        }
        return NUNCIO_OK;
    case NN_CONDITION_CLAUSE:
    case NN_CONDITION_FILTER:
    case NN_CONDITION_GUARD:
    default:
        *sure = true;
        return nn_condition_next(part, condition, unit, target, found);
    }
}

static nuncio_status next_or(nn_part *part, nn_condition *condition, nn_unit unit, uint32_t target,
                             uint32_t *found)
{
    for (bool holds = false; !holds; target = *found + 1) {
        *found = NN_DOC_END;
        if (target >= nn_part_units(part, unit)) {
            return NUNCIO_OK;
        }
        NN_TRY(nn_run_step(part->run));
        NN_TRY(propose(part, condition, unit, target, found, &holds));
        if (*found == NN_DOC_END) {
            return NUNCIO_OK;
        }
        if (!holds) {
            NN_TRY(nn_condition_test(part, condition, unit, *found, &holds));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status next_not(nn_part *part, const nn_condition *condition, nn_unit unit,
                              uint32_t target, uint32_t *found)
{
    for (; target < nn_part_units(part, unit); target++) {
        bool excluded;
        NN_TRY(nn_run_step(part->run));
        NN_TRY(nn_condition_test(part, condition->children[0], unit, target, &excluded));
        if (!excluded) {
            *found = target;
            return NUNCIO_OK;
        }
    }
    *found = NN_DOC_END;
    return NUNCIO_OK;
}

static nuncio_status next_guard(nn_part *part, const nn_condition *condition, nn_unit unit,
                                uint32_t target, uint32_t *found)
{
    uint32_t passage =
        unit == NN_UNIT_PASSAGE ? target : nn_segment_first_passage(part->segment, target);
    NN_TRY(nn_guard_seek(part, condition->guard, passage));
    uint32_t doc = part->guards[condition->guard].doc;
    *found = doc == NN_DOC_END ? NN_DOC_END : nn_part_article(part, NN_UNIT_PASSAGE, doc);
    if (unit == NN_UNIT_PASSAGE) {
        *found = doc;
    }
    return NUNCIO_OK;
}

nuncio_status nn_condition_next(nn_part *part, nn_condition *condition, nn_unit unit,
                                uint32_t target, uint32_t *found)
{
    *found = NN_DOC_END;
    if (target >= nn_part_units(part, unit)) {
        return NUNCIO_OK;
    }
    switch (condition->kind) {
    case NN_CONDITION_CLAUSE:
        return next_clause(part, condition, unit, target, found);
    case NN_CONDITION_FILTER:
        return nn_filter_next(part, condition->walk, unit, target, found);
    case NN_CONDITION_NOT:
        return next_not(part, condition, unit, target, found);
    case NN_CONDITION_AND:
        return next_and(part, condition, unit, target, found);
    case NN_CONDITION_OR:
        return next_or(part, condition, unit, target, found);
    case NN_CONDITION_GUARD:
    default:
        return next_guard(part, condition, unit, target, found);
    }
}

nuncio_status nn_condition_test(nn_part *part, nn_condition *condition, nn_unit unit,
                                uint32_t target, bool *holds)
{
    *holds = false;
    if (condition->kind == NN_CONDITION_FILTER) { /* asked, it need not look for the next */
        return nn_filter_test(part, condition->walk, unit, target, holds);
    }
    if (condition->kind == NN_CONDITION_AND) {
        *holds = true;
        for (uint32_t i = 0; i < condition->child_count && *holds; i++) {
            NN_TRY(nn_condition_test(part, condition->children[i], unit, target, holds));
        }
        return NUNCIO_OK;
    }
    if (condition->kind == NN_CONDITION_NOT) {
        NN_TRY(nn_condition_test(part, condition->children[0], unit, target, holds));
        *holds = !*holds;
        return NUNCIO_OK;
    }
    if (condition->kind == NN_CONDITION_OR) {
        for (uint32_t i = 0; i < condition->child_count && !*holds; i++) {
            NN_TRY(nn_condition_test(part, condition->children[i], unit, target, holds));
        }
        return NUNCIO_OK;
    }
    uint32_t found;
    NN_TRY(nn_condition_next(part, condition, unit, target, &found));
    *holds = found == target;
    return NUNCIO_OK;
}

/* ---- guards ---- */

/* Goes to an article and works out its passages. */
static nuncio_status enter_article(nn_part *part, nn_guard_walk *walk, uint32_t article)
{
    NN_TRY(nn_quotes_enter(part, walk->quotes, article));
    if (walk->quotes->hold_count > 0 && walk->spread != article) {
        NN_TRY(nn_quotes_spread(part, walk->quotes));
        walk->spread = article;
    }
    return NUNCIO_OK;
}

/* The first passage ≥ `target` that has words of a quote that fulfils the guard. */
static nuncio_status seek_quote(nn_part *part, nn_condition *condition, nn_guard_walk *walk,
                                uint32_t target)
{
    const nn_quote_walk *quotes = walk->quotes;
    walk->doc = NN_DOC_END;
    while (target < part->passage_count) {
        uint32_t article = nn_segment_article_of(part->segment, target);
        uint32_t wanted = article;
        NN_TRY(nn_run_step(part->run));
        if (condition != NULL && !(quotes->entered && quotes->article == article)) {
            NN_TRY(nn_condition_next(part, condition, NN_UNIT_ARTICLE, article, &wanted));
        }
        if (wanted == NN_DOC_END) {
            return NUNCIO_OK;
        }
        uint32_t first = nn_segment_first_passage(part->segment, wanted);
        target = target > first ? target : first;
        NN_TRY(enter_article(part, walk, wanted));
        uint32_t end = nn_segment_first_passage(part->segment, wanted + 1);
        for (; target < end && quotes->hold_count > 0; target++) {
            if (quotes->passage_states[target - first] != 0) {
                walk->doc = target;
                return NUNCIO_OK;
            }
        }
        target = end;
        if (quotes->quotes.count == 0) { /* on to the next article that has quotes */
            uint32_t behind;
            NN_TRY(nn_article_quotes_behind(&quotes->quotes, &behind, part->run->error));
            target = behind == NN_DOC_END ? part->passage_count
                                          : nn_segment_first_passage(part->segment, behind);
        }
    }
    return NUNCIO_OK;
}

bool nn_guard_quote_score(const nn_part *part, uint32_t number, uint32_t passage, double *score)
{
    const nn_quote_walk *walk = part->guards[number].quotes;
    uint32_t at = passage - nn_segment_first_passage(part->segment, walk->article);
    *score = walk->passage_scores[at];
    return (walk->passage_states[at] & NN_QUOTE_SCORES) != 0;
}

nuncio_status nn_guard_seek(nn_part *part, uint32_t number, uint32_t target)
{
    nn_guard_walk *walk = &part->guards[number];
    const nn_guard *guard = &part->plan->guards[number];
    if (walk->started && walk->doc >= target) {
        return NUNCIO_OK;
    }
    walk->started = true;
    if (guard->quote) {
        return seek_quote(part, guard->condition, walk, target);
    }
    return nn_condition_next(part, guard->condition, NN_UNIT_PASSAGE, target, &walk->doc);
}

nuncio_status nn_guard_test(nn_part *part, uint32_t number, uint32_t passage, bool *holds)
{
    *holds = true;
    while (number != 0 && *holds) {
        NN_TRY(nn_guard_seek(part, number, passage));
        *holds = part->guards[number].doc == passage;
        number = part->plan->guards[number].parent;
    }
    return NUNCIO_OK;
}
