/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: numbers read as people write them, at the edges of their units too. */
#include "cli/human.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char room[NN_HUMAN_ROOM];

static void counts(void **state)
{
    (void)state;
    assert_string_equal(nn_human_count(0, room), "0");
    assert_string_equal(nn_human_count(999, room), "999");
    assert_string_equal(nn_human_count(1000, room), "1,000");
    assert_string_equal(nn_human_count(1234567, room), "1,234,567");
    assert_string_equal(nn_human_number_of(0, "article", room), "0 articles");
    assert_string_equal(nn_human_number_of(1, "article", room), "1 article");
    assert_string_equal(nn_human_number_of(1234, "quote", room), "1,234 quotes");
    assert_string_equal(nn_human_count(UINT64_MAX, room), "18,446,744,073,709,551,615");
}

static void bytes(void **state)
{
    (void)state;
    assert_string_equal(nn_human_bytes(0, room), "0 bytes");
    assert_string_equal(nn_human_bytes(999, room), "999 bytes");
    assert_string_equal(nn_human_bytes(1000, room), "1.00 kB");
    assert_string_equal(nn_human_bytes(9994, room), "9.99 kB");
    assert_string_equal(nn_human_bytes(9996, room), "10.0 kB");
    assert_string_equal(nn_human_bytes(99949, room), "99.9 kB");
    assert_string_equal(nn_human_bytes(99951, room), "100 kB");
    assert_string_equal(nn_human_bytes(999499, room), "999 kB");
    assert_string_equal(nn_human_bytes(999500, room), "1.00 MB");
    assert_string_equal(nn_human_bytes(UINT64_MAX, room), "18.4 EB");
}

static void seconds(void **state)
{
    (void)state;
    assert_string_equal(nn_human_seconds(0, room), "0.0 s");
    assert_string_equal(nn_human_seconds(9.94, room), "9.9 s");
    assert_string_equal(nn_human_seconds(59.4, room), "59 s");
    assert_string_equal(nn_human_seconds(60, room), "1:00");
    assert_string_equal(nn_human_seconds(3599, room), "59:59");
    assert_string_equal(nn_human_seconds(3725, room), "1:02:05");
    assert_string_equal(nn_human_seconds(-1, room), "a long time");
    assert_string_equal(nn_human_seconds(1e30, room), "a long time");
    double now = nn_seconds_now();
    assert_true(nn_seconds_now() >= now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(bytes),
        cmocka_unit_test(seconds),
    };
    return cmocka_run_group_tests_name("cli/human", tests, NULL, NULL);
}
