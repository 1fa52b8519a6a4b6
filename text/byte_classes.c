/* SPDX-License-Identifier: Apache-2.0 */
#include "text/byte_classes.h"

#include "core/bits.h"
#include "core/cpu.h"

#if NN_CPU_HAS_WIDE
#include <immintrin.h>
#endif

#define EACH(byte) ((byte)*UINT64_C(0x0101010101010101))

/* The top bit of each byte of `x` that lies in low … high; all bytes must be below 0x80. Adding
 * 0x80 - low carries into the top bit from `low` on, adding 0x7f - high behind `high`. */
static uint64_t within(uint64_t x, uint64_t low, uint64_t high)
{
    return (x + EACH(0x80 - low)) & ~(x + EACH(0x7f - high)) & EACH(0x80);
}

/* The top bits of eight bytes, side by side: the product adds copies of them, shifted so that each
 * lands in a place of its own in the highest byte. */
static uint64_t gathered(uint64_t tops)
{
    return ((tops >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

nn_byte_classes nn_byte_classes_portable(const char *bytes)
{
    nn_byte_classes classes = {0, 0, 0};
    for (uint32_t i = 0; i < NN_BYTES_CLASSED; i += 8) {
        uint64_t eight = nn_load_u64(bytes + i), high = eight & EACH(0x80);
        uint64_t low = eight & EACH(0x7f), lower_case = low | EACH(0x20);
        uint64_t word = (within(lower_case, 'a', 'z') | within(low, '0', '9')) & ~high;
        uint64_t joint = within(low, '\'', '\'') | within(low, ',', ',') | within(low, '.', '.');
        classes.word |= gathered(word) << i;
        classes.high |= gathered(high) << i;
        classes.joint |= gathered(joint & ~high) << i;
    }
    return classes;
}

#if NN_CPU_HAS_WIDE
/* 0xff where a byte lies in low … low + span: the difference wraps around below `low`. */
NN_WIDE static inline __m256i within_32(__m256i x, char low, char span)
{
    __m256i above = _mm256_sub_epi8(x, _mm256_set1_epi8(low));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8(span)), above);
}

NN_WIDE static inline nn_byte_classes classes_of_32(const char *bytes)
{
    __m256i x = _mm256_loadu_si256((const __m256i_u *)(const void *)bytes);
    __m256i lower_case = _mm256_or_si256(x, _mm256_set1_epi8(0x20));
    __m256i word = _mm256_or_si256(within_32(lower_case, 'a', 25), within_32(x, '0', 9));
    __m256i joint = _mm256_or_si256(_mm256_cmpeq_epi8(x, _mm256_set1_epi8('\'')),
                                    _mm256_or_si256(_mm256_cmpeq_epi8(x, _mm256_set1_epi8(',')),
                                                    _mm256_cmpeq_epi8(x, _mm256_set1_epi8('.'))));
    return (nn_byte_classes){(uint32_t)_mm256_movemask_epi8(word),
                             (uint32_t)_mm256_movemask_epi8(x),
                             (uint32_t)_mm256_movemask_epi8(joint)};
}

NN_WIDE static nn_byte_classes classes_wide(const char *bytes)
{
    nn_byte_classes first = classes_of_32(bytes), second = classes_of_32(bytes + 32);
    return (nn_byte_classes){first.word | second.word << 32, first.high | second.high << 32,
                             first.joint | second.joint << 32};
}
#endif

nn_byte_classifier *nn_byte_classifier_best(void)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        return classes_wide;
    }
#endif
    return nn_byte_classes_portable;
}
