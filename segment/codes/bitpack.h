/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of 128 numbers at a fixed width, laid out for four lanes.
 *
 *   number   0  1  2  3  4  5 …      lane = number % 4, row = number / 4
 *   word     lane0 lane1 lane2 lane3 lane0 …      32-bit little-endian
 *
 * Each lane is a bit stream of its own (lowest bit first) of 32 numbers, and its 32-bit words
 * alternate with those of the other lanes. A row of four numbers is unpacked by one shift and mask
 * of a 128-bit vector (D. Lemire, L. Boytsov, "Decoding billions of integers per second through
 * vectorization", 2015). The kernels are written with the compilers' portable vectors: SSE2, NEON
 * or plain code, always the same numbers. */
#ifndef SEGMENT_BITPACK_H
#define SEGMENT_BITPACK_H

#include <stdint.h>
#include <string.h>

/** Four 32-bit lanes. */
typedef uint32_t nn_pack_row __attribute__((vector_size(16)));

enum { NN_PACK_COUNT = 128, NN_PACK_WIDTH_MAX = 32 };

/** Bytes of a packed block. */
static inline uint32_t nn_packed_size(uint32_t width)
{
    return width * (NN_PACK_COUNT / 8);
}

/** Packs the lowest `width` (0 … 32) bits of 128 numbers into nn_packed_size(width) bytes. */
void nn_pack128(const uint32_t numbers[NN_PACK_COUNT], uint32_t width, uint8_t *to);
/** The reverse. */
void nn_unpack128(const uint8_t *from, uint32_t width, uint32_t numbers[NN_PACK_COUNT]);
/** The same, as every processor can; nn_unpack128 takes the fastest. */
void nn_unpack128_portable(const uint8_t *from, uint32_t width, uint32_t numbers[NN_PACK_COUNT]);
/** Replaces gaps by sums: numbers[i] becomes `base` + the sum of numbers[0 … i] + i, modulo 2^32.
 */
void nn_sum_gaps128(uint32_t numbers[NN_PACK_COUNT], uint32_t base);
/** The same, as every processor can; nn_sum_gaps128 takes the fastest. */
void nn_sum_gaps128_portable(uint32_t numbers[NN_PACK_COUNT], uint32_t base);
/** Adds 1 to each. @return all results ORed */
uint32_t nn_increment128(uint32_t numbers[NN_PACK_COUNT]);
/** How many of 16 numbers are below `limit`. */
static inline uint32_t nn_count_below16(const uint32_t numbers[16], uint32_t limit)
{
    nn_pack_row limits = {limit, limit, limit, limit}, counts = {0};
    for (uint32_t i = 0; i < 4; i++) {
        nn_pack_row values;
        memcpy(&values, numbers + (size_t)i * 4, sizeof values);
        counts -= (nn_pack_row)(values < limits); /* a lane that holds is all ones: -1 */
    }
    return counts[0] + counts[1] + counts[2] + counts[3];
}

#endif
