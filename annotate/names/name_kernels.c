/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/names/name_kernels.h"

#include "annotate/names/name_model.h"
#include "core/bits.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* The lowest that a tag can be below the best one is three impossible steps. */
enum { LOWEST = 2 * NN_MODEL_IMPOSSIBLE };

static void multiply(int32_t *sum, const int16_t *x, const int16_t *pairs, uint32_t depth,
                     uint32_t width)
{
    for (uint32_t k = 0; k < depth; k += 2, pairs += 2 * (size_t)width) {
        int32_t first = x[k], second = x[k + 1];
        if ((first | second) == 0) {
            continue; /* half of what an active layer gives */
        }
        for (size_t j = 0; j < width; j++) {
            sum[j] += first * pairs[2 * j] + second * pairs[2 * j + 1];
        }
    }
}

static int32_t within(int32_t x, int32_t low, int32_t high)
{
    return x < low ? low : x > high ? high : x;
}

static void narrow(int16_t *to, const int32_t *from, uint32_t shift, uint32_t width)
{
    for (uint32_t j = 0; j < width; j++) {
        to[j] = (int16_t)within(from[j] >> shift, INT16_MIN, INT16_MAX);
    }
}

static void activate(int16_t *to, const int32_t *from, uint32_t shift, uint32_t width)
{
    for (uint32_t j = 0; j < width; j++) {
        to[j] = (int16_t)within(from[j] >> shift, 0, NN_MODEL_ACTIVE_MAX);
    }
}

static void sum_rows(int16_t *to, const int16_t *const *rows, uint32_t count, uint32_t width,
                     int16_t low, int16_t high)
{
    for (uint32_t j = 0; j < width; j++) {
        int32_t sum = 0;
        for (uint32_t k = 0; k < count; k++) {
            sum = within(sum + rows[k][j], INT16_MIN, INT16_MAX);
        }
        to[j] = (int16_t)within(sum, low, high);
    }
}

static void add_bytes(int16_t *to, const int8_t *const *rows, uint32_t count, uint32_t width)
{
    memset(to, 0, width * sizeof *to);
    for (uint32_t k = 0; k < count; k++) {
        for (uint32_t j = 0; j < width; j++) {
            to[j] = (int16_t)(to[j] + rows[k][j]);
        }
    }
}

static void enlarge(int16_t *pool, const int16_t *from, uint32_t width)
{
    for (uint32_t j = 0; j < width; j++) {
        pool[j] = from[j] > pool[j] ? from[j] : pool[j];
    }
}

static void step(int32_t *best, const int32_t *scores, const int32_t *chain, uint8_t *back)
{
    int32_t next[NN_NAME_LANES], top = best[0];
    for (uint32_t tag = 1; tag < NN_NAME_LANES; tag++) {
        top = best[tag] > top ? best[tag] : top;
    }
    for (uint32_t tag = 0; tag < NN_NAME_LANES; tag++) {
        best[tag] = within(best[tag] - top, LOWEST, 0);
    }
    for (uint32_t to = 0; to < NN_NAME_LANES; to++) {
        next[to] = best[0] + chain[to];
        back[to] = 0;
    }
    for (uint32_t from = 1; from < NN_NAME_TAGS; from++) {
        for (uint32_t to = 0; to < NN_NAME_LANES; to++) {
            int32_t with = best[from] + chain[from * NN_NAME_LANES + to];
            back[to] = with > next[to] ? (uint8_t)from : back[to];
            next[to] = with > next[to] ? with : next[to];
        }
    }
    for (uint32_t to = 0; to < NN_NAME_LANES; to++) {
        best[to] = next[to] + scores[to];
    }
}

static const nn_name_kernels KERNELS_PORTABLE = {multiply,  narrow,  activate, sum_rows,
                                                 add_bytes, enlarge, step};

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,bmi")))

AVX2 static inline __m256i load(const void *from)
{
    return _mm256_loadu_si256((const __m256i_u *)from);
}

