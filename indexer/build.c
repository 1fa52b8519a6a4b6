/* SPDX-License-Identifier: Apache-2.0 */
/* A batch's way into a segment file. */
#include "core/error.h"
#include "core/str.h"
#include "indexer/batch.h"
#include "indexer/inversion.h"
#include "text/passage.h"

#include <string.h>

/* Lists that each article fills anew. */
typedef struct room {
    nn_token_list tokens, title_tokens;
    nn_sentence_list sentences;
    nn_passage_list passages;
    nn_span *quotes;
    size_t quote_capacity;
    nn_inversion inversion;
    uint32_t passage_count;
} room;

static nn_language language_of(const nn_builder *builder, const nuncio_article *article)
{
    nn_language language = NN_LANGUAGE_NONE;
    if (article->lang.size > 0) {
        (void)nn_language_from_code(article->lang, &language);
        return language;
    }
    language = nn_language_detect(article->text);
    return language == NN_LANGUAGE_NONE ? builder->language : language;
}

static nuncio_status analyse(const nn_builder *builder, const nuncio_article *article,
                             nn_language language, room *in, nuncio_annotations *annotations,
                             nuncio_error *error)
{
    in->tokens.count = in->title_tokens.count = in->sentences.count = in->passages.count = 0;
    NN_TRY(nn_analyzer_tokenize(builder->analyzer, language, article->title, &in->title_tokens,
                                error));
    if (in->title_tokens.count > NN_TITLE_TOKENS_MAX) {
        in->title_tokens.count = NN_TITLE_TOKENS_MAX;
    }
    NN_TRY(nn_analyzer_tokenize(builder->analyzer, language, article->text, &in->tokens, error));
    NN_TRY(nn_sentences_find(builder->memory, language, article->text, &in->sentences, error));
    memset(annotations, 0, sizeof *annotations);
    if (builder->annotate != NULL) {
        NN_TRY(nn_annotate_article(builder->annotate, builder->analyzer, language, article->title,
                                   article->text, &in->tokens, &in->sentences, annotations, error));
    }
    NN_TRY(nn_reserve(builder->memory, &in->quotes, &in->quote_capacity, annotations->quote_count,
                      sizeof *in->quotes, error));
    size_t spans = 0;
    for (size_t i = 0; i < annotations->quote_count; i++) {
        const nuncio_quote *quote = &annotations->quotes[i];
        if ((quote->flags & NUNCIO_QUOTE_DIRECT) != 0) {
            in->quotes[spans++] = (nn_span){quote->start, quote->end};
        }
    }
    return nn_passages_cut(builder->memory, article->text, &in->tokens, &in->sentences,
                           (uint32_t)in->title_tokens.count, in->quotes, spans, &in->passages,
                           error);
}

/* The title's tokens have positions of their own behind the text's, in the first passage. */
static nuncio_status invert_passage(room *in, const nn_passage *passage, bool first,
                                    nuncio_error *error)
{
    for (uint32_t i = passage->token_begin; i < passage->token_end; i++) {
        NN_TRY(nn_inversion_add(&in->inversion, in->tokens.items[i].surface, in->passage_count,
                                i - passage->token_begin, error));
    }
    for (uint32_t i = 0; first && i < in->title_tokens.count; i++) {
        NN_TRY(nn_inversion_add(&in->inversion, in->title_tokens.items[i].surface,
                                in->passage_count, NN_POSITION_TITLE + i, error));
    }
    in->passage_count++;
    return NUNCIO_OK;
}

static nuncio_status build_article(const nn_builder *builder, const nn_batch_article *from,
                                   nn_segment_writer *writer, room *in, nuncio_error *error)
{
    const nuncio_article *article = &from->article;
    nn_language language = language_of(builder, article);
    nuncio_annotations annotations;
    NN_TRY(analyse(builder, article, language, in, &annotations, error));
    nn_article_fields fields = {.article = *article,
                                .language = language,
                                .title_length = (uint8_t)in->title_tokens.count,
                                .hash_low = from->hash_low,
                                .hash_high = from->hash_high,
                                .annotations = &annotations};
    NN_TRY(nn_segment_writer_article(writer, &fields, error));
    for (size_t i = 0; i < in->passages.count; i++) {
        const nn_passage *passage = &in->passages.items[i];
        uint32_t length = passage->token_end - passage->token_begin +
                          (i == 0 ? (uint32_t)in->title_tokens.count : 0);
        nuncio_str text =
            nn_str(article->text.data + passage->start, passage->end - passage->start);
        NN_TRY(nn_segment_writer_passage(writer, text, (uint8_t)length, error));
        NN_TRY(invert_passage(in, passage, i == 0, error));
    }
    return NUNCIO_OK;
}

static nuncio_status build(const nn_batch *batch, const nn_builder *builder,
                           nn_segment_writer *writer, room *in, char *name, nuncio_error *error)
{
    for (size_t i = 0; i < batch->count; i++) {
        if (!batch->articles[i].dropped) {
            NN_TRY(build_article(builder, &batch->articles[i], writer, in, error));
        }
    }
    NN_TRY(nn_inversion_write(&in->inversion, builder->analyzer, writer, error));
    return nn_segment_writer_finish(writer, name, error);
}

nuncio_status nn_batch_build(const nn_batch *batch, const nn_builder *builder, char *name,
                             nuncio_error *error)
{
    nn_memory *memory = builder->memory;
    nn_segment_writer *writer = NULL;
    room in;
    memset(&in, 0, sizeof in);
    nn_inversion_init(&in.inversion, memory);
    nn_analyzer_reset(builder->analyzer);
    nuncio_status status = nn_segment_writer_open(builder->vfs, memory, builder->directory,
                                                  builder->store_text, &writer, error);
    if (status == NUNCIO_OK) {
        status = build(batch, builder, writer, &in, name, error);
    }
    nn_segment_writer_destroy(writer);
    nn_inversion_deinit(&in.inversion);
    nn_token_list_deinit(&in.tokens, memory);
    nn_token_list_deinit(&in.title_tokens, memory);
    nn_sentence_list_deinit(&in.sentences, memory);
    nn_passage_list_deinit(&in.passages, memory);
    nn_release(memory, in.quotes, in.quote_capacity * sizeof *in.quotes);
    return status;
}
