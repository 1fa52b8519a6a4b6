/* SPDX-License-Identifier: Apache-2.0 */
/* The articles of a name, a block of gaps at a time; names.h has the layout. */
#include "core/error.h"
#include "segment/annotations/names.h"
#include "segment/codes/pfor.h"
#include "segment/segment_impl.h"

enum { SPEAKS_FOLLOWS = 1, STANDS_FOLLOWS = 2 };

static nuncio_status corrupt(const nn_segment *segment, const uint8_t *at, nuncio_error *error)
{
    return nn_segment_corrupt(segment, at, "articles of a name make no sense", error);
}

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

/* NN_NAME_… in the article of that index. */
static uint32_t flags_at(const nn_name_list *list, uint32_t index)
{
    uint32_t flags = list->usual;
    if (list->speaks != NULL) {
        bool set = (list->speaks[index / 8] >> (index % 8) & 1) != 0;
        flags |= set ? (uint32_t)NN_NAME_SPEAKS : 0;
    }
    if (list->stands != NULL) {
        bool set = (list->stands[index / 8] >> (index % 8) & 1) != 0;
        flags &= set ? UINT32_MAX : ~(uint32_t)NN_NAME_STANDS;
    }
    return flags;
}

nuncio_status nn_name_reader_list(nn_name_reader *reader, uint32_t name, nn_name_list *list,
                                  nuncio_error *error)
{
    const nn_segment *segment = reader->segment;
    uint64_t first = 0, count = 0;
    nuncio_entity_type type;
    const uint8_t *start = NULL;
    NN_ASSERT(name < segment->info.name_count);
    NN_TRY(nn_segment_extent_near(segment, &reader->list_starts, name, NN_REGION_NAME_LISTS, &start,
                                  &list->end, error));
    NN_TRY(nn_sequence_cursor_get(&reader->firsts, name, &first, error));
    NN_TRY(nn_sequence_cursor_get(&reader->counts, name, &count, error));
    NN_TRY(nn_name_reader_type(reader, name, &type, error));
    list->segment = segment;
    list->usual = type != NUNCIO_ENTITY_NONE ? NN_NAME_STANDS : NN_NAME_SPEAKS;
    list->speaks = list->stands = NULL;
    list->next = start;
    list->count = (uint32_t)count;
    list->articles[0] = (uint32_t)first;
    list->base = 0;
    list->here = 1;
    list->index = 0;
    list->article = (uint32_t)first;
    bool sane = first < segment->info.article_count && count >= 1 &&
                count <= segment->info.article_count && (count == 1 || start < list->end);
    if (sane && start < list->end) {
        sane = open_bits(list, start) && (type != NUNCIO_ENTITY_NONE || *start == 0);
    }
    if (!sane) {
        return corrupt(segment, start, error);
    }
    list->flags = flags_at(list, 0);
    return NUNCIO_OK;
}

/* Reads the articles behind those at hand; list->here is 0 behind the last. */
static nuncio_status read_block(nn_name_list *list, nuncio_error *error)
{
    uint32_t gaps[NN_PACK_COUNT], width = 0;
    uint64_t article = list->articles[list->here - 1];
    list->base += list->here;
    uint32_t left = list->count - list->base;
    list->here = left < NN_PACK_COUNT ? left : (uint32_t)NN_PACK_COUNT;
    if (left == 0) {
        return list->next == list->end ? NUNCIO_OK : corrupt(list->segment, list->next, error);
    }
    const uint8_t *behind = nn_pfor_read(list->next, list->end, list->here, gaps, &width);
    for (uint32_t i = 0; i < list->here && behind != NULL; i++) {
        article += (uint64_t)gaps[i] + 1;
        list->articles[i] = (uint32_t)article;
    }
    if (behind == NULL || article >= list->segment->info.article_count) {
        list->here = 0;
        return corrupt(list->segment, list->next, error);
    }
    list->next = behind;
    return NUNCIO_OK;
}

nuncio_status nn_name_list_open(nn_name_list *list, const nn_segment *segment, uint32_t name,
                                nuncio_error *error)
{
    nn_name_reader reader;
    nn_name_reader_init(&reader, segment);
    return nn_name_reader_list(&reader, name, list, error);
}

nuncio_status nn_name_list_next(nn_name_list *list, nuncio_error *error)
{
    if (list->article == NN_DOC_END) {
        return NUNCIO_OK;
    }
    list->index++;
    if (list->index == list->base + list->here) {
        list->article = NN_DOC_END;
        NN_TRY(read_block(list, error));
        if (list->here == 0) {
            return NUNCIO_OK;
        }
    }
    list->article = list->articles[list->index - list->base];
    list->flags = flags_at(list, list->index);
    return NUNCIO_OK;
}

/* Sets the bits of the articles at hand in which the name is as `wanted`. */
static void mark_block(const nn_name_list *list, uint32_t wanted, uint64_t *bits)
{
    bool everywhere = list->usual == wanted && list->stands == NULL;
    for (uint32_t i = 0; i < list->here; i++) {
        uint32_t article = list->articles[i];
        bool is = everywhere || (flags_at(list, list->base + i) & wanted) != 0;
        bits[article / 64] |= (uint64_t)is << article % 64;
    }
}

nuncio_status nn_name_list_mark(nn_name_list *list, uint32_t wanted, uint64_t *bits,
                                nuncio_error *error)
{
    mark_block(list, wanted, bits);
    return read_block(list, error);
}
