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

#if defined __clang_analyzer__ && !defined NN_ERROR_DEFINES
/* The analyzer does not see into these; it has to know that what they return is a failure, or it
 * follows callers into values that a failed function never set. */
#define nn_error_set(error, status, ...) (nn_error_set(error, status, __VA_ARGS__), (status))
#define nn_error_file(error, status, file, offset, ...)                                            \
    (nn_error_file(error, status, file, offset, __VA_ARGS__), (status))
#define nn_error_memory(error) (nn_error_memory(error), NUNCIO_ERR_MEMORY)
#define nn_error_errno(...) (nn_error_errno(__VA_ARGS__), NUNCIO_ERR_IO)
#endif

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
