/* SPDX-License-Identifier: Apache-2.0 */
#include "core/clock.h"

#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void goes_forward_in_nanoseconds(void **state)
{
    (void)state;
    uint64_t before = nn_clock_ns();
    struct timespec pause = {0, 3 * 1000 * 1000};
    while (nanosleep(&pause, &pause) != 0) {
    }
    uint64_t after = nn_clock_ns();
    assert_true(after - before >= 3u * 1000 * 1000);
    for (uint32_t i = 0; i < 1000; i++) {
        uint64_t now = nn_clock_ns();
        assert_true(now >= after);
        after = now;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_forward_in_nanoseconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
