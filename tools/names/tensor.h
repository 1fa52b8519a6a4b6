/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters with their gradients, and the steps that change them (Adam). */
#ifndef TOOLS_NAMES_TENSOR_H
#define TOOLS_NAMES_TENSOR_H

#include "common.h"

typedef struct tensor {
    float *value, *gradient, *first, *second; /* the two: moments of the gradient */
    float *sum;                               /* of the values so far collected */
    size_t size;
    uint32_t width;    /* of a row, when only rows with a gradient are changed; else 0 */
    uint32_t *touched; /* rows with a gradient */
    uint8_t *is_touched;
    size_t touched_count;
} tensor;

/** `scale` is the deviation of the first values; 0: they are 0. */
void tensor_init(tensor *t, size_t rows, size_t width, float scale, bool sparse, prng *random);
/** Notes that a row has a gradient. */
void tensor_touch(tensor *t, uint32_t row);
/** Changes the values, whose gradients are 0 then. @param[in] steps this one included */
void tensor_step(tensor *t, uint64_t steps, float rate, float decay);
/** Adds the values to the sum. */
void tensor_collect(tensor *t);
/** Makes the values the mean of those that were collected. @param[in] times they were, not 0 */
void tensor_take_mean(tensor *t, uint32_t times);

#endif
