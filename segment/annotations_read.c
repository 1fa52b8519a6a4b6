/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/slice.h"
#include "segment/annotations.h"
#include "segment/golomb.h"
#include "segment/names.h"
#include "segment/segment_impl.h"

/* What the smallest takes, which bounds what a count can claim. */
enum { QUOTE_SIZE_MIN = 4 /* bytes */, MENTION_BITS_MIN = 2 };

/** The blob at hand. */
typedef struct blob {
    const nn_segment *segment;
    const uint8_t *start;
    nn_slice slice;
    uint32_t text_size; /* no span reaches behind it */
    nn_article_names names;
    uint32_t mention_count;
    nn_bit_reader mentions;
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

/* ---- the blob ---- */

/** Finds the blob of an article, its names, and where mentions and quotes lie in it. */
static nuncio_status open_blob(const nn_segment *segment, uint32_t article, nn_arena *arena,
                               blob *out, nuncio_error *error)
{
    NN_ASSERT(article < segment->info.article_count);
    *out = (blob){.segment = segment};
    uint32_t first = nn_segment_first_passage(segment, article);
    uint32_t passage_end = nn_segment_first_passage(segment, article + 1);
    const uint8_t *end = NULL;
    NN_TRY(nn_segment_store_item(segment, nn_store_item_of_annotations(passage_end, article),
                                 &out->start, &end, error));
    out->slice = nn_slice_of(out->start, (size_t)(end - out->start));
    if (out->start == end) {
        return NUNCIO_OK;
    }
    if (first >= passage_end) {
        return corrupt(out, error);
    }
    uint32_t ignored = 0;
    NN_TRY(nn_segment_passage_start(segment, passage_end - 1, &ignored, &out->text_size, error));
    NN_TRY(nn_segment_article_names(segment, article, arena, &out->names, error));
    uint64_t count = nn_slice_varint(&out->slice);
    if (count > 0) {
        uint64_t size = nn_slice_varint(&out->slice);
        const uint8_t *bits = nn_slice_bytes(&out->slice, (size_t)size);
        if (bits == NULL || count > size * 8 / MENTION_BITS_MIN) {
            return corrupt(out, error);
        }
        out->mentions = (nn_bit_reader){bits, 0, size * 8};
        out->mention_count = (uint32_t)count;
    }
    return out->slice.failed ? corrupt(out, error) : NUNCIO_OK;
}

/* ---- mentions ---- */

/** Sizes by local number, of those that stand. */
static nuncio_status find_sizes(const blob *from, nn_arena *arena, uint32_t **out,
                                nuncio_error *error)
{
    uint32_t *sizes = nn_arena_alloc(arena, (from->names.standing + (size_t)1) * sizeof *sizes);
    if (sizes == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < from->names.standing; i++) {
        const nn_article_name *entry = &from->names.items[i];
        sizes[i] = entry->size;
        if (entry->size == 0) {
            uint64_t start = 0, end = 0;
            const nn_sequence *starts = &from->segment->string_starts;
            NN_TRY(nn_sequence_get(starts, entry->name, &start, error));
            NN_TRY(nn_sequence_get(starts, (uint64_t)entry->name + 1, &end, error));
            sizes[i] = end - start <= UINT32_MAX ? (uint32_t)(end - start) : UINT32_MAX;
        }
    }
    *out = sizes;
    return NUNCIO_OK;
}

static bool read_mentions(blob *from, const uint32_t *sizes, nn_mention_span *items)
{
    nn_bit_reader *bits = &from->mentions;
    uint64_t order = 0, before = 0;
    uint32_t seen = 0;
    if (!nn_bits_read(bits, NN_GOLOMB_ORDER_BITS, &order)) {
        return false;
    }
    for (uint32_t i = 0; i < from->mention_count; i++) {
        uint32_t gap = 0;
        uint64_t new = 0, local = seen;
        if (!nn_golomb_read(bits, (uint32_t)order, &gap) || !nn_bits_read(bits, 1, &new) ||
            (new == 0 && (seen == 0 || !nn_bits_read(bits, nn_bit_width32(seen - 1), &local)))) {
            return false;
        }
        seen += (uint32_t) new;
        if (seen > from->names.standing || local >= seen ||
            !close_span(from, before + gap, sizes[local], &items[i].start, &items[i].end)) {
            return false;
        }
        items[i].name = from->names.items[local].name;
        before = items[i].end;
    }
    return seen == from->names.standing && bits->end - bits->bit < 8;
}

static nuncio_status take_mentions(blob *from, nn_arena *arena, nn_annotation_spans *out,
                                   nuncio_error *error)
{
    uint32_t *sizes = NULL;
    if (from->mention_count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(find_sizes(from, arena, &sizes, error));
    nn_mention_span *items = nn_arena_alloc(arena, from->mention_count * sizeof *items);
    if (items == NULL) {
        return nn_error_memory(error);
    }
    if (!read_mentions(from, sizes, items)) {
        return corrupt(from, error);
    }
    out->mentions = items;
    out->mention_count = from->mention_count;
    return NUNCIO_OK;
}

/* ---- quotes ---- */

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

static bool read_numbers(blob *from, uint32_t head, nn_quote_span *out)
{
    if ((head & NN_QUOTE_SPEAKER) != 0) {
        uint64_t local = nn_slice_varint(&from->slice);
        if (from->slice.failed || local >= from->names.count) {
            return false;
        }
        out->speaker = from->names.items[local].name;
    }
    if ((head & NN_QUOTE_CUE) != 0) {
        uint64_t number = nn_slice_varint(&from->slice), names = from->segment->meta.names;
        if (from->slice.failed || number >= from->segment->meta.strings - names) {
            return false;
        }
        out->cue = names + number;
    }
    return true;
}

static bool read_quote(blob *from, uint32_t before, nn_quote_span *out)
{
    *out = (nn_quote_span){.speaker = NN_NAME_UNKNOWN, .cue = NN_STRING_NONE};
    nuncio_quote *quote = &out->quote;
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
    quote->flags = head & NN_QUOTE_STORED_FLAGS;
    quote->confidence = (float)((double)confidence / NN_CONFIDENCE_UNIT);
    return sane && read_numbers(from, head, out);
}

static nuncio_status take_quotes(blob *from, nn_arena *arena, nn_annotation_spans *out,
                                 nuncio_error *error)
{
    if (from->slice.size == 0) {
        return NUNCIO_OK;
    }
    uint64_t count = nn_slice_varint(&from->slice);
    if (from->slice.failed || count > from->slice.size / QUOTE_SIZE_MIN || count == 0) {
        return corrupt(from, error);
    }
    nn_quote_span *quotes = nn_arena_alloc(arena, (size_t)count * sizeof *quotes);
    if (quotes == NULL) {
        return nn_error_memory(error);
    }
    uint32_t before = 0;
    for (uint64_t i = 0; i < count; i++) {
        if (!read_quote(from, before, &quotes[i])) {
            return corrupt(from, error);
        }
        before = quotes[i].quote.start;
    }
    out->quotes = quotes;
    out->quote_count = (size_t)count;
    return from->slice.size == 0 ? NUNCIO_OK : corrupt(from, error);
}

/* ---- all ---- */

nuncio_status nn_segment_annotation_spans(const nn_segment *segment, uint32_t article,
                                          nn_arena *arena, nn_annotation_spans *out,
                                          nuncio_error *error)
{
    blob from;
    *out = (nn_annotation_spans){0};
    NN_TRY(open_blob(segment, article, arena, &from, error));
    nuncio_status status = take_mentions(&from, arena, out, error);
    if (status == NUNCIO_OK) {
        status = take_quotes(&from, arena, out, error);
    }
    if (status != NUNCIO_OK) {
        *out = (nn_annotation_spans){0};
    }
    return status;
}

nuncio_status nn_segment_mention_spans(const nn_segment *segment, uint32_t article, nn_arena *arena,
                                       nn_annotation_spans *out, nuncio_error *error)
{
    blob from;
    *out = (nn_annotation_spans){0};
    NN_TRY(open_blob(segment, article, arena, &from, error));
    return take_mentions(&from, arena, out, error);
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
