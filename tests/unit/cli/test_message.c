/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a message is one line, harmless and with advice; statuses become the documented exits. */
#include "cli/message.h"

#include "capture.h"

#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void lines(void **state)
{
    (void)state;
    capture_descriptor(STDERR_FILENO);
    nn_message("%s of %d\nsecond line", "one", 2);
    assert_string_equal(capture_release(STDERR_FILENO), "nuncio: one of 2 second line\n");
    capture_descriptor(STDERR_FILENO);
    nn_message("a \x1B[2J name");
    assert_string_equal(capture_release(STDERR_FILENO), "nuncio: a \xEF\xBF\xBD[2J name\n");
    char large[5000];
    memset(large, '\x01', sizeof large - 1); /* the worst case: each byte becomes three */
    large[sizeof large - 1] = '\0';
    capture_descriptor(STDERR_FILENO);
    nn_message("%s", large);
    assert_int_equal(strlen(capture_release(STDERR_FILENO)), 8 + 3 * 1599 + 1);
}

static void failures(void **state)
{
    (void)state;
    nuncio_error error = {NUNCIO_ERR_NOT_INDEX, 0, "dir", "dir holds no index"};
    capture_descriptor(STDERR_FILENO);
    int status = nn_message_failure(&error);
    const char *told = capture_release(STDERR_FILENO);
    assert_int_equal(status, NN_EXIT_INDEX);
    assert_non_null(strstr(told, "nuncio: dir holds no index; "));
    assert_non_null(strstr(told, "nuncio index"));
    nuncio_error manifest = {NUNCIO_ERR_NOT_INDEX, 0, "dir/manifest", "this is something else"};
    capture_descriptor(STDERR_FILENO);
    status = nn_message_failure(&manifest);
    told = capture_release(STDERR_FILENO);
    assert_int_equal(status, NN_EXIT_INDEX);
    assert_null(strstr(told, "nuncio index")); /* which would not do */
    assert_non_null(strstr(told, "dir/manifest: this is something else: restore it"));
    nuncio_error damaged = {NUNCIO_ERR_CORRUPT, 4096, "a/b.seg", "a page is damaged"};
    capture_descriptor(STDERR_FILENO);
    status = nn_message_failure(&damaged);
    told = capture_release(STDERR_FILENO);
    assert_int_equal(status, NN_EXIT_INDEX);
    assert_non_null(strstr(told, "nuncio: a/b.seg: a page is damaged; "));
}

static void exits(void **state)
{
    (void)state;
    assert_int_equal(nn_exit_status(NUNCIO_OK), 0);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_NOT_FOUND), 1);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_QUERY), 2);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_MEMORY), 2);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_SPACE), 2);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_CORRUPT), 3);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_VERSION), 3);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_NOT_INDEX), 3);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_ANALYSIS), 3);
    assert_int_equal(nn_exit_status(NUNCIO_ERR_LOCKED), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(failures),
        cmocka_unit_test(exits),
    };
    return cmocka_run_group_tests_name("cli/message", tests, NULL, NULL);
}
