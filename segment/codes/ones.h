/* SPDX-License-Identifier: Apache-2.0 */
/* Where the 1 bits of a bit string stand: what sets of documents and unary codes are read by.
 *
 *   bytes    B0       08            bit i is bit i % 8 of byte i / 8
 *   bits     00001101 00010000      lowest first
 *   places   4 5 7    11
 *
 * A table says where the 1 bits of each byte are, so that eight bits take one step, however many of
 * them are 1; AVX-512 has an instruction for it and takes 32. */
#ifndef SEGMENT_ONES_H
#define SEGMENT_ONES_H

#include <stdint.h>

enum {
    NN_ONES_ROOM = 32,      /* places are stored many at a time: so many more must have room */
    NN_ONES_BYTES_MAX = 512 /* longest bit string: 128 ones among 32 times as many bits */
};

/**
 * Finds the first `count` (≥ 1) bits that are 1, ascending.
 *
 * @param      end    8 bytes behind it can be read
 * @param[out] places room for count + NN_ONES_ROOM
 * @return behind the byte that holds the last of them; NULL when [from, end), or as many bytes as
 * there may be, holds fewer, or when that byte holds one more
 */
const uint8_t *nn_ones_find(const uint8_t *from, const uint8_t *end, uint32_t count,
                            uint16_t *places);
/** The same, as every processor can; nn_ones_find takes the fastest. */
const uint8_t *nn_ones_find_portable(const uint8_t *from, const uint8_t *end, uint32_t count,
                                     uint16_t *places);

#endif
