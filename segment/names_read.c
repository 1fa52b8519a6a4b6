/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "segment/golomb.h"
#include "segment/names.h"
#include "segment/pfor.h"
#include "segment/segment_impl.h"

enum { SPEAKS_FOLLOWS = 1, STANDS_FOLLOWS = 2 };

uint32_t nn_segment_name_count(const nn_segment *segment)
{
    return segment->info.name_count;
}

static nuncio_status corrupt(const nn_segment *segment, const uint8_t *at, nuncio_error *error)
{
    return nn_segment_corrupt(segment, at, "names make no sense", error);
}

nuncio_status nn_segment_name_type(const nn_segment *segment, uint32_t name,
                                   nuncio_entity_type *type, nuncio_error *error)
{
    NN_ASSERT(name < segment->info.name_count);
    uint64_t number = 0;
    *type = NUNCIO_ENTITY_NONE;
    NN_TRY(nn_sequence_get(&segment->name_types, name, &number, error));
    if (number > NUNCIO_ENTITY_NATIONALITY) {
        return corrupt(segment, segment->name_types.data, error);
    }
    *type = (nuncio_entity_type)number;
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

/* ---- the articles of a name ---- */

/* Takes the bits that `kinds` says follow; false when they are not there. */
static bool open_bits(nn_name_list *list, const uint8_t *start)
{
    size_t size = ((size_t)list->count + 7) / 8;
    uint32_t kinds = *start;
    list->next = start + 1;
    if (kinds > (SPEAKS_FOLLOWS | STANDS_FOLLOWS)) {
        return false;
    }
    if ((kinds & SPEAKS_FOLLOWS) != 0 && (size_t)(list->end - list->next) >= size) {
        list->speaks = list->next;
        list->next += size;
    }
    if ((kinds & STANDS_FOLLOWS) != 0 && (size_t)(list->end - list->next) >= size) {
        list->stands = list->next;
        list->next += size;
    }
    return (list->speaks != NULL) == ((kinds & SPEAKS_FOLLOWS) != 0) &&
           (list->stands != NULL) == ((kinds & STANDS_FOLLOWS) != 0);
}

static void set_flags(nn_name_list *list)
{
    list->flags = list->usual;
    if (list->speaks != NULL) {
        bool set = (list->speaks[list->index / 8] >> (list->index % 8) & 1) != 0;
        list->flags |= set ? (uint32_t)NN_NAME_SPEAKS : 0;
    }
    if (list->stands != NULL) {
        bool set = (list->stands[list->index / 8] >> (list->index % 8) & 1) != 0;
        list->flags &= set ? UINT32_MAX : ~(uint32_t)NN_NAME_STANDS;
    }
}

nuncio_status nn_name_list_open(nn_name_list *list, const nn_segment *segment, uint32_t name,
                                nuncio_error *error)
{
    uint64_t first = 0, count = 0;
    nuncio_entity_type type;
    const uint8_t *start = NULL;
    NN_ASSERT(name < segment->info.name_count);
    list->segment = segment;
    list->index = 0;
    list->speaks = list->stands = NULL;
    NN_TRY(nn_sequence_get(&segment->name_firsts, name, &first, error));
    NN_TRY(nn_sequence_get(&segment->name_counts, name, &count, error));
    NN_TRY(nn_segment_name_type(segment, name, &type, error));
    NN_TRY(nn_segment_extent(segment, &segment->name_list_starts, name, NN_REGION_NAME_LISTS,
                             &start, &list->end, error));
    bool named = type != NUNCIO_ENTITY_NONE;
    list->usual = named ? NN_NAME_STANDS : NN_NAME_SPEAKS;
    list->count = (uint32_t)count;
    list->article = (uint32_t)first;
    list->next = start;
    bool sane = first < segment->info.article_count && count >= 1 &&
                count <= segment->info.article_count && (count == 1 || start < list->end);
    if (sane && start < list->end) {
        sane = open_bits(list, start) && (named || *start == 0);
    }
    if (!sane) {
        return corrupt(segment, start, error);
    }
    set_flags(list);
    return NUNCIO_OK;
}

nuncio_status nn_name_list_next(nn_name_list *list, nuncio_error *error)
{
    if (list->article == NN_DOC_END) {
        return NUNCIO_OK;
    }
    uint32_t at = list->index++;
    if (at + 1 == list->count) {
        list->article = NN_DOC_END;
        return list->next == list->end ? NUNCIO_OK : corrupt(list->segment, list->next, error);
    }
    if (at % NN_PACK_COUNT == 0) {
        uint32_t left = list->count - 1 - at, width = 0;
        uint32_t here = left < NN_PACK_COUNT ? left : (uint32_t)NN_PACK_COUNT;
        const uint8_t *behind = nn_pfor_read(list->next, list->end, here, list->gaps, &width);
        if (behind == NULL) {
            return corrupt(list->segment, list->next, error);
        }
        list->next = behind;
    }
    uint64_t article = (uint64_t)list->article + list->gaps[at % NN_PACK_COUNT] + 1;
    if (article >= list->segment->info.article_count) {
        return corrupt(list->segment, list->next, error);
    }
    list->article = (uint32_t)article;
    set_flags(list);
    return NUNCIO_OK;
}
