/* SPDX-License-Identifier: Apache-2.0 */
/* The arithmetic of the names model. Whole numbers only: the portable functions and those for
 * AVX2 and AVX-512 give the same results. */
#ifndef ANNOTATE_NAME_KERNELS_H
#define ANNOTATE_NAME_KERNELS_H

#include <stdint.h>

#include <nuncio/common.h>

enum { NN_NAME_KERNELS_ROOM = 3 };

typedef struct nn_name_kernels {
    /** sum[j] += x[2k] · pairs[k][j][0] + x[2k + 1] · pairs[k][j][1], over all k < depth / 2;
     * depth and width multiples of 16 */
    void (*multiply)(int32_t *sum, const int16_t *x, const int16_t *pairs, uint32_t depth,
                     uint32_t width);
    /** to[j] = from[j] >> shift, within 16 bits */
    void (*narrow)(int16_t *to, const int32_t *from, uint32_t shift, uint32_t width);
    /** to[j] = from[j] >> shift, within 0 … NN_MODEL_ACTIVE_MAX */
    void (*activate)(int16_t *to, const int32_t *from, uint32_t shift, uint32_t width);
    /** to[j] = the sum of rows[k][j], added in order within 16 bits; then what is below `low` or
     * above `high` becomes that */
    void (*sum_rows)(int16_t *to, const int16_t *const *rows, uint32_t count, uint32_t width,
                     int16_t low, int16_t high);
    /** to[j] = the sum of rows[k][j]; at most NN_FORM_ROWS_MAX rows */
    void (*add_bytes)(int16_t *to, const int8_t *const *rows, uint32_t count, uint32_t width);
    /** pool[j] becomes from[j] where that is larger */
    void (*enlarge)(int16_t *pool, const int16_t *from, uint32_t width);
    /** One step of Viterbi's algorithm over NN_NAME_LANES tags: best[to] becomes the largest
     * best[from] + chain[from][to], plus scores[to], and back[to] the first `from` that gives it.
     * Tags are compared, not scores, so that the sums of a long run may stay small: first the
     * largest of best is taken off all, and what is then below two impossible steps becomes that */
    void (*step)(int32_t *best, const int32_t *scores, const int32_t *chain, uint8_t *back);
} nn_name_kernels;

/** The kernels that run on this processor, the portable ones first, the fastest last.
 * @param[out] all NN_NAME_KERNELS_ROOM @return how many, at least 1 */
uint32_t nn_name_kernels_all(const nn_name_kernels **all);
/** The fastest of them. */
const nn_name_kernels *nn_name_kernels_best(void);

#endif
