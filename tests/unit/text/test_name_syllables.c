/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: syllables of Chinese and Korean names are told from other words. Method: a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "text/name_syllables.h"

static void test_syllables(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        uint32_t count;
    } cases[] = {
        {"lai", 1},
        {"shek", 1},
        {"tung", 1},
        {"un", 1},
        {"e", 1},
        {"jinping", 2},
        {"keqiang", 2},
        {"hsiaoping", 2},
        {"seungman", 2},
        {"philby", 0},
        {"campbell", 0},
        {"harvey", 0},
        {"led", 0},
        {"backed", 0},
        {"", 0},
        {"xjinping", 0},
        {"\xC3\xA9", 0},
        {"chuangchuangc", 0},
        {"chuangchuangchuang", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (nn_name_syllables(nn_str_of(cases[i].word)) != cases[i].count) {
            fail_msg("%s: %u", cases[i].word, nn_name_syllables(nn_str_of(cases[i].word)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_syllables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
