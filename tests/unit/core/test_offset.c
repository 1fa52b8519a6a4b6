/* SPDX-License-Identifier: Apache-2.0 */
#include "core/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(nuncio_str text, size_t at, size_t chars, size_t utf16)
{
    assert_int_equal(nuncio_offset_convert(text, at, NUNCIO_OFFSET_BYTES), at);
    assert_int_equal(nuncio_offset_convert(text, at, NUNCIO_OFFSET_CHARS), chars);
    assert_int_equal(nuncio_offset_convert(text, at, NUNCIO_OFFSET_UTF16), utf16);
}

static void every_width_counts(void **state)
{
    (void)state;
    /* a, e acute (2 bytes), the euro sign (3), a face beyond the first plane (4), b */
    nuncio_str text = nn_str_of("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"
                                "b");
    check(text, 0, 0, 0);
    check(text, 1, 1, 1);
    check(text, 3, 2, 2);
    check(text, 6, 3, 3);
    check(text, 10, 4, 5);
    check(text, 11, 5, 6);
}

static void beyond_the_end_is_the_end(void **state)
{
    (void)state;
    nuncio_str text = nn_str_of("\xF0\x9F\x98\x80");
    assert_int_equal(nuncio_offset_convert(text, 99, NUNCIO_OFFSET_BYTES), 4);
    assert_int_equal(nuncio_offset_convert(text, SIZE_MAX, NUNCIO_OFFSET_CHARS), 1);
    assert_int_equal(nuncio_offset_convert(text, 5, NUNCIO_OFFSET_UTF16), 2);
    assert_int_equal(nuncio_offset_convert(nn_str_of(NULL), 5, NUNCIO_OFFSET_CHARS), 0);
    assert_int_equal(nuncio_offset_convert(nn_str_of(""), 0, NUNCIO_OFFSET_UTF16), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_width_counts),
        cmocka_unit_test(beyond_the_end_is_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
