/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of 128 Rice codes whose low parts have few bits, in numbers of 16 bits. Row g of bitpack.h
 * holds the low parts of numbers 4g … 4g + 3, one in each of its four lanes:
 *
 *   lane 0    0   4   8  …  124        each lane is a vector of its 32 rows,
 *   lane 1    1   5   9  …  125        so that sums within rows are three additions,
 *   lane 2    2   6  10  …  126
 *   lane 3    3   7  11  …  127        and only sums of rows have to be added up along a vector
 *
 * Rows are in the order in which they leave the vectors when the lanes are put side by side. */
#include "segment/codes/rice_sums.h"

#include "core/wide.h"
#include "segment/codes/bitpack.h"

#if NN_CPU_HAS_WIDE
/* Rows as they lie in a vector: place e of its part p (128 bits) is row 8 × (e / 2) + 2p + e % 2.
 */
/* clang-format off */
#define ROW(p, e) (8 * ((e) / 2) + 2 * (p) + (e) % 2)
#define FOUR(X, w, p, e) X(w, ROW(p, e), 0), X(w, ROW(p, (e) + 1), 1),                              \
                         X(w, ROW(p, (e) + 2), 2), X(w, ROW(p, (e) + 3), 3)
#define PART(X, w, p) FOUR(X, w, p, 0), FOUR(X, w, p, 4)
#define ALL(X, w) {PART(X, w, 0), PART(X, w, 1), PART(X, w, 2), PART(X, w, 3)}
/* The byte in which the low part of a row begins, in lane 0, and the next. */
#define BYTE(b) (uint8_t)((b) / 4 * 16 + (b) % 4)
#define BYTES(w, row, at) BYTE((row) * (w) / 8), BYTE((row) * (w) / 8 + 1)
/* Where it begins among the eight bytes that hold four of them. */
#define SHIFTS(w, row, at) 16 * (at) + (row) * (w) % 8, 0
#define ROWS(w, row, at) (row)
/* clang-format on */

static const uint8_t bytes_of[][64] = {ALL(BYTES, 1), ALL(BYTES, 2), ALL(BYTES, 3),
                                       ALL(BYTES, 4), ALL(BYTES, 5), ALL(BYTES, 6)};
static const uint8_t shifts_of[][64] = {ALL(SHIFTS, 1), ALL(SHIFTS, 2), ALL(SHIFTS, 3),
                                        ALL(SHIFTS, 4), ALL(SHIFTS, 5), ALL(SHIFTS, 6)};
static const uint16_t rows[32] = ALL(ROWS, 0); /* of each place; and where each row lies */

enum { NARROW_MAX = sizeof bytes_of / sizeof bytes_of[0], LANES = 4, PLACES = 32 };

/* Low parts of 128 numbers, a vector for each lane. */
NN_WIDEST static inline void unpack_lanes(const uint8_t *low, uint32_t width, __m512i *lanes)
{
    uint32_t size = 16 * width;
    __mmask64 here = size < 64 ? (UINT64_C(1) << size) - 1 : UINT64_MAX;
    __mmask64 behind = size > 64 ? (UINT64_C(1) << (size - 64)) - 1 : 0;
    const __m512i packed = _mm512_maskz_loadu_epi8(here, low);
    const __m512i others = _mm512_maskz_loadu_epi8(behind, low + 64);
    const __m512i shifts = _mm512_loadu_si512(shifts_of[width - 1]);
    const __m512i mask = _mm512_set1_epi16((short)((1U << width) - 1));
    __m512i bytes = _mm512_loadu_si512(bytes_of[width - 1]);
    for (uint32_t k = 0; k < LANES; k++) {
        __m512i parts = _mm512_permutex2var_epi8(packed, bytes, others);
        lanes[k] = _mm512_and_si512(_mm512_multishift_epi64_epi8(shifts, parts), mask);
        bytes = _mm512_add_epi8(bytes, _mm512_set1_epi8(4));
    }
}

