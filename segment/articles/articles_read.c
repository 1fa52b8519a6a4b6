/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/error.h"
#include "core/str.h"
#include "segment/annotations/name_words.h"
#include "segment/articles/columns.h"
#include "segment/codes/varint.h"
#include "segment/segment_impl.h"

/** A region of so many bytes exactly, verified. */
static nuncio_status open_array(const nn_segment *segment, nn_region_kind kind, uint64_t size,
                                const uint8_t **out, nuncio_error *error)
{
    nn_region region = segment->frame.regions[kind];
    *out = segment->frame.map.data + region.offset;
    if (region.size != size) {
        return nn_segment_corrupt(segment, *out, "a column has another size than its count says",
                                  error);
    }
    return nn_frame_touch(&segment->frame, region.offset, region.size, error);
}

/** STARTS and FIRST_PASSAGES say the same. Walks over articles go by both, from a passage to its
 * article and from that to its passages: where they disagreed, a walk could go back and never end.
 */
static bool starts_agree(const nn_segment *segment)
{
    uint32_t passages = segment->info.passage_count, articles = segment->info.article_count;
    uint64_t article = 0;
    for (uint32_t first = 0; first < passages; first += NN_STARTS_BITS) {
        const uint8_t *line = nn_starts_line(segment, first);
        uint64_t before = article;
        if (nn_load_u32(line) != article) {
            return false;
        }
        for (uint32_t word = 0; word < NN_STARTS_BITS / 64; word++) {
            uint64_t bits = nn_load_u64(line + NN_STARTS_HEAD + (size_t)word * 8);
            if (nn_load_u16(line + 4 + (size_t)word * 2) != article - before) {
                return false;
            }
            for (; bits != 0; bits &= bits - 1, article++) {
                uint64_t passage = (uint64_t)first + (uint64_t)word * 64 + nn_ctz64(bits);
                if (article >= articles || passage >= passages ||
                    nn_sequence_at(&segment->first_passages, article) != passage) {
                    return false;
                }
            }
        }
    }
    return article == articles && nn_sequence_at(&segment->first_passages, articles) == passages &&
           (articles == 0 || nn_segment_is_first(segment, 0));
}

nuncio_status nn_articles_open(nn_segment *segment, nuncio_error *error)
{
    const nn_segment_info *info = &segment->info;
    uint64_t articles = info->article_count, passages = info->passage_count;
    uint64_t lines = (passages + NN_STARTS_BITS - 1) / NN_STARTS_BITS;
    NN_TRY(open_array(segment, NN_REGION_LENGTHS, passages, &segment->lengths, error));
    NN_TRY(open_array(segment, NN_REGION_STARTS, lines * NN_STARTS_SIZE, &segment->starts, error));
    if (segment->frame.regions[NN_REGION_HASHES].size != articles * NN_HASH_SIZE) {
        return nn_segment_corrupt(segment, nn_frame_region(&segment->frame, NN_REGION_HASHES),
                                  "a column has another size than its count says", error);
    }
    const struct {
        nn_sequence *sequence;
        nn_region_kind kind;
        uint64_t count;
    } sequences[] = {
        {&segment->first_passages, NN_REGION_FIRST_PASSAGES, articles + 1},
        {&segment->text_starts, NN_REGION_TEXT_STARTS, passages + 1},
        {&segment->store_items, NN_REGION_STORE_ITEMS, passages + articles + 1},
        {&segment->record_starts, NN_REGION_RECORD_STARTS, articles + 1},
        {&segment->ranks, NN_REGION_RANKS, articles},
        {&segment->by_rank, NN_REGION_BY_RANK, articles},
        {&segment->dates, NN_REGION_DATES, articles},
        {&segment->sources, NN_REGION_SOURCES, articles},
        {&segment->languages, NN_REGION_LANGUAGES, articles},
        {&segment->title_lengths, NN_REGION_TITLE_LENGTHS, articles},
        {&segment->source_strings, NN_REGION_SOURCE_STRINGS, info->source_count},
        {&segment->string_starts, NN_REGION_STRING_STARTS, segment->meta.strings + 1},
        {&segment->first_quotes, NN_REGION_FIRST_QUOTES, articles + 1},
        {&segment->quote_starts, NN_REGION_QUOTE_STARTS, articles + 1},
        {&segment->article_name_starts, NN_REGION_ARTICLE_NAME_STARTS, articles + 1},
        {&segment->name_types, NN_REGION_NAME_TYPES, info->name_count},
        {&segment->name_counts, NN_REGION_NAME_COUNTS, info->name_count},
        {&segment->name_firsts, NN_REGION_NAME_FIRSTS, info->name_count},
        {&segment->name_list_starts, NN_REGION_NAME_LIST_STARTS, (uint64_t)info->name_count + 1},
        {&segment->name_word_blocks, NN_REGION_NAME_WORD_BLOCKS,
         ((uint64_t)info->name_word_count + NN_NAME_WORD_BLOCK - 1) / NN_NAME_WORD_BLOCK + 1},
    };
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
        NN_TRY(nn_sequence_open(sequences[i].sequence, &segment->frame, sequences[i].kind,
                                sequences[i].count, error));
    }
    NN_TRY(nn_sequence_check(&segment->first_passages, error));
    if (!starts_agree(segment)) {
        return nn_segment_corrupt(segment, segment->starts,
                                  "the first passages of articles make no sense", error);
    }
    return NUNCIO_OK;
}

