/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: documents and sets come into a map, and are counted in it, as bit by bit, on this processor
 * and on any. Method: random documents, close and far, given as numbers and as parts of sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/terms/doc_bits.h"
#include "support/prng.h"

#include <string.h>

enum { WIDTH = 4096, SET_BITS = 2040, FIRST = 1000003 };

/* A map and what it is to hold. */
typedef struct pair {
    uint64_t words[NN_DOC_BITS_WORDS(WIDTH)];
    uint8_t there[WIDTH];
} pair;

/* The kernels of this processor, and those of any. */
static const struct kernels {
    void (*add)(uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count);
    uint32_t (*count)(const uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count);
    void (*add_set)(uint64_t *words, uint32_t first, const nn_doc_set *set);
    uint32_t (*count_set)(const uint64_t *words, uint32_t first, const nn_doc_set *set);
    uint32_t (*count_common)(const uint64_t *a, const uint64_t *b, uint32_t words);
} all_kernels[] = {
    {nn_doc_bits_add, nn_doc_bits_count, nn_doc_bits_add_set, nn_doc_bits_count_set,
     nn_doc_bits_count_common},
    {nn_doc_bits_add_portable, nn_doc_bits_count_portable, nn_doc_bits_add_set_portable,
     nn_doc_bits_count_set_portable, nn_doc_bits_count_common_portable},
};

static void check(const pair *map)
{
    for (uint32_t place = 0; place < WIDTH; place++) {
        assert_int_equal(map->words[place / 64] >> place % 64 & 1, map->there[place]);
    }
    assert_int_equal(map->words[WIDTH / 64], 0); /* nothing is left in the room behind */
}

static void take_docs(test_prng *prng, const struct kernels *kernels, pair *map)
{
    uint32_t docs[128], count = 0, common = 0, wanted = (uint32_t)test_prng_below(prng, 129);
    uint64_t apart = 1 + test_prng_below(prng, 20);
    uint32_t place = (uint32_t)test_prng_below(prng, WIDTH);
    for (; count < wanted && place < WIDTH; count++) {
        docs[count] = FIRST + place;
        common += map->there[place];
        place += 1 + (uint32_t)test_prng_below(prng, apart);
    }
    assert_int_equal(kernels->count(map->words, FIRST, docs, count), common);
    kernels->add(map->words, FIRST, docs, count);
    for (uint32_t i = 0; i < count; i++) {
        map->there[docs[i] - FIRST] = 1;
    }
}

/* A whole set, or a part of one that may begin before the map. */
static void take_set(test_prng *prng, const struct kernels *kernels, pair *map)
{
    uint8_t bits[SET_BITS / 8 + 8];
    uint32_t base = FIRST - 300 + (uint32_t)test_prng_below(prng, WIDTH), common = 0;
    uint32_t least = base < FIRST ? FIRST : base;
    uint32_t most = base + SET_BITS < FIRST + WIDTH ? base + SET_BITS : FIRST + WIDTH;
    uint32_t from = least + (uint32_t)test_prng_below(prng, most - least + 1);
    uint32_t to = from + (uint32_t)test_prng_below(prng, most - from + 1);
    test_prng_bytes(prng, bits, sizeof bits);
    bool whole = test_prng_chance(prng, 50);
    if (whole) { /* from its base on, and nothing in the byte behind its last passage */
        base = from;
        to = to < base + SET_BITS ? to : base + SET_BITS;
        bits[(to - base) / 8] &= (uint8_t)((1U << ((to - base) % 8)) - 1);
    }
    nn_doc_set set = {.bits = bits, .base = base, .from = from, .to = to, .whole = whole};
    for (uint32_t doc = from; doc < to; doc++) {
        uint32_t bit = doc - base;
        common += map->there[doc - FIRST] & bits[bit / 8] >> bit % 8 & 1;
    }
    assert_int_equal(kernels->count_set(map->words, FIRST, &set), common);
    kernels->add_set(map->words, FIRST, &set);
    for (uint32_t doc = from; doc < to; doc++) {
        uint32_t bit = doc - base;
        map->there[doc - FIRST] |= bits[bit / 8] >> bit % 8 & 1;
    }
}

/* Two maps, as far as a number of words. */
static void count_both(test_prng *prng, const struct kernels *kernels, const pair *a, const pair *b)
{
    uint32_t words = (uint32_t)test_prng_below(prng, WIDTH / 64 + 1), common = 0;
    for (uint32_t place = 0; place < words * 64; place++) {
        common += a->there[place] & b->there[place];
    }
    assert_int_equal(kernels->count_common(a->words, b->words, words), common);
}

static void test_documents_become_bits(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(92));
    for (uint32_t round = 0; round < 400; round++) {
        const struct kernels *kernels = &all_kernels[round % 2];
        pair maps[2];
        memset(maps, 0, sizeof maps);
        for (uint32_t step = 0; step < 10; step++) {
            take_docs(&prng, kernels, &maps[step % 2]);
            check(&maps[step % 2]);
            take_set(&prng, kernels, &maps[step % 2]);
            check(&maps[step % 2]);
            count_both(&prng, kernels, &maps[0], &maps[1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents_become_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
