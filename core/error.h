/* SPDX-License-Identifier: Apache-2.0 */
/* Filling and forwarding nuncio_error. */
#ifndef CORE_ERROR_H
#define CORE_ERROR_H

#include <nuncio/error.h>

/** Fills `error` (may be NULL) and returns `status`; printf-like message, cut when too long. */
nuncio_status nn_error_set(nuncio_error *error, nuncio_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The same for a file: `file` and `offset` say where. */
nuncio_status nn_error_file(nuncio_error *error, nuncio_status status, const char *file,
                            uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/** Out of memory, without needing any. */
nuncio_status nn_error_memory(nuncio_error *error);

/** An errno value as status (ENOSPC and EDQUOT: SPACE, ENOMEM: MEMORY, else IO), with path and
 * reason. */
nuncio_status nn_error_errno(nuncio_error *error, int code, const char *action, const char *path);

/** Forwards a failure without masking it. */
#define NN_TRY(expression)                                                                         \
    do {                                                                                           \
        nuncio_status nn_try_status_ = (expression);                                               \
        if (nn_try_status_ != NUNCIO_OK) {                                                         \
            return nn_try_status_;                                                                 \
        }                                                                                          \
    } while (0)

/** The same where resources must be released: sets `status` and jumps to `cleanup`. */
#define NN_TRY_CLEANUP(expression)                                                                 \
    do {                                                                                           \
        status = (expression);                                                                     \
        if (status != NUNCIO_OK) {                                                                 \
            goto cleanup;                                                                          \
        }                                                                                          \
    } while (0)

#endif
