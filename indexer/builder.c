/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/builder.h"

#include "annotate/annotate.h"
#include "core/error.h"
#include "core/str.h"
#include "indexer/inversion.h"
#include "indexer/name_words.h"
#include "segment/segment_writer.h"

#include <string.h>

struct nn_builder {
    nn_memory *memory;
    nn_builder_options options;
    nn_analyzer *analyzer;
    nn_annotate *annotate;     /* NULL: no annotations */
    nn_segment_writer *writer; /* of the segment at hand; NULL: none begun */
    bool plain;                /* segments are */
    nn_trained *trained;       /* for the texts of segments; borrowed */
    nn_inversion inversion;
    /* Of the article at hand. */
    nn_token_list tokens, title_tokens;
    nn_sentence_list sentences;
    nn_passage_list passages;
    nn_span *quotes;
    size_t quote_capacity;
    nn_quote_tokens *quote_tokens; /* one a quote */
    nuncio_quote *kept_quotes;
    size_t quote_token_capacity, kept_quote_capacity;
};

nuncio_status nn_builder_create(nn_memory *memory, const nn_builder_options *options,
                                nn_builder **out, nuncio_error *error)
{
    *out = NULL;
    nn_builder *builder = (nn_builder *)nn_alloc_array(memory, 1, sizeof *builder);
    if (builder == NULL) {
        return nn_error_memory(error);
    }
    builder->memory = memory;
    builder->options = *options;
    nn_inversion_init(&builder->inversion, memory);
    nuncio_status status = nn_analyzer_create(memory, &builder->analyzer, error);
    if (status == NUNCIO_OK && options->annotate) {
        status = nn_annotate_create(memory, options->model, &builder->annotate, error);
    }
    if (builder->annotate != NULL) {
        nn_annotate_find_quotes(builder->annotate, !options->no_quotes);
    }
    if (status != NUNCIO_OK) {
        nn_builder_destroy(builder);
        return status;
    }
    *out = builder;
    return NUNCIO_OK;
}

void nn_builder_destroy(nn_builder *builder)
{
    if (builder == NULL) {
        return;
    }
    nn_memory *memory = builder->memory;
    nn_segment_writer_destroy(builder->writer);
    nn_inversion_deinit(&builder->inversion);
    nn_annotate_destroy(builder->annotate);
    nn_analyzer_destroy(builder->analyzer);
    nn_token_list_deinit(&builder->tokens, memory);
    nn_token_list_deinit(&builder->title_tokens, memory);
    nn_sentence_list_deinit(&builder->sentences, memory);
    nn_passage_list_deinit(&builder->passages, memory);
    nn_release(memory, builder->quotes, builder->quote_capacity * sizeof *builder->quotes);
    nn_release(memory, builder->quote_tokens,
               builder->quote_token_capacity * sizeof *builder->quote_tokens);
    nn_release(memory, builder->kept_quotes,
               builder->kept_quote_capacity * sizeof *builder->kept_quotes);
    nn_release(memory, builder, sizeof *builder);
}

void nn_built_deinit(nn_built *built, nn_memory *memory)
{
    nn_release(memory, built->entries, built->capacity * sizeof *built->entries);
    memset(built, 0, sizeof *built);
}

static nn_language language_of(const nn_builder *builder, const nuncio_article *article)
{
    nn_language language = NN_LANGUAGE_NONE;
    if (article->lang.size > 0) {
        (void)nn_language_from_code(article->lang, &language);
        return language;
    }
    language = nn_language_detect(article->text);
    return language == NN_LANGUAGE_NONE ? builder->options.language : language;
}

