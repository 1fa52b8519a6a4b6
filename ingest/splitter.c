/* SPDX-License-Identifier: Apache-2.0 */
/* The buffer slides: what has been given out is dropped when more is read, and what is left moves
 * to the front. It grows only while one record does not fit, up to the limit of a record.
 *
 *   data  | given out |  begin … end: at hand  | free … capacity | padding |
 */
#include "ingest/splitter.h"

#include "core/error.h"

#include <string.h>

enum {
    CHUNK = 1 << 20, /* bytes of the first buffer, and read at a time at most */
    KEPT = 16 << 20, /* a larger buffer is not kept for the next file */
};

void nn_splitter_begin(nn_splitter *splitter, nn_memory *memory, nn_stream *stream,
                       nn_record_form form, size_t record_max, uint64_t gap_max)
{
    if (splitter->capacity > KEPT) {
        nn_splitter_deinit(splitter);
    }
    char *data = splitter->data;
    size_t capacity = splitter->capacity;
    memset(splitter, 0, sizeof *splitter);
    splitter->data = data;
    splitter->capacity = capacity;
    splitter->memory = memory;
    splitter->stream = stream;
    splitter->form = form;
    splitter->record_max = record_max;
    splitter->gap_max = gap_max;
    splitter->line = 1;
}

void nn_splitter_deinit(nn_splitter *splitter)
{
    if (splitter->data != NULL) {
        nn_release(splitter->memory, splitter->data, splitter->capacity + NN_RECORD_PADDING);
    }
    memset(splitter, 0, sizeof *splitter);
}

void nn_splitter_mark(nn_splitter *splitter)
{
    splitter->mark = splitter->offset;
}

/** Room for at least one more byte behind the bytes at hand. */
static bool make_room(nn_splitter *splitter)
{
    if (splitter->begin > 0) {
        memmove(splitter->data, splitter->data + splitter->begin, splitter->end - splitter->begin);
        splitter->end -= splitter->begin;
        splitter->begin = 0;
    }
    if (splitter->end < splitter->capacity) {
        return true;
    }
    size_t grown = splitter->capacity == 0 ? CHUNK : splitter->capacity * 2;
    size_t enough = splitter->record_max + CHUNK; /* a record longer than record_max is not kept */
    grown = grown > enough && enough > splitter->capacity ? enough : grown;
    size_t old = splitter->capacity == 0 ? 0 : splitter->capacity + NN_RECORD_PADDING;
    char *data = nn_resize(splitter->memory, splitter->data, old, grown + NN_RECORD_PADDING);
    if (data == NULL) {
        splitter->status = nn_error_memory(&splitter->error);
        return false;
    }
    splitter->data = data;
    splitter->capacity = grown;
    return true;
}

/** Drops a byte order mark. */
static void start(nn_splitter *splitter)
{
    splitter->started = true;
    if (splitter->end >= 3 && memcmp(splitter->data, "\xEF\xBB\xBF", 3) == 0) {
        splitter->begin = 3;
    }
}

static bool fill_once(nn_splitter *splitter)
{
    if (splitter->ended) {
        return false;
    }
    splitter->ended = true;
    if (splitter->offset - splitter->mark > splitter->gap_max) {
        splitter->gave_up = true;
        return false;
    }
    if (!make_room(splitter)) {
        return false;
    }
    size_t room = splitter->capacity - splitter->end, done = 0;
    splitter->status = nn_stream_read(splitter->stream, splitter->data + splitter->end,
                                      room < CHUNK ? room : CHUNK, &done, &splitter->error);
    if (splitter->status != NUNCIO_OK || done == 0) {
        return false;
    }
    splitter->ended = false;
    splitter->end += done;
    splitter->offset += done;
    memset(splitter->data + splitter->end, 0, NN_RECORD_PADDING);
    return true;
}

bool nn_splitter_fill(nn_splitter *splitter)
{
    bool filled = fill_once(splitter);
    if (!splitter->started) {
        while (filled && splitter->end < 3) {
            filled = fill_once(splitter);
        }
        filled = splitter->end > 0;
        start(splitter);
    }
    return filled;
}

