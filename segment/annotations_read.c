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

static nuncio_status read_string(blob *from, nuncio_str *out, nuncio_entity_type *type,
                                 nuncio_error *error)
{
    uint64_t code = nn_slice_varint(&from->slice);
    if (from->slice.failed || (code & 7) > NUNCIO_ENTITY_NATIONALITY) {
        return corrupt(from, error);
    }
    *type = (nuncio_entity_type)(code & 7);
    return nn_segment_string(from->segment, code >> 3, out, error);
}

static nuncio_status read_quote(blob *from, uint32_t before, nuncio_quote *out, nuncio_error *error)
{
    *out = (nuncio_quote){0};
    uint64_t start = nn_slice_varint(&from->slice);
    uint64_t size = nn_slice_varint(&from->slice);
    uint32_t head = nn_slice_u8(&from->slice);
    uint64_t confidence = nn_slice_varint(&from->slice);
    bool sane = !from->slice.failed && start <= from->text_size && head < 64 &&
                confidence <= NN_CONFIDENCE_UNIT &&
                close_span(from, before + start, size, &out->start, &out->end);
    if (sane && (head & NN_QUOTE_SPEAKER_SPAN) != 0) {
        sane = read_span(from, out->start, &out->speaker_start, &out->speaker_end);
    }
    if (sane && (head & NN_QUOTE_CUE_SPAN) != 0) {
        sane = read_span(from, out->start, &out->cue_start, &out->cue_end);
    }
    if (!sane) {
        return corrupt(from, error);
    }
    out->flags = head & NN_QUOTE_STORED_FLAGS;
    out->confidence = (float)((double)confidence / NN_CONFIDENCE_UNIT);
    if ((head & NN_QUOTE_SPEAKER) != 0) {
        NN_TRY(read_string(from, &out->speaker, &out->speaker_type, error));
    }
    if ((head & NN_QUOTE_CUE) != 0) {
        nuncio_entity_type none = NUNCIO_ENTITY_NONE;
        NN_TRY(read_string(from, &out->cue, &none, error));
    }
    return NUNCIO_OK;
}

static nuncio_status read_mention(blob *from, uint32_t before, nuncio_mention *out,
                                  nuncio_error *error)
{
    *out = (nuncio_mention){0};
    uint64_t start = nn_slice_varint(&from->slice);
    uint64_t size = nn_slice_varint(&from->slice);
    if (from->slice.failed || start > from->text_size ||
        !close_span(from, before + start, size, &out->start, &out->end)) {
        return corrupt(from, error);
    }
    return read_string(from, &out->name, &out->type, error);
}

static nuncio_status read_blob(blob *from, nn_arena *arena, nuncio_annotations *out,
                               nuncio_error *error)
{
    uint64_t quotes = nn_slice_varint(&from->slice);
    uint64_t mentions = nn_slice_varint(&from->slice);
    uint64_t most = from->slice.size / ITEM_SIZE_MIN;
    if (from->slice.failed || quotes > most || mentions > most) {
        return corrupt(from, error);
    }
    nuncio_quote *quote = nn_arena_array(arena, (size_t)quotes + 1, sizeof *quote);
    nuncio_mention *mention = nn_arena_array(arena, (size_t)mentions + 1, sizeof *mention);
    if (quote == NULL || mention == NULL) {
        return nn_error_memory(error);
    }
    out->quotes = quote;
    out->mentions = mention;
    uint32_t before = 0;
    for (; out->quote_count < quotes; out->quote_count++, before = quote++->start) {
        NN_TRY(read_quote(from, before, quote, error));
    }
    before = 0;
    for (; out->mention_count < mentions; out->mention_count++, before = mention++->start) {
        NN_TRY(read_mention(from, before, mention, error));
    }
    return from->slice.size == 0 ? NUNCIO_OK : corrupt(from, error);
}

nuncio_status nn_segment_annotations(const nn_segment *segment, uint32_t article, nn_arena *arena,
                                     nuncio_annotations *out, nuncio_error *error)
{
    NN_ASSERT(article < segment->info.article_count);
    *out = (nuncio_annotations){0};
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
        *out = (nuncio_annotations){0};
    }
    return status;
}
