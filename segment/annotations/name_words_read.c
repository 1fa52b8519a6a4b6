/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/annotations/name_words.h"

#include "core/error.h"
#include "core/slice.h"
#include "core/str.h"
#include "segment/codes/golomb.h"
#include "segment/segment_impl.h"

#include <string.h>

static nuncio_status corrupt(const nn_segment *segment, const uint8_t *at, nuncio_error *error)
{
    return nn_segment_corrupt(segment, at, "words of names make no sense", error);
}

void nn_name_words_start(nn_name_word_cursor *cursor, const nn_segment *segment)
{
    *cursor = (nn_name_word_cursor){.segment = segment};
}

/* Puts the cursor before word `word`, the first of a block. */
static nuncio_status enter_block(nn_name_word_cursor *cursor, uint32_t word, nuncio_error *error)
{
    cursor->next = word;
    cursor->size = 0;
    return nn_segment_extent(cursor->segment, &cursor->segment->name_word_blocks,
                             word / NN_NAME_WORD_BLOCK, NN_REGION_NAME_WORDS, &cursor->at,
                             &cursor->end, error);
}

/* Reads the entry at hand. */
static bool read_entry(nn_name_word_cursor *cursor)
{
    nn_slice slice = nn_slice_of(cursor->at, (size_t)(cursor->end - cursor->at));
    uint32_t shared = nn_slice_u8(&slice), added = nn_slice_u8(&slice);
    const uint8_t *bytes = nn_slice_bytes(&slice, added);
    if (bytes == NULL || shared > cursor->size || shared + added > NN_NAME_WORD_SIZE_MAX ||
        shared + added == 0) {
        return false;
    }
    memcpy(cursor->word + shared, bytes, added);
    cursor->size = shared + added;
    uint64_t count = nn_slice_varint(&slice), size = nn_slice_varint(&slice);
    const uint8_t *list = nn_slice_bytes(&slice, (size_t)size);
    /* an entry of a list takes three bits at least */
    if (list == NULL || count == 0 || count > size * 8 / 3) {
        return false;
    }
    cursor->count = (uint32_t)count;
    cursor->list = list;
    cursor->list_end = list + size;
    cursor->at = slice.data;
    cursor->next++;
    return true;
}

nuncio_status nn_name_words_next(nn_name_word_cursor *cursor, bool *more, nuncio_error *error)
{
    uint32_t words = cursor->segment->info.name_word_count;
    *more = false;
    if (cursor->next >= words) {
        return NUNCIO_OK;
    }
    if (cursor->next % NN_NAME_WORD_BLOCK == 0) {
        NN_TRY(enter_block(cursor, cursor->next, error));
    }
    if (!read_entry(cursor)) {
        return corrupt(cursor->segment, cursor->at, error);
    }
    *more = true;
    return NUNCIO_OK;
}

/* Reads an entry of a list: from one word, which nearly all fit in, else part by part. */
static inline bool read_place(nn_bit_reader *bits, uint32_t order, nn_name_place *out,
                              uint64_t *gap)
{
    uint64_t word = bits->bit < bits->end ? nn_bits_get(bits->data, bits->bit, NN_BITS_MAX) : 0;
    uint32_t first;
    uint32_t second = 0;
    uint64_t place = 0;
    uint64_t last = 0;
    *gap = nn_golomb_of(word, order, &first);
    place = first < NN_BITS_MAX ? nn_golomb_of(word >> first, 1, &second) : 0;
    uint32_t all = first + second + 1;
    if (all <= NN_BITS_MAX && all <= bits->end - bits->bit) {
        last = word >> (all - 1) & 1;
        bits->bit += all;
    } else {
        uint32_t whole;
        uint32_t number;
        if (!nn_golomb_read(bits, order, &whole) || !nn_golomb_read(bits, 1, &number) ||
            !nn_bits_read(bits, 1, &last)) {
            return false;
        }
        *gap = whole;
        place = number;
    }
    out->place = (uint8_t)place;
    out->last = last != 0;
    return place <= NN_NAME_PLACE_MAX;
}

nuncio_status nn_name_words_places(const nn_name_word_cursor *cursor, nn_arena *arena,
                                   nn_name_place **places, nuncio_error *error)
{
    const nn_segment *segment = cursor->segment;
    nn_bit_reader bits = {cursor->list, 0, (uint64_t)(cursor->list_end - cursor->list) * 8};
    nn_name_place *items = nn_arena_alloc(arena, cursor->count * sizeof *items);
    uint64_t order = 0, name = 0;
    if (items == NULL) {
        return nn_error_memory(error);
    }
    bool sane = nn_bits_read(&bits, NN_GOLOMB_ORDER_BITS, &order);
    for (uint32_t i = 0; i < cursor->count && sane; i++) {
        uint64_t gap = 0;
        sane = read_place(&bits, (uint32_t)order, &items[i], &gap);
        name += gap;
        sane = sane && name < segment->info.name_count;
        items[i].name = (uint32_t)name;
    }
    if (!sane || bits.end - bits.bit >= 8) {
        return corrupt(segment, cursor->list, error);
    }
    *places = items;
    return NUNCIO_OK;
}

/* The last block whose first word is not behind `word`. */
static nuncio_status find_block(nn_name_word_cursor *cursor, nuncio_str word, uint32_t *found,
                                nuncio_error *error)
{
    uint32_t words = cursor->segment->info.name_word_count;
    uint32_t low = 0, high = words / NN_NAME_WORD_BLOCK + (words % NN_NAME_WORD_BLOCK != 0);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        NN_TRY(enter_block(cursor, middle * NN_NAME_WORD_BLOCK, error));
        if (!read_entry(cursor)) {
            return corrupt(cursor->segment, cursor->at, error);
        }
        if (nn_str_compare(nn_str(cursor->word, cursor->size), word) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *found = low;
    return NUNCIO_OK;
}

/* Puts the cursor on a word; *found is false where no name has it. */
static nuncio_status seek(nn_name_word_cursor *cursor, const nn_segment *segment, nuncio_str word,
                          bool *found, nuncio_error *error)
{
    uint32_t block = 0;
    *found = false;
    if (segment->info.name_word_count == 0) {
        return NUNCIO_OK;
    }
    nn_name_words_start(cursor, segment);
    NN_TRY(find_block(cursor, word, &block, error));
    NN_TRY(enter_block(cursor, block * NN_NAME_WORD_BLOCK, error));
    for (uint32_t i = 0; i < NN_NAME_WORD_BLOCK && cursor->next < segment->info.name_word_count;
         i++) {
        if (!read_entry(cursor)) {
            return corrupt(segment, cursor->at, error);
        }
        int order = nn_str_compare(nn_str(cursor->word, cursor->size), word);
        if (order >= 0) {
            *found = order == 0;
            break;
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_segment_name_word_count(const nn_segment *segment, nuncio_str word,
                                         uint32_t *count, nuncio_error *error)
{
    nn_name_word_cursor cursor;
    bool found;
    NN_TRY(seek(&cursor, segment, word, &found, error));
    *count = found ? cursor.count : 0;
    return NUNCIO_OK;
}

nuncio_status nn_segment_name_word(const nn_segment *segment, nuncio_str word, nn_arena *arena,
                                   nn_name_place **places, uint32_t *count, nuncio_error *error)
{
    nn_name_word_cursor cursor;
    bool found;
    *places = NULL;
    *count = 0;
    NN_TRY(seek(&cursor, segment, word, &found, error));
    if (!found) {
        return NUNCIO_OK;
    }
    *count = cursor.count;
    return nn_name_words_places(&cursor, arena, places, error);
}
