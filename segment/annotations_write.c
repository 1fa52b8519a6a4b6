/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/annotations.h"

#include "core/assert.h"
#include "core/error.h"
#include "segment/golomb.h"

NN_STATIC_ASSERT(NUNCIO_QUOTE_DIRECT == 1 && NUNCIO_QUOTE_REPAIRED == 2,
                 "flags are stored as they are");
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

static nuncio_status append_quote(nn_buffer *out, nn_names_writer *names, const nuncio_quote *quote,
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
    uint32_t number = 0;
    if ((head & NN_QUOTE_SPEAKER) != 0) {
        NN_TRY(nn_names_add_speaker(names, quote->speaker, quote->speaker_type, &number, error));
        nn_buffer_append_varint(out, number);
    }
    if ((head & NN_QUOTE_CUE) != 0) {
        NN_TRY(nn_string_map_add(names->others, quote->cue, &number, NULL, error));
        nn_buffer_append_varint(out, number);
    }
    return NUNCIO_OK;
}

/* ---- mentions ---- */

/* Gives each mention the local number of its name: names->gaps, and names->codes, 2 × number + 1
 * where it is new. */
static nuncio_status number_mentions(nn_names_writer *names, const nuncio_annotations *annotations,
                                     nuncio_error *error)
{
    size_t count = annotations->mention_count;
    uint32_t before = 0;
    NN_TRY(nn_reserve(names->memory, &names->gaps.items, &names->gaps.capacity, count,
                      sizeof *names->gaps.items, error));
    NN_TRY(nn_reserve(names->memory, &names->codes.items, &names->codes.capacity, count,
                      sizeof *names->codes.items, error));
    for (size_t i = 0; i < count; i++) {
        const nuncio_mention *mention = &annotations->mentions[i];
        uint32_t local = 0;
        bool added = false;
        if (mention->start < before || mention->end <= mention->start ||
            mention->type == NUNCIO_ENTITY_NONE || mention->type > NUNCIO_ENTITY_NATIONALITY) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                                "mention %u…%u is out of order, empty or of no type",
                                mention->start, mention->end);
        }
        NN_TRY(nn_names_add_mention(names, mention, &local, &added, error));
        names->gaps.items[i] = mention->start - before;
        names->codes.items[i] = local * 2 + added;
        before = mention->end;
    }
    return NUNCIO_OK;
}

static nuncio_status append_mentions(nn_buffer *out, nn_names_writer *names, size_t count,
                                     nuncio_error *error)
{
    enum { MENTION_BITS = NN_GOLOMB_BITS_MAX + 33 };
    const uint32_t *gaps = names->gaps.items, *codes = names->codes.items;
    uint32_t order = nn_golomb_order(gaps, count), seen = 0;
    uint64_t size = NN_GOLOMB_ORDER_BITS;
    for (size_t i = 0; i < count; i++) {
        bool new = (codes[i] & 1) != 0;
        size += nn_golomb_size(gaps[i], order) + 1 + (new ? 0 : nn_bit_width32(seen - 1));
        seen += new;
    }
    nn_buffer_append_varint(out, nn_bytes_of_bits(size));
    nn_bit_writer bits;
    if (!nn_bits_begin(&bits, out, (uint64_t)count * MENTION_BITS)) {
        return nn_error_memory(error);
    }
    nn_bits_put(&bits, order, NN_GOLOMB_ORDER_BITS);
    seen = 0;
    for (size_t i = 0; i < count; i++) {
        bool new = (codes[i] & 1) != 0;
        nn_golomb_put(&bits, gaps[i], order);
        nn_bits_put(&bits, new, 1);
        nn_bits_put(&bits, new ? 0 : codes[i] / 2, new ? 0 : nn_bit_width32(seen - 1));
        seen += new;
    }
    nn_bits_finish(&bits);
    names->mention_bytes += nn_bytes_of_bits(size);
    return NUNCIO_OK;
}

nuncio_status nn_annotations_write(nn_buffer *out, nn_names_writer *names,
                                   const nuncio_annotations *annotations, nuncio_error *error)
{
    if (annotations == NULL || annotations->quote_count + annotations->mention_count == 0) {
        return NUNCIO_OK;
    }
    nn_buffer_append_varint(out, annotations->mention_count);
    if (annotations->mention_count > 0) {
        NN_TRY(number_mentions(names, annotations, error));
        NN_TRY(append_mentions(out, names, annotations->mention_count, error));
    }
    if (annotations->quote_count > 0) {
        nn_buffer_append_varint(out, annotations->quote_count);
    }
    uint32_t before = 0;
    for (size_t i = 0; i < annotations->quote_count; i++) {
        NN_TRY(append_quote(out, names, &annotations->quotes[i], before, error));
        before = annotations->quotes[i].start;
    }
    return nn_buffer_status(out, error);
}
