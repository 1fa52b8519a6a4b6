/* SPDX-License-Identifier: Apache-2.0 */
/* What is written to an output, or to a standard descriptor, as a string. */
#ifndef UNIT_CLI_CAPTURE_H
#define UNIT_CLI_CAPTURE_H

#include "cli/output.h"

enum { CAPTURE_ROOM = 64 << 10 };

/** Begins to write to memory. */
void capture_begin(nn_output *output);
/** What was written; static, until the next call. */
const char *capture_end(nn_output *output);

/** From now on `descriptor` (1 or 2) goes to memory. */
void capture_descriptor(int descriptor);
/** Gives the descriptor back; what was written, static, until the next call. */
const char *capture_release(int descriptor);

#endif
