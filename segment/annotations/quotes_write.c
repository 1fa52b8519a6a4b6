/* SPDX-License-Identifier: Apache-2.0 */
/* An article's quotes are told as numbers when it begins; how many bytes its tokens take is known
 * when it ends, and how often each number occurs when the segment does. So numbers wait in a log.
 */
#include "segment/annotations/quotes_write.h"

#include "core/error.h"
#include "segment/codes/sequence.h"

#include <stdlib.h>
#include <string.h>

nuncio_status nn_quotes_writer_init(nn_quotes_writer *writer, nn_memory *memory,
                                    nuncio_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->memory = memory;
    nn_buffer_init(&writer->log, memory);
    return nn_string_map_create(memory, &writer->kinds, error);
}

void nn_quotes_writer_deinit(nn_quotes_writer *writer)
{
    nn_memory *memory = writer->memory;
    nn_u32_array *arrays[] = {&writer->kind_counts, &writer->cue_counts, &writer->counts,
                              &writer->log_sizes, &writer->token_bytes};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        nn_release(memory, arrays[i]->items, arrays[i]->capacity * sizeof *arrays[i]->items);
    }
    nn_buffer_deinit(&writer->log);
    nn_string_map_destroy(writer->kinds);
}

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/** Counts one more of `number`. */
static nuncio_status count_up(nn_quotes_writer *writer, nn_u32_array *counts, uint32_t number,
                              nuncio_error *error)
{
    NN_TRY(nn_reserve(writer->memory, &counts->items, &counts->capacity, (size_t)number + 1,
                      sizeof *counts->items, error));
    for (; counts->count <= number; counts->count++) {
        counts->items[counts->count] = 0;
    }
    counts->items[number]++;
    return NUNCIO_OK;
}

/* ---- what is told of a quote ---- */

static nn_quote_tokens tokens_of(const nn_article_fields *fields, size_t quote)
{
    return fields->quote_tokens == NULL ? (nn_quote_tokens){0, 0} : fields->quote_tokens[quote];
}

typedef struct span {
    uint32_t start, end;
} span;

/** On which side of another a span is, and how far from it. */
static uint32_t place_of(span of, span from, uint32_t *distance)
{
    *distance = 0;
    if (of.end == of.start) {
        return NN_SPAN_NONE;
    }
    if (of.start < from.start) {
        bool before = of.end <= from.start;
        *distance = from.start - (before ? of.end : of.start);
        return before ? NN_SPAN_BEFORE : NN_SPAN_EARLIER;
    }
    bool behind = of.start >= from.end;
    *distance = of.start - (behind ? from.end : from.start);
    return behind ? NN_SPAN_BEHIND : NN_SPAN_LATER;
}

static uint32_t span_bits(span of, span from, nuncio_str string)
{
    uint32_t ignored = 0, place = place_of(of, from, &ignored);
    bool sized = place != NN_SPAN_NONE && string.data != NULL && of.end - of.start == string.size;
    return place | (sized ? NN_SPAN_SIZED : 0);
}

/** What the speaker's span is told from. */
static span nearest(const nuncio_quote *quote)
{
    return quote->cue_end > quote->cue_start ? (span){quote->cue_start, quote->cue_end}
                                             : (span){quote->start, quote->end};
}

static uint32_t head_of(const nuncio_quote *quote)
{
    span cue = {quote->cue_start, quote->cue_end};
    span speaker = {quote->speaker_start, quote->speaker_end};
    uint32_t head = quote->flags & NN_QUOTE_STORED_FLAGS;
    head |= span_bits(cue, (span){quote->start, quote->end}, quote->cue) << NN_QUOTE_CUE_SPAN;
    head |= span_bits(speaker, nearest(quote), quote->speaker) << NN_QUOTE_SPEAKER_SPAN;
    head |= quote->speaker.data != NULL ? NN_QUOTE_SPEAKER : 0;
    return head | (quote->cue.data != NULL ? NN_QUOTE_CUE : 0);
}

