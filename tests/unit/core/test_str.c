/* SPDX-License-Identifier: Apache-2.0 */
#include "core/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void absent_is_empty_for_comparisons(void **state)
{
    (void)state;
    nuncio_str absent = nn_str_of(NULL), empty = nn_str_of("");
    assert_null(absent.data);
    assert_int_equal(absent.size, 0);
    assert_non_null(empty.data);
    assert_true(nn_str_equal(absent, empty));
    assert_int_equal(nn_str_compare(absent, empty), 0);
    assert_true(nn_str_starts_with(absent, empty));
    assert_true(nn_str_starts_with(nn_str_of("x"), absent));
    assert_true(nn_str_compare(absent, nn_str_of("x")) < 0);
}

static void order_is_of_bytes_then_length(void **state)
{
    (void)state;
    static const char *const ascending[] = {"",   "A", "a",        "a b", "aa",
                                            "ab", "b", "\xC3\xA9", "\xF0"};
    enum { COUNT = sizeof ascending / sizeof *ascending };
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < COUNT; j++) {
            int order = nn_str_compare(nn_str_of(ascending[i]), nn_str_of(ascending[j]));
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
            assert_int_equal(nn_str_equal(nn_str_of(ascending[i]), nn_str_of(ascending[j])),
                             i == j);
        }
    }
}

static void zero_bytes_count(void **state)
{
    (void)state;
    assert_false(nn_str_equal(nn_str("a\0b", 3), nn_str("a\0c", 3)));
    assert_true(nn_str_compare(nn_str("a\0b", 3), nn_str("a", 1)) > 0);
    assert_true(nn_str_starts_with(nn_str("a\0b", 3), nn_str("a\0", 2)));
}

static void prefixes(void **state)
{
    (void)state;
    assert_true(nn_str_starts_with(nn_str_of("embassy"), nn_str_of("emb")));
    assert_true(nn_str_starts_with(nn_str_of("emb"), nn_str_of("emb")));
    assert_false(nn_str_starts_with(nn_str_of("em"), nn_str_of("emb")));
    assert_false(nn_str_starts_with(nn_str_of("Embassy"), nn_str_of("emb")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent_is_empty_for_comparisons),
        cmocka_unit_test(order_is_of_bytes_then_length),
        cmocka_unit_test(zero_bytes_count),
        cmocka_unit_test(prefixes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
