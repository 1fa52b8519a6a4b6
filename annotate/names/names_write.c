/* SPDX-License-Identifier: Apache-2.0 */
/* The strings of names: white space made single, in the arena, so that they outlive the caller's
 * text. */
#include "annotate/names/names.h"
#include "annotate/names/names_internal.h"
#include "core/error.h"
#include "core/str.h"

#include <string.h>

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

nuncio_status nn_names_copy(nn_arena *arena, nuncio_str text, nuncio_str *out, nuncio_error *error)
{
    char *to = nn_arena_alloc(arena, text.size + 1);
    if (to == NULL) {
        return nn_error_memory(error);
    }
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool no_break = i + 1 < text.size && text.data[i] == '\xC2' && text.data[i + 1] == '\xA0';
        if (no_break || is_white(text.data[i])) {
            i += no_break ? 1 : 0;
            if (size > 0 && to[size - 1] != ' ') {
                to[size++] = ' ';
            }
        } else {
            to[size++] = text.data[i];
        }
    }
    *out = nn_str(to, size);
    return NUNCIO_OK;
}

/** The given name that the title puts before a surname the text never completes; empty when there
 * is none. */
static nuncio_str full_in_title(const nn_words *words, nuncio_str title, nuncio_str surname)
{
    enum { TITLE_BYTES = 512, WORD_BYTES = 32 };
    size_t limit = title.size < TITLE_BYTES ? title.size : TITLE_BYTES;
    for (size_t at = 2; at + surname.size <= limit; at++) {
        if (title.data[at - 1] != ' ' || memcmp(title.data + at, surname.data, surname.size) != 0) {
            continue;
        }
        char folded[WORD_BYTES];
        size_t begin = at - 1;
        while (begin > 0 && title.data[begin - 1] != ' ' && at - begin < WORD_BYTES) {
            begin--;
        }
        size_t size = at - 1 - begin;
        for (size_t i = 0; i < size; i++) {
            char c = title.data[begin + i];
            folded[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
        uint32_t number = nn_lexicon_find(words->lexicon, nn_str(folded, size));
        if (size > 0 && number != NN_LEXEME_NONE &&
            (nn_lexicon_read(words->lexicon, number, words->language).classes & NN_CLASS_GIVEN) !=
                0) {
            return nn_str(title.data + begin, at + surname.size - begin);
        }
    }
    return nn_str(NULL, 0);
}

nuncio_status nn_names_write(nn_names *names, const nn_words *words, nuncio_str title,
                             nuncio_error *error)
{
    enum { TITLE_LOOKUPS = 32 };
    size_t lookups = 0;
    for (size_t i = 0; i < names->entity_count; i++) {
        nn_entity *entity = &names->entities[i];
        nuncio_str text = nn_words_text(words, entity->word_begin, entity->word_end);
        if (entity->word_end - entity->word_begin == 1 && lookups < TITLE_LOOKUPS) {
            nuncio_str full = full_in_title(words, title, text);
            text = full.size > 0 ? full : text;
            lookups++;
        }
        NN_TRY(nn_names_copy(&names->arena, text, &entity->name, error));
    }
    return NUNCIO_OK;
}