static uint32_t confidence_units(float confidence)
{
    float clipped = confidence > 0.0F ? (confidence < 1.0F ? confidence : 1.0F) : 0.0F;
    return (uint32_t)((double)clipped * NN_CONFIDENCE_UNIT + 0.5);
}

static nuncio_status number_kind(nn_quotes_writer *writer, const nuncio_quote *quote,
                                 uint32_t *kind, nuncio_error *error)
{
    char key[4];
    nn_store_u32(key, head_of(quote) | confidence_units(quote->confidence) << 16);
    NN_TRY(nn_string_map_add(writer->kinds, (nuncio_str){key, sizeof key}, kind, NULL, error));
    return count_up(writer, &writer->kind_counts, *kind, error);
}

/* ---- the log ---- */

static void log_number(nn_quotes_writer *writer, uint32_t field, uint32_t number)
{
    nn_buffer_append_u8(&writer->log, (uint8_t)field);
    nn_buffer_append_varint(&writer->log, number);
}

/** Bytes, and the tokens in them, from which it will be told how they differ from what is usual. */
static void log_bytes(nn_quotes_writer *writer, uint32_t field, uint32_t bytes, uint32_t tokens)
{
    log_number(writer, field, nn_zigzag(bytes));
    nn_buffer_append_varint(&writer->log, nn_zigzag(tokens));
}

/** The next number of an article's log, and what it is coded by. */
static uint32_t next_number(nn_slice *log, uint32_t token_bytes, uint32_t *field)
{
    uint32_t number = 0;
    *field = nn_slice_u8(log);
    number = (uint32_t)nn_slice_varint(log);
    if (*field == NN_FIELD_START || *field == NN_FIELD_SIZE) {
        int32_t tokens = (int32_t)nn_unzigzag((uint32_t)nn_slice_varint(log));
        number = nn_zigzag(nn_unzigzag(number) - nn_bytes_of_tokens(tokens, token_bytes));
        *field = *field == NN_FIELD_START ? nn_quote_start_field(tokens)
                                          : nn_quote_size_field((uint32_t)tokens);
    }
    return number;
}

/* ---- an article begins ---- */

static nuncio_status log_speaker(nn_quotes_writer *writer, nn_names_writer *names,
                                 const nuncio_quote *quote, nn_recent_speakers *recent,
                                 nuncio_error *error)
{
    uint32_t at = 0, local = 0;
    NN_TRY(nn_names_add_speaker(names, quote->speaker, quote->speaker_type, &local, error));
    while (at < recent->count && recent->items[at] != local) {
        at++;
    }
    bool new = at == recent->count;
    log_number(writer, NN_FIELD_RECENT + recent->count, new ? 0 : at + 1);
    if (new) {
        log_number(writer, NN_FIELD_NEW, nn_zigzag(local - recent->last_new));
    }
    nn_recent_speakers_note(recent, at, local);
    return NUNCIO_OK;
}

static nuncio_status log_units(nn_quotes_writer *writer, nn_names_writer *names,
                               const nn_article_fields *fields, nuncio_error *error)
{
    const nuncio_annotations *annotations = fields->annotations;
    nn_recent_speakers recent = {.count = 0};
    nn_quote_depth depth = {.count = 0};
    uint32_t before = 0;
    for (size_t i = 0; i < annotations->quote_count; i++) {
        const nuncio_quote *quote = &annotations->quotes[i];
        nn_quote_tokens tokens = tokens_of(fields, i);
        uint32_t kind = 0, first = tokens.first, count = tokens.count;
        if (first < before || count > UINT32_MAX - first) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                                "the tokens of a quote, %u from %u on, are out of order", count,
                                first);
        }
        if (!nn_quote_depth_add(&depth, first, first + count)) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "more than %d quotes hold one token",
                                NN_QUOTE_DEPTH_MAX);
        }
        NN_TRY(number_kind(writer, quote, &kind, error));
        log_number(writer, NN_FIELD_KIND, kind);
        log_number(writer, NN_FIELD_GAP, first - before);
        log_number(writer, NN_FIELD_LENGTH, count);
        if (quote->speaker.data != NULL) {
            NN_TRY(log_speaker(writer, names, quote, &recent, error));
        }
        before = first;
        writer->end_token = larger(writer->end_token, first + count);
        writer->token_count += count;
    }
    return NUNCIO_OK;
}

