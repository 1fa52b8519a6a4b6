/* SPDX-License-Identifier: Apache-2.0 */
/* Where quotes stand in the text of their article: the second part of quote_record.h. */
#ifndef SEGMENT_QUOTE_SPANS_H
#define SEGMENT_QUOTE_SPANS_H

#include "segment/annotations/quotes.h"

/** The quotes of the article at hand (which has some, and whose names are known) that start before
 * byte `limit`; `text_size` bytes is its text. `out` has room for all of them. @param[out] count
 * goes up by one a quote */
NUNCIO_NODISCARD nuncio_status nn_quote_spans_read(const nn_article_quotes *quotes,
                                                   uint32_t text_size, uint32_t limit,
                                                   nn_quote_span *out, size_t *count,
                                                   nuncio_error *error);

#endif
