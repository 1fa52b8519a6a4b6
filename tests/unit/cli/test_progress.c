/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: silent when asked to be; otherwise it tells share, count and rate, not too often. */
#include "cli/progress.h"

#include "capture.h"

#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void silent(void **state)
{
    (void)state;
    capture_descriptor(STDERR_FILENO);
    nn_progress progress = nn_progress_start(true, 100);
    progress.shown -= 1000;
    nn_progress_update(&progress, 1, 50, 1000);
    nn_progress_clear(&progress);
    assert_string_equal(capture_release(STDERR_FILENO), "");
}

static void lines(void **state)
{
    (void)state;
    capture_descriptor(STDERR_FILENO);
    nn_progress progress = nn_progress_start(false, 200);
    nn_progress_update(&progress, 1, 50, 1000); /* too early */
    progress.started -= 10;
    progress.shown -= 10;
    nn_progress_update(&progress, 12345, 50, 20000000);
    nn_progress_update(&progress, 12346, 51, 20000001); /* too early again */
    nn_progress_clear(&progress);
    assert_string_equal(capture_release(STDERR_FILENO),
                        "nuncio: 25 % · 30 s left · 12,345 articles · 2.0 MB/s\n");
    assert_true(nn_progress_seconds(&progress) >= 10);
}

static void unknown_end(void **state)
{
    (void)state;
    capture_descriptor(STDERR_FILENO);
    nn_progress progress = nn_progress_start(false, 0);
    progress.started -= 10;
    progress.shown -= 10;
    nn_progress_update(&progress, 3, 50, 1000000);
    assert_string_equal(capture_release(STDERR_FILENO), "nuncio: 3 articles · 0.1 MB/s\n");
}

static void bar(void **state)
{
    (void)state;
    capture_descriptor(STDERR_FILENO);
    nn_progress progress = nn_progress_start(false, 200);
    progress.redraws = true;
    progress.started -= 1;
    progress.shown -= 1;
    nn_progress_update(&progress, 3, 100, 1000000);
    nn_progress_clear(&progress);
    nn_progress_clear(&progress);
    const char *told = capture_release(STDERR_FILENO);
    assert_non_null(strstr(told, "\r\033[K[============>           ] 50 % · "));
    const char *last = strrchr(told, '\r');
    assert_string_equal(last, "\r\033[K"); /* and away it goes, once */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silent),
        cmocka_unit_test(lines),
        cmocka_unit_test(unknown_end),
        cmocka_unit_test(bar),
    };
    return cmocka_run_group_tests_name("cli/progress", tests, NULL, NULL);
}
