/* SPDX-License-Identifier: Apache-2.0 */
/* Which blocks of a list are searched before the others, so that the threshold is soon high: the
 * few of the highest bounds. */
#ifndef QUERY_BLOCK_SAMPLE_H
#define QUERY_BLOCK_SAMPLE_H

#include "query/rank/ranking.h"

/** How many of a list of `count` blocks that is; 0: none, where it would not pay. */
uint32_t nn_block_sample(const nn_ranking *ranking, uint32_t count);
/** The bound that `wanted` (1 or more, as above) of `count` blocks reach, and no more than so many
 * but for equal ones. */
float nn_block_sample_bound(const float *bounds, uint32_t count, uint32_t wanted);

#endif
