/* SPDX-License-Identifier: Apache-2.0 */
/* First letters of other alphabets become Latin ones as English romanises them; then spellings of
 * other languages for the same sound become one. Each step replaces by as many or fewer letters. */
#include "text/name_key.h"

#include "core/assert.h"
#include "text/utf8.h"

#include <string.h>

/** A word being rewritten: `text` of `size` bytes in room for NN_NAME_KEY_ROOM. */
typedef struct word {
    char *text;
    size_t size;
} word;

/* ---- other alphabets ---- */

static const char *const CYRILLIC[] = {/* U+0430 … U+045F */
                                       "a",  "b",  "v",  "g",  "d",  "e",    "zh", "z",  "i", "y",
                                       "k",  "l",  "m",  "n",  "o",  "p",    "r",  "s",  "t", "u",
                                       "f",  "kh", "ts", "ch", "sh", "shch", "",   "y",  "",  "e",
                                       "yu", "ya", "e",  "yo", "dj", "g",    "ye", "dz", "i", "yi",
                                       "j",  "lj", "nj", "c",  "k",  "i",    "u",  "dz"};
static const char *const GREEK[] = {/* U+03B1 … U+03C9 */
                                    "a", "v", "g", "d", "e",  "z",  "i", "th", "i",
                                    "k", "l", "m", "n", "x",  "o",  "p", "r",  "s",
                                    "s", "t", "y", "f", "ch", "ps", "o"};
static const char *const GEORGIAN[] = {/* U+10D0 … U+10F0 */
                                       "a",  "b",  "g",  "d",  "e",  "v", "z",  "t",  "i",
                                       "k",  "l",  "m",  "n",  "o",  "p", "zh", "r",  "s",
                                       "t",  "u",  "p",  "k",  "gh", "k", "sh", "ch", "ts",
                                       "dz", "ts", "ch", "kh", "j",  "h"};
static const char *const ARMENIAN[] = {/* U+0561 … U+0587 */
                                       "a", "b", "g",  "d",  "e",  "z", "e",  "y",  "t",  "zh",
                                       "i", "l", "kh", "ts", "k",  "h", "dz", "gh", "ch", "m",
                                       "y", "n", "sh", "o",  "ch", "p", "j",  "r",  "s",  "v",
                                       "t", "r", "ts", "v",  "p",  "k", "o",  "f",  "ev"};

static const struct {
    uint32_t first, count;
    const char *const *letters;
} ALPHABETS[] = {
    {0x3b1, sizeof GREEK / sizeof *GREEK, GREEK},
    {0x430, sizeof CYRILLIC / sizeof *CYRILLIC, CYRILLIC},
    {0x561, sizeof ARMENIAN / sizeof *ARMENIAN, ARMENIAN},
    {0x10d0, sizeof GEORGIAN / sizeof *GEORGIAN, GEORGIAN},
};

static const char *latin(uint32_t c)
{
    for (size_t i = 0; i < sizeof ALPHABETS / sizeof *ALPHABETS; i++) {
        if (c - ALPHABETS[i].first < ALPHABETS[i].count) {
            return ALPHABETS[i].letters[c - ALPHABETS[i].first];
        }
    }
    return c == 0x491 ? "g" : NULL; /* ґ, which stands apart */
}

/* A set of Latin letters: bit l stands for letter l of the alphabet. */
#define LETTER(c) (1U << ((c) - 'a'))

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_among(char c, uint32_t letters)
{
    return is_letter(c) && (letters & LETTER(c)) != 0;
}

static bool is_vowel(char c)
{
    enum {
        VOWELS = LETTER('a') | LETTER('e') | LETTER('i') | LETTER('o') | LETTER('u') | LETTER('y')
    };
    return is_among(c, VOWELS);
}

static bool is_consonant(char c)
{
    return is_letter(c) && !is_vowel(c);
}

static void append(word *to, const char *text, size_t size)
{
    NN_ASSERT(to->size + size <= NN_NAME_KEY_ROOM);
    memcpy(to->text + to->size, text, size);
    to->size += size;
}

/* Letters of the alphabets above as Latin ones; apostrophes out. In Cyrillic е is ye at the start
 * and behind a vowel. */
static void romanise(nuncio_str folded, word *to)
{
    const char *end = folded.data + folded.size;
    for (const char *p = folded.data; p < end;) {
        enum { CYRILLIC_IE = 0x435 };
        uint32_t size;
        if (is_letter(*p)) { /* nearly all */
            to->text[to->size++] = *p++;
            continue;
        }
        uint32_t c = nn_utf8_decode(p, end, &size);
        const char *letters = c < 0x80 ? NULL : latin(c);
        bool opens = to->size == 0 || is_vowel(to->text[to->size - 1]);
        if (letters != NULL) {
            letters = c == CYRILLIC_IE && opens ? "ye" : letters;
            append(to, letters, strlen(letters));
        } else if (c != '\'') {
            append(to, p, size);
        }
        p += size;
    }
    if (to->size == 0) { /* of nothing but signs: itself */
        append(to, folded.data, folded.size);
    }
}

/* ---- steps ---- */

static bool ends_with(const word *w, const char *ending)
{
    size_t size = strlen(ending);
    return w->size >= size && memcmp(w->text + w->size - size, ending, size) == 0;
}

/* Replaces an ending by one that is no longer. */
static bool end_as(word *w, const char *ending, const char *as)
{
    if (!ends_with(w, ending)) {
        return false;
    }
    w->size -= strlen(ending);
    append(w, as, strlen(as));
    return true;
}

