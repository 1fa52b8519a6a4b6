/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/codes/pfor.h"

#include "core/assert.h"
#include "segment/codes/bit_stream.h"

#include <string.h>

static uint32_t packed_size(uint32_t count, uint32_t width)
{
    return (count * width + 7) / 8; /* 16 × width for 128 numbers, as bitpack.h has it */
}

static uint32_t exceptions_size(uint32_t exceptions, uint32_t high_width)
{
    return exceptions == 0 ? 0 : 2 + exceptions + (exceptions * high_width + 7) / 8;
}

void nn_pack(nn_buffer *out, const uint32_t *numbers, uint32_t count, uint32_t width)
{
    if (count == NN_PACK_COUNT) {
        if (nn_buffer_reserve(out, nn_packed_size(width))) {
            nn_pack128(numbers, width, out->data + out->size);
            out->size += nn_packed_size(width);
        }
        return;
    }
    uint64_t mask = (UINT64_C(1) << width) - 1;
    nn_bit_writer bits;
    if (!nn_bits_begin(&bits, out, (uint64_t)count * width)) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        nn_bits_put(&bits, numbers[i] & mask, width);
    }
    nn_bits_finish(&bits);
}

const uint8_t *nn_unpack(const uint8_t *from, const uint8_t *end, uint32_t count, uint32_t width,
                         uint32_t *numbers)
{
    uint32_t size = packed_size(count, width);
    if ((size_t)(end - from) < size) {
        return NULL;
    }
    if (count == NN_PACK_COUNT) {
        nn_unpack128(from, width, numbers);
    } else {
        for (uint32_t i = 0; i < count; i++) {
            numbers[i] = (uint32_t)nn_bits_get(from, (uint64_t)i * width, width);
        }
    }
    return from + size;
}

/** How many numbers need more than `width` bits, for each width up to the widest. */
typedef struct width_counts {
    uint16_t of_width[NN_PACK_WIDTH_MAX + 1];
    uint32_t widest;
} width_counts;

/** Counts in four rows at once: neighbours have the same width most of the time, and each would
 * wait for the count of the one before. */
static void count_widths(const uint32_t *numbers, uint32_t count, width_counts *out)
{
    uint8_t rows[4][NN_PACK_WIDTH_MAX + 1];
    memset(rows, 0, sizeof rows);
    uint32_t i = 0, all = 0;
    for (; i + 4 <= count; i += 4) {
        for (uint32_t k = 0; k < 4; k++) {
            rows[k][nn_bit_width32(numbers[i + k])]++;
            all |= numbers[i + k];
        }
    }
    for (; i < count; i++) {
        rows[0][nn_bit_width32(numbers[i])]++;
        all |= numbers[i];
    }
    out->widest = nn_bit_width32(all);
    for (uint32_t width = 0; width <= out->widest; width++) {
        out->of_width[width] =
            (uint16_t)(rows[0][width] + rows[1][width] + rows[2][width] + rows[3][width]);
    }
}

/* Each width costs its packed bits and the exceptions that are wider. */
nn_pfor_plan nn_pfor_plan_of(const uint32_t *numbers, uint32_t count)
{
    width_counts counts;
    count_widths(numbers, count, &counts);
    uint32_t widest = counts.widest, exceptions = 0;
    nn_pfor_plan best = {widest, 0, 0, 1 + packed_size(count, widest)};
    for (uint32_t width = widest; width-- > 0;) {
        exceptions += counts.of_width[width + 1];
        uint32_t high_width = widest - width;
        uint32_t size = 1 + exceptions_size(exceptions, high_width) + packed_size(count, width);
        if (size < best.size) {
            best = (nn_pfor_plan){width, high_width, exceptions, size};
        }
    }
    return best;
}

/** Places of the numbers wider than the plan's width, without a branch for each. */
static void find_exceptions(const uint32_t *numbers, uint32_t count, const nn_pfor_plan *plan,
                            uint8_t *places)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        places[found] = (uint8_t)i;
        found += numbers[i] >> plan->width != 0; /* the width is below 32 where there are any */
    }
}

static void write_exceptions(nn_buffer *out, const uint32_t *numbers, uint32_t count,
                             const nn_pfor_plan *plan)
{
    uint8_t places[NN_PACK_COUNT + 1];
    find_exceptions(numbers, count, plan, places);
    nn_buffer_append_u8(out, (uint8_t)plan->exceptions);
    nn_buffer_append_u8(out, (uint8_t)plan->high_width);
    nn_buffer_append(out, places, plan->exceptions);
    nn_bit_writer bits;
    if (!nn_bits_begin(&bits, out, (uint64_t)plan->exceptions * plan->high_width)) {
        return;
    }
    for (uint32_t i = 0; i < plan->exceptions; i++) {
        /* NOLINTNEXTLINE(clang-analyzer-*): the plan counted those whose places were found */
        nn_bits_put(&bits, numbers[places[i]] >> plan->width, plan->high_width);
    }
    nn_bits_finish(&bits);
}

