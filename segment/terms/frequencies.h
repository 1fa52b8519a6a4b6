/* SPDX-License-Identifier: Apache-2.0 */
/* The frequencies of a block's postings, each 1 … 255, most of them 1.
 *
 *   tfs     = numbers(tf - 1)                  packed or Rice codes (rice.h)
 *           | 192 + m:1 repeats                m ≤ 63 postings have more than one occurrence
 *   repeats = unary(gaps × m, tf - 2 × m) low(gaps)
 *
 * A gap is the number of postings of frequency 1 before one that has more; its low part has
 * nn_rice_width(postings, m) bits, tf - 2 has none. A writer takes what is smallest. */
#ifndef SEGMENT_FREQUENCIES_H
#define SEGMENT_FREQUENCIES_H

#include "core/buffer.h"

enum {
    NN_REPEATS_HEAD = 192, /* + how many: no head of numbers */
    NN_REPEATS_MAX = 63
};

/** Appends the frequencies of `count` (1 … 128) postings. */
void nn_tfs_write(nn_buffer *out, const uint32_t *tfs, uint32_t count);
/** Reads them to tfs[count], of which 128 must have room; 8 bytes behind `end` can be read.
 * @return what follows, or NULL when the bytes make no sense */
const uint8_t *nn_tfs_read(const uint8_t *from, const uint8_t *end, uint32_t count, uint32_t *tfs);
/** The same, with repeats placed as every processor can. */
const uint8_t *nn_tfs_read_portable(const uint8_t *from, const uint8_t *end, uint32_t count,
                                    uint32_t *tfs);

#endif
