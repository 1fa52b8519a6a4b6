/* SPDX-License-Identifier: Apache-2.0 */
/* A sentence ends
 *
 *   - behind a full stop, ! ? … and the quotes and brackets that close there, when white space
 *     follows and what comes next can begin a sentence;
 *   - at a blank line;
 *   - at the end of a line that the writer ended and not a mailer's wrapping: see line_ends.
 *
 * Where a sign can mean both, two sentences are rather left together than one torn apart: a
 * passage loses nothing by it. Every look ahead or back is bounded, or happens once for its bytes.
 */
#include "text/sentence.h"

#include "core/error.h"
#include "core/str.h"
#include "text/abbreviations.h"
#include "text/sentence_marks.h"
#include "text/utf8.h"

#include <assert.h>
#include <string.h>
#include <utf8proc.h>

enum {
    SHORT_LINE = 50,     /* characters: text is not wrapped at less */
    WORD_BYTES_MAX = 40, /* looked at before a full stop */
    SPEECH_WORDS_MAX = 4 /* "Why?" Foreign Minister Petrov asked */
};

typedef struct scanner {
    const char *begin, *end;
    nn_language language;
    const char *sentence; /* start of the one in hand */
    const char *line;     /* start of the line in hand */
    const char *measured; /* the lines up to here, a blank one, have been measured */
    size_t longest_line;  /* of these, in characters */
} scanner;

/* A character with its marks; code point 0 at the end of the text. */
typedef struct sign {
    uint32_t code_point, marks;
    const char *behind;
} sign;

static sign sign_at(const scanner *in, const char *p)
{
    if (p >= in->end) {
        return (sign){0, 0, in->end};
    }
    uint32_t size = 1, c = (uint8_t)*p;
    if (c >= 0x80) {
        c = nn_utf8_decode(p, in->end, &size);
    }
    return (sign){c, nn_sentence_marks_of(c), p + size};
}

/* Behind the white space at p. *lines counts the line ends in it; a paragraph separator is two. */
static const char *skip_space(const scanner *in, const char *p, uint32_t *lines)
{
    sign s;
    *lines = 0;
    while (((s = sign_at(in, p)).marks & NN_MARK_SPACE) != 0) {
        bool pair = s.code_point == '\r' && s.behind < in->end && *s.behind == '\n';
        *lines += (s.marks & NN_MARK_LINE) == 0 || pair ? 0 : s.code_point == 0x2029 ? 2 : 1;
        p = s.behind;
    }
    return p;
}

static utf8proc_category_t category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

static bool is_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL;
}

static bool is_upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : category(c) == UTF8PROC_CATEGORY_LU;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_byte(char c)
{
    uint8_t byte = (uint8_t)c;
    bool ascii = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || is_digit(byte);
    return ascii ||
           (byte >= 0x80 && byte != 0xc2 && byte != 0xe2); /* not “ ” – nor no-break space */
}

/* The word that ends before p, full stops between its letters included. */
static nuncio_str word_before(const scanner *in, const char *p)
{
    const char *begin = p;
    while (begin > in->begin && p - begin < WORD_BYTES_MAX &&
           (is_word_byte(begin[-1]) || (begin[-1] == '.' && begin != p))) {
        begin--;
    }
    while (begin < p && (*begin == '.' || ((uint8_t)*begin & 0xc0) == 0x80)) {
        begin++;
    }
    return nn_str(begin, (size_t)(p - begin));
}

/* The word that starts at p, or its first bytes. */
static nuncio_str word_at(const scanner *in, const char *p)
{
    const char *end = p;
    while (end < in->end && end - p < WORD_BYTES_MAX && is_word_byte(*end)) {
        end++;
    }
    return nn_str(p, (size_t)(end - p));
}

/* One letter, or several with full stops between them: J and U.S but not Mr. */
static bool is_initials(nuncio_str word, bool *several)
{
    const char *p = word.data, *end = word.data + word.size;
    for (uint32_t letters = 1; p < end; letters++) {
        uint32_t size, c = nn_utf8_decode(p, end, &size);
        p += size;
        *several = letters > 1;
        if ((!is_upper(c) && !is_lower(c)) || (p < end && *p++ != '.')) {
            return false;
        }
    }
    return word.size > 0;
}

static bool consists_of(nuncio_str word, const char *characters)
{
    for (size_t i = 0; i < word.size; i++) {
        if (strchr(characters, word.data[i]) == NULL) {
            return false;
        }
    }
    return word.size > 0;
}

static bool is_number(nuncio_str word)
{
    return consists_of(word, "0123456789");
}

