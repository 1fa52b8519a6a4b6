/* SPDX-License-Identifier: Apache-2.0 */
/* A walk over the passages of one segment in which a leaf occurs.
 *
 * In two steps, so that positions are read only where they may matter: nn_matcher_approach finds
 * the next passage in which every word of the leaf stands, nn_matcher_confirm whether they stand as
 * the leaf asks. */
#ifndef QUERY_MATCHER_H
#define QUERY_MATCHER_H

#include "query/plan/resolve.h"

/** Tokens of one occurrence: positions of docs/query-language.md, `end` exclusive. */
typedef struct nn_occurrence {
    uint32_t start, end;
} nn_occurrence;

typedef struct nn_matcher {
    const nn_resolved *resolved;
    const nn_segment *segment;
    uint32_t doc;                    /* current passage, NN_DOC_END at the end */
    bool sure;                       /* each passage approached matches: nothing to confirm */
    bool counted;                    /* `occurrences` are those of `doc` */
    uint64_t cost;                   /* about how many postings the whole walk reads */
    nn_slot_walk *slots;             /* one a word, in order of standing */
    uint32_t *order;                 /* numbers of the slots, cheapest first */
    uint32_t slot_count;             /* 0: a word is not in the segment, or NEAR */
    struct nn_matcher *left, *right; /* NEAR only */
    nn_occurrence *occurrences;      /* ascending by start */
    uint32_t occurrence_count;
} nn_matcher;

/** Opens at the first candidate. Storage comes from run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_matcher_open(nn_run *run, size_t part,
                                               const nn_resolved *resolved, nn_matcher **out);
/** The same, before any candidate: to be told where to stand, or to be approached. Not for NEAR. */
NUNCIO_NODISCARD nuncio_status nn_matcher_open_reader(nn_run *run, size_t part,
                                                      const nn_resolved *resolved,
                                                      nn_matcher **out);
/** Whether it is a phrase of words of one list each, anywhere in a passage; a word is none. */
bool nn_matcher_is_lists(const nn_matcher *matcher);
/** To the first candidate ≥ `target`, never backwards. */
NUNCIO_NODISCARD nuncio_status nn_matcher_approach(nn_matcher *matcher, nn_run *run,
                                                   uint32_t target);
/** Stands at a passage, not before where it stood, in which each word stands: the caller knows. */
void nn_matcher_stand(nn_matcher *matcher, uint32_t passage);
/** Back to the start: matcher->doc is the first candidate or before it. */
NUNCIO_NODISCARD nuncio_status nn_matcher_rewind(nn_matcher *matcher, nn_run *run);
/** To be called after the slot of a word has been moved forward. */
void nn_matcher_settle(nn_matcher *matcher);
/** Whether the leaf occurs in the current passage, which is not the end. */
NUNCIO_NODISCARD nuncio_status nn_matcher_confirm(nn_matcher *matcher, nn_run *run, bool *occurs);
/** To the first passage ≥ `target` in which the leaf occurs. */
NUNCIO_NODISCARD nuncio_status nn_matcher_seek(nn_matcher *matcher, nn_run *run, uint32_t target);

/** Frequency in the current passage, which is confirmed. */
NUNCIO_NODISCARD nuncio_status nn_matcher_tf(nn_matcher *matcher, nn_run *run, uint32_t *tf);
/** A frequency that the one in the current passage, a candidate, does not exceed; without reading
 * positions. */
NUNCIO_NODISCARD nuncio_status nn_matcher_tf_most(nn_matcher *matcher, nn_run *run, uint32_t *tf);
/** Fills matcher->occurrences for the current passage. */
NUNCIO_NODISCARD nuncio_status nn_matcher_occurrences(nn_matcher *matcher, nn_run *run);

/** The largest tf / (tf + norm) among the passages from `target` to *last, or more; 0 when the leaf
 * occurs in none of them. `target` ≥ the current passage or before it. */
NUNCIO_NODISCARD nuncio_status nn_matcher_bound(nn_matcher *matcher, nn_run *run, uint32_t target,
                                                uint32_t *last, double *bound);

/** The largest tf / (tf + norm) in the whole segment, or more. */
NUNCIO_NODISCARD nuncio_status nn_matcher_max(nn_matcher *matcher, nn_run *run, double *max);

/** True when `right` stands near `left` as NEAR/`distance` asks. */
bool nn_occurrence_near(nn_occurrence left, nn_occurrence right, uint32_t distance);

#endif
