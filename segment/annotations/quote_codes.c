/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "segment/annotations/quote_record.h"
#include "segment/segment_impl.h"

/** A span is in a place, and has the size of a string only where there is one. */
static bool is_span(uint32_t bits, bool has_string)
{
    uint32_t place = bits & NN_SPAN_PLACE_MASK;
    bool sized = (bits & NN_SPAN_SIZED) != 0;
    return place < NN_SPAN_PLACES && (!sized || (has_string && place != NN_SPAN_NONE));
}

static bool read_kind(nn_slice *from, nn_quote_kind *out)
{
    uint64_t head = nn_slice_varint(from), confidence = nn_slice_varint(from);
    if (from->failed || head > NN_QUOTE_HEAD_MAX || confidence > NN_CONFIDENCE_UNIT) {
        return false;
    }
    *out = (nn_quote_kind){(uint16_t)head, (uint16_t)confidence};
    return is_span(head >> NN_QUOTE_CUE_SPAN & NN_SPAN_BITS, (head & NN_QUOTE_CUE) != 0) &&
           is_span(head >> NN_QUOTE_SPEAKER_SPAN & NN_SPAN_BITS, (head & NN_QUOTE_SPEAKER) != 0);
}

static nuncio_status corrupt(const nn_segment *segment, nuncio_error *error)
{
    return nn_segment_corrupt(segment, nn_frame_region(&segment->frame, NN_REGION_QUOTE_CODES),
                              "the codes of quotes make no sense", error);
}

static nuncio_status read_kinds(const nn_segment *segment, nn_slice *from, nn_quote_codes *codes,
                                nuncio_error *error)
{
    uint64_t count = nn_slice_varint(from);
    if (from->failed || count > from->size / 2) {
        return corrupt(segment, error);
    }
    codes->kinds = nn_alloc_array(segment->memory, (size_t)count + 1, sizeof *codes->kinds);
    if (codes->kinds == NULL) {
        return nn_error_memory(error);
    }
    codes->kind_count = (uint32_t)count;
    for (uint32_t i = 0; i < count; i++) {
        if (!read_kind(from, &codes->kinds[i])) {
            return corrupt(segment, error);
        }
    }
    return NUNCIO_OK;
}

static nuncio_status read_cues(const nn_segment *segment, nn_slice *from, nn_quote_codes *codes,
                               nuncio_error *error)
{
    uint64_t count = nn_slice_varint(from), names = segment->meta.names;
    if (from->failed || count > from->size) {
        return corrupt(segment, error);
    }
    codes->cues = nn_alloc_array(segment->memory, (size_t)count + 1, sizeof *codes->cues);
    if (codes->cues == NULL) {
        return nn_error_memory(error);
    }
    codes->cue_count = (uint32_t)count;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t number = nn_slice_varint(from);
        if (from->failed || number >= segment->meta.strings - names) {
            return corrupt(segment, error);
        }
        codes->cues[i] = (uint32_t)(names + number);
    }
    return NUNCIO_OK;
}

static nuncio_status read_all(const nn_segment *segment, nn_quote_codes *codes, nuncio_error *error)
{
    nn_region region = segment->frame.regions[NN_REGION_QUOTE_CODES];
    nn_slice from = nn_slice_of(segment->frame.map.data + region.offset, (size_t)region.size);
    NN_TRY(nn_frame_touch(&segment->frame, region.offset, region.size, error));
    NN_TRY(read_kinds(segment, &from, codes, error));
    NN_TRY(read_cues(segment, &from, codes, error));
    for (uint32_t i = 0; i < NN_QUOTE_FIELDS; i++) {
        if (!nn_number_decoder_read(&codes->fields[i], &from)) {
            return corrupt(segment, error);
        }
    }
    return from.size == 0 ? NUNCIO_OK : corrupt(segment, error);
}

nuncio_status nn_quote_codes_open(const nn_segment *segment, nn_quote_codes **out,
                                  nuncio_error *error)
{
    *out = NULL;
    if (segment->info.quote_count == 0) {
        return NUNCIO_OK;
    }
    nn_quote_codes *codes = nn_alloc_array(segment->memory, 1, sizeof *codes);
    if (codes == NULL) {
        return nn_error_memory(error);
    }
    nuncio_status status = read_all(segment, codes, error);
    if (status != NUNCIO_OK) {
        nn_quote_codes_close(segment, codes);
        return status;
    }
    *out = codes;
    return NUNCIO_OK;
}

void nn_quote_codes_close(const nn_segment *segment, nn_quote_codes *codes)
{
    if (codes != NULL) {
        nn_release(segment->memory, codes->cues, (codes->cue_count + 1) * sizeof *codes->cues);
        nn_release(segment->memory, codes->kinds, (codes->kind_count + 1) * sizeof *codes->kinds);
        nn_release(segment->memory, codes, sizeof *codes);
    }
}
