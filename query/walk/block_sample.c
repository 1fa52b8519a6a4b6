/* SPDX-License-Identifier: Apache-2.0 */
#include "query/walk/block_sample.h"

#include "core/assert.h"

enum {
    SAMPLE = 12,       /* blocks at most, */
    SAMPLE_SHARE = 4,  /* and no more of them than one in so many, */
    SAMPLE_HITS = 1000 /* nor where more hits are wanted: they lie all over */
};

uint32_t nn_block_sample(const nn_ranking *ranking, uint32_t count)
{
    if (ranking->max > SAMPLE_HITS || ranking->counts) {
        return 0;
    }
    return count / SAMPLE_SHARE < SAMPLE ? count / SAMPLE_SHARE : (uint32_t)SAMPLE;
}

float nn_block_sample_bound(const float *bounds, uint32_t count, uint32_t wanted)
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
