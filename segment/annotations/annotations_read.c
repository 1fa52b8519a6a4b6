/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/slice.h"
#include "segment/annotations/names.h"
#include "segment/annotations/quote_spans.h"
#include "segment/codes/golomb.h"
#include "segment/segment_impl.h"

enum { MENTION_BITS_MIN = 2 }; /* of the smallest, which bounds what a count can claim */

/** The annotations of an article being read. */
typedef struct blob {
    const nn_segment *segment;
    uint32_t article;
    const uint8_t *start; /* of its mentions */
    uint32_t text_size;   /* no span reaches behind it */
    nn_article_names names;
    uint32_t mention_count;
    nn_bit_reader mentions;
    uint32_t *name_sizes; /* by name: its bytes, 0: not asked for yet; NULL: none is kept */
} blob;

static nuncio_status corrupt(const blob *from, nuncio_error *error)
{
    return nn_segment_corrupt(from->segment, from->start, "mentions make no sense", error);
}

/** A span whose start is given; false when it ends behind the text. */
static bool close_span(const blob *from, uint64_t start, uint64_t size, uint32_t *out_start,
                       uint32_t *out_end)
{
    if (start > from->text_size || size > from->text_size - start) {
        return false;
    }
    *out_start = (uint32_t)start;
    *out_end = (uint32_t)(start + size);
    return true;
}

/* ---- an article ---- */

/** Finds where the mentions of an article lie. */
static nuncio_status find_mentions(blob *out, const uint8_t *end, nuncio_error *error)
{
    nn_slice slice = nn_slice_of(out->start, (size_t)(end - out->start));
    if (slice.size == 0) {
        return NUNCIO_OK;
    }
    uint64_t count = nn_slice_varint(&slice);
    if (slice.failed || count == 0 || count > (uint64_t)slice.size * 8 / MENTION_BITS_MIN) {
        return corrupt(out, error);
    }
    out->mentions = (nn_bit_reader){slice.data, 0, (uint64_t)slice.size * 8};
    out->mention_count = (uint32_t)count;
    return NUNCIO_OK;
}

/** Finds the mentions of an article, and its names when it has annotations. */
static nuncio_status open_blob(const nn_segment *segment, uint32_t article, nn_arena *arena,
                               blob *out, nuncio_error *error)
{
    NN_ASSERT(article < segment->info.article_count);
    *out = (blob){.segment = segment, .article = article};
    uint32_t first = nn_segment_first_passage(segment, article);
    uint32_t passage_end = nn_segment_first_passage(segment, article + 1);
    const uint8_t *end = NULL;
    NN_TRY(nn_segment_store_item(segment, nn_store_item_of_mentions(passage_end, article),
                                 &out->start, &end, error));
    NN_TRY(find_mentions(out, end, error));
    if (first >= passage_end) {
        return corrupt(out, error);
    }
    uint32_t ignored = 0;
    NN_TRY(nn_segment_passage_start(segment, passage_end - 1, &ignored, &out->text_size, error));
    return nn_segment_article_names(segment, article, arena, &out->names, error);
}

/* ---- mentions ---- */

/** Bytes of a mention that bears an entry. */
static nuncio_status size_of(const blob *from, const nn_article_name *entry, uint32_t *out,
                             nuncio_error *error)
{
    *out =
        entry->size > 0 || from->name_sizes == NULL ? entry->size : from->name_sizes[entry->name];
    if (*out == 0) {
        NN_TRY(nn_segment_string_size(from->segment, entry->name, out, error));
        if (from->name_sizes != NULL) {
            from->name_sizes[entry->name] = *out;
        }
    }
    return NUNCIO_OK;
}

/** The local number of the next mention, behind a gap; `seen` numbers were new so far. Nearly
 * always one word holds it all. */
static bool read_mention(blob *from, uint32_t order, uint32_t *gap, uint32_t seen, uint64_t *local)
{
    uint64_t new = 0;
    nn_bit_reader *bits = &from->mentions;
    uint64_t word = bits->bit < bits->end ? nn_bits_get(bits->data, bits->bit, NN_BITS_MAX) : 0;
    uint32_t size = 0;
    uint64_t number = nn_golomb_of(word, order, &size);
    uint32_t width = seen > 1 ? nn_bit_width32(seen - 1) : 0;
    if (size + 1 + width <= NN_BITS_MAX && bits->end - bits->bit > size + width) {
        word >>= size;
        new = word & 1;
        *gap = (uint32_t)number;
        *local = new != 0 ? seen : word >> 1 & ((UINT64_C(1) << width) - 1);
        bits->bit += size + 1 + (new != 0 ? 0 : width);
        return new != 0 ? seen < from->names.standing : *local < seen;
    }
    *local = seen;
    return nn_golomb_read(bits, order, gap) && nn_bits_read(bits, 1, &new) &&
           (new != 0
                ? seen < from->names.standing
                : seen > 0 && nn_bits_read(bits, nn_bit_width32(seen - 1), local) && *local < seen);
}

/** Reads mentions up to the first that starts at `limit` or behind; *count is how many. `sizes` has
 * room for those of each local number. */
