/* SPDX-License-Identifier: Apache-2.0 */
/* A sentence ends at a full stop, ! ? or …, and the quotes and brackets that close behind it, when
 * white space follows and what comes next can begin a sentence; and at every blank line. */
#include "text/sentence.h"

#include "core/error.h"
#include "core/str.h"
#include "text/abbreviations.h"
#include "text/utf8.h"

#include <string.h>
#include <utf8proc.h>

enum {
    SHORT_LINE_BYTES = 50
}; /* a line this short without a full stop is a heading, not wrapped text */

typedef struct scanner {
    nuncio_str text;
    const char *end;
    nn_language language;
} scanner;

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* White space at p: ASCII, no-break, thin and other spaces; 0 when there is none. */
static uint32_t space_at(const scanner *in, const char *p)
{
    if (p >= in->end) {
        return 0;
    }
    if ((uint8_t)*p < 0x80) {
        return is_space(*p);
    }
    uint32_t size, c = nn_utf8_decode(p, in->end, &size);
    bool space = c == 0xa0 || (c >= 0x2000 && c <= 0x200b) || c == 0x202f || c == 0x3000 ||
                 c == 0x2028 || c == 0x2029;
    return space ? size : 0;
}

static const char *skip_space(const scanner *in, const char *p, uint32_t *newlines)
{
    uint32_t size;
    *newlines = 0;
    while ((size = space_at(in, p)) != 0) {
        *newlines += *p == '\n';
        p += size;
    }
    return p;
}

/* Closing quotes and brackets, and quotes that do not say which they are. */
static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201d ||
           c == 0x201c || c == 0xbb || c == 0xab || c == 0x203a || c == 0x300d || c == 0x300f;
}

static bool is_opener(uint32_t c)
{
    return c == '"' || c == '\'' || c == '(' || c == '[' || c == '-' || c == '*' || c == 0x2018 ||
           c == 0x201c || c == 0x201d || c == 0x201e || c == 0x201a || c == 0xab || c == 0xbb ||
           c == 0x2039 || c == 0x2013 || c == 0x2014 || c == 0x2022 || c == 0xbf || c == 0xa1;
}

static bool is_full_width_stop(uint32_t c)
{
    return c == 0x3002 || c == 0xff01 || c == 0xff1f;
}

static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61f || c == 0x6d4 ||
           c == 0x964 || c == 0x965 || is_full_width_stop(c);
}

/* The word that ends before p: letters, digits, and full stops between them. */
static nuncio_str word_before(const scanner *in, const char *p)
{
    const char *begin = p;
    while (begin > in->text.data && p - begin < 40) {
        uint8_t c = (uint8_t)begin[-1];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c >= 0x80 || (c == '.' && begin != p);
        if (!word || (c == 0xa0 && begin - in->text.data >= 2 && (uint8_t)begin[-2] == 0xc2)) {
            break;
        }
        begin--;
    }
    while (begin < p && *begin == '.') {
        begin++;
    }
    return nn_str(begin, (size_t)(p - begin));
}

static nuncio_str word_at(const scanner *in, const char *p)
{
    const char *end = p;
    while (end < in->end && ((*end >= 'a' && *end <= 'z') || (*end >= 'A' && *end <= 'Z'))) {
        end++;
    }
    return nn_str(p, (size_t)(end - p));
}

static bool is_letter(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool is_lower(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LL;
}

/* One letter, or several with full stops between them: J and U.S but not Mr. */
static bool is_initials(nuncio_str word, bool *several)
{
    const char *p = word.data, *end = word.data + word.size;
    uint32_t letters = 0;
    while (p < end) {
        uint32_t size;
        if (!is_letter(nn_utf8_decode(p, end, &size))) {
            return false;
        }
        letters++;
        p += size;
        if (p < end && *p != '.') {
            return false;
        }
        p += p < end;
    }
    *several = letters > 1;
    return letters > 0;
}

static bool is_number(nuncio_str word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < '0' || word.data[i] > '9') {
            return false;
        }
    }
    return word.size > 0;
}

