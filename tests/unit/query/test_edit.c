/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: nn_edit_within agrees with the textbook table of edit distances.
 * Method: random short words over few letters, so that near misses are common. */
#include "query/plan/edit.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LETTERS_MAX = 12 };

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t naive_distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    uint32_t table[LETTERS_MAX + 1][LETTERS_MAX + 1];
    for (uint32_t i = 0; i <= n; i++) {
        for (uint32_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            uint32_t change = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            table[i][j] = smaller(change, smaller(table[i - 1][j], table[i][j - 1]) + 1);
        }
    }
    return table[n][m];
}

static size_t random_word(test_prng *prng, uint32_t *to)
{
    size_t count = (size_t)test_prng_below(prng, LETTERS_MAX + 1);
    for (size_t i = 0; i < count; i++) {
        to[i] = 'a' + (uint32_t)test_prng_below(prng, 3);
    }
    return count;
}

static void agrees_with_the_table(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(11));
    uint32_t within = 0;
    for (uint32_t round = 0; round < 200000; round++) {
        uint32_t a[LETTERS_MAX];
        uint32_t b[LETTERS_MAX];
        size_t n = random_word(&prng, a);
        size_t m = random_word(&prng, b);
        uint32_t distance = naive_distance(a, n, b, m);
        for (uint32_t max = 0; max <= 2; max++) {
            assert_int_equal(nn_edit_within(a, n, b, m, max), distance <= max);
        }
        within += distance <= 2 ? 1 : 0;
    }
    assert_true(within > 1000);
}

static void knows_known_cases(void **state)
{
    (void)state;
    static const uint32_t kiev[] = {'k', 'i', 'e', 'v'};
    static const uint32_t kyiv[] = {'k', 'y', 'i', 'v'};
    assert_false(nn_edit_within(kiev, 4, kyiv, 4, 1));
    assert_true(nn_edit_within(kiev, 4, kyiv, 4, 2));
    assert_true(nn_edit_within(kiev, 4, kiev, 3, 1));
    assert_true(nn_edit_within(kiev, 0, kyiv, 0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_table),
        cmocka_unit_test(knows_known_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
