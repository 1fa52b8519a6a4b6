/* SPDX-License-Identifier: Apache-2.0 */
/* Places of passages among the postings of a block, for many passages at once. */
#ifndef QUERY_BLOCK_LOOKUP_H
#define QUERY_BLOCK_LOOKUP_H

#include "segment/terms/postings.h"

/** Finds passages (ascending; none is behind the last of the current block, which may be a set) in
 * the block. numbers[] and places[] get, for each that is in it, which of the passages it is and
 * its place in the block. Room for one more than `count` (at most 255) each.
 * @return their number */
uint32_t nn_block_look_up(const nn_postings *postings, const uint32_t *passages, uint32_t count,
                          uint8_t *numbers, uint8_t *places);
/** The same, as every processor can. */
uint32_t nn_block_look_up_portable(const nn_postings *postings, const uint32_t *passages,
                                   uint32_t count, uint8_t *numbers, uint8_t *places);

#endif
