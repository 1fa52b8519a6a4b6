/* SPDX-License-Identifier: Apache-2.0 */
/* Up to 128 small numbers with a few large ones: patched frame of reference.
 *
 *   pfor       = head:1 [ exceptions ] packed
 *   head       = width (0 … 32), + 128 when exceptions follow
 *   exceptions = count:1 high_width:1 place:1 × count, high parts: count × high_width bits
 *   packed     = low `width` bits of all numbers: 128 of them as bitpack.h lays them out,
 *                fewer as one bit stream
 *
 * A number at an exception's place has its bits above `width` in the high parts. The width is the
 * one that makes the whole smallest (M. Zukowski et al., "Super-Scalar RAM-CPU Cache Compression",
 * 2006; H. Yan et al. for the choice of width, 2009). */
#ifndef SEGMENT_PFOR_H
#define SEGMENT_PFOR_H

#include "core/buffer.h"
#include "segment/codes/bitpack.h"

enum {
    NN_PFOR_EXCEPTIONS = 128,              /* flag in the head */
    NN_PFOR_MAX = 2 + 128 + 512 + 512 + 1, /* bytes of the largest */
    NN_PFOR_UNARY_BITS_MAX = 2040,         /* longest that nn_pfor_read_unary makes */
    NN_PFOR_UNARY_ROOM = 264               /* bytes; 8 behind the longest can be read */
};

/** Appends the lowest `width` bits of `count` (≤ 128) numbers: `packed`. */
void nn_pack(nn_buffer *out, const uint32_t *numbers, uint32_t count, uint32_t width);
/** Reads them to numbers[count], of which 128 must have room; 8 bytes behind `end` can be read.
 * @return what follows, or NULL when they reach behind `end` */
const uint8_t *nn_unpack(const uint8_t *from, const uint8_t *end, uint32_t count, uint32_t width,
                         uint32_t *numbers);

/** How numbers are best written. */
typedef struct nn_pfor_plan {
    uint32_t width, high_width, exceptions;
    uint32_t size; /* bytes of all */
} nn_pfor_plan;

/** The cheapest plan for `count` (1 … 128) numbers. */
nn_pfor_plan nn_pfor_plan_of(const uint32_t *numbers, uint32_t count);
/** Appends them: plan->size bytes. */
void nn_pfor_write(nn_buffer *out, const uint32_t *numbers, uint32_t count,
                   const nn_pfor_plan *plan);
/**
 * Reads `count` (1 … 128) numbers; room for 128 is needed.
 *
 * @param[in]  end   no byte from here on is used as data, but 8 bytes behind it must be readable
 * @param[out] width bits that the largest number can have
 * @return what follows, or NULL when the bytes make no sense
 */
const uint8_t *nn_pfor_read(const uint8_t *from, const uint8_t *end, uint32_t count,
                            uint32_t *numbers, uint32_t *width);

/**
 * Reads 128 numbers of which nearly all are 0, as one unary code: for each number so many 0 bits
 * and a 1, lowest bit first. No number is unpacked: a run of 0s is a run of 1 bits.
 *
 * @param[in]  end  as above
 * @param[out] size bytes of the code, the last not 0
 * @return what follows; NULL when they were not written at width 0, are longer than
 * NN_PFOR_UNARY_BITS_MAX or make no sense, which nn_pfor_read tells apart
 */
const uint8_t *nn_pfor_read_unary(const uint8_t *from, const uint8_t *end,
                                  uint8_t unary[NN_PFOR_UNARY_ROOM], uint32_t *size);

#endif