static nuncio_status read_mentions(blob *from, uint32_t limit, uint32_t *sizes,
                                   nn_mention_span *items, uint32_t *count, nuncio_error *error)
{
    uint64_t order = 0, before = 0;
    uint32_t seen = 0;
    if (!nn_bits_read(&from->mentions, NN_GOLOMB_ORDER_BITS, &order)) {
        return corrupt(from, error);
    }
    for (*count = 0; *count < from->mention_count; (*count)++) {
        uint32_t gap = 0;
        uint64_t local = 0;
        nn_mention_span *item = &items[*count];
        if (!read_mention(from, (uint32_t)order, &gap, seen, &local)) {
            return corrupt(from, error);
        }
        if (local == seen) {
            NN_TRY(size_of(from, &from->names.items[local], &sizes[seen++], error));
        }
        if (!close_span(from, before + gap, sizes[local], &item->start, &item->end)) {
            return corrupt(from, error);
        }
        if (item->start >= limit) {
            return NUNCIO_OK;
        }
        item->name = from->names.items[local].name;
        before = item->end;
    }
    bool all = seen == from->names.standing && from->mentions.end - from->mentions.bit < 8;
    return all ? NUNCIO_OK : corrupt(from, error);
}

static nuncio_status take_mentions(blob *from, uint32_t limit, nn_arena *arena,
                                   nn_annotation_spans *out, nuncio_error *error)
{
    if (from->mention_count == 0) {
        return NUNCIO_OK;
    }
    uint32_t count = 0;
    uint32_t *sizes = nn_arena_alloc(arena, (from->names.standing + (size_t)1) * sizeof *sizes);
    nn_mention_span *items = nn_arena_alloc(arena, from->mention_count * sizeof *items);
    if (sizes == NULL || items == NULL) {
        return nn_error_memory(error);
    }
    NN_TRY(read_mentions(from, limit, sizes, items, &count, error));
    out->mentions = items;
    out->mention_count = count;
    return NUNCIO_OK;
}

/* ---- quotes ---- */

static nuncio_status take_quotes(const blob *from, uint32_t limit, nn_arena *arena,
                                 nn_annotation_spans *out, nuncio_error *error)
{
    nn_article_quotes quotes = {.segment = from->segment,
                                .arena = arena,
                                .names = from->names,
                                .has_names = true,
                                .named = from->article};
    NN_TRY(nn_article_quotes_seek(&quotes, from->article, error));
    if (quotes.count == 0) {
        return NUNCIO_OK;
    }
    nn_quote_span *spans = nn_arena_alloc(arena, quotes.count * sizeof *spans);
    if (spans == NULL) {
        return nn_error_memory(error);
    }
    out->quotes = spans;
    return nn_quote_spans_read(&quotes, from->text_size, limit, spans, &out->quote_count, error);
}

/* ---- all ---- */

nuncio_status nn_segment_annotation_spans(const nn_segment *segment, uint32_t article,
                                          uint32_t limit, nn_arena *arena, nn_annotation_spans *out,
                                          nuncio_error *error)
{
    blob from;
    *out = (nn_annotation_spans){0};
    if (segment->info.quote_count + segment->info.mention_count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(open_blob(segment, article, arena, &from, error));
    nuncio_status status = take_mentions(&from, limit, arena, out, error);
    if (status == NUNCIO_OK) {
        status = take_quotes(&from, limit, arena, out, error);
    }
    if (status != NUNCIO_OK) {
        *out = (nn_annotation_spans){0};
    }
    return status;
}

nuncio_status nn_segment_mention_spans(const nn_segment *segment, uint32_t article,
                                       uint32_t *name_sizes, nn_arena *arena,
                                       nn_annotation_spans *out, nuncio_error *error)
{
    blob from;
    *out = (nn_annotation_spans){0};
    if (segment->info.quote_count + segment->info.mention_count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(open_blob(segment, article, arena, &from, error));
    from.name_sizes = name_sizes;
    return take_mentions(&from, UINT32_MAX, arena, out, error);
}

nuncio_status nn_segment_quote(const nn_segment *segment, const nn_quote_span *span,
                               nuncio_quote *out, nuncio_error *error)
{
    *out = span->quote;
    if (span->speaker != NN_NAME_UNKNOWN) {
        NN_TRY(nn_segment_name(segment, span->speaker, &out->speaker, &out->speaker_type, error));
    }
    return span->cue == NN_STRING_NONE ? NUNCIO_OK
                                       : nn_segment_string(segment, span->cue, &out->cue, error);
}

nuncio_status nn_segment_mention(const nn_segment *segment, const nn_mention_span *span,
                                 nuncio_mention *out, nuncio_error *error)
{
    *out = (nuncio_mention){.start = span->start, .end = span->end};
    NN_TRY(nn_segment_name(segment, span->name, &out->name, &out->type, error));
    if (out->type == NUNCIO_ENTITY_NONE) {
        return nn_segment_corrupt(segment, segment->name_types.data, "a description is mentioned",
                                  error);
    }
    return NUNCIO_OK;
}

nuncio_status nn_segment_annotations(const nn_segment *segment, uint32_t article, nn_arena *arena,
                                     nuncio_annotations *out, nuncio_error *error)
{
    nn_annotation_spans spans;
    *out = (nuncio_annotations){0};
    NN_TRY(nn_segment_annotation_spans(segment, article, UINT32_MAX, arena, &spans, error));
    if (spans.quote_count + spans.mention_count == 0) {
        return NUNCIO_OK;
    }
    nuncio_quote *quotes = nn_arena_alloc(arena, spans.quote_count * sizeof *quotes);
    nuncio_mention *mentions = nn_arena_alloc(arena, spans.mention_count * sizeof *mentions);
    if (quotes == NULL || mentions == NULL) {
        return nn_error_memory(error);
    }
    for (size_t i = 0; i < spans.quote_count; i++) {
        NN_TRY(nn_segment_quote(segment, &spans.quotes[i], &quotes[i], error));
    }
    for (size_t i = 0; i < spans.mention_count; i++) {
        NN_TRY(nn_segment_mention(segment, &spans.mentions[i], &mentions[i], error));
    }
    *out = (nuncio_annotations){quotes, spans.quote_count, mentions, spans.mention_count};
    return NUNCIO_OK;
}
