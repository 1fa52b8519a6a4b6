/* SPDX-License-Identifier: Apache-2.0 */
/* What the standard output can show. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <nuncio/common.h>

/** --color; the order is that of its words in the options. */
typedef enum nn_color { NN_COLOR_AUTO, NN_COLOR_ALWAYS, NN_COLOR_NEVER } nn_color;

typedef struct nn_terminal {
    bool color;
    size_t width; /* columns to fill, 40 … 100 */
} nn_terminal;

/**
 * AUTO means colour when `descriptor` is a terminal, NO_COLOR is unset or empty and TERM is not
 * "dumb". The width is the terminal's, else $COLUMNS, else 80; never more than 100, which is as
 * long as a line can be and still be read.
 */
nn_terminal nn_terminal_of(int descriptor, nn_color color);

/** True when `descriptor` is a terminal on which a line can be drawn again. */
bool nn_terminal_can_redraw(int descriptor);

#endif
