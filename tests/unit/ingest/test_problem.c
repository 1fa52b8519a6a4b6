/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: each kind of problem has a name of its own, and losing a file, an article or nothing is
 * told apart. */
#include "ingest/ingest.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void names(void **state)
{
    (void)state;
    for (int i = 0; i < NN_PROBLEM_KINDS; i++) {
        const char *name = nn_problem_kind_name((nn_problem_kind)i);
        assert_non_null(name);
        assert_true(strlen(name) >= 5);
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(name, nn_problem_kind_name((nn_problem_kind)k));
        }
    }
}

static void effects(void **state)
{
    (void)state;
    assert_int_equal(nn_problem_kind_effect(NN_PROBLEM_NOT_FOUND), NN_EFFECT_FILE_LOST);
    assert_int_equal(nn_problem_kind_effect(NN_PROBLEM_DAMAGED), NN_EFFECT_FILE_LOST);
    assert_int_equal(nn_problem_kind_effect(NN_PROBLEM_TOO_LONG), NN_EFFECT_ARTICLE_LOST);
    assert_int_equal(nn_problem_kind_effect(NN_PROBLEM_BAD_TEXT), NN_EFFECT_ARTICLE_LOST);
    assert_int_equal(nn_problem_kind_effect(NN_PROBLEM_EMPTY_FILE), NN_EFFECT_KEPT);
    assert_int_equal(nn_problem_kind_effect(NN_PROBLEM_BAD_DATE), NN_EFFECT_KEPT);
    assert_int_equal(nn_problem_kind_effect(NN_PROBLEM_LONG_TITLE), NN_EFFECT_KEPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(effects),
    };
    return cmocka_run_group_tests_name("ingest/problem", tests, NULL, NULL);
}
