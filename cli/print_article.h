/* SPDX-License-Identifier: Apache-2.0 */
/* What hits and articles have in common when people read them. */
#ifndef CLI_PRINT_ARTICLE_H
#define CLI_PRINT_ARTICLE_H

#include <nuncio/annotation.h>

#include "cli/styled.h"

/** "Meridian Wire · 2031-01-14 · meridian-0114-treaty": what is known of source, date and id. */
void nn_styled_append_origin(nn_styled *line, const nuncio_article *article);

/**
 * "“…” — Anatoly Drazhin, said": the words shortened to fit a line of `width` columns.
 * Reported speech has no marks and says so; a confidence below one half is shown.
 *
 * @param[in] words what was said
 */
void nn_styled_append_quote(nn_styled *line, const nuncio_quote *quote, nuncio_str words,
                            size_t width);

/** Marks the quotes and names of a text: its bytes begin at `offset` of the styled text. */
void nn_styled_mark_annotations(nn_styled *styled, size_t offset, const nuncio_annotations *found);

#endif
