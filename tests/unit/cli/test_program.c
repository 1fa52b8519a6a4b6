/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the first word chooses the command; what is none is told. */
#include "cli/commands.h"
#include "cli/message.h"

#include "capture.h"

#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int status;

/** Runs the program with up to two words; what it wrote to `descriptor`. */
static const char *run(int descriptor, const char *one, const char *two)
{
    char words[3][40] = {"nuncio", "", ""};
    char *argv[4] = {words[0], NULL, NULL, NULL};
    int argc = 1;
    const char *given[] = {one, two};
    for (size_t i = 0; i < 2 && given[i] != NULL; i++) {
        strcpy(words[i + 1], given[i]);
        argv[argc++] = words[i + 1];
    }
    capture_descriptor(descriptor);
    status = nn_program_run(argc, argv);
    return capture_release(descriptor);
}

static void help(void **state)
{
    (void)state;
    static const char *const words[] = {"help", "--help", "-h"};
    static const char *const commands[] = {"index",  "search", "show",     "stats",   "check",
                                           "delete", "export", "optimize", "annotate"};
    for (size_t i = 0; i < 3; i++) {
        const char *shown = run(STDOUT_FILENO, words[i], NULL);
        assert_int_equal(status, 0);
        for (size_t k = 0; k < sizeof commands / sizeof commands[0]; k++) {
            assert_non_null(strstr(shown, commands[k]));
        }
    }
    for (size_t k = 0; k < sizeof commands / sizeof commands[0]; k++) {
        char start[60] = "usage: nuncio ";
        strcat(start, commands[k]);
        const char *shown = run(STDOUT_FILENO, "help", commands[k]);
        assert_int_equal(status, 0);
        assert_memory_equal(shown, start, strlen(start));
        assert_non_null(strstr(shown, "exit status:"));
        assert_non_null(strstr(shown, "example"));
        assert_non_null(strstr(shown, "--help"));
    }
    assert_non_null(strstr(run(STDERR_FILENO, "help", "none"), "there is no command none"));
    assert_int_equal(status, NN_EXIT_ERROR);
}

static void version(void **state)
{
    (void)state;
    const char *shown = run(STDOUT_FILENO, "version", NULL);
    assert_int_equal(status, 0);
    assert_memory_equal(shown, "nuncio ", 7);
    assert_non_null(strstr(shown, nuncio_version()));
    assert_non_null(strstr(shown, "index format"));
}

static void mistakes(void **state)
{
    (void)state;
    assert_non_null(strstr(run(STDERR_FILENO, NULL, NULL), "which command?"));
    assert_int_equal(status, NN_EXIT_ERROR);
    assert_non_null(strstr(run(STDERR_FILENO, "serach", "x"), "there is no command serach"));
    assert_int_equal(status, NN_EXIT_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help),
        cmocka_unit_test(version),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests_name("cli/program", tests, NULL, NULL);
}
