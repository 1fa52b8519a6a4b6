/* SPDX-License-Identifier: Apache-2.0 */
#include "query/walk/block_sample.h"

#include "core/assert.h"

enum {
    SAMPLE = 12,       /* blocks at most, */
    SAMPLE_SHARE = 4,  /* and no more of them than one in so many, */
    SAMPLE_HITS = 1000 /* nor where more hits are wanted: they lie all over */
};

/* How many of a list of `count` blocks are searched first; 0: none, where it would not pay. */
static uint32_t sample_of(const nn_ranking *ranking, uint32_t count)
{
    if (ranking->max > SAMPLE_HITS || ranking->counts) {
        return 0;
    }
    return count / SAMPLE_SHARE < SAMPLE ? count / SAMPLE_SHARE : (uint32_t)SAMPLE;
}

/* The bound that `wanted` of `count` blocks reach, and no more than so many but for equal ones. */
static float least_of(const float *bounds, uint32_t count, uint32_t wanted)
{
    float best[SAMPLE] = {0.0F}; /* descending */
    uint32_t kept = 0;
    NN_ASSERT(wanted > 0 && wanted <= SAMPLE);
    for (uint32_t block = 0; block < count; block++) {
        float bound = bounds[block];
        if (kept == wanted && bound <= best[kept - 1]) {
            continue;
        }
        uint32_t place = kept < wanted ? kept++ : kept - 1;
        for (; place > 0 && best[place - 1] < bound; place--) {
            best[place] = best[place - 1];
        }
        best[place] = bound;
    }
    return best[wanted - 1];
}

nuncio_status nn_block_sample_search(nn_run *run, const nn_ranking *ranking, float *bounds,
                                     uint32_t count, nn_block_search *search, void *walk,
                                     bool *sampled)
{
    uint32_t wanted = sample_of(ranking, count);
    *sampled = wanted > 0;
    float least = wanted > 0 ? least_of(bounds, count, wanted) : 0.0F;
    bool over = false;
    for (uint32_t block = 0; block < count && wanted > 0 && !over; block++) {
        if (bounds[block] >= least) {
            NN_TRY(search(walk, block, &over));
            bounds[block] = -1.0F;
            run->trail.sampled++;
            wanted--;
        }
    }
    return NUNCIO_OK;
}
