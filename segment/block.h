/* SPDX-License-Identifier: Apache-2.0 */
/* The documents and frequencies of up to 128 postings.
 *
 *   block  = few | many
 *   few    = { gap × 2 + (tf > 1) as varint, tf - 2 as varint when tf > 1 } × count     count < 8
 *   many   = pfor(gaps) pfor(tf - 1)                                                    count ≥ 8
 *
 * A gap is the number of passages between two postings: passages 7, 9, 12 after 4 have the gaps 2,
 * 1, 2. */
#ifndef SEGMENT_BLOCK_H
#define SEGMENT_BLOCK_H

#include "segment/pfor.h"

enum { NN_BLOCK_FEW = 8 /* from so many postings on numbers are packed */ };

/** Appends `count` (1 … 128) postings; docs ascending, the first ≥ `base`. */
void nn_block_write(nn_buffer *out, uint32_t base, const uint32_t *docs, const uint32_t *tfs,
                    uint32_t count);

/**
 * Reads documents (and, of few postings, frequencies). Room for 128 each.
 *
 * @param[in]  base  lowest passage that the first may be
 * @param[in]  limit passages of the segment: documents are checked to ascend and to be below it
 * @param[out] few   true when frequencies were read too
 * @return where the frequencies begin, or the end of the block when `few`; NULL when the bytes make
 * no sense
 */
const uint8_t *nn_block_read_docs(const uint8_t *from, const uint8_t *end, uint32_t base,
                                  uint32_t limit, uint32_t count, uint32_t *docs, uint32_t *tfs,
                                  bool *few);
/** Reads the frequencies (1 … 255) of many postings. @return what follows, or NULL */
const uint8_t *nn_block_read_tfs(const uint8_t *from, const uint8_t *end, uint32_t count,
                                 uint32_t *tfs);

#endif
