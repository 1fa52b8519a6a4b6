/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a query: text between spaces or quote marks, cut as the tokeniser cuts articles. */
#ifndef QUERY_WORDS_H
#define QUERY_WORDS_H

#include "core/arena.h"
#include "text/normalise.h"

/** Tokens of a text without a language, in canonical form. */
typedef struct nn_words {
    const nuncio_str *surfaces; /* NFC, no soft hyphens, case and accents kept; views into `text` */
    uint32_t count;
    nuncio_str text; /* the surfaces joined by single spaces: what is analysed in each language */
} nn_words;

/**
 * Tokenises `text` without a language; views live in `arena`.
 *
 * @param[out] out count is 0 where the text holds no letter or digit; words behind
 *                 NN_QUERY_WORDS_MAX + 1 are left out
 */
NUNCIO_NODISCARD nuncio_status nn_query_words_read(nn_normaliser *normaliser, nn_arena *arena,
                                                   nuncio_str text, nn_words *out,
                                                   nuncio_error *error);
/** The words case folded and without accents, one each, in `arena`. */
NUNCIO_NODISCARD nuncio_status nn_query_words_fold(nn_normaliser *normaliser, nn_arena *arena,
                                                   const nn_words *words, const nuncio_str **out,
                                                   nuncio_error *error);

#endif
