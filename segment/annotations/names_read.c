/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/str.h"
#include "segment/annotations/names.h"
#include "segment/codes/golomb.h"
#include "segment/segment_impl.h"

uint32_t nn_segment_name_count(const nn_segment *segment)
{
    return segment->info.name_count;
}

static nuncio_status corrupt(const nn_segment *segment, const uint8_t *at, nuncio_error *error)
{
    return nn_segment_corrupt(segment, at, "names make no sense", error);
}

void nn_name_reader_init(nn_name_reader *reader, const nn_segment *segment)
{
    reader->segment = segment;
    nn_sequence_cursor_init(&reader->types, &segment->name_types);
    nn_sequence_cursor_init(&reader->texts, &segment->string_starts);
    nn_sequence_cursor_init(&reader->counts, &segment->name_counts);
    nn_sequence_cursor_init(&reader->firsts, &segment->name_firsts);
    nn_sequence_cursor_init(&reader->list_starts, &segment->name_list_starts);
}

static nuncio_status type_of(const nn_segment *segment, uint64_t number, nuncio_entity_type *type,
                             nuncio_error *error)
{
    if (number > NUNCIO_ENTITY_NATIONALITY) {
        return corrupt(segment, segment->name_types.data, error);
    }
    *type = (nuncio_entity_type)number;
    return NUNCIO_OK;
}

nuncio_status nn_segment_name_type(const nn_segment *segment, uint32_t name,
                                   nuncio_entity_type *type, nuncio_error *error)
{
    NN_ASSERT(name < segment->info.name_count);
    uint64_t number = 0;
    *type = NUNCIO_ENTITY_NONE;
    NN_TRY(nn_sequence_get(&segment->name_types, name, &number, error));
    return type_of(segment, number, type, error);
}

nuncio_status nn_name_reader_type(nn_name_reader *reader, uint32_t name, nuncio_entity_type *type,
                                  nuncio_error *error)
{
    NN_ASSERT(name < reader->segment->info.name_count);
    uint64_t number = 0;
    *type = NUNCIO_ENTITY_NONE;
    NN_TRY(nn_sequence_cursor_get(&reader->types, name, &number, error));
    return type_of(reader->segment, number, type, error);
}

nuncio_status nn_name_reader_text(nn_name_reader *reader, uint32_t name, nuncio_str *text,
                                  nuncio_error *error)
{
    const nn_segment *segment = reader->segment;
    const uint8_t *start = NULL, *end = NULL;
    NN_ASSERT(name < segment->info.name_count);
    NN_TRY(nn_segment_extent_near(segment, &reader->texts, name, NN_REGION_STRINGS, &start, &end,
                                  error));
    *text = nn_str((const char *)start, (size_t)(end - start));
    return NUNCIO_OK;
}

nuncio_status nn_segment_name_text(const nn_segment *segment, uint32_t name, nuncio_str *text,
                                   nuncio_error *error)
{
    NN_ASSERT(name < segment->info.name_count);
    return nn_segment_string(segment, name, text, error);
}

nuncio_status nn_segment_name(const nn_segment *segment, uint32_t name, nuncio_str *text,
                              nuncio_entity_type *type, nuncio_error *error)
{
    NN_TRY(nn_segment_name_type(segment, name, type, error));
    return nn_segment_name_text(segment, name, text, error);
}

nuncio_status nn_segment_name_articles(const nn_segment *segment, uint32_t name, uint32_t *count,
                                       nuncio_error *error)
{
    uint64_t number = 0;
    NN_ASSERT(name < segment->info.name_count);
    NN_TRY(nn_sequence_get(&segment->name_counts, name, &number, error));
    *count = number < segment->info.article_count ? (uint32_t)number : segment->info.article_count;
    return NUNCIO_OK;
}

nuncio_status nn_name_reader_articles(nn_name_reader *reader, uint32_t name, uint32_t *count,
                                      nuncio_error *error)
{
    uint64_t number = 0;
    uint32_t most = reader->segment->info.article_count;
    NN_ASSERT(name < reader->segment->info.name_count);
    NN_TRY(nn_sequence_cursor_get(&reader->counts, name, &number, error));
    *count = number < most ? (uint32_t)number : most;
    return NUNCIO_OK;
}

/* ---- the names of an article ---- */

/* The counts of a list, none of which claims more than there are bits for. */
static bool read_head(nn_bit_reader *bits, nn_article_names *out, uint32_t *order)
{
    uint32_t others = 0;
    uint64_t number = 0;
    if (!nn_golomb_read(bits, 4, &out->standing) || !nn_golomb_read(bits, 1, &others) ||
        !nn_bits_read(bits, NN_GOLOMB_ORDER_BITS, &number)) {
        return false;
    }
    uint64_t left = bits->end - bits->bit;
    *order = (uint32_t)number;
    out->count = out->standing + others;
    return out->standing <= left / 2 && others <= left; /* a standing one takes two at least */
}

/* Names and sizes; 0 where the size is the name's own. */
static bool read_entries(nn_bit_reader *bits, uint32_t order, uint32_t name_count,
                         const nn_article_names *list)
{
    nn_article_name *items = list->items;
    for (uint32_t i = 0; i < list->count; i++) {
        uint64_t sized = 0;
        items[i].size = 0;
        if (!nn_golomb_read(bits, order, &items[i].name) || items[i].name >= name_count ||
            (i < list->standing && !nn_bits_read(bits, 1, &sized)) ||
            (sized != 0 && (!nn_golomb_read(bits, 3, &items[i].size) || items[i].size == 0))) {
            return false;
        }
    }
    return bits->end - bits->bit < 8;
}

nuncio_status nn_segment_article_names(const nn_segment *segment, uint32_t article, nn_arena *arena,
                                       nn_article_names *out, nuncio_error *error)
{
    const uint8_t *start = NULL, *end = NULL;
    out->count = out->standing = 0;
    NN_TRY(nn_segment_extent(segment, &segment->article_name_starts, article,
                             NN_REGION_ARTICLE_NAMES, &start, &end, error));
    if (start == end) {
        return NUNCIO_OK;
    }
    nn_article_names list = *out;
    nn_bit_reader bits = {start, 0, (uint64_t)(end - start) * 8};
    uint32_t order = 0;
    if (!read_head(&bits, &list, &order)) {
        return corrupt(segment, start, error);
    }
    if (list.count > list.capacity) {
        size_t capacity = (size_t)list.count + list.capacity;
        list.items = nn_arena_alloc(arena, capacity * sizeof *list.items);
        list.capacity = list.items == NULL ? 0 : capacity;
        *out = (nn_article_names){list.items, 0, 0, list.capacity};
        if (list.items == NULL) {
            return nn_error_memory(error);
        }
    }
    if (!read_entries(&bits, order, segment->info.name_count, &list)) {
        return corrupt(segment, start, error);
    }
    *out = list;
    return NUNCIO_OK;
}
