/* SPDX-License-Identifier: Apache-2.0 */
/* A word begins with a letter or digit and is a run of letters, marks and digits. What may stand
 * within it:
 *
 *   O'Brien  don't        an apostrophe between letters            one word
 *   Lavrov's              's at the end                            Lavrov
 *   l'accord  d'Estaing   an elided article before an apostrophe   l + accord
 *   U.S.  p.m.            single letters with full stops           one word, the last stop too
 *   1,000.50  3.5bn       separators between digits                one word
 *   col·laborar           the middle dot of Catalan                one word
 *   so-called             a hyphen                                 so + called
 *   co­operate            soft hyphen, joiners                     one word
 *   和平                  Han, kana, Thai …                        a word a character
 *
 * Nothing before a word's first byte decides how it is read, and what follows decides only up to
 * the next gap or character that is a word of its own. A text cut where a word starts therefore
 * gives the same words. */
#include "text/tokenizer.h"

#include "core/bits.h"
#include "text/characters.h"
#include "text/utf8.h"

#include <string.h>

/* The classes of ASCII, read far more often than all others. */
static const uint8_t ASCII_CLASS[128] = {
    ['0' ... '9'] = NN_CHARACTER_DIGIT,
    ['A' ... 'Z'] = NN_CHARACTER_WORD,
    ['a' ... 'z'] = NN_CHARACTER_WORD,
};

typedef struct character {
    uint32_t code_point; /* 0 at the end of the text */
    nn_character_class class;
    const char *behind;
} character;

static character read_any(const char *p, const char *end)
{
    uint32_t size, c = nn_utf8_decode(p, end, &size);
    return (character){c, nn_character_class_of(c), p + size};
}

/* The character at p, or behind the invisible ones there: the rules never see those. */
static character read(const char *p, const char *end)
{
    while (p < end) {
        if ((uint8_t)*p < 0x80) {
            uint8_t c = (uint8_t)*p;
            return (character){c, (nn_character_class)ASCII_CLASS[c], p + 1};
        }
        character c = read_any(p, end);
        if (c.class != NN_CHARACTER_IGNORED) {
            return c;
        }
        p = c.behind;
    }
    return (character){0, NN_CHARACTER_GAP, end};
}

static bool begins_word(nn_character_class class)
{
    return class == NN_CHARACTER_WORD || class == NN_CHARACTER_DIGIT;
}

