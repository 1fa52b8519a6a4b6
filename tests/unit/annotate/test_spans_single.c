/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reader.h"

static void test_singles(void **state)
{
    (void)state;
    static const reader_spans cases[] = {
        {"‘a b’ c ‘d e’", "[a b][d e]"},
        {"'a b' c", "[a b]"},
        {"‚a b‘ c", "[a b]"},
        {"‹a b› c", "[a b]"},
        {"‘a “b” c’ d", "[a “b” c]"},
        {"“a ‘b’” c ‘d e’", "[a ‘b’][d e]"},
        {"‘the ministers’ plan is dead,’ he said", "[the ministers’ plan is dead,]"},
        {"‘it is the ministers’ she said", "[it is the ministers]"},
        {"the ministers’ plan", ""},
        {"in the '90s and the ’80s", ""},
        {"rock 'n' roll, 'tis true", ""},
        {"‘a b", ""},
        {"a b’ c", ""},
        {"‘a b\n\n‘c d’", "[a b]g[c d]r"},
        {"'a b\n\n'c d'", "[c d]"},
        {"‘a b’s c’", "[a b’s c]"},
    };
    reader_expect_spans(cases, sizeof cases / sizeof *cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_singles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
