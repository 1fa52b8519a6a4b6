/* SPDX-License-Identifier: Apache-2.0 */
/* Characters as a terminal shows them: how wide, and which must never reach it. */
#ifndef CLI_CHARACTERS_H
#define CLI_CHARACTERS_H

#include <nuncio/common.h>

/** A character of a text. */
typedef struct nn_character {
    uint32_t code;  /* code point; U+FFFD for bytes that are none */
    uint32_t bytes; /* in the text, at least 1 */
    uint32_t width; /* columns: 0, 1 or 2 */
    bool control;   /* C0, C1 or a mark that reorders the line: not to be shown */
} nn_character;

/** The character at byte `at` (< text.size). */
nn_character nn_character_at(nuncio_str text, size_t at);

/** Columns of a text whose controls are left out. */
size_t nn_text_width(nuncio_str text);

/** Copies `text` for one line of a terminal: line feeds and tabs become spaces, other controls and
 * bad bytes U+FFFD. `to` has room for three times the bytes. @return bytes written */
size_t nn_text_clean(nuncio_str text, char *to);

#endif
