/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bars.h"

#include "cli/characters.h"

void nn_put_bar(nn_output *output, uint64_t value, uint64_t highest, size_t columns)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    uint64_t length = highest == 0 ? 0 : value * columns * 8 / highest;
    for (uint64_t i = 0; i < length / 8; i++) {
        nn_output_text(output, "█");
    }
    nn_output_text(output, length == 0 && value > 0 ? eighths[1] : eighths[length % 8]);
}

/* Writes what lies within the columns `from` … `to` of a text; returns how many that took. */
static size_t put_columns(nn_output *output, nuncio_str text, size_t from, size_t to)
{
    size_t put = 0, column = 0;
    for (size_t at = 0; at < text.size;) {
        nn_character next = nn_character_at(text, at);
        bool inside = column >= from && column + next.width <= to;
        bool mark = next.width == 0 && put == 0; /* of a character that is not shown */
        if (inside && !mark && !next.control) {
            nn_output_bytes(output, text.data + at, next.bytes);
            put += next.width;
        }
        column += next.control ? 0 : next.width;
        at += next.bytes;
    }
    return put;
}

void nn_put_cell(nn_output *output, nuncio_str value, size_t wide)
{
    size_t room = wide - NN_CELL_GAP, whole = nn_text_width(value), put;
    if (whole <= room) {
        put = put_columns(output, value, 0, whole);
    } else { /* names of series begin alike and differ at their ends: what is left out is the middle
              */
        size_t head = (room - 1) / 2, tail = room - 1 - head;
        put = put_columns(output, value, 0, head) + 1;
        nn_output_text(output, "…");
        put += put_columns(output, value, whole - tail, whole);
    }
    nn_output_format(output, "%*s", (int)(wide - put), "");
}