void nn_pfor_write(nn_buffer *out, const uint32_t *numbers, uint32_t count,
                   const nn_pfor_plan *plan)
{
    uint32_t flag = plan->exceptions > 0 ? NN_PFOR_EXCEPTIONS : 0;
    nn_buffer_append_u8(out, (uint8_t)(plan->width | flag));
    if (plan->exceptions > 0) {
        write_exceptions(out, numbers, count, plan);
    }
    nn_pack(out, numbers, count, plan->width);
}

/** Where the parts of written numbers lie. */
typedef struct pfor_parts {
    uint32_t width, high_width, exceptions;
    const uint8_t *places, *high, *packed;
} pfor_parts;

static bool find_parts(const uint8_t *from, const uint8_t *end, uint32_t count, pfor_parts *parts)
{
    size_t left = (size_t)(end - from);
    if (left < 1) {
        return false;
    }
    *parts = (pfor_parts){.width = from[0] & (NN_PFOR_EXCEPTIONS - 1)};
    size_t before = 1;
    if ((from[0] & NN_PFOR_EXCEPTIONS) != 0) {
        if (left < 3) {
            return false;
        }
        parts->exceptions = from[1];
        parts->high_width = from[2];
        if (parts->exceptions == 0 || parts->exceptions > count || parts->high_width == 0 ||
            parts->width + parts->high_width > NN_PACK_WIDTH_MAX) {
            return false;
        }
        parts->places = from + 3;
        parts->high = parts->places + parts->exceptions;
        before += exceptions_size(parts->exceptions, parts->high_width);
    }
    if (parts->width > NN_PACK_WIDTH_MAX || left < before) {
        return false;
    }
    parts->packed = from + before;
    return true;
}

const uint8_t *nn_pfor_read(const uint8_t *from, const uint8_t *end, uint32_t count,
                            uint32_t *numbers, uint32_t *width)
{
    pfor_parts parts;
    if (!find_parts(from, end, count, &parts)) {
        return NULL;
    }
    const uint8_t *rest = nn_unpack(parts.packed, end, count, parts.width, numbers);
    if (rest == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < parts.exceptions; i++) {
        uint32_t place = parts.places[i];
        if (place >= count) {
            return NULL;
        }
        uint64_t high = nn_bits_get(parts.high, (uint64_t)i * parts.high_width, parts.high_width);
        numbers[place] |= (uint32_t)(high << parts.width);
    }
    *width = parts.width + parts.high_width;
    return rest;
}

/** Sets `count` bits from bit `at` on. */
static void set_bits(uint8_t *bits, uint32_t at, uint32_t count)
{
    while (count > 0) {
        uint8_t *word = bits + (size_t)(at / 64) * 8;
        uint32_t here = 64 - at % 64 < count ? 64 - at % 64 : count;
        NN_ASSERT(here <= 64);
        nn_store_u64(word, nn_load_u64(word) | UINT64_MAX >> (64 - here) << (at % 64));
        at += here;
        count -= here;
    }
}

const uint8_t *nn_pfor_read_unary(const uint8_t *from, const uint8_t *end,
                                  uint8_t unary[NN_PFOR_UNARY_ROOM], uint32_t *size)
{
    pfor_parts parts;
    if (!find_parts(from, end, NN_PACK_COUNT, &parts) || parts.width != 0) {
        return NULL;
    }
    memset(unary, 0, NN_PFOR_UNARY_ROOM);
    uint32_t written = 0; /* numbers */
    uint32_t at = 0;
    for (uint32_t i = 0; i < parts.exceptions; i++) {
        uint32_t place = parts.places[i];
        uint64_t high = nn_bits_get(parts.high, (uint64_t)i * parts.high_width, parts.high_width);
        bool ascends = i == 0 || place > parts.places[i - 1];
        if (!ascends || place >= NN_PACK_COUNT || high > NN_PFOR_UNARY_BITS_MAX) {
            return NULL;
        }
        set_bits(unary, at, place - written);
        at += place - written + (uint32_t)high;
        written = place;
        if (at + NN_PACK_COUNT - written > NN_PFOR_UNARY_BITS_MAX) {
            return NULL;
        }
    }
    set_bits(unary, at, NN_PACK_COUNT - written);
    *size = (uint32_t)nn_bytes_of_bits(at + NN_PACK_COUNT - written);
    return parts.packed;
}
