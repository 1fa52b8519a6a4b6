/* SPDX-License-Identifier: Apache-2.0 */
/* Bits in bytes, lowest bit first: bit k of a stream is bit k % 8 of its byte k / 8. */
#ifndef SEGMENT_BIT_STREAM_H
#define SEGMENT_BIT_STREAM_H

#include "core/bits.h"
#include "core/buffer.h"

enum { NN_BITS_MAX = 56 }; /* widest value of one read or write */

typedef struct nn_bit_writer {
    nn_buffer *out;
    uint64_t pending; /* bits not yet appended, lowest first; those above `count` are 0 */
    uint32_t count;   /* < 32 between calls */
} nn_bit_writer;

/** Appends the lowest `width` bits of `value` (≤ NN_BITS_MAX); higher bits must be 0. */
static inline void nn_bits_put(nn_bit_writer *writer, uint64_t value, uint32_t width)
{
    if (width > 32) { /* rare: in two halves */
        nn_bits_put(writer, value & UINT32_MAX, 32);
        value >>= 32;
        width -= 32;
    }
    writer->pending |= value << writer->count;
    writer->count += width;
    if (writer->count >= 32) {
        nn_buffer_append_u32(writer->out, (uint32_t)writer->pending);
        writer->pending >>= 32;
        writer->count -= 32;
    }
}

/** Fills the last byte with zero bits. */
static inline void nn_bits_finish(nn_bit_writer *writer)
{
    for (; writer->count > 0; writer->count -= writer->count < 8 ? writer->count : 8) {
        nn_buffer_append_u8(writer->out, (uint8_t)writer->pending);
        writer->pending >>= 8;
    }
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
