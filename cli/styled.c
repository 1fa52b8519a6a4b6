/* SPDX-License-Identifier: Apache-2.0 */
/* A line is filled piece by piece: a word, or one wide character. A piece that does not fit goes to
 * the next line; one that is longer than a line is broken where the line ends. */
#include "cli/styled.h"

#include "cli/characters.h"
#include "cli/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void nn_styled_deinit(nn_styled *styled)
{
    free(styled->text);
    free(styled->styles);
    memset(styled, 0, sizeof *styled);
}

static void *grown(void *block, size_t size)
{
    void *larger = realloc(block, size);
    if (larger == NULL) {
        nn_message("out of memory");
        exit(NN_EXIT_ERROR);
    }
    return larger;
}

void nn_styled_append(nn_styled *styled, nuncio_str text, uint8_t style)
{
    if (text.size == 0) {
        return;
    }
    size_t size = styled->size + text.size;
    if (size > styled->capacity) {
        styled->capacity = size * 2;
        styled->text = grown(styled->text, styled->capacity);
        styled->styles = grown(styled->styles, styled->capacity);
    }
    memcpy(styled->text + styled->size, text.data, text.size);
    memset(styled->styles + styled->size, style, text.size);
    styled->size = size;
}

void nn_styled_append_text(nn_styled *styled, const char *text, uint8_t style)
{
    nuncio_str view = {text, strlen(text)};
    nn_styled_append(styled, view, style);
}

void nn_styled_append_styled(nn_styled *styled, const nn_styled *more)
{
    nuncio_str text = {more->text, more->size};
    nn_styled_append(styled, text, 0);
    if (more->size > 0) {
        memcpy(styled->styles + styled->size - more->size, more->styles, more->size);
    }
}

void nn_styled_mark(nn_styled *styled, size_t start, size_t end, uint8_t style)
{
    unsigned kept = (style & NN_STYLE_TYPES) != 0 ? ~(unsigned)NN_STYLE_TYPES : ~0U;
    for (size_t i = start; i < end && i < styled->size; i++) {
        styled->styles[i] = (uint8_t)((styled->styles[i] & kept) | style);
    }
}

uint8_t nn_style_of_type(nuncio_entity_type type)
{
    return (uint8_t)(((unsigned)type << NN_STYLE_TYPE_SHIFT) & NN_STYLE_TYPES);
}

typedef struct line_printer {
    const nn_styled *styled;
    const nn_layout *layout;
    nuncio_str text;
    size_t column;
    bool line_is_empty;
    uint8_t shown; /* style in effect */
    bool starred;  /* without colour: an asterisk is open */
} line_printer;

/** The escape sequence that changes to `style` from whatever was. */
static void put_sequence(nn_output *output, uint8_t style)
{
    static const char *const of_type[] = {"", ";4;36", ";4;34", ";4;35", ";4;31", ";4", "", ""};
    unsigned type = (style & NN_STYLE_TYPES) >> NN_STYLE_TYPE_SHIFT;
    nn_output_text(output, "\033[0");
    nn_output_text(output, (style & (NN_STYLE_STRONG | NN_STYLE_MATCH)) != 0 ? ";1" : "");
    nn_output_text(output, (style & NN_STYLE_FAINT) != 0 ? ";2" : "");
    nn_output_text(output, (style & (NN_STYLE_QUOTE | NN_STYLE_MATCHED_QUOTE)) != 0 ? ";3" : "");
    nn_output_text(output, (style & NN_STYLE_MATCHED_QUOTE) != 0 ? ";32" : "");
    nn_output_text(output, of_type[type]); /* a later colour wins */
    nn_output_text(output, (style & NN_STYLE_MATCH) != 0 ? ";33" : "");
    nn_output_text(output, "m");
}

static void set_style(line_printer *printer, uint8_t style)
{
    nn_output *output = printer->layout->output;
    if (printer->layout->color) {
        if (style != printer->shown) {
            put_sequence(output, style);
        }
        printer->shown = style;
        return;
    }
    bool starred = (style & NN_STYLE_MATCH) != 0;
    if (starred != printer->starred) {
        nn_output_text(output, "*");
        printer->column++;
    }
    printer->starred = starred;
}

static void reset_color(line_printer *printer)
{
    if (printer->shown != 0) {
        nn_output_text(printer->layout->output, "\033[0m");
        printer->shown = 0;
    }
}

