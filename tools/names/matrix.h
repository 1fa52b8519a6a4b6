/* SPDX-License-Identifier: Apache-2.0 */
/* Products of vectors and matrices; widths are multiples of 16, depths of 4. Each sum is taken in
 * one order, whatever the compiler makes of it. */
#ifndef TOOLS_NAMES_MATRIX_H
#define TOOLS_NAMES_MATRIX_H

#include <stddef.h>

/** c[width] += a[depth] · b[depth][width] */
void multiply(float *c, const float *a, const float *b, size_t depth, size_t width);
/** da[depth] += b[depth][width] · dc[width] */
void multiply_back(float *da, const float *b, const float *dc, size_t depth, size_t width);
/** db[depth][width] += a[depth] · dc[width] */
void add_outer(float *db, const float *a, const float *dc, size_t depth, size_t width);

#endif
