/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/quotes.h"

#include "core/error.h"
#include "segment/segment_impl.h"

#include <string.h>

static nuncio_status corrupt(const nn_segment *segment, nuncio_error *error)
{
    return nn_segment_corrupt(segment, segment->quote_passages.data, "quotes make no sense", error);
}

nuncio_status nn_segment_quote_passage(const nn_segment *segment, uint32_t quote, uint32_t *out,
                                       nuncio_error *error)
{
    uint64_t passage = 0;
    *out = 0;
    NN_TRY(nn_sequence_get(&segment->quote_passages, quote, &passage, error));
    if (passage >= segment->info.passage_count) {
        return corrupt(segment, error);
    }
    *out = (uint32_t)passage;
    return NUNCIO_OK;
}

nuncio_status nn_segment_quote_is_direct(const nn_segment *segment, uint32_t quote, bool *out,
                                         nuncio_error *error)
{
    uint64_t number = 0;
    NN_TRY(nn_sequence_get(&segment->quote_speakers, quote, &number, error));
    *out = (number & 1) != 0;
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

/* The passage of a quote; NN_DOC_END behind the last. */
static nuncio_status passage_of(nn_article_quotes *quotes, uint64_t quote, uint32_t *out,
                                nuncio_error *error)
{
    const nn_segment *segment = quotes->segment;
    uint64_t passage = 0;
    *out = NN_DOC_END;
    if (quote >= segment->info.quote_count) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_sequence_cursor_get(&quotes->passages, quote, &passage, error));
    if (passage >= segment->info.passage_count) {
        return corrupt(segment, error);
    }
    *out = (uint32_t)passage;
    return NUNCIO_OK;
}

/* Moves on to the first quote, not before the current ones, whose passage is ≥ `passage`. Gallops:
 * it is near as a rule. Every quote before `low` begins before the passage. */
static nuncio_status skip_to(nn_article_quotes *quotes, uint32_t passage, nuncio_error *error)
{
    uint64_t all = quotes->segment->info.quote_count;
    uint64_t low = (uint64_t)quotes->first + quotes->count, step = 1, high = all;
    uint32_t found = 0;
    while (low + step <= all) {
        NN_TRY(passage_of(quotes, low + step - 1, &found, error));
        if (found >= passage) {
            high = low + step - 1;
            break;
        }
        low += step;
        step *= 2;
    }
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        NN_TRY(passage_of(quotes, middle, &found, error));
        if (found < passage) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    quotes->first = (uint32_t)low;
    quotes->count = 0;
    return passage_of(quotes, low, &quotes->behind, error);
}

