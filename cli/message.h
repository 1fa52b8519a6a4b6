/* SPDX-License-Identifier: Apache-2.0 */
/* What the program tells people: one line each on the standard error. */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include <nuncio/error.h>

/** Exit statuses, the same for every command. */
enum {
    NN_EXIT_DONE = 0,    /* found, done */
    NN_EXIT_NOTHING = 1, /* nothing found */
    NN_EXIT_ERROR = 2,
    NN_EXIT_INDEX = 3, /* the index cannot be read, or is of another version */
    NN_EXIT_LOCKED = 4 /* another writer has the index open */
};

/** Prints "nuncio: ", the message and a line feed. Control characters of names and ids in it are
 * replaced, so that no file can drive the terminal. */
void nn_message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Prints a failure of the library, with what can be done about it.
 * @return the exit status that stands for it */
int nn_message_failure(const nuncio_error *error);

/** The exit status that stands for a status of the library. */
int nn_exit_status(nuncio_status status);

#endif
