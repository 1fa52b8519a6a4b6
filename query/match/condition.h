/* SPDX-License-Identifier: Apache-2.0 */
/* Which articles, or passages, of a segment fulfil the condition of a query.
 *
 * A unit is a passage or an article, as the scope asks. Conditions are walked forward only: each
 * call's target is at least that of the call before, and the matchers never run ahead of the first
 * unit ≥ target in which they occur. So the scorer may share them: when a unit has been found, each
 * stands at or before its first match in that unit, or behind the unit. */
#ifndef QUERY_CONDITION_H
#define QUERY_CONDITION_H

#include "query/plan/plan.h"

typedef enum nn_unit { NN_UNIT_PASSAGE = 0, NN_UNIT_ARTICLE = 1 } nn_unit;

/** Where a guard stands in the current segment. */
typedef struct nn_guard_walk {
    uint32_t
        doc; /* first passage that fulfils it, at or behind the last target; NN_DOC_END: none */
    bool started;
    struct nn_quote_walk *quotes; /* of a quote:( … ) */
    uint32_t spread;              /* article whose passages the quotes were spread over */
} nn_guard_walk;

/** A segment while it is searched. */
typedef struct nn_part {
    nn_run *run;
    nn_plan *plan;
    size_t number; /* of the part in the snapshot */
    const nn_segment *segment;
    uint32_t passage_count, article_count;
    const uint8_t *lengths;
    nn_matcher **matchers;        /* by number of clause */
    nn_guard_walk *guards;        /* by number of guard */
    struct nn_quote_walk *quotes; /* by quote: of the whole query */
} nn_part;

/** Whether a passage is of a deleted article. */
static inline bool nn_part_deleted(const nn_part *part, uint32_t passage)
{
    return part->run->snapshot->parts[part->number].deletes != NULL &&
           nn_run_deleted(part->run, part->number, nn_segment_article_of(part->segment, passage));
}

/** Opens every matcher and filter of the plan on part `number`. Storage is run->part_arena, which
 * is reset first. */
NUNCIO_NODISCARD nuncio_status nn_part_open(nn_part *part, nn_run *run, nn_plan *plan,
                                            size_t number);
/** Opens them once more, at their start; what was opened before stays where it is. */
NUNCIO_NODISCARD nuncio_status nn_part_reopen(nn_part *part);

/** First unit ≥ `target` that fulfils the condition, or NN_DOC_END. Deleted articles are not left
 * out. */
NUNCIO_NODISCARD nuncio_status nn_condition_next(nn_part *part, nn_condition *condition,
                                                 nn_unit unit, uint32_t target, uint32_t *found);
/** Whether unit `target` fulfils the condition. */
NUNCIO_NODISCARD nuncio_status nn_condition_test(nn_part *part, nn_condition *condition,
                                                 nn_unit unit, uint32_t target, bool *holds);

/** Moves guard `number` to the first passage ≥ `target` that fulfils it: part->guards[number].doc.
 */
NUNCIO_NODISCARD nuncio_status nn_guard_seek(nn_part *part, uint32_t number, uint32_t target);
/** Whether `passage` fulfils guard `number` and the guards around it; 0 is always fulfilled. */
NUNCIO_NODISCARD nuncio_status nn_guard_test(nn_part *part, uint32_t number, uint32_t passage,
                                             bool *holds);

/** The best of the quotes of guard `number`, a quote:( … ), that `passage`, of which it holds, has
 * words of: what it scores; false where nothing scores in them. */
bool nn_guard_quote_score(const nn_part *part, uint32_t number, uint32_t passage, double *score);

/** How many units of the kind the segment has. */
static inline uint32_t nn_part_units(const nn_part *part, nn_unit unit)
{
    return unit == NN_UNIT_ARTICLE ? part->article_count : part->passage_count;
}

/** Passages first … end - 1. */
typedef struct nn_range {
    uint32_t first, end;
} nn_range;

/** The passages of a unit. */
static inline nn_range nn_unit_range(const nn_part *part, nn_unit unit, uint32_t number)
{
    nn_range range = {number, number + 1};
    if (unit == NN_UNIT_ARTICLE) {
        range.first = nn_segment_first_passage(part->segment, number);
        range.end = nn_segment_first_passage(part->segment, number + 1);
    }
    return range;
}

/** The article that a unit is, or that a passage stands in. */
static inline uint32_t nn_part_article(const nn_part *part, nn_unit unit, uint32_t number)
{
    return unit == NN_UNIT_ARTICLE ? number : nn_segment_article_of(part->segment, number);
}

#endif
