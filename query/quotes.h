/* SPDX-License-Identifier: Apache-2.0 */
/* quote:( … ): a condition read over one quote.
 *
 *   passage   He said “New START is dead” and left. “We will talk”, she said.
 *   tokens    0  1     2   3     4  5     6   7       8  9    10    11  12
 *   quotes             2 ─────── 6                    8 ────── 11
 *
 * quote:(start) holds in the passage for the first quote; its leaf has the occurrences within
 * tokens 2 … 5. */
#ifndef QUERY_QUOTES_H
#define QUERY_QUOTES_H

#include "query/condition.h"

/** A quote guard in one segment. */
typedef struct nn_quote_walk {
    uint32_t number; /* of the guard */
    nn_range *spans; /* tokens of the quotes that fulfil it in the guard's current passage */
    uint32_t span_count, span_capacity;
    uint32_t starts[NN_POSITIONS_MAX],
        ends[NN_POSITIONS_MAX]; /* of its tokens, bytes of the article */
    uint32_t token_count;
} nn_quote_walk;

/** @retval NUNCIO_ERR_QUERY the segment stores no text */
NUNCIO_NODISCARD nuncio_status nn_quotes_open(nn_part *part, uint32_t guard, nn_quote_walk **out);

/** Finds the quotes of `passage` that fulfil the guard: walk->spans. */
NUNCIO_NODISCARD nuncio_status nn_quotes_look_at(nn_part *part, nn_quote_walk *walk,
                                                 uint32_t passage);

/** Whether an occurrence lies in one of the quotes found. */
bool nn_quotes_hold(const nn_quote_walk *walk, nn_occurrence occurrence);

#endif
