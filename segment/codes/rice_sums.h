/* SPDX-License-Identifier: Apache-2.0 */
/* The way from 128 Rice codes of gaps to documents that processors with AVX-512 take: see rice.h.
 */
#ifndef SEGMENT_RICE_SUMS_H
#define SEGMENT_RICE_SUMS_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Adds up 128 gaps (nn_sums_read).
 *
 * @param[in] low    low parts, 16 × width bytes
 * @param[in] places of the 1 bits that end the high parts: 128, below 4,096
 * @return false, and nothing is done, where low parts have more than 6 bits or none, sums may
 * reach 2^16, or the processor has no AVX-512
 */
bool nn_rice_sum_narrow(const uint8_t *low, uint32_t width, const uint16_t *places, uint32_t base,
                        uint32_t *sums);

#endif
