/* SPDX-License-Identifier: Apache-2.0 */
/* Maps of passages beside plain arrays, for windows of any width and passages close and far. */
#include "query/walk/passage_map.h"
#include "support/prng.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { FIRST = 1000003 };

/* A map and what it is to hold. */
typedef struct pair {
    nn_map map;
    uint8_t there[NN_MAP_PASSAGES];
} pair;

/* Adds ascending passages, `apart` of one another on average, in streaks of up to 128. */
static void fill(test_prng *prng, pair *to, uint32_t width, uint32_t apart)
{
    uint32_t streak[128];
    memset(to->there, 0, sizeof to->there);
    nn_map_begin(&to->map, FIRST, FIRST + width);
    for (uint32_t place = 0; place < width;) {
        uint32_t count = 0, wanted = (uint32_t)test_prng_below(prng, 129);
        for (; count < wanted && place < width; count++) {
            to->there[place] = 1;
            streak[count] = FIRST + place;
            place += 1 + (uint32_t)test_prng_below(prng, 2 * apart - 1);
        }
        nn_map_add(&to->map, streak, count);
    }
}

static void test_maps_hold_what_was_added(void **state)
{
    static pair a, b;
    static uint32_t listed[NN_MAP_PASSAGES];
    test_prng prng = test_prng_of(test_seed(58));
    (void)state;
    for (uint32_t round = 0; round < 200; round++) {
        uint32_t width = 1 + (uint32_t)test_prng_below(&prng, NN_MAP_PASSAGES);
        fill(&prng, &a, width, 1 + (uint32_t)test_prng_below(&prng, 100));
        fill(&prng, &b, width, 1 + (uint32_t)test_prng_below(&prng, 6));
        uint32_t gone = (uint32_t)test_prng_below(&prng, width);
        nn_map_remove(&a.map, FIRST + gone);
        a.there[gone] = 0;
        uint32_t count = 0, common = 0, found = nn_map_list(&a.map, listed);
        for (uint32_t place = 0; place < width; place++) {
            common += a.there[place] & b.there[place];
            if (a.there[place] != 0) {
                assert_true(count < found);
                assert_int_equal(listed[count], FIRST + place);
                count++;
            }
        }
        assert_int_equal(found, count);
        assert_int_equal(nn_map_count(&a.map), count);
        assert_int_equal(nn_map_count_common(&a.map, &b.map), common);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_maps_hold_what_was_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
