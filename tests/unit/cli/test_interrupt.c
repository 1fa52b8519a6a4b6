/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the first signal is noted, the second one ends the program; an ignored one stays ignored.
 */
#include "cli/interrupt.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** Runs `body` in a process of its own; its wait status. */
static int in_child(void (*body)(void))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        body();
        _exit(7);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void one_signal(void)
{
    nn_interrupt_catch();
    bool before = nn_interrupt_stop(NULL);
    (void)raise(SIGTERM);
    _exit(!before && nn_interrupt_stop(NULL) && nn_interrupt_signal() == SIGTERM ? 0 : 1);
}

static void two_signals(void)
{
    nn_interrupt_catch();
    (void)raise(SIGINT);
    (void)raise(SIGINT);
}

static void ignored_signal(void)
{
    (void)signal(SIGHUP, SIG_IGN);
    nn_interrupt_catch();
    (void)raise(SIGHUP);
    _exit(nn_interrupt_signal() == 0 ? 0 : 1);
}

static void signals(void **state)
{
    (void)state;
    int status = in_child(one_signal);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    status = in_child(two_signals);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGINT);
    status = in_child(ignored_signal);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals),
    };
    return cmocka_run_group_tests_name("cli/interrupt", tests, NULL, NULL);
}
