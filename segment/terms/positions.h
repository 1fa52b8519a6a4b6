/* SPDX-License-Identifier: Apache-2.0 */
/* Where the occurrences of a block's postings stand in their passages.
 *
 * A passage of `length` tokens has places 0 … length - 1: first its text tokens, then, in an
 * article's first passage, the title's. So a posting of frequency 1 is one number below the length,
 * and takes ceil(log2(length)) bits. Of a posting with more, the first place and then the tokens
 * between each two are Golomb-Rice codes: r low bits and the rest in unary, where r follows from
 * length and frequency alone (nn_rice_width).
 *
 *   area   = fixed stream ─►      ◄─ unary stream      they may share the byte where they meet
 *   fixed  = low bits of each number, posting by posting;
 *            from the first byte on, lowest bit first
 *   unary  = for numbers of postings with tf ≥ 2: as many 0 as the high part says, then 1;
 *            from the last byte backwards, highest bit first
 *
 * The place of a posting in the fixed stream is a sum over the postings before it of what their
 * lengths and frequencies say, and its place in the unary stream lies behind so many 1 bits: both
 * are found without decoding what is skipped. Lengths are the segment's own column, so nothing is
 * stored for all this. */
#ifndef SEGMENT_POSITIONS_H
#define SEGMENT_POSITIONS_H

#include "core/buffer.h"
#include "segment/codes/rice.h"

/** Bits of the place of a posting with frequency 1. */
static inline uint32_t nn_place_width(uint32_t length)
{
    return length <= 1 ? 0 : nn_bit_width64(length - 1);
}

/** What nn_fixed_bits is for the lengths and frequencies that nearly all postings have: a walk sums
 * it over every posting it passes. */
enum { NN_FIXED_TFS = 8, NN_FIXED_LENGTHS = 256 };
extern const uint8_t nn_fixed_bits_of[NN_FIXED_TFS][NN_FIXED_LENGTHS]; /* by tf - 1 */

/** Bits that a posting takes in the fixed stream. */
static inline uint32_t nn_fixed_bits(uint32_t length, uint32_t tf)
{
    if (tf <= NN_FIXED_TFS) {
        return nn_fixed_bits_of[tf - 1][length];
    }
    return tf * nn_rice_width(length, tf);
}

/** Writes the areas of blocks; its buffers are reused. */
typedef struct nn_positions_writer {
    nn_buffer fixed, unary;
} nn_positions_writer;

void nn_positions_writer_init(nn_positions_writer *writer, nn_memory *memory);
void nn_positions_writer_deinit(nn_positions_writer *writer);
/**
 * Appends the area of a block of `count` postings. `places` are those of all postings one after the
 * other, ascending in each and below its length.
 */
NUNCIO_NODISCARD nuncio_status nn_positions_write(nn_positions_writer *writer, nn_buffer *out,
                                                  const uint8_t *lengths, const uint32_t *tfs,
                                                  const uint8_t *places, uint32_t count,
                                                  nuncio_error *error);

/** Reads an area; `fixed` and `unary` are bits of the two streams that were read. */
typedef struct nn_positions_reader {
    const uint8_t *start, *end; /* 8 bytes before and behind must be readable */
    uint32_t fixed, unary;
} nn_positions_reader;

/** Passes over a posting in the fixed stream; returns how many 1 bits of the unary stream that is.
 */
static inline uint32_t nn_positions_pass(nn_positions_reader *reader, uint32_t length, uint32_t tf)
{
    reader->fixed += nn_fixed_bits(length, tf);
    return tf == 1 ? 0 : tf;
}
/** Passes over so many 1 bits of the unary stream. @return false when there are not as many */
bool nn_positions_pass_ones(nn_positions_reader *reader, uint32_t ones);
static inline uint64_t nn_positions_bits(const nn_positions_reader *reader)
{
    return (uint64_t)(reader->end - reader->start) * 8;
}
/** nn_positions_read for a frequency of 2 or more. */
bool nn_positions_read_several(nn_positions_reader *reader, uint32_t length, uint32_t tf,
                               uint32_t *places);
/** Reads the places of the posting at hand. @return false when one is not below the length */
static inline bool nn_positions_read(nn_positions_reader *reader, uint32_t length, uint32_t tf,
                                     uint32_t *places)
{
    if (tf != 1) {
        return nn_positions_read_several(reader, length, tf, places);
    }
    uint32_t width = nn_place_width(length);
    if (reader->fixed + width > nn_positions_bits(reader)) {
        return false;
    }
    places[0] = (uint32_t)nn_bits_get(reader->start, reader->fixed, width);
    reader->fixed += width;
    return places[0] < length;
}

#endif
