/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/codes/rice.h"

#include "core/assert.h"
#include "core/wide.h"
#include "segment/codes/ones.h"
#include "segment/codes/rice_sums.h"

#include <string.h>

enum { UNARY_BITS_MAX = NN_ONES_BYTES_MAX * 8 };

typedef uint16_t place_row __attribute__((vector_size(16)));
typedef uint32_t number_row __attribute__((vector_size(32)));

/** Sum of the high parts, modulo 2^32: above UNARY_BITS_MAX it matters to nobody, and widths are
 * tried downwards from one whose sum is small, by which it at most doubles and adds 128. */
static uint32_t sum_of_high(const uint32_t *numbers, uint32_t count, uint32_t width)
{
    uint32_t sum = 0, i = 0;
    nn_pack_row sums = {0};
    for (; i + 4 <= count; i += 4) {
        nn_pack_row row;
        memcpy(&row, numbers + i, sizeof row);
        sums += row >> width;
    }
    for (; i < count; i++) {
        sum += numbers[i] >> width;
    }
    return sum + sums[0] + sums[1] + sums[2] + sums[3];
}

/** Bytes of codes of that width, or UINT32_MAX when they could not be read back. */
static uint32_t rice_size(const uint32_t *numbers, uint32_t count, uint32_t width)
{
    uint64_t bits = count + sum_of_high(numbers, count, width);
    if (bits > UNARY_BITS_MAX || bits << width > UINT32_MAX) {
        return UINT32_MAX;
    }
    return 1 + (uint32_t)nn_bytes_of_bits(bits) +
           (uint32_t)nn_bytes_of_bits((uint64_t)count * width);
}

/** The width with the smallest codes, next to what the mean says. */
static uint32_t rice_plan(const uint32_t *numbers, uint32_t count, uint32_t *size)
{
    uint64_t sum = 0;
    NN_ASSERT(count > 0);
    for (uint32_t i = 0; i < count; i++) {
        sum += numbers[i];
    }
    uint32_t width = nn_bit_width64(sum / count);
    width = width > NN_RICE_WIDTH_MAX ? NN_RICE_WIDTH_MAX : width;
    *size = rice_size(numbers, count, width);
    while (width > 0) {
        uint32_t narrower = rice_size(numbers, count, width - 1);
        if (narrower > *size) {
            break;
        }
        *size = narrower;
        width--;
    }
    return width;
}

static void write_rice(nn_buffer *out, const uint32_t *numbers, uint32_t count, uint32_t width)
{
    nn_bit_writer bits;
    nn_buffer_append_u8(out, (uint8_t)(NN_RICE_HEAD + width));
    if (!nn_bits_begin(&bits, out, UNARY_BITS_MAX)) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        nn_bits_put_unary(&bits, numbers[i] >> width);
    }
    nn_bits_finish(&bits);
    nn_pack(out, numbers, count, width);
}

nn_numbers_plan nn_numbers_plan_of(const uint32_t *numbers, uint32_t count)
{
    return nn_numbers_plan_beside(nn_pfor_plan_of(numbers, count), numbers, count);
}

nn_numbers_plan nn_numbers_plan_beside(nn_pfor_plan packed, const uint32_t *numbers, uint32_t count)
{
    nn_numbers_plan plan = {.packed = packed};
    plan.width = rice_plan(numbers, count, &plan.size);
    plan.size = plan.size < plan.packed.size ? plan.size : plan.packed.size;
    return plan;
}

void nn_numbers_write(nn_buffer *out, const uint32_t *numbers, uint32_t count,
                      const nn_numbers_plan *plan)
{
    if (plan->size < plan->packed.size) {
        write_rice(out, numbers, count, plan->width);
    } else {
        nn_pfor_write(out, numbers, count, &plan->packed);
    }
}

/** Adds high parts to 128 low ones: of each number the 0 bits between its 1 bit and the one before
 * (places[-1] is that before the first), or, of sums of numbers, all 0 bits before its own. */
static inline __attribute__((always_inline)) void
add_high(uint32_t *numbers, const uint16_t *places, uint32_t width, bool sums)
{
    const place_row one = {1, 1, 1, 1, 1, 1, 1, 1}, eight = one * 8;
    place_row index = {0, 1, 2, 3, 4, 5, 6, 7};
    for (uint32_t i = 0; i < NN_PACK_COUNT; i += 8, index += eight) {
        place_row ends, starts;
        number_row row;
        memcpy(&ends, places + i, sizeof ends);
        memcpy(&starts, places + i - 1, sizeof starts);
        memcpy(&row, numbers + i, sizeof row);
        row += __builtin_convertvector(ends - (sums ? index : starts + one), number_row) << width;
        memcpy(numbers + i, &row, sizeof row);
    }
}

#if NN_CPU_HAS_WIDE
NN_WIDE static void add_high_wide(uint32_t *numbers, const uint16_t *places, uint32_t width)
{
    add_high(numbers, places, width, false);
}

NN_WIDE static void add_high_sums_wide(uint32_t *numbers, const uint16_t *places, uint32_t width)
{
    add_high(numbers, places, width, true);
}
#endif

static void join128(uint32_t *numbers, const uint16_t *places, uint32_t width)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        add_high_wide(numbers, places, width);
        return;
    }
