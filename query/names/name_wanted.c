/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/name_wanted.h"

#include "core/error.h"
#include "core/str.h"
#include "query/names/name_join.h"

#include <string.h>

nuncio_status nn_spelling_words(nn_arena *arena, const char *text, nn_name_words *out,
                                nuncio_error *error)
{
    size_t room = 1;
    for (const char *p = text; *p != '\0'; p++) {
        room += *p == ' ';
    }
    *out = (nn_name_words){nn_arena_alloc(arena, room * sizeof *out->items), 0};
    if (out->items == NULL) {
        return nn_error_memory(error);
    }
    for (; *text != '\0' && out->count < NN_NAME_WORDS_MAX; text += *text == ' ') {
        char key[NN_NAME_KEY_ROOM];
        nuncio_str folded = nn_str(text, strcspn(text, " "));
        nn_name_word *word = &out->items[out->count++];
        *word = (nn_name_word){.folded = folded, .flags = NN_NAME_CAPITALS | NN_NAME_INITIAL};
        word->key = nn_arena_str(arena, nn_str(key, nn_name_key(folded, key)));
        if (word->key.data == NULL) {
            return nn_error_memory(error);
        }
        text += folded.size;
    }
    return NUNCIO_OK;
}

nuncio_status nn_want_spelling(nn_arena *arena, const char *text, nn_wanted *out,
                               nuncio_error *error)
{
    nn_name_words words;
    NN_TRY(nn_spelling_words(arena, text, &words, error));
    *out = (nn_wanted){.flags = NN_LOOKUP_ORDERED | NN_LOOKUP_TO_END | NN_LOOKUP_IN_FRONT};
    for (uint32_t i = 0; i < words.count; i++) {
        NN_TRY(nn_word_choice_plain(arena, words.items[i].key, &out->choices[out->count++], error));
    }
    return NUNCIO_OK;
}

/* Looks for a word of a people's name in the singular and the plural. */
static nuncio_status want_plural(nn_arena *arena, const nn_name_word *word, nn_word_choice *choice,
                                 nuncio_error *error)
{
    enum { BOTH = 2 };
    char plural[NN_NAME_KEY_ROOM], room[NN_NAME_KEY_ROOM];
    nuncio_str singular = nn_name_singular(word->folded);
    nuncio_str *keys = nn_arena_alloc(arena, (choice->count + BOTH) * sizeof *keys);
    if (keys == NULL || singular.size + 1 > NN_NAME_KEY_MAX) {
        return keys == NULL ? nn_error_memory(error) : NUNCIO_OK;
    }
    memcpy(keys, choice->keys, choice->count * sizeof *keys);
    memcpy(plural, singular.data, singular.size);
    plural[singular.size] = 's';
    for (size_t size = singular.size; size <= singular.size + 1; size++) {
        nuncio_str key = nn_str(room, nn_name_key(nn_str(plural, size), room));
        if (!nn_str_equal(key, word->key)) {
            keys[choice->count] = nn_arena_str(arena, key);
            if (keys[choice->count++].data == NULL) {
                return nn_error_memory(error);
            }
        }
    }
    choice->keys = keys;
    return NUNCIO_OK;
}

nuncio_status nn_want_words(nn_arena *arena, const nn_name_form *form, nn_wanted *out,
                            nuncio_error *error)
{
    *out = (nn_wanted){.flags = NN_LOOKUP_TO_END | NN_LOOKUP_ORDERED | NN_LOOKUP_IN_FRONT};
    for (uint32_t i = nn_name_form_begin(form); i < form->words.count; i++) {
        const nn_name_word *word = &form->words.items[i];
        nn_word_choice *choice = &out->choices[out->count++];
        NN_TRY(nn_word_choice_spellings(arena, word, NN_SPELLING_WORD, choice, error));
        if (form->type == NUNCIO_ENTITY_NATIONALITY) {
            NN_TRY(want_plural(arena, word, choice, error));
        }
    }
    return NUNCIO_OK;
}

/* ---- in any order ---- */

/* Adds the words of a state written in one way; the first call for it counts its ways. */
static nuncio_status want_body(nn_arena *arena, const nn_name_body *body, uint32_t number,
                               nn_wanted_ways *ways, nn_wanted *out, bool *full,
                               nuncio_error *error)
{
    uint32_t count = 0;
    while (body->ways[count][0] != NULL) {
        count++;
    }
    ways->ways[number] = count;
    for (const char *const *word = body->ways[ways->way[number]]; *word != NULL; word++) {
        char key[NN_NAME_KEY_ROOM];
        nuncio_str copy =
            nn_arena_str(arena, nn_str(key, nn_name_key(nn_str(*word, strlen(*word)), key)));
        if (copy.data == NULL) {
            return nn_error_memory(error);
        }
        *full = *full || out->count == NN_NAME_WORDS_MAX;
        if (!*full) {
            NN_TRY(nn_word_choice_plain(arena, copy, &out->choices[out->count++], error));
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_want_bag(nn_arena *arena, const nn_name_words *words, nn_wanted_ways *ways,
                          nn_wanted *out, nuncio_error *error)
{
    bool full = false;
    nn_name_bag_walk walk = {.words = words};
    const nn_name_body *body;
    const nn_name_word *word;
    *out = (nn_wanted){.flags = NN_LOOKUP_TO_END};
    while (nn_name_bag_next(&walk, &body, &word)) {
        if (body != NULL) {
            NN_TRY(want_body(arena, body, walk.bodies - 1, ways, out, &full, error));
        } else if (out->count == NN_NAME_WORDS_MAX) {
            full = true;
        } else {
            nn_word_choice *choice = &out->choices[out->count++];
            NN_TRY(nn_word_choice_spellings(arena, word, NN_SPELLING_WORD, choice, error));
        }
    }
    ways->count = walk.bodies;
    out->count = full ? 0 : out->count;
    return NUNCIO_OK;
}

bool nn_wanted_ways_next(nn_wanted_ways *ways)
{
    for (uint32_t i = 0; i < ways->count; i++) {
        if (++ways->way[i] < ways->ways[i]) {
            return true;
        }
        ways->way[i] = 0;
    }
    return false;
}
