/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts a stream into records: lines, JSON values, or the whole; never more than one in memory. */
#ifndef INGEST_SPLITTER_H
#define INGEST_SPLITTER_H

#include "ingest/stream.h"

enum { NN_RECORD_PADDING = 64 /* readable bytes behind each record, as simdjson asks for */ };

/** How a file is cut. */
typedef enum nn_record_form {
    NN_RECORDS_UNKNOWN, /* to be told from the first bytes */
    NN_RECORDS_LINES,   /* at line feeds; blank lines are passed over */
    NN_RECORDS_VALUES,  /* JSON values one after another; an array at the top is opened */
    NN_RECORDS_WHOLE    /* everything is one record */
} nn_record_form;

typedef enum nn_record_event {
    NN_RECORD_FOUND,
    NN_RECORD_TOO_LONG, /* passed over; only its line is known */
    NN_RECORD_BROKEN,   /* VALUES: what comes cannot be cut; `data` says why; nothing follows */
    NN_RECORD_GAVE_UP,  /* gap_max was reached; nothing follows */
    NN_RECORD_END
} nn_record_event;

typedef struct nn_record {
    nn_record_event event;
    const char *data; /* lives until the next call; NN_RECORD_PADDING bytes behind are readable */
    size_t size;
    uint64_t line; /* where it begins, from 1 */
} nn_record;

/* Where VALUES stands between two values. */
typedef enum nn_values_state {
    NN_VALUES_TOP,         /* not within an array */
    NN_VALUES_ARRAY_START, /* behind its "[" */
    NN_VALUES_AFTER_VALUE, /* within it; "," or "]" comes next */
    NN_VALUES_AFTER_COMMA  /* within it; a value comes next */
} nn_values_state;

typedef struct nn_splitter {
    nn_memory *memory;
    nn_stream *stream; /* borrowed */
    nn_record_form form;
    size_t record_max; /* bytes of a record */
    uint64_t gap_max;  /* bytes that may be read after `mark` */
    char *data;        /* room for `capacity` bytes and the padding */
    size_t capacity;
    size_t begin, end; /* bytes not yet given out */
    uint64_t line;     /* of data[begin] */
    uint64_t offset;   /* bytes read from the stream */
    uint64_t mark;     /* offset at the last record that was good for something */
    nn_values_state values;
    bool started, ended, gave_up;
    nuncio_status status; /* why the stream ended, when it failed */
    nuncio_error error;
} nn_splitter;

/** Starts on `stream`. Room that an earlier run left in `splitter` is used again: zero it before
 * the first. */
void nn_splitter_begin(nn_splitter *splitter, nn_memory *memory, nn_stream *stream,
                       nn_record_form form, size_t record_max, uint64_t gap_max);
void nn_splitter_deinit(nn_splitter *splitter);

/**
 * The next record. When the stream fails, the records before the failure come first; a record that
 * it cut in two does not come.
 *
 * @return what the stream returned, or NUNCIO_ERR_MEMORY
 */
NUNCIO_NODISCARD nuncio_status nn_splitter_next(nn_splitter *splitter, nn_record *out,
                                                nuncio_error *error);

/** The record just given was good: the count towards gap_max starts anew. */
void nn_splitter_mark(nn_splitter *splitter);

/** The form of the file, told from its first bytes where it was UNKNOWN or VALUES. A failure of the
 * stream is left to nn_splitter_next. */
nn_record_form nn_splitter_form(nn_splitter *splitter);

/** White space of JSON. */
static inline bool nn_is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/** The bytes at hand; never NULL. For the parts of the splitter, as what follows. */
static inline const char *nn_splitter_at_hand(const nn_splitter *splitter, size_t *size)
{
    *size = splitter->end - splitter->begin;
    return *size == 0 ? "" : splitter->data + splitter->begin;
}

/** Reads more behind the bytes at hand; false at the end of the stream, after a failure (in
 * `status`), or when gap_max was reached (`gave_up`). */
bool nn_splitter_fill(nn_splitter *splitter);
/** The next of VALUES. */
nn_record_event nn_splitter_next_value(nn_splitter *splitter, nn_record *out);

#endif
