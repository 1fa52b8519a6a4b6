/* SPDX-License-Identifier: Apache-2.0 */
/* Bits in bytes, lowest bit first: bit k of a stream is bit k % 8 of its byte k / 8. */
#ifndef SEGMENT_BIT_STREAM_H
#define SEGMENT_BIT_STREAM_H

#include "core/bits.h"
#include "core/buffer.h"

enum { NN_BITS_MAX = 56 }; /* widest value of one read or write */

/** Writes into room that was made before, so that no put has to ask for it. */
typedef struct nn_bit_writer {
    nn_buffer *out;
    uint8_t *to;      /* where the next bytes go */
    uint64_t pending; /* bits not yet stored, lowest first; those above `count` are 0 */
    uint32_t count;   /* < 8 between calls */
} nn_bit_writer;

/** Makes room for `bits` bits behind what `out` holds; false (and out->failed) when refused. */
static inline bool nn_bits_begin(nn_bit_writer *writer, nn_buffer *out, uint64_t bits)
{
    if (!nn_buffer_reserve(out, (size_t)(bits / 8) + 9)) { /* puts store 8 bytes at a time */
        return false;
    }
    *writer = (nn_bit_writer){out, out->data + out->size, 0, 0};
    return true;
}

/** Appends the lowest `width` bits of `value` (≤ NN_BITS_MAX); higher bits must be 0. */
static inline void nn_bits_put(nn_bit_writer *writer, uint64_t value, uint32_t width)
{
    writer->pending |= value << writer->count;
    writer->count += width;
    nn_store_u64(writer->to, writer->pending);
    writer->to += writer->count / 8;
    writer->pending >>= writer->count & ~7U;
    writer->count &= 7;
}

/** Appends so many 0 bits and a 1. */
static inline void nn_bits_put_unary(nn_bit_writer *writer, uint32_t zeros)
{
    for (; zeros >= 32; zeros -= 32) {
        nn_bits_put(writer, 0, 32);
    }
    nn_bits_put(writer, UINT64_C(1) << zeros, zeros + 1);
}

/** Fills the last byte with zero bits and makes what was written part of the buffer. */
static inline void nn_bits_finish(nn_bit_writer *writer)
{
    writer->to += writer->count > 0; /* the last put stored it */
    writer->out->size = (size_t)(writer->to - writer->out->data);
}

/** `width` ≤ NN_BITS_MAX bits from bit `bit` on. Reads 8 bytes from byte bit / 8: in a segment, at
 * least a footer follows every region, so that they are there whenever the first bit is. */
static inline uint64_t nn_bits_get(const uint8_t *data, uint64_t bit, uint32_t width)
{
    return nn_load_u64(data + bit / 8) >> (bit % 8) & ((UINT64_C(1) << width) - 1);
}

static inline uint64_t nn_bytes_of_bits(uint64_t bits)
{
    return bits / 8 + (bits % 8 != 0);
}

#endif
