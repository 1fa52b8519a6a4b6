/* SPDX-License-Identifier: Apache-2.0 */
/* A sequence: numbers below 2^56 with random access, small when they grow about evenly.
 *
 *   sequence = header × blocks, then packed × blocks        blocks = ceil(count / 128)
 *   header   = base:56 bits  width:8 bits  slope:u32  offset:u32
 *   value i  = base + (slope × i >> 8) + packed number i of the block, modulo 2^56
 *
 * `offset` is where the block's packed numbers of `width` bits begin, in bytes behind the last
 * header. The line through a block's first and last value is taken off before packing, which
 * leaves 11 bits of the start of a text of 700 bytes. */
#ifndef SEGMENT_SEQUENCE_H
#define SEGMENT_SEQUENCE_H

#include "core/assert.h"
#include "core/error.h"
#include "segment/codes/bit_stream.h"
#include "segment/files/frame.h"

enum { NN_SEQUENCE_BLOCK = 128, NN_SEQUENCE_HEADER_SIZE = 16, NN_SEQUENCE_SLOPE_SHIFT = 8 };
#define NN_SEQUENCE_VALUE_MAX ((UINT64_C(1) << NN_BITS_MAX) - 1)

/** Gives the number at `index` of what is written; asked once for each index, in order. */
typedef uint64_t nn_sequence_source(void *context, uint64_t index);

/** Appends the sequence of `count` numbers to `out`, whose failure is sticky. Numbers of 2^56 and
 * more, or more than 4 GiB of packed numbers, cannot be written. @retval NUNCIO_ERR_LIMIT */
NUNCIO_NODISCARD nuncio_status nn_sequence_write(nn_buffer *out, nn_sequence_source *source,
                                                 void *context, uint64_t count,
                                                 nuncio_error *error);
nn_sequence_source nn_sequence_of_u8, nn_sequence_of_u32; /* arrays */

/** Context of nn_sequence_of_sums: number i is the sum of sizes[0 … i - 1]. */
typedef struct nn_running_sum {
    const uint32_t *sizes;
    uint64_t sum; /* starts at 0 */
} nn_running_sum;
nn_sequence_source nn_sequence_of_sums;

/** A sequence in a mapped segment; `count` numbers. */
typedef struct nn_sequence {
    const nn_frame *frame;
    const uint8_t *data; /* first header */
    uint64_t size;       /* bytes */
    uint64_t count;
    uint64_t headers; /* bytes of all headers */
} nn_sequence;

/** @retval NUNCIO_ERR_CORRUPT the region cannot hold the headers of so many */
NUNCIO_NODISCARD nuncio_status nn_sequence_open(nn_sequence *sequence, const nn_frame *frame,
                                                nn_region_kind kind, uint64_t count,
                                                nuncio_error *error);
/** Number `index` (< count). @retval NUNCIO_ERR_CORRUPT a page fails its checksum, or a block lies
 * outside */
NUNCIO_NODISCARD nuncio_status nn_sequence_get(const nn_sequence *sequence, uint64_t index,
                                               uint64_t *out, nuncio_error *error);
/** Numbers `index` and `index` + 1 (< count): an extent, where the sequence holds starts. */
NUNCIO_NODISCARD nuncio_status nn_sequence_pair(const nn_sequence *sequence, uint64_t index,
                                                uint64_t *first, uint64_t *second,
                                                nuncio_error *error);
/** Numbers between which those of a block lie, from its header alone: never too narrow, the least
 * and greatest number there can be where the header says nothing useful. */
NUNCIO_NODISCARD nuncio_status nn_sequence_range(const nn_sequence *sequence, uint64_t block,
                                                 uint64_t *low, uint64_t *high,
                                                 nuncio_error *error);
/** The numbers of a block, *count of them. @retval NUNCIO_ERR_CORRUPT as nn_sequence_get */
NUNCIO_NODISCARD nuncio_status nn_sequence_read(const nn_sequence *sequence, uint64_t block,
                                                uint64_t numbers[NN_SEQUENCE_BLOCK],
                                                uint32_t *count, nuncio_error *error);
/** Reads numbers near each other: the header of their block is read once. */
typedef struct nn_sequence_cursor {
    const nn_sequence *sequence; /* NULL: at the start of none */
    uint64_t block;
    uint64_t base, bits; /* of the block, as its header says */
    uint32_t slope, width;
} nn_sequence_cursor;

/** Puts the cursor on a sequence, at no block. */
static inline void nn_sequence_cursor_init(nn_sequence_cursor *cursor, const nn_sequence *sequence)
{
    cursor->sequence = sequence;
    cursor->block = UINT64_MAX;
}

/** Puts the cursor on a block. @retval NUNCIO_ERR_CORRUPT as nn_sequence_get */
NUNCIO_NODISCARD nuncio_status nn_sequence_cursor_enter(nn_sequence_cursor *cursor, uint64_t block,
                                                        nuncio_error *error);
/** Number `i` of a block whose header says base, slope and width, and that its packed numbers begin
 * `bits` behind `data`. */
static inline uint64_t nn_sequence_value(const uint8_t *data, uint64_t base, uint64_t bits,
                                         uint32_t slope, uint32_t width, uint32_t i)
{
    uint64_t value = base + ((uint64_t)slope * i >> NN_SEQUENCE_SLOPE_SHIFT);
    if (width != 0) { /* else the numbers may lie behind the last byte of the file */
        value += nn_bits_get(data, bits + (uint64_t)width * i, width);
    }
    return value & NN_SEQUENCE_VALUE_MAX;
}
/** Number `index` (< count). @retval NUNCIO_ERR_CORRUPT as nn_sequence_get */
NUNCIO_NODISCARD static inline nuncio_status nn_sequence_cursor_get(nn_sequence_cursor *cursor,
                                                                    uint64_t index, uint64_t *out,
                                                                    nuncio_error *error)
{
    NN_ASSERT(index < cursor->sequence->count);
    if (index / NN_SEQUENCE_BLOCK != cursor->block) {
        NN_TRY(nn_sequence_cursor_enter(cursor, index / NN_SEQUENCE_BLOCK, error));
    }
    *out = nn_sequence_value(cursor->sequence->data, cursor->base, cursor->bits, cursor->slope,
                             cursor->width, (uint32_t)(index % NN_SEQUENCE_BLOCK));
    return NUNCIO_OK;
}
/** The same as nn_sequence_get for a sequence that nn_sequence_check went through. */
uint64_t nn_sequence_at(const nn_sequence *sequence, uint64_t index);
/** Asks the processor for the header that number `index` (< count) is read by; */
void nn_sequence_fetch_header(const nn_sequence *sequence, uint64_t index);
/** once that is there, for the number itself; */
void nn_sequence_fetch(const nn_sequence *sequence, uint64_t index);
/** and once that is there, says what it is: not verified, 0 where it lies outside. */
uint64_t nn_sequence_peek(const nn_sequence *sequence, uint64_t index);
/** Verifies all pages and that every block lies inside. */
NUNCIO_NODISCARD nuncio_status nn_sequence_check(const nn_sequence *sequence, nuncio_error *error);

#endif
