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

/** Bytes of a mention that bears an entry. */
static nuncio_status size_of(const blob *from, const nn_article_name *entry, uint32_t *out,
                             nuncio_error *error)
{
    uint64_t start = 0, end = 0;
    *out = entry->size;
    if (entry->size == 0) {
        NN_TRY(nn_sequence_pair(&from->segment->string_starts, entry->name, &start, &end, error));
        *out = end - start <= UINT32_MAX ? (uint32_t)(end - start) : UINT32_MAX;
    }
    return NUNCIO_OK;
}

/** The local number of the next mention, behind a gap; `seen` numbers were new so far. */
static bool read_mention(blob *from, uint32_t order, uint32_t *gap, uint32_t seen, uint64_t *local)
{
    uint64_t new = 0;
    nn_bit_reader *bits = &from->mentions;
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

static nuncio_status take_quotes(blob *from, uint32_t limit, nn_arena *arena,
                                 nn_annotation_spans *out, nuncio_error *error)
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
    out->quotes = quotes;
    for (size_t i = 0; i < count; i++) {
        if (!read_quote(from, before, &quotes[i])) {
            return corrupt(from, error);
        }
        before = quotes[i].quote.start;
        if (before >= limit) {
            return NUNCIO_OK;
        }
        out->quote_count++;
    }
    return from->slice.size == 0 ? NUNCIO_OK : corrupt(from, error);
}

/* ---- all ---- */

nuncio_status nn_segment_annotation_spans(const nn_segment *segment, uint32_t article,
                                          uint32_t limit, nn_arena *arena, nn_annotation_spans *out,
                                          nuncio_error *error)
{
    blob from;
    *out = (nn_annotation_spans){0};
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

nuncio_status nn_segment_mention_spans(const nn_segment *segment, uint32_t article, nn_arena *arena,
                                       nn_annotation_spans *out, nuncio_error *error)
{
    blob from;
    *out = (nn_annotation_spans){0};
    NN_TRY(open_blob(segment, article, arena, &from, error));
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
