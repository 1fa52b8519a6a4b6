/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: offsets in any order are those of nuncio_offset_convert from the start. */
#include "cli/offsets.h"

#include "support/prng.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void any_order(void **state)
{
    (void)state;
    static const char text[] =
        "a\xC3\xA9 \xE5\x92\x8C \xF0\x9F\x98\x80 end \xF0\x9F\x98\x80\xC3\xA9";
    nuncio_str view = {text, strlen(text)};
    test_prng prng = test_prng_of(test_seed(11));
    for (int unit = 0; unit < 3; unit++) {
        nn_offsets offsets = nn_offsets_of(view, (nuncio_offset_unit)unit);
        for (int i = 0; i < 2000; i++) {
            size_t byte = test_prng_below(&prng, view.size + 1);
            while (byte < view.size && ((uint8_t)text[byte] & 0xC0) == 0x80) {
                byte--;
            }
            assert_int_equal(nn_offsets_convert(&offsets, byte),
                             nuncio_offset_convert(view, byte, (nuncio_offset_unit)unit));
        }
    }
}

static void edges(void **state)
{
    (void)state;
    nuncio_str absent = {NULL, 0}, text = {"\xC3\xA9z", 3};
    nn_offsets offsets = nn_offsets_of(absent, NUNCIO_OFFSET_CHARS);
    assert_int_equal(nn_offsets_convert(&offsets, 5), 0);
    offsets = nn_offsets_of(absent, NUNCIO_OFFSET_BYTES);
    assert_int_equal(nn_offsets_convert(&offsets, 5), 5); /* bytes need no text */
    offsets = nn_offsets_of(text, NUNCIO_OFFSET_UTF16);
    assert_int_equal(nn_offsets_convert(&offsets, 100), 2);
    assert_int_equal(nn_offsets_convert(&offsets, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order),
        cmocka_unit_test(edges),
    };
    return cmocka_run_group_tests_name("cli/offsets", tests, NULL, NULL);
}
