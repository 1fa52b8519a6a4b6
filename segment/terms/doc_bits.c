/* SPDX-License-Identifier: Apache-2.0 */
/* Each kernel is written once, in C, and compiled for every processor and for those with AVX2,
 * which shift and count bits in one instruction each. Those with AVX-512 look up 16 documents and
 * take 64 bytes of a set at once, wherever in the map they begin. */
#include "segment/terms/doc_bits.h"

#include "core/bits.h"
#include "core/wide.h"

/* ---- documents ---- */

static inline __attribute__((always_inline)) void add(uint64_t *words, uint32_t place)
{
    words[place / 64] |= UINT64_C(1) << (place % 64);
}

/* Of documents that stand close together each word is put together in a register. */
static inline __attribute__((always_inline)) void add_close(uint64_t *words, uint32_t first,
                                                            const uint32_t *docs, uint32_t count)
{
    uint32_t at = (docs[0] - first) / 64;
    uint64_t word = words[at];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = docs[i] - first;
        if (place / 64 != at) {
            words[at] = word;
            at = place / 64;
            word = words[at];
        }
        word |= UINT64_C(1) << (place % 64);
    }
    words[at] = word;
}

/* Others eight parts side by side: neighbours are of one word, and each would wait for the one
 * before. */
static inline __attribute__((always_inline)) void add_any(uint64_t *words, uint32_t first,
                                                          const uint32_t *docs, uint32_t count)
{
    enum { CLOSE = 4 /* passages to one of them */, PARTS = 8 };
    if (count > 0 && docs[count - 1] - docs[0] < count * CLOSE) {
        add_close(words, first, docs, count);
        return;
    }
    uint32_t part = count / PARTS;
    for (uint32_t i = 0; i < part; i++) {
#pragma GCC unroll 8
        for (uint32_t k = 0; k < PARTS; k++) {
            add(words, docs[i + k * part] - first);
        }
    }
    for (uint32_t i = PARTS * part; i < count; i++) {
        add(words, docs[i] - first);
    }
}

static inline __attribute__((always_inline)) uint32_t
count_docs(const uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count)
{
    uint64_t common = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = docs[i] - first;
        common += words[place / 64] >> (place % 64) & 1;
    }
    return (uint32_t)common;
}

#if NN_CPU_HAS_WIDE
NN_WIDE static void add_wide(uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count)
{
    add_any(words, first, docs, count);
}

NN_WIDE static uint32_t count_wide(const uint64_t *words, uint32_t first, const uint32_t *docs,
                                   uint32_t count)
{
    return count_docs(words, first, docs, count);
}

/* The map as words of 32 bits, each of which has the bit of one document. */
NN_WIDEST static uint32_t count_widest(const uint64_t *words, uint32_t first, const uint32_t *docs,
                                       uint32_t count)
{
    enum { LANES = 16 };
    const __m512i origin = _mm512_set1_epi32((int)first);
    uint32_t common = 0;
    for (uint32_t i = 0; i < count; i += LANES) {
        __mmask16 lanes = nn_first_lanes(count - i);
        __m512i places = _mm512_sub_epi32(_mm512_maskz_loadu_epi32(lanes, docs + i), origin);
        __m512i halves = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), lanes,
                                                     _mm512_srli_epi32(places, 5), words, 4);
        __m512i bits = _mm512_and_si512(places, _mm512_set1_epi32(31));
        bits = _mm512_sllv_epi32(_mm512_set1_epi32(1), bits);
        common += (uint32_t)__builtin_popcount(_mm512_test_epi32_mask(halves, bits));
    }
    return common;
}
#endif

void nn_doc_bits_add_portable(uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count)
{
    add_any(words, first, docs, count);
}

void nn_doc_bits_add(uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        add_wide(words, first, docs, count);
        return;
    }
#endif
    nn_doc_bits_add_portable(words, first, docs, count);
}

uint32_t nn_doc_bits_count_portable(const uint64_t *words, uint32_t first, const uint32_t *docs,
                                    uint32_t count)
{
    return count_docs(words, first, docs, count);
}

