/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/terms_of.h"

#include "core/error.h"

#include <string.h>

nuncio_status nn_terms_of_article(nn_memory *memory, nn_analyzer *analyzer,
                                  const nn_segment *segment, uint32_t article,
                                  nn_token_visit *visit, void *context, nuncio_error *error)
{
    nn_article_row row;
    nn_token_list tokens = {NULL, 0, 0};
    nn_buffer text;
    nn_buffer_init(&text, memory);
    nuncio_status status = nn_segment_article(segment, article, &row, error);
    for (uint32_t i = 0; status == NUNCIO_OK && i < row.passage_count; i++) {
        uint32_t passage = row.first_passage + i;
        nn_buffer_clear(&text);
        tokens.count = 0;
        NN_TRY_CLEANUP(nn_segment_passage_text(segment, passage, &text, error));
        NN_TRY_CLEANUP(
            nn_analyzer_tokenize(analyzer, row.language, nn_buffer_str(&text), &tokens, error));
        for (size_t k = 0; k < tokens.count; k++) {
            NN_TRY_CLEANUP(visit(context, tokens.items[k].surface, passage, (uint32_t)k, error));
        }
        if (i > 0) {
            continue;
        }
        tokens.count = 0;
        NN_TRY_CLEANUP(nn_analyzer_tokenize(analyzer, row.language, row.title, &tokens, error));
        for (size_t k = 0; k < tokens.count && k < NN_TITLE_TOKENS_MAX; k++) {
            NN_TRY_CLEANUP(visit(context, tokens.items[k].surface, passage,
                                 NN_POSITION_TITLE + (uint32_t)k, error));
        }
    }
cleanup:
    nn_token_list_deinit(&tokens, memory);
    nn_buffer_deinit(&text);
    return status;
}
