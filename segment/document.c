/* SPDX-License-Identifier: Apache-2.0 */
/* An article read back: its passages joined, with its annotations. */
#include "core/error.h"
#include "segment/snapshot.h"

struct nuncio_document {
    nn_memory memory;
    nn_arena arena; /* annotations, spans, copies of what lies in the segment */
    nn_buffer text;
    nuncio_article article;
    nuncio_annotations annotations;
    nuncio_passage_span *spans;
    size_t span_count;
};

void nuncio_document_destroy(nuncio_document *document)
{
    if (document == NULL) {
        return;
    }
    nn_buffer_deinit(&document->text);
    nn_arena_clear(&document->arena);
    nuncio_allocator allocator = document->memory.allocator; /* its own budget goes with it */
    allocator.release(allocator.context, document, sizeof *document);
}

/** Copies a view into the document, so that it may outlive the snapshot. */
static bool keep(nn_arena *arena, nuncio_str *text)
{
    if (text->data == NULL) {
        return true;
    }
    *text = nn_arena_str(arena, *text);
    return text->data != NULL;
}

static nuncio_status read_passages(nuncio_document *document, const nn_segment *segment,
                                   const nn_article_row *row, nuncio_error *error)
{
    bool has_text = nn_segment_info_of(segment)->has_text;
    document->spans =
        nn_arena_array(&document->arena, row->passage_count + (size_t)1, sizeof *document->spans);
    if (document->spans == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < row->passage_count; i++) {
        uint32_t passage = row->first_passage + i;
        nuncio_passage_span *span = &document->spans[document->span_count++];
        NN_TRY(nn_segment_passage_start(segment, passage, &span->start, &span->end, error));
        if (has_text) {
            NN_TRY(nn_segment_passage_text(segment, passage, &document->text, error));
        }
    }
    document->article.text = has_text ? nn_buffer_str(&document->text) : (nuncio_str){NULL, 0};
    if (has_text && document->article.text.data == NULL) {
        document->article.text.data = ""; /* there, and empty */
    }
    return NUNCIO_OK;
}

static nuncio_status keep_strings(nuncio_document *document, nuncio_error *error)
{
    nn_arena *arena = &document->arena;
    nuncio_article *article = &document->article;
    bool kept = keep(arena, &article->id) && keep(arena, &article->title) &&
                keep(arena, &article->source) && keep(arena, &article->url) &&
                keep(arena, &article->lang);
    return kept ? NUNCIO_OK : nn_error_memory(error);
}

/** The annotations with their strings copied. */
static nuncio_status read_annotations(nuncio_document *document, const nn_segment *segment,
                                      uint32_t article, nuncio_error *error)
{
    nn_arena *arena = &document->arena;
    nuncio_annotations found;
    NN_TRY(nn_segment_annotations(segment, article, arena, &found, error));
    nuncio_quote *quotes = nn_arena_array(arena, found.quote_count + 1, sizeof *quotes);
    nuncio_mention *mentions = nn_arena_array(arena, found.mention_count + 1, sizeof *mentions);
    bool kept = quotes != NULL && mentions != NULL;
    for (size_t i = 0; kept && i < found.quote_count; i++) {
        quotes[i] = found.quotes[i];
        kept = keep(arena, &quotes[i].speaker) && keep(arena, &quotes[i].cue);
    }
    for (size_t i = 0; kept && i < found.mention_count; i++) {
        mentions[i] = found.mentions[i];
        kept = keep(arena, &mentions[i].name);
    }
    if (!kept) {
        return nn_error_memory(error);
    }
    document->annotations =
        (nuncio_annotations){quotes, found.quote_count, mentions, found.mention_count};
    return NUNCIO_OK;
}

static nuncio_status fill(nuncio_document *document, const nn_segment *segment, uint32_t article,
                          nuncio_error *error)
{
    nn_article_row row;
    nuncio_str url;
    NN_TRY(nn_segment_article(segment, article, &row, error));
    if (!nn_article_url(&row, &document->arena, &url)) {
        return nn_error_memory(error);
    }
    document->article = (nuncio_article){.id = row.id,
                                         .title = row.title,
                                         .date = row.date,
                                         .source = row.source,
                                         .url = url,
                                         .lang = row.lang};
    NN_TRY(keep_strings(document, error));
    NN_TRY(read_passages(document, segment, &row, error));
    return read_annotations(document, segment, article, error);
}

static nuncio_status read_document(const nuncio_snapshot *snapshot, const nn_segment *segment,
                                   uint32_t article, nuncio_document **out, nuncio_error *error)
{
    nn_memory memory = {.allocator = snapshot->memory.allocator};
    nuncio_document *document = nn_alloc_array(&memory, 1, sizeof *document);
    if (document == NULL) {
        return nn_error_memory(error);
    }
    document->memory.allocator = snapshot->memory.allocator;
    nn_arena_init(&document->arena, &document->memory);
    nn_buffer_init(&document->text, &document->memory);
    nuncio_status status = fill(document, segment, article, error);
    if (status != NUNCIO_OK) {
        nuncio_document_destroy(document);
        return status;
    }
    *out = document;
    return NUNCIO_OK;
}

nuncio_status nuncio_snapshot_find(const nuncio_snapshot *snapshot, nuncio_str id,
                                   nuncio_document **out, nuncio_error *error)
{
    *out = NULL;
    for (size_t i = snapshot->part_count; i-- > 0;) { /* newest first */
        const nn_part_files *part = &snapshot->parts[i];
        uint32_t article = UINT32_MAX;
        NN_TRY(nn_segment_find_article(part->segment, id, &article, error));
        if (article != UINT32_MAX &&
            (part->deletes == NULL || !nn_deletes_has(part->deletes, article))) {
            return read_document(snapshot, part->segment, article, out, error);
        }
    }
    return nn_error_set(error, NUNCIO_ERR_NOT_FOUND, "no article has the id '%.*s'",
                        id.size < 100 ? (int)id.size : 100, id.size > 0 ? id.data : "");
}

nuncio_status nuncio_snapshot_read(const nuncio_snapshot *snapshot, uint64_t number,
                                   nuncio_document **out, nuncio_error *error)
{
    *out = NULL;
    uint64_t left = number;
    for (size_t i = 0; i < snapshot->part_count; i++) {
        const nn_part_files *part = &snapshot->parts[i];
        uint32_t live = nn_segment_info_of(part->segment)->article_count;
        live -= part->deletes == NULL ? 0 : nn_deletes_info_of(part->deletes)->articles;
        if (left < live) {
            uint32_t article = part->deletes == NULL
                                   ? (uint32_t)left
                                   : nn_deletes_live(part->deletes, (uint32_t)left);
            return read_document(snapshot, part->segment, article, out, error);
        }
        left -= live;
    }
    return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "there is no article number %llu, only %llu",
                        (unsigned long long)number, (unsigned long long)snapshot->live_articles);
}

const nuncio_article *nuncio_document_article(const nuncio_document *document)
{
    return &document->article;
}

const nuncio_annotations *nuncio_document_annotations(const nuncio_document *document)
{
    return &document->annotations;
}

size_t nuncio_document_passage_count(const nuncio_document *document)
{
    return document->span_count;
}

nuncio_passage_span nuncio_document_passage(const nuncio_document *document, size_t ordinal)
{
    nuncio_passage_span none = {0, 0};
    return ordinal < document->span_count ? document->spans[ordinal] : none;
}
