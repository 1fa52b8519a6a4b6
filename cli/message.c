/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/message.h"

#include "cli/characters.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/** Writes a line at once, so that lines of several processes do not mix. A standard error that
 * cannot be written to cannot be told of either. */
static void write_line(const char *line, size_t size)
{
    while (size > 0) {
        ssize_t count = write(STDERR_FILENO, line, size);
        if (count <= 0) {
            return;
        }
        line += count;
        size -= (size_t)count;
    }
}

void nn_message(const char *format, ...)
{
    char raw[1600];
    char line[sizeof raw * 3 + 16] = "nuncio: "; /* a byte becomes at most three */
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(raw, sizeof raw, format, arguments);
    va_end(arguments);
    if (size < 0) {
        return;
    }
    nuncio_str text = {raw, strlen(raw)};
    size_t length = strlen(line);
    length += nn_text_clean(text, line + length);
    line[length++] = '\n';
    write_line(line, length);
}

static const char *advice(const nuncio_error *error)
{
    static const char name[] = "/manifest"; /* of a file that is there */
    size_t size = strlen(error->file), end = sizeof name - 1;
    switch ((int)error->status) {
    case NUNCIO_ERR_NOT_INDEX:
        return size > end && strcmp(error->file + size - end, name) == 0
                   ? ": restore it; -i DIR names another index"
                   : "; `nuncio index PATH...` makes one, -i DIR names another";
    case NUNCIO_ERR_LOCKED:
        return "; try again when it has finished";
    case NUNCIO_ERR_GENERATION:
        return "; search again without --after";
    case NUNCIO_ERR_CORRUPT:
        return "; `nuncio check` looks at all of it";
    case NUNCIO_ERR_SPACE:
        return "; make room and run it again, what was committed before is safe";
    default:
        return "";
    }
}

int nn_message_failure(const nuncio_error *error)
{
    bool named = error->file[0] == '\0' || strstr(error->message, error->file) != NULL;
    nn_message("%s%s%s%s", named ? "" : error->file, named ? "" : ": ", error->message,
               advice(error));
    return nn_exit_status(error->status);
}

int nn_exit_status(nuncio_status status)
{
    switch ((int)status) {
    case NUNCIO_OK:
        return NN_EXIT_DONE;
    case NUNCIO_ERR_NOT_FOUND:
        return NN_EXIT_NOTHING;
    case NUNCIO_ERR_CORRUPT:
    case NUNCIO_ERR_VERSION:
    case NUNCIO_ERR_NOT_INDEX:
    case NUNCIO_ERR_ANALYSIS:
        return NN_EXIT_INDEX;
    case NUNCIO_ERR_LOCKED:
        return NN_EXIT_LOCKED;
    default:
        return NN_EXIT_ERROR;
    }
}
