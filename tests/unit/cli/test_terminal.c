/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: colour and width follow the option, the environment and the kind of output. */
#include "cli/terminal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** One end of a pseudo-terminal of so many columns; the other end is left open. */
static int open_terminal(unsigned short columns)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(master >= 0);
    assert_int_equal(grantpt(master), 0);
    assert_int_equal(unlockpt(master), 0);
    int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(terminal >= 0);
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    assert_int_equal(ioctl(terminal, TIOCSWINSZ, &size), 0);
    return terminal;
}

static void on_a_terminal(void **state)
{
    (void)state;
    int terminal = open_terminal(90);
    (void)unsetenv("NO_COLOR");
    (void)setenv("TERM", "xterm", 1);
    assert_true(nn_terminal_of(terminal, NN_COLOR_AUTO).color);
    assert_false(nn_terminal_of(terminal, NN_COLOR_NEVER).color);
    assert_true(nn_terminal_can_redraw(terminal));
    assert_int_equal(nn_terminal_of(terminal, NN_COLOR_AUTO).width, 90);
    (void)setenv("NO_COLOR", "1", 1);
    assert_false(nn_terminal_of(terminal, NN_COLOR_AUTO).color);
    assert_true(nn_terminal_of(terminal, NN_COLOR_ALWAYS).color); /* the option is the later word */
    (void)setenv("NO_COLOR", "", 1);
    assert_true(nn_terminal_of(terminal, NN_COLOR_AUTO).color);
    (void)setenv("TERM", "dumb", 1);
    assert_false(nn_terminal_of(terminal, NN_COLOR_AUTO).color);
    assert_false(nn_terminal_can_redraw(terminal));
    (void)unsetenv("TERM");
    assert_false(nn_terminal_of(terminal, NN_COLOR_AUTO).color);
    (void)close(terminal);
}

static void widths(void **state)
{
    (void)state;
    int narrow = open_terminal(20), wide = open_terminal(240);
    assert_int_equal(nn_terminal_of(narrow, NN_COLOR_AUTO).width, 40);
    assert_int_equal(nn_terminal_of(wide, NN_COLOR_AUTO).width, 100);
    (void)close(narrow);
    (void)close(wide);
    int file = open("/dev/null", O_WRONLY);
    (void)unsetenv("COLUMNS");
    assert_int_equal(nn_terminal_of(file, NN_COLOR_AUTO).width, 80);
    (void)setenv("COLUMNS", "72", 1);
    assert_int_equal(nn_terminal_of(file, NN_COLOR_AUTO).width, 72);
    (void)setenv("COLUMNS", "-3", 1);
    assert_int_equal(nn_terminal_of(file, NN_COLOR_AUTO).width, 80);
    assert_false(nn_terminal_of(file, NN_COLOR_AUTO).color);
    (void)close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_a_terminal),
        cmocka_unit_test(widths),
    };
    return cmocka_run_group_tests_name("cli/terminal", tests, NULL, NULL);
}
