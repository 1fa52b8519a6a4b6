/* SPDX-License-Identifier: Apache-2.0 */
#include "query/language/words.h"

#include "core/error.h"
#include "core/str.h"
#include "query/limits.h"
#include "text/surface_table.h"
#include "text/utf8.h"

#include <string.h>

/* Bytes that the surface of a word takes at most. */
static size_t room_for(nuncio_str word)
{
    return nn_utf8_is_ascii(word) ? word.size : NN_TERM_BYTES_MAX;
}

static nuncio_status copy_words(nn_normaliser *normaliser, nn_arena *arena, nuncio_str text,
                                const nn_token *tokens, uint32_t count, nn_words *out,
                                nuncio_error *error)
{
    size_t room = 0;
    for (uint32_t i = 0; i < count; i++) {
        room += room_for(nn_surface_key(text, &tokens[i])) + 1;
    }
    nuncio_str *surfaces = nn_arena_alloc(arena, count * sizeof *surfaces);
    char *joined = nn_arena_alloc(arena, room);
    if (surfaces == NULL || joined == NULL) {
        return nn_error_memory(error);
    }
    char *to = joined;
    for (uint32_t i = 0; i < count; i++) {
        nuncio_str surface;
        NN_TRY(
            nn_normaliser_surface(normaliser, nn_surface_key(text, &tokens[i]), &surface, error));
        surfaces[i] = nn_str(to, surface.size);
        memcpy(to, surface.data, surface.size);
        to += surface.size;
        *to++ = ' ';
    }
    *out = (nn_words){surfaces, count, nn_str(joined, (size_t)(to - joined) - 1)};
    return NUNCIO_OK;
}

nuncio_status nn_query_words_read(nn_normaliser *normaliser, nn_arena *arena, nuncio_str text,
                                  nn_words *out, nuncio_error *error)
{
    uint32_t most = text.size <= NN_QUERY_WORDS_MAX ? (uint32_t)text.size : NN_QUERY_WORDS_MAX + 1;
    uint32_t from = 0;
    *out = (nn_words){0};
    nn_token *tokens = nn_arena_alloc(arena, most * sizeof *tokens);
    if (tokens == NULL) {
        return nn_error_memory(error);
    }
    uint32_t count = nn_tokenizer_words(nn_byte_classifier_best(), text, &from, tokens, most);
    return count > 0 ? copy_words(normaliser, arena, text, tokens, count, out, error) : NUNCIO_OK;
}

nuncio_status nn_query_words_fold(nn_normaliser *normaliser, nn_arena *arena, const nn_words *words,
                                  const nuncio_str **out, nuncio_error *error)
{
    nuncio_str *folded = nn_arena_alloc(arena, words->count * sizeof *folded);
    *out = folded;
    if (folded == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < words->count; i++) {
        NN_TRY(nn_normaliser_run(normaliser, NN_LANGUAGE_NONE, words->surfaces[i], error));
        folded[i] = nn_arena_str(arena, nn_buffer_str(&normaliser->folded));
        if (folded[i].data == NULL) {
            return nn_error_memory(error);
        }
    }
    return NUNCIO_OK;
}
