/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/query_error.h"

#include "cli/characters.h"
#include "cli/message.h"

#include <stdio.h>
#include <string.h>

enum { BEFORE = 48, AFTER = 24 /* bytes of the query shown around the place */ };

/** Moves back to the first byte of a character. */
static size_t character_start(nuncio_str text, size_t at)
{
    while (at > 0 && at < text.size && ((uint8_t)text.data[at] & 0xC0) == 0x80) {
        at--;
    }
    return at;
}

void nn_print_query_error(nuncio_str query, const nuncio_error *error)
{
    size_t place = error->offset < query.size ? (size_t)error->offset : query.size;
    size_t start = place > BEFORE ? character_start(query, place - BEFORE) : 0;
    size_t end = query.size - place > AFTER ? character_start(query, place + AFTER) : query.size;
    char line[3 * (BEFORE + AFTER + 8) + 1], caret[2 * (BEFORE + 8) + 1];
    nuncio_str shown = {query.data + start, end - start}, before = {query.data + start, 0};
    before.size = place - start;
    char room[3 * (BEFORE + 8)];
    nuncio_str cleaned = {room, nn_text_clean(before, room)};
    size_t columns = nn_text_width(cleaned) + (start > 0);
    line[nn_text_clean(shown, line)] = '\0';
    memset(caret, ' ', columns);
    caret[columns] = '\0';
    nn_message("query: %s", error->message);
    if (nn_text_width(shown) == 0) { /* nothing to point at */
        return;
    }
    (void)fprintf(stderr, "  %s%s%s\n  %s^\n", start > 0 ? "…" : "", line,
                  end < query.size ? "…" : "", caret);
}