/* Whether a full stop at `stop` ends a sentence when `next` is what follows the space behind it. */
static bool full_stop_ends(const scanner *in, const char *stop, const char *next, uint32_t c)
{
    nuncio_str before = word_before(in, stop);
    bool digit = c >= '0' && c <= '9', several = false;
    switch (nn_abbreviation_of(in->language, before)) {
    case NN_ABBREVIATION_TITLE:
        return false;
    case NN_ABBREVIATION_NUMBER:
        return !digit;
    case NN_ABBREVIATION_ANY:
        return nn_is_sentence_opener(word_at(in, next));
    case NN_ABBREVIATION_NO:
        break;
    }
    if (is_initials(before, &several)) {
        uint8_t letter = before.size == 0 ? 0 : (uint8_t)before.data[0];
        bool lower_single = !several && letter >= 'a' && letter <= 'z';
        return lower_single || nn_is_sentence_opener(word_at(in, next));
    }
    /* German ordinals: am 3. Maerz. */
    return !(in->language == NN_LANGUAGE_DE && before.size <= 2 && is_number(before));
}

/* Whether what follows the stops and closers, from `behind`, begins a new sentence. */
static bool begins_sentence(const scanner *in, const char *stop, uint32_t stop_char,
                            const char *behind)
{
    uint32_t newlines, size;
    const char *next = skip_space(in, behind, &newlines);
    if (next >= in->end || newlines > 1) {
        return true;
    }
    uint32_t c = nn_utf8_decode(next, in->end, &size);
    while (next < in->end && is_opener(c)) {
        next += size;
        c = next < in->end ? nn_utf8_decode(next, in->end, &size) : 0;
    }
    if (is_lower(c)) {
        return false;
    }
    return stop_char != '.' || full_stop_ends(in, stop, next, c);
}

/* Behind the stops and closers that begin at p. */
static const char *skip_stops(const scanner *in, const char *p, const char **last_stop,
                              uint32_t *last_char)
{
    while (p < in->end) {
        uint32_t size, c = nn_utf8_decode(p, in->end, &size);
        if (is_stop(c)) {
            *last_stop = p;
            *last_char = c;
        } else if (!is_closer(c)) {
            break;
        }
        p += size;
    }
    return p;
}

/* Whether the line that ends at `newline` is a heading or a caption: short, and a new line with a
 * capital follows. */
static bool is_heading(const scanner *in, const char *line, const char *newline)
{
    uint32_t newlines, size;
    const char *next = skip_space(in, newline, &newlines);
    if (next >= in->end || newlines > 1) {
        return true; /* a blank line */
    }
    if (newline - line >= SHORT_LINE_BYTES) {
        return false;
    }
    uint32_t c = nn_utf8_decode(next, in->end, &size);
    if (is_opener(c) && next + size < in->end) {
        c = nn_utf8_decode(next + size, in->end, &size);
    }
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

/* The end of the sentence that begins at p: the start of the next. */
static const char *sentence_end(const scanner *in, const char *p, bool *paragraph)
{
    const char *line = p;
    uint32_t newlines;
    *paragraph = false;
    while (p < in->end) {
        uint32_t size, c = nn_utf8_decode(p, in->end, &size);
        if (c == '\n') {
            if (is_heading(in, line, p)) {
                const char *next = skip_space(in, p, &newlines);
                *paragraph = newlines > 1;
                return next;
            }
            p++;
            line = p;
        } else if (is_stop(c)) {
            const char *stop = p;
            const char *behind = skip_stops(in, p, &stop, &c);
            bool spaced = behind >= in->end || space_at(in, behind) != 0 || is_full_width_stop(c);
            if (spaced && begins_sentence(in, stop, c, behind)) {
                const char *next = skip_space(in, behind, &newlines);
                *paragraph = newlines > 1;
                return next;
            }
            p = behind;
        } else {
            p += size;
        }
    }
    return p;
}

nuncio_status nn_sentences_find(nn_memory *memory, nn_language language, nuncio_str text,
                                nn_sentence_list *out, nuncio_error *error)
{
    if (text.size == 0) {
        return NUNCIO_OK;
    }
    scanner in = {text, text.data + text.size, language};
    uint32_t newlines;
    const char *p = text.data, *body = skip_space(&in, p, &newlines);
    bool paragraph = true;
    while (p < in.end) {
        bool next_paragraph;
        const char *next = sentence_end(&in, p == text.data ? body : p, &next_paragraph);
        NN_TRY(nn_reserve(memory, &out->items, &out->capacity, out->count + 1, sizeof *out->items,
                          error));
        out->items[out->count++] =
            (nn_sentence){(uint32_t)(p - text.data), (uint32_t)(next - text.data), paragraph};
        paragraph = next_paragraph;
        p = next;
    }
    return NUNCIO_OK;
}

void nn_sentence_list_deinit(nn_sentence_list *list, nn_memory *memory)
{
    nn_release(memory, list->items, list->capacity * sizeof *list->items);
    memset(list, 0, sizeof *list);
}
