/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/codes/sequence.h"

#include "core/error.h"

uint64_t nn_sequence_of_u8(void *context, uint64_t index)
{
    return ((uint8_t *)context)[index];
}

uint64_t nn_sequence_of_u32(void *context, uint64_t index)
{
    return ((uint32_t *)context)[index];
}

uint64_t nn_sequence_of_sums(void *context, uint64_t index)
{
    nn_running_sum *running = context;
    running->sum += index == 0 ? 0 : running->sizes[index - 1];
    return running->sum;
}

static uint64_t line(uint32_t slope, uint32_t i)
{
    return (uint64_t)slope * i >> NN_SEQUENCE_SLOPE_SHIFT;
}

/** How one block is written. */
typedef struct block_plan {
    uint64_t base;
    uint32_t slope, width;
} block_plan;

/** Base and width that a slope leads to. Differences from the line may be negative, so the lowest
 * is the base. */
static block_plan plan_with(const uint64_t *values, uint32_t count, uint32_t slope)
{
    int64_t lowest = INT64_MAX, highest = INT64_MIN;
    for (uint32_t i = 0; i < count; i++) {
        int64_t rest = (int64_t)values[i] - (int64_t)line(slope, i);
        lowest = rest < lowest ? rest : lowest;
        highest = rest > highest ? rest : highest;
    }
    block_plan plan = {(uint64_t)lowest & NN_SEQUENCE_VALUE_MAX, slope,
                       nn_bit_width64((uint64_t)(highest - lowest))};
    return plan;
}

static block_plan plan_block(const uint64_t *values, uint32_t count)
{
    block_plan flat = plan_with(values, count, 0);
    if (count < 2 || values[count - 1] <= values[0]) {
        return flat;
    }
    uint64_t rise = values[count - 1] - values[0];
    if (rise > UINT32_MAX) {
        return flat;
    }
    uint64_t slope = (rise << NN_SEQUENCE_SLOPE_SHIFT) / (count - 1);
    if (slope > UINT32_MAX) {
        return flat;
    }
    block_plan sloped = plan_with(values, count, (uint32_t)slope);
    return sloped.width < flat.width ? sloped : flat;
}

nuncio_status nn_sequence_write(nn_buffer *out, nn_sequence_source *source, void *context,
                                uint64_t count, nuncio_error *error)
{
    uint64_t blocks = (count + NN_SEQUENCE_BLOCK - 1) / NN_SEQUENCE_BLOCK;
    size_t headers = out->size;
    if (!nn_buffer_reserve(out, (size_t)blocks * NN_SEQUENCE_HEADER_SIZE)) {
        return nn_error_memory(error);
    }
    out->size += (size_t)blocks * NN_SEQUENCE_HEADER_SIZE;
    size_t packed = out->size;
    for (uint64_t block = 0; block < blocks; block++) {
        uint64_t values[NN_SEQUENCE_BLOCK];
        uint64_t first = block * NN_SEQUENCE_BLOCK;
        uint32_t here = count - first < NN_SEQUENCE_BLOCK ? (uint32_t)(count - first)
                                                          : (uint32_t)NN_SEQUENCE_BLOCK;
        for (uint32_t i = 0; i < here; i++) {
            values[i] = source(context, first + i);
            if (values[i] > NN_SEQUENCE_VALUE_MAX) {
                return nn_error_set(error, NUNCIO_ERR_LIMIT,
                                    "a number of a segment is 2^56 or more");
            }
        }
        block_plan plan = plan_block(values, here);
        uint64_t offset = out->size - packed;
        if (offset > UINT32_MAX || plan.width > NN_BITS_MAX) {
            return nn_error_set(error, NUNCIO_ERR_LIMIT, "a column of a segment is too large");
        }
        nn_bit_writer bits;
        if (!nn_bits_begin(&bits, out, (uint64_t)here * plan.width)) {
            return nn_error_memory(error);
        }
        /* The header lies in the buffer, which may have moved. */
        uint8_t *header = out->data + headers + block * NN_SEQUENCE_HEADER_SIZE;
        nn_store_u64(header, plan.base | (uint64_t)plan.width << NN_BITS_MAX);
        nn_store_u32(header + 8, plan.slope);
        nn_store_u32(header + 12, (uint32_t)offset);
        for (uint32_t i = 0; i < here; i++) {
            uint64_t rest = (values[i] - line(plan.slope, i) - plan.base) & NN_SEQUENCE_VALUE_MAX;
            nn_bits_put(&bits, rest, plan.width);
        }
        nn_bits_finish(&bits);
    }
    return NUNCIO_OK;
}

