/* SPDX-License-Identifier: Apache-2.0 */
/* What was wrong with the input: the first few told at once, all of them counted and reported. */
#ifndef CLI_PROBLEMS_H
#define CLI_PROBLEMS_H

#include "cli/output.h"
#include "cli/progress.h"
#include "ingest/ingest.h"

typedef struct nn_problems {
    nn_output *report; /* JSON Lines; NULL: none */
    bool quiet;        /* tell only of what was lost */
    uint64_t told, untold;
    uint64_t kept, articles_lost, files_lost; /* by effect */
} nn_problems;

/** Begins; makes the report where one is asked for. @return -1, or the exit status of a failure */
int nn_problems_begin(nn_problems *problems, const char *report_path, bool quiet);
/** Notes one. `progress` is cleared before something is printed; may be NULL. */
void nn_problems_note(nn_problems *problems, const nn_problem *problem, nn_progress *progress);
/** Tells how many were not told, closes the report. @return `status`, or that of a failure */
int nn_problems_end(nn_problems *problems, int status);

uint64_t nn_problems_count(const nn_problems *problems);
/** The exit status of a run: 2 when a file or every article was lost, 1 when there was nothing. */
int nn_problems_status(const nn_problems *problems, uint64_t articles_taken);

#endif
