/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: documents and sets come into a map, and are counted in it, as bit by bit. Method: random
 * documents, close and far, given as numbers and as parts of sets. */
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

static void check(const pair *map)
{
    for (uint32_t place = 0; place < WIDTH; place++) {
        assert_int_equal(map->words[place / 64] >> place % 64 & 1, map->there[place]);
    }
    assert_int_equal(map->words[WIDTH / 64], 0); /* nothing is left in the room behind */
}

static void take_docs(test_prng *prng, pair *map)
{
    uint32_t docs[128], count = 0, common = 0, wanted = (uint32_t)test_prng_below(prng, 129);
    uint64_t apart = 1 + test_prng_below(prng, 20);
    uint32_t place = (uint32_t)test_prng_below(prng, WIDTH);
    for (; count < wanted && place < WIDTH; count++) {
        docs[count] = FIRST + place;
        common += map->there[place];
        place += 1 + (uint32_t)test_prng_below(prng, apart);
    }
    assert_int_equal(nn_doc_bits_count(map->words, FIRST, docs, count), common);
    nn_doc_bits_add(map->words, FIRST, docs, count);
    for (uint32_t i = 0; i < count; i++) {
        map->there[docs[i] - FIRST] = 1;
    }
}

/* A part of a set that may begin before the map. */
static void take_set(test_prng *prng, pair *map)
{
    uint8_t bits[SET_BITS / 8 + 8];
    uint32_t base = FIRST - 300 + (uint32_t)test_prng_below(prng, WIDTH), common = 0;
    uint32_t least = base < FIRST ? FIRST : base;
    uint32_t most = base + SET_BITS < FIRST + WIDTH ? base + SET_BITS : FIRST + WIDTH;
    uint32_t from = least + (uint32_t)test_prng_below(prng, most - least + 1);
    uint32_t to = from + (uint32_t)test_prng_below(prng, most - from + 1);
    test_prng_bytes(prng, bits, sizeof bits);
    for (uint32_t doc = from; doc < to; doc++) {
        uint32_t bit = doc - base;
        common += map->there[doc - FIRST] & bits[bit / 8] >> bit % 8 & 1;
    }
    assert_int_equal(nn_doc_bits_count_set(map->words, FIRST, base, bits, from, to), common);
    nn_doc_bits_add_set(map->words, FIRST, base, bits, from, to);
    for (uint32_t doc = from; doc < to; doc++) {
        uint32_t bit = doc - base;
        map->there[doc - FIRST] |= bits[bit / 8] >> bit % 8 & 1;
    }
}

static void test_documents_become_bits(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(92));
    for (uint32_t round = 0; round < 200; round++) {
        pair map;
        memset(&map, 0, sizeof map);
        for (uint32_t step = 0; step < 10; step++) {
            take_docs(&prng, &map);
            check(&map);
            take_set(&prng, &map);
            check(&map);
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