nuncio_status nn_sequence_open(nn_sequence *sequence, const nn_frame *frame, nn_region_kind kind,
                               uint64_t count, nuncio_error *error)
{
    sequence->frame = frame;
    sequence->data = nn_frame_region(frame, kind);
    sequence->size = frame->regions[kind].size;
    sequence->count = count;
    sequence->headers =
        (count + NN_SEQUENCE_BLOCK - 1) / NN_SEQUENCE_BLOCK * NN_SEQUENCE_HEADER_SIZE;
    if (count > NN_SEQUENCE_VALUE_MAX || sequence->headers > sequence->size) {
        return nn_frame_corrupt(frame, frame->regions[kind].offset,
                                "a column is shorter than its count says", error);
    }
    return NUNCIO_OK;
}

/** A header read from the map. */
typedef struct block_header {
    uint64_t base, bits; /* `bits`: where the numbers begin, from the first header */
    uint32_t slope, width;
} block_header;

static inline block_header load_header(const nn_sequence *sequence, uint64_t block)
{
    const uint8_t *at = sequence->data + block * NN_SEQUENCE_HEADER_SIZE;
    uint64_t word = nn_load_u64(at);
    block_header header = {
        .base = word & NN_SEQUENCE_VALUE_MAX,
        .width = (uint32_t)(word >> NN_BITS_MAX),
        .slope = nn_load_u32(at + 8),
        .bits = (sequence->headers + nn_load_u32(at + 12)) * 8,
    };
    return header;
}

/** True when the numbers of the block up to number `last` of it lie in the region. */
static inline bool block_inside(const nn_sequence *sequence, const block_header *header,
                                uint32_t last)
{
    return header->width <= NN_BITS_MAX &&
           header->bits + (uint64_t)header->width * (last + 1) <= sequence->size * 8;
}

static inline uint64_t value_of(const nn_sequence *sequence, const block_header *header, uint32_t i)
{
    return nn_sequence_value(sequence->data, header->base, header->bits, header->slope,
                             header->width, i);
}

/** Reads the header of a block and makes sure that numbers `from` … `last` of it may be read. */
static inline nuncio_status open_block(const nn_sequence *sequence, uint64_t block, uint32_t from,
                                       uint32_t last, block_header *header, nuncio_error *error)
{
    const nn_frame *frame = sequence->frame;
    const uint8_t *at = sequence->data + block * NN_SEQUENCE_HEADER_SIZE;
    NN_TRY(nn_frame_touch_bytes(frame, at, at + NN_SEQUENCE_HEADER_SIZE, error));
    *header = load_header(sequence, block);
    if (!block_inside(sequence, header, last)) {
        return nn_frame_corrupt(frame, (uint64_t)(at - frame->map.data),
                                "a block of a column lies outside", error);
    }
    const uint8_t *first = sequence->data + (header->bits + (uint64_t)header->width * from) / 8;
    const uint8_t *end = sequence->data + (header->bits + (uint64_t)header->width * last) / 8 + 8;
    return nn_frame_touch_bytes(frame, first, end, error);
}

nuncio_status nn_sequence_get(const nn_sequence *sequence, uint64_t index, uint64_t *out,
                              nuncio_error *error)
{
    NN_ASSERT(index < sequence->count);
    block_header header;
    uint32_t i = (uint32_t)(index % NN_SEQUENCE_BLOCK);
    NN_TRY(open_block(sequence, index / NN_SEQUENCE_BLOCK, i, i, &header, error));
    *out = value_of(sequence, &header, i);
    return NUNCIO_OK;
}

/** How many numbers block `block` has: 1 … 128. */
static uint32_t count_in(const nn_sequence *sequence, uint64_t block)
{
    uint64_t here = sequence->count - block * NN_SEQUENCE_BLOCK;
    return here < NN_SEQUENCE_BLOCK ? (uint32_t)here : (uint32_t)NN_SEQUENCE_BLOCK;
}

nuncio_status nn_sequence_cursor_enter(nn_sequence_cursor *cursor, uint64_t block,
                                       nuncio_error *error)
{
    const nn_sequence *sequence = cursor->sequence;
    block_header header;
    cursor->block = UINT64_MAX;
    NN_TRY(open_block(sequence, block, 0, count_in(sequence, block) - 1, &header, error));
    cursor->block = block;
    cursor->base = header.base;
    cursor->bits = header.bits;
    cursor->slope = header.slope;
    cursor->width = header.width;
    return NUNCIO_OK;
}

