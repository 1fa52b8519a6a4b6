/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/doc_bits.h"

#include "core/bits.h"
#include "core/cpu.h"

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

/* Others four quarters side by side: neighbours are of one word, and each would wait for the one
 * before. */
static inline __attribute__((always_inline)) void add_any(uint64_t *words, uint32_t first,
                                                          const uint32_t *docs, uint32_t count)
{
    enum { CLOSE = 4 /* passages to one of them */ };
    if (count > 0 && docs[count - 1] - docs[0] < count * CLOSE) {
        add_close(words, first, docs, count);
        return;
    }
    uint32_t quarter = count / 4;
    for (uint32_t i = 0; i < quarter; i++) {
        add(words, docs[i] - first);
        add(words, docs[i + quarter] - first);
        add(words, docs[i + 2 * quarter] - first);
        add(words, docs[i + 3 * quarter] - first);
    }
    for (uint32_t i = 4 * quarter; i < count; i++) {
        add(words, docs[i] - first);
    }
}

#if NN_CPU_HAS_WIDE
NN_WIDE static void add_wide(uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count)
{
    add_any(words, first, docs, count);
}
#endif

void nn_doc_bits_add(uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        add_wide(words, first, docs, count);
        return;
    }
#endif
    add_any(words, first, docs, count);
}

/* Of a set: the bits from `from` on, as far as they are of one word, up to `to`. */
static inline __attribute__((always_inline)) uint64_t
bits_of_set(uint32_t base, const uint8_t *bits, uint32_t from, uint32_t to, uint32_t *width)
{
    uint32_t bit = from - base;
    *width = 64 - bit % 64 < to - from ? 64 - bit % 64 : to - from;
    uint64_t word = nn_load_u64(bits + (size_t)(bit / 64) * 8) >> (bit % 64);
    return word & UINT64_MAX >> (64 - *width);
}

static inline __attribute__((always_inline)) void add_set(uint64_t *words, uint32_t first,
                                                          uint32_t base, const uint8_t *bits,
                                                          uint32_t from, uint32_t to)
{
    for (uint32_t width; from < to; from += width) {
        uint64_t set = bits_of_set(base, bits, from, to, &width);
        uint32_t place = from - first;
        words[place / 64] |= set << (place % 64);
        words[place / 64 + 1] |= set >> 1 >> (63 - place % 64);
    }
}

static inline __attribute__((always_inline)) uint32_t count_set(const uint64_t *words,
                                                                uint32_t first, uint32_t base,
                                                                const uint8_t *bits, uint32_t from,
                                                                uint32_t to)
{
    uint32_t common = 0;
    for (uint32_t width; from < to; from += width) {
        uint64_t set = bits_of_set(base, bits, from, to, &width);
        uint32_t place = from - first;
        uint64_t there = words[place / 64] >> (place % 64);
        there |= words[place / 64 + 1] << 1 << (63 - place % 64);
        common += nn_popcount64(set & there);
    }
    return common;
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
NN_WIDE static void add_set_wide(uint64_t *words, uint32_t first, uint32_t base,
                                 const uint8_t *bits, uint32_t from, uint32_t to)
{
    add_set(words, first, base, bits, from, to);
}

NN_WIDE static uint32_t count_set_wide(const uint64_t *words, uint32_t first, uint32_t base,
                                       const uint8_t *bits, uint32_t from, uint32_t to)
{
    return count_set(words, first, base, bits, from, to);
}

NN_WIDE static uint32_t count_docs_wide(const uint64_t *words, uint32_t first, const uint32_t *docs,
                                        uint32_t count)
{
    return count_docs(words, first, docs, count);
}
#endif

void nn_doc_bits_add_set(uint64_t *words, uint32_t first, uint32_t base, const uint8_t *bits,
                         uint32_t from, uint32_t to)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        add_set_wide(words, first, base, bits, from, to);
        return;
    }
#endif
    add_set(words, first, base, bits, from, to);
}

uint32_t nn_doc_bits_count_set(const uint64_t *words, uint32_t first, uint32_t base,
                               const uint8_t *bits, uint32_t from, uint32_t to)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        return count_set_wide(words, first, base, bits, from, to);
    }
#endif
    return count_set(words, first, base, bits, from, to);
}

uint32_t nn_doc_bits_count(const uint64_t *words, uint32_t first, const uint32_t *docs,
                           uint32_t count)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        return count_docs_wide(words, first, docs, count);
    }
#endif
    return count_docs(words, first, docs, count);
}
