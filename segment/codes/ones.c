/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/codes/ones.h"

#include "core/bits.h"
#include "core/cpu.h"

#include <stddef.h>
#include <string.h>

#if NN_CPU_HAS_WIDE
#include <immintrin.h>
#endif

typedef uint16_t places_row __attribute__((vector_size(16)));

/* PLACES(b): the places of the 1 bits of byte b, each in a byte, the first lowest; the table has
 * them in 16 bits, ready to be added. */
/* clang-format off */
#define RANK(b, i) __builtin_popcount((b) & ((1U << (i)) - 1))
#define PLACE(b, i) ((uint64_t)((b) >> (i) & 1) * (i) << 8 * RANK(b, i))
#define PLACES(b) (PLACE(b, 1) | PLACE(b, 2) | PLACE(b, 3) | PLACE(b, 4) |                         \
                   PLACE(b, 5) | PLACE(b, 6) | PLACE(b, 7))
#define BYTE(b, k) (uint8_t)(PLACES(b) >> 8 * (k))
#define ONE(b) {BYTE(b, 0), BYTE(b, 1), BYTE(b, 2), BYTE(b, 3),                                    \
                BYTE(b, 4), BYTE(b, 5), BYTE(b, 6), BYTE(b, 7)}
#define COUNT(b) __builtin_popcount(b)
#define FOUR(X, b) X(b), X((b) + 1U), X((b) + 2U), X((b) + 3U)
#define SIXTEEN(X, b) FOUR(X, b), FOUR(X, (b) + 4U), FOUR(X, (b) + 8U), FOUR(X, (b) + 12U)
#define SIXTY_FOUR(X, b) SIXTEEN(X, b), SIXTEEN(X, (b) + 16U),                                     \
                         SIXTEEN(X, (b) + 32U), SIXTEEN(X, (b) + 48U)
#define EACH_BYTE(X) SIXTY_FOUR(X, 0U), SIXTY_FOUR(X, 64U), SIXTY_FOUR(X, 128U), SIXTY_FOUR(X, 192U)
/* clang-format on */

static const uint8_t ones_of[256] = {EACH_BYTE(COUNT)};
static const uint16_t places_of[256][8] = {EACH_BYTE(ONE)};

static const uint8_t *end_of(const uint8_t *from, const uint8_t *end)
{
    return end - from > NN_ONES_BYTES_MAX ? from + NN_ONES_BYTES_MAX : end;
}

const uint8_t *nn_ones_find_portable(const uint8_t *from, const uint8_t *end, uint32_t count,
                                     uint16_t *places)
{
    const places_row eight = {8, 8, 8, 8, 8, 8, 8, 8};
    places_row before = {0};
    uint32_t found = 0;
    end = end_of(from, end);
    for (; found < count && from < end; from++) {
        uint32_t byte = *from; /* once: for all the compiler knows, places may lie over it */
        places_row row;
        memcpy(&row, places_of[byte], sizeof row);
        row += before;
        memcpy(places + found, &row, sizeof row);
        before += eight;
        found += ones_of[byte];
    }
    return found == count ? from : NULL;
}

#if NN_CPU_HAS_WIDE
/* 32 bits a step. Those behind `end`, or behind the byte that is sought, may be other data. */
NN_WIDEST static const uint8_t *find_widest(const uint8_t *from, const uint8_t *end, uint32_t count,
                                            uint16_t *places)
{
    __m512i index = _mm512_cvtepu8_epi16(_mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
                                                          13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                                                          23, 24, 25, 26, 27, 28, 29, 30, 31));
    const __m512i step = _mm512_set1_epi16(32);
    uint32_t found = 0;
    end = end_of(from, end);
    for (const uint8_t *at = from; found < count && at < end; at += 4) {
        uint32_t bits = nn_load_u32(at);
        _mm512_storeu_si512(places + found, _mm512_maskz_compress_epi16(bits, index));
        index = _mm512_add_epi16(index, step);
        found += nn_popcount64(bits);
    }
    if (found < count) {
        return NULL;
    }
    uint32_t byte = places[count - 1] / 8;
    bool more = found > count && places[count] / 8 == byte;
    return more || byte >= (size_t)(end - from) ? NULL : from + byte + 1;
}
#endif

const uint8_t *nn_ones_find(const uint8_t *from, const uint8_t *end, uint32_t count,
                            uint16_t *places)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        return find_widest(from, end, count, places);
    }
#endif
    return nn_ones_find_portable(from, end, count, places);
}
