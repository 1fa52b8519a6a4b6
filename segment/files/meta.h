/* SPDX-License-Identifier: Apache-2.0 */
/* The counts of a segment: a row of u64 in the order of the struct below. */
#ifndef SEGMENT_META_H
#define SEGMENT_META_H

#include "core/buffer.h"

typedef struct nn_meta {
    uint64_t passages, articles, terms, sources;
    uint64_t strings, names; /* names are the first strings */
    uint64_t name_words;     /* words that names are found by */
    uint64_t tokens, postings, quotes, quote_tokens, mentions;
    uint64_t raw_text_bytes; /* titles and texts */
    uint64_t languages;      /* bit l: language l occurs */
    uint64_t has_text;       /* 1: texts are stored */
    /* Sizes, for statistics alone. */
    uint64_t list_bytes, docs_bytes, bounds_bytes, forms_bytes; /* of the lists and their parts */
    uint64_t code_bytes;                                        /* which form each occurrence has */
    uint64_t inline_list_bytes; /* lists that lie in the dictionary */
    uint64_t text_bytes, mention_bytes, title_bytes;
} nn_meta;

enum { NN_META_SIZE = 24 * 8 };

void nn_meta_write(nn_buffer *out, const nn_meta *meta);
void nn_meta_read(const uint8_t bytes[NN_META_SIZE], nn_meta *out);

#endif