nuncio_status nn_sequence_pair(const nn_sequence *sequence, uint64_t index, uint64_t *first,
                               uint64_t *second, nuncio_error *error)
{
    NN_ASSERT(index + 1 < sequence->count);
    block_header header;
    uint32_t i = (uint32_t)(index % NN_SEQUENCE_BLOCK);
    if (i + 1 == NN_SEQUENCE_BLOCK) { /* of two blocks */
        NN_TRY(nn_sequence_get(sequence, index, first, error));
        return nn_sequence_get(sequence, index + 1, second, error);
    }
    NN_TRY(open_block(sequence, index / NN_SEQUENCE_BLOCK, i, i + 1, &header, error));
    *first = value_of(sequence, &header, i);
    *second = value_of(sequence, &header, i + 1);
    return NUNCIO_OK;
}

nuncio_status nn_sequence_range(const nn_sequence *sequence, uint64_t block, uint64_t *low,
                                uint64_t *high, nuncio_error *error)
{
    NN_ASSERT(block * NN_SEQUENCE_BLOCK < sequence->count);
    const uint8_t *at = sequence->data + block * NN_SEQUENCE_HEADER_SIZE;
    NN_TRY(nn_frame_touch_bytes(sequence->frame, at, at + NN_SEQUENCE_HEADER_SIZE, error));
    block_header header = load_header(sequence, block);
    uint64_t rise = line(header.slope, count_in(sequence, block) - 1);
    uint64_t rest =
        header.width < NN_BITS_MAX ? (UINT64_C(1) << header.width) - 1 : NN_SEQUENCE_VALUE_MAX;
    *low = header.base;
    *high = header.base + rise + rest;
    if (*high > NN_SEQUENCE_VALUE_MAX) { /* a base below zero: the numbers go round */
        *low = 0;
        *high = NN_SEQUENCE_VALUE_MAX;
    }
    return NUNCIO_OK;
}

nuncio_status nn_sequence_read(const nn_sequence *sequence, uint64_t block,
                               uint64_t numbers[NN_SEQUENCE_BLOCK], uint32_t *count,
                               nuncio_error *error)
{
    NN_ASSERT(block * NN_SEQUENCE_BLOCK < sequence->count);
    block_header header;
    *count = count_in(sequence, block);
    NN_TRY(open_block(sequence, block, 0, *count - 1, &header, error));
    for (uint32_t i = 0; i < *count; i++) {
        numbers[i] = header.base + line(header.slope, i);
    }
    uint64_t bit = header.bits;
    for (uint32_t i = 0; i < *count && header.width != 0; i++) {
        numbers[i] += nn_bits_get(sequence->data, bit, header.width);
        bit += header.width;
    }
    for (uint32_t i = 0; i < *count; i++) {
        numbers[i] &= NN_SEQUENCE_VALUE_MAX;
    }
    return NUNCIO_OK;
}

uint64_t nn_sequence_at(const nn_sequence *sequence, uint64_t index)
{
    block_header header = load_header(sequence, index / NN_SEQUENCE_BLOCK);
    return value_of(sequence, &header, (uint32_t)(index % NN_SEQUENCE_BLOCK));
}

void nn_sequence_fetch_header(const nn_sequence *sequence, uint64_t index)
{
    nn_frame_fetch(sequence->data + index / NN_SEQUENCE_BLOCK * NN_SEQUENCE_HEADER_SIZE);
}

void nn_sequence_fetch(const nn_sequence *sequence, uint64_t index)
{
    block_header header = load_header(sequence, index / NN_SEQUENCE_BLOCK);
    uint32_t i = (uint32_t)(index % NN_SEQUENCE_BLOCK);
    if (block_inside(sequence, &header, i)) {
        nn_frame_fetch(sequence->data + (header.bits + (uint64_t)header.width * i) / 8);
    }
}

uint64_t nn_sequence_peek(const nn_sequence *sequence, uint64_t index)
{
    block_header header = load_header(sequence, index / NN_SEQUENCE_BLOCK);
    uint32_t i = (uint32_t)(index % NN_SEQUENCE_BLOCK);
    return block_inside(sequence, &header, i) ? value_of(sequence, &header, i) : 0;
}

nuncio_status nn_sequence_check(const nn_sequence *sequence, nuncio_error *error)
{
    NN_TRY(nn_frame_touch_bytes(sequence->frame, sequence->data, sequence->data + sequence->size,
                                error));
    uint64_t blocks = (sequence->count + NN_SEQUENCE_BLOCK - 1) / NN_SEQUENCE_BLOCK;
    for (uint64_t block = 0; block < blocks; block++) {
        block_header header = load_header(sequence, block);
        if (!block_inside(sequence, &header, count_in(sequence, block) - 1)) {
            return nn_frame_corrupt(sequence->frame,
                                    (uint64_t)(sequence->data - sequence->frame->map.data) +
                                        block * NN_SEQUENCE_HEADER_SIZE,
                                    "a block of a column lies outside", error);
        }
    }
    return NUNCIO_OK;
}
