/* SPDX-License-Identifier: Apache-2.0 */
/* A passage's place in a block is the number of those below it: counted over the last of each 16,
 * then over 16.
 *
 *   docs    … 15 │ … 31 │ … 47 │ …           8 × 16
 *   lasts      15     31     47  …           passage 40: two are below
 *   docs[32 … 47]                            five are below: its place is 37
 *
 * In a set its bit says whether it is there, and the bits before are its place. There is no branch
 * to guess: what is not found is overwritten by the next. */
#include "segment/terms/block_lookup.h"

#include "core/bits.h"
#include "core/wide.h"

enum { STRIDE = 16, STRIDES = NN_POSTINGS_BLOCK / STRIDE };

/* ---- sets ---- */

static inline __attribute__((always_inline)) uint32_t
look_up_in_set(const nn_postings *postings, const uint32_t *passages, uint32_t count,
               uint8_t *numbers, uint8_t *places)
{
    uint32_t found = 0;
    uint32_t before = 0; /* postings in the words before */
    uint32_t word = 0;
    uint64_t bits = nn_load_u64(postings->bits);
    for (uint32_t i = 0; i < count; i++) {
        if (passages[i] < postings->block_base) {
            continue;
        }
        uint32_t bit = passages[i] - postings->block_base;
        for (; word < bit / 64; word++) { /* 8 bytes behind the set can be read */
            before += nn_popcount64(bits);
            bits = nn_load_u64(postings->bits + ((size_t)word + 1) * 8);
        }
        uint32_t place = before + nn_popcount64(bits & ((UINT64_C(1) << bit % 64) - 1));
        numbers[found] = (uint8_t)i;
        places[found] = (uint8_t)(place < NN_POSTINGS_BLOCK ? place : NN_POSTINGS_BLOCK - 1);
        found += (uint32_t)(bits >> bit % 64) & 1;
    }
    return found;
}

/* ---- lists ---- */

static uint32_t look_up_in_docs(const nn_postings *postings, const uint32_t *passages,
                                uint32_t count, uint8_t *numbers, uint8_t *places)
{
    const uint32_t *docs = postings->docs;
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = 0;
        for (uint32_t last = STRIDE - 1; last < NN_POSTINGS_BLOCK - 1; last += STRIDE) {
            at += docs[last] < passages[i] ? STRIDE : 0;
        }
        at += nn_count_below16(docs + at, passages[i]);
        numbers[found] = (uint8_t)i;
        places[found] = (uint8_t)at;
        found += docs[at] == passages[i] ? 1 : 0;
    }
    return found;
}

#if NN_CPU_HAS_WIDE
/* How many of eight, ascending, are below a limit. */
NN_WIDE static inline uint32_t below8(__m256i numbers, __m256i limits)
{
    __m256i reached = _mm256_cmpeq_epi32(_mm256_max_epu32(numbers, limits), numbers);
    return 8 -
           (uint32_t)__builtin_popcount((unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(reached)));
}

NN_WIDE static uint32_t look_up_in_docs_wide(const nn_postings *postings, const uint32_t *passages,
                                             uint32_t count, uint8_t *numbers, uint8_t *places)
{
    const uint32_t *docs = postings->docs;
    uint32_t ends[STRIDES];
    for (uint32_t i = 0; i < STRIDES; i++) {
        ends[i] = docs[i * STRIDE + STRIDE - 1];
    }
    __m256i lasts = _mm256_loadu_si256((const __m256i *)ends);
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        __m256i limits = _mm256_set1_epi32((int)passages[i]);
        uint32_t stride = below8(lasts, limits);
        const __m256i *from = (const __m256i *)(docs + (size_t)stride * STRIDE);
        uint32_t at = stride * STRIDE + below8(_mm256_loadu_si256(from), limits) +
                      below8(_mm256_loadu_si256(from + 1), limits);
        numbers[found] = (uint8_t)i;
        places[found] = (uint8_t)at;
        found += docs[at] == passages[i] ? 1 : 0;
    }
    return found;
}

