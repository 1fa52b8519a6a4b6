/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/articles/articles.h"

#include "core/bits.h"
#include "core/error.h"
#include "core/str.h"
#include "segment/articles/columns.h"
#include "segment/codes/sequence.h"

#include <stdlib.h>
#include <string.h>

nuncio_status nn_articles_writer_init(nn_articles_writer *writer, nn_memory *memory,
                                      nuncio_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->memory = memory;
    writer->url_article = UINT32_MAX;
    nn_buffer_init(&writer->records, memory);
    nn_buffer_init(&writer->hashes, memory);
    nn_buffer_init(&writer->url, memory);
    return nn_string_map_create(memory, &writer->source_names, error);
}

static void release_u32(nn_memory *memory, nn_u32_array *array)
{
    nn_release(memory, array->items, array->capacity * sizeof *array->items);
}

static void release_u8(nn_memory *memory, nn_u8_array *array)
{
    nn_release(memory, array->items, array->capacity);
}

void nn_articles_writer_deinit(nn_articles_writer *writer)
{
    nn_buffer_deinit(&writer->records);
    nn_buffer_deinit(&writer->hashes);
    nn_buffer_deinit(&writer->url);
    nn_u32_array *wide[] = {
        &writer->record_sizes, &writer->first_passages, &writer->dates,
        &writer->sources,      &writer->source_strings, &writer->id_starts,
        &writer->id_sizes,     &writer->text_sizes,     &writer->passage_articles};
    for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
        release_u32(writer->memory, wide[i]);
    }
    nn_u8_array *narrow[] = {&writer->languages, &writer->title_lengths, &writer->lengths,
                             &writer->passage_titles};
    for (size_t i = 0; i < sizeof narrow / sizeof narrow[0]; i++) {
        release_u8(writer->memory, narrow[i]);
    }
    nn_string_map_destroy(writer->source_names);
}

static nuncio_status push_u32(nn_memory *memory, nn_u32_array *array, size_t value,
                              nuncio_error *error)
{
    if (value > UINT32_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "a segment has more than 4 GiB of columns");
    }
    NN_TRY(nn_reserve(memory, &array->items, &array->capacity, array->count + 1,
                      sizeof *array->items, error));
    array->items[array->count++] = (uint32_t)value;
    return NUNCIO_OK;
}

static nuncio_status push_u8(nn_memory *memory, nn_u8_array *array, uint8_t value,
                             nuncio_error *error)
{
    NN_TRY(nn_reserve(memory, &array->items, &array->capacity, array->count + 1, 1, error));
    array->items[array->count++] = value;
    return NUNCIO_OK;
}

/** Number of the source from 1; 0: absent. */
static nuncio_status number_source(nn_articles_writer *writer, nn_string_map *strings,
                                   nuncio_str source, uint32_t *number, nuncio_error *error)
{
    *number = 0;
    if (source.data == NULL) {
        return NUNCIO_OK;
    }
    bool added = false;
    uint32_t string = 0;
    NN_TRY(nn_string_map_add(writer->source_names, source, number, &added, error));
    *number += 1;
    if (added) {
        NN_TRY(nn_string_map_add(strings, source, &string, NULL, error));
        NN_TRY(push_u32(writer->memory, &writer->source_strings, string, error));
    }
    return NUNCIO_OK;
}

static size_t common_start(nuncio_str a, nuncio_str b, size_t max)
{
    size_t size = 0;
    while (size < max && size < a.size && size < b.size && a.data[size] == b.data[size]) {
        size++;
    }
    return size;
}

/** Flags of the url; *shared gets how many of its bytes are those of the last one that was told as
 * a whole. One that has too little in common takes its place. */
static uint32_t plan_url(nn_articles_writer *writer, nuncio_str url, nuncio_str id, size_t *shared)
{
    *shared = 0;
    if (url.data == NULL) {
        return 0;
    }
    bool tail =
        id.size <= url.size && memcmp(url.data + (url.size - id.size), id.data, id.size) == 0;
    uint32_t kind = tail ? NN_RECORD_URL_TAIL : NN_RECORD_URL_OWN;
    if (writer->url_article != UINT32_MAX) {
        size_t max = tail ? url.size - id.size : url.size; /* an id lies in its own record */
        size_t common = common_start(url, nn_buffer_str(&writer->url), max);
        if (common >= NN_SHARED_URL_MIN) {
            *shared = common;
            return kind | NN_RECORD_URL_SHARED;
        }
    }
    writer->url_article = (uint32_t)writer->record_sizes.count;
    nn_buffer_clear(&writer->url);
    nn_buffer_append_str(&writer->url, url);
    return kind;
}

