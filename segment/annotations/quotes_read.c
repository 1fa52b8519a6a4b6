/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/annotations/quotes.h"

#include "core/error.h"
#include "segment/segment_impl.h"

#include <string.h>

static nuncio_status corrupt(const nn_segment *segment, nuncio_error *error)
{
    return nn_segment_corrupt(segment, nn_frame_region(&segment->frame, NN_REGION_QUOTES),
                              "quotes make no sense", error);
}

nuncio_status nn_segment_quote_article(const nn_segment *segment, uint32_t quote, uint32_t *out,
                                       nuncio_error *error)
{
    uint32_t low = 0, high = segment->info.article_count; /* low begins at or before it */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        uint64_t first = 0;
        NN_TRY(nn_sequence_get(&segment->first_quotes, middle, &first, error));
        if (first <= quote) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *out = low;
    return NUNCIO_OK;
}

bool nn_quote_depth_add(nn_quote_depth *depth, uint32_t start, uint32_t end)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < depth->count; i++) {
        if (depth->ends[i] > start) {
            depth->ends[kept++] = depth->ends[i];
        }
    }
    depth->count = kept;
    if (end > start) {
        if (kept == NN_QUOTE_DEPTH_MAX) {
            return false;
        }
        depth->ends[depth->count++] = end;
    }
    return true;
}

NN_STATIC_ASSERT(sizeof((nn_quote_depth *)0)->ends == NN_QUOTE_DEPTH_MAX * sizeof(uint32_t),
                 "room for as many as may be");

nuncio_status nn_article_quotes_find(nn_article_quotes *quotes, uint32_t article,
                                     nuncio_error *error)
{
    if (quotes->open && article == quotes->article) {
        return NUNCIO_OK;
    }
    uint64_t first = 0, end = 0;
    quotes->open = false; /* after a failure it begins anew */
    quotes->loaded = false;
    quotes->count = 0;
    if (quotes->firsts.sequence == NULL) {
        nn_sequence_cursor_init(&quotes->firsts, &quotes->segment->first_quotes);
    }
    NN_TRY(nn_sequence_cursor_get(&quotes->firsts, article, &first, error));
    NN_TRY(nn_sequence_cursor_get(&quotes->firsts, (uint64_t)article + 1, &end, error));
    if (first > end || end > quotes->segment->info.quote_count) {
        return corrupt(quotes->segment, error);
    }
    quotes->first = (uint32_t)first;
    quotes->count = (uint32_t)(end - first);
    quotes->article = article;
    quotes->first_passage = nn_segment_first_passage(quotes->segment, article);
    quotes->open = true;
    return NUNCIO_OK;
}

/* Gallops, because it is near as a rule: article `low` is behind the current one, and none between
 * them has a quote. */
nuncio_status nn_article_quotes_behind(const nn_article_quotes *quotes, uint32_t *out,
                                       nuncio_error *error)
{
    nn_sequence_cursor firsts = quotes->firsts;
    uint64_t all = quotes->segment->info.article_count, low = (uint64_t)quotes->article + 1;
    uint64_t high = all, step = 1, here = (uint64_t)quotes->first + quotes->count, found = 0;
    for (; low + step <= all; low += step, step *= 2) {
        NN_TRY(nn_sequence_cursor_get(&firsts, low + step, &found, error));
        if (found > here) {
            high = low + step - 1;
            break;
        }
    }
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        NN_TRY(nn_sequence_cursor_get(&firsts, middle + 1, &found, error));
        if (found > here) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    *out = low < all ? (uint32_t)low : NN_DOC_END;
    return NUNCIO_OK;
}

