/* SPDX-License-Identifier: Apache-2.0 */
/* The commands, a file each. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/options.h"

extern const nn_command nn_command_index;
extern const nn_command nn_command_search;
extern const nn_command nn_command_quotes;
extern const nn_command nn_command_entities;
extern const nn_command nn_command_facets;
extern const nn_command nn_command_show;
extern const nn_command nn_command_annotate;
extern const nn_command nn_command_export;
extern const nn_command nn_command_delete;
extern const nn_command nn_command_optimize;
extern const nn_command nn_command_check;
extern const nn_command nn_command_stats;

/** The program: finds the command and runs it. @return the exit status */
int nn_program_run(int argc, char **argv);

#endif