AVX2 static inline void store(void *to, __m256i x)
{
    _mm256_storeu_si256((__m256i_u *)to, x);
}

/** The pairs of x that are not both 0, as bits; at most 64 pairs. An active layer is 0 where it is
 * not active, so that four pairs of ten need no work. */
AVX2 __attribute__((always_inline)) static inline uint64_t live_pairs(const int16_t *x,
                                                                      const uint32_t pairs)
{
    uint64_t dead = 0;
#pragma GCC unroll 8
    for (uint32_t k = 0; k < pairs; k += 8) {
        __m256i both = _mm256_cmpeq_epi32(load(x + 2 * (size_t)k), _mm256_setzero_si256());
        dead |= (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(both)) << k;
    }
    return ~dead & (pairs == 64 ? UINT64_MAX : (UINT64_C(1) << pairs) - 1);
}

static inline int32_t pair_at(const int16_t *x, size_t k)
{
    int32_t both;
    memcpy(&both, x + 2 * k, sizeof both);
    return both;
}

/* As many columns as registers hold stay there while all of x goes by; `vectors`, and where they
 * can be `depth` and `width`, are known when this is compiled. */
AVX2 __attribute__((always_inline)) static inline void
multiply_columns(int32_t *sum, const int16_t *x, const int16_t *pairs, const uint32_t depth,
                 const uint32_t width, const uint32_t vectors)
{
    __m256i sums[8];
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        sums[v] = load(sum + 8 * v);
    }
    for (uint32_t from = 0; from < depth / 2; from += 64) {
        uint32_t count = depth / 2 - from < 64 ? depth / 2 - from : 64;
        const int16_t *here = x + 2 * (size_t)from, *rows = pairs + 2 * (size_t)width * from;
        uint64_t live = live_pairs(here, count);
        for (; live != 0; live &= live - 1) {
            size_t k = nn_ctz64(live);
            const int16_t *row = rows + 2 * (size_t)width * k;
            __m256i inputs = _mm256_set1_epi32(pair_at(here, k));
#pragma GCC unroll 8
            for (size_t v = 0; v < vectors; v++) {
                sums[v] = _mm256_add_epi32(sums[v], _mm256_madd_epi16(inputs, load(row + 16 * v)));
            }
        }
    }
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        store(sum + 8 * v, sums[v]);
    }
}

/* Widths of the layers of the model that nuncio brings along. */
enum { HIDDEN = 128, UPPER = 64 };

AVX2 static void multiply_avx2(int32_t *sum, const int16_t *x, const int16_t *pairs, uint32_t depth,
                               uint32_t width)
{
    uint32_t j = 0;
    if (width == UPPER && depth == HIDDEN) {
        multiply_columns(sum, x, pairs, HIDDEN, UPPER, 8);
        return;
    }
    for (; j + 64 <= width; j += 64) {
        multiply_columns(sum + j, x, pairs + 2 * (size_t)j, depth, width, 8);
    }
    for (; j < width; j += 16) {
        multiply_columns(sum + j, x, pairs + 2 * (size_t)j, depth, width, 2);
    }
}

/* Sixteen sums become sixteen numbers of 16 bits; packing saturates, and takes halves in turn. */
AVX2 static inline __m256i packed(const int32_t *from, uint32_t shift)
{
    __m128i by = _mm_cvtsi32_si128((int)shift);
    __m256i low = _mm256_sra_epi32(load(from), by);
    __m256i high = _mm256_sra_epi32(load(from + 8), by);
    return _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xD8);
}

AVX2 static void narrow_avx2(int16_t *to, const int32_t *from, uint32_t shift, uint32_t width)
{
    for (uint32_t j = 0; j < width; j += 16) {
        store(to + j, packed(from + j, shift));
    }
}

