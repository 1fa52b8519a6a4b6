/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bars.h"

#include "cli/characters.h"

/** "██████▌", of eighths of a column. */
void nn_put_bar(nn_output *output, uint64_t value, uint64_t highest, size_t columns)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    uint64_t length = highest == 0 ? 0 : value * columns * 8 / highest;
    for (uint64_t i = 0; i < length / 8; i++) {
        nn_output_text(output, "█");
    }
    nn_output_text(output, length == 0 && value > 0 ? eighths[1] : eighths[length % 8]);
}

/** A value in so many columns, cut where it is longer. */
void nn_put_cell(nn_output *output, nuncio_str value, size_t wide)
{
    size_t columns = 0, at = 0;
    while (at < value.size) {
        nn_character next = nn_character_at(value, at);
        if (columns + next.width > wide - 2) {
            nn_output_text(output, "…");
            columns++;
            break;
        }
        if (!next.control) {
            nn_output_bytes(output, value.data + at, next.bytes);
            columns += next.width;
        }
        at += next.bytes;
    }
    nn_output_format(output, "%*s", (int)(wide - columns), "");
}
