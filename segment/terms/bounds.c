/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/bounds.h"

#include <string.h>

void nn_front_clear(nn_front *front)
{
    memset(front->shortest, 0, (front->tf_max + 1) * sizeof front->shortest[0]);
    front->tf_max = 0;
}

void nn_front_add(nn_front *front, uint32_t tf, uint32_t length)
{
    uint16_t *shortest = &front->shortest[tf];
    if (*shortest == 0 || length < *shortest) {
        *shortest = (uint16_t)length;
    }
    front->tf_max = tf > front->tf_max ? tf : front->tf_max;
}

void nn_front_merge(nn_front *front, const nn_front *other)
{
    for (uint32_t tf = 1; tf <= other->tf_max; tf++) {
        if (other->shortest[tf] != 0) {
            nn_front_add(front, tf, other->shortest[tf]);
        }
    }
}

/** The postings that no other beats, tf rising. */
static uint32_t pareto(const nn_front *front, nn_bound *points)
{
    uint32_t count = 0;
    uint32_t shortest = UINT32_MAX;
    for (uint32_t tf = front->tf_max; tf > 0; tf--) { /* downwards: keep what gets shorter */
        if (front->shortest[tf] != 0 && front->shortest[tf] < shortest) {
            shortest = front->shortest[tf];
            points[count++] = (nn_bound){tf, shortest};
        }
    }
    for (uint32_t i = 0; i < count / 2; i++) {
        nn_bound swap = points[i];
        points[i] = points[count - 1 - i];
        points[count - 1 - i] = swap;
    }
    return count;
}

/** What the pair that bounds points i … j adds to the plane below the front. */
static uint32_t excess(const nn_bound *points, uint32_t i, uint32_t j)
{
    uint32_t area = 0;
    for (uint32_t k = i; k < j; k++) { /* between tf k and k + 1 the front lies at length k + 1 */
        area += (points[k + 1].tf - points[k].tf) * (points[k + 1].length - points[i].length);
    }
    return area;
}

uint32_t nn_front_bounds(const nn_front *front, uint32_t max, nn_bound bounds[NN_BOUNDS_MAX])
{
    nn_bound points[NN_POSITIONS_MAX];
    uint32_t count = pareto(front, points);
    if (count <= max) {
        memcpy(bounds, points, count * sizeof points[0]);
        return count;
    }
    /* cost[g][j]: least excess of points 0 … j in g + 1 groups; from[g][j]: where its last group
     * begins. */
    uint32_t cost[NN_BOUNDS_MAX][NN_POSITIONS_MAX];
    uint8_t from[NN_BOUNDS_MAX][NN_POSITIONS_MAX];
    for (uint32_t j = 0; j < count; j++) {
        cost[0][j] = excess(points, 0, j);
        from[0][j] = 0;
    }
    for (uint32_t group = 1; group < max; group++) {
        for (uint32_t j = group; j < count; j++) {
            cost[group][j] = UINT32_MAX;
            for (uint32_t i = group; i <= j; i++) {
                uint32_t sum = cost[group - 1][i - 1] + excess(points, i, j);
                if (sum < cost[group][j]) {
                    cost[group][j] = sum;
                    from[group][j] = (uint8_t)i;
                }
            }
        }
    }
    uint32_t last = count - 1;
    for (uint32_t group = max; group-- > 0;) {
        uint32_t first = from[group][last];
        bounds[group] = (nn_bound){points[last].tf, points[first].length};
        last = first - 1;
    }
    return max;
}