/** A span: its size unless that is its string's, and how far it is from another. */
static void log_span(nn_quotes_writer *writer, uint32_t bits, uint32_t size_field,
                     uint32_t place_field, span of, span from)
{
    uint32_t distance = 0;
    if ((bits & NN_SPAN_PLACE_MASK) == NN_SPAN_NONE) {
        return;
    }
    if ((bits & NN_SPAN_SIZED) == 0) {
        log_number(writer, size_field, of.end - of.start - 1);
    }
    (void)place_of(of, from, &distance);
    log_number(writer, place_field, distance);
    writer->end = larger(writer->end, of.end);
}

static nuncio_status log_where(nn_quotes_writer *writer, nn_names_writer *names,
                               const nuncio_quote *quote, nuncio_error *error)
{
    uint32_t head = head_of(quote), number = 0;
    span words = {quote->start, quote->end}, cue = {quote->cue_start, quote->cue_end};
    span speaker = {quote->speaker_start, quote->speaker_end};
    if (quote->cue.data != NULL) {
        NN_TRY(nn_string_map_add(names->others, quote->cue, &number, NULL, error));
        NN_TRY(count_up(writer, &writer->cue_counts, number, error));
        log_number(writer, NN_FIELD_CUE, number);
    }
    log_span(writer, head >> NN_QUOTE_CUE_SPAN & NN_SPAN_BITS, NN_FIELD_CUE_SIZE,
             nn_cue_place_field(head), cue, words);
    log_span(writer, head >> NN_QUOTE_SPEAKER_SPAN & NN_SPAN_BITS,
             nn_speaker_size_field(quote->speaker.data != NULL, quote->speaker_type),
             nn_speaker_place_field(head), speaker, nearest(quote));
    return NUNCIO_OK;
}

static nuncio_status log_wheres(nn_quotes_writer *writer, nn_names_writer *names,
                                const nn_article_fields *fields, nuncio_error *error)
{
    const nuncio_annotations *annotations = fields->annotations;
    uint32_t start = 0, end = 0, end_token = 0; /* of the quote before */
    for (size_t i = 0; i < annotations->quote_count; i++) {
        const nuncio_quote *quote = &annotations->quotes[i];
        if (quote->start < start || quote->end < quote->start ||
            quote->speaker_end < quote->speaker_start || quote->cue_end < quote->cue_start) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "quote %u…%u is out of order",
                                quote->start, quote->end);
        }
        nn_quote_tokens tokens = tokens_of(fields, i);
        log_bytes(writer, NN_FIELD_START, quote->start - end, tokens.first - end_token);
        log_bytes(writer, NN_FIELD_SIZE, quote->end - quote->start, tokens.count);
        NN_TRY(log_where(writer, names, quote, error));
        start = quote->start;
        end = quote->end;
        end_token = tokens.first + tokens.count;
        writer->end = larger(writer->end, end);
    }
    return NUNCIO_OK;
}

nuncio_status nn_quotes_writer_add(nn_quotes_writer *writer, nn_names_writer *names,
                                   const nn_article_fields *fields, nuncio_error *error)
{
    const nuncio_annotations *annotations = fields->annotations;
    size_t count = annotations == NULL ? 0 : annotations->quote_count;
    writer->here = 0;
    writer->here_log = writer->log.size;
    writer->end = 0;
    writer->end_token = 0;
    if (count == 0) {
        return NUNCIO_OK;
    }
    if (writer->all + count >= UINT32_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "a segment has more than 2^32 quotes");
    }
    NN_TRY(log_units(writer, names, fields, error));
    NN_TRY(log_wheres(writer, names, fields, error));
    writer->here = (uint32_t)count;
    return nn_buffer_status(&writer->log, error);
}

/* ---- an article ends ---- */

