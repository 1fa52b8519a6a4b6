/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/positions.h"

#include "core/error.h"
#include "segment/files/format.h"

#include <string.h>

enum {
    PLACES = 256, /* of a passage, and so of the zeros that all high parts of a posting have */
    LOW_PARTS = 1024
};

/* The definitions of nn_place_width and nn_rice_width as constant expressions. */
/* clang-format off */
#define BITS(x) ((x) > 127 ? 8 : (x) > 63 ? 7 : (x) > 31 ? 6 : (x) > 15 ? 5 :                      \
                 (x) > 7 ? 4 : (x) > 3 ? 3 : (x) > 1 ? 2 : (x) > 0 ? 1 : 0)
#define FITS(length, tf, r) (((tf) + 1) << (r) <= (length) * 11 / 16)
#define RICE(length, tf) (FITS(length, tf, 5) ? 5 : FITS(length, tf, 4) ? 4 :                      \
                          FITS(length, tf, 3) ? 3 : FITS(length, tf, 2) ? 2 :                      \
                          FITS(length, tf, 1) ? 1 : 0)
#define FIXED(length, tf) ((tf) == 1 ? (length) <= 1 ? 0 : BITS((length) - 1)                      \
                                     : (tf) * RICE(length, tf))
#define FIXED4(length, tf) FIXED(length, tf), FIXED((length) + 1, tf),                             \
                           FIXED((length) + 2, tf), FIXED((length) + 3, tf)
#define FIXED16(length, tf) FIXED4(length, tf), FIXED4((length) + 4, tf),                          \
                            FIXED4((length) + 8, tf), FIXED4((length) + 12, tf)
#define FIXED64(length, tf) FIXED16(length, tf), FIXED16((length) + 16, tf),                       \
                            FIXED16((length) + 32, tf), FIXED16((length) + 48, tf)
#define FIXED256(tf) {FIXED64(0, tf), FIXED64(64, tf), FIXED64(128, tf), FIXED64(192, tf)}
const uint8_t nn_fixed_bits_of[NN_FIXED_TFS][NN_FIXED_LENGTHS] = {
    FIXED256(1), FIXED256(2), FIXED256(3), FIXED256(4),
    FIXED256(5), FIXED256(6), FIXED256(7), FIXED256(8)};
/* clang-format on */

void nn_positions_writer_init(nn_positions_writer *writer, nn_memory *memory)
{
    nn_buffer_init(&writer->fixed, memory);
    nn_buffer_init(&writer->unary, memory);
}

void nn_positions_writer_deinit(nn_positions_writer *writer)
{
    nn_buffer_deinit(&writer->fixed);
    nn_buffer_deinit(&writer->unary);
}

static uint64_t bits_of(const nn_bit_writer *writer)
{
    return (uint64_t)(writer->to - writer->out->data) * 8 + writer->count;
}

static uint8_t reverse_bits(uint8_t byte)
{
    uint32_t x = byte;
    x = (x & 0xF0) >> 4 | (x & 0x0F) << 4;
    x = (x & 0xCC) >> 2 | (x & 0x33) << 2;
    x = (x & 0xAA) >> 1 | (x & 0x55) << 1;
    return (uint8_t)x;
}

/** Lays the unary stream from the end of the area backwards over the zeros behind the fixed one. */
static void join(const nn_buffer *fixed, const nn_buffer *unary, uint64_t bits, nn_buffer *out)
{
    size_t size = (size_t)nn_bytes_of_bits(bits);
    if (size == 0 || !nn_buffer_reserve(out, size)) {
        return;
    }
    uint8_t *area = out->data + out->size;
    memcpy(area, fixed->data, fixed->size);
    memset(area + fixed->size, 0, size - fixed->size);
    for (size_t i = 0; i < unary->size; i++) {
        area[size - 1 - i] |= reverse_bits(unary->data[i]);
    }
    out->size += size;
}

/** Low parts on their way into the fixed stream: of four at a time, the places within their bits
 * are sums of widths, so that only every fourth waits for the one before. */
typedef struct low_parts {
    nn_bit_writer bits;
    uint32_t count;
    uint8_t numbers[LOW_PARTS], widths[LOW_PARTS];
} low_parts;

static inline void add_low(low_parts *low, uint32_t number, uint32_t width)
{
    low->numbers[low->count] = (uint8_t)number;
    low->widths[low->count++] = (uint8_t)width;
}

static void put_low_parts(low_parts *low)
{
    uint32_t i = 0;
    for (; i + 4 <= low->count; i += 4) {
        const uint8_t *numbers = low->numbers + i, *widths = low->widths + i;
        uint32_t two = (uint32_t)widths[0] + widths[1], three = two + widths[2];
        uint64_t bits = numbers[0] | (uint64_t)numbers[1] << widths[0] |
                        (uint64_t)numbers[2] << two | (uint64_t)numbers[3] << three;
        nn_bits_put(&low->bits, bits, three + widths[3]);
    }
    for (; i < low->count; i++) {
        nn_bits_put(&low->bits, low->numbers[i], low->widths[i]);
    }
    low->count = 0;
}

