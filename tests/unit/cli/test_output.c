/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: everything arrives, however large; a failure is told once, and a reader that went away is
 * none. */
#include "cli/message.h"
#include "cli/output.h"

#include "capture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static nn_output output;

static void arrives(void **state)
{
    (void)state;
    capture_begin(&output);
    nn_output_text(&output, "a");
    nn_output_bytes(&output, "bcd", 2);
    nuncio_str view = {"def", 3}, empty = {NULL, 0};
    nn_output_str(&output, view);
    nn_output_str(&output, empty);
    nn_output_format(&output, "-%d%s", 7, "x");
    assert_true(nn_output_is_open(&output));
    nuncio_str hostile = {"\n\x1B[2J\xC2\x9B\xFF\xC3\xA9\n", 11};
    nn_output_clean(&output, hostile);
    assert_string_equal(capture_end(&output), "abcdef-7x\n\xEF\xBF\xBD[2J\xEF\xBF\xBD\xEF\xBF\xBD"
                                              "\xC3\xA9\n");
}

static void large(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(ends[0]);
        nn_output_init(&output, ends[1], "pipe");
        for (int i = 0; i < 300000; i++) {
            nn_output_format(&output, "%07d\n", i);
        }
        _exit(nn_output_finish(&output, 0));
    }
    (void)close(ends[1]);
    char block[8192];
    size_t total = 0;
    for (ssize_t count = 1; count > 0; total += (size_t)count) {
        count = read(ends[0], block, sizeof block);
        assert_true(count >= 0);
        if (total == 0) {
            assert_memory_equal(block, "0000000\n0000001\n", 16);
        }
    }
    assert_int_equal(total, 8 * 300000);
    (void)close(ends[0]);
}

static void full_device(void **state)
{
    (void)state;
    int full = open("/dev/full", O_WRONLY);
    assert_true(full >= 0);
    nn_output_init(&output, full, "the device");
    nn_output_text(&output, "lost");
    capture_descriptor(STDERR_FILENO);
    int status = nn_output_finish(&output, NN_EXIT_NOTHING);
    const char *told = capture_release(STDERR_FILENO);
    assert_int_equal(status, NN_EXIT_ERROR);
    assert_string_equal(told, "nuncio: cannot write to the device: No space left on device\n");
    assert_false(nn_output_is_open(&output));
    nn_output_text(&output, "nothing"); /* no effect, no crash */
    (void)close(full);
}

static void reader_that_went_away(void **state)
{
    (void)state;
    (void)signal(SIGPIPE, SIG_IGN);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    (void)close(ends[0]);
    nn_output_init(&output, ends[1], "pipe");
    nn_output_text(&output, "x");
    capture_descriptor(STDERR_FILENO);
    int status = nn_output_finish(&output, NN_EXIT_NOTHING);
    assert_string_equal(capture_release(STDERR_FILENO), "");
    assert_int_equal(status, NN_EXIT_DONE);
    (void)close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrives),
        cmocka_unit_test(large),
        cmocka_unit_test(full_device),
        cmocka_unit_test(reader_that_went_away),
    };
    return cmocka_run_group_tests_name("cli/output", tests, NULL, NULL);
}
