/* SPDX-License-Identifier: Apache-2.0 */
/* Several segments into one: live articles in order of storage, then the terms of all in byte
 * order, each with the postings of all, renumbered. Nothing is analysed anew. */
#include "core/error.h"
#include "core/str.h"
#include "indexer/merge_terms.h"
#include "indexer/name_words.h"
#include "indexer/recompress.h"
#include "indexer/writer_impl.h"
#include "segment/annotations/quotes.h"

#include <string.h>

/* Articles being taken over. */
typedef struct merger {
    const nn_parts *parts;
    nn_segment_writer *out;
    nn_merge_source *sources;
    size_t count;
    uint32_t passage_count;    /* written */
    nn_recompress *recompress; /* NULL: texts are taken over as they are */
    nn_article_quotes quotes;  /* of the article at hand */
    nn_arena arena;            /* its annotations */
    nn_arena quotes_arena;
    nuncio_error *error;
} merger;

/* The words of the article's quotes, in the arena of its annotations. */
static nuncio_status read_quotes(merger *in, uint32_t article, size_t count,
                                 const nn_quote_tokens **out)
{
    NN_TRY(nn_article_quotes_seek(&in->quotes, article, in->error));
    nn_quote_tokens *tokens = nn_arena_array(&in->arena, count + 1, sizeof *tokens);
    if (tokens == NULL) {
        return nn_error_memory(in->error);
    }
    if (in->quotes.count != count) {
        return nn_error_set(in->error, NUNCIO_ERR_CORRUPT,
                            "an article of a segment has two numbers of quotes");
    }
    for (uint32_t i = 0; i < in->quotes.count; i++) {
        tokens[i].first = in->quotes.starts[i];
        tokens[i].count = in->quotes.ends[i] - in->quotes.starts[i];
    }
    *out = tokens;
    return NUNCIO_OK;
}

static nuncio_status merge_article(merger *in, nn_merge_source *from, uint32_t article)
{
    nn_article_row row;
    nuncio_annotations annotations;
    nn_arena_reset(&in->arena);
    NN_TRY(nn_segment_article(from->part->segment, article, &row, in->error));
    nuncio_str url;
    if (!nn_article_url(&row, &in->arena, &url)) {
        return nn_error_memory(in->error);
    }
    NN_TRY(
        nn_segment_annotations(from->part->segment, article, &in->arena, &annotations, in->error));
    nn_article_fields fields = {.article = {.id = row.id,
                                            .title = row.title,
                                            .date = row.date,
                                            .source = row.source,
                                            .url = url,
                                            .lang = row.lang},
                                .language = row.language,
                                .title_length = row.title_length,
                                .hash_low = row.hash_low,
                                .hash_high = row.hash_high,
                                .annotations = &annotations};
    NN_TRY(read_quotes(in, article, annotations.quote_count, &fields.quote_tokens));
    NN_TRY(nn_segment_writer_article(in->out, &fields, in->error));
    for (uint32_t i = 0; i < row.passage_count; i++) {
        uint32_t passage = row.first_passage + i;
        NN_TRY(in->recompress != NULL
                   ? nn_recompress_passage(in->recompress, in->out, (size_t)(from - in->sources),
                                           passage, in->error)
                   : nn_segment_writer_passage_of(in->out, from->part->segment, passage,
                                                  from->part->plain, in->error));
        if (from->passages != NULL) {
            from->passages[passage] = in->passage_count;
        }
        in->passage_count++;
    }
    return NUNCIO_OK;
}

static nuncio_status merge_articles(merger *in)
{
    for (size_t i = 0; i < in->count; i++) {
        nn_merge_source *from = &in->sources[i];
        const nn_segment_info *info = nn_segment_info_of(from->part->segment);
        from->base = in->passage_count;
        in->quotes =
            (nn_article_quotes){.segment = from->part->segment, .arena = &in->quotes_arena};
        for (uint32_t article = 0; article < info->article_count; article++) {
            if (nn_part_has(from->part, article)) {
                NN_TRY(merge_article(in, from, article));
            }
        }
        nn_segment_trim(from->part->segment); /* of many segments, that would add up */
    }
    return NUNCIO_OK;
}