/** Counts the numbers of the article at hand. */
static void count_numbers(nn_quotes_writer *writer, uint32_t token_bytes)
{
    nn_slice log =
        nn_slice_of(writer->log.data + writer->here_log, writer->log.size - writer->here_log);
    while (log.size > 0) {
        uint32_t field = 0, left = 0, number = next_number(&log, token_bytes, &field);
        if (field != NN_FIELD_KIND && field != NN_FIELD_CUE) {
            writer->fields[field].of[nn_number_class(number, &left)]++;
        }
    }
}

nuncio_status nn_quotes_writer_settle(nn_quotes_writer *writer, uint32_t tokens, uint32_t text_size,
                                      nuncio_error *error)
{
    nn_u32_array *arrays[] = {&writer->counts, &writer->log_sizes, &writer->token_bytes};
    uint32_t token_bytes = nn_token_bytes(text_size, tokens);
    size_t at = writer->counts.count, size = writer->log.size - writer->here_log;
    if (writer->end_token > tokens || writer->end > text_size) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "a quote ends behind the text");
    }
    if (size > 0) {
        count_numbers(writer, token_bytes);
    }
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        NN_TRY(nn_reserve(writer->memory, &arrays[i]->items, &arrays[i]->capacity, at + 1,
                          sizeof *arrays[i]->items, error));
        arrays[i]->count = at + 1;
    }
    writer->counts.items[at] = writer->here;
    writer->log_sizes.items[at] = (uint32_t)size;
    writer->token_bytes.items[at] = token_bytes;
    writer->all += writer->here;
    return NUNCIO_OK;
}

/* ---- the segment ends ---- */

typedef struct ranked {
    uint32_t count, number;
} ranked;

static int by_count(const void *x, const void *y)
{
    const ranked *a = x, *b = y;
    return a->count != b->count ? (a->count > b->count ? -1 : 1)
                                : (a->number > b->number) - (a->number < b->number);
}

/** Sorts numbers by falling count, of which `counts` becomes the ranks, and counts these ranks as
 * numbers of a field. */
static nuncio_status rank(nn_quotes_writer *writer, nn_u32_array *counts, uint32_t field,
                          ranked **out, nuncio_error *error)
{
    ranked *items = nn_alloc_array(writer->memory, counts->count + 1, sizeof *items);
    if (items == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < counts->count; i++) {
        items[i] = (ranked){counts->items[i], i};
    }
    qsort(items, counts->count, sizeof *items, by_count);
    for (uint32_t i = 0; i < counts->count; i++) {
        uint32_t left = 0;
        writer->fields[field].of[nn_number_class(i, &left)] += items[i].count;
        counts->items[items[i].number] = i;
    }
    *out = items;
    return NUNCIO_OK;
}

static uint32_t present(const ranked *items, size_t count)
{
    uint32_t used = 0;
    while (used < count && items[used].count > 0) {
        used++;
    }
    return used;
}

static void append_tables(nn_buffer *out, const nn_quotes_writer *writer, const ranked *kinds,
                          const ranked *cues, nn_number_encoder *codes)
{
    uint32_t kind_count = present(kinds, writer->kind_counts.count);
    uint32_t cue_count = present(cues, writer->cue_counts.count);
    nn_buffer_append_varint(out, kind_count);
    for (uint32_t i = 0; i < kind_count; i++) {
        uint32_t key = nn_load_u32(nn_string_map_key(writer->kinds, kinds[i].number).data);
        nn_buffer_append_varint(out, key & UINT16_MAX);
        nn_buffer_append_varint(out, key >> 16);
    }
    nn_buffer_append_varint(out, cue_count);
    for (uint32_t i = 0; i < cue_count; i++) {
        nn_buffer_append_varint(out, cues[i].number);
    }
    for (uint32_t i = 0; i < NN_QUOTE_FIELDS; i++) {
        nn_number_encoder_make(&codes[i], &writer->fields[i]);
        nn_number_encoder_write(out, &codes[i]);
    }
}