/* Room for so many of each. */
static nuncio_status reserve(nn_article_quotes *quotes, size_t passages, size_t count,
                             nuncio_error *error)
{
    if (passages >= quotes->passage_capacity) {
        size_t capacity = passages * 2 + 16;
        quotes->bases = nn_arena_array(quotes->arena, capacity, sizeof *quotes->bases);
        quotes->passage_capacity = quotes->bases == NULL ? 0 : capacity;
    }
    if (count > quotes->quote_capacity) {
        size_t capacity = count * 2 + 16;
        quotes->starts = nn_arena_array(quotes->arena, capacity, sizeof *quotes->starts);
        quotes->ends = nn_arena_array(quotes->arena, capacity, sizeof *quotes->ends);
        quotes->longer = nn_arena_array(quotes->arena, capacity, sizeof *quotes->longer);
        quotes->speakers = nn_arena_array(quotes->arena, capacity, sizeof *quotes->speakers);
        quotes->kinds = nn_arena_array(quotes->arena, capacity, sizeof *quotes->kinds);
        quotes->marks = nn_arena_array(quotes->arena, capacity, sizeof *quotes->marks);
        bool made = quotes->starts != NULL && quotes->ends != NULL && quotes->longer != NULL &&
                    quotes->speakers != NULL && quotes->kinds != NULL && quotes->marks != NULL;
        quotes->quote_capacity = made ? capacity : 0;
    }
    return passages < quotes->passage_capacity && count <= quotes->quote_capacity
               ? NUNCIO_OK
               : nn_error_memory(error);
}

/* Adds up the text tokens of the article's passages. */
static nuncio_status load_bases(nn_article_quotes *quotes, nuncio_error *error)
{
    const nn_segment *segment = quotes->segment;
    uint32_t title_length = 0, sum = 0;
    NN_TRY(nn_segment_title_length(segment, quotes->first_passage, &title_length, error));
    for (uint32_t i = 0; i < quotes->passage_count; i++) {
        uint32_t length = segment->lengths[quotes->first_passage + i];
        uint32_t title = i == 0 ? title_length : 0;
        quotes->bases[i] = sum;
        sum += length > title ? length - title : 0;
    }
    quotes->bases[quotes->passage_count] = sum;
    return NUNCIO_OK;
}

/* Reads who speaks quote `i`. */
static bool read_speaker(nn_article_quotes *quotes, uint32_t i, nn_recent_speakers *recent)
{
    const nn_number_decoder *fields = quotes->segment->quote_codes->fields;
    uint32_t rank = 0, new = 0, speaker = 0;
    if ((quotes->kinds[i].head & NN_QUOTE_SPEAKER) == 0) {
        quotes->speakers[i] = 0;
        return true;
    }
    if (!nn_number_read(&quotes->record, &fields[NN_FIELD_RECENT + recent->count], &rank) ||
        rank > recent->count) {
        return false;
    }
    if (rank > 0) {
        speaker = recent->items[rank - 1];
    } else if (nn_number_read(&quotes->record, &fields[NN_FIELD_NEW], &new)) {
        speaker = recent->last_new + nn_unzigzag(new);
    } else {
        return false;
    }
    nn_recent_speakers_note(recent, rank > 0 ? rank - 1 : recent->count, speaker);
    quotes->speakers[i] = speaker + 1;
    return speaker < UINT32_MAX;
}

/* Reads unit `i` of the record: quotes ascend, and end within the text. */
static bool read_unit(nn_article_quotes *quotes, uint32_t i, nn_recent_speakers *recent)
{
    const nn_quote_codes *codes = quotes->segment->quote_codes;
    nn_bit_reader *bits = &quotes->record;
    uint32_t kind = 0, gap = 0, length = 0, all = quotes->bases[quotes->passage_count];
    uint32_t before = i == 0 ? 0 : quotes->starts[i - 1];
    if (!nn_number_read(bits, &codes->fields[NN_FIELD_KIND], &kind) || kind >= codes->kind_count ||
        !nn_number_read(bits, &codes->fields[NN_FIELD_GAP], &gap) || gap > all - before ||
        !nn_number_read(bits, &codes->fields[NN_FIELD_LENGTH], &length) ||
        length > all - before - gap) {
        return false;
    }
    quotes->kinds[i] = codes->kinds[kind];
    quotes->starts[i] = before + gap;
    quotes->ends[i] = before + gap + length;
    return read_speaker(quotes, i, recent);
}

/* Notes which of the quotes before quote `i` reach behind it. */
static void link_longer(nn_article_quotes *quotes, uint32_t i)
{
    uint32_t longer = i;
    while (longer > 0 && quotes->ends[longer - 1] <= quotes->ends[i]) {
        longer = quotes->longer[longer - 1];
    }
    quotes->longer[i] = longer;
    quotes->marks[i] = 0;
}

