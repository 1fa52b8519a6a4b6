/* SPDX-License-Identifier: Apache-2.0 */
/* Ctrl-C and friends during long commands: the work is brought to a good end first. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <nuncio/common.h>

/** From now on the first SIGINT, SIGTERM or SIGHUP is only noted; a second one ends the program. */
void nn_interrupt_catch(void);
/** The signal noted, or 0. */
int nn_interrupt_signal(void);
/** The same as an answer to "stop?"; `context` is not used. */
bool nn_interrupt_stop(void *context);

#endif