/* Replaces every occurrence from byte `from` on by letters that are no more. */
static void replace(word *w, size_t from, const char *what, const char *by)
{
    size_t size = strlen(what), shorter = strlen(by), kept = from;
    for (size_t i = from; i < w->size;) {
        if (w->text[i] == *what && w->size - i >= size && memcmp(w->text + i, what, size) == 0) {
            memcpy(w->text + kept, by, shorter);
            kept += shorter;
            i += size;
        } else {
            w->text[kept++] = w->text[i++];
        }
    }
    w->size = kept < w->size ? kept : w->size;
}

/* Mueller as Müller; assad as asad. */
static void shorten(word *w)
{
    size_t kept = 1;
    for (size_t i = 1; i < w->size; i++) {
        char c = w->text[i], before = w->text[i - 1];
        bool umlaut = c == 'e' && i >= 2 && (before == 'a' || before == 'o' || before == 'u') &&
                      is_consonant(w->text[i - 2]) && i + 1 < w->size &&
                      is_consonant(w->text[i + 1]) && w->text[i + 1] != 'v';
        bool again = c == before && is_consonant(c);
        if (!umlaut && !again) {
            w->text[kept++] = c;
        }
    }
    w->size = kept;
}

/* Slavic endings as they are written in English. */
static void settle_endings(word *w)
{
    static const char *const german[] = {"ow", "ew", "owa", "ewa", "wich", "wych"};
    enum { /* of all endings below */
           LAST_LETTERS =
               LETTER('a') | LETTER('f') | LETTER('h') | LETTER('v') | LETTER('w') | LETTER('z')
    };
    if (w->size == 0 || !is_among(w->text[w->size - 1], LAST_LETTERS)) {
        return;
    }
    for (size_t i = 0; i < sizeof german / sizeof *german; i++) {
        if (ends_with(w, german[i])) {
            replace(w, 0, "w", "v");
            break;
        }
    }
    (void)(end_as(w, "of", "ov") || end_as(w, "ef", "ev"));
    (void)(end_as(w, "vych", "vich") || end_as(w, "vicz", "vich"));
    (void)(end_as(w, "chov", "chev") || end_as(w, "shov", "shev") || end_as(w, "zhov", "zhev") ||
           end_as(w, "chova", "cheva") || end_as(w, "shova", "sheva"));
    size_t last = w->size; /* behind …ev, …eva */
    last -= last > 0 && w->text[last - 1] == 'a' ? 1 : 0;
    if (last >= 4 && w->text[last - 1] == 'v' && w->text[last - 2] == 'e') {
        char *glide = &w->text[last - 3];
        if (*glide == 'y' || *glide == 'j' || *glide == 'i') {
            *glide = 'i';
            if (is_vowel(glide[-1])) { /* Nazarbayev as Nazarbaev */
                memmove(glide, glide + 1, w->size - (size_t)(glide + 1 - w->text));
                w->size--;
            }
        }
    }
}

/* Dmitriy, Dmitrij, Dmitry as dmitri; Sergey, Sergej as sergei. */
static void settle_glides(word *w)
{
    if (w->size < 3) {
        return;
    }
    char last = w->text[w->size - 1], before = w->text[w->size - 2];
    if (last != 'y' && last != 'j' && last != 'i') {
        return;
    }
    if (before == 'i' || before == 'y') {
        w->size--;
        w->text[w->size - 1] = 'i';
    } else if (last != 'j' || is_vowel(before)) {
        w->text[w->size - 1] = 'i';
    }
}

static uint32_t letters_of(const word *w)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < w->size; i++) {
        letters |= is_letter(w->text[i]) ? LETTER(w->text[i]) : 0;
    }
    return letters;
}

/* Groups of consonants that languages write in their own ways. */
static void settle_consonants(word *w)
{
    enum {
        C = LETTER('c'),
        D = LETTER('d'),
        H = LETTER('h'),
        J = LETTER('j'),
        K = LETTER('k'),
        P = LETTER('p'),
        Q = LETTER('q'),
        S = LETTER('s'),
        T = LETTER('t'),
        Z = LETTER('z')
    };
    static const struct {
        uint32_t letters; /* of `what`: few words have all of them */
        size_t from;
        const char *what, *by;
    } steps[] = {{S | C | H | T, 0, "schtsch", "shch"},
                 {C | H | T, 0, "chtch", "shch"},
                 {T | S | C | H, 0, "tsch", "ch"},
                 {T | C | H, 0, "tch", "ch"},
                 {D | S | C | H, 0, "dsch", "j"},
                 {D | Z | H, 0, "dzh", "j"},
                 {D | J, 0, "dj", "j"},
                 {P | H, 0, "ph", "f"},
                 {C | K, 0, "ck", "k"},
                 {Q, 0, "q", "k"},
                 {K | S, 1, "ks", "x"}}; /* Aleksei as Alexei */
    uint32_t letters = letters_of(w);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if ((letters & steps[i].letters) == steps[i].letters) {
            replace(w, steps[i].from, steps[i].what, steps[i].by);
            letters = letters_of(w);
        }
    }
}

size_t nn_name_key(nuncio_str folded, char to[NN_NAME_KEY_ROOM])
{
    enum { LONG = 5, MAC = 7 };
    word w = {to, 0};
    romanise(folded, &w);
    settle_consonants(&w);
    if (w.size >= MAC && memcmp(w.text, "mac", 3) == 0 && is_consonant(w.text[3])) {
        memmove(w.text + 1, w.text + 2, w.size - 2); /* Macmillan as McMillan */
        w.size--;
    }
    if (w.size >= LONG) {
        shorten(&w);
        settle_endings(&w);
    }
    settle_glides(&w);
    return w.size < NN_NAME_KEY_MAX ? w.size : (size_t)NN_NAME_KEY_MAX;
}
