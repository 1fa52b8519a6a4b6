/* SPDX-License-Identifier: Apache-2.0 */
/* A word is a run of letters, marks and digits. What may stand within it:
 *
 *   O'Brien  don't       an apostrophe between letters            one word
 *   Lavrov's             's at the end                            Lavrov
 *   l'accord  d'Estaing  an elided article before an apostrophe   l + accord
 *   U.S.  p.m.           single letters with full stops           one word, the last full stop too
 *   1,000.50             separators between digits                one word
 *   so-called            a hyphen                                 so + called
 *   co­operate           soft hyphen, joiners                     one word
 *   和平                  Han, kana, Thai …                        a word a character
 *
 * Nothing before a word's first byte decides how it is read, and what follows decides only up to
 * the next gap or character that is a word of its own. A text cut where a token starts therefore
 * gives the same tokens. */
#include "text/tokenizer.h"

#include "text/characters.h"
#include "text/utf8.h"

#include <string.h>

/* The classes of ASCII, read far more often than all others. */
static const uint8_t ASCII_CLASS[128] = {
    ['0' ... '9'] = NN_CHARACTER_DIGIT,
    ['A' ... 'Z'] = NN_CHARACTER_WORD,
    ['a' ... 'z'] = NN_CHARACTER_WORD,
};

typedef struct reader {
    const char *begin, *end;
} reader;

static nn_character_class class_at(const reader *in, const char *p, uint32_t *size)
{
    *size = 1;
    if (p >= in->end) {
        *size = 0;
        return NN_CHARACTER_GAP;
    }
    if ((uint8_t)*p < 0x80) {
        return (nn_character_class)ASCII_CLASS[(uint8_t)*p];
    }
    return nn_character_class_of(nn_utf8_decode(p, in->end, size));
}

static bool is_word(nn_character_class class)
{
    return class == NN_CHARACTER_WORD || class == NN_CHARACTER_DIGIT;
}

static bool is_word_at(const reader *in, const char *p)
{
    uint32_t size;
    return is_word(class_at(in, p, &size));
}

/* Bytes of an apostrophe at p, straight or curly; 0 when there is none. */
static uint32_t apostrophe_at(const reader *in, const char *p)
{
    if (p < in->end && *p == '\'') {
        return 1;
    }
    if (in->end - p >= 3 && memcmp(p, "\xe2\x80\x99", 3) == 0) {
        return 3;
    }
    return 0;
}

/* Bytes of a possessive at p, 's with no letter behind it; 0 when there is none. */
static uint32_t possessive_at(const reader *in, const char *p)
{
    uint32_t size = apostrophe_at(in, p);
    if (size == 0 || p + size >= in->end || (p[size] != 's' && p[size] != 'S')) {
        return 0;
    }
    return is_word_at(in, p + size + 1) ? 0 : size + 1;
}

/* Articles and particles of French, Italian and Catalan that lose their vowel before another word.
 */
static bool is_elided(const char *begin, const char *end)
{
    static const char *const elided[] = {
        "c",      "d",      "j",      "l",   "m",    "n",    "qu",   "s",     "t",    "jusqu",
        "lorsqu", "puisqu", "quoiqu", "all", "dall", "dell", "nell", "quell", "sull", "un"};
    size_t size = (size_t)(end - begin);
    for (size_t i = 0; i < sizeof elided / sizeof elided[0]; i++) {
        if (strlen(elided[i]) == size) {
            size_t same = 0;
            while (same < size && (begin[same] | 0x20) == elided[i][same]) {
                same++;
            }
            if (same == size) {
                return true;
            }
        }
    }
    return false;
}

/* Behind a letter at p and its accents, where they are written as marks of their own; NULL: no
 * letter. */
static const char *letter_end(const reader *in, const char *p)
{
    uint32_t size;
    if (class_at(in, p, &size) != NN_CHARACTER_WORD) {
        return NULL;
    }
    p += size;
    while (p < in->end && (uint8_t)*p >= 0x80 &&
           nn_character_is_mark(nn_utf8_decode(p, in->end, &size))) {
        p += size;
    }
    return p;
}