/* Stands before the first quote of `article`. */
static nuncio_status approach(nn_article_quotes *quotes, uint32_t article, nuncio_error *error)
{
    if (!quotes->open || article < quotes->article) {
        nn_sequence_cursor_init(&quotes->passages, &quotes->segment->quote_passages);
        nn_sequence_cursor_init(&quotes->places, &quotes->segment->quote_places);
        nn_sequence_cursor_init(&quotes->lengths, &quotes->segment->quote_lengths);
        nn_sequence_cursor_init(&quotes->speakers, &quotes->segment->quote_speakers);
        quotes->first = 0;
        quotes->count = 0;
        NN_TRY(passage_of(quotes, 0, &quotes->behind, error));
    }
    uint32_t passage = nn_segment_first_passage(quotes->segment, article);
    quotes->first += quotes->count;
    quotes->count = 0;
    quotes->open = true;
    quotes->article = article;
    return quotes->behind < passage ? skip_to(quotes, passage, error) : NUNCIO_OK;
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
        quotes->marks = nn_arena_array(quotes->arena, capacity, sizeof *quotes->marks);
        bool made = quotes->starts != NULL && quotes->ends != NULL && quotes->longer != NULL &&
                    quotes->marks != NULL;
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

/* Reads quote `i` of the article; they ascend. */
static nuncio_status load_quote(nn_article_quotes *quotes, uint32_t i, nn_quote_depth *depth,
                                nuncio_error *error)
{
    const nn_segment *segment = quotes->segment;
    uint64_t place = 0, length = 0, number = (uint64_t)quotes->first + i;
    uint32_t passage = 0;
    NN_TRY(passage_of(quotes, number, &passage, error));
    NN_TRY(nn_sequence_cursor_get(&quotes->places, number, &place, error));
    NN_TRY(nn_sequence_cursor_get(&quotes->lengths, number, &length, error));
    uint32_t here = passage - quotes->first_passage;
    if (passage < quotes->first_passage || here >= quotes->passage_count) {
        return corrupt(segment, error);
    }
    uint32_t all = quotes->bases[quotes->passage_count];
    uint32_t before = i == 0 ? 0 : quotes->starts[i - 1];
    if (place > quotes->bases[here + 1] - quotes->bases[here] || length > all ||
        quotes->bases[here] + place + length > all || quotes->bases[here] + place < before) {
        return corrupt(segment, error);
    }
    quotes->starts[i] = quotes->bases[here] + (uint32_t)place;
    quotes->ends[i] = quotes->starts[i] + (uint32_t)length;
    uint32_t longer = i;
    while (longer > 0 && quotes->ends[longer - 1] <= quotes->ends[i]) {
        longer = quotes->longer[longer - 1];
    }
    quotes->longer[i] = longer;
    quotes->marks[i] = 0;
    return nn_quote_depth_add(depth, quotes->starts[i], quotes->ends[i]) ? NUNCIO_OK
                                                                         : corrupt(segment, error);
}

/* Counts the quotes of the article, whose passages end before `end`. */
static nuncio_status count_quotes(nn_article_quotes *quotes, uint32_t end, nuncio_error *error)
{
    uint64_t all = quotes->segment->info.quote_count, last = quotes->first;
    while (quotes->behind < end) {
        last++;
        NN_TRY(passage_of(quotes, last, &quotes->behind, error));
    }
    NN_ASSERT(last <= all);
    (void)all;
    quotes->count = (uint32_t)(last - quotes->first);
    return NUNCIO_OK;
}

nuncio_status nn_article_quotes_find(nn_article_quotes *quotes, uint32_t article,
                                     nuncio_error *error)
{
    if (quotes->open && article == quotes->article) {
        return NUNCIO_OK;
    }
    nuncio_status status = approach(quotes, article, error);
    uint32_t end = nn_segment_first_passage(quotes->segment, article + 1);
    quotes->first_passage = nn_segment_first_passage(quotes->segment, article);
    quotes->loaded = false;
    if (status == NUNCIO_OK) {
        status = count_quotes(quotes, end, error);
    }
    quotes->open = status == NUNCIO_OK; /* after a failure it begins anew */
    return status;
}

static nuncio_status load(nn_article_quotes *quotes, nuncio_error *error)
{
    uint32_t end = nn_segment_first_passage(quotes->segment, quotes->article + 1);
    quotes->passage_count = end - quotes->first_passage;
    NN_TRY(reserve(quotes, quotes->passage_count, quotes->count, error));
    NN_TRY(load_bases(quotes, error));
    nn_quote_depth depth = {.count = 0};
    for (uint32_t i = 0; i < quotes->count; i++) {
        NN_TRY(load_quote(quotes, i, &depth, error));
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

uint32_t nn_article_quotes_behind(const nn_article_quotes *quotes)
{
    return quotes->behind == NN_DOC_END ? NN_DOC_END
                                        : nn_segment_article_of(quotes->segment, quotes->behind);
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
    uint64_t number = 0;
    *name = NN_NAME_UNKNOWN;
    NN_TRY(nn_sequence_cursor_get(&quotes->speakers, (uint64_t)quotes->first + i, &number, error));
    if (number < 2) {
        return NUNCIO_OK;
    }
    if (!quotes->has_names || quotes->named != quotes->article) {
        quotes->has_names = false; /* after a failure it begins anew */
        NN_TRY(nn_segment_article_names(quotes->segment, quotes->article, quotes->arena,
                                        &quotes->names, error));
        quotes->has_names = true;
        quotes->named = quotes->article;
    }
    uint64_t local = number / 2 - 1;
    if (local >= quotes->names.count) {
        return corrupt(quotes->segment, error);
    }
    *name = quotes->names.items[local].name;
    return NUNCIO_OK;
}
