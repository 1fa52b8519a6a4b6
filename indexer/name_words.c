/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/name_words.h"

#include "core/error.h"
#include "core/str.h"

#include <string.h>

void nn_name_indexer_init(nn_name_indexer *indexer, nn_memory *memory)
{
    *indexer = (nn_name_indexer){.memory = memory};
    nn_arena_init(&indexer->arena, memory);
}

void nn_name_indexer_deinit(nn_name_indexer *indexer)
{
    nn_analyzer_destroy(indexer->analyzer);
    nn_token_list_deinit(&indexer->tokens, indexer->memory);
    nn_arena_clear(&indexer->arena);
    nn_name_indexer_init(indexer, indexer->memory);
}

/* "=nato", where the name has initials. */
static nuncio_status add_initials(nn_name_indexer *indexer, const nn_name_words *words,
                                  nn_found_name_word *to, uint32_t *count, nuncio_error *error)
{
    char room[1 + 4 * NN_NAME_INITIALS_MAX];
    size_t size = nn_name_initials(words, room + 1);
    if (size == 0) {
        return NUNCIO_OK;
    }
    room[0] = '=';
    to->key = nn_arena_str(&indexer->arena, nn_str(room, size + 1));
    to->place = NN_NAME_WORDS_MAX;
    to->last = true;
    *count += 1;
    return to->key.data == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

nuncio_status nn_name_indexer_words(void *context, nuncio_str name, nuncio_entity_type type,
                                    const nn_found_name_word **words, uint32_t *count,
                                    nuncio_error *error)
{
    nn_name_indexer *indexer = context;
    nn_name_words read;
    *count = 0;
    nn_arena_reset(&indexer->arena);
    if (indexer->analyzer == NULL) {
        NN_TRY(nn_analyzer_create(indexer->memory, &indexer->analyzer, error));
    }
    NN_TRY(nn_name_words_read(indexer->analyzer, &indexer->arena, &indexer->tokens, name, &read,
                              error));
    nn_found_name_word *found =
        nn_arena_alloc(&indexer->arena, ((size_t)read.count + 1) * sizeof *found);
    if (found == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < read.count; i++) {
        found[i] = (nn_found_name_word){read.items[i].key, (uint8_t)i, i + 1 == read.count};
    }
    *words = found;
    *count = read.count;
    return type == NUNCIO_ENTITY_ORGANISATION || type == NUNCIO_ENTITY_EVENT
               ? add_initials(indexer, &read, &found[read.count], count, error)
               : NUNCIO_OK;
}

nuncio_status nn_segment_finish(nn_segment_writer *writer, nn_memory *memory, char *name,
                                nuncio_error *error)
{
    nn_name_indexer indexer;
    nn_name_indexer_init(&indexer, memory);
    nn_segment_writer_name_words(writer, nn_name_indexer_words, &indexer);
    nuncio_status status = nn_segment_writer_finish(writer, name, error);
    nn_name_indexer_deinit(&indexer);
    return status;
}
