/* SPDX-License-Identifier: Apache-2.0 */
#include "text/abbreviations.h"

#include "core/str.h"
#include "text/abbreviation_tables.h"

#include <string.h>

/* The entry that begins with `word`, by binary search, or NULL. */
static const void *find(const void *list, size_t count, size_t size, nuncio_str word)
{
    char key[NN_SENTENCE_WORD_MAX + 1] = {0};
    if (word.size > NN_SENTENCE_WORD_MAX) {
        return NULL;
    }
    memcpy(key, word.data, word.size);
    const char *low = list;
    while (count > 0) {
        const char *middle = low + count / 2 * size;
        int order = (uint8_t)*middle - (uint8_t)*key; /* mostly enough */
        order = order != 0 ? order : memcmp(middle, key, sizeof key);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + size;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return NULL;
}

static const nn_sentence_words *words_of(nn_language language)
{
    for (size_t i = 1; i < NN_SENTENCE_WORDS_COUNT; i++) {
        if (NN_SENTENCE_WORDS[i].language == language) {
            return &NN_SENTENCE_WORDS[i];
        }
    }
    return &NN_SENTENCE_WORDS[0];
}

static nn_abbreviation kind_in(const nn_sentence_words *words, nuncio_str word)
{
    const nn_abbreviation_entry *found =
        find(words->abbreviations, words->abbreviation_count, sizeof *found, word);
    return found == NULL ? NN_ABBREVIATION_NO : (nn_abbreviation)found->kind;
}

static nn_abbreviation kind_of(nn_language language, nuncio_str word)
{
    const nn_sentence_words *words = words_of(language), *english = &NN_SENTENCE_WORDS[0];
    nn_abbreviation kind = kind_in(words, word);
    if (kind == NN_ABBREVIATION_NO && words != english) {
        kind = kind_in(english, word);
        kind = kind == NN_ABBREVIATION_NAME ? kind : NN_ABBREVIATION_NO;
    }
    return kind;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Sgt, Bldg: a capital and small consonants are no word, but in y. */
static bool is_without_vowel(nuncio_str word)
{
    if (word.size < 2 || word.size > 5 || !is_capital(word.data[0])) {
        return false;
    }
    for (size_t i = 0; i < word.size; i++) {
        char c = (char)(word.data[i] | 0x20);
        bool small = i == 0 || !is_capital(word.data[i]);
        if (c < 'a' || c > 'z' || !small || memchr("aeiouy", c, 6) != NULL) {
            return false;
        }
    }
    return true;
}

nn_abbreviation nn_abbreviation_of(nn_language language, nuncio_str word)
{
    char small[NN_SENTENCE_WORD_MAX];
    nn_abbreviation kind = kind_of(language, word);
    if (kind != NN_ABBREVIATION_NO || word.size < 2 || word.size > sizeof small) {
        return kind;
    }
    if (is_capital(word.data[0]) && is_capital(word.data[word.size - 1])) { /* GEN. as Gen. */
        small[0] = word.data[0];
        for (size_t i = 1; i < word.size; i++) {
            small[i] = is_capital(word.data[i]) ? (char)(word.data[i] | 0x20) : word.data[i];
        }
        return kind_of(language, nn_str(small, word.size));
    }
    return is_without_vowel(word) ? NN_ABBREVIATION_ANY : NN_ABBREVIATION_NO;
}

bool nn_is_sentence_opener(nn_language language, nuncio_str word)
{
    const nn_sentence_words *words = words_of(language);
    return find(words->openers, words->opener_count, sizeof *words->openers, word) != NULL;
}

bool nn_is_speech_verb(nuncio_str word)
{
    return find(NN_SPEECH_VERBS, NN_SPEECH_VERBS_COUNT, sizeof *NN_SPEECH_VERBS, word) != NULL;
}