AVX2 static void activate_avx2(int16_t *to, const int32_t *from, uint32_t shift, uint32_t width)
{
    __m256i top = _mm256_set1_epi16(NN_MODEL_ACTIVE_MAX), zero = _mm256_setzero_si256();
    for (uint32_t j = 0; j < width; j += 16) {
        __m256i x = _mm256_min_epi16(packed(from + j, shift), top);
        store(to + j, _mm256_max_epi16(x, zero));
    }
}

/* What sums of rows are kept within. */
typedef struct range {
    int16_t low, high;
} range;

AVX2 __attribute__((always_inline)) static inline void
sum_columns(int16_t *to, const int16_t *const *rows, uint32_t count, uint32_t at, range kept,
            const uint32_t vectors)
{
    __m256i sums[8];
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        sums[v] = _mm256_setzero_si256();
    }
    for (uint32_t k = 0; k < count; k++) {
        const int16_t *row = rows[k] + at;
#pragma GCC unroll 8
        for (size_t v = 0; v < vectors; v++) {
            sums[v] = _mm256_adds_epi16(sums[v], load(row + 16 * v));
        }
    }
    __m256i top = _mm256_set1_epi16(kept.high), bottom = _mm256_set1_epi16(kept.low);
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        store(to + at + 16 * v, _mm256_max_epi16(_mm256_min_epi16(sums[v], top), bottom));
    }
}

AVX2 static void sum_rows_avx2(int16_t *to, const int16_t *const *rows, uint32_t count,
                               uint32_t width, int16_t low, int16_t high)
{
    uint32_t j = 0;
    const range kept = {low, high};
    for (; j + 128 <= width; j += 128) {
        sum_columns(to, rows, count, j, kept, 8);
    }
    for (; j + 64 <= width; j += 64) {
        sum_columns(to, rows, count, j, kept, 4);
    }
    for (; j < width; j += 16) {
        sum_columns(to, rows, count, j, kept, 1);
    }
}

AVX2 static void add_bytes_avx2(int16_t *to, const int8_t *const *rows, uint32_t count,
                                uint32_t width)
{
    for (uint32_t j = 0; j < width; j += 16) {
        __m256i sum = _mm256_setzero_si256();
        for (uint32_t k = 0; k < count; k++) {
            __m128i bytes = _mm_loadu_si128((const __m128i_u *)(const void *)(rows[k] + j));
            sum = _mm256_add_epi16(sum, _mm256_cvtepi8_epi16(bytes));
        }
        store(to + j, sum);
    }
}

AVX2 static void enlarge_avx2(int16_t *pool, const int16_t *from, uint32_t width)
{
    for (uint32_t j = 0; j < width; j += 16) {
        store(pool + j, _mm256_max_epi16(load(pool + j), load(from + j)));
    }
}

AVX2 static inline void stay_near_zero(int32_t *best)
{
    __m256i low = load(best), high = load(best + 8), lowest = _mm256_set1_epi32(LOWEST);
    __m256i top = _mm256_max_epi32(low, high);
    top = _mm256_max_epi32(top, _mm256_permute2x128_si256(top, top, 1));
    top = _mm256_max_epi32(top, _mm256_shuffle_epi32(top, 0x4E));
    top = _mm256_max_epi32(top, _mm256_shuffle_epi32(top, 0xB1));
    store(best, _mm256_max_epi32(_mm256_sub_epi32(low, top), lowest));
    store(best + 8, _mm256_max_epi32(_mm256_sub_epi32(high, top), lowest));
}

