/* SPDX-License-Identifier: Apache-2.0 */
/* Which segments are merged at a commit: a function of their sizes alone. */
#ifndef INDEXER_MERGE_POLICY_H
#define INDEXER_MERGE_POLICY_H

#include "indexer/parts.h"

enum {
    /* limit writer: segments that are merged into one, at least | they are merged */
    NN_MERGE_MIN = 10,   /* segments that are merged at least */
    NN_MERGE_GROWTH = 5, /* a segment is merged only into one at least so many times as large */
    /* limit writer: passages of a segment that a merge makes | its parts stay apart */
    NN_MERGE_PASSAGES_MAX = 1 << 27 /* of a segment that a merge makes */
};

/** What the policy has to know of a part. */
typedef struct nn_merge_part {
    uint64_t live, dead; /* passages */
    uint64_t columns;    /* bytes that merging it takes without its lists, */
    uint64_t memory;     /* and with them, as far as can be told without looking at them */
} nn_merge_part;

/** A run of neighbours. */
typedef struct nn_merge_run {
    size_t first, count;
} nn_merge_run;

nn_merge_part nn_merge_part_of(const nn_part *part);

/**
 * The next run to merge, for which `memory` bytes suffice; count 0: none.
 *
 * A part of which more than half is dead is written anew by itself. Else it is the longest run of
 * at least NN_MERGE_MIN parts none of which has more than 1 / NN_MERGE_GROWTH of its passages; of
 * several the smallest, then the first. So a passage is rewritten at most once for each factor of
 * NN_MERGE_GROWTH that its segment grows by, and the number of parts grows with the logarithm of
 * the archive, whatever sizes come in.
 */
nn_merge_run nn_merge_choose(const nn_merge_part *parts, size_t count, uint64_t memory);

/** The longest run from part `first` on that a merge can make one of within `memory`, at least 1.
 */
nn_merge_run nn_merge_longest(const nn_merge_part *parts, size_t count, size_t first,
                              uint64_t memory);

/** Lowers `*count` to as many of the first parts as `memory` certainly suffices for; maybe 0. Cost:
 * reads their dictionaries, as merging them does. */
NUNCIO_NODISCARD nuncio_status nn_merge_within(const nn_part *parts, const nn_merge_part *sizes,
                                               size_t *count, uint64_t memory, nuncio_error *error);

#endif