/* Direct quotes are what passages should not be cut in. */
static nuncio_status collect_quotes(nn_builder *builder, const nuncio_annotations *annotations,
                                    size_t *count, nuncio_error *error)
{
    *count = 0;
    NN_TRY(nn_reserve(builder->memory, &builder->quotes, &builder->quote_capacity,
                      annotations->quote_count, sizeof *builder->quotes, error));
    for (size_t i = 0; i < annotations->quote_count; i++) {
        const nuncio_quote *quote = &annotations->quotes[i];
        if ((quote->flags & NUNCIO_QUOTE_DIRECT) != 0) {
            builder->quotes[(*count)++] = (nn_span){quote->start, quote->end};
        }
    }
    return NUNCIO_OK;
}

/* Finds which tokens lie in each quote: those that begin and end in it. A quote in more others than
 * a segment can say is left out. */
static nuncio_status place_quotes(nn_builder *builder, nuncio_annotations *annotations,
                                  nuncio_error *error)
{
    const nn_token_list *tokens = &builder->tokens;
    NN_TRY(nn_reserve(builder->memory, &builder->quote_tokens, &builder->quote_token_capacity,
                      annotations->quote_count, sizeof *builder->quote_tokens, error));
    NN_TRY(nn_reserve(builder->memory, &builder->kept_quotes, &builder->kept_quote_capacity,
                      annotations->quote_count, sizeof *builder->kept_quotes, error));
    nn_quote_depth depth = {.count = 0};
    size_t first = 0, kept = 0;
    for (size_t i = 0; i < annotations->quote_count; i++) {
        const nuncio_quote *quote = &annotations->quotes[i];
        while (first < tokens->count && tokens->items[first].start < quote->start) {
            first++;
        }
        size_t end = first;
        while (end < tokens->count && tokens->items[end].end <= quote->end) {
            end++;
        }
        if (nn_quote_depth_add(&depth, (uint32_t)first, (uint32_t)end)) {
            builder->quote_tokens[kept] =
                (nn_quote_tokens){(uint32_t)first, (uint32_t)(end - first)};
            builder->kept_quotes[kept++] = *quote;
        }
    }
    annotations->quotes = builder->kept_quotes;
    annotations->quote_count = kept;
    return NUNCIO_OK;
}

/* Fills the builder's lists; `annotations` live until the next article. */
static nuncio_status analyse(nn_builder *builder, const nuncio_article *article,
                             nn_language language, nuncio_annotations *annotations,
                             nuncio_error *error)
{
    nn_token_list *tokens = &builder->tokens, *title = &builder->title_tokens;
    size_t quotes;
    tokens->count = title->count = builder->sentences.count = builder->passages.count = 0;
    NN_TRY(nn_analyzer_tokenize(builder->analyzer, language, article->title, title, error));
    title->count = title->count < NN_TITLE_TOKENS_MAX ? title->count : NN_TITLE_TOKENS_MAX;
    NN_TRY(nn_analyzer_tokenize(builder->analyzer, language, article->text, tokens, error));
    NN_TRY(nn_sentences_find(builder->memory, language, article->text, &builder->sentences, error));
    memset(annotations, 0, sizeof *annotations);
    if (builder->annotate != NULL) {
        NN_TRY(nn_annotate_article(builder->annotate, builder->analyzer, language, article->title,
                                   article->text, tokens, &builder->sentences, annotations, error));
    }
    NN_TRY(place_quotes(builder, annotations, error));
    NN_TRY(collect_quotes(builder, annotations, &quotes, error));
    return nn_passages_cut(builder->memory, article->text, tokens, &builder->sentences,
                           (uint32_t)title->count, builder->quotes, quotes, &builder->passages,
                           error);
}

static nuncio_status add_passages(nn_builder *builder, nuncio_str text, nuncio_error *error)
{
    uint32_t surfaces = nn_analyzer_surface_count(builder->analyzer);
    for (size_t i = 0; i < builder->passages.count; i++) {
        const nn_passage *passage = &builder->passages.items[i];
        size_t words = passage->token_end - passage->token_begin;
        size_t title_words = i == 0 ? builder->title_tokens.count : 0;
        NN_TRY(nn_segment_writer_passage(
            builder->writer, nn_str(text.data + passage->start, passage->end - passage->start),
            (uint8_t)(words + title_words), error));
        NN_TRY(nn_inversion_add(&builder->inversion, surfaces,
                                builder->tokens.items + passage->token_begin, words,
                                builder->title_tokens.items, title_words, error));
    }
    return NUNCIO_OK;
}