uint32_t nn_segment_first_passage(const nn_segment *segment, uint32_t article)
{
    return (uint32_t)nn_sequence_at(&segment->first_passages, article);
}

uint32_t nn_segment_article_of(const nn_segment *segment, uint32_t passage)
{
    NN_ASSERT(passage < segment->info.passage_count);
    const uint8_t *line = nn_starts_line(segment, passage);
    uint32_t word = passage % NN_STARTS_BITS / 64;
    uint64_t bits = nn_load_u64(line + NN_STARTS_HEAD + (size_t)word * 8);
    bits <<= 63 - passage % NN_STARTS_BITS % 64; /* up to the passage's own */
    uint64_t rank = (uint64_t)nn_load_u32(line) + nn_load_u16(line + 4 + (size_t)word * 2) +
                    nn_popcount64(bits);
    return (uint32_t)rank - 1; /* 0 ≤ that < articles: starts_agree */
}

/* 64 bits of STARTS: those of passages word · 64 on. */
static uint64_t starts_word(const nn_segment *segment, uint32_t word)
{
    const uint8_t *line = nn_starts_line(segment, word * 64);
    return nn_load_u64(line + NN_STARTS_HEAD + (size_t)(word % (NN_STARTS_BITS / 64)) * 8);
}

void nn_segment_article_span(const nn_segment *segment, uint32_t passage, uint32_t *first,
                             uint32_t *end)
{
    NN_ASSERT(passage < segment->info.passage_count);
    uint32_t word = passage / 64;
    uint32_t words = (segment->info.passage_count + 63) / 64;
    uint64_t below = UINT64_MAX >> (63 - passage % 64); /* up to the passage's own */
    uint64_t bits = starts_word(segment, word);
    uint64_t before = bits & below;
    uint64_t behind = bits & ~below;
    uint32_t at = word;
    while (before == 0) { /* the first passage begins an article: starts_agree */
        before = starts_word(segment, --at);
    }
    *first = at * 64 + nn_bit_width64(before) - 1;
    while (behind == 0 && ++word < words) {
        behind = starts_word(segment, word);
    }
    *end = behind != 0 ? word * 64 + nn_ctz64(behind) : segment->info.passage_count;
}

nuncio_status nn_segment_title_length(const nn_segment *segment, uint32_t passage, uint32_t *out,
                                      nuncio_error *error)
{
    *out = 0;
    if (!nn_segment_is_first(segment, passage)) {
        return NUNCIO_OK;
    }
    uint64_t length = 0;
    NN_TRY(nn_sequence_get(&segment->title_lengths, nn_segment_article_of(segment, passage),
                           &length, error));
    *out = (uint32_t)(length & UINT8_MAX);
    return NUNCIO_OK;
}

nuncio_status nn_segment_text_length(const nn_segment *segment, uint32_t passage, uint32_t *out,
                                     nuncio_error *error)
{
    uint32_t title_length = 0, length = segment->lengths[passage];
    NN_TRY(nn_segment_title_length(segment, passage, &title_length, error));
    *out = title_length < length ? length - title_length : 0;
    return NUNCIO_OK;
}

const uint8_t *nn_segment_lengths(const nn_segment *segment)
{
    return segment->lengths;
}