static bool is_blank(const char *data, size_t size)
{
    size_t i = 0;
    while (i < size && nn_is_space(data[i])) {
        i++;
    }
    return i == size;
}

/** Gives out `size` bytes and passes over `behind` more. */
static nn_record_event give(nn_splitter *splitter, nn_record *out, size_t size, size_t behind)
{
    out->data = splitter->data + splitter->begin;
    out->size = size;
    splitter->begin += size + behind;
    return NN_RECORD_FOUND;
}

/** Passes over the rest of the line. */
static void drop_line(nn_splitter *splitter)
{
    for (;;) {
        size_t size;
        const char *from = nn_splitter_at_hand(splitter, &size);
        const char *feed = memchr(from, '\n', size);
        if (feed != NULL) {
            splitter->begin += (size_t)(feed - from) + 1;
            splitter->line++;
            return;
        }
        splitter->begin = splitter->end;
        if (!nn_splitter_fill(splitter)) {
            return;
        }
    }
}

static nn_record_event next_line(nn_splitter *splitter, nn_record *out)
{
    size_t scanned = 0;
    for (;;) {
        size_t size;
        const char *from = nn_splitter_at_hand(splitter, &size);
        const char *feed = memchr(from + scanned, '\n', size - scanned);
        size_t length = feed == NULL ? size : (size_t)(feed - from);
        out->line = splitter->line;
        if (length > splitter->record_max) {
            drop_line(splitter);
            return NN_RECORD_TOO_LONG;
        }
        if (feed != NULL) {
            splitter->line++;
            if (!is_blank(from, length)) {
                return give(splitter, out, length, 1);
            }
            splitter->begin += length + 1;
            scanned = 0;
            continue;
        }
        scanned = size;
        if (!nn_splitter_fill(splitter)) {
            bool cut = splitter->status != NUNCIO_OK || splitter->gave_up;
            from = nn_splitter_at_hand(splitter, &size);
            if (cut || is_blank(from, size)) {
                return NN_RECORD_END;
            }
            return give(splitter, out, size, 0);
        }
    }
}

static nn_record_event next_whole(nn_splitter *splitter, nn_record *out)
{
    out->line = 1;
    while (splitter->end - splitter->begin <= splitter->record_max) {
        if (!nn_splitter_fill(splitter)) {
            size_t size = splitter->end - splitter->begin;
            return splitter->status != NUNCIO_OK || size == 0 ? NN_RECORD_END
                                                              : give(splitter, out, size, 0);
        }
    }
    splitter->begin = splitter->end; /* the rest is not read */
    splitter->ended = true;
    return NN_RECORD_TOO_LONG;
}

nuncio_status nn_splitter_next(nn_splitter *splitter, nn_record *out, nuncio_error *error)
{
    memset(out, 0, sizeof *out);
    switch (nn_splitter_form(splitter)) {
    case NN_RECORDS_LINES:
        out->event = next_line(splitter, out);
        break;
    case NN_RECORDS_VALUES:
        out->event = nn_splitter_next_value(splitter, out);
        break;
    case NN_RECORDS_WHOLE:
    case NN_RECORDS_UNKNOWN:
        out->event = next_whole(splitter, out);
        break;
    }
    if (out->event != NN_RECORD_END) {
        return NUNCIO_OK;
    }
    *out = (nn_record){.event = NN_RECORD_END};
    splitter->begin = splitter->end;
    splitter->values = NN_VALUES_TOP; /* nothing follows, an array that is open included */
    if (splitter->gave_up) {
        out->event = NN_RECORD_GAVE_UP;
        splitter->gave_up = false;
    } else if (splitter->status != NUNCIO_OK) {
        nuncio_status status = splitter->status;
        splitter->status = NUNCIO_OK;
        if (error != NULL) {
            *error = splitter->error;
        }
        return status;
    }
    return NUNCIO_OK;
}
