/* SPDX-License-Identifier: Apache-2.0 */
#include "matrix.h"

void multiply(float *c, const float *a, const float *b, size_t depth, size_t width)
{
    for (size_t k = 0; k + 4 <= depth; k += 4) {
        float a0 = a[k], a1 = a[k + 1], a2 = a[k + 2], a3 = a[k + 3];
        const float *b0 = b + k * width, *b1 = b0 + width, *b2 = b1 + width, *b3 = b2 + width;
        if (a0 == 0 && a1 == 0 && a2 == 0 && a3 == 0) {
            continue;
        }
        for (size_t j = 0; j < width; j++) {
            c[j] += a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
        }
    }
}

void multiply_back(float *da, const float *b, const float *dc, size_t depth, size_t width)
{
    for (size_t k = 0; k < depth; k++) {
        const float *row = b + k * width;
        float lanes[16] = {0};
        for (size_t j = 0; j < width; j += 16) {
            for (size_t l = 0; l < 16; l++) {
                lanes[l] += row[j + l] * dc[j + l];
            }
        }
        float sum = 0;
        for (size_t l = 0; l < 16; l++) {
            sum += lanes[l];
        }
        da[k] += sum;
    }
}

void add_outer(float *db, const float *a, const float *dc, size_t depth, size_t width)
{
    for (size_t k = 0; k < depth; k++) {
        float factor = a[k];
        if (factor == 0) {
            continue;
        }
        float *row = db + k * width;
        for (size_t j = 0; j < width; j++) {
            row[j] += factor * dc[j];
        }
    }
}
