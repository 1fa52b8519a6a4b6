/* SPDX-License-Identifier: Apache-2.0 */
/* The documents and frequencies of up to 128 postings.
 *
 *   block  = few | many
 *   few    = { gap × 2 + (tf > 1) as varint, tf - 2 as varint when tf > 1 } × count     count < 8
 *   many   = docs tfs (frequencies.h)                                                   count ≥ 8
 *   docs   = numbers(gaps) (rice.h) | set
 *   set    = 64:1 size:1 bits: size bytes       of 128 documents that stand close together
 *
 * A gap is the number of passages between two postings: passages 7, 9, 12 after 4 have the gaps 2,
 * 1, 2. Bit i of a set (of byte i / 8, lowest first) is passage base + i; a set is written where it
 * is at most 5/4 of the gaps as packed numbers (pfor.h): it need not be unpacked to look passages
 * up. Where hardly a passage is left out, packed gaps are far smaller; they are read as a set too:
 * gaps in unary, as so many 0 bits and a 1, are one. */
#ifndef SEGMENT_BLOCK_H
#define SEGMENT_BLOCK_H

#include "segment/terms/frequencies.h"

enum {
    NN_BLOCK_FEW = 8, /* from so many postings on numbers are packed */
    NN_BLOCK_SET = 64 /* head of a set: no width of packed numbers */
};

/** Appends `count` (1 … 128) postings; docs ascending, the first ≥ `base`. */
void nn_block_write(nn_buffer *out, uint32_t base, const uint32_t *docs, const uint32_t *tfs,
                    uint32_t count);

/** What the documents of a block were written as. */
typedef struct nn_block_docs {
    bool few;            /* frequencies were read too */
    const uint8_t *bits; /* of a set, which is not unpacked; it may lie in docs[]; else NULL */
    uint32_t size;       /* its bytes: 16 … 255 */
    uint32_t last;       /* last document */
} nn_block_docs;

/**
 * Reads documents (and, of few postings, frequencies). Room for 128 each.
 *
 * @param[in]  base  lowest passage that the first may be
 * @param[in]  limit passages of the segment: documents are checked to ascend and to be below it
 * @param[out] docs  not of a set, which may be put together here
 * @return where the frequencies begin (nn_tfs_read), or the end of the block when there are few;
 * NULL when the bytes make no sense
 */
const uint8_t *nn_block_read_docs(const uint8_t *from, const uint8_t *end, uint32_t base,
                                  uint32_t limit, uint32_t count, uint32_t *docs, uint32_t *tfs,
                                  nn_block_docs *out);
/** Unpacks a set, which may lie in docs[] itself. @return false when it does not hold exactly 128
 * documents */
bool nn_block_unpack_set(const nn_block_docs *set, uint32_t base, uint32_t *docs);

#endif
