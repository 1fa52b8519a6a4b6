/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes, repaired: tokens in order and within the text, sentences that cover it, passages
 * within their limits. The first byte chooses the language. */
#include <stdint.h>
#include <stdlib.h>

#include "core/str.h"
#include "text/passage.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void cut(nn_memory *memory, nn_analyzer *analyzer, nn_language language, nuncio_str text)
{
    nn_token_list tokens = {NULL, 0, 0};
    nn_sentence_list sentences = {NULL, 0, 0};
    nn_passage_list passages = {NULL, 0, 0};
    require(nn_analyzer_tokenize(analyzer, language, text, &tokens, NULL) == NUNCIO_OK);
    require(nn_sentences_find(memory, language, text, &sentences, NULL) == NUNCIO_OK);
    require(nn_passages_cut(memory, text, &tokens, &sentences, 10, NULL, 0, &passages, NULL) ==
            NUNCIO_OK);
    uint32_t at = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        require(tokens.items[i].start >= at && tokens.items[i].end > tokens.items[i].start);
        at = tokens.items[i].end;
    }
    require(at <= text.size);
    at = 0;
    for (size_t i = 0; i < passages.count; i++) {
        const nn_passage *passage = &passages.items[i];
        require(passage->start == at && passage->token_end - passage->token_begin <= 255);
        at = passage->end;
    }
    require(at == text.size);
    nn_token_list_deinit(&tokens, memory);
    nn_sentence_list_deinit(&sentences, memory);
    nn_passage_list_deinit(&passages, memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nn_memory memory;
    nn_analyzer *analyzer = NULL;
    nn_buffer clean;
    if (size == 0) {
        return 0;
    }
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&clean, &memory);
    (void)nn_utf8_repair(nn_str((const char *)data + 1, size - 1), &clean);
    require(nn_utf8_is_clean(nn_buffer_str(&clean)));
    require(nn_analyzer_create(&memory, &analyzer, NULL) == NUNCIO_OK);
    cut(&memory, analyzer, (nn_language)(data[0] % nn_language_count()), nn_buffer_str(&clean));
    nn_analyzer_destroy(analyzer);
    nn_buffer_deinit(&clean);
    return 0;
}
