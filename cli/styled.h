/* SPDX-License-Identifier: Apache-2.0 */
/* Text with a style for each byte, and how it is laid out in lines. */
#ifndef CLI_STYLED_H
#define CLI_STYLED_H

#include <nuncio/annotation.h>

#include "cli/output.h"

/* A style is a set of flags and, in bits 3 … 5, a nuncio_entity_type. */
enum {
    NN_STYLE_MATCH = 1,         /* what the query matched */
    NN_STYLE_QUOTE = 2,         /* speech */
    NN_STYLE_MATCHED_QUOTE = 4, /* speech that the query matched */
    NN_STYLE_TYPE_SHIFT = 3,    /* a name */
    NN_STYLE_TYPES = 7 << NN_STYLE_TYPE_SHIFT,
    NN_STYLE_STRONG = 64, /* titles */
    NN_STYLE_FAINT = 128  /* what stands beside the text */
};

typedef struct nn_styled {
    char *text;
    uint8_t *styles; /* one for each byte of `text` */
    size_t size, capacity;
} nn_styled;

/** Releases the room; a zeroed nn_styled is empty. */
void nn_styled_deinit(nn_styled *styled);
/** Appends text in one style; ends the program when there is no memory. */
void nn_styled_append(nn_styled *styled, nuncio_str text, uint8_t style);
void nn_styled_append_text(nn_styled *styled, const char *text, uint8_t style);
void nn_styled_append_styled(nn_styled *styled, const nn_styled *more);
/** Adds a style to the bytes from `start` up to `end`, which are cut to the text. Of two names the
 * later one counts. */
void nn_styled_mark(nn_styled *styled, size_t start, size_t end, uint8_t style);
/** The style of a name of that type. */
uint8_t nn_style_of_type(nuncio_entity_type type);

typedef struct nn_layout {
    nn_output *output;
    bool color;       /* else matches stand between asterisks, and nothing else is marked */
    bool blank_lines; /* between paragraphs */
    size_t indent;    /* columns before each line */
    size_t width;     /* columns a line may fill, the indent included */
} nn_layout;

/**
 * Prints the text in lines. White space becomes single spaces, blank lines of the text end a line;
 * wide characters may stand at the start of a line; controls are left out. The first line follows
 * what stands there already when `hanging`, which then fills the indent.
 */
void nn_styled_print(const nn_styled *styled, const nn_layout *layout, bool hanging);

#endif
