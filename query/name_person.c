/* SPDX-License-Identifier: Apache-2.0 */
#include "query/name_person.h"

#include "core/error.h"
#include "core/str.h"

#include <stdio.h>
#include <string.h>

bool nn_name_word_is_among(nuncio_str word, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strlen(*list) == word.size && memcmp(*list, word.data, word.size) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_suffix(nuncio_str folded)
{
    static const char *const suffixes[] = {"jr", "sr", "ii", "iii", "iv", "esq", NULL};
    return nn_name_word_is_among(folded, suffixes);
}

static bool is_title(nuncio_str folded)
{
    static const char *const titles[] = {
        "mr",      "mrs",        "ms",        "miss",  "dr",      "sir",        "dame",
        "prof",    "gen",        "col",       "maj",   "lt",      "capt",       "adm",
        "sen",     "rep",        "gov",       "amb",   "hon",     "lord",       "lady",
        "pres",    "president",  "secretary", "dear",  "mme",     "ambassador", "minister",
        "general", "senator",    "colonel",   "major", "captain", "admiral",    "governor",
        "premier", "chancellor", "marshal",   NULL};
    return nn_name_word_is_among(folded, titles);
}

static bool is_particle(nuncio_str folded)
{
    static const char *const particles[] = {"von", "van", "de",  "der", "den", "da", "di", "du",
                                            "la",  "le",  "dos", "del", "ter", "zu", NULL};
    return nn_name_word_is_among(folded, particles);
}

/* The Arabic article, before letters that change it too. */
static bool is_article(nuncio_str folded)
{
    static const char *const articles[] = {"al", "el", "ul",  "ad", "ar", "as", "at",
                                           "az", "an", "ash", "es", "ed", NULL};
    return nn_name_word_is_among(folded, articles);
}

nuncio_status nn_name_word_canonical(nn_arena *arena, const nn_name_word *word,
                                     nn_spelling_kind kind, nuncio_str *out, nuncio_error *error)
{
    uint16_t group = nn_name_group_find(kind, word->folded);
    *out = word->key;
    if (group != NN_NAME_GROUP_NONE) {
        char room[16];
        int size = snprintf(room, sizeof room, "#%u", group);
        *out = nn_arena_str(arena, nn_str(room, (size_t)size));
    }
    return out->data == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

/* The words of a person's name without title and suffix: *begin … its surname, which is returned.
 */
static uint32_t find_surname(const nn_name_words *words, uint32_t *begin)
{
    uint32_t end = words->count;
    *begin = 0;
    while (*begin + 1 < end && is_title(words->items[*begin].folded)) {
        (*begin)++;
    }
    while (end > *begin + 1 && is_suffix(words->items[end - 1].folded)) {
        end--;
    }
    return end == 0 ? 0 : end - 1;
}

uint32_t nn_name_surname(const nn_name_form *form)
{
    uint32_t begin;
    return find_surname(&form->words, &begin);
}

/* True for de, von, al- between given names and surname. */
static bool is_dropped(const nn_name_words *words, uint32_t i, uint32_t begin, uint32_t surname)
{
    const nn_name_word *word = &words->items[i];
    bool joined = i + 1 <= surname && (words->items[i + 1].flags & NN_NAME_JOINED) != 0;
    if (is_article(word->folded)) {
        return joined || i > begin || (word->flags & NN_NAME_CAPITAL) == 0;
    }
    return is_particle(word->folded);
}

static nuncio_status add_given(nn_arena *arena, const nn_name_word *word, nn_given_name *to,
                               uint32_t *count, nuncio_error *error)
{
    if ((word->flags & NN_NAME_INITIAL) == 0) {
        to[*count] = (nn_given_name){.folded = word->folded};
        return nn_name_word_canonical(arena, word, NN_SPELLING_PERSON, &to[(*count)++].word, error);
    }
    for (size_t i = 0; i < word->folded.size && *count < NN_NAME_WORDS_MAX;) {
        size_t size = 1; /* J.F. are two; a letter may take several bytes */
        while (i + size < word->folded.size &&
               ((unsigned char)word->folded.data[i + size] & 0xC0) == 0x80) {
            size++;
        }
        nuncio_str letter = nn_str(word->folded.data + i, size);
        to[(*count)++] = (nn_given_name){letter, letter, true};
        i += size;
    }
    return NUNCIO_OK;
}

nuncio_status nn_name_person_read(nn_arena *arena, nn_name_form *form, nuncio_str *surname_out,
                                  nuncio_error *error)
{
    const nn_name_words *words = &form->words;
    uint32_t begin;
    uint32_t surname = find_surname(words, &begin);
    size_t room = 1; /* J.F. takes two */
    for (uint32_t i = begin; i < surname; i++) {
        bool initials = (words->items[i].flags & NN_NAME_INITIAL) != 0;
        room += initials ? words->items[i].folded.size : 1;
    }
    room = room < NN_NAME_WORDS_MAX ? room : NN_NAME_WORDS_MAX;
    nn_given_name *given = nn_arena_alloc(arena, room * sizeof *given);
    if (given == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = begin; i < surname && form->given_count < NN_NAME_WORDS_MAX; i++) {
        if (!is_dropped(words, i, begin, surname)) {
            NN_TRY(add_given(arena, &words->items[i], given, &form->given_count, error));
        }
    }
    for (uint32_t i = 0; i < form->given_count; i++) {
        form->full_count += !given[i].initial;
    }
    form->given = given;
    return nn_name_word_canonical(arena, &words->items[surname], NN_SPELLING_PERSON, surname_out,
                                  error);
}

static bool has_first_letter(nuncio_str word, nuncio_str letter)
{
    return word.size >= letter.size && memcmp(word.data, letter.data, letter.size) == 0;
}

static bool agree(const nn_given_name *a, const nn_given_name *b)
{
    if (a->initial || b->initial) {
        const nn_given_name *letter = a->initial ? a : b;
        const nn_given_name *other = a->initial ? b : a;
        return has_first_letter(other->folded, letter->folded) ||
               (other->word.data[0] != '#' && has_first_letter(other->word, letter->folded));
    }
    return nn_str_equal(a->word, b->word);
}

bool nn_given_names_agree(const nn_name_form *a, const nn_name_form *b)
{
    uint32_t count = a->given_count < b->given_count ? a->given_count : b->given_count;
    for (uint32_t i = 0; i < count; i++) {
        if (!agree(&a->given[i], &b->given[i])) {
            return false;
        }
    }
    return true;
}