AVX2 static void step_avx2(int32_t *best, const int32_t *scores, const int32_t *chain,
                           uint8_t *back)
{
    __m256i next[2], from[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    stay_near_zero(best);
    __m256i first = _mm256_set1_epi32(best[0]);
    next[0] = _mm256_add_epi32(first, load(chain));
    next[1] = _mm256_add_epi32(first, load(chain + 8));
    for (int32_t k = 1; k < NN_NAME_TAGS; k++) {
        __m256i base = _mm256_set1_epi32(best[k]), number = _mm256_set1_epi32(k);
        for (int half = 0; half < 2; half++) {
            __m256i with = _mm256_add_epi32(
                base, load(chain + NN_NAME_LANES * (ptrdiff_t)k + (ptrdiff_t)8 * half));
            __m256i better = _mm256_cmpgt_epi32(with, next[half]);
            next[half] = _mm256_max_epi32(with, next[half]);
            from[half] = _mm256_blendv_epi8(from[half], number, better);
        }
    }
    store(best, _mm256_add_epi32(next[0], load(scores)));
    store(best + 8, _mm256_add_epi32(next[1], load(scores + 8)));
    __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(from[0], from[1]), 0xD8);
    __m128i bytes =
        _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128((__m128i_u *)(void *)back, bytes);
}

static const nn_name_kernels KERNELS_AVX2 = {multiply_avx2, narrow_avx2,    activate_avx2,
                                             sum_rows_avx2, add_bytes_avx2, enlarge_avx2,
                                             step_avx2};

/* Multiplying and adding up pairs is one instruction there. */
#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni,avx2,bmi")))

/** live_pairs, sixteen at a time. */
VNNI __attribute__((always_inline)) static inline uint64_t live_pairs_avx512(const int16_t *x,
                                                                             const uint32_t pairs)
{
    uint64_t live = 0;
#pragma GCC unroll 4
    for (uint32_t k = 0; k < pairs; k += 16) {
        __mmask16 here = pairs - k < 16 ? 0xFF : 0xFFFF;
        __m512i both = _mm512_maskz_loadu_epi32(here, x + 2 * (size_t)k);
        live |= (uint64_t)_mm512_test_epi32_mask(both, both) << k;
    }
    return live;
}

/** Adds what a pair of inputs gives to the sums of its row. */
VNNI __attribute__((always_inline)) static inline void
add_pair_vnni(__m512i *sums, int32_t pair, const int16_t *row, const uint32_t vectors)
{
    __m512i inputs = _mm512_set1_epi32(pair);
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        sums[v] = _mm512_dpwssd_epi32(sums[v], inputs, _mm512_loadu_si512(row + 32 * v));
    }
}

/* Two pairs at a time have sums of their own: one alone would wait for itself. `vectors`, and
 * where they can be `depth` and `width`, are known when this is compiled. */
VNNI __attribute__((always_inline)) static inline void
multiply_columns_vnni(int32_t *sum, const int16_t *x, const int16_t *pairs, const uint32_t depth,
                      const uint32_t width, const uint32_t vectors)
{
    const size_t row = 2 * (size_t)width;
    __m512i even[4], odd[4];
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++) {
        even[v] = _mm512_loadu_si512(sum + 16 * v);
        odd[v] = _mm512_setzero_si512();
    }
    for (uint32_t from = 0; from < depth / 2; from += 64) {
        uint32_t count = depth / 2 - from < 64 ? depth / 2 - from : 64;
        const int16_t *here = x + 2 * (size_t)from, *rows = pairs + row * from;
        uint64_t live = live_pairs_avx512(here, count);
        for (; live != 0; live &= live - 1) {
            size_t k = nn_ctz64(live);
            add_pair_vnni(even, pair_at(here, k), rows + row * k, vectors);
            live &= live - 1;
            if (live == 0) {
                break;
            }
            k = nn_ctz64(live);
            add_pair_vnni(odd, pair_at(here, k), rows + row * k, vectors);
        }
    }
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++) {
        _mm512_storeu_si512(sum + 16 * v, _mm512_add_epi32(even[v], odd[v]));
    }
}

/** The same for one vector of columns: there finding the pairs that live takes longer than adding
 * up all of them, eight at a time. */
