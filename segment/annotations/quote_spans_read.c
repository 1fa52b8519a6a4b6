/* SPDX-License-Identifier: Apache-2.0 */
/* The second part of the records of quotes: where each stands in the text, and by which words. */
#include "segment/annotations/quote_spans.h"

#include "core/error.h"
#include "segment/annotations/quotes.h"
#include "segment/segment_impl.h"

/** The record of an article being read. */
typedef struct span_reader {
    const nn_segment *segment;
    const nn_number_decoder *fields;
    nn_bit_reader bits;
    uint32_t text_size; /* no span reaches behind it */
    uint32_t token_bytes;
} span_reader;

/** Bytes of text. */
typedef struct byte_span {
    uint32_t start, end;
} byte_span;

/** Places a span of so many bytes; false when it would not lie in the text. */
static bool place_span(const span_reader *from, uint32_t place, uint32_t distance, uint32_t size,
                       const byte_span *of, byte_span *out)
{
    int64_t start = place == NN_SPAN_BEFORE    ? (int64_t)of->start - distance - size
                    : place == NN_SPAN_EARLIER ? (int64_t)of->start - distance
                    : place == NN_SPAN_BEHIND  ? (int64_t)of->end + distance
                                               : (int64_t)of->start + distance;
    if (start < 0 || start + size > from->text_size) {
        return false;
    }
    *out = (byte_span){(uint32_t)start, (uint32_t)start + size};
    return true;
}

/** The next span, told from `of`; string `string` is what it may have the size of. */
static nuncio_status read_span(span_reader *from, uint32_t bits, uint32_t size_field,
                               uint32_t place_field, uint64_t string, const byte_span *of,
                               byte_span *out, bool *sane, nuncio_error *error)
{
    uint32_t size = 0, distance = 0;
    if (bits == NN_SPAN_NONE) {
        return NUNCIO_OK;
    }
    if ((bits & NN_SPAN_SIZED) != 0) {
        NN_TRY(nn_segment_string_size(from->segment, string, &size, error));
    } else {
        *sane = nn_number_read(&from->bits, &from->fields[size_field], &size) && size < UINT32_MAX;
        size++;
    }
    *sane = *sane && nn_number_read(&from->bits, &from->fields[place_field], &distance) &&
            place_span(from, bits & NN_SPAN_PLACE_MASK, distance, size, of, out);
    return NUNCIO_OK;
}

/** Who speaks quote `i`, by the names of the article. */
static bool find_speaker(const nn_article_quotes *quotes, uint32_t i, uint32_t *out)
{
    uint32_t number = quotes->speakers[i];
    *out = NN_NAME_UNKNOWN;
    if (number > 0 && number <= quotes->names.count) {
        *out = quotes->names.items[number - 1].name;
    }
    return number <= quotes->names.count;
}

/** Where the words of quote `i` are, and its cue. */
static bool read_words(span_reader *from, const nn_article_quotes *quotes, uint32_t i,
                       const byte_span *before, byte_span *words, uint64_t *cue)
{
    const nn_quote_codes *codes = from->segment->quote_codes;
    int64_t gap = (int64_t)quotes->starts[i] - (i == 0 ? 0 : quotes->ends[i - 1]);
    uint32_t count = quotes->ends[i] - quotes->starts[i], start = 0, size = 0, rank = 0;
    if (!nn_number_read(&from->bits, &from->fields[nn_quote_start_field(gap)], &start) ||
        !nn_number_read(&from->bits, &from->fields[nn_quote_size_field(count)], &size)) {
        return false;
    }
    start = before->end + nn_bytes_of_tokens(gap, from->token_bytes) + nn_unzigzag(start);
    size = nn_bytes_of_tokens(count, from->token_bytes) + nn_unzigzag(size);
    if (start < before->start || start > from->text_size || size > from->text_size - start) {
        return false;
    }
    *words = (byte_span){start, start + size};
    *cue = NN_STRING_NONE;
    if ((quotes->kinds[i].head & NN_QUOTE_CUE) == 0) {
        return true;
    }
    if (!nn_number_read(&from->bits, &from->fields[NN_FIELD_CUE], &rank) ||
        rank >= codes->cue_count) {
        return false;
    }
    *cue = codes->cues[rank];
    return true;
}

/** Reads quote `i`; *sane is false when it makes no sense. */
static nuncio_status read_quote(span_reader *from, const nn_article_quotes *quotes, uint32_t i,
                                const byte_span *before, nn_quote_span *out, bool *sane,
                                nuncio_error *error)
{
    nn_quote_kind kind = quotes->kinds[i];
    uint32_t cue_bits = kind.head >> NN_QUOTE_CUE_SPAN & NN_SPAN_BITS;
    uint32_t speaker_bits = kind.head >> NN_QUOTE_SPEAKER_SPAN & NN_SPAN_BITS;
    byte_span words = {0, 0}, cue = {0, 0}, speaker = {0, 0};
    nuncio_entity_type type = NUNCIO_ENTITY_NONE;
    *sane = read_words(from, quotes, i, before, &words, &out->cue) &&
            find_speaker(quotes, i, &out->speaker);
    if (*sane) {
        NN_TRY(read_span(from, cue_bits, NN_FIELD_CUE_SIZE, nn_cue_place_field(kind.head), out->cue,
                         &words, &cue, sane, error));
    }
    bool known = out->speaker != NN_NAME_UNKNOWN;
    if (*sane && known && speaker_bits != NN_SPAN_NONE && (speaker_bits & NN_SPAN_SIZED) == 0) {
        NN_TRY(nn_segment_name_type(from->segment, out->speaker, &type, error));
    }
    if (*sane) {
        NN_TRY(read_span(from, speaker_bits, nn_speaker_size_field(known, type),
                         nn_speaker_place_field(kind.head), out->speaker,
                         cue_bits == NN_SPAN_NONE ? &words : &cue, &speaker, sane, error));
    }
    out->quote =
        (nuncio_quote){.start = words.start,
                       .end = words.end,
                       .cue_start = cue.start,
                       .cue_end = cue.end,
                       .speaker_start = speaker.start,
                       .speaker_end = speaker.end,
                       .flags = kind.head & NN_QUOTE_STORED_FLAGS,
                       .confidence = (float)((double)kind.confidence / NN_CONFIDENCE_UNIT)};
    return NUNCIO_OK;
}

static nuncio_status corrupt(const nn_segment *segment, nuncio_error *error)
{
    return nn_segment_corrupt(segment, nn_frame_region(&segment->frame, NN_REGION_QUOTES),
                              "the places of quotes make no sense", error);
}

nuncio_status nn_quote_spans_read(const nn_article_quotes *quotes, uint32_t text_size,
                                  uint32_t limit, nn_quote_span *out, size_t *count,
                                  nuncio_error *error)
{
    const nn_segment *segment = quotes->segment;
    span_reader from = {.segment = segment,
                        .fields = segment->quote_codes->fields,
                        .bits = quotes->record,
                        .text_size = text_size,
                        .token_bytes =
                            nn_token_bytes(text_size, quotes->bases[quotes->passage_count])};
    byte_span before = {0, 0};
    for (uint32_t i = 0; i < quotes->count; i++) {
        bool sane = true;
        NN_TRY(read_quote(&from, quotes, i, &before, &out[i], &sane, error));
        if (!sane) {
            return corrupt(segment, error);
        }
        before = (byte_span){out[i].quote.start, out[i].quote.end};
        if (before.start >= limit) {
            return NUNCIO_OK;
        }
        (*count)++;
    }
    return from.bits.end - from.bits.bit < 8 ? NUNCIO_OK : corrupt(segment, error);
}