static nuncio_status add_article(nn_builder *builder, const nn_batch_article *from,
                                 nuncio_error *error)
{
    nn_language language = language_of(builder, &from->article);
    nuncio_annotations annotations;
    if (builder->writer == NULL) {
        const nn_segment_writer_options options = {.vfs = builder->options.vfs,
                                                   .directory = builder->options.directory,
                                                   .store_text = builder->options.store_text,
                                                   .trained = builder->trained,
                                                   .plain = builder->plain};
        NN_TRY(nn_segment_writer_open(&options, builder->memory, &builder->writer, error));
    }
    NN_TRY(analyse(builder, &from->article, language, &annotations, error));
    nn_article_fields fields = {.article = from->article,
                                .language = language,
                                .title_length = (uint8_t)builder->title_tokens.count,
                                .hash_low = from->hash.low,
                                .hash_high = from->hash.high,
                                .annotations = &annotations,
                                .quote_tokens = builder->quote_tokens};
    NN_TRY(nn_segment_writer_article(builder->writer, &fields, error));
    NN_TRY(add_passages(builder, from->article.text, error));
    return nn_inversion_add_quotes(&builder->inversion, builder->passages.count,
                                   builder->quote_tokens, annotations.quote_count, error);
}

static nuncio_status end_segment(nn_builder *builder, nn_built *out, nuncio_error *error)
{
    NN_TRY(nn_reserve(builder->memory, &out->entries, &out->capacity, out->count + 1,
                      sizeof *out->entries, error));
    nn_manifest_entry *entry = &out->entries[out->count];
    memset(entry, 0, sizeof *entry);
    NN_TRY(nn_inversion_write(&builder->inversion, builder->analyzer, builder->writer, error));
    /* In a plain segment nobody looks for names. */
    NN_TRY(builder->plain
               ? nn_segment_writer_finish(builder->writer, entry->segment, error)
               : nn_segment_finish(builder->writer, builder->memory, entry->segment, error));
    out->count++;
    nn_segment_writer_destroy(builder->writer);
    builder->writer = NULL;
    nn_inversion_clear(&builder->inversion);
    return NUNCIO_OK;
}

/* Only between segments: an inversion counts its occurrences by surface form. */
static void forget_words(nn_builder *builder)
{
    if (nn_analyzer_memory_used(builder->analyzer) > builder->options.analyzer_bytes) {
        nn_analyzer_reset(builder->analyzer);
    }
}

static nuncio_status build(nn_builder *builder, nn_batch *batch, nn_built *out, nuncio_error *error)
{
    size_t left = batch->live;
    for (size_t i = 0; i < batch->count; i++) {
        if (batch->articles[i].dropped) {
            continue;
        }
        NN_TRY(add_article(builder, &batch->articles[i], error));
        left--;
        if (left == 0 && nn_seats_may_forget(builder->options.seats)) {
            nn_batch_forget_texts(batch); /* makes room for the occurrences */
        }
        if (left == 0 || nn_inversion_cost(&builder->inversion) >= builder->options.build_bytes) {
            NN_TRY(end_segment(builder, out, error));
            forget_words(builder); /* a batch may bring more words than memory has room for */
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_builder_run(nn_builder *builder, nn_batch *batch, bool plain, nn_trained *trained,
                             nn_built *out, nuncio_error *error)
{
    builder->plain = out->plain = plain;
    builder->trained = trained;
    forget_words(builder);
    nuncio_status status = build(builder, batch, out, error);
    nn_segment_writer_destroy(builder->writer); /* NULL but after a failure */
    builder->writer = NULL;
    nn_inversion_clear(&builder->inversion);
    return status;
}