static void put_posting(low_parts *low, nn_bit_writer *unary, uint32_t length, uint32_t tf,
                        const uint8_t *places)
{
    uint32_t width = nn_rice_width(length, tf), next = 0;
    for (uint32_t k = 0; k < tf; k++) {
        uint32_t number = places[k] - next;
        add_low(low, number & ((UINT32_C(1) << width) - 1), width);
        nn_bits_put_unary(unary, number >> width);
        next = places[k] + 1U;
    }
}

nuncio_status nn_positions_write(nn_positions_writer *writer, nn_buffer *out,
                                 const uint8_t *lengths, const uint32_t *tfs, const uint8_t *places,
                                 uint32_t count, nuncio_error *error)
{
    low_parts low;
    low.count = 0;
    nn_bit_writer unary;
    uint64_t tokens = 0;
    for (uint32_t i = 0; i < count; i++) {
        tokens += tfs[i];
    }
    nn_buffer_clear(&writer->fixed);
    nn_buffer_clear(&writer->unary);
    if (!nn_bits_begin(&low.bits, &writer->fixed, tokens * 8) ||
        !nn_bits_begin(&unary, &writer->unary, tokens + (uint64_t)count * PLACES)) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (low.count > LOW_PARTS - NN_POSITIONS_MAX) {
            put_low_parts(&low);
        }
        if (tfs[i] == 1) {
            add_low(&low, *places, nn_fixed_bits(lengths[i], 1));
        } else {
            put_posting(&low, &unary, lengths[i], tfs[i], places);
        }
        places += tfs[i];
    }
    put_low_parts(&low);
    uint64_t bits = bits_of(&low.bits) + bits_of(&unary);
    nn_bits_finish(&low.bits);
    nn_bits_finish(&unary);
    join(&writer->fixed, &writer->unary, bits, out);
    return nn_buffer_status(out, error);
}

/** At least 57 bits of the unary stream from bit `bit` on, the first one highest. */
static inline uint64_t load_unary(const nn_positions_reader *reader, uint32_t bit)
{
    return nn_load_u64(reader->end - 8 - bit / 8) << (bit % 8);
}

bool nn_positions_pass_ones(nn_positions_reader *reader, uint32_t ones)
{
    while (ones > 0) {
        if (reader->unary >= nn_positions_bits(reader)) {
            return false;
        }
        uint64_t word = load_unary(reader, reader->unary) & ~UINT64_C(0xFF);
        uint32_t here = nn_popcount64(word);
        if (here < ones) {
            ones -= here;
            reader->unary += NN_BITS_MAX;
            continue;
        }
        for (; here > ones; here--) { /* drop the lowest until the one sought is the lowest */
            word &= word - 1;
        }
        reader->unary += 64 - nn_ctz64(word);
        return true;
    }
    return true;
}

/** Bits of the unary stream at hand: `word` has the next one highest, and `valid` of them. */
typedef struct unary_window {
    uint64_t word;
    uint32_t valid;
} unary_window;

/** Number of zeros before the next 1 bit, or UINT32_MAX when the area has no more. */
static inline uint32_t next_unary(nn_positions_reader *reader, unary_window *window)
{
    uint32_t zeros = 0;
    while (window->word == 0) { /* what is not valid is zero */
        zeros += window->valid;
        reader->unary += window->valid;
        if (reader->unary >= nn_positions_bits(reader)) {
            return UINT32_MAX;
        }
        window->word = load_unary(reader, reader->unary) & ~UINT64_C(0xFF);
        window->valid = NN_BITS_MAX;
    }
    uint32_t here = (uint32_t)__builtin_clzll(window->word);
    window->word = window->word << here << 1;
    window->valid -= here + 1;
    reader->unary += here + 1;
    return zeros + here;
}

bool nn_positions_read_several(nn_positions_reader *reader, uint32_t length, uint32_t tf,
                               uint32_t *places)
{
    uint32_t bits = nn_fixed_bits(length, tf);
    if (reader->fixed + bits > nn_positions_bits(reader) || tf > length) {
        return false;
    }
    uint32_t width = nn_rice_width(length, tf);
    uint32_t next = 0;
    unary_window window = {0, 0};
    for (uint32_t k = 0; k < tf; k++) {
        uint32_t high = next_unary(reader, &window);
        if (high >= length) {
            return false;
        }
        uint32_t low = (uint32_t)nn_bits_get(reader->start, reader->fixed, width);
        reader->fixed += width;
        places[k] = next + (high << width | low);
        if (places[k] >= length) {
            return false;
        }
        next = places[k] + 1;
    }
    return true;
}