/* Sixteen compared at once, and no branch. */
NN_WIDEST static uint32_t look_up_in_docs_widest(const nn_postings *postings,
                                                 const uint32_t *passages, uint32_t count,
                                                 uint8_t *numbers, uint8_t *places)
{
    const uint32_t *docs = postings->docs;
    const __m512i index =
        _mm512_setr_epi32(15, 31, 47, 63, 79, 95, 111, 127, 127, 127, 127, 127, 127, 127, 127, 127);
    const __m512i lasts = _mm512_i32gather_epi32(index, docs, 4);
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        const __m512i passage = _mm512_set1_epi32((int)passages[i]);
        uint32_t stride = nn_popcount64(_mm512_cmplt_epu32_mask(lasts, passage) & 0xFF);
        const __m512i row = _mm512_loadu_si512(docs + (size_t)stride * STRIDE);
        uint32_t at = stride * STRIDE + nn_popcount64(_mm512_cmplt_epu32_mask(row, passage));
        numbers[found] = (uint8_t)i;
        places[found] = (uint8_t)at;
        found += _mm512_cmpeq_epi32_mask(row, passage) != 0 ? 1 : 0;
    }
    return found;
}

NN_WIDE static uint32_t look_up_in_set_wide(const nn_postings *postings, const uint32_t *passages,
                                            uint32_t count, uint8_t *numbers, uint8_t *places)
{
    return look_up_in_set(postings, passages, count, numbers, places);
}
#endif

uint32_t nn_block_look_up_portable(const nn_postings *postings, const uint32_t *passages,
                                   uint32_t count, uint8_t *numbers, uint8_t *places)
{
    return postings->docs_ready ? look_up_in_docs(postings, passages, count, numbers, places)
                                : look_up_in_set(postings, passages, count, numbers, places);
}

uint32_t nn_block_look_up(const nn_postings *postings, const uint32_t *passages, uint32_t count,
                          uint8_t *numbers, uint8_t *places)
{
#if NN_CPU_HAS_WIDE
    if (postings->docs_ready && nn_cpu_is_widest()) {
        return look_up_in_docs_widest(postings, passages, count, numbers, places);
    }
    if (nn_cpu_is_wide()) {
        return postings->docs_ready
                   ? look_up_in_docs_wide(postings, passages, count, numbers, places)
                   : look_up_in_set_wide(postings, passages, count, numbers, places);
    }
#endif
    return nn_block_look_up_portable(postings, passages, count, numbers, places);
}

/* ---- a map ---- */

nn_block_set nn_block_mapped_portable(const nn_postings *postings, const uint8_t *map,
                                      uint32_t first, uint32_t last)
{
    nn_block_set set = {{0}};
    for (uint32_t i = postings->in_block; i < NN_POSTINGS_BLOCK && postings->docs[i] <= last; i++) {
        set.words[i / 64] |= (uint64_t)map[postings->docs[i] - first] << i % 64;
    }
    return set;
}

uint32_t nn_block_take_portable(const uint32_t numbers[NN_POSTINGS_BLOCK], nn_block_set set,
                                uint32_t *out)
{
    uint32_t count = 0;
    for (uint32_t word = 0; word < NN_POSTINGS_BLOCK / 64; word++) {
        for (uint64_t bits = set.words[word]; bits != 0; bits &= bits - 1) {
            out[count++] = numbers[word * 64 + nn_ctz64(bits)];
        }
    }
    return count;
}

uint32_t nn_block_set_list_portable(nn_block_set set, const uint32_t docs[NN_POSTINGS_BLOCK],
                                    uint32_t *passages, uint8_t *at)
{
    uint32_t count = 0;
    for (uint32_t word = 0; word < NN_POSTINGS_BLOCK / 64; word++) {
        for (uint64_t bits = set.words[word]; bits != 0; bits &= bits - 1) {
            at[count] = (uint8_t)(word * 64 + nn_ctz64(bits));
            passages[count] = docs[at[count]];
            count++;
        }
    }
    return count;
}

