/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: tables keep their columns whatever the values are, and what is left out can be guessed. */
#include "cli/bars.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "capture.h"

static void expect_cell(const char *value, size_t wide, const char *expected)
{
    nn_output output;
    capture_begin(&output);
    nn_put_cell(&output, (nuncio_str){value, strlen(value)}, wide);
    assert_string_equal(capture_end(&output), expected);
}

static void cells(void **state)
{
    (void)state;
    expect_cell("Reuters", 12, "Reuters     ");
    expect_cell("0123456789", 12, "0123456789  ");
    expect_cell("0123456789a", 12, "0123…6789a  ");
    expect_cell("Foreign Relations, Suez", 16, "Foreig…s, Suez  ");
    expect_cell("", 8, "        ");
}

/* Wide characters are not cut in two, marks stay with their letters, controls are not shown. */
static void odd_cells(void **state)
{
    (void)state;
    expect_cell("新华社新华社新华社", 12, "新华…华社   ");
    expect_cell("e\xcc\x81t\xc3\xa9 \x1b[31m", 14, "e\xcc\x81t\xc3\xa9 [31m      ");
    expect_cell("abcdefghe\xcc\x81ijklmnop", 12, "abcd…lmnop  ");
}

static void bars(void **state)
{
    (void)state;
    nn_output output;
    capture_begin(&output);
    nn_put_bar(&output, 3, 4, 2);
    nn_output_text(&output, " ");
    nn_put_bar(&output, 1, 1000, 2);
    nn_output_text(&output, " ");
    nn_put_bar(&output, 0, 0, 2);
    assert_string_equal(capture_end(&output), "█▌ ▏ ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),
        cmocka_unit_test(odd_cells),
        cmocka_unit_test(bars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
