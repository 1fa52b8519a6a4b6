/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/slice.h"
#include "segment/annotations.h"
#include "segment/segment_impl.h"

enum { ITEM_SIZE_MIN = 3 /* bytes of the smallest mention: bounds what a count can claim */ };

/** The blob at hand. */
typedef struct blob {
    const nn_segment *segment;
    const uint8_t *start;
    nn_slice slice;
    uint32_t text_size; /* no span reaches behind it */
} blob;

static nuncio_status corrupt(const blob *from, nuncio_error *error)
{
    return nn_segment_corrupt(from->segment, from->start, "annotations make no sense", error);
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

/** A span near `base`. */
static bool read_span(blob *from, uint32_t base, uint32_t *out_start, uint32_t *out_end)
{
    uint64_t zigzag = nn_slice_varint(&from->slice);
    uint64_t size = nn_slice_varint(&from->slice);
    uint64_t distance = zigzag / 2 + (zigzag & 1);
    bool back = (zigzag & 1) != 0;
    if (from->slice.failed || distance > from->text_size || (back && distance > base)) {
        return false;
    }
    return close_span(from, back ? base - distance : base + distance, size, out_start, out_end);
}

/** The type of a name and the number of its string. */
static bool read_name(blob *from, nuncio_entity_type *type, uint64_t *string)
{
    uint64_t code = nn_slice_varint(&from->slice);
    *type = (nuncio_entity_type)(code & 7);
    *string = code >> 3;
    return !from->slice.failed && (code & 7) <= NUNCIO_ENTITY_NATIONALITY;
}

static nuncio_status read_quote(blob *from, uint32_t before, nn_quote_span *out,
                                nuncio_error *error)
{
    *out = (nn_quote_span){.speaker = NN_STRING_NONE, .cue = NN_STRING_NONE};
    nuncio_quote *quote = &out->quote;
    nuncio_entity_type none = NUNCIO_ENTITY_NONE;
    uint64_t start = nn_slice_varint(&from->slice);
    uint64_t size = nn_slice_varint(&from->slice);
    uint32_t head = nn_slice_u8(&from->slice);
    uint64_t confidence = nn_slice_varint(&from->slice);
    bool sane = !from->slice.failed && start <= from->text_size && head < 64 &&
                confidence <= NN_CONFIDENCE_UNIT &&
                close_span(from, before + start, size, &quote->start, &quote->end);
    if (sane && (head & NN_QUOTE_SPEAKER_SPAN) != 0) {
        sane = read_span(from, quote->start, &quote->speaker_start, &quote->speaker_end);
    }
    if (sane && (head & NN_QUOTE_CUE_SPAN) != 0) {
        sane = read_span(from, quote->start, &quote->cue_start, &quote->cue_end);
    }
    if (sane && (head & NN_QUOTE_SPEAKER) != 0) {
        sane = read_name(from, &quote->speaker_type, &out->speaker);
    }
    if (sane && (head & NN_QUOTE_CUE) != 0) {
        sane = read_name(from, &none, &out->cue);
    }
    quote->flags = head & NN_QUOTE_STORED_FLAGS;
    quote->confidence = (float)((double)confidence / NN_CONFIDENCE_UNIT);
    return sane ? NUNCIO_OK : corrupt(from, error);
}

static nuncio_status read_mention(blob *from, uint32_t before, nn_mention_span *out,
                                  nuncio_error *error)
{
    uint64_t start = nn_slice_varint(&from->slice);
    uint64_t size = nn_slice_varint(&from->slice);
    bool sane = !from->slice.failed && start <= from->text_size &&
                close_span(from, before + start, size, &out->start, &out->end) &&
                read_name(from, &out->type, &out->name);
    return sane ? NUNCIO_OK : corrupt(from, error);
}

static nuncio_status read_blob(blob *from, nn_arena *arena, nn_annotation_spans *out,
                               nuncio_error *error)
{
    uint64_t quotes = nn_slice_varint(&from->slice);
    uint64_t mentions = nn_slice_varint(&from->slice);
    uint64_t most = from->slice.size / ITEM_SIZE_MIN;
    if (from->slice.failed || quotes > most || mentions > most) {
        return corrupt(from, error);
    }
    nn_quote_span *quote = nn_arena_alloc(arena, (size_t)quotes * sizeof *quote);
    nn_mention_span *mention = nn_arena_alloc(arena, (size_t)mentions * sizeof *mention);
    if (quote == NULL || mention == NULL) {
        return nn_error_memory(error);
    }
    out->quotes = quote;
    out->mentions = mention;
    uint32_t before = 0;
    for (; out->quote_count < quotes; out->quote_count++, before = quote++->quote.start) {
        NN_TRY(read_quote(from, before, quote, error));
    }
    before = 0;
    for (; out->mention_count < mentions; out->mention_count++, before = mention++->start) {
        NN_TRY(read_mention(from, before, mention, error));
    }
    return from->slice.size == 0 ? NUNCIO_OK : corrupt(from, error);
}

nuncio_status nn_segment_annotation_spans(const nn_segment *segment, uint32_t article,
                                          nn_arena *arena, nn_annotation_spans *out,
                                          nuncio_error *error)
{
    NN_ASSERT(article < segment->info.article_count);
    *out = (nn_annotation_spans){0};
    uint32_t first = nn_segment_first_passage(segment, article);
    uint32_t passage_end = nn_segment_first_passage(segment, article + 1);
    blob from = {.segment = segment};
    const uint8_t *end = NULL;
    NN_TRY(nn_segment_store_item(segment, nn_store_item_of_annotations(passage_end, article),
                                 &from.start, &end, error));
    if (from.start == end) {
        return NUNCIO_OK;
    }
    if (first >= passage_end) {
        return corrupt(&from, error);
    }
    uint32_t ignored = 0;
    NN_TRY(nn_segment_passage_start(segment, passage_end - 1, &ignored, &from.text_size, error));
    from.slice = nn_slice_of(from.start, (size_t)(end - from.start));
    nuncio_status status = read_blob(&from, arena, out, error);
    if (status != NUNCIO_OK) {
        *out = (nn_annotation_spans){0};
    }
    return status;
}

nuncio_status nn_segment_quote(const nn_segment *segment, const nn_quote_span *span,
                               nuncio_quote *out, nuncio_error *error)
{
    *out = span->quote;
    if (span->speaker != NN_STRING_NONE) {
        NN_TRY(nn_segment_string(segment, span->speaker, &out->speaker, error));
    }
    return span->cue == NN_STRING_NONE ? NUNCIO_OK
                                       : nn_segment_string(segment, span->cue, &out->cue, error);
}

nuncio_status nn_segment_mention(const nn_segment *segment, const nn_mention_span *span,
                                 nuncio_mention *out, nuncio_error *error)
{
    *out = (nuncio_mention){.start = span->start, .end = span->end, .type = span->type};
    return nn_segment_string(segment, span->name, &out->name, error);
}

nuncio_status nn_segment_annotations(const nn_segment *segment, uint32_t article, nn_arena *arena,
                                     nuncio_annotations *out, nuncio_error *error)
{
    nn_annotation_spans spans;
    *out = (nuncio_annotations){0};
    NN_TRY(nn_segment_annotation_spans(segment, article, arena, &spans, error));
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
