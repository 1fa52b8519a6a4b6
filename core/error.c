/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static nuncio_status fill(nuncio_error *error, nuncio_status status, const char *file,
                          uint64_t offset, const char *format, va_list arguments)
{
    if (error != NULL) {
        memset(error, 0, sizeof *error);
        error->status = status;
        error->offset = offset;
        (void)snprintf(error->file, sizeof error->file, "%s", file);
        (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    }
    return status;
}

nuncio_status nn_error_set(nuncio_error *error, nuncio_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fill(error, status, "", 0, format, arguments);
    va_end(arguments);
    return status;
}

nuncio_status nn_error_file(nuncio_error *error, nuncio_status status, const char *file,
                            uint64_t offset, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)fill(error, status, file, offset, format, arguments);
    va_end(arguments);
    return status;
}

nuncio_status nn_error_memory(nuncio_error *error)
{
    return nn_error_set(error, NUNCIO_ERR_MEMORY,
                        "out of memory: the allocator refused, or the budget is used up");
}

nuncio_status nn_error_errno(nuncio_error *error, int code, const char *action, const char *path)
{
    nuncio_status status = NUNCIO_ERR_IO;
    if (code == ENOSPC || code == EDQUOT) {
        status = NUNCIO_ERR_SPACE;
    } else if (code == ENOMEM) {
        status = NUNCIO_ERR_MEMORY;
    }
    char buffer[128];
    const char *reason = strerror_r(code, buffer, sizeof buffer);
    return nn_error_file(error, status, path, 0, "cannot %s %s: %s", action, path, reason);
}

const char *nuncio_status_name(nuncio_status status)
{
    static const struct {
        nuncio_status status;
        const char *name;
    } names[] = {
        {NUNCIO_OK, "ok"},
        {NUNCIO_ERR_ARGUMENT, "argument"},
        {NUNCIO_ERR_STATE, "state"},
        {NUNCIO_ERR_QUERY, "query"},
        {NUNCIO_ERR_LIMIT, "limit"},
        {NUNCIO_ERR_GENERATION, "generation"},
        {NUNCIO_ERR_CANCELLED, "cancelled"},
        {NUNCIO_ERR_NOT_FOUND, "not found"},
        {NUNCIO_ERR_INPUT, "input"},
        {NUNCIO_ERR_CORRUPT, "corrupt"},
        {NUNCIO_ERR_VERSION, "version"},
        {NUNCIO_ERR_NOT_INDEX, "not an index"},
        {NUNCIO_ERR_ANALYSIS, "analysis"},
        {NUNCIO_ERR_MODEL, "model"},
        {NUNCIO_ERR_IO, "input/output"},
        {NUNCIO_ERR_MEMORY, "memory"},
        {NUNCIO_ERR_LOCKED, "locked"},
        {NUNCIO_ERR_DEADLINE, "deadline"},
        {NUNCIO_ERR_SPACE, "space"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].status == status) {
            return names[i].name;
        }
    }
    return "unknown";
}