/** Codes the numbers of an article. */
static bool append_record(nn_buffer *out, const nn_quotes_writer *writer,
                          const nn_number_encoder *codes, nn_slice log, uint32_t token_bytes)
{
    nn_bit_writer bits;
    if (!nn_bits_begin(&bits, out, (uint64_t)log.size * NN_NUMBER_BITS_MAX / 2)) {
        return false;
    }
    while (log.size > 0) {
        uint32_t field = 0, number = next_number(&log, token_bytes, &field);
        number = field == NN_FIELD_KIND  ? writer->kind_counts.items[number]
                 : field == NN_FIELD_CUE ? writer->cue_counts.items[number]
                                         : number;
        nn_number_put(&bits, &codes[field], number);
    }
    nn_bits_finish(&bits);
    return true;
}

/** Codes all articles, whose entries of log_sizes become the sizes of their records. */
static nuncio_status append_records(nn_buffer *out, nn_quotes_writer *writer,
                                    const nn_number_encoder *codes, nuncio_error *error)
{
    size_t at = 0;
    for (size_t i = 0; i < writer->log_sizes.count; i++) {
        uint32_t size = writer->log_sizes.items[i];
        size_t before = out->size;
        if (size > 0 && !append_record(out, writer, codes, nn_slice_of(writer->log.data + at, size),
                                       writer->token_bytes.items[i])) {
            return nn_error_memory(error);
        }
        writer->log_sizes.items[i] = (uint32_t)(out->size - before);
        at += size;
    }
    return nn_buffer_status(out, error);
}

static nuncio_status write_starts(nn_quotes_writer *writer, nn_frame_writer *frame, nn_buffer *out,
                                  nuncio_error *error)
{
    const struct {
        nn_region_kind kind;
        const nn_u32_array *sizes;
    } sequences[] = {{NN_REGION_FIRST_QUOTES, &writer->counts},
                     {NN_REGION_QUOTE_STARTS, &writer->log_sizes}};
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
        nn_running_sum sum = {sequences[i].sizes->items, 0};
        nn_buffer_clear(out);
        NN_TRY(nn_sequence_write(out, nn_sequence_of_sums, &sum, sequences[i].sizes->count + 1,
                                 error));
        nn_frame_writer_region(frame, sequences[i].kind, out->data, out->size);
    }
    return NUNCIO_OK;
}

nuncio_status nn_quotes_writer_regions(nn_quotes_writer *writer, nn_frame_writer *frame,
                                       nn_meta *meta, nuncio_error *error)
{
    nn_number_encoder *codes = NULL;
    ranked *kinds = NULL, *cues = NULL;
    size_t kind_count = writer->kind_counts.count + 1, cue_count = writer->cue_counts.count + 1;
    nuncio_status status = NUNCIO_OK;
    nn_buffer out;
    nn_buffer_init(&out, writer->memory);
    codes = nn_alloc_array(writer->memory, NN_QUOTE_FIELDS, sizeof *codes);
    NN_TRY_CLEANUP(codes == NULL ? nn_error_memory(error) : NUNCIO_OK);
    NN_TRY_CLEANUP(rank(writer, &writer->kind_counts, NN_FIELD_KIND, &kinds, error));
    NN_TRY_CLEANUP(rank(writer, &writer->cue_counts, NN_FIELD_CUE, &cues, error));
    if (writer->all > 0) {
        append_tables(&out, writer, kinds, cues, codes);
    }
    NN_TRY_CLEANUP(nn_buffer_status(&out, error));
    nn_frame_writer_region(frame, NN_REGION_QUOTE_CODES, out.data, out.size);
    nn_buffer_clear(&out);
    NN_TRY_CLEANUP(append_records(&out, writer, codes, error));
    nn_frame_writer_region(frame, NN_REGION_QUOTES, out.data, out.size);
    NN_TRY_CLEANUP(write_starts(writer, frame, &out, error));
    meta->quotes = writer->all;
    meta->quote_tokens = writer->token_count;
cleanup:
    nn_release(writer->memory, cues, cue_count * sizeof *cues);
    nn_release(writer->memory, kinds, kind_count * sizeof *kinds);
    nn_release(writer->memory, codes, NN_QUOTE_FIELDS * sizeof *codes);
    nn_buffer_deinit(&out);
    return status;
}