/** Appends a record; `id_start` gets where in `records` the id lies. */
static void append_record(nn_articles_writer *writer, const nuncio_article *article,
                          size_t *id_start)
{
    nn_buffer *out = &writer->records;
    size_t shared = 0;
    uint32_t flags = plan_url(writer, article->url, article->id, &shared);
    uint32_t kind = flags & NN_RECORD_URL;
    nuncio_str rest = {NULL, 0}; /* of the url */
    flags |= article->title.data != NULL ? NN_RECORD_TITLE : 0;
    flags |= article->lang.data != NULL ? NN_RECORD_LANG : 0;
    nn_buffer_append_u8(out, (uint8_t)flags);
    if (article->lang.data != NULL) {
        nn_buffer_append_u8(out, (uint8_t)article->lang.size);
        nn_buffer_append_str(out, article->lang);
    }
    if (article->title.data != NULL) {
        nn_buffer_append_varint(out, article->title.size);
        nn_buffer_append_str(out, article->title);
    }
    if (shared > 0) {
        nn_buffer_append_varint(out, writer->record_sizes.count - writer->url_article);
        nn_buffer_append_varint(out, shared);
    }
    if (kind != 0) {
        rest = nn_str(article->url.data + shared, article->url.size - shared);
        nn_buffer_append_varint(out, rest.size);
    }
    if (kind == NN_RECORD_URL_OWN) {
        nn_buffer_append_str(out, rest);
    }
    nn_buffer_append_varint(out, article->id.size);
    nn_buffer_append_str(out, kind == NN_RECORD_URL_TAIL ? rest : article->id);
    *id_start = out->size - article->id.size;
}

nuncio_status nn_articles_add(nn_articles_writer *writer, nn_string_map *strings,
                              const nn_article_fields *fields, nuncio_error *error)
{
    const nuncio_article *article = &fields->article;
    nn_memory *memory = writer->memory;
    if (article->id.size == 0 || article->lang.size > UINT8_MAX ||
        fields->language >= NN_LANGUAGES_MAX || writer->first_passages.count == UINT32_MAX - 1) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "an article needs an id, a short lang and a known language");
    }
    size_t before = writer->records.size, id_start = 0;
    uint32_t source = 0;
    NN_TRY(number_source(writer, strings, article->source, &source, error));
    append_record(writer, article, &id_start);
    nn_buffer_append_u64(&writer->hashes, fields->hash_low);
    nn_buffer_append_u64(&writer->hashes, fields->hash_high);
    NN_TRY(nn_buffer_status(&writer->url, error));
    NN_TRY(nn_buffer_status(&writer->records, error));
    NN_TRY(nn_buffer_status(&writer->hashes, error));
    NN_TRY(push_u32(memory, &writer->record_sizes, writer->records.size - before, error));
    NN_TRY(push_u32(memory, &writer->id_starts, id_start, error));
    NN_TRY(push_u32(memory, &writer->id_sizes, article->id.size, error));
    NN_TRY(push_u32(memory, &writer->first_passages, writer->lengths.count, error));
    NN_TRY(push_u32(memory, &writer->dates, (size_t)nn_column_date(article->date), error));
    NN_TRY(push_u32(memory, &writer->sources, source, error));
    NN_TRY(push_u8(memory, &writer->languages, fields->language, error));
    NN_TRY(push_u8(memory, &writer->title_lengths, fields->title_length, error));
    writer->title_bytes += article->title.size;
    writer->languages_seen |= UINT64_C(1) << fields->language;
    return NUNCIO_OK;
}

