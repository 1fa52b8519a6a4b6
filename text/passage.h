/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts an article into passages: whole sentences, about 100 tokens, never more than 255. */
#ifndef TEXT_PASSAGE_H
#define TEXT_PASSAGE_H

#include "text/sentence.h"

enum {
    NN_PASSAGE_TOKENS_AIM = 100,
    /* limit article: tokens of a passage, at least | a shorter rest joins or balances with its
       neighbour */
    NN_PASSAGE_TOKENS_MIN = 40, /* a shorter remainder joins or balances with its neighbour */
    /* limit article: tokens of a passage | the passage is cut, inside a sentence if need be */
    NN_PASSAGE_TOKENS_MAX = 255, /* title tokens included: length is one byte */
    /* limit article: tokens of a title | later ones are not indexed; the title is stored whole */
    NN_TITLE_TOKENS_MAX = 64 /* title tokens that are indexed, in the first passage */
};

typedef struct nn_passage {
    uint32_t start, end;             /* bytes; passages cover the text without gaps */
    uint32_t token_begin, token_end; /* indexes in the article's tokens */
} nn_passage;

typedef struct nn_passage_list {
    nn_passage *items;
    size_t count, capacity;
} nn_passage_list;

/** A byte range that a cut should rather not fall in: a quote. */
typedef struct nn_span {
    uint32_t start, end;
} nn_span;

/**
 * Appends the passages of an article; at least one, even for an empty text.
 *
 * @param[in] title_tokens tokens of the title that the first passage also holds, 0 …
 * NN_TITLE_TOKENS_MAX
 * @param[in] quotes       sorted by start; may be NULL with count 0
 * Tokenising any passage's bytes alone gives exactly its tokens (a property test proves it).
 */
NUNCIO_NODISCARD nuncio_status nn_passages_cut(nn_memory *memory, nuncio_str text,
                                               const nn_token_list *tokens,
                                               const nn_sentence_list *sentences,
                                               uint32_t title_tokens, const nn_span *quotes,
                                               size_t quote_count, nn_passage_list *out,
                                               nuncio_error *error);
void nn_passage_list_deinit(nn_passage_list *list, nn_memory *memory);

#endif
