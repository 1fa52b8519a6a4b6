/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/articles/columns.h"

#include "core/error.h"
#include "segment/segment_impl.h"

#include <string.h>

/* Four 32-bit lanes. */
typedef uint32_t row __attribute__((vector_size(16)));
enum { LANES = 4, ROWS = NN_COLUMN_BLOCK / LANES };

/** The numbers of a block, laid out so that comparing a row of them gives the same bit of four
 * words: number i is in lane i / 32 of row i % 32. */
typedef struct nn_column_numbers {
    uint32_t items[NN_COLUMN_BLOCK];
    uint32_t least;     /* and */
    uint32_t low, high; /* least and greatest without 0, which is what is absent */
} nn_column_numbers;

static inline uint32_t place_of(uint32_t i)
{
    return i % ROWS * LANES + i / ROWS;
}

bool nn_column_date_read(uint64_t number, nuncio_date *out)
{
    *out = (nuncio_date){0};
    if (number == 0) {
        return true;
    }
    uint64_t year = number >> 11;
    out->month = (uint8_t)(number >> 7 & 15);
    out->day = (uint8_t)(number >> 2 & 31);
    out->precision = (uint8_t)(number & 3);
    out->year = (int16_t)(year & INT16_MAX);
    return year >= 1 && year <= 9999 && out->month <= 12;
}

static const nn_sequence *column_of(const nn_segment *segment, nn_column column)
{
    switch (column) {
    case NN_COLUMN_DATE:
        return &segment->dates;
    case NN_COLUMN_SOURCE:
        return &segment->sources;
    case NN_COLUMN_LANGUAGE:
    default:
        return &segment->languages;
    }
}

uint32_t nn_segment_column_blocks(const nn_segment *segment)
{
    uint32_t articles = segment->info.article_count;
    return articles / NN_COLUMN_BLOCK + (articles % NN_COLUMN_BLOCK != 0);
}

