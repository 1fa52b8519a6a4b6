/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_LEAST = 40, WIDTH_MOST = 100, WIDTH_OTHERWISE = 80 };

static bool is_dumb(void)
{
    const char *term = getenv("TERM");
    return term == NULL || term[0] == '\0' || strcmp(term, "dumb") == 0;
}

static size_t width_of(int descriptor)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    size_t width = WIDTH_OTHERWISE;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        width = size.ws_col;
    } else if (columns != NULL && atoi(columns) > 0) {
        width = (size_t)atoi(columns);
    }
    return width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
}

nn_terminal nn_terminal_of(int descriptor, nn_color color)
{
    const char *no_color = getenv("NO_COLOR");
    bool wanted = (no_color == NULL || no_color[0] == '\0') && !is_dumb() && isatty(descriptor);
    nn_terminal terminal = {color == NN_COLOR_ALWAYS || (color == NN_COLOR_AUTO && wanted),
                            width_of(descriptor)};
    return terminal;
}

bool nn_terminal_can_redraw(int descriptor)
{
    return isatty(descriptor) && !is_dumb();
}
