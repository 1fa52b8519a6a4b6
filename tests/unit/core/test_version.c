/* SPDX-License-Identifier: Apache-2.0 */
#include <nuncio/common.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void versions_are_given(void **state)
{
    (void)state;
    int dots = 0;
    for (const char *p = nuncio_version(); *p != '\0'; p++) {
        assert_true(*p == '.' || (*p >= '0' && *p <= '9'));
        dots += *p == '.';
    }
    assert_int_equal(dots, 2);
    assert_int_equal(nuncio_format_version(), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
