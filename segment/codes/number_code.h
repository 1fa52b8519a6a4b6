/* SPDX-License-Identifier: Apache-2.0 */
/* Codes for numbers of one kind, made for how often each size occurs.
 *
 * A number's *class* is itself below 8; above, it is the place of its highest bit and the two bits
 * behind that, and the bits that are left follow as they are:
 *
 *   number   0 … 7   8  9   10 11   12 13   14 15   16 … 19   20 … 23   …   2^31 …
 *   class    0 … 7    8       9      10      11       12        13            120 … 123
 *   left        0     1       1       1       1        2         2               29 bits
 *
 * Classes have canonical Huffman codes of at most 15 bits (D. Huffman 1952; the shorter the code
 * the smaller as a number, those of one width by class), of which only the widths are stored:
 *
 *   table = classes:1  width:4 bits × classes, filled to a byte       0: the class does not occur
 *
 * The bits of a code are in the stream first bit first. */
#ifndef SEGMENT_NUMBER_CODE_H
#define SEGMENT_NUMBER_CODE_H

#include "core/slice.h"
#include "segment/codes/golomb.h"

enum {
    NN_NUMBER_CLASSES = 124,
    NN_NUMBER_CODE_MAX = 15, /* bits of a class's code */
    NN_NUMBER_BITS_MAX = NN_NUMBER_CODE_MAX + 29,
    NN_NUMBER_WHOLE = 8 /* numbers below are a class each */
};

/** The class of a number; *left is how many of its lowest bits the class does not say. */
static inline uint32_t nn_number_class(uint32_t number, uint32_t *left)
{
    if (number < NN_NUMBER_WHOLE) {
        *left = 0;
        return number;
    }
    *left = nn_bit_width32(number) - 3;
    return *left * 4 + (number >> *left);
}

/** How often each class occurs among the numbers of a kind. */
typedef struct nn_number_counts {
    uint32_t of[NN_NUMBER_CLASSES];
} nn_number_counts;

/** A code as a writer has it. */
typedef struct nn_number_encoder {
    uint16_t codes[NN_NUMBER_CLASSES]; /* first bit lowest */
    uint8_t widths[NN_NUMBER_CLASSES]; /* 0: does not occur */
} nn_number_encoder;

/** The shortest code for numbers that occur so. */
void nn_number_encoder_make(nn_number_encoder *out, const nn_number_counts *counts);
/** Appends the table. */
void nn_number_encoder_write(nn_buffer *out, const nn_number_encoder *encoder);
/** Appends a number, whose class was counted; there must be room for NN_NUMBER_BITS_MAX bits. */
static inline void nn_number_put(nn_bit_writer *bits, const nn_number_encoder *encoder,
                                 uint32_t number)
{
    uint32_t left = 0, class = nn_number_class(number, &left);
    nn_bits_put(bits, encoder->codes[class], encoder->widths[class]);
    nn_bits_put(bits, number & ((UINT64_C(1) << left) - 1), left);
}

/** A code as a reader has it. */
typedef struct nn_number_decoder {
    uint8_t counts[NN_NUMBER_CODE_MAX + 1]; /* classes by width of their code */
    uint8_t classes[NN_NUMBER_CLASSES];     /* in order of their codes */
} nn_number_decoder;

/** Takes a table from the slice; false when it is none: more codes than there can be, or bytes that
 * are not there. */
bool nn_number_decoder_read(nn_number_decoder *out, nn_slice *from);

/** The next number; false when there is none. */
static inline bool nn_number_read(nn_bit_reader *bits, const nn_number_decoder *decoder,
                                  uint32_t *out)
{
    uint64_t ahead = bits->bit < bits->end ? nn_bits_get(bits->data, bits->bit, 56) : 0;
    /* `place`: of the code so far among the codes of its width, of which the first `before` … are
     * those of shorter ones. */
    uint32_t place = 0, before = 0, width = 0;
    do {
        if (++width > NN_NUMBER_CODE_MAX) {
            return false;
        }
        place = (place - decoder->counts[width - 1]) * 2 + (uint32_t)(ahead & 1);
        before += decoder->counts[width - 1];
        ahead >>= 1;
    } while (place >= decoder->counts[width]);
    uint32_t class = decoder->classes[before + place];
    uint32_t left = class < NN_NUMBER_WHOLE ? 0 : class / 4 - 1;
    if (bits->end - bits->bit < width + left) {
        return false;
    }
    bits->bit += width + left;
    uint32_t head = class < NN_NUMBER_WHOLE ? class : 4 + class % 4;
    *out = head << left | (uint32_t)(ahead & ((UINT64_C(1) << left) - 1));
    return true;
}

#endif
