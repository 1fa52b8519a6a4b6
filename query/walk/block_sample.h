/* SPDX-License-Identifier: Apache-2.0 */
/* Which blocks of a list are searched before the others, so that the threshold is soon high: the
 * few of the highest bounds. */
#ifndef QUERY_BLOCK_SAMPLE_H
#define QUERY_BLOCK_SAMPLE_H

#include "query/rank/ranking.h"

/** Searches a block. *over is set where no hit can lie behind it. */
typedef nuncio_status nn_block_search(void *walk, uint32_t block, bool *over);

/** Searches the best of `count` blocks, in order of storage, and takes their bounds below 0: none
 * of them is left.
 * @param[in,out] bounds  by block: 0 or more
 * @param[out]    sampled false: it would not pay, none was searched */
NUNCIO_NODISCARD nuncio_status nn_block_sample_search(nn_run *run, const nn_ranking *ranking,
                                                      float *bounds, uint32_t count,
                                                      nn_block_search *search, void *walk,
                                                      bool *sampled);

#endif
