/* SPDX-License-Identifier: Apache-2.0 */
#include "query/rank/floor.h"

#include <string.h>

void nn_floor_begin(nn_floor *floor, uint32_t wanted, double highest)
{
    memset(floor, 0, sizeof *floor);
    floor->wanted = wanted;
    floor->scale = highest > 0.0 ? (float)((NN_FLOOR_BINS - 1) / highest) : 0.0F;
}

double nn_floor_raise(nn_floor *floor)
{
    if (floor->wanted == 0 || floor->above < floor->wanted) {
        return -1.0;
    }
    while (floor->above - floor->bins[floor->bin] >= floor->wanted) {
        floor->above -= floor->bins[floor->bin++];
    }
    return floor->bin == 0 ? -1.0 : (double)floor->bin / (double)floor->scale;
}