nuncio_status nn_articles_add_passage(nn_articles_writer *writer, size_t text_size, uint8_t length,
                                      nuncio_error *error)
{
    size_t articles = writer->first_passages.count;
    if (articles == 0 || text_size > NN_PASSAGE_TEXT_MAX ||
        writer->lengths.count >= UINT32_MAX - 1) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "a passage belongs to an article and has less than 128 MiB");
    }
    bool first = writer->first_passages.items[articles - 1] == writer->lengths.count;
    uint8_t title_length = first ? writer->title_lengths.items[articles - 1] : 0;
    if (title_length > length) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "a first passage of %u tokens cannot have %u in its title", length,
                            title_length);
    }
    NN_TRY(push_u32(writer->memory, &writer->passage_articles, articles - 1, error));
    NN_TRY(push_u32(writer->memory, &writer->text_sizes, text_size, error));
    NN_TRY(push_u8(writer->memory, &writer->passage_titles, title_length, error));
    NN_TRY(push_u8(writer->memory, &writer->lengths, length, error));
    writer->text_bytes += text_size;
    writer->token_count += length;
    return NUNCIO_OK;
}

nn_passage_table nn_articles_passages(const nn_articles_writer *writer)
{
    return (nn_passage_table){.lengths = writer->lengths.items,
                              .title_lengths = writer->passage_titles.items,
                              .articles = writer->passage_articles.items,
                              .count = (uint32_t)writer->lengths.count};
}

/* ---- regions ---- */

static nuncio_status write_sequence(nn_articles_writer *writer, nn_frame_writer *frame,
                                    nn_region_kind kind, nn_sequence_source *source, void *context,
                                    uint64_t count, nuncio_error *error)
{
    nn_buffer out;
    nn_buffer_init(&out, writer->memory);
    nuncio_status status = nn_sequence_write(&out, source, context, count, error);
    if (status == NUNCIO_OK) {
        nn_frame_writer_region(frame, kind, out.data, out.size);
    }
    nn_buffer_deinit(&out);
    return status;
}

/** An id and whose it is, for sorting. */
typedef struct ranked_id {
    const uint8_t *id;
    uint32_t size, article;
} ranked_id;

static int by_id(const void *a, const void *b)
{
    const ranked_id *x = a, *y = b;
    int order = memcmp(x->id, y->id, x->size < y->size ? x->size : y->size);
    if (order == 0 && x->size != y->size) {
        return x->size < y->size ? -1 : 1;
    }
    return order != 0 ? order : x->article < y->article ? -1 : x->article > y->article;
}

/** Sorts the articles by id; equal ids (all but one deleted) in order of storage. */
static nuncio_status write_ranks(nn_articles_writer *writer, nn_frame_writer *frame,
                                 nuncio_error *error)
{
    size_t count = writer->id_starts.count;
    if (count == 0) {
        nn_frame_writer_region(frame, NN_REGION_RANKS, NULL, 0);
        nn_frame_writer_region(frame, NN_REGION_BY_RANK, NULL, 0);
        return NUNCIO_OK;
    }
    ranked_id *ids = nn_alloc_array(writer->memory, count, sizeof *ids);
    uint32_t *ranks = nn_alloc_array(writer->memory, count, sizeof *ranks);
    uint32_t *by_rank = nn_alloc_array(writer->memory, count, sizeof *by_rank);
    nuncio_status status = NUNCIO_OK;
    if (ids == NULL || ranks == NULL || by_rank == NULL) {
        status = nn_error_memory(error);
        goto cleanup;
    }
    for (size_t i = 0; i < count; i++) {
        ids[i] = (ranked_id){writer->records.data + writer->id_starts.items[i],
                             writer->id_sizes.items[i], (uint32_t)i};
    }
    qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 0; i < count; i++) {
        by_rank[i] = ids[i].article;
        ranks[ids[i].article] = (uint32_t)i;
    }
    NN_TRY_CLEANUP(
        write_sequence(writer, frame, NN_REGION_RANKS, nn_sequence_of_u32, ranks, count, error));
    NN_TRY_CLEANUP(write_sequence(writer, frame, NN_REGION_BY_RANK, nn_sequence_of_u32, by_rank,
                                  count, error));
cleanup:
    nn_release(writer->memory, ids, count * sizeof *ids);
    nn_release(writer->memory, ranks, count * sizeof *ranks);
    nn_release(writer->memory, by_rank, count * sizeof *by_rank);
    return status;
}