VNNI static void multiply_lanes_vnni(int32_t *sum, const int16_t *x, const int16_t *pairs,
                                     uint32_t depth)
{
    __m512i sums[4] = {_mm512_loadu_si512(sum)};
#pragma GCC unroll 3
    for (size_t v = 1; v < 4; v++) {
        sums[v] = _mm512_setzero_si512();
    }
    for (uint32_t k = 0; k < depth / 2; k += 8) {
#pragma GCC unroll 8
        for (uint32_t v = 0; v < 8; v++) {
            sums[v % 4] = _mm512_dpwssd_epi32(sums[v % 4], _mm512_set1_epi32(pair_at(x, k + v)),
                                              _mm512_loadu_si512(pairs + 32 * (size_t)(k + v)));
        }
    }
    __m512i low = _mm512_add_epi32(sums[0], sums[1]), high = _mm512_add_epi32(sums[2], sums[3]);
    _mm512_storeu_si512(sum, _mm512_add_epi32(low, high));
}

VNNI static void multiply_vnni(int32_t *sum, const int16_t *x, const int16_t *pairs, uint32_t depth,
                               uint32_t width)
{
    uint32_t j = 0;
    if (width == 16) {
        multiply_lanes_vnni(sum, x, pairs, depth);
        return;
    }
    if (width == UPPER && depth == HIDDEN) {
        multiply_columns_vnni(sum, x, pairs, HIDDEN, UPPER, 4);
        return;
    }
    for (; j + 64 <= width; j += 64) {
        multiply_columns_vnni(sum + j, x, pairs + 2 * (size_t)j, depth, width, 4);
    }
    for (; j < width; j += 16) {
        multiply_columns_vnni(sum + j, x, pairs + 2 * (size_t)j, depth, width, 1);
    }
}

VNNI __attribute__((always_inline)) static inline void
sum_columns_avx512(int16_t *to, const int16_t *const *rows, uint32_t count, uint32_t at, range kept,
                   const uint32_t vectors)
{
    __m512i sums[4];
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++) {
        sums[v] = _mm512_setzero_si512();
    }
    for (uint32_t k = 0; k < count; k++) {
        const int16_t *row = rows[k] + at;
#pragma GCC unroll 4
        for (size_t v = 0; v < vectors; v++) {
            sums[v] = _mm512_adds_epi16(sums[v], _mm512_loadu_si512(row + 32 * v));
        }
    }
    __m512i top = _mm512_set1_epi16(kept.high), bottom = _mm512_set1_epi16(kept.low);
#pragma GCC unroll 4
    for (size_t v = 0; v < vectors; v++) {
        __m512i within_top = _mm512_min_epi16(sums[v], top);
        _mm512_storeu_si512(to + at + 32 * v, _mm512_max_epi16(within_top, bottom));
    }
}

VNNI static void sum_rows_avx512(int16_t *to, const int16_t *const *rows, uint32_t count,
                                 uint32_t width, int16_t low, int16_t high)
{
    uint32_t j = 0;
    const range kept = {low, high};
    for (; j + 128 <= width; j += 128) {
        sum_columns_avx512(to, rows, count, j, kept, 4);
    }
    for (; j + 32 <= width; j += 32) {
        sum_columns_avx512(to, rows, count, j, kept, 1);
    }
    if (j < width) {
        sum_columns(to, rows, count, j, kept, 1);
    }
}

static const nn_name_kernels KERNELS_VNNI = {multiply_vnni,   narrow_avx2,    activate_avx2,
                                             sum_rows_avx512, add_bytes_avx2, enlarge_avx2,
                                             step_avx2};
#endif

uint32_t nn_name_kernels_all(const nn_name_kernels **all)
{
    uint32_t count = 0;
    all[count++] = &KERNELS_PORTABLE;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
        all[count++] = &KERNELS_AVX2;
        if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw")) {
            all[count++] = &KERNELS_VNNI;
        }
    }
#endif
    return count;
}

const nn_name_kernels *nn_name_kernels_best(void)
{
    const nn_name_kernels *all[NN_NAME_KERNELS_ROOM];
    return all[nn_name_kernels_all(all) - 1];
}
