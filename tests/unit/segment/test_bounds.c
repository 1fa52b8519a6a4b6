/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the pairs bound every posting for any k1 and b, and no other choice of so many pairs bounds
 * less. Method: random postings; BM25 at many parameters; all ways to thin small fronts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/terms/bounds.h"
#include "support/prng.h"

#include <string.h>

static double score(uint32_t tf, uint32_t length, double k1, double b)
{
    return tf / (tf + k1 * (1 - b + b * length / 100.0));
}

static void test_bounds_hold(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(27));
    nn_front front = {.tf_max = 0}, merged = {.tf_max = 0};
    for (uint32_t round = 0; round < 2000; round++) {
        nn_bound postings[128], bounds[NN_BOUNDS_MAX];
        uint32_t count = 1 + (uint32_t)test_prng_below(&prng, 128);
        uint32_t spread = 1 + (uint32_t)test_prng_below(&prng, 254);
        nn_front_clear(&front);
        nn_front_clear(&merged);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t tf = 1 + (uint32_t)test_prng_below(&prng, spread);
            postings[i] = (nn_bound){tf, tf + (uint32_t)test_prng_below(&prng, 256 - tf)};
            nn_front_add(&front, postings[i].tf, postings[i].length);
        }
        nn_front_merge(&merged, &front);
        for (uint32_t max = 1; max <= NN_BOUNDS_MAX; max++) {
            nn_bound again[NN_BOUNDS_MAX];
            uint32_t kept = nn_front_bounds(&front, max, bounds);
            assert_in_range(kept, 1, max);
            assert_int_equal(nn_front_bounds(&merged, max, again), kept);
            assert_memory_equal(again, bounds, kept * sizeof bounds[0]);
            for (uint32_t i = 1; i < kept; i++) {
                assert_true(bounds[i].tf > bounds[i - 1].tf);
                assert_true(bounds[i].length > bounds[i - 1].length);
            }
            for (uint32_t i = 0; i < count; i++) {
                for (double k1 = 0; k1 < 4; k1 += 0.9) {
                    double best = 0, mine = score(postings[i].tf, postings[i].length, k1, k1 / 4);
                    for (uint32_t k = 0; k < kept; k++) {
                        double bound = score(bounds[k].tf, bounds[k].length, k1, k1 / 4);
                        best = bound > best ? bound : best;
                    }
                    assert_true(mine <= best);
                }
            }
        }
    }
}

/** Points of the (tf, length) plane that some pair bounds: tf ≤ its tf, length ≥ its length. */
static uint32_t area(const nn_bound *pairs, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t tf = 1; tf < 256; tf++) {
        uint32_t shortest = 256;
        for (uint32_t i = 0; i < count; i++) {
            if (pairs[i].tf >= tf && pairs[i].length < shortest) {
                shortest = pairs[i].length;
            }
        }
        sum += 256 - shortest;
    }
    return sum;
}

static void test_thinning_is_optimal(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(28));
    nn_front front = {.tf_max = 0};
    for (uint32_t round = 0; round < 300; round++) {
        nn_bound points[9], bounds[NN_BOUNDS_MAX];
        uint32_t count = 2 + (uint32_t)test_prng_below(&prng, 7), tf = 0, length = 9;
        nn_front_clear(&front);
        for (uint32_t i = 0; i < count; i++) {
            tf += 1 + (uint32_t)test_prng_below(&prng, 5);
            length += 1 + (uint32_t)test_prng_below(&prng, 20);
            points[i] = (nn_bound){tf, length};
            nn_front_add(&front, tf, length);
        }
        uint32_t max = 1 + (uint32_t)test_prng_below(&prng, NN_BOUNDS_MAX), best = UINT32_MAX;
        for (uint32_t cuts = 0; cuts < 1U << (count - 1); cuts++) { /* all ways to group */
            nn_bound pairs[9];
            uint32_t groups = 0, first = 0;
            for (uint32_t i = 0; i < count; i++) {
                if (i + 1 == count || (cuts >> i & 1) != 0) {
                    pairs[groups++] = (nn_bound){points[i].tf, points[first].length};
                    first = i + 1;
                }
            }
            if (groups <= max) {
                uint32_t sum = area(pairs, groups);
                best = sum < best ? sum : best;
            }
        }
        uint32_t kept = nn_front_bounds(&front, max, bounds);
        assert_int_equal(area(bounds, kept), best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds_hold),
        cmocka_unit_test(test_thinning_is_optimal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