static void indent(line_printer *printer)
{
    for (size_t i = 0; i < printer->layout->indent; i++) {
        nn_output_text(printer->layout->output, " ");
    }
    printer->column = printer->layout->indent;
    printer->line_is_empty = true;
}

static void new_line(line_printer *printer)
{
    reset_color(printer);
    nn_output_text(printer->layout->output, "\n");
    indent(printer);
}

static bool is_shown(nn_character found)
{
    return !found.control && found.code != 0xAD; /* a soft hyphen is for hyphenators */
}

static bool is_space(nn_character found)
{
    return found.code == ' ' || found.code == '\n' || found.code == '\t' || found.code == '\r';
}

/** Passes over white space; the line feeds in it are counted. */
static size_t skip_space(const line_printer *printer, size_t at, size_t *feeds)
{
    *feeds = 0;
    while (at < printer->text.size) {
        nn_character found = nn_character_at(printer->text, at);
        if (!is_space(found)) {
            break;
        }
        *feeds += found.code == '\n';
        at += found.bytes;
    }
    return at;
}

/** True when what is matched ends before `at`: white space and what is not shown belong to it only
 * when they are matched themselves and something that is follows. */
static bool closes(const line_printer *printer, bool starred, size_t at)
{
    const nn_styled *styled = printer->styled;
    while (starred && at < styled->size && (styled->styles[at] & NN_STYLE_MATCH) != 0) {
        nn_character found = nn_character_at(printer->text, at);
        if (is_shown(found) && !is_space(found)) {
            return false;
        }
        at += found.bytes;
    }
    return starred;
}

/** The end of the piece that begins at `at`, and its columns with the asterisks it brings. */
static size_t measure(const line_printer *printer, size_t at, size_t *width)
{
    bool starred = printer->starred, first = true, color = printer->layout->color;
    *width = 0;
    while (at < printer->text.size) {
        nn_character found = nn_character_at(printer->text, at);
        bool wide = found.width == 2;
        if (is_space(found) || (wide && !first)) {
            break;
        }
        bool match = (printer->styled->styles[at] & NN_STYLE_MATCH) != 0;
        *width += (is_shown(found) ? found.width : 0) + (!color && match != starred);
        starred = match;
        first = false;
        at += found.bytes;
        if (wide) {
            break;
        }
    }
    *width += !color && closes(printer, starred, at);
    return at;
}

static void print_piece(line_printer *printer, size_t at, size_t end)
{
    const nn_layout *layout = printer->layout;
    while (at < end) {
        nn_character found = nn_character_at(printer->text, at);
        if (is_shown(found)) {
            bool match = (printer->styled->styles[at] & NN_STYLE_MATCH) != 0;
            size_t stars = layout->color ? 0
                                         : (match != printer->starred) +
                                               (size_t)closes(printer, match, at + found.bytes);
            if (!printer->line_is_empty && printer->column + found.width + stars > layout->width) {
                new_line(printer);
            }
            set_style(printer, printer->styled->styles[at]);
            if (found.code == 0xFFFD) { /* bytes that are no character must not get out */
                nn_output_text(layout->output, "\xEF\xBF\xBD");
            } else {
                nn_output_bytes(layout->output, printer->text.data + at, found.bytes);
            }
            printer->column += found.width;
            printer->line_is_empty = false;
        }
        at += found.bytes;
    }
    if (!layout->color && closes(printer, printer->starred, end)) {
        set_style(printer, 0);
    }
}

void nn_styled_print(const nn_styled *styled, const nn_layout *layout, bool hanging)
{
    line_printer state = {styled, layout, {styled->text, styled->size}, layout->indent, true,
                          0,      false};
    line_printer *printer = &state;
    if (!hanging) {
        indent(printer);
    }
    for (size_t at = 0;;) {
        size_t feeds, width, space = at;
        at = skip_space(printer, at, &feeds);
        if (at == styled->size) {
            break;
        }
        size_t end = measure(printer, at, &width);
        size_t gap = at > space ? 1 : 0;
        if (feeds > 1 && !printer->line_is_empty) {
            new_line(printer);
            if (layout->blank_lines) {
                new_line(printer);
            }
        } else if (!printer->line_is_empty && printer->column + gap + width > layout->width) {
            new_line(printer);
        } else if (gap > 0 && !printer->line_is_empty) {
            if (layout->color) {
                set_style(printer, styled->styles[space]);
            }
            nn_output_text(layout->output, " ");
            printer->column++;
        }
        print_piece(printer, at, end);
        at = end;
    }
    reset_color(printer);
    nn_output_text(layout->output, "\n");
}
