/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes, repaired, annotated: offsets on character boundaries, sorted, nothing overlapping in
 * part, and work in proportion to the text. The first byte chooses the language. */
#include <stdint.h>
#include <stdlib.h>

#include "annotate/annotate.h"
#include "core/str.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void require_range(nuncio_str text, uint32_t start, uint32_t end)
{
    require(start <= end && end <= text.size);
    require(start == text.size || ((unsigned char)text.data[start] & 0xC0) != 0x80);
    require(end == text.size || ((unsigned char)text.data[end] & 0xC0) != 0x80);
}

static void require_well_formed(nuncio_str text, const nuncio_annotations *found)
{
    uint32_t start = 0, open_end = 0, end = 0;
    for (size_t i = 0; i < found->quote_count; i++) {
        const nuncio_quote *quote = &found->quotes[i];
        require_range(text, quote->start, quote->end);
        require_range(text, quote->speaker_start, quote->speaker_end);
        require_range(text, quote->cue_start, quote->cue_end);
        require(quote->start >= start && quote->end > quote->start);
        require(quote->start >= open_end || quote->end <= open_end);
        require(quote->confidence > 0 && quote->confidence <= 1);
        start = quote->start;
        open_end = quote->end > open_end ? quote->end : open_end;
    }
    for (size_t i = 0; i < found->mention_count; i++) {
        const nuncio_mention *mention = &found->mentions[i];
        require_range(text, mention->start, mention->end);
        require(mention->start >= end && mention->end > mention->start &&
                mention->name.data != NULL);
        end = mention->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Kept from input to input, as the indexer does: the answer must not depend on it. */
    static nn_memory memory;
    static nn_analyzer *analyzer;
    static nn_annotate *annotate;
    nn_token_list tokens = {NULL, 0, 0};
    nn_sentence_list sentences = {NULL, 0, 0};
    nuncio_annotations found;
    nn_buffer clean;
    if (size == 0) {
        return 0;
    }
    if (annotate == NULL) {
        nn_memory_init(&memory, NULL, 0);
        require(nn_analyzer_create(&memory, &analyzer, NULL) == NUNCIO_OK);
        require(nn_annotate_create(&memory, NULL, &annotate, NULL) == NUNCIO_OK);
        nn_annotate_find_references(annotate, true);
    }
    if (nn_analyzer_surface_count(analyzer) > 100000) {
        nn_analyzer_reset(analyzer);
    }
    nn_buffer_init(&clean, &memory);
    (void)nn_utf8_repair(nn_str((const char *)data + 1, size - 1), &clean);
    nuncio_str text = nn_buffer_str(&clean);
    nn_language language = (nn_language)(data[0] % nn_language_count());
    require(nn_analyzer_tokenize(analyzer, language, text, &tokens, NULL) == NUNCIO_OK);
    require(nn_sentences_find(&memory, language, text, &sentences, NULL) == NUNCIO_OK);
    require(nn_annotate_article(annotate, analyzer, language, text, text, &tokens, &sentences,
                                &found, NULL) == NUNCIO_OK);
    require_well_formed(text, &found);
    require(nn_annotate_work(annotate) <= 1000 + 40 * (uint64_t)(tokens.count + size));
    nn_token_list_deinit(&tokens, &memory);
    nn_sentence_list_deinit(&sentences, &memory);
    nn_buffer_deinit(&clean);
    return 0;
}
