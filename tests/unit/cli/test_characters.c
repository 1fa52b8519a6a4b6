/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: columns are those of a terminal; nothing that drives one gets through. */
#include "cli/characters.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static nuncio_str of(const char *text)
{
    nuncio_str view = {text, strlen(text)};
    return view;
}

static void widths(void **state)
{
    (void)state;
    assert_int_equal(nn_text_width(of("")), 0);
    assert_int_equal(nn_text_width(of("Kiev")), 4);
    assert_int_equal(nn_text_width(of("Çavdaroğlu")), 10);
    assert_int_equal(nn_text_width(of("e\xCC\x81t\xC3\xA9")), 3); /* a combining accent */
    assert_int_equal(nn_text_width(of("和平谈判")), 8);
    assert_int_equal(nn_text_width(of("ＡB")), 3);
    assert_int_equal(nn_text_width(of("co\xC2\xADoperate")), 9); /* a soft hyphen */
    assert_int_equal(nn_text_width(of("\x1B[31m")), 4);          /* ESC itself takes nothing */
}

static void characters(void **state)
{
    (void)state;
    nn_character found = nn_character_at(of("aé和"), 1);
    assert_int_equal(found.code, 0xE9);
    assert_int_equal(found.bytes, 2);
    assert_int_equal(found.width, 1);
    assert_false(found.control);
    found = nn_character_at(of("\xFFx"), 0);
    assert_int_equal(found.code, 0xFFFD);
    assert_int_equal(found.bytes, 1);
    found = nn_character_at(of("\xE2\x82"), 0); /* cut short */
    assert_int_equal(found.code, 0xFFFD);
    static const char *const controls[] = {"\x01",     "\n",       "\x1B",         "\x7F",
                                           "\xC2\x80", "\xC2\x9B", "\xE2\x80\xAE", "\xE2\x81\xA6"};
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        found = nn_character_at(of(controls[i]), 0);
        assert_true(found.control);
        assert_int_equal(found.width, 0);
    }
    assert_false(nn_character_at(of("\xC2\xA0"), 0).control); /* a no-break space */
}

static void cleaned(const char *text, size_t size, const char *expected)
{
    char to[300];
    nuncio_str view = {text, size};
    to[nn_text_clean(view, to)] = '\0';
    assert_string_equal(to, expected);
}

static void clean(void **state)
{
    (void)state;
    cleaned("a\tb\nc\r", 6, "a b c ");
    cleaned("\x1B[2J", 4, "\xEF\xBF\xBD[2J");
    cleaned("\xC2\x9B"
            "31m",
            5,
            "\xEF\xBF\xBD"
            "31m");
    cleaned("a\0b", 3,
            "a\xEF\xBF\xBD"
            "b");
    cleaned("\xFF\xFE", 2, "\xEF\xBF\xBD\xEF\xBF\xBD");
    cleaned("Serhij „Krešić“", strlen("Serhij „Krešić“"), "Serhij „Krešić“");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths),
        cmocka_unit_test(characters),
        cmocka_unit_test(clean),
    };
    return cmocka_run_group_tests_name("cli/characters", tests, NULL, NULL);
}
