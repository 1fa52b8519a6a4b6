/* SPDX-License-Identifier: Apache-2.0 */
/* What kernels of the widest kind share (cpu.h says which processors run them): sixteen numbers of
 * 32 bits at a time. */
#ifndef CORE_WIDE_H
#define CORE_WIDE_H

#include "core/cpu.h"

#include <stdint.h>

#if NN_CPU_HAS_WIDE
#include <immintrin.h>

/** The first `count` of sixteen lanes; all of them where it is more. */
NN_WIDEST static inline __mmask16 nn_first_lanes(uint32_t count)
{
    return count < 16 ? (__mmask16)((1U << count) - 1) : (__mmask16)0xFFFF;
}

/** 0 … 15. */
NN_WIDEST static inline __m512i nn_lane_numbers(void)
{
    return _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

/** Each of sixteen numbers and all before it, added up. */
NN_WIDEST static inline __m512i nn_running_sums(__m512i numbers)
{
    const __m512i zero = _mm512_setzero_si512();
    __m512i sums = _mm512_add_epi32(numbers, _mm512_alignr_epi32(numbers, zero, 15));
    sums = _mm512_add_epi32(sums, _mm512_alignr_epi32(sums, zero, 14));
    sums = _mm512_add_epi32(sums, _mm512_alignr_epi32(sums, zero, 12));
    return _mm512_add_epi32(sums, _mm512_alignr_epi32(sums, zero, 8));
}
#endif

#endif
