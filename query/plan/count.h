/* SPDX-License-Identifier: Apache-2.0 */
/* How many live passages and articles of a segment a slot stands in. */
#ifndef QUERY_COUNT_H
#define QUERY_COUNT_H

#include "query/match/slot.h"

/**
 * Adds to *passages and, by article, to *articles.
 *
 * Cost: O(1) for one term; otherwise a pass over the postings, of all but the commonest term where
 * only passages are counted. Resets run->part_arena.
 */
NUNCIO_NODISCARD nuncio_status nn_count_live(nn_run *run, size_t part, const nn_slot_part *lists,
                                             uint64_t *passages, uint64_t *articles);

/** How many live quotes hold one of the terms. Cost: O(1) for one term, otherwise a pass over the
 * positions of all. Resets run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_count_quotes(nn_run *run, size_t part, const nn_slot_part *lists,
                                               uint64_t *quotes);

#endif
