/* SPDX-License-Identifier: Apache-2.0 */
/* A quote as a hit of its own, for people and for programs. */
#ifndef CLI_PRINT_QUOTE_H
#define CLI_PRINT_QUOTE_H

#include <nuncio/hits.h>

#include "cli/json_write.h"
#include "cli/output.h"
#include "cli/terminal.h"

typedef struct nn_quote_hit {
    uint32_t rank;             /* from 1 */
    const nuncio_hit *hit;     /* the passage */
    const nuncio_quote *quote; /* in it */
} nn_quote_hit;

/** Prints speaker, cue and words, and below them where it is printed.
 * @param[in] explain also what makes it speech, and how sure that is */
void nn_print_quote(nn_output *output, nn_terminal terminal, const nn_quote_hit *found,
                    bool explain);

/**
 * The quote as a JSON object: rank, score, text, start, end, direct, speaker, cue, confidence,
 * article.
 *
 * @param[in] text the article's text, which `start` and `end` count in; absent: they are null
 *                 unless counted in bytes
 */
void nn_json_quote_hit(nn_json_writer *json, const nn_quote_hit *found, nuncio_str text,
                       nuncio_offset_unit unit);

#endif
