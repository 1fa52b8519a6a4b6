/* SPDX-License-Identifier: Apache-2.0 */
/* How high the threshold may rise, before a hit is scored exactly: rough scores are counted in
 * bins, and the lowest bin above which as many lie as hits are wanted is the floor. */
#ifndef QUERY_FLOOR_H
#define QUERY_FLOOR_H

#include <stdint.h>

enum { NN_FLOOR_BINS = 1024 };

typedef struct nn_floor {
    uint32_t wanted; /* hits; 0: bins say nothing */
    float scale;     /* from a score to its bin */
    uint32_t bin;    /* the floor */
    uint32_t above;  /* scores in it and those above it */
    uint32_t bins[NN_FLOOR_BINS];
} nn_floor;

/** Empty bins.
 * @param[in] wanted  hits; 0: the floor never rises
 * @param[in] highest no score is higher */
void nn_floor_begin(nn_floor *floor, uint32_t wanted, double highest);

/** Counts a score. */
static inline void nn_floor_count(nn_floor *floor, float score)
{
    uint32_t bin = (uint32_t)(score * floor->scale);
    bin = bin < NN_FLOOR_BINS ? bin : NN_FLOOR_BINS - 1; /* where a segment's bounds are wrong */
    floor->bins[bin]++;
    floor->above += bin >= floor->bin ? 1 : 0;
}

/** Raises the floor as far as scores were counted. As many as are wanted are not below what is
 * returned, less what was rounded in them; -1: there are not so many yet. */
double nn_floor_raise(nn_floor *floor);

#endif
