/* SPDX-License-Identifier: Apache-2.0 */
/* What the postings of a block add to sums, in single precision: to choose candidates by, which are
 * then scored exactly. */
#ifndef QUERY_BLOCK_SCORES_H
#define QUERY_BLOCK_SCORES_H

#include "query/bm25.h"
#include "segment/postings.h"

/** Sums in single precision may come out this much too low (1,024 terms, 2^-24 each, and the
 * products), bounds in it as well. */
#define NN_FLOAT_MARGIN (1.0 + 2e-4)

/** Four numbers. */
typedef float nn_floats __attribute__((vector_size(16)));
typedef int32_t nn_ints __attribute__((vector_size(16)));

/** Scratch and result: postings beside those asked about get some number. */
typedef struct nn_block_scores {
    float norms[NN_POSTINGS_BLOCK];
    float parts[NN_POSTINGS_BLOCK];
} nn_block_scores;

/** norms[] in single precision. */
void nn_block_norms(const nn_bm25 *bm25, float norms[NN_BM25_LENGTHS]);

/** What a frequency adds. */
static inline float nn_block_part(float weight, uint32_t tf, float norm)
{
    float frequency = (float)tf;
    return weight * (frequency / (frequency + norm));
}

/** Works out parts[from … end - 1] of the current block, which is unpacked. */
void nn_block_score(nn_block_scores *scores, const nn_postings *postings, uint32_t from,
                    uint32_t end, float weight, const float *norms, const uint8_t *lengths);

/** Which of the first `count` parts are at least `cut`, ascending. @return their number */
uint32_t nn_block_select(const nn_block_scores *scores, uint32_t count, float cut,
                         uint8_t selected[NN_POSTINGS_BLOCK]);

#endif
