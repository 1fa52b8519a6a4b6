/* SPDX-License-Identifier: Apache-2.0 */
/* How far a long command is: a bar drawn again and again on a terminal, a line every few seconds
 * elsewhere. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <nuncio/common.h>

typedef struct nn_progress {
    bool silent;
    bool redraws;          /* the standard error is a terminal */
    bool drawn;            /* a bar stands on the current line */
    uint64_t bytes_total;  /* of the files; 0: unknown */
    double started, shown; /* seconds */
} nn_progress;

nn_progress nn_progress_start(bool silent, uint64_t bytes_total);

/** Tells where the work is; shows it when it is time to.
 * @param[in] bytes_read of the files, for what is left
 * @param[in] text_bytes of the articles, for the rate */
void nn_progress_update(nn_progress *progress, uint64_t articles, uint64_t bytes_read,
                        uint64_t text_bytes);

/** Takes the bar away, so that something else can be printed; the next update draws it again. */
void nn_progress_clear(nn_progress *progress);

double nn_progress_seconds(const nn_progress *progress);

#endif
