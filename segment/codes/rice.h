/* SPDX-License-Identifier: Apache-2.0 */
/* Up to 128 small numbers as Golomb-Rice codes: the low bits as they are, the rest in unary.
 *
 *   rice   = unary low                        of width r
 *   unary  = for each number its high part, number >> r, as so many 0 bits and a 1; lowest bit
 *            first, filled to a byte
 *   low    = the lowest r bits of each number: 128 of them as bitpack.h lays them out,
 *            fewer as one bit stream
 *
 *   r = 2:  9 → 00 1 and 01      3 → 1 and 11
 *
 * Numbers that are spread as gaps between random places are, take a tenth less than packed at a
 * fixed width; where few are much larger than the others, packed numbers (pfor.h) are smaller. So a
 * writer takes what is smaller:
 *
 *   numbers = pfor | 65 + r:1 rice
 *
 * (R. Rice, J. Plaunt, "Adaptive variable-length coding for efficient compression of spacecraft
 * television data", 1971.) */
#ifndef SEGMENT_RICE_H
#define SEGMENT_RICE_H

#include "segment/codes/bit_stream.h"
#include "segment/codes/pfor.h"

enum {
    NN_RICE_HEAD = 65,     /* + width: the head of Rice codes, which no packed numbers have */
    NN_RICE_WIDTH_MAX = 24 /* widest low part */
};

/** Low bits of each number when `count` things lie among `places` places and the numbers are the
 * gaps between them: the largest r with (count + 1) × 2^r ≤ 11/16 × places, or 0. The mean gap is
 * about places / (count + 1), and ln 2 of the mean is the best parameter of a geometric code
 * (R. Gallager, D. van Voorhis, 1975). */
static inline uint32_t nn_rice_width(uint32_t places, uint32_t count)
{
    uint32_t aim = places * 11 / 16, part = count + 1;
    if (part > aim) {
        return 0;
    }
    uint32_t width = nn_bit_width64(aim) - nn_bit_width64(part);
    return width - ((part << width) > aim);
}

/** How numbers are best written. */
typedef struct nn_numbers_plan {
    nn_pfor_plan packed;
    uint32_t width; /* of Rice codes */
    uint32_t size;  /* bytes in the smaller form */
} nn_numbers_plan;

/** Plans `count` (1 … 128) numbers. */
nn_numbers_plan nn_numbers_plan_of(const uint32_t *numbers, uint32_t count);
/** The same beside a plan of them packed that is there already. */
nn_numbers_plan nn_numbers_plan_beside(nn_pfor_plan packed, const uint32_t *numbers,
                                       uint32_t count);
/** Appends them in the smaller form: plan->size bytes. */
void nn_numbers_write(nn_buffer *out, const uint32_t *numbers, uint32_t count,
                      const nn_numbers_plan *plan);
/**
 * Reads `count` numbers to numbers[count], of which 128 must have room; 8 bytes behind `end` can be
 * read.
 *
 * @param[out] below more than their sum, so that sums below 2^32 need no check
 * @return what follows, or NULL when the bytes make no sense
 */
const uint8_t *nn_numbers_read(const uint8_t *from, const uint8_t *end, uint32_t count,
                               uint32_t *numbers, uint64_t *below);

/** The same with gaps added up: sums[i] = base + the numbers 0 … i + i, modulo 2^32. */
const uint8_t *nn_sums_read(const uint8_t *from, const uint8_t *end, uint32_t count, uint32_t base,
                            uint32_t *sums, uint64_t *below);

/** From the low parts of 128 numbers, and the places of the 1 bits that end their high ones, to the
 * same sums. places[-1] must be there, whatever it holds. */
void nn_sum_parts128(uint32_t *numbers, const uint16_t *places, uint32_t width, uint32_t base);
/** The same, as every processor can; nn_sum_parts128 takes the fastest. */
void nn_sum_parts128_portable(uint32_t *numbers, const uint16_t *places, uint32_t width,
                              uint32_t base);

#endif
