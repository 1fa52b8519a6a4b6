/* SPDX-License-Identifier: Apache-2.0 */
/* From a query and a snapshot to what is searched: the clauses that score, and the condition that
 * hits must fulfil.
 *
 *   +lavrov "new start" PASSAGE(kyiv AND visit)          clauses, by key:  "new start"
 *                                                                          kyiv        guard 1
 *   condition:  lavrov                                                     lavrov
 *   guard 1:    kyiv AND visit, over one passage                           visit       guard 1
 */
#ifndef QUERY_PLAN_H
#define QUERY_PLAN_H

#include "query/match/matcher.h"

/** A leaf that stands in the query once or more, with the same guard. */
typedef struct nn_clause {
    const nn_leaf *leaf;
    uint32_t number;       /* place in nn_plan.clauses */
    uint32_t guard;        /* number of the guard it stands under; 0: none */
    bool in_quote;         /* that guard is a quote:( … ), or quotes are ranked */
    bool scoring;          /* it stands somewhere outside negations */
    bool required;         /* an operand of the outermost AND: a hit of passage scope holds it */
    bool covered;          /* scratch of the planner */
    double weight;         /* sum of w where it does */
    double passage_weight; /* weight · idf */
    double article_weight; /* the same by article */
    double quote_weight;   /* the same among quotes, in a quote only */
    nn_resolved *resolved;
} nn_clause;

typedef enum nn_condition_kind {
    NN_CONDITION_CLAUSE = 0,
    NN_CONDITION_FILTER,
    NN_CONDITION_NOT,
    NN_CONDITION_AND,
    NN_CONDITION_OR,
    NN_CONDITION_GUARD /* PASSAGE( … ) or quote:( … ) */
} nn_condition_kind;

typedef struct nn_condition {
    nn_condition_kind kind;
    nn_clause *clause;              /* CLAUSE */
    const nn_filter *filter;        /* FILTER */
    const struct nn_named *named;   /* FILTER on names: those that it is true of */
    struct nn_filter_walk *walk;    /* FILTER: its state in the current segment, */
    uint32_t opening;               /* which was the segment of this number (nn_run.openings) */
    uint32_t guard;                 /* GUARD: its number */
    struct nn_condition **children; /* NOT, AND, OR */
    uint32_t child_count;
    uint64_t cost; /* in the current segment: about how many units its walk stops at */
    bool asked;    /* in the current segment: cheaper to ask about a unit than to walk */
} nn_condition;

/** What stands in one PASSAGE( … ) or quote:( … ). */
typedef struct nn_guard {
    bool quote;
    bool scoring;            /* quote: a clause in it scores */
    uint32_t parent;         /* guard around this one; 0: none */
    nn_condition *condition; /* over the passage; of a quote: what its article must hold at least;
                                NULL: nothing */
    nn_condition *inside;    /* quote: what the quote itself must hold */
} nn_guard;

/** The names that a filter is true of. */
typedef struct nn_plan_named {
    const nn_filter *filter;
    const struct nn_named *named;
} nn_plan_named;

typedef struct nn_plan {
    nn_clause **clauses; /* in order of key, then guard: the order of sums */
    uint32_t clause_count;
    uint32_t scoring_count;
    nn_guard *guards; /* guards[1 … guard_count] */
    uint32_t guard_count;
    nn_condition *condition;       /* of the whole query */
    nn_condition *quote_condition; /* by quote: what an article with a hit must hold at least; NULL:
                                      nothing */
    bool windowed; /* no scoring clause stands under a guard: hits can be found along postings */
    nn_condition *residue[2]; /* then what else a hit must fulfil, by unit; NULL: nothing */
    bool shares[2];           /* the residue asks for clauses that score */
    nn_plan_named *named;     /* filters on names */
    uint32_t named_count;
    nn_condition *shown; /* without scoring clauses: the names to be shown; NULL: any passage */
} nn_plan;

/** Plans the query; everything in run->arena. @retval NUNCIO_ERR_LIMIT see nn_resolve_leaf */
NUNCIO_NODISCARD nuncio_status nn_plan_make(nn_run *run, const nn_node *root, nn_plan *out);

#endif