uint32_t nn_doc_bits_count(const uint64_t *words, uint32_t first, const uint32_t *docs,
                           uint32_t count)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        return count_widest(words, first, docs, count);
    }
    if (nn_cpu_is_wide()) {
        return count_wide(words, first, docs, count);
    }
#endif
    return nn_doc_bits_count_portable(words, first, docs, count);
}

/* ---- sets ---- */

/* __builtin_popcountll is a call where the processor may not have the instruction. */
static inline __attribute__((always_inline)) uint32_t ones_of(uint64_t word, bool instruction)
{
    return instruction ? (uint32_t)__builtin_popcountll(word) : nn_popcount64(word);
}

/* The bits of a set from passage `from` on, as far as they are of one of its words. */
static inline __attribute__((always_inline)) uint64_t
bits_from(const nn_doc_set *set, uint32_t from, uint32_t to, uint32_t *width)
{
    uint32_t bit = from - set->base;
    *width = 64 - bit % 64 < to - from ? 64 - bit % 64 : to - from;
    uint64_t word = nn_load_u64(set->bits + (size_t)(bit / 64) * 8) >> (bit % 64);
    return word & UINT64_MAX >> (64 - *width);
}

static inline __attribute__((always_inline)) void
add_part(uint64_t *words, uint32_t first, const nn_doc_set *set, uint32_t from, uint32_t to)
{
    for (uint32_t width; from < to; from += width) {
        uint64_t bits = bits_from(set, from, to, &width);
        uint32_t place = from - first;
        words[place / 64] |= bits << (place % 64);
        words[place / 64 + 1] |= bits >> 1 >> (63 - place % 64);
    }
}

static inline __attribute__((always_inline)) uint32_t
count_part(const uint64_t *words, uint32_t first, const nn_doc_set *set, uint32_t from, uint32_t to,
           bool instruction)
{
    uint32_t common = 0;
    for (uint32_t width; from < to; from += width) {
        uint64_t bits = bits_from(set, from, to, &width);
        uint32_t place = from - first;
        uint64_t there = words[place / 64] >> (place % 64);
        there |= words[place / 64 + 1] << 1 << (63 - place % 64);
        common += ones_of(bits & there, instruction);
    }
    return common;
}

#if NN_CPU_HAS_WIDE
NN_WIDE static void add_set_wide(uint64_t *words, uint32_t first, const nn_doc_set *set)
{
    add_part(words, first, set, set->from, set->to);
}

NN_WIDE static uint32_t count_set_wide(const uint64_t *words, uint32_t first, const nn_doc_set *set)
{
    return count_part(words, first, set, set->from, set->to, true);
}