static bool continues_word(nn_character_class class)
{
    return begins_word(class) || class == NN_CHARACTER_MARK;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Behind the marks that follow a letter. */
static const char *skip_marks(const char *p, const char *end)
{
    character c;
    while ((c = read(p, end)).class == NN_CHARACTER_MARK) {
        p = c.behind;
    }
    return p;
}

/* Behind the s of a possessive whose apostrophe ends at p; NULL when there is none. */
static const char *possessive_end(const char *p, const char *end)
{
    character s = read(p, end);
    if ((s.code_point | 0x20) != 's' || continues_word(read(s.behind, end).class)) {
        return NULL;
    }
    return s.behind;
}

/* Articles and particles of French, Italian and Catalan that lose their vowel before another
 * word. */
static bool is_elided(const char *begin, const char *end)
{
    static const char elided[] =
        " c d j l m n qu s t un all dall dell nell quell sull jusqu lorsqu "
        "puisqu quoiqu ";
    char padded[10] = " ";
    size_t size = 1;
    for (character c; (c = read(begin, end)).code_point != 0; begin = c.behind) {
        if (c.code_point >= 0x80 || size == sizeof padded - 2) {
            return false;
        }
        padded[size++] = (char)(c.code_point | 0x20);
    }
    padded[size] = ' ';
    return strstr(elided, padded) != NULL;
}

/* The end of U.S. or U.S at p, or NULL: two or more single letters, each but perhaps the last
 * followed by a full stop. In U.S.Navy it ends before Navy. */
static const char *initialism_end(const char *p, const char *end)
{
    uint32_t letters = 0;
    for (;;) {
        character letter = read(p, end);
        if (letter.class != NN_CHARACTER_WORD) {
            break;
        }
        const char *behind = skip_marks(letter.behind, end);
        character stop = read(behind, end);
        if (stop.code_point != '.') {
            return letters >= 1 && !begins_word(stop.class) ? behind : letters >= 2 ? p : NULL;
        }
        letters++;
        p = stop.behind;
    }
    return letters >= 2 ? p : NULL;
}

/* Whether the digits that begin with `digit` are three and no more: a group of thousands. */
static bool is_group(character digit, const char *end)
{
    uint32_t digits = 0;
    while (is_digit(digit.code_point) && digits < 4) {
        digits++;
        digit = read(digit.behind, end);
    }
    return digits == 3;
}

/* The end of the digits at p, with the separators between them: 1,000.50, 2.3.2023, 1'000. */
static const char *number_end(const char *p, const char *end)
{
    for (;;) {
        character c = read(p, end);
        while (is_digit(c.code_point)) {
            p = c.behind;
            c = read(p, end);
        }
        character next = read(c.behind, end);
        bool joins = c.code_point == '.' || c.code_point == ',' ||
                     (is_apostrophe(c.code_point) && is_group(next, end));
        if (!joins || !is_digit(next.code_point)) {
            return p;
        }
        p = next.behind;
    }
}

/* The end of the run of letters, digits and what may stand between them, from p within the word
 * that starts at `begin`. */
static const char *run_end(const char *begin, const char *p, const char *end)
{
    for (bool elides = true;; elides = false) {
        character c = read(p, end);
        while (continues_word(c.class)) {
            p = c.behind;
            c = read(p, end);
        }
        bool apostrophe = is_apostrophe(c.code_point);
        if (!apostrophe && c.code_point != 0xb7) {
            return p;
        }
        character next = read(c.behind, end);
        if (next.class != NN_CHARACTER_WORD) {
            return p;
        }
        if (apostrophe &&
            (possessive_end(c.behind, end) != NULL || (elides && is_elided(begin, p)))) {
            return p;
        }
        p = next.behind;
    }
}

static const char *word_end(const char *p, character first, const char *end)
{
    if (first.class == NN_CHARACTER_SINGLE) {
        return skip_marks(first.behind, end);
    }
    if (is_digit(first.code_point)) {
        return run_end(p, number_end(p, end), end);
    }
    const char *initialism = initialism_end(p, end);
    return initialism != NULL ? initialism : run_end(p, p, end);
}

/* Behind the possessive that follows a word, else the word's end. */
static const char *next_start(const char *word_end, character first, const char *end)
{
    character c = read(word_end, end);
    const char *possessive = NULL;
    if (first.class != NN_CHARACTER_SINGLE && is_apostrophe(c.code_point)) {
        possessive = possessive_end(c.behind, end);
    }
    return possessive != NULL ? possessive : word_end;
}

bool nn_tokenizer_next(nuncio_str text, uint32_t from, nn_word *out)
{
    const char *p = text.data + from, *end = text.data + text.size;
    character first;
    for (;; p = first.behind) {
        while (p < end && (uint8_t)*p < 0x80 && ASCII_CLASS[(uint8_t)*p] == 0) {
            p++;
        }
        if (p >= end) {
            return false;
        }
        first = (uint8_t)*p < 0x80 ? read(p, end) : read_any(p, end);
        if (begins_word(first.class) || first.class == NN_CHARACTER_SINGLE) {
            break;
        }
    }
    const char *behind = word_end(p, first, end);
    out->start = (uint32_t)(p - text.data);
    out->end = (uint32_t)(behind - text.data);
    out->next = (uint32_t)(next_start(behind, first, end) - text.data);
    return true;
}

/* Whether a run of ASCII letters and digits is a word by itself when `next` follows: no apostrophe,
 * and no full stop or comma that might belong to it. */
static bool is_plain_run(const char *run, uint32_t size, char next)
{
    if (next == '.') {
        return size > 1 && !is_digit((uint8_t)*run);
    }
    return next != '\'' && (next != ',' || !is_digit((uint8_t)*run));
}

/* The length of the run of ones that begins at bit 0. */
static uint32_t ones(uint64_t bits)
{
    return ~bits == 0 ? 64 : nn_ctz64(~bits);
}

/* The `count` lowest bits, fewer than 64. */
static uint64_t lowest(uint32_t count)
{
    return (UINT64_C(1) << count) - 1;
}

/* Behind the highest zero of the bits below `bit`: where the run of ones that ends there begins. */
static uint32_t run_start(uint64_t bits, uint32_t bit)
{
    return nn_bit_width64(~bits & lowest(bit));
}

static nn_byte_classes classes_at(nn_byte_classifier *classify, const char *p, const char *end)
{
    char tail[NN_BYTES_CLASSED] = {0};
    if (end - p >= NN_BYTES_CLASSED) {
        return classify(p);
    }
    memcpy(tail, p, (size_t)(end - p));
    return classify(tail);
}

/* The first run of bytes of `classes` that is not a word by itself; 64 when all are. Only bytes
 * beyond ASCII, and what may join a word to what follows, can be the reason. */
static uint32_t find_irregular(const char *text, nn_byte_classes classes)
{
    uint64_t followed = (classes.word | classes.high) >> 1 | UINT64_C(1) << 63;
    uint64_t joints = classes.joint & classes.word << 1 & followed;
    for (uint64_t bits = classes.high | joints; bits != 0; bits &= bits - 1) {
        uint32_t bit = nn_ctz64(bits);
        uint32_t start = run_start(classes.word, bit);
        bool high = (classes.high >> bit & 1) != 0;
        if (high || !is_plain_run(text + start, bit - start, text[bit])) {
            return start;
        }
    }
    return NN_BYTES_CLASSED;
}

/* Of the 64 bytes at `base`, where no word is cut, those that can be read from their bits:
 *
 *   text    the New START treaty's text. A U.S. offi│cial
 *   word    1110111011111011111101011110010010100111│1
 *   bytes   1110111011111000…                          up to the first word that needs the rules;
 *                                                      else up to one that goes on behind them */
static nn_word_stretch read_stretch(nn_byte_classifier *classify, nuncio_str text, uint32_t base)
{
    const char *from = text.data + base;
    nn_byte_classes classes = classes_at(classify, from, text.data + text.size);
    uint32_t end = find_irregular(from, classes);
    bool irregular = end < NN_BYTES_CLASSED;
    if (!irregular && classes.word >> (NN_BYTES_CLASSED - 1) != 0) {
        end = nn_bit_width64(~classes.word);
        irregular = end == 0; /* a word of 64 bytes or more */
    }
    uint64_t bytes = end < NN_BYTES_CLASSED ? classes.word & lowest(end) : classes.word;
    return (nn_word_stretch){bytes, end, irregular};
}

uint32_t nn_tokenizer_words(nn_byte_classifier *classify, nuncio_str text, uint32_t *from,
                            nn_token *out, uint32_t max)
{
    uint32_t count = 0, base = *from, size = (uint32_t)text.size;
    while (base < size && count < max) {
        nn_word_stretch stretch = read_stretch(classify, text, base);
        uint64_t bytes = stretch.bytes;
        for (; bytes != 0 && count < max; count++) {
            uint32_t start = nn_ctz64(bytes);
            out[count].start = base + start;
            out[count].end = base + start + ones(bytes >> start);
            bytes &= bytes + (UINT64_C(1) << start); /* the carry clears the run */
        }
        nn_word word;
        base += bytes != 0 ? nn_ctz64(bytes) : stretch.end;
        if (bytes != 0 || count == max || !stretch.irregular) {
            continue;
        }
        if (!nn_tokenizer_next(text, base, &word)) {
            base = size;
            break;
        }
        out[count].start = word.start;
        out[count++].end = word.end;
        base = word.next;
    }
    *from = base;
    return count;
}

/* ---- single words ---- */

static void move_to(nn_text_walk *walk, uint32_t base)
{
    walk->base = base;
    walk->stretch = (nn_word_stretch){0, 0, false};
    if (base < walk->text.size) {
        walk->stretch = read_stretch(walk->classify, walk->text, base);
    }
}

void nn_text_walk_begin(nn_text_walk *walk, nn_byte_classifier *classify, nuncio_str text)
{
    *walk = (nn_text_walk){.classify = classify, .text = text};
    move_to(walk, 0);
}

bool nn_text_walk_next(nn_text_walk *walk, uint32_t passed, nn_token *out)
{
    while (walk->base < walk->text.size) {
        uint64_t bytes = walk->stretch.bytes;
        uint64_t starts = bytes & ~(bytes << 1);
        uint32_t count = nn_popcount64(starts);
        if (passed < count) {
            for (; passed > 0; passed--) {
                starts &= starts - 1;
            }
            uint32_t start = nn_ctz64(starts);
            out->start = walk->base + start;
            out->end = out->start + ones(bytes >> start);
            bytes &= ~UINT64_C(0) << start;
            walk->stretch.bytes = bytes & (bytes + (UINT64_C(1) << start));
            return true;
        }
        passed -= count;
        nn_word word = {.next = walk->base + walk->stretch.end};
        bool irregular = walk->stretch.irregular;
        if (irregular && !nn_tokenizer_next(walk->text, word.next, &word)) {
            move_to(walk, (uint32_t)walk->text.size);
            return false;
        }
        move_to(walk, word.next);
        if (irregular && passed-- == 0) {
            out->start = word.start;
            out->end = word.end;
            return true;
        }
    }
    return false;
}