/* Whether the word at p often begins a sentence: The, He, L'; not the A of A. Smith. */
static bool opens_sentence(const scanner *in, const char *p)
{
    nuncio_str word = word_at(in, p);
    sign behind = sign_at(in, word.data + word.size);
    bool elides = in->language == NN_LANGUAGE_FR || in->language == NN_LANGUAGE_IT;
    if (elides && word.size <= 2 && (behind.code_point == '\'' || behind.code_point == 0x2019)) {
        return true;
    }
    return behind.code_point != '.' && nn_is_sentence_opener(in->language, word);
}

/* Behind the openers at p and the spaces between them. */
static const char *skip_openers(const scanner *in, const char *p)
{
    sign s = sign_at(in, p);
    bool opened = false;
    while ((s.marks & NN_MARK_OPENER) != 0 ||
           (opened && (s.marks & (NN_MARK_SPACE | NN_MARK_LINE)) == NN_MARK_SPACE)) {
        opened = true;
        p = s.behind;
        s = sign_at(in, p);
    }
    return p;
}

/* Whether the full stop at `stop` ends a sentence, when `next`, which begins with `c`, follows. */
static bool full_stop_ends(const scanner *in, const char *stop, const char *next, uint32_t c)
{
    nuncio_str before = word_before(in, stop);
    bool several = false;
    switch (nn_abbreviation_of(in->language, before)) {
    case NN_ABBREVIATION_NAME:
        return false;
    case NN_ABBREVIATION_NUMBER:
        return !is_digit(c);
    case NN_ABBREVIATION_ANY:
        return opens_sentence(in, next);
    case NN_ABBREVIATION_NO:
        break;
    }
    bool initials = is_initials(before, &several), number = is_number(before);
    bool label = number || (initials && !several) || consists_of(before, "IVX");
    if (label && before.data == skip_openers(in, in->sentence)) {
        return false; /* 1. Relations with … */
    }
    if (initials) {
        bool small = before.size == 1 && is_lower((uint8_t)before.data[0]); /* option a. */
        return small || opens_sentence(in, next);
    }
    bool ordinal = in->language == NN_LANGUAGE_DE && number && before.size <= 2; /* am 3. März */
    return !ordinal || opens_sentence(in, next);
}

/* Whether words in capitals and a verb of speech stand at p: Lavrov asked. */
static bool speech_follows(const scanner *in, const char *p)
{
    for (uint32_t i = 0; i < SPEECH_WORDS_MAX; i++) {
        uint32_t lines;
        nuncio_str word = word_at(in, p);
        if (word.size == 0) {
            return false;
        }
        if (is_lower(sign_at(in, p).code_point)) {
            return nn_is_speech_verb(word);
        }
        p = word.data + word.size;
        p = skip_space(in, p < in->end && *p == '.' ? p + 1 : p, &lines);
    }
    return false;
}

/* The stops and closers that begin at a stop; the spaced full stops of an old ellipsis too. */
typedef struct ending {
    const char *first, *last; /* stops */
    sign last_sign;
    const char *behind; /* the last closer, or the last stop */
    bool closes;        /* there are closers */
} ending;

static ending ending_at(const scanner *in, const char *p)
{
    ending e = {p, p, {0, 0, p}, p, false};
    for (;;) {
        sign s = sign_at(in, p);
        if (s.code_point == ' ' && s.behind < in->end && *s.behind == '.') { /* . . . */
            p = s.behind;
            s = sign_at(in, p);
        }
        if ((s.marks & NN_MARK_STOP) != 0) {
            e.last = p;
            e.last_sign = s;
        } else if ((s.marks & NN_MARK_CLOSER) != 0) {
            e.closes = true;
        } else {
            return e;
        }
        p = e.behind = s.behind;
    }
}

/* Whether the sentence ends there, when `next` follows on the same or the next line. */
static bool ending_ends(const scanner *in, const ending *e, const char *next)
{
    enum { TO = 0x3068 }; /* と: 「…。」と述べた, as said he did */
    if ((e->last_sign.marks & NN_MARK_WIDE) != 0) {
        return !(e->closes && sign_at(in, e->behind).code_point == TO);
    }
    next = skip_openers(in, next);
    uint32_t c = sign_at(in, next).code_point;
    bool left_out =
        e->closes && e->first > in->begin && (e->first[-1] == '[' || e->first[-1] == '(');
    if (is_lower(c) || c == ',' || c == ';' || c == ':' || left_out) { /* left out: [...] */
        return false;
    }
    if (e->last_sign.code_point == '.') {
        return full_stop_ends(in, e->last, next, c);
    }
    return !(e->closes && speech_follows(in, next));
}

