/* SPDX-License-Identifier: Apache-2.0 */
/* From tokens in order of passages to postings in order of terms, in two passes over surface ids:
 *
 *   1. as passages come: note each token's surface id, and count how often each occurs
 *   2. sort the surfaces by term; sum the counts up: where each term's occurrences begin; go
 *      through the tokens again and put each occurrence in its place
 *
 *   tokens:       3 0 7 | 0 1 | …                 surface ids, passage by passage
 *   occurrences:  term 0: (passage, position, form) … | term 1: … | …
 *
 * Within a term they are in order of passage and position, because that is the order they came in:
 * nothing is sorted but the vocabulary, and nothing is allocated a term or a posting. */
#ifndef INDEXER_INVERSION_H
#define INDEXER_INVERSION_H

#include "segment/segment_writer.h"
#include "text/passage.h"

/** How many tokens a passage has. */
typedef struct nn_inversion_passage {
    uint8_t text, title;
} nn_inversion_passage;

/** Where the tokens of a quote are: `count` from `begin` on, and `count_behind` more behind the
 * title, which stands between the first passage and the second. */
typedef struct nn_inversion_quote {
    size_t begin, begin_behind;
    uint32_t count, count_behind;
} nn_inversion_quote;

typedef struct nn_inversion {
    nn_memory *memory;
    uint32_t *tokens; /* surface ids: of each passage those of its text, then those of its title */
    size_t token_count, token_capacity;
    nn_inversion_passage *passages;
    size_t passage_count, passage_capacity;
    nn_inversion_quote *quotes;
    size_t quote_count, quote_capacity;
    uint32_t *counts; /* tokens by surface id; zero for those not in `seen` */
    size_t count_capacity;
    uint32_t *seen; /* surface ids that occur, in order of first appearance */
    size_t seen_count, seen_capacity;
} nn_inversion;

void nn_inversion_init(nn_inversion *inversion, nn_memory *memory);
void nn_inversion_deinit(nn_inversion *inversion);
/** Forgets all passages; keeps the memory. */
void nn_inversion_clear(nn_inversion *inversion);

/** Appends a passage: tokens of its text (≤ 255), and of the title where it is an article's first
 * one (≤ NN_TITLE_TOKENS_MAX). `surface_count` is above every surface id. */
NUNCIO_NODISCARD nuncio_status nn_inversion_add(nn_inversion *inversion, uint32_t surface_count,
                                                const nn_token *text, size_t text_count,
                                                const nn_token *title, size_t title_count,
                                                nuncio_error *error);

/** Adds the quotes of the article whose passages were added last: `passages` of them. */
NUNCIO_NODISCARD nuncio_status nn_inversion_add_quotes(nn_inversion *inversion, size_t passages,
                                                       const nn_quote_tokens *quotes, size_t count,
                                                       nuncio_error *error);

/** Bytes that the passages so far and their nn_inversion_write take, vocabulary included: a
 * function of the passages alone, whatever was analysed or allocated before. */
uint64_t nn_inversion_cost(const nn_inversion *inversion);

/** Writes all terms with their postings. */
NUNCIO_NODISCARD nuncio_status nn_inversion_write(const nn_inversion *inversion,
                                                  const nn_analyzer *analyzer,
                                                  nn_segment_writer *writer, nuncio_error *error);

#endif
