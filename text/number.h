/* SPDX-License-Identifier: Apache-2.0 */
/* One form for the ways in which a number is printed. */
#ifndef TEXT_NUMBER_H
#define TEXT_NUMBER_H

#include "core/buffer.h"

/**
 * Appends the number that a word begins with and returns how many bytes of the word it takes.
 *
 *   1,000.50  1.000,50  1'000.50   ->  1000.50    the last sign is the point where it differs
 *   1,000,000  1.000               ->  1000000  1000      equal signs before groups of three
 *   3.5  3,5  2.3.2023  0.125      ->  3.5  3.5  2.3.2023  0.125   each sign a point
 *
 * A single sign before three digits separates thousands, whatever the country: 3.142 is 3142.
 */
size_t nn_number_fold(nuncio_str word, nn_buffer *out);

#endif
