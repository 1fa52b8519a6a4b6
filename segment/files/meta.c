/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/files/meta.h"

#include "core/assert.h"
#include "core/bits.h"

NN_STATIC_ASSERT(sizeof(nn_meta) == NN_META_SIZE, "the struct is a row of u64");

/* Each field once, so that writing and reading cannot differ. */
/* clang-format off */
#define EACH_FIELD(X)                                                       \
    X(passages) X(articles) X(terms) X(sources) X(strings) X(names) X(name_words)                 \
    X(tokens) X(postings) X(quotes) X(quote_tokens) X(mentions)             \
    X(raw_text_bytes) X(languages) X(has_text)                              \
    X(list_bytes) X(docs_bytes) X(bounds_bytes) X(forms_bytes) X(code_bytes) \
    X(inline_list_bytes) X(text_bytes) X(mention_bytes) X(title_bytes)
/* clang-format on */

void nn_meta_write(nn_buffer *out, const nn_meta *meta)
{
#define APPEND(field) nn_buffer_append_u64(out, meta->field);
    EACH_FIELD(APPEND)
}

void nn_meta_read(const uint8_t bytes[NN_META_SIZE], nn_meta *out)
{
#define LOAD(field)                                                                                \
    out->field = nn_load_u64(bytes);                                                               \
    bytes += 8;
    EACH_FIELD(LOAD)
}
