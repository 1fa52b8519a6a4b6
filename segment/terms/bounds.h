/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs (tf, length) that bound what a posting can score, for any k1 and b: more occurrences in a
 * shorter passage never score less. A front holds the postings that no other beats, by rising tf
 * and rising length; it is then thinned to a few pairs that bound all of it. */
#ifndef SEGMENT_BOUNDS_H
#define SEGMENT_BOUNDS_H

#include "segment/files/format.h"
#include "segment/segment.h"

/** The shortest length seen with each frequency. */
typedef struct nn_front {
    uint16_t shortest[NN_POSITIONS_MAX + 1]; /* by tf; 0: none seen */
    uint32_t tf_max;
} nn_front;

void nn_front_clear(nn_front *front);
/** Takes a posting in; tf 1 … 255, length ≥ tf. */
void nn_front_add(nn_front *front, uint32_t tf, uint32_t length);
/** Takes all postings of another front in. */
void nn_front_merge(nn_front *front, const nn_front *other);
/** Thins to at most `max` (1 … NN_BOUNDS_MAX) pairs, tf rising; the sum of what the pairs bound
 * beyond the front, as areas in the (tf, length) plane, is the least possible. @return their
 * number, ≥ 1 for a front that is not empty */
uint32_t nn_front_bounds(const nn_front *front, uint32_t max, nn_bound bounds[NN_BOUNDS_MAX]);

#endif
