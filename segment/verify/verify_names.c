/* SPDX-License-Identifier: Apache-2.0 */
/* Names, the lists of articles and the lists of names say the same. */
#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "core/string_map.h"
#include "segment/annotations/name_words.h"
#include "segment/annotations/quotes.h"
#include "segment/verify/verify.h"

#include <string.h>

static nuncio_status wrong(const nn_segment *segment, nn_region_kind kind, const char *what,
                           nuncio_error *error)
{
    return nn_segment_corrupt(segment, nn_frame_region(&segment->frame, kind), what, error);
}

/* A number for "this article holds this name so"; the sums of such numbers tell sets apart. */
static uint64_t pair_hash(uint32_t name, uint32_t article, uint32_t flags)
{
    const uint32_t pair[3] = {name, article, flags};
    return nn_hash64(pair, sizeof pair, 0);
}

/* Names differ, and come by falling count, then by first article. */
static nuncio_status verify_order(const nn_segment *segment, nn_string_map *known, nn_buffer *key,
                                  nuncio_error *error)
{
    uint64_t count_before = UINT64_MAX, first_before = 0;
    for (uint32_t name = 0; name < segment->info.name_count; name++) {
        nuncio_str text = {NULL, 0};
        nuncio_entity_type type;
        uint64_t count = 0, first = 0;
        uint32_t number = 0;
        bool added = false;
        NN_TRY(nn_segment_name(segment, name, &text, &type, error));
        NN_TRY(nn_sequence_get(&segment->name_counts, name, &count, error));
        NN_TRY(nn_sequence_get(&segment->name_firsts, name, &first, error));
        nn_buffer_clear(key);
        nn_buffer_append_u8(key, (uint8_t)type);
        nn_buffer_append_str(key, text);
        NN_TRY(nn_buffer_status(key, error));
        NN_TRY(nn_string_map_add(known, nn_buffer_str(key), &number, &added, error));
        if (!added || count > count_before || (count == count_before && first < first_before)) {
            return wrong(segment, NN_REGION_NAME_COUNTS, "names are out of order", error);
        }
        count_before = count;
        first_before = first;
    }
    return NUNCIO_OK;
}

static nuncio_status sum_lists(const nn_segment *segment, uint64_t *sum, nuncio_error *error)
{
    for (uint32_t name = 0; name < segment->info.name_count; name++) {
        nn_name_list list;
        NN_TRY(nn_name_list_open(&list, segment, name, error));
        while (list.article != NN_DOC_END) {
            if (list.flags == 0) {
                return wrong(segment, NN_REGION_NAME_LISTS, "a name is where it is not", error);
            }
            *sum += pair_hash(name, list.article, list.flags);
            NN_TRY(nn_name_list_next(&list, error));
        }
    }
    return NUNCIO_OK;
}

/* Which names of an article speak, by local number. */
static nuncio_status mark_speakers(nn_article_quotes *quotes, const nn_article_names *names,
                                   uint32_t article, bool *speaks, nuncio_error *error)
{
    NN_TRY(nn_article_quotes_seek(quotes, article, error));
    for (uint32_t i = 0; i < quotes->count; i++) {
        uint32_t name = NN_NAME_UNKNOWN;
        NN_TRY(nn_article_quotes_speaker(quotes, i, &name, error));
        for (uint32_t k = 0; name != NN_NAME_UNKNOWN && k < names->count; k++) {
            speaks[k] = speaks[k] || names->items[k].name == name;
        }
    }
    return NUNCIO_OK;
}

