/* SPDX-License-Identifier: Apache-2.0 */
/* Places of passages among the postings of a block, for many passages at once. */
#ifndef QUERY_BLOCK_LOOKUP_H
#define QUERY_BLOCK_LOOKUP_H

#include "query/rank/block_scores.h"

/** Finds passages (ascending; none is behind the last of the current block, which may be a set) in
 * the block. numbers[] and places[] get, for each that is in it, which of the passages it is and
 * its place in the block. Room for one more than `count` (at most 255) each.
 * @return their number */
uint32_t nn_block_look_up(const nn_postings *postings, const uint32_t *passages, uint32_t count,
                          uint8_t *numbers, uint8_t *places);
/** The same, as every processor can. */
uint32_t nn_block_look_up_portable(const nn_postings *postings, const uint32_t *passages,
                                   uint32_t count, uint8_t *numbers, uint8_t *places);

/** Which postings of the current block, unpacked, from the current one on are in a map: map[i] is 1
 * for passage `first` + i, else 0; `last` is the highest in it, and 3 bytes behind can be read. */
nn_block_set nn_block_mapped(const nn_postings *postings, const uint8_t *map, uint32_t first,
                             uint32_t last);
/** The same, as every processor can. */
nn_block_set nn_block_mapped_portable(const nn_postings *postings, const uint8_t *map,
                                      uint32_t first, uint32_t last);
/** Copies the numbers of a set of a block's postings, in order. @return how many */
uint32_t nn_block_take(const uint32_t numbers[NN_POSTINGS_BLOCK], nn_block_set set, uint32_t *out);
/** The same, as every processor can. */
uint32_t nn_block_take_portable(const uint32_t numbers[NN_POSTINGS_BLOCK], nn_block_set set,
                                uint32_t *out);

#endif
