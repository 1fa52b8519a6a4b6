/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/str.h"
#include "text/language.h"

/* The numbers are stored in indexes. */
static void test_numbers_are_pinned(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        nn_language number;
    } pinned[] = {{"en", 1},  {"fr", 2},  {"de", 3},  {"es", 4},
                  {"ru", 14}, {"tr", 15}, {"yi", 28}, {"zh", 31}};
    for (size_t i = 0; i < sizeof pinned / sizeof pinned[0]; i++) {
        nn_language language;
        assert_true(nn_language_from_code(nn_str_of(pinned[i].code), &language));
        assert_int_equal(language, pinned[i].number);
        assert_string_equal(nn_language_code(language), pinned[i].code);
    }
    assert_true(nn_language_count() <= 64); /* a bit each in a segment's facts */
}

static void test_codes(void **state)
{
    (void)state;
    nn_language language;
    assert_true(nn_language_from_code(nn_str_of("en-GB"), &language));
    assert_int_equal(language, NN_LANGUAGE_EN);
    assert_true(nn_language_from_code(nn_str_of("DE"), &language));
    assert_int_equal(language, NN_LANGUAGE_DE);
    assert_true(nn_language_from_code(nn_str_of("nb"), &language));
    assert_string_equal(nn_language_code(language), "no");
    static const char *const unknown[] = {"", "e", "english", "xx", "un", "  "};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        assert_false(nn_language_from_code(nn_str_of(unknown[i]), &language));
        assert_int_equal(language, NN_LANGUAGE_NONE);
    }
    assert_string_equal(nn_language_code(NN_LANGUAGE_NONE), "und");
    assert_string_equal(nn_language_code(255), "und");
}

static void test_detection(void **state)
{
    (void)state;
    static const struct {
        const char *code, *text;
    } texts[] = {
        {"en", "The foreign ministers of both countries met on Thursday to discuss the suspended "
               "treaty."},
        {"fr", "Les ministres des affaires \xc3\xa9trang\xc3\xa8res des deux pays se sont "
               "rencontr\xc3\xa9s jeudi pour "
               "parler du trait\xc3\xa9 suspendu."},
        {"de", "Die Au\xc3\x9f"
               "enminister beider L\xc3\xa4nder trafen sich am Donnerstag, um \xc3\xbc"
               "ber den ausgesetzten Vertrag zu sprechen."},
        {"es", "Los ministros de Asuntos Exteriores de ambos pa\xc3\xadses se reunieron el jueves "
               "para hablar del "
               "tratado suspendido."},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_string_equal(nn_language_code(nn_language_detect(nn_str_of(texts[i].text))),
                            texts[i].code);
    }
    assert_int_equal(nn_language_detect(nn_str("", 0)), NN_LANGUAGE_NONE);
    assert_int_equal(nn_language_detect(nn_str_of("1234 5678")), NN_LANGUAGE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_pinned),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_detection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
