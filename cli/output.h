/* SPDX-License-Identifier: Apache-2.0 */
/* What the program writes: buffered, and no failure goes unnoticed. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <nuncio/common.h>

typedef struct nn_output {
    const char *name; /* for the message of a failure */
    int descriptor;
    int error; /* errno value of the first failed write, after which nothing more is written */
    size_t used;
    char buffer[64 << 10];
} nn_output;

/** Begins to write to `descriptor`; `name` is borrowed. */
void nn_output_init(nn_output *output, int descriptor, const char *name);
/** The same for the standard output. */
void nn_output_init_standard(nn_output *output);
void nn_output_bytes(nn_output *output, const char *bytes, size_t size);
void nn_output_str(nn_output *output, nuncio_str text);
void nn_output_text(nn_output *output, const char *text); /* NUL-terminated */
/** Text for people, line by line as it is, with U+FFFD for all other controls. */
void nn_output_clean(nn_output *output, nuncio_str text);
void nn_output_format(nn_output *output, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* at most 500 bytes */
/** True while writing is of use: false after a failure, or when nobody reads any more. */
bool nn_output_is_open(const nn_output *output);

/** Writes what is buffered. @return `status`; 0 when the reader went away (as `head` does); 2 with
 * a message when writing failed */
int nn_output_finish(nn_output *output, int status);

#endif