/* Adds the pairs of an article, each once, and compares standing names with mentions. */
static nuncio_status sum_article(const nn_segment *segment, uint32_t article,
                                 nn_article_quotes *quotes, nn_arena *arena, uint32_t *stamps,
                                 uint64_t *sum, nuncio_error *error)
{
    nn_article_names names = {NULL, 0, 0, 0};
    NN_TRY(nn_segment_article_names(segment, article, arena, &names, error));
    bool *speaks = nn_arena_array(arena, (size_t)names.count + 1, sizeof *speaks);
    if (speaks == NULL) {
        return nn_error_memory(error);
    }
    NN_TRY(mark_speakers(quotes, &names, article, speaks, error));
    for (uint32_t i = 0; i < names.count; i++) {
        uint32_t name = names.items[i].name;
        uint32_t flags = i < names.standing ? NN_NAME_STANDS : 0;
        bool again = stamps[name] == article + 1;
        flags |= speaks[i] ? (uint32_t)NN_NAME_SPEAKS : 0;
        if (flags == 0 || (again && i >= names.standing)) {
            return wrong(segment, NN_REGION_ARTICLE_NAMES, "an article holds a name for nothing",
                         error);
        }
        *sum += again ? 0 : pair_hash(name, article, flags);
        stamps[name] = article + 1;
    }
    return NUNCIO_OK;
}

/* Words come in byte order, and as many as there are. */
static nuncio_status verify_words(const nn_segment *segment, nn_arena *arena, nuncio_error *error)
{
    nn_name_word_cursor cursor;
    char before[NN_NAME_WORD_SIZE_MAX];
    size_t before_size = 0;
    nn_name_words_start(&cursor, segment);
    for (bool more = true; more;) {
        nn_name_place *places = NULL;
        NN_TRY(nn_name_words_next(&cursor, &more, error));
        if (!more) {
            break;
        }
        nuncio_str word = nn_str(cursor.word, cursor.size);
        bool ends =
            cursor.next % NN_NAME_WORD_BLOCK == 0 || cursor.next == segment->info.name_word_count;
        if (nn_str_compare(nn_str(before, before_size), word) >= 0 ||
            (ends && cursor.at != cursor.end)) {
            return wrong(segment, NN_REGION_NAME_WORDS, "words of names are out of order", error);
        }
        memcpy(before, cursor.word, cursor.size);
        before_size = cursor.size;
        nn_arena_reset(arena);
        NN_TRY(nn_name_words_places(&cursor, arena, &places, error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_verify_names(const nn_segment *segment, nuncio_error *error)
{
    nn_memory *memory = segment->memory;
    size_t room = (size_t)segment->info.name_count + 1;
    uint64_t by_name = 0, by_article = 0;
    uint32_t *stamps = nn_alloc_array(memory, room, sizeof *stamps);
    nn_string_map *known = NULL;
    nn_buffer key;
    nn_arena arena, quotes_arena;
    nn_buffer_init(&key, memory);
    nn_arena_init(&arena, memory);
    nn_arena_init(&quotes_arena, memory);
    nn_article_quotes quotes = {.segment = segment, .arena = &quotes_arena};
    nuncio_status status = stamps == NULL ? nn_error_memory(error) : NUNCIO_OK;
    if (status == NUNCIO_OK) {
        status = nn_string_map_create(memory, &known, error);
    }
    NN_TRY_CLEANUP(status);
    NN_TRY_CLEANUP(verify_order(segment, known, &key, error));
    NN_TRY_CLEANUP(sum_lists(segment, &by_name, error));
    NN_TRY_CLEANUP(verify_words(segment, &arena, error));
    for (uint32_t i = 0; i < segment->info.article_count; i++) {
        nn_arena_reset(&arena);
        NN_TRY_CLEANUP(sum_article(segment, i, &quotes, &arena, stamps, &by_article, error));
    }
    if (by_name != by_article) {
        status =
            wrong(segment, NN_REGION_NAME_LISTS, "lists of names are not those of articles", error);
    }
cleanup:
    nn_string_map_destroy(known);
    nn_release(memory, stamps, room * sizeof *stamps);
    nn_buffer_deinit(&key);
    nn_arena_clear(&quotes_arena);
    nn_arena_clear(&arena);
    return status;
}
