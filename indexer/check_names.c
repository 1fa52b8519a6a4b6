/* SPDX-License-Identifier: Apache-2.0 */
/* Names are found by the words they have, and by no others. */
#include "core/error.h"
#include "core/hash.h"
#include "indexer/check_impl.h"
#include "indexer/name_words.h"
#include "segment/annotations/name_words.h"
#include "segment/annotations/names.h"

/* A number for "this name is found by this word there"; sums of such numbers tell sets apart. */
static uint64_t word_hash(nuncio_str word, uint32_t name, uint8_t place, bool last)
{
    const uint32_t rest[2] = {name, (uint32_t)place * 2 + last};
    return nn_hash64(rest, sizeof rest, nn_hash64(word.data, word.size, 0));
}

static nuncio_status add_stored(const nn_segment *segment, nn_memory *memory, uint64_t *sum,
                                nuncio_error *error)
{
    nn_name_word_cursor cursor;
    nn_arena arena;
    bool more = true;
    nuncio_status status = NUNCIO_OK;
    nn_arena_init(&arena, memory);
    nn_name_words_start(&cursor, segment);
    while (more) {
        nn_name_place *places = NULL;
        NN_TRY_CLEANUP(nn_name_words_next(&cursor, &more, error));
        if (!more) {
            break;
        }
        nn_arena_reset(&arena);
        NN_TRY_CLEANUP(nn_name_words_places(&cursor, &arena, &places, error));
        for (uint32_t i = 0; i < cursor.count; i++) {
            *sum += word_hash((nuncio_str){cursor.word, cursor.size}, places[i].name,
                              places[i].place, places[i].last);
        }
    }
cleanup:
    nn_arena_clear(&arena);
    return status;
}

static nuncio_status subtract_made(const nn_segment *segment, nn_memory *memory, uint64_t *sum,
                                   nuncio_error *error)
{
    nn_name_indexer indexer;
    nuncio_status status = NUNCIO_OK;
    nn_name_indexer_init(&indexer, memory);
    for (uint32_t name = 0; name < nn_segment_name_count(segment); name++) {
        const nn_found_name_word *words = NULL;
        uint32_t count = 0;
        nuncio_str text;
        nuncio_entity_type type;
        NN_TRY_CLEANUP(nn_segment_name(segment, name, &text, &type, error));
        NN_TRY_CLEANUP(nn_name_indexer_words(&indexer, text, type, &words, &count, error));
        for (uint32_t i = 0; i < count; i++) {
            *sum -= word_hash(words[i].key, name, words[i].place, words[i].last);
        }
    }
cleanup:
    nn_name_indexer_deinit(&indexer);
    return status;
}

nuncio_status nn_check_names(nn_memory *memory, const nn_segment *segment, const char *name,
                             nuncio_error *error)
{
    uint64_t sum = 0;
    NN_TRY(add_stored(segment, memory, &sum, error));
    NN_TRY(subtract_made(segment, memory, &sum, error));
    return sum == 0 ? NUNCIO_OK
                    : nn_error_file(error, NUNCIO_ERR_CORRUPT, name, 0,
                                    "the words that names are found by are not those of the names: "
                                    "index again");
}
