/* SPDX-License-Identifier: Apache-2.0 */
/* `after`: where the next page of results begins.
 *
 *   n1-<generation>-<query>-<score>-<part>-<passage>-<rank>-<exact>    hexadecimal numbers
 *
 * By quote the number of the quote stands in place of the passage. `query` is a hash of the query
 * and of the options that shape its results, so that a page of one search is not continued with
 * another. Score bits are exact: the next page starts at the very next hit. */
#ifndef QUERY_PAGE_H
#define QUERY_PAGE_H

#include "query/rank/ranking.h"

enum {
    /* limit query: a page token | none: tokens are made, not written */
    NN_PAGE_TOKEN_MAX = 128
};

/** Hash of what must stay the same from page to page. */
uint64_t nn_page_fingerprint(nuncio_str explain, const nuncio_search_options *options);

/** Writes the token of `last`, which has rank `rank`, to `to`; returns its length. */
size_t nn_page_write(char to[NN_PAGE_TOKEN_MAX], uint64_t generation, uint64_t fingerprint,
                     const nn_candidate *last, uint32_t rank);

/** Reads a token: the hit it stands for and its rank. @retval NUNCIO_ERR_ARGUMENT not a token of
 * this search
 * @retval NUNCIO_ERR_GENERATION of another commit */
NUNCIO_NODISCARD nuncio_status nn_page_read(nn_run *run, nuncio_str token, uint64_t fingerprint,
                                            nn_candidate *out, uint32_t *rank);

#endif