static nuncio_status load(nn_article_quotes *quotes, nuncio_error *error)
{
    const nn_segment *segment = quotes->segment;
    const uint8_t *start = NULL, *end = NULL;
    nn_quote_depth depth = {.count = 0};
    nn_recent_speakers recent = {.count = 0};
    NN_TRY(nn_segment_extent(segment, &segment->quote_starts, quotes->article, NN_REGION_QUOTES,
                             &start, &end, error));
    quotes->record = (nn_bit_reader){start, 0, (uint64_t)(end - start) * 8};
    if (quotes->count > quotes->record.end / NN_QUOTE_BITS_MIN) {
        return corrupt(segment, error);
    }
    quotes->passage_count =
        nn_segment_first_passage(segment, quotes->article + 1) - quotes->first_passage;
    NN_TRY(reserve(quotes, quotes->passage_count, quotes->count, error));
    NN_TRY(load_bases(quotes, error));
    for (uint32_t i = 0; i < quotes->count; i++) {
        if (!read_unit(quotes, i, &recent) ||
            !nn_quote_depth_add(&depth, quotes->starts[i], quotes->ends[i])) {
            return corrupt(segment, error);
        }
        link_longer(quotes, i);
    }
    quotes->loaded = true;
    return NUNCIO_OK;
}

nuncio_status nn_article_quotes_seek(nn_article_quotes *quotes, uint32_t article,
                                     nuncio_error *error)
{
    NN_TRY(nn_article_quotes_find(quotes, article, error));
    if (quotes->loaded || quotes->count == 0) {
        return NUNCIO_OK;
    }
    nuncio_status status = load(quotes, error);
    quotes->open = status == NUNCIO_OK;
    quotes->count = quotes->open ? quotes->count : 0;
    return status;
}

uint32_t nn_article_quotes_passage(const nn_article_quotes *quotes, uint32_t token)
{
    uint32_t low = 0, high = quotes->passage_count; /* bases[low] ≤ token */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (quotes->bases[middle] <= token) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

nn_quote_holders nn_quote_holders_of(const nn_article_quotes *quotes, uint32_t passage,
                                     uint32_t start, uint32_t end)
{
    if (quotes->count == 0 || start >= NN_POSITION_TITLE) {
        return (nn_quote_holders){quotes, 0, 0};
    }
    uint32_t base = quotes->bases[passage - quotes->first_passage];
    return nn_quote_holders_of_range(quotes, base + start, base + end);
}

nn_quote_holders nn_quote_holders_of_range(const nn_article_quotes *quotes, uint32_t start,
                                           uint32_t end)
{
    uint32_t low = 0, high = quotes->count; /* quotes that begin at or before the first token */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (quotes->starts[middle] <= start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (nn_quote_holders){quotes, low, end};
}

uint32_t nn_article_quotes_mark(nn_article_quotes *quotes, uint32_t passage,
                                const uint32_t *positions, uint32_t count)
{
    uint32_t marked = 0;
    for (uint32_t i = 0; i < count; i++) {
        nn_quote_holders holders =
            nn_quote_holders_of(quotes, passage, positions[i], positions[i] + 1);
        uint32_t quote = 0;
        while (nn_quote_holders_next(&holders, &quote)) {
            marked += quotes->marks[quote] == 0;
            quotes->marks[quote] = 1;
        }
    }
    return marked;
}

nuncio_status nn_article_quotes_speaker(nn_article_quotes *quotes, uint32_t i, uint32_t *name,
                                        nuncio_error *error)
{
    *name = NN_NAME_UNKNOWN;
    if (quotes->speakers[i] == 0) {
        return NUNCIO_OK;
    }
    if (!quotes->has_names || quotes->named != quotes->article) {
        quotes->has_names = false; /* after a failure it begins anew */
        NN_TRY(nn_segment_article_names(quotes->segment, quotes->article, quotes->arena,
                                        &quotes->names, error));
        quotes->has_names = true;
        quotes->named = quotes->article;
    }
    uint32_t local = quotes->speakers[i] - 1;
    if (local >= quotes->names.count) {
        return corrupt(quotes->segment, error);
    }
    *name = quotes->names.items[local].name;
    return NUNCIO_OK;
}