static nuncio_status init(merger *in, const nn_part *first)
{
    nn_memory *memory = in->parts->memory;
    nn_segment_writer_options options = {
        .vfs = in->parts->vfs, .directory = in->parts->directory, .store_text = true};
    in->sources = (nn_merge_source *)nn_alloc_array(memory, in->count, sizeof *in->sources);
    if (in->sources == NULL) {
        return nn_error_memory(in->error);
    }
    for (size_t i = 0; i < in->count; i++) {
        const nn_segment_info *info = nn_segment_info_of(first[i].segment);
        nn_merge_source *from = &in->sources[i];
        from->part = &first[i];
        options.store_text = options.store_text && info->has_text;
        if (nn_part_live_articles(from->part) == info->article_count) {
            continue;
        }
        size_t size = info->passage_count * sizeof *from->passages;
        from->passages = (uint32_t *)nn_alloc(memory, size);
        if (from->passages == NULL) {
            return nn_error_memory(in->error);
        }
        memset(from->passages, 0xff, size); /* all NN_MERGE_DELETED */
    }
    return nn_segment_writer_open(&options, memory, &in->out, in->error);
}

static void deinit(merger *in)
{
    nn_memory *memory = in->parts->memory;
    for (size_t i = 0; in->sources != NULL && i < in->count; i++) {
        const nn_merge_source *from = &in->sources[i];
        if (from->passages != NULL) {
            nn_release(memory, from->passages,
                       nn_segment_info_of(from->part->segment)->passage_count *
                           sizeof *from->passages);
        }
    }
    nn_release(memory, in->sources, in->count * sizeof *in->sources);
    nn_arena_clear(&in->arena);
    nn_arena_clear(&in->quotes_arena);
    nn_segment_writer_destroy(in->out);
}

/* Writes the new segment; `entry` names it, or stays empty when no article is left. */
static nuncio_status write_merged(merger *in, const nn_part *first, nn_manifest_entry *entry)
{
    NN_TRY(init(in, first));
    NN_TRY(merge_articles(in));
    if (in->passage_count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_merge_terms(in->parts, in->sources, in->count, in->out, in->error));
    return nn_segment_finish(in->out, in->parts->memory, entry->segment, in->error);
}

static nuncio_status merge(nn_parts *parts, size_t first, size_t count, bool recompress,
                           nuncio_error *error)
{
    nn_recompress texts = {0};
    merger in = {.parts = parts, .count = count, .error = error};
    if (recompress) {
        NN_TRY(nn_recompress_init(&texts, parts->memory, &parts->items[first], count, error));
        in.recompress = &texts;
    }
    nn_manifest_entry entry;
    memset(&entry, 0, sizeof entry);
    nn_arena_init(&in.arena, parts->memory);
    nn_arena_init(&in.quotes_arena, parts->memory);
    nuncio_status status = write_merged(&in, &parts->items[first], &entry);
    bool empty = in.passage_count == 0;
    deinit(&in);
    if (recompress) {
        nn_recompress_deinit(&texts);
    }
    if (status != NUNCIO_OK) {
        return status;
    }
    if (!empty) {
        NN_TRY(nn_parts_insert(parts, first, &entry, false, error));
        first++;
    }
    nn_parts_remove(parts, first, count);
    return NUNCIO_OK;
}

nuncio_status nn_parts_merge(nn_parts *parts, size_t first, size_t count, bool recompress,
                             nuncio_error *error)
{
    nuncio_status status = merge(parts, first, count, recompress, error);
    if (status == NUNCIO_ERR_MEMORY && parts->threads > 1) { /* each has a list at hand */
        uint32_t threads = parts->threads;
        parts->threads = 1;
        status = merge(parts, first, count, recompress, error);
        parts->threads = threads;
    }
    return status;
}