#if NN_CPU_HAS_WIDE
NN_WIDEST static nn_block_set mapped_widest(const nn_postings *postings, const uint8_t *map,
                                            uint32_t first, uint32_t last)
{
    const __m512i none = _mm512_setzero_si512(), byte = _mm512_set1_epi32(0xFF);
    nn_block_set set = {{0}};
    for (uint32_t i = postings->in_block / 16 * 16; i < NN_POSTINGS_BLOCK; i += 16) {
        __m512i docs = _mm512_loadu_si512(postings->docs + i);
        __mmask16 inside = _mm512_cmple_epu32_mask(docs, _mm512_set1_epi32((int)last));
        inside &= _mm512_cmpge_epu32_mask(docs, _mm512_set1_epi32((int)postings->doc));
        if (inside == 0) {
            break; /* behind the last */
        }
        __m512i places = _mm512_sub_epi32(docs, _mm512_set1_epi32((int)first));
        __m512i there = _mm512_mask_i32gather_epi32(none, inside, places, map, 1);
        set.words[i / 64] |= (uint64_t)_mm512_mask_test_epi32_mask(inside, there, byte) << i % 64;
    }
    return set;
}

NN_WIDEST static uint32_t take_widest(const uint32_t *numbers, nn_block_set set, uint32_t *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < NN_POSTINGS_BLOCK; i += 16) {
        __mmask16 taken = (__mmask16)(set.words[i / 64] >> i % 64);
        uint32_t here = nn_popcount64(taken);
        __m512i row = _mm512_maskz_compress_epi32(taken, _mm512_loadu_si512(numbers + i));
        _mm512_mask_storeu_epi32(out + count, nn_first_lanes(here), row);
        count += here;
    }
    return count;
}

/* Numbers of bytes 0 … 63 and 64 … 127, those of the set beside each other. */
NN_WIDEST static uint32_t list_widest(nn_block_set set, const uint32_t *docs, uint32_t *passages,
                                      uint8_t *at)
{
    static const uint8_t numbers[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    const __m512i low = _mm512_loadu_si512(numbers);
    const __m512i high = _mm512_add_epi8(low, _mm512_set1_epi8(64));
    uint32_t count = nn_popcount64(set.words[0]), rest = nn_popcount64(set.words[1]);
    uint64_t behind = rest < 64 ? (UINT64_C(1) << rest) - 1 : UINT64_MAX;
    _mm512_storeu_si512(at, _mm512_maskz_compress_epi8(set.words[0], low));
    _mm512_mask_storeu_epi8(at + count, behind, _mm512_maskz_compress_epi8(set.words[1], high));
    return take_widest(docs, set, passages);
}
#endif

uint32_t nn_block_set_list(nn_block_set set, const uint32_t docs[NN_POSTINGS_BLOCK],
                           uint32_t *passages, uint8_t *at)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        return list_widest(set, docs, passages, at);
    }
#endif
    return nn_block_set_list_portable(set, docs, passages, at);
}

nn_block_set nn_block_mapped(const nn_postings *postings, const uint8_t *map, uint32_t first,
                             uint32_t last)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        return mapped_widest(postings, map, first, last);
    }
#endif
    return nn_block_mapped_portable(postings, map, first, last);
}

uint32_t nn_block_take(const uint32_t numbers[NN_POSTINGS_BLOCK], nn_block_set set, uint32_t *out)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        return take_widest(numbers, set, out);
    }
#endif
    return nn_block_take_portable(numbers, set, out);
}

/* ---- stretches ---- */

static bool is_in_set(const nn_postings *postings, uint32_t first, uint32_t end)
{
    uint32_t base = postings->block_base;
    uint32_t last = end <= postings->block_last_doc ? end - 1 : postings->block_last_doc;
    if (end <= base || first > last) {
        return false;
    }
    uint32_t from = first > base ? first - base : 0;
    uint32_t to = last - base; /* the last that counts */
    for (uint32_t word = from / 64; word <= to / 64; word++) {
        uint64_t bits = nn_load_u64(postings->bits + (size_t)word * 8);
        bits &= word == from / 64 ? UINT64_MAX << from % 64 : UINT64_MAX;
        bits &= word == to / 64 ? UINT64_MAX >> (63 - to % 64) : UINT64_MAX;
        if (bits != 0) {
            return true;
        }
    }
    return false;
}

bool nn_block_holds(const nn_postings *postings, uint32_t first, uint32_t end)
{
    if (!postings->docs_ready) {
        return is_in_set(postings, first, end);
    }
    uint32_t doc = postings->docs[nn_postings_place(postings->docs, first)];
    return doc >= first && doc < end;
}