static void write_starts(const nn_articles_writer *writer, nn_frame_writer *frame)
{
    size_t passages = writer->lengths.count, article = 0;
    nn_frame_writer_begin(frame, NN_REGION_STARTS);
    for (size_t first = 0; first < passages; first += NN_STARTS_BITS) {
        uint8_t line[NN_STARTS_SIZE] = {0};
        size_t rank = article;
        nn_store_u32(line, (uint32_t)rank);
        for (size_t word = 0; word < NN_STARTS_BITS / 64; word++) {
            size_t end = first + (word + 1) * 64;
            nn_store_u16(line + 4 + word * 2, (uint16_t)(article - rank));
            for (; article < writer->first_passages.count &&
                   writer->first_passages.items[article] < end;
                 article++) {
                size_t bit = writer->first_passages.items[article] - first;
                line[NN_STARTS_HEAD + bit / 8] |= (uint8_t)(1 << (bit % 8));
            }
        }
        nn_frame_writer_append(frame, line, sizeof line);
    }
    nn_frame_writer_end(frame, NN_REGION_STARTS);
}

/** The columns that are plain arrays. */
static nuncio_status write_columns(nn_articles_writer *writer, nn_frame_writer *frame,
                                   nuncio_error *error)
{
    uint64_t articles = writer->dates.count;
    NN_TRY(write_sequence(writer, frame, NN_REGION_DATES, nn_sequence_of_u32, writer->dates.items,
                          articles, error));
    NN_TRY(write_sequence(writer, frame, NN_REGION_SOURCES, nn_sequence_of_u32,
                          writer->sources.items, articles, error));
    NN_TRY(write_sequence(writer, frame, NN_REGION_LANGUAGES, nn_sequence_of_u8,
                          writer->languages.items, articles, error));
    NN_TRY(write_sequence(writer, frame, NN_REGION_TITLE_LENGTHS, nn_sequence_of_u8,
                          writer->title_lengths.items, articles, error));
    NN_TRY(write_sequence(writer, frame, NN_REGION_SOURCE_STRINGS, nn_sequence_of_u32,
                          writer->source_strings.items, writer->source_strings.count, error));
    nn_running_sum records = {writer->record_sizes.items, 0};
    NN_TRY(write_sequence(writer, frame, NN_REGION_RECORD_STARTS, nn_sequence_of_sums, &records,
                          articles + 1, error));
    nn_running_sum texts = {writer->text_sizes.items, 0};
    return write_sequence(writer, frame, NN_REGION_TEXT_STARTS, nn_sequence_of_sums, &texts,
                          (uint64_t)writer->lengths.count + 1, error);
}

nuncio_status nn_articles_write_regions(nn_articles_writer *writer, nn_frame_writer *frame,
                                        nn_meta *meta, nuncio_error *error)
{
    size_t articles = writer->dates.count;
    nn_frame_writer_region(frame, NN_REGION_LENGTHS, writer->lengths.items, writer->lengths.count);
    write_starts(writer, frame);
    /* The passage count stands behind the last first passage, so that each article has an end. */
    NN_TRY(push_u32(writer->memory, &writer->first_passages, writer->lengths.count, error));
    NN_TRY(write_sequence(writer, frame, NN_REGION_FIRST_PASSAGES, nn_sequence_of_u32,
                          writer->first_passages.items, (uint64_t)articles + 1, error));
    nn_frame_writer_region(frame, NN_REGION_RECORDS, writer->records.data, writer->records.size);
    nn_frame_writer_region(frame, NN_REGION_HASHES, writer->hashes.data, writer->hashes.size);
    NN_TRY(write_columns(writer, frame, error));
    NN_TRY(write_ranks(writer, frame, error));
    meta->articles = articles;
    meta->passages = writer->lengths.count;
    meta->sources = writer->source_strings.count;
    meta->tokens = writer->token_count;
    meta->languages = writer->languages_seen;
    meta->title_bytes = writer->title_bytes;
    meta->raw_text_bytes = writer->title_bytes + writer->text_bytes;
    return NUNCIO_OK;
}
