/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/annotations.h"

#include "core/assert.h"
#include "core/error.h"

NN_STATIC_ASSERT(NUNCIO_QUOTE_DIRECT == 1 && NUNCIO_QUOTE_REPAIRED == 2,
                 "flags are stored as they are");
NN_STATIC_ASSERT(NUNCIO_ENTITY_NATIONALITY < 8, "a type takes three bits");

static nuncio_status append_string(nn_buffer *out, nn_string_map *strings, nuncio_str string,
                                   uint32_t type, nuncio_error *error)
{
    uint32_t number = 0;
    NN_TRY(nn_string_map_add(strings, string, &number, NULL, error));
    nn_buffer_append_varint(out, (uint64_t)number << 3 | type);
    return NUNCIO_OK;
}

static void append_span(nn_buffer *out, uint32_t base, uint32_t start, uint32_t end)
{
    int64_t place = (int64_t)start - (int64_t)base;
    nn_buffer_append_varint(out, place < 0 ? (uint64_t)(-place) * 2 - 1 : (uint64_t)place * 2);
    nn_buffer_append_varint(out, end - start);
}

static uint64_t confidence_units(float confidence)
{
    float clipped = confidence > 0.0F ? (confidence < 1.0F ? confidence : 1.0F) : 0.0F;
    return (uint64_t)((double)clipped * NN_CONFIDENCE_UNIT + 0.5);
}

static nuncio_status append_quote(nn_buffer *out, nn_string_map *strings, const nuncio_quote *quote,
                                  uint32_t before, nuncio_error *error)
{
    if (quote->start < before || quote->end < quote->start ||
        quote->speaker_end < quote->speaker_start || quote->cue_end < quote->cue_start) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "quote %u…%u is out of order", quote->start,
                            quote->end);
    }
    uint32_t head = quote->flags & NN_QUOTE_STORED_FLAGS;
    head |= quote->speaker_end > quote->speaker_start ? NN_QUOTE_SPEAKER_SPAN : 0;
    head |= quote->cue_end > quote->cue_start ? NN_QUOTE_CUE_SPAN : 0;
    head |= quote->speaker.data != NULL ? NN_QUOTE_SPEAKER : 0;
    head |= quote->cue.data != NULL ? NN_QUOTE_CUE : 0;
    nn_buffer_append_varint(out, quote->start - before);
    nn_buffer_append_varint(out, quote->end - quote->start);
    nn_buffer_append_u8(out, (uint8_t)head);
    nn_buffer_append_varint(out, confidence_units(quote->confidence));
    if ((head & NN_QUOTE_SPEAKER_SPAN) != 0) {
        append_span(out, quote->start, quote->speaker_start, quote->speaker_end);
    }
    if ((head & NN_QUOTE_CUE_SPAN) != 0) {
        append_span(out, quote->start, quote->cue_start, quote->cue_end);
    }
    if ((head & NN_QUOTE_SPEAKER) != 0) {
        NN_TRY(append_string(out, strings, quote->speaker, quote->speaker_type, error));
    }
    if ((head & NN_QUOTE_CUE) != 0) {
        NN_TRY(append_string(out, strings, quote->cue, 0, error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_annotations_write(nn_buffer *out, nn_string_map *strings,
                                   const nuncio_annotations *annotations, nuncio_error *error)
{
    if (annotations == NULL || annotations->quote_count + annotations->mention_count == 0) {
        return NUNCIO_OK;
    }
    nn_buffer_append_varint(out, annotations->quote_count);
    nn_buffer_append_varint(out, annotations->mention_count);
    uint32_t before = 0;
    for (size_t i = 0; i < annotations->quote_count; i++) {
        NN_TRY(append_quote(out, strings, &annotations->quotes[i], before, error));
        before = annotations->quotes[i].start;
    }
    before = 0;
    for (size_t i = 0; i < annotations->mention_count; i++) {
        const nuncio_mention *mention = &annotations->mentions[i];
        if (mention->start < before || mention->end < mention->start) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "mention %u…%u is out of order",
                                mention->start, mention->end);
        }
        nn_buffer_append_varint(out, mention->start - before);
        nn_buffer_append_varint(out, mention->end - mention->start);
        NN_TRY(append_string(out, strings, mention->name, mention->type, error));
        before = mention->start;
    }
    return nn_buffer_status(out, error);
}
