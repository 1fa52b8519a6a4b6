/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: what is written is JSON that reads back as it was given, and harmless on a terminal. */
#include "cli/json_write.h"

#include "capture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void structure(void **state)
{
    (void)state;
    nn_output output;
    nn_json_writer json = {&output, false};
    capture_begin(&output);
    nn_json_open(&json, '{');
    nn_json_key(&json, "a");
    nn_json_open(&json, '[');
    nn_json_close(&json, ']');
    nn_json_key(&json, "b");
    nn_json_open(&json, '[');
    nn_json_number(&json, 1);
    nn_json_bool(&json, true);
    nn_json_open(&json, '{');
    nn_json_close(&json, '}');
    nn_json_bool(&json, false);
    nn_json_null(&json);
    nn_json_close(&json, ']');
    nn_json_key(&json, "c");
    nn_json_text(&json, NULL);
    nn_json_close(&json, '}');
    assert_string_equal(capture_end(&output), "{\"a\":[],\"b\":[1,true,{},false,null],\"c\":null}");
}

static void string_is(const char *text, size_t size, const char *expected)
{
    nn_output output;
    nn_json_writer json = {&output, false};
    capture_begin(&output);
    nuncio_str view = {text, size};
    nn_json_str(&json, view);
    assert_string_equal(capture_end(&output), expected);
}

static void strings(void **state)
{
    (void)state;
    string_is(NULL, 0, "null");
    string_is("", 0, "\"\"");
    string_is("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
    string_is("\n\t\r\b\f", 5, "\"\\n\\t\\r\\b\\f\"");
    string_is("\0\x1B\x7F", 3, "\"\\u0000\\u001b\\u007f\"");
    string_is("\xC2\x85\xC2\x9B\xC2\xA0", 6, "\"\\u0085\\u009b\xC2\xA0\"");
    string_is("\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7", 9, "\"\\u2028\\u2029\xE2\x80\xA7\"");
    string_is("„Krešić“ 和", strlen("„Krešić“ 和"), "\"„Krešić“ 和\"");
    char large[40000];
    memset(large, 'x', sizeof large);
    nn_output output;
    nn_json_writer json = {&output, false};
    nuncio_str view = {large, sizeof large};
    capture_begin(&output);
    nn_json_str(&json, view);
    assert_int_equal(strlen(capture_end(&output)), sizeof large + 2);
}

static const char *real(double number)
{
    nn_output output;
    nn_json_writer json = {&output, false};
    capture_begin(&output);
    nn_json_real(&json, number);
    return capture_end(&output);
}

static void numbers(void **state)
{
    (void)state;
    assert_string_equal(real(11.52), "11.52");
    assert_string_equal(real(0), "0");
    assert_string_equal(real(0.1 + 0.2), "0.30000000000000004");
    assert_string_equal(real((double)NAN), "null");
    assert_string_equal(real((double)INFINITY), "null");
    static const double hard[] = {2.0 / 3, 1e-300, 123456789.123456789, 4.9e-324};
    for (size_t i = 0; i < sizeof hard / sizeof hard[0]; i++) {
        assert_true(strtod(real(hard[i]), NULL) == hard[i]);
    }
    nn_output output;
    nn_json_writer json = {&output, false};
    capture_begin(&output);
    nn_json_share(&json, 0.93F);
    nn_json_share(&json, 1.0F / 3);
    nn_json_share(&json, 0);
    nn_json_share(&json, 1);
    nn_json_share(&json, (float)NAN);
    nn_json_number(&json, UINT64_MAX);
    assert_string_equal(capture_end(&output), "0.93,0.3333,0,1,0,18446744073709551615");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structure),
        cmocka_unit_test(strings),
        cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests_name("cli/json_write", tests, NULL, NULL);
}
