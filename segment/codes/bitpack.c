/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/codes/bitpack.h"

#include "core/bits.h"
#include "core/cpu.h"

#if NN_CPU_HAS_WIDE
#include <immintrin.h>
#endif

typedef nn_pack_row row;

enum { ROWS = NN_PACK_COUNT / 4 };

static inline row load_words(const uint8_t *from)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    row words;
    memcpy(&words, from, sizeof words);
#else
    row words = {nn_load_u32(from), nn_load_u32(from + 4), nn_load_u32(from + 8),
                 nn_load_u32(from + 12)};
#endif
    return words;
}

/** One row: every index and shift is a constant once the loop is unrolled. */
static inline __attribute__((always_inline)) row unpack_row(const uint8_t *from, uint32_t width,
                                                            uint32_t mask, uint32_t index)
{
    uint32_t bit = index * width;
    uint32_t word = bit / 32, shift = bit % 32;
    row low = load_words(from + (size_t)word * 16) >> shift;
    if (shift + width > 32) {
        low |= load_words(from + ((size_t)word + 1) * 16) << (32 - shift);
    }
    return low & mask;
}

static inline __attribute__((always_inline)) void unpack_width(const uint8_t *from, uint32_t width,
                                                               uint32_t mask, uint32_t *numbers)
{
#pragma GCC unroll 32
    for (uint32_t i = 0; i < ROWS; i++) {
        row values = unpack_row(from, width, mask, i);
        memcpy(numbers + (size_t)i * 4, &values, sizeof values);
    }
}

/* One case a width, so that the loop above is unrolled with the width known. */
/* clang-format off */
#define EACH_WIDTH(X)                                                       \
    X(1)  X(2)  X(3)  X(4)  X(5)  X(6)  X(7)  X(8)  X(9)  X(10) X(11)       \
    X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(21) X(22)       \
    X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31) X(32)
/* clang-format on */

#define MASK_OF(width) ((uint32_t)((UINT64_C(1) << (width)) - 1))
static inline __attribute__((always_inline)) void unpack_any(const uint8_t *from, uint32_t width,
                                                             uint32_t *numbers)
{
#define CASE_UNPACK(width)                                                                         \
    case width:                                                                                    \
        unpack_width(from, width, MASK_OF(width), numbers);                                        \
        return;
    switch (width) {
        EACH_WIDTH(CASE_UNPACK)
    default:
        memset(numbers, 0, NN_PACK_COUNT * sizeof numbers[0]);
    }
}

#if NN_CPU_HAS_WIDE
NN_WIDE static void unpack_wide(const uint8_t *from, uint32_t width, uint32_t *numbers)
{
    unpack_any(from, width, numbers);
}
#endif

void nn_unpack128(const uint8_t *from, uint32_t width, uint32_t numbers[NN_PACK_COUNT])
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        unpack_wide(from, width, numbers);
        return;
    }
#endif
    nn_unpack128_portable(from, width, numbers);
}

void nn_unpack128_portable(const uint8_t *from, uint32_t width, uint32_t numbers[NN_PACK_COUNT])
{
    unpack_any(from, width, numbers);
}

static inline void store_words(uint8_t *to, row words)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(to, &words, sizeof words);
#else
    for (uint32_t lane = 0; lane < 4; lane++) {
        nn_store_u32(to + (size_t)lane * 4, words[lane]);
    }
#endif
}

void nn_pack128(const uint32_t numbers[NN_PACK_COUNT], uint32_t width, uint8_t *to)
{
    uint32_t mask = MASK_OF(width);
    row pending = {0};
    uint32_t count = 0; /* bits pending in each lane, below 32 */
    for (uint32_t i = 0; i < ROWS && width > 0; i++) {
        row values;
        memcpy(&values, numbers + (size_t)i * 4, sizeof values);
        values &= mask;
        pending |= values << count;
        count += width;
        if (count >= 32) {
            store_words(to, pending);
            to += sizeof pending;
            count -= 32;
            row rest = {0};
            pending = count == 0 ? rest : values >> (width - count);
        }
    }
}

/** Each lane plus those before it. */
static inline row sum_lanes(row values)
{
    row zero = {0};
    values += __builtin_shufflevector(zero, values, 0, 4, 5, 6);
    values += __builtin_shufflevector(zero, values, 0, 1, 4, 5);
    return values;
}

#if NN_CPU_HAS_WIDE
/* The same with two rows side by side. */
NN_WIDE static void sum_gaps_wide(uint32_t *numbers, uint32_t base)
{
    const __m256i last = _mm256_set1_epi32(7), eight = _mm256_set1_epi32(8);
    __m256i before =
        _mm256_add_epi32(_mm256_set1_epi32((int)base), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    for (uint32_t i = 0; i < NN_PACK_COUNT; i += 8) {
        __m256i values = _mm256_loadu_si256((const __m256i *)(numbers + i));
        values = _mm256_add_epi32(values, _mm256_slli_si256(values, 4));
        values = _mm256_add_epi32(values, _mm256_slli_si256(values, 8));
        __m256i first = _mm256_permute2x128_si256(values, values, 0x08); /* of the second row */
        values = _mm256_add_epi32(values, _mm256_shuffle_epi32(first, 0xFF));
        _mm256_storeu_si256((__m256i *)(numbers + i), _mm256_add_epi32(values, before));
        before = _mm256_add_epi32(
            before, _mm256_add_epi32(_mm256_permutevar8x32_epi32(values, last), eight));
    }
}
#endif

void nn_sum_gaps128(uint32_t numbers[NN_PACK_COUNT], uint32_t base)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        sum_gaps_wide(numbers, base);
        return;
    }
#endif
    nn_sum_gaps128_portable(numbers, base);
}

/* What a row waits for is one addition: the sum of the rows before, not the row before itself. */
void nn_sum_gaps128_portable(uint32_t numbers[NN_PACK_COUNT], uint32_t base)
{
    row four = {4, 4, 4, 4};
    row before = {base, base + 1, base + 2, base + 3};
    for (uint32_t i = 0; i < ROWS; i++) {
        row values;
        memcpy(&values, numbers + (size_t)i * 4, sizeof values);
        values = sum_lanes(values);
        row sums = values + before;
        memcpy(numbers + (size_t)i * 4, &sums, sizeof sums);
        before += __builtin_shufflevector(values, values, 3, 3, 3, 3) + four;
    }
}

uint32_t nn_increment128(uint32_t numbers[NN_PACK_COUNT])
{
    row one = {1, 1, 1, 1}, all = {0};
    for (uint32_t i = 0; i < ROWS; i++) {
        row values;
        memcpy(&values, numbers + (size_t)i * 4, sizeof values);
        values += one;
        all |= values;
        memcpy(numbers + (size_t)i * 4, &values, sizeof values);
    }
    return all[0] | all[1] | all[2] | all[3];
}