/* The first bytes of up to 64. */
static inline __mmask64 bytes_of(uint32_t count)
{
    return count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

/* A whole set begins with a byte of its own, and anywhere in one of the map. Both are taken 64
 * bytes a step, words of the set moved up by as many bits as the place has, and into each word the
 * bits that leave the one before. */
NN_WIDEST static void add_whole(uint64_t *words, uint32_t first, const nn_doc_set *set)
{
    uint32_t place = set->base - first, size = (set->to - set->base + 7) / 8;
    uint8_t *there = (uint8_t *)words + place / 8;
    const __m128i up = _mm_cvtsi32_si128((int)(place % 8));
    const __m128i down = _mm_cvtsi32_si128((int)(8 - place % 8));
    for (uint32_t at = 0; at <= size; at += 64) { /* one byte more than the set */
        __mmask64 here = bytes_of(size - at), behind = bytes_of(size + 1 - at);
        __mmask64 before = at == 0 ? behind & ~UINT64_C(1) : behind;
        __m512i bits = _mm512_maskz_loadu_epi8(here, set->bits + at);
        __m512i left = _mm512_maskz_loadu_epi8(before, set->bits + at - 1);
        bits = _mm512_or_si512(_mm512_sll_epi64(bits, up), _mm512_srl_epi64(left, down));
        bits = _mm512_or_si512(bits, _mm512_maskz_loadu_epi8(behind, there + at));
        _mm512_mask_storeu_epi8(there + at, behind, bits);
    }
}

/* The same with words of the map moved down. */
NN_WIDEST static uint32_t count_whole(const uint64_t *words, uint32_t first, const nn_doc_set *set)
{
    uint32_t place = set->base - first, size = (set->to - set->base + 7) / 8;
    const uint8_t *there = (const uint8_t *)words + place / 8;
    const __m128i down = _mm_cvtsi32_si128((int)(place % 8));
    const __m128i up = _mm_cvtsi32_si128((int)(8 - place % 8));
    __m512i counts = _mm512_setzero_si512();
    for (uint32_t at = 0; at < size; at += 64) {
        __mmask64 here = bytes_of(size - at);
        __m512i low = _mm512_maskz_loadu_epi8(here, there + at);
        __m512i high = _mm512_maskz_loadu_epi8(here, there + at + 1);
        __m512i both = _mm512_or_si512(_mm512_srl_epi64(low, down), _mm512_sll_epi64(high, up));
        both = _mm512_and_si512(both, _mm512_maskz_loadu_epi8(here, set->bits + at));
        counts = _mm512_add_epi64(counts, _mm512_popcnt_epi64(both));
    }
    return (uint32_t)_mm512_reduce_add_epi64(counts);
}
#endif

void nn_doc_bits_add_set_portable(uint64_t *words, uint32_t first, const nn_doc_set *set)
{
    add_part(words, first, set, set->from, set->to);
}

void nn_doc_bits_add_set(uint64_t *words, uint32_t first, const nn_doc_set *set)
{
#if NN_CPU_HAS_WIDE
    if (set->whole && nn_cpu_is_widest()) {
        add_whole(words, first, set);
        return;
    }
    if (nn_cpu_is_wide()) {
        add_set_wide(words, first, set);
        return;
    }
#endif
    nn_doc_bits_add_set_portable(words, first, set);
}

uint32_t nn_doc_bits_count_set_portable(const uint64_t *words, uint32_t first,
                                        const nn_doc_set *set)
{
    return count_part(words, first, set, set->from, set->to, false);
}

uint32_t nn_doc_bits_count_set(const uint64_t *words, uint32_t first, const nn_doc_set *set)
{
#if NN_CPU_HAS_WIDE
    if (set->whole && nn_cpu_is_widest()) {
        return count_whole(words, first, set);
    }
    if (nn_cpu_is_wide()) {
        return count_set_wide(words, first, set);
    }
#endif
    return nn_doc_bits_count_set_portable(words, first, set);
}

/* ---- maps ---- */

static inline __attribute__((always_inline)) uint32_t
count_common(const uint64_t *a, const uint64_t *b, uint32_t words, bool instruction)
{
    uint32_t common = 0;
    for (uint32_t at = 0; at < words; at++) {
        common += ones_of(a[at] & b[at], instruction);
    }
    return common;
}

#if NN_CPU_HAS_WIDE
NN_WIDE static uint32_t count_common_wide(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    return count_common(a, b, words, true);
}

NN_WIDEST static uint32_t count_common_widest(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    enum { LANES = 8 };
    __m512i counts = _mm512_setzero_si512();
    for (uint32_t at = 0; at < words; at += LANES) {
        uint32_t left = words - at;
        __mmask8 lanes = left < LANES ? (__mmask8)((1U << left) - 1) : 0xFF;
        __m512i both = _mm512_and_si512(_mm512_maskz_loadu_epi64(lanes, a + at),
                                        _mm512_maskz_loadu_epi64(lanes, b + at));
        counts = _mm512_add_epi64(counts, _mm512_popcnt_epi64(both));
    }
    return (uint32_t)_mm512_reduce_add_epi64(counts);
}
#endif

uint32_t nn_doc_bits_count_common_portable(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    return count_common(a, b, words, false);
}

uint32_t nn_doc_bits_count_common(const uint64_t *a, const uint64_t *b, uint32_t words)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        return count_common_widest(a, b, words);
    }
    if (nn_cpu_is_wide()) {
        return count_common_wide(a, b, words);
    }
#endif
    return nn_doc_bits_count_common_portable(a, b, words);
}
