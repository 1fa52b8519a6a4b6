/* SPDX-License-Identifier: Apache-2.0 */
#define NN_ERROR_DEFINES
#include "core/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/** Ends `text` before a character that the end of its room has cut in two. */
static void drop_cut_character(char *text, size_t size)
{
    size_t tail = 0;
    while (tail < 3 && tail < size && ((uint8_t)text[size - 1 - tail] & 0xC0) == 0x80) {
        tail++;
    }
    if (tail == size) {
        return;
    }
    uint8_t lead = (uint8_t)text[size - 1 - tail];
    size_t needed = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (tail < needed) {
        text[size - 1 - tail] = '\0';
    }
}

static void copy_path(char *to, size_t room, const char *path)
{
    size_t size = strlen(path);
    bool cut = size >= room;
    if (cut) {
        size = room - 1;
    }
    memcpy(to, path, size);
    to[size] = '\0';
    if (cut) {
        drop_cut_character(to, size);
    }
}

static void fill(nuncio_error *error, nuncio_status status, const char *file, uint64_t offset,
                 const char *format, va_list arguments) __attribute__((format(printf, 5, 0)));

static void fill(nuncio_error *error, nuncio_status status, const char *file, uint64_t offset,
                 const char *format, va_list arguments)
{
    error->status = status;
    error->offset = offset;
    copy_path(error->file, sizeof error->file, file == NULL ? "" : file);
    int length = vsnprintf(error->message, sizeof error->message, format, arguments);
    if (length < 0) {
        error->message[0] = '\0';
    } else if ((size_t)length >= sizeof error->message) {
        drop_cut_character(error->message, sizeof error->message - 1);
    }
}

nuncio_status nn_error_set(nuncio_error *error, nuncio_status status, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, NULL, 0, format, arguments);
        va_end(arguments);
    }
    return status;
}

nuncio_status nn_error_file(nuncio_error *error, nuncio_status status, const char *file,
                            uint64_t offset, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, file, offset, format, arguments);
        va_end(arguments);
    }
    return status;
}

nuncio_status nn_error_memory(nuncio_error *error)
{
    return nn_error_set(error, NUNCIO_ERR_MEMORY,
                        "out of memory: the allocator refused or the budget is used up");
}

static nuncio_status status_of_errno(int code)
{
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return NUNCIO_ERR_SPACE;
    case ENOMEM:
        return NUNCIO_ERR_MEMORY;
    default:
        return NUNCIO_ERR_IO;
    }
}

nuncio_status nn_error_errno(nuncio_error *error, int code, const char *action, const char *path)
{
    char room[128];
    const char *reason = strerror_r(code, room, sizeof room); /* GNU's: gives the text */
    return nn_error_file(error, status_of_errno(code), path, 0, "cannot %s: %s", action, reason);
}

const char *nuncio_status_name(nuncio_status status)
{
    switch (status) {
    case NUNCIO_OK:
        return "ok";
    case NUNCIO_ERR_ARGUMENT:
        return "argument";
    case NUNCIO_ERR_STATE:
        return "state";
    case NUNCIO_ERR_QUERY:
        return "query";
    case NUNCIO_ERR_LIMIT:
        return "limit";
    case NUNCIO_ERR_GENERATION:
        return "generation";
    case NUNCIO_ERR_CANCELLED:
        return "cancelled";
    case NUNCIO_ERR_NOT_FOUND:
        return "not_found";
    case NUNCIO_ERR_INPUT:
        return "input";
    case NUNCIO_ERR_CORRUPT:
        return "corrupt";
    case NUNCIO_ERR_VERSION:
        return "version";
    case NUNCIO_ERR_NOT_INDEX:
        return "not_index";
    case NUNCIO_ERR_ANALYSIS:
        return "analysis";
    case NUNCIO_ERR_MODEL:
        return "model";
    case NUNCIO_ERR_OVERRIDES:
        return "overrides";
    case NUNCIO_ERR_IO:
        return "io";
    case NUNCIO_ERR_MEMORY:
        return "memory";
    case NUNCIO_ERR_LOCKED:
        return "locked";
    case NUNCIO_ERR_DEADLINE:
        return "deadline";
    case NUNCIO_ERR_SPACE:
        return "space";
    }
    return "unknown";
}