static size_t count_characters(const char *p, const char *end)
{
    size_t count = 0;
    for (; p < end; p++) {
        count += ((uint8_t)*p & 0xc0) != 0x80;
    }
    return count;
}

/* Finds the longest of the lines from the one in hand to the next blank one. */
static void measure_lines(scanner *in)
{
    in->longest_line = 0;
    for (const char *line = in->line; line < in->end;) {
        const char *end = memchr(line, '\n', (size_t)(in->end - line));
        end = end == NULL ? in->end : end;
        uint32_t lines;
        bool blank = skip_space(in, line, &lines) > end;
        size_t length = count_characters(line, end);
        in->longest_line = length > in->longest_line ? length : in->longest_line;
        in->measured = end;
        if (blank) {
            return;
        }
        line = end + 1;
    }
}

/* Whether the writer ended the line at `end`, when `next` follows on the next. Wrapping breaks a
 * line where the next word has no more room: where it had room, beside the longest line around,
 * somebody meant the break. Short lines are headings and captions where a capital follows. */
static bool line_ends(scanner *in, const char *end, const char *next)
{
    const char *word = skip_openers(in, next), *last = end;
    uint32_t c = sign_at(in, word).code_point;
    if (is_lower(c)) {
        return sign_at(in, next).code_point == 0x2022; /* a bullet */
    }
    while (last > in->line && (last[-1] == ' ' || last[-1] == '\t')) {
        last--;
    }
    if (last == in->line || strchr(",;-(/&", last[-1]) != NULL) {
        return false;
    }
    size_t length = count_characters(in->line, last);
    if (length < SHORT_LINE && (is_upper(c) || is_digit(c)) && last[-1] != '.') {
        return true;
    }
    if (in->measured < end) {
        measure_lines(in);
    }
    nuncio_str first = word_at(in, word);
    return length + 1 + count_characters(next, first.data + first.size) <= in->longest_line;
}

/* Ends the sentence in hand with the white space at p, when nothing, a blank line, or a place where
 * one may end (`may_end`) follows; NULL when it goes on. */
static const char *end_at(scanner *in, const char *p, const ending *e, bool *paragraph)
{
    uint32_t lines;
    const char *next = skip_space(in, p, &lines);
    *paragraph = lines > 1;
    bool ends = next >= in->end || lines > 1 ||
                (e == NULL ? line_ends(in, p, next) : ending_ends(in, e, next));
    if (lines > 0 && (ends || e == NULL)) {
        in->line = next;
    }
    return ends ? next : NULL;
}

/* The end of the sentence in hand: the start of the next. */
static const char *sentence_end(scanner *in, bool *paragraph)
{
    const char *p = in->sentence, *next;
    *paragraph = false;
    for (;;) {
        p = nn_sentence_byte_find(p, in->end);
        if (p >= in->end) {
            return in->end;
        }
        sign s = sign_at(in, p);
        if ((s.marks & NN_MARK_LINE) != 0) {
            next = end_at(in, p, NULL, paragraph);
            p = in->line;
        } else if ((s.marks & NN_MARK_STOP) != 0) {
            ending e = ending_at(in, p);
            bool free = (e.last_sign.marks & NN_MARK_WIDE) != 0 || e.behind >= in->end ||
                        (sign_at(in, e.behind).marks & NN_MARK_SPACE) != 0;
            next = free ? end_at(in, e.behind, &e, paragraph) : NULL;
            p = e.behind;
        } else {
            next = NULL;
            p = s.behind;
        }
        if (next != NULL) {
            return next;
        }
    }
}

nuncio_status nn_sentences_find(nn_memory *memory, nn_language language, nuncio_str text,
                                nn_sentence_list *out, nuncio_error *error)
{
    if (text.size == 0) {
        return NUNCIO_OK;
    }
    assert(text.data != NULL);
    scanner in = {text.data, text.data + text.size, language, text.data, text.data, text.data, 0};
    uint32_t lines;
    const char *start = text.data;
    in.sentence = skip_space(&in, start, &lines);
    for (bool paragraph = true, next_paragraph; start < in.end; paragraph = next_paragraph) {
        const char *end = sentence_end(&in, &next_paragraph);
        NN_TRY(nn_reserve(memory, &out->items, &out->capacity, out->count + 1, sizeof *out->items,
                          error));
        out->items[out->count++] =
            (nn_sentence){(uint32_t)(start - text.data), (uint32_t)(end - text.data), paragraph};
        in.sentence = start = end;
    }
    return NUNCIO_OK;
}

void nn_sentence_list_deinit(nn_sentence_list *list, nn_memory *memory)
{
    nn_release(memory, list->items, list->capacity * sizeof *list->items);
    memset(list, 0, sizeof *list);
}
