/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/quotes_write.h"

#include "core/error.h"
#include "segment/sequence.h"

#include <string.h>

void nn_quote_columns_init(nn_quote_columns *writer, nn_memory *memory)
{
    memset(writer, 0, sizeof *writer);
    writer->memory = memory;
}

void nn_quote_columns_deinit(nn_quote_columns *writer)
{
    nn_memory *memory = writer->memory;
    nn_u32_array *wide[] = {&writer->passages, &writer->lengths, &writer->speakers};
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        nn_release(memory, wide[i]->items, wide[i]->capacity * sizeof *wide[i]->items);
    }
    nn_release(memory, writer->places.items, writer->places.capacity);
}

static nuncio_status reserve(nn_quote_columns *writer, size_t count, nuncio_error *error)
{
    nn_u32_array *wide[] = {&writer->passages, &writer->lengths, &writer->speakers};
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        NN_TRY(nn_reserve(writer->memory, &wide[i]->items, &wide[i]->capacity, count,
                          sizeof *wide[i]->items, error));
    }
    return nn_reserve(writer->memory, &writer->places.items, &writer->places.capacity, count, 1,
                      error);
}

nuncio_status nn_quote_columns_add(nn_quote_columns *writer, nn_names_writer *names,
                                   const nn_article_fields *fields, nuncio_error *error)
{
    const nuncio_annotations *annotations = fields->annotations;
    size_t count = annotations == NULL ? 0 : annotations->quote_count;
    size_t at = writer->passages.count;
    if (count >= UINT32_MAX - at) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "a segment has more than 2^32 quotes");
    }
    NN_TRY(reserve(writer, at + count, error));
    for (size_t i = 0; i < count; i++, at++) {
        const nuncio_quote *quote = &annotations->quotes[i];
        nn_quote_tokens tokens = {0, 0};
        uint32_t speaker = 0;
        if (fields->quote_tokens != NULL) {
            tokens = fields->quote_tokens[i];
        }
        if (quote->speaker.data != NULL) {
            NN_TRY(
                nn_names_add_speaker(names, quote->speaker, quote->speaker_type, &speaker, error));
            speaker++;
        }
        speaker = speaker * 2 + ((quote->flags & NUNCIO_QUOTE_DIRECT) != 0);
        writer->passages.items[at] = tokens.first;
        writer->places.items[at] = 0;
        writer->lengths.items[at] = tokens.count;
        writer->speakers.items[at] = speaker;
        writer->token_count += tokens.count;
    }
    writer->passages.count = at;
    return NUNCIO_OK;
}

nuncio_status nn_quote_columns_settle(nn_quote_columns *writer, const nn_passage_table *table,
                                      uint32_t first_passage, nuncio_error *error)
{
    uint32_t passage = first_passage;
    uint64_t total = 0;
    for (uint32_t i = passage; i < table->count; i++) {
        total += (uint64_t)table->lengths[i] - table->title_lengths[i];
    }
    uint32_t base = 0, before = 0; /* text tokens before the passage; first token of the last */
    nn_quote_depth depth = {.count = 0};
    for (; writer->settled < writer->passages.count; writer->settled++) {
        uint32_t *at = &writer->passages.items[writer->settled], first = *at;
        if (first < before || (uint64_t)first + writer->lengths.items[writer->settled] > total) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                                "the tokens of a quote, %u from %u on, are out of order or range",
                                writer->lengths.items[writer->settled], first);
        }
        if (!nn_quote_depth_add(&depth, first, first + writer->lengths.items[writer->settled])) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "more than %d quotes hold one token",
                                NN_QUOTE_DEPTH_MAX);
        }
        before = first;
        for (; passage + 1 < table->count; passage++) {
            uint32_t here = (uint32_t)table->lengths[passage] - table->title_lengths[passage];
            if (first < base + here) {
                break;
            }
            base += here;
        }
        *at = passage;
        writer->places.items[writer->settled] = (uint8_t)(first - base);
    }
    return NUNCIO_OK;
}

nuncio_status nn_quote_columns_write(nn_quote_columns *writer, nn_frame_writer *frame,
                                     nn_meta *meta, nuncio_error *error)
{
    const struct {
        nn_region_kind kind;
        nn_sequence_source *source;
        void *items;
    } columns[] = {
        {NN_REGION_QUOTE_PASSAGES, nn_sequence_of_u32, writer->passages.items},
        {NN_REGION_QUOTE_PLACES, nn_sequence_of_u8, writer->places.items},
        {NN_REGION_QUOTE_LENGTHS, nn_sequence_of_u32, writer->lengths.items},
        {NN_REGION_QUOTE_SPEAKERS, nn_sequence_of_u32, writer->speakers.items},
    };
    nuncio_status status = NUNCIO_OK;
    nn_buffer out;
    nn_buffer_init(&out, writer->memory);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        nn_buffer_clear(&out);
        NN_TRY_CLEANUP(nn_sequence_write(&out, columns[i].source, columns[i].items,
                                         writer->passages.count, error));
        nn_frame_writer_region(frame, columns[i].kind, out.data, out.size);
    }
    meta->quotes = writer->passages.count;
    meta->quote_tokens = writer->token_count;
cleanup:
    nn_buffer_deinit(&out);
    return status;
}
