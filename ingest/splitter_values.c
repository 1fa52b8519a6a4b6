/* SPDX-License-Identifier: Apache-2.0 */
/* JSON values one after another, cut by counting brackets outside of strings; whether what is
 * between them is JSON is for the parser to say. */
#include "ingest/splitter.h"

#include <string.h>

/* A value being passed over. */
typedef struct scan {
    size_t at; /* bytes of it seen */
    uint64_t depth;
    bool in_string, escaped;
} scan;

typedef enum verdict { GOES_ON, ENDS_BEHIND, ENDS_BEFORE } verdict;

/** What one byte does to the value: it may end with it or (numbers, words) before it. */
static verdict step(scan *value, char byte)
{
    if (value->in_string) {
        if (value->escaped) {
            value->escaped = false;
        } else if (byte == '\\') {
            value->escaped = true;
        } else if (byte == '"') {
            value->in_string = false;
            return value->depth == 0 ? ENDS_BEHIND : GOES_ON;
        }
        return GOES_ON;
    }
    switch (byte) {
    case '"':
        value->in_string = true;
        return GOES_ON;
    case '{':
    case '[':
        value->depth++;
        return GOES_ON;
    case '}':
    case ']':
        if (value->depth == 0) {
            return ENDS_BEFORE;
        }
        value->depth--;
        return value->depth == 0 ? ENDS_BEHIND : GOES_ON;
    case ',':
    case ' ':
    case '\t':
    case '\r':
    case '\n':
        return value->depth == 0 ? ENDS_BEFORE : GOES_ON;
    default:
        return GOES_ON;
    }
}

/** The next byte that is not white space, or -1 at the end. */
static int peek(nn_splitter *splitter)
{
    for (;;) {
        while (splitter->begin < splitter->end) {
            char byte = splitter->data[splitter->begin];
            if (!nn_is_space(byte)) {
                return (uint8_t)byte;
            }
            splitter->line += byte == '\n';
            splitter->begin++;
        }
        if (!nn_splitter_fill(splitter)) {
            return -1;
        }
    }
}

/** Cuts the value that begins at data[begin]. One that is too long is dropped as it is read. */
static nn_record_event cut_value(nn_splitter *splitter, nn_record *out)
{
    scan value = {0};
    bool too_long = false;
    verdict now = GOES_ON;
    out->line = splitter->line;
    while (now == GOES_ON) {
        if (splitter->begin + value.at == splitter->end && !nn_splitter_fill(splitter)) {
            if (splitter->status != NUNCIO_OK || splitter->gave_up) {
                return NN_RECORD_END;
            }
            break; /* the parser will say what is missing */
        }
        size_t size;
        const char *from = nn_splitter_at_hand(splitter, &size);
        while (value.at < size) {
            now = step(&value, from[value.at]);
            if (now == ENDS_BEFORE) {
                break;
            }
            splitter->line += from[value.at] == '\n';
            value.at++;
            if (now == ENDS_BEHIND) {
                break;
            }
        }
        if (value.at > splitter->record_max) {
            too_long = true;
            splitter->begin += value.at;
            value.at = 0;
        }
    }
    out->data = splitter->data + splitter->begin;
    out->size = value.at;
    splitter->begin += value.at;
    return too_long ? NN_RECORD_TOO_LONG : NN_RECORD_FOUND;
}

static nn_record_event broken(nn_splitter *splitter, nn_record *out, const char *why)
{
    splitter->begin = splitter->end;
    splitter->ended = true;
    splitter->values = NN_VALUES_TOP;
    out->line = splitter->line;
    out->data = why;
    out->size = strlen(why);
    return NN_RECORD_BROKEN;
}

nn_record_event nn_splitter_next_value(nn_splitter *splitter, nn_record *out)
{
    for (;;) {
        int byte = peek(splitter);
        if (byte < 0) {
            bool whole = splitter->values == NN_VALUES_TOP || splitter->gave_up ||
                         splitter->status != NUNCIO_OK;
            if (whole) {
                return NN_RECORD_END;
            }
            return broken(splitter, out, "the array is not closed");
        }
        bool in_array = splitter->values != NN_VALUES_TOP;
        if (in_array && byte == ']' && splitter->values != NN_VALUES_AFTER_COMMA) {
            splitter->values = NN_VALUES_TOP;
        } else if (splitter->values == NN_VALUES_AFTER_VALUE) {
            if (byte != ',') {
                return broken(splitter, out, "a comma is missing between two values");
            }
            splitter->values = NN_VALUES_AFTER_COMMA;
        } else if (!in_array && byte == '[') {
            splitter->values = NN_VALUES_ARRAY_START;
        } else if (byte == ']' || byte == '}' || byte == ',' || byte == ':') {
            return broken(splitter, out, "a bracket, comma or colon where a value should be");
        } else {
            if (in_array) {
                splitter->values = NN_VALUES_AFTER_VALUE;
            }
            return cut_value(splitter, out);
        }
        splitter->begin++;
    }
}

/** True when the first line of `text` holds whole JSON values, or a string that the line's end
 * cuts: the mark of JSON Lines. False for an object laid out over several lines. */
static bool first_line_is_whole(const char *text, size_t size)
{
    scan value = {0};
    for (size_t i = 0; i < size && text[i] != '\n'; i++) {
        (void)step(&value, text[i]);
    }
    return value.depth == 0 || value.in_string;
}

/** Reads a first line that is not blank, or a full buffer; the bytes from its first on. */
static const char *read_head(nn_splitter *splitter, size_t *size)
{
    for (;;) {
        const char *head = nn_splitter_at_hand(splitter, size);
        while (*size > 0 && nn_is_space(*head)) {
            head++;
            (*size)--;
        }
        bool enough = *size > 0 && memchr(head, '\n', *size) != NULL;
        bool full = splitter->started && splitter->end == splitter->capacity;
        if (enough || full || !nn_splitter_fill(splitter)) {
            return head;
        }
    }
}

nn_record_form nn_splitter_form(nn_splitter *splitter)
{
    if (splitter->started || splitter->form == NN_RECORDS_LINES ||
        splitter->form == NN_RECORDS_WHOLE) {
        return splitter->form;
    }
    size_t size;
    const char *head = read_head(splitter, &size);
    if (size > 0 && *head == '{' && first_line_is_whole(head, size)) {
        splitter->form = NN_RECORDS_LINES;
    } else if (size > 0 && (*head == '{' || *head == '[')) {
        splitter->form = NN_RECORDS_VALUES;
    } else if (splitter->form == NN_RECORDS_UNKNOWN) {
        splitter->form = NN_RECORDS_WHOLE;
    }
    return splitter->form;
}
