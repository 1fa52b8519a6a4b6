/* SPDX-License-Identifier: Apache-2.0 */
/* Why a query found what it found, as text. Not a format to be parsed. */
#ifndef QUERY_EXPLAIN_H
#define QUERY_EXPLAIN_H

#include "query/rank/scorer.h"

/** Appends the query in brackets and a line a clause: its terms, their df and idf. */
void nn_explain_query(const nn_run *run, const nn_plan *plan, nuncio_str canonical, nn_buffer *out);

/** Appends how the score of `passage` came about, a line a clause (never backwards). */
NUNCIO_NODISCARD nuncio_status nn_explain_passage(nn_part *part, const nn_scorers *scorers,
                                                  uint32_t passage, nn_buffer *out);
/** The same for an article, over the passages that count (never backwards). */
NUNCIO_NODISCARD nuncio_status nn_explain_article(nn_part *part, const nn_scorers *scorers,
                                                  nn_unit unit, uint32_t article, nn_buffer *out);

/** The same for a quote of the article that part->quotes has entered, frequencies kept: by its
 * number in the article. */
void nn_explain_quote(const nn_part *part, uint32_t quote, nn_buffer *out);

#endif