nuncio_status nn_columns_open(nn_segment *segment, nuncio_error *error)
{
    nn_columns *columns = &segment->columns;
    columns->memory = segment->memory;
    columns->block_count = nn_segment_column_blocks(segment);
    columns->blocks = nn_alloc_array(
        columns->memory, NN_COLUMNS * (columns->block_count + (size_t)1), sizeof *columns->blocks);
    return columns->blocks == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

void nn_columns_close(nn_columns *columns)
{
    size_t count = NN_COLUMNS * (columns->block_count + (size_t)1);
    for (size_t i = 0; columns->blocks != NULL && i < count; i++) {
        nn_release(columns->memory, atomic_load(&columns->blocks[i]), sizeof(nn_column_numbers));
    }
    nn_release(columns->memory, columns->blocks, count * sizeof *columns->blocks);
}

static nuncio_status unpack(const nn_sequence *sequence, uint32_t block, nn_column_numbers *out,
                            nuncio_error *error)
{
    uint64_t numbers[NN_COLUMN_BLOCK];
    uint32_t count;
    NN_TRY(nn_sequence_read(sequence, block, numbers, &count, error));
    memset(out->items, 0, sizeof out->items);
    out->least = UINT32_MAX;
    out->low = UINT32_MAX;
    out->high = 0;
    for (uint32_t i = 0; i < count; i++) { /* no column has greater numbers, unless it was forged */
        uint32_t number = numbers[i] < UINT32_MAX ? (uint32_t)numbers[i] : UINT32_MAX;
        out->items[place_of(i)] = number;
        out->least = number < out->least ? number : out->least;
        out->low = number != 0 && number < out->low ? number : out->low;
        out->high = number > out->high ? number : out->high;
    }
    return NUNCIO_OK;
}

/** Unpacks a block for all threads; where another one was faster, its numbers are taken. */
static nuncio_status share(const nn_segment *segment, const nn_sequence *sequence, uint32_t block,
                           _Atomic(nn_column_numbers *) *slot, const nn_column_numbers **out,
                           nuncio_error *error)
{
    nn_memory *memory = segment->columns.memory;
    nn_column_numbers *known = NULL;
    nn_column_numbers *made = nn_alloc(memory, sizeof *made);
    if (made == NULL) {
        return nn_error_memory(error);
    }
    nuncio_status status = unpack(sequence, block, made, error);
    if (status == NUNCIO_OK && atomic_compare_exchange_strong(slot, &known, made)) {
        *out = made;
        return NUNCIO_OK;
    }
    nn_release(memory, made, sizeof *made);
    *out = known;
    return status;
}

/** Whether none of the numbers from `low` to `high` can be wanted. */
static bool is_outside(const nn_column_wanted *wanted, uint64_t low, uint64_t high)
{
    uint32_t least = wanted->also[0] < wanted->also[1] ? wanted->also[0] : wanted->also[1];
    least = wanted->low < least ? wanted->low : least;
    return low > wanted->high || high < least;
}

/** The bits of 128 numbers, of which four come at a time, the last first. */
static inline row add_row(row words, row holds)
{
    return words + words - holds; /* a lane that holds is all ones: -1 */
}

static inline row row_at(const nn_column_numbers *numbers, uint32_t i)
{
    row values;
    memcpy(&values, numbers->items + (size_t)i * LANES, sizeof values);
    return values;
}

static inline row row_of(uint32_t x)
{
    return (row){x, x, x, x};
}

/** Bits of the numbers that lie between `low` and `high` or are one of `also`. */
static void compare(const nn_column_numbers *numbers, const nn_column_wanted *wanted,
                    uint64_t bits[2])
{
    row low = row_of(wanted->low), span = row_of(wanted->high - wanted->low);
    row one = row_of(wanted->also[0]), other = row_of(wanted->also[1]);
    row words = {0};
    if (wanted->also[0] == wanted->low && wanted->also[1] == wanted->low) {
#pragma GCC unroll 8
        for (uint32_t i = ROWS; i-- > 0;) {
            words = add_row(words, (row)(row_at(numbers, i) - low <= span));
        }
    } else {
#pragma GCC unroll 8
        for (uint32_t i = ROWS; i-- > 0;) {
            row values = row_at(numbers, i);
            words = add_row(words, (row)(values - low <= span) | (row)(values == one) |
                                       (row)(values == other));
        }
    }
    bits[0] = words[0] | (uint64_t)words[1] << 32;
    bits[1] = words[2] | (uint64_t)words[3] << 32;
}

/** Clears the bits of numbers that are not in the set. */
static void keep_set(const nn_column_numbers *numbers, const uint64_t *set, uint64_t bits[2])
{
    for (uint32_t half = 0; half < 2; half++) {
        for (uint64_t left = bits[half]; left != 0; left &= left - 1) {
            uint32_t number = numbers->items[place_of(half * 64 + nn_ctz64(left))];
            if ((set[number / 64] >> (number % 64) & 1) == 0) {
                bits[half] &= ~(left & (~left + 1));
            }
        }
    }
}

nuncio_status nn_segment_column_match(const nn_segment *segment, nn_column column, uint32_t block,
                                      const nn_column_wanted *wanted,
                                      uint64_t bits[NN_COLUMN_BLOCK / 64], nuncio_error *error)
{
    const nn_columns *columns = &segment->columns;
    const nn_sequence *sequence = column_of(segment, column);
    NN_ASSERT(block < columns->block_count && wanted->low <= wanted->high);
    _Atomic(nn_column_numbers *) *slot = &columns->blocks[column * columns->block_count + block];
    const nn_column_numbers *numbers = atomic_load_explicit(slot, memory_order_acquire);
    bits[0] = 0;
    bits[1] = 0;
    if (numbers == NULL) {
        uint64_t low, high;
        NN_TRY(nn_sequence_range(sequence, block, &low, &high, error));
        if (is_outside(wanted, low, high)) {
            return NUNCIO_OK;
        }
        NN_TRY(share(segment, sequence, block, slot, &numbers, error));
    }
    if (wanted->low > 0 && is_outside(wanted, numbers->low, numbers->high)) {
        return NUNCIO_OK;
    }
    if (numbers->least >= wanted->low && numbers->high <= wanted->high) {
        bits[0] = UINT64_MAX;
        bits[1] = UINT64_MAX;
    } else {
        compare(numbers, wanted, bits);
    }
    if (wanted->set != NULL) {
        keep_set(numbers, wanted->set, bits);
    }
    uint32_t count = segment->info.article_count - block * NN_COLUMN_BLOCK;
    for (uint32_t half = 0; half < 2 && count < (half + 1) * 64;
         half++) { /* none behind the last */
        bits[half] &= count <= half * 64 ? 0 : (UINT64_C(1) << (count % 64)) - 1;
    }
    return NUNCIO_OK;
}