/* Bytes from … to - 1 of a region. */
static nuncio_status find_extent(const nn_segment *segment, nn_region_kind kind, uint64_t from,
                                 uint64_t to, const uint8_t **start, const uint8_t **end,
                                 nuncio_error *error)
{
    nn_region region = segment->frame.regions[kind];
    const uint8_t *data = segment->frame.map.data + region.offset;
    if (from > to || to > region.size) {
        return nn_segment_corrupt(segment, data, "an extent lies outside its region", error);
    }
    *start = data + from;
    *end = data + to;
    return nn_frame_touch_bytes(&segment->frame, *start, *end, error);
}

nuncio_status nn_segment_extent(const nn_segment *segment, const nn_sequence *starts,
                                uint64_t index, nn_region_kind kind, const uint8_t **start,
                                const uint8_t **end, nuncio_error *error)
{
    uint64_t from = 0, to = 0;
    NN_TRY(nn_sequence_pair(starts, index, &from, &to, error));
    return find_extent(segment, kind, from, to, start, end, error);
}

nuncio_status nn_segment_extent_near(const nn_segment *segment, nn_sequence_cursor *starts,
                                     uint64_t index, nn_region_kind kind, const uint8_t **start,
                                     const uint8_t **end, nuncio_error *error)
{
    uint64_t from = 0, to = 0;
    NN_TRY(nn_sequence_cursor_get(starts, index, &from, error));
    NN_TRY(nn_sequence_cursor_get(starts, index + 1, &to, error));
    return find_extent(segment, kind, from, to, start, end, error);
}

nuncio_status nn_segment_store_item(const nn_segment *segment, uint64_t item, const uint8_t **start,
                                    const uint8_t **end, nuncio_error *error)
{
    return nn_segment_extent(segment, &segment->store_items, item, NN_REGION_STORE, start, end,
                             error);
}

nuncio_status nn_segment_string(const nn_segment *segment, uint64_t number, nuncio_str *out,
                                nuncio_error *error)
{
    const uint8_t *start = NULL, *end = NULL;
    if (number >= segment->meta.strings) {
        return nn_segment_corrupt(segment, nn_frame_region(&segment->frame, NN_REGION_STRINGS),
                                  "a number of a string is too large", error);
    }
    NN_TRY(nn_segment_extent(segment, &segment->string_starts, number, NN_REGION_STRINGS, &start,
                             &end, error));
    *out = nn_str((const char *)start, (size_t)(end - start));
    return NUNCIO_OK;
}

nuncio_status nn_segment_string_size(const nn_segment *segment, uint64_t number, uint32_t *out,
                                     nuncio_error *error)
{
    uint64_t start = 0, end = 0;
    NN_TRY(nn_sequence_pair(&segment->string_starts, number, &start, &end, error));
    *out = end - start < UINT32_MAX ? (uint32_t)(end - start) : UINT32_MAX;
    return NUNCIO_OK;
}

nuncio_status nn_segment_source(const nn_segment *segment, uint32_t number, nuncio_str *out,
                                nuncio_error *error)
{
    uint64_t string = 0;
    NN_ASSERT(number >= 1 && number <= segment->info.source_count);
    NN_TRY(nn_sequence_get(&segment->source_strings, number - 1, &string, error));
    return nn_segment_string(segment, segment->meta.names + string, out, error);
}

nuncio_status nn_segment_rank(const nn_segment *segment, uint32_t article, uint32_t *out,
                              nuncio_error *error)
{
    uint64_t rank = 0;
    *out = 0;
    NN_TRY(nn_sequence_get(&segment->ranks, article, &rank, error));
    if (rank >= segment->info.article_count) {
        return nn_segment_corrupt(segment, segment->ranks.data, "a column makes no sense", error);
    }
    *out = (uint32_t)rank;
    return NUNCIO_OK;
}

nuncio_status nn_segment_ranked(const nn_segment *segment, uint32_t block,
                                uint64_t articles[NN_RANKED_BLOCK], uint32_t *count,
                                nuncio_error *error)
{
    NN_STATIC_ASSERT((int)NN_RANKED_BLOCK == (int)NN_SEQUENCE_BLOCK, "blocks of by_rank");
    uint64_t largest = 0;
    *count = 0;
    if ((uint64_t)block * NN_RANKED_BLOCK >= segment->info.article_count) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_sequence_read(&segment->by_rank, block, articles, count, error));
    for (uint32_t i = 0; i < *count; i++) {
        largest = articles[i] > largest ? articles[i] : largest;
    }
    if (largest >= segment->info.article_count) {
        return nn_segment_corrupt(segment, segment->by_rank.data, "a column makes no sense", error);
    }
    return NUNCIO_OK;
}

