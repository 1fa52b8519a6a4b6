/* SPDX-License-Identifier: Apache-2.0 */
/* Exponential Golomb codes of order k: small numbers in few bits, none in more than 80.
 *
 *   x, with y = x + 2^k of b bits:   b - k - 1 zero bits, a one bit, the lowest b - 1 bits of y
 *
 *   k = 1:  0 → 1 0   1 → 1 1   2 → 01 00   5 → 01 11   6 → 001 000        bits in order
 *
 * (J. Teuhola, "A compression method for clustered bit-vectors", 1978.) */
#ifndef SEGMENT_GOLOMB_H
#define SEGMENT_GOLOMB_H

#include "core/assert.h"
#include "segment/codes/bit_stream.h"

#include <stdbool.h>

enum { NN_GOLOMB_ORDER_BITS = 4, NN_GOLOMB_ORDER_MAX = 15, NN_GOLOMB_BITS_MAX = 80 };

/** Bits that x takes. */
static inline uint32_t nn_golomb_size(uint32_t x, uint32_t order)
{
    return 2 * nn_bit_width64((uint64_t)x + (UINT64_C(1) << order)) - 1 - order;
}

static inline void nn_golomb_put(nn_bit_writer *writer, uint32_t x, uint32_t order)
{
    uint64_t y = (uint64_t)x + (UINT64_C(1) << order);
    uint32_t width = nn_bit_width64(y);
    NN_ASSERT(width > order); /* y is at least 2^order */
    uint32_t zeros = width - order - 1;
    nn_bits_put(writer, UINT64_C(1) << zeros, zeros + 1);
    nn_bits_put(writer, y - (UINT64_C(1) << (width - 1)), width - 1);
}

/** Bits being read. Those behind `end` may be touched (bit_stream.h) and are refused. */
typedef struct nn_bit_reader {
    const uint8_t *data;
    uint64_t bit, end;
} nn_bit_reader;

/** `width` bits (≤ NN_BITS_MAX); false when they are not there. */
static inline bool nn_bits_read(nn_bit_reader *reader, uint32_t width, uint64_t *out)
{
    if (reader->end - reader->bit < width) {
        return false;
    }
    *out = nn_bits_get(reader->data, reader->bit, width);
    reader->bit += width;
    return true;
}

/** A number below 2^32; false when there is none. */
static inline bool nn_golomb_read(nn_bit_reader *reader, uint32_t order, uint32_t *out)
{
    enum { ZEROS_MAX = 32 };
    uint64_t word = reader->bit < reader->end ? nn_bits_get(reader->data, reader->bit, 56) : 0;
    if (word == 0) {
        return false;
    }
    uint32_t zeros = nn_ctz64(word);
    if (zeros > ZEROS_MAX || reader->end - reader->bit < 2 * (uint64_t)zeros + 1 + order) {
        return false;
    }
    reader->bit += zeros + 1;
    uint64_t y = UINT64_C(1) << (zeros + order);
    y |= nn_bits_get(reader->data, reader->bit, zeros + order);
    reader->bit += zeros + order;
    y -= UINT64_C(1) << order;
    *out = (uint32_t)y;
    return y <= UINT32_MAX;
}

/** The number at the low end of a word, and the bits that it takes: more than 56 where the word, of
 * which so many are good, does not hold them all. */
static inline uint64_t nn_golomb_of(uint64_t word, uint32_t order, uint32_t *bits)
{
    uint32_t zeros = word == 0 ? NN_BITS_MAX : nn_ctz64(word);
    *bits = 2 * zeros + 1 + order;
    if (*bits > NN_BITS_MAX) {
        return 0;
    }
    uint64_t low = word >> (zeros + 1) & ((UINT64_C(1) << (zeros + order)) - 1);
    return low + (((UINT64_C(1) << zeros) - 1) << order);
}

/** The order that makes `count` numbers small: the first than which the next is no better. */
static inline uint32_t nn_golomb_order(const uint32_t *numbers, size_t count)
{
    uint32_t best = 0;
    uint64_t least = UINT64_MAX;
    for (uint32_t order = 0; order <= NN_GOLOMB_ORDER_MAX; order++) {
        uint64_t size = 0;
        for (size_t i = 0; i < count; i++) {
            size += nn_golomb_size(numbers[i], order);
        }
        if (size >= least) {
            break;
        }
        least = size;
        best = order;
    }
    return best;
}

#endif
