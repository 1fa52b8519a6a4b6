/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/output.h"

#include "cli/characters.h"
#include "cli/message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void nn_output_init(nn_output *output, int descriptor, const char *name)
{
    output->name = name;
    output->descriptor = descriptor;
    output->error = 0;
    output->used = 0;
}

void nn_output_init_standard(nn_output *output)
{
    nn_output_init(output, STDOUT_FILENO, "the standard output");
}

static void flush(nn_output *output)
{
    size_t done = 0;
    while (output->error == 0 && done < output->used) {
        ssize_t count = write(output->descriptor, output->buffer + done, output->used - done);
        if (count > 0) {
            done += (size_t)count;
        } else if (count < 0 && errno != EINTR) {
            output->error = errno;
        }
    }
    output->used = 0;
}

void nn_output_bytes(nn_output *output, const char *bytes, size_t size)
{
    while (size > 0 && output->error == 0) {
        if (output->used == sizeof output->buffer) {
            flush(output);
        }
        size_t room = sizeof output->buffer - output->used;
        size_t part = size < room ? size : room;
        memcpy(output->buffer + output->used, bytes, part);
        output->used += part;
        bytes += part;
        size -= part;
    }
}

void nn_output_str(nn_output *output, nuncio_str text)
{
    nn_output_bytes(output, text.data, text.size);
}

void nn_output_text(nn_output *output, const char *text)
{
    nn_output_bytes(output, text, strlen(text));
}

void nn_output_clean(nn_output *output, nuncio_str text)
{
    for (size_t at = 0; at < text.size;) {
        nn_character found = nn_character_at(text, at);
        bool bad = (found.control && found.code != '\n') || found.code == 0xFFFD;
        nn_output_bytes(output, bad ? "\xEF\xBF\xBD" : text.data + at, bad ? 3 : found.bytes);
        at += found.bytes;
    }
}

void nn_output_format(nn_output *output, const char *format, ...)
{
    char room[500];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(room, sizeof room, format, arguments);
    va_end(arguments);
    if (size > 0) {
        nn_output_bytes(output, room, (size_t)size < sizeof room ? (size_t)size : sizeof room - 1);
    }
}

bool nn_output_is_open(const nn_output *output)
{
    return output->error == 0;
}

int nn_output_finish(nn_output *output, int status)
{
    flush(output);
    if (output->error == 0) {
        return status;
    }
    if (output->error == EPIPE) {
        return NN_EXIT_DONE;
    }
    nn_message("cannot write to %s: %s", output->name, strerror(output->error));
    return NN_EXIT_ERROR;
}