nuncio_status nn_segment_facets(const nn_segment *segment, uint32_t article, nn_article_facets *out,
                                nuncio_error *error)
{
    uint64_t source = 0, language = 0, date = 0;
    *out = (nn_article_facets){0};
    NN_TRY(nn_sequence_get(&segment->sources, article, &source, error));
    NN_TRY(nn_sequence_get(&segment->languages, article, &language, error));
    NN_TRY(nn_sequence_get(&segment->dates, article, &date, error));
    if (source > segment->info.source_count || language >= NN_LANGUAGES_MAX ||
        !nn_column_date_read(date, &out->date)) {
        return nn_segment_corrupt(segment, segment->sources.data, "a column makes no sense", error);
    }
    out->source_number = (uint32_t)source;
    out->language = (uint8_t)language;
    return NUNCIO_OK;
}

/** A record taken apart. The url begins with the first `shared` bytes of that of the article
 * `back` before, unless `back` is 0. */
typedef struct record {
    nuncio_str id, title, url, lang;
    uint64_t back, shared;
} record;

/* What is taken from a record, like a varint: NULL, of what is cut short, stays NULL. */
static const uint8_t *take_byte(const uint8_t *from, const uint8_t *end, uint64_t *out)
{
    *out = from == NULL || from == end ? 0 : *from;
    return from == NULL || from == end ? NULL : from + 1;
}

static const uint8_t *take_str(const uint8_t *from, const uint8_t *end, uint64_t size,
                               nuncio_str *out)
{
    if (from == NULL || size > (uint64_t)(end - from)) {
        return NULL;
    }
    *out = nn_str((const char *)from, (size_t)size);
    return from + size;
}

static nuncio_status read_record(const nn_segment *segment, uint32_t article, record *out,
                                 nuncio_error *error)
{
    const uint8_t *start = NULL, *end = NULL;
    uint64_t flags, size, id;
    *out = (record){.back = 0};
    NN_TRY(nn_segment_extent(segment, &segment->record_starts, article, NN_REGION_RECORDS, &start,
                             &end, error));
    const uint8_t *at = take_byte(start, end, &flags);
    uint64_t kind = flags & NN_RECORD_URL;
    if ((flags & NN_RECORD_LANG) != 0) {
        at = take_byte(at, end, &size);
        at = take_str(at, end, size, &out->lang);
    }
    if ((flags & NN_RECORD_TITLE) != 0) {
        at = nn_varint(at, end, &size);
        at = take_str(at, end, size, &out->title);
    }
    bool shares = (flags & NN_RECORD_URL_SHARED) != 0;
    if (shares) {
        at = nn_varint(at, end, &out->back);
        at = nn_varint(at, end, &out->shared);
    }
    uint64_t url = 0;
    if (kind != 0) {
        at = nn_varint(at, end, &url);
    }
    if (kind == NN_RECORD_URL_OWN) {
        at = take_str(at, end, url, &out->url);
    }
    at = nn_varint(at, end, &id);
    if (kind == NN_RECORD_URL_TAIL) {
        at = take_str(at, end, url, &out->url);
        if (at != NULL && id <= url) {
            out->id = nn_str(out->url.data + (url - id), (size_t)id);
        }
    } else {
        at = take_str(at, end, id, &out->id);
    }
    if (at != end || out->id.size == 0 || out->back > article ||
        (shares && (out->back == 0 || kind == 0)) || kind == NN_RECORD_URL) {
        return nn_segment_corrupt(segment, start, "the record of an article makes no sense", error);
    }
    return NUNCIO_OK;
}

nuncio_status nn_segment_article_id(const nn_segment *segment, uint32_t article, nuncio_str *out,
                                    nuncio_error *error)
{
    record row;
    NN_TRY(read_record(segment, article, &row, error));
    *out = row.id;
    return NUNCIO_OK;
}