/* The end of U.S. or U.S at p, or NULL: two or more single letters, each but perhaps the last
 * followed by a full stop. In U.S.Navy it ends before Navy. */
static const char *initialism_end(const reader *in, const char *p)
{
    uint32_t letters = 0;
    const char *behind;
    while ((behind = letter_end(in, p)) != NULL) {
        if (behind >= in->end || *behind != '.') {
            if (is_word_at(in, behind)) {
                break; /* a longer word: not part of it */
            }
            return letters >= 1 ? behind : NULL;
        }
        letters++;
        p = behind + 1;
    }
    return letters >= 2 ? p : NULL;
}

/* The end of the run of letters, digits and what may stand between them, from p inside a word. */
static const char *run_end(const reader *in, const char *begin)
{
    const char *p = begin;
    for (;;) {
        uint32_t size;
        nn_character_class class = class_at(in, p, &size);
        while (is_word(class)) {
            p += size;
            class = class_at(in, p, &size);
        }
        const char *behind = p + size;
        if (class == NN_CHARACTER_IGNORED) {
            while (class_at(in, behind, &size) == NN_CHARACTER_IGNORED) {
                behind += size;
            }
        } else {
            uint32_t apostrophe = apostrophe_at(in, p);
            if (apostrophe == 0 || possessive_at(in, p) != 0 || is_elided(begin, p)) {
                return p;
            }
            behind = p + apostrophe;
        }
        if (!is_word_at(in, behind)) {
            return p;
        }
        p = behind;
    }
}

static bool is_digit(const reader *in, const char *p)
{
    return p < in->end && *p >= '0' && *p <= '9';
}

/* The end of 1,000.50 at p, or NULL where letters follow the first digits. In 1,000km it ends
 * before 000km. */
static const char *number_end(const reader *in, const char *p)
{
    const char *end = NULL;
    while (is_digit(in, p)) {
        do {
            p++;
        } while (is_digit(in, p));
        if (is_word_at(in, p)) {
            return end;
        }
        end = p;
        if (p < in->end && (*p == '.' || *p == ',')) {
            p++;
        }
    }
    return end;
}

static const char *word_end(const reader *in, const char *p, nn_word_kind *kind)
{
    uint32_t size;
    const char *end;
    nn_character_class class = class_at(in, p, &size);
    *kind = NN_WORD_PLAIN;
    if (class == NN_CHARACTER_SINGLE) {
        *kind = NN_WORD_SINGLE;
        p += size;
        while (p < in->end && (uint8_t)*p >= 0x80 &&
               nn_character_is_mark(nn_utf8_decode(p, in->end, &size))) {
            p += size;
        }
        return p;
    }
    if (is_digit(in, p) && (end = number_end(in, p)) != NULL) {
        *kind = NN_WORD_NUMBER;
        return end;
    }
    if (class == NN_CHARACTER_WORD && (end = initialism_end(in, p)) != NULL) {
        *kind = NN_WORD_INITIALISM;
        return end;
    }
    return run_end(in, p);
}

bool nn_tokenizer_next(nuncio_str text, uint32_t from, nn_word *out)
{
    reader in = {text.data, text.data + text.size};
    const char *p = text.data + from;
    for (;;) {
        while (p < in.end && (uint8_t)*p < 0x80 && ASCII_CLASS[(uint8_t)*p] == 0) {
            p++;
        }
        if (p >= in.end) {
            return false;
        }
        uint32_t size;
        nn_character_class class = class_at(&in, p, &size);
        if (class != NN_CHARACTER_GAP && class != NN_CHARACTER_IGNORED) {
            break;
        }
        p += size;
    }
    const char *end = word_end(&in, p, &out->kind);
    out->start = (uint32_t)(p - in.begin);
    out->end = (uint32_t)(end - in.begin);
    out->next = out->end + (out->kind == NN_WORD_SINGLE ? 0 : possessive_at(&in, end));
    return true;
}