#endif
    add_high(numbers, places, width, false);
}

#if NN_CPU_HAS_WIDE
/* Sums of low parts and what the high ones add, 16 at a time and in one go. */
NN_WIDEST static void sum_parts_widest(uint32_t *numbers, const uint16_t *places, uint32_t width,
                                       uint32_t base)
{
    const __m512i last = _mm512_set1_epi32(15), step = _mm512_set1_epi32(16);
    const __m128i shift = _mm_cvtsi32_si128((int)width);
    __m512i index = nn_lane_numbers();
    __m512i before = _mm512_set1_epi32((int)base);
    for (uint32_t i = 0; i < NN_PACK_COUNT; i += 16) {
        __m512i sums = nn_running_sums(_mm512_loadu_si512(numbers + i));
        sums = _mm512_add_epi32(sums, before);
        before = _mm512_permutexvar_epi32(last, sums);
        __m512i high = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(places + i)));
        high = _mm512_sll_epi32(_mm512_sub_epi32(high, index), shift);
        sums = _mm512_add_epi32(_mm512_add_epi32(sums, index), high);
        _mm512_storeu_si512(numbers + i, sums);
        index = _mm512_add_epi32(index, step);
    }
}
#endif

void nn_sum_parts128_portable(uint32_t *numbers, const uint16_t *places, uint32_t width,
                              uint32_t base)
{
    nn_sum_gaps128(numbers, base);
    add_high(numbers, places, width, true);
}

void nn_sum_parts128(uint32_t *numbers, const uint16_t *places, uint32_t width, uint32_t base)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        sum_parts_widest(numbers, places, width, base);
        return;
    }
    if (nn_cpu_is_wide()) {
        nn_sum_gaps128(numbers, base);
        add_high_sums_wide(numbers, places, width);
        return;
    }
#endif
    nn_sum_parts128_portable(numbers, places, width, base);
}

/** Codes taken apart. */
typedef struct rice_parts {
    uint32_t width;
    uint16_t room[1 + NN_PACK_COUNT + NN_ONES_ROOM]; /* places of 1 bits behind the one before */
} rice_parts;

static bool is_rice(const uint8_t *from, const uint8_t *end)
{
    return from < end && *from >= NN_RICE_HEAD && *from <= NN_RICE_HEAD + NN_RICE_WIDTH_MAX;
}

/** Finds the 1 bits of high parts. @return where the low ones lie, all of which are there */
static const uint8_t *take_apart(const uint8_t *from, const uint8_t *end, uint32_t count,
                                 rice_parts *parts, uint64_t *below)
{
    uint16_t *places = parts->room + 1;
    parts->width = *from - (uint32_t)NN_RICE_HEAD;
    parts->room[0] = UINT16_MAX; /* before place 0, modulo 2^16 */
    const uint8_t *low = nn_ones_find(from + 1, end, count, places);
    if (low == NULL || end - low < (ptrdiff_t)nn_bytes_of_bits(count * parts->width)) {
        return NULL;
    }
    *below = ((uint64_t)places[count - 1] + 1) << parts->width;
    return *below > UINT32_MAX ? NULL : low;
}

const uint8_t *nn_numbers_read(const uint8_t *from, const uint8_t *end, uint32_t count,
                               uint32_t *numbers, uint64_t *below)
{
    if (!is_rice(from, end)) {
        uint32_t width = 0;
        const uint8_t *rest = nn_pfor_read(from, end, count, numbers, &width);
        *below = (uint64_t)count << width;
        return rest;
    }
    rice_parts parts;
    const uint8_t *low = take_apart(from, end, count, &parts, below);
    const uint8_t *rest = low == NULL ? NULL : nn_unpack(low, end, count, parts.width, numbers);
    if (rest == NULL) {
        return NULL;
    }
    const uint16_t *places = parts.room + 1;
    if (count == NN_PACK_COUNT) {
        join128(numbers, places, parts.width);
        return rest;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint16_t high = (uint16_t)(parts.room[i + 1] - parts.room[i] - 1);
        numbers[i] += (uint32_t)high << parts.width;
    }
    return rest;
}

const uint8_t *nn_sums_read(const uint8_t *from, const uint8_t *end, uint32_t count, uint32_t base,
                            uint32_t *sums, uint64_t *below)
{
    if (count == NN_PACK_COUNT && is_rice(from, end)) {
        rice_parts parts;
        const uint16_t *places = parts.room + 1;
        const uint8_t *low = take_apart(from, end, count, &parts, below);
        if (low == NULL) {
            return NULL;
        }
        if (!nn_rice_sum_narrow(low, parts.width, places, base, sums)) {
            nn_unpack128(low, parts.width, sums);
            nn_sum_parts128(sums, places, parts.width, base);
        }
        return low + nn_packed_size(parts.width);
    }
    const uint8_t *rest = nn_numbers_read(from, end, count, sums, below);
    if (rest != NULL && count == NN_PACK_COUNT) {
        nn_sum_gaps128(sums, base);
    } else if (rest != NULL) {
        for (uint32_t i = 0; i < count; i++) {
            sums[i] += base;
            base = sums[i] + 1;
        }
    }
    return rest;
}