nuncio_status nn_segment_article_shown(const nn_segment *segment, uint32_t article,
                                       nn_article_row *out, nuncio_error *error)
{
    NN_ASSERT(article < segment->info.article_count);
    nn_article_facets facets = {0};
    record own, base;
    nuncio_str url_start = {NULL, 0};
    NN_TRY(nn_segment_facets(segment, article, &facets, error));
    NN_TRY(read_record(segment, article, &own, error));
    if (own.back != 0) {
        NN_TRY(read_record(segment, article - (uint32_t)own.back, &base, error));
        if (base.back != 0 || base.url.data == NULL || own.shared > base.url.size) {
            return nn_segment_corrupt(segment, (const uint8_t *)own.id.data,
                                      "the url of an article makes no sense", error);
        }
        url_start = nn_str(base.url.data, (size_t)own.shared);
    }
    *out = (nn_article_row){.language = facets.language,
                            .source_number = facets.source_number,
                            .date = facets.date,
                            .id = own.id,
                            .title = own.title,
                            .url_start = url_start,
                            .url_rest = own.url,
                            .lang = own.lang};
    return out->source_number == 0
               ? NUNCIO_OK
               : nn_segment_source(segment, out->source_number, &out->source, error);
}

nuncio_status nn_segment_article(const nn_segment *segment, uint32_t article, nn_article_row *out,
                                 nuncio_error *error)
{
    uint64_t title_length = 0;
    NN_TRY(nn_segment_article_shown(segment, article, out, error));
    NN_TRY(nn_segment_rank(segment, article, &out->rank, error));
    const uint8_t *hash =
        nn_frame_region(&segment->frame, NN_REGION_HASHES) + (size_t)article * NN_HASH_SIZE;
    NN_TRY(nn_frame_touch_bytes(&segment->frame, hash, hash + NN_HASH_SIZE, error));
    NN_TRY(nn_sequence_get(&segment->title_lengths, article, &title_length, error));
    uint32_t first = nn_segment_first_passage(segment, article);
    uint32_t end = nn_segment_first_passage(segment, article + 1);
    if (first > end || title_length > UINT8_MAX) {
        return nn_segment_corrupt(segment, segment->first_passages.data, "a column makes no sense",
                                  error);
    }
    out->first_passage = first;
    out->passage_count = end - first;
    out->title_length = (uint8_t)title_length;
    out->hash_low = nn_load_u64(hash);
    out->hash_high = nn_load_u64(hash + 8);
    return NUNCIO_OK;
}

bool nn_article_url(const nn_article_row *row, nn_arena *arena, nuncio_str *out)
{
    nuncio_str start = row->url_start, rest = row->url_rest;
    *out = rest;
    if (start.size == 0) {
        return true;
    }
    char *room = nn_arena_alloc(arena, start.size + rest.size);
    if (room == NULL) {
        return false;
    }
    memcpy(room, start.data, start.size);
    memcpy(room + start.size, rest.data, rest.size);
    *out = nn_str(room, start.size + rest.size);
    return true;
}

nuncio_status nn_segment_find_article(const nn_segment *segment, nuncio_str id, uint32_t *out,
                                      nuncio_error *error)
{
    uint32_t low = 0, high = segment->info.article_count; /* first rank whose id is greater */
    uint32_t found = UINT32_MAX;
    *out = UINT32_MAX;
    for (uint32_t step = 0; low < high; step++) {
        /* In an archive that comes in order a new id lies behind, or before, all of a segment. */
        uint32_t middle = step == 0 ? high - 1 : step == 1 ? low : low + (high - low) / 2;
        uint64_t article = 0;
        record row;
        NN_TRY(nn_sequence_get(&segment->by_rank, middle, &article, error));
        if (article >= segment->info.article_count) {
            return nn_segment_corrupt(segment, segment->by_rank.data, "a column makes no sense",
                                      error);
        }
        NN_TRY(read_record(segment, (uint32_t)article, &row, error));
        int order = nn_str_compare(row.id, id);
        if (order <= 0) {
            found = order == 0 ? (uint32_t)article : found;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *out = found;
    return NUNCIO_OK;
}

nuncio_status nn_segment_passage_start(const nn_segment *segment, uint32_t passage, uint32_t *start,
                                       uint32_t *end, nuncio_error *error)
{
    uint64_t from = 0, first = 0, to = 0;
    uint32_t first_passage =
        nn_segment_first_passage(segment, nn_segment_article_of(segment, passage));
    NN_TRY(nn_sequence_get(&segment->text_starts, first_passage, &first, error));
    NN_TRY(nn_sequence_pair(&segment->text_starts, passage, &from, &to, error));
    if (first > from || from > to || to - first > UINT32_MAX) {
        return nn_segment_corrupt(segment, segment->text_starts.data, "a column makes no sense",
                                  error);
    }
    *start = (uint32_t)(from - first);
    *end = (uint32_t)(to - first);
    return NUNCIO_OK;
}