/* For each row the sum of those before it. */
NN_WIDEST static inline __m512i sum_rows(__m512i sums_of_rows)
{
    const __m512i order = _mm512_loadu_si512(rows);
    const __m512i lasts = _mm512_set_epi64(
        0x0017001700170017, 0x0017001700170017, 0x000F000F000F000F, 0x000F000F000F000F,
        0x0007000700070007, 0x0007000700070007, 0, 0); /* of the part before */
    __m512i alone = _mm512_permutexvar_epi16(order, sums_of_rows);
    __m512i sums = _mm512_add_epi16(alone, _mm512_bslli_epi128(alone, 2));
    sums = _mm512_add_epi16(sums, _mm512_bslli_epi128(sums, 4));
    sums = _mm512_add_epi16(sums, _mm512_bslli_epi128(sums, 8));
    sums = _mm512_add_epi16(sums, _mm512_maskz_permutexvar_epi16(0xFFFFFF00, lasts, sums));
    __m512i two_before = _mm512_maskz_permutexvar_epi16(
        0xFFFF0000, _mm512_sub_epi16(lasts, _mm512_set1_epi16(8)), sums);
    sums = _mm512_add_epi16(sums, two_before);
    return _mm512_permutexvar_epi16(order, _mm512_sub_epi16(sums, alone));
}

/* From lanes to 32 numbers that follow each other in a vector. */
NN_WIDEST static inline void join_lanes(__m512i *lanes)
{
    __m512i low01 = _mm512_unpacklo_epi16(lanes[0], lanes[1]);
    __m512i high01 = _mm512_unpackhi_epi16(lanes[0], lanes[1]);
    __m512i low23 = _mm512_unpacklo_epi16(lanes[2], lanes[3]);
    __m512i high23 = _mm512_unpackhi_epi16(lanes[2], lanes[3]);
    lanes[0] = _mm512_unpacklo_epi32(low01, low23);
    lanes[1] = _mm512_unpackhi_epi32(low01, low23);
    lanes[2] = _mm512_unpacklo_epi32(high01, high23);
    lanes[3] = _mm512_unpackhi_epi32(high01, high23);
}

NN_WIDEST static void sum_narrow(const uint8_t *low, uint32_t width, const uint16_t *places,
                                 uint32_t base, uint32_t *sums)
{
    __m512i lanes[LANES];
    unpack_lanes(low, width, lanes);
    lanes[1] = _mm512_add_epi16(lanes[1], lanes[0]);
    lanes[2] = _mm512_add_epi16(lanes[2], lanes[1]);
    lanes[3] = _mm512_add_epi16(lanes[3], lanes[2]);
    __m512i before = sum_rows(lanes[3]);
    for (uint32_t k = 0; k < LANES; k++) {
        lanes[k] = _mm512_add_epi16(lanes[k], before);
    }
    join_lanes(lanes);
    const __m128i shift = _mm_cvtsi32_si128((int)width);
    const __m512i start = _mm512_set1_epi32((int)base);
    __m512i index = _mm512_cvtepu8_epi16(_mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                                                          13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                                                          23, 24, 25, 26, 27, 28, 29, 30, 31));
    for (uint32_t k = 0; k < LANES; k++, sums += PLACES, places += PLACES) {
        __m512i high = _mm512_sub_epi16(_mm512_loadu_si512(places), index);
        high = _mm512_add_epi16(_mm512_sll_epi16(high, shift), index);
        high = _mm512_add_epi16(high, lanes[k]);
        __m512i first = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(high));
        __m512i second = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(high, 1));
        _mm512_storeu_si512(sums, _mm512_add_epi32(first, start));
        _mm512_storeu_si512(sums + PLACES / 2, _mm512_add_epi32(second, start));
        index = _mm512_add_epi16(index, _mm512_set1_epi16(PLACES));
    }
}
#endif

bool nn_rice_sum_narrow(const uint8_t *low, uint32_t width, const uint16_t *places, uint32_t base,
                        uint32_t *sums)
{
#if NN_CPU_HAS_WIDE
    uint64_t below = ((uint64_t)places[NN_PACK_COUNT - 1] + 1) << width;
    if (width - 1 < NARROW_MAX && below + NN_PACK_COUNT <= UINT16_MAX && nn_cpu_is_widest()) {
        sum_narrow(low, width, places, base, sums);
        return true;
    }
#endif
    (void)low;
    (void)width;
    (void)places;
    (void)base;
    (void)sums;
    return false;
}
