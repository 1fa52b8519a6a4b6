/* SPDX-License-Identifier: Apache-2.0 */
#include "text/name_bag.h"

#include "core/str.h"
#include "text/name_variants.h"

#include <stdlib.h>
#include <string.h>

static const nn_name_body BODIES[] = {
    {"#us", {{"united", "states"}, {"united", "states", "america"}, {"us"}, {"u", "s"}}},
    {"#uk", {{"united", "kingdom"}, {"uk"}, {"u", "k"}}},
    {"#un", {{"united", "nations"}, {"un"}, {"u", "n"}}},
    {"#ussr", {{"soviet", "union"}, {"ussr"}}},
    {"#foreign", {{"foreign"}, {"foreign", "affairs"}}},
};

static bool is_word(nuncio_str folded, const char *word)
{
    return strlen(word) == folded.size && memcmp(word, folded.data, folded.size) == 0;
}

bool nn_name_word_is_small(nuncio_str folded)
{
    static const char *const small[] = {"the", "of", "for", "and", "on"};
    bool found = false;
    for (size_t i = 0; i < sizeof small / sizeof *small && folded.size <= 3 && !found; i++) {
        found = is_word(folded, small[i]);
    }
    return found;
}

/* How many words from `i` on are written so, small ones in between; 0: they are not. */
static uint32_t written_so(const nn_name_words *words, uint32_t i, const char *const *way)
{
    enum { LETTERS_MAX = 4 };
    uint32_t at = i;
    for (; *way != NULL; way++, at++) {
        while (at > i && at < words->count && nn_name_word_is_small(words->items[at].folded)) {
            at++;
        }
        if (at >= words->count || !is_word(words->items[at].folded, *way)) {
            return 0;
        }
        bool capitals =
            (words->items[at].flags & (uint32_t)(NN_NAME_CAPITALS | NN_NAME_INITIAL)) != 0;
        if (strlen(*way) <= LETTERS_MAX && !capitals) {
            return 0;
        }
    }
    return at - i;
}

const nn_name_body *nn_name_body_at(const nn_name_words *words, uint32_t i, uint32_t *count)
{
    const nn_name_body *found = NULL;
    *count = 0;
    char first = words->items[i].folded.data[0];
    if (first != 'u' && first != 's' && first != 'f') {
        return NULL;
    }
    for (size_t body = 0; body < sizeof BODIES / sizeof *BODIES; body++) {
        for (uint32_t way = 0; BODIES[body].ways[way][0] != NULL; way++) {
            uint32_t size = written_so(words, i, BODIES[body].ways[way]);
            if (size > *count) {
                *count = size;
                found = &BODIES[body];
            }
        }
    }
    return found;
}

bool nn_name_bag_next(nn_name_bag_walk *walk, const nn_name_body **body, const nn_name_word **word)
{
    const nn_name_words *words = walk->words;
    while (walk->next < words->count) {
        uint32_t taken = 1;
        *word = &words->items[walk->next];
        *body =
            walk->bodies < NN_NAME_BODIES_MAX ? nn_name_body_at(words, walk->next, &taken) : NULL;
        walk->next += *body == NULL ? 1 : taken;
        walk->bodies += *body != NULL;
        if (*body != NULL || walk->next == words->count ||
            !nn_name_word_is_small((*word)->folded)) {
            return true;
        }
    }
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return nn_str_compare(*(const nuncio_str *)a, *(const nuncio_str *)b);
}

size_t nn_name_bag(const nn_name_words *words, char to[NN_NAME_BAG_ROOM])
{
    nuncio_str items[NN_NAME_WORDS_MAX];
    char groups[NN_NAME_WORDS_MAX][NN_NAME_GROUP_ROOM];
    uint32_t count = 0;
    size_t size = 0;
    nn_name_bag_walk walk = {.words = words};
    const nn_name_body *body;
    const nn_name_word *word;
    while (nn_name_bag_next(&walk, &body, &word)) {
        uint16_t group = body == NULL ? nn_name_group_find(NN_SPELLING_WORD, word->folded)
                                      : (uint16_t)NN_NAME_GROUP_NONE;
        items[count] = body != NULL ? nn_str_of(body->key) : word->folded;
        if (group != NN_NAME_GROUP_NONE) {
            items[count] = nn_str(groups[count], nn_name_group_write(group, groups[count]));
        }
        count++;
    }
    qsort(items, count, sizeof *items, by_bytes);
    for (uint32_t i = 0; i < count; i++) {
        if (size + items[i].size + 1 > NN_NAME_BAG_ROOM) {
            return 0;
        }
        memcpy(to + size, items[i].data, items[i].size);
        size += items[i].size;
        to[size++] = ' ';
    }
    return size == 0 ? 0 : size - 1;
}
