/* SPDX-License-Identifier: Apache-2.0 */
#include "query/language/words.h"

#include "core/error.h"
#include "core/str.h"

#include <string.h>

static nuncio_status copy_words(nn_analyzer *analyzer, nn_arena *arena, const nn_token_list *tokens,
                                nn_words *out, nuncio_error *error)
{
    nuncio_str *surfaces = nn_arena_array(arena, tokens->count, sizeof *surfaces);
    nuncio_str *folded = nn_arena_array(arena, tokens->count, sizeof *folded);
    if (surfaces == NULL || folded == NULL) {
        return nn_error_memory(error);
    }
    size_t size = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t surface = tokens->items[i].surface;
        surfaces[i] = nn_arena_str(arena, nn_analyzer_surface(analyzer, surface));
        folded[i] = nn_arena_str(arena, nn_analyzer_folded(analyzer, surface));
        if (surfaces[i].data == NULL || folded[i].data == NULL) {
            return nn_error_memory(error);
        }
        size += surfaces[i].size + 1;
    }
    char *text = nn_arena_alloc(arena, size);
    if (text == NULL) {
        return nn_error_memory(error);
    }
    char *to = text;
    for (size_t i = 0; i < tokens->count; i++) {
        memcpy(to, surfaces[i].data, surfaces[i].size);
        to += surfaces[i].size;
        *to++ = ' ';
    }
    *out = (nn_words){surfaces, folded, (uint32_t)tokens->count, nn_str(text, size - 1)};
    return NUNCIO_OK;
}

nuncio_status nn_query_words_read(nn_analyzer *analyzer, nn_token_list *scratch, nn_arena *arena,
                                  nuncio_str text, nn_words *out, nuncio_error *error)
{
    *out = (nn_words){0};
    scratch->count = 0;
    NN_TRY(nn_analyzer_tokenize(analyzer, NN_LANGUAGE_NONE, text, scratch, error));
    return scratch->count > 0 ? copy_words(analyzer, arena, scratch, out, error) : NUNCIO_OK;
}
