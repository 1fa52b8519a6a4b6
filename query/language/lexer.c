/* SPDX-License-Identifier: Apache-2.0 */
/* The lexer decides by one character where a lexeme begins and, for words, where it ends; the marks
 * that only mean something at one end of a word (+ - = before, * ~ ^ behind) are judged here, so
 * that the parser sees lexemes that are well formed in themselves. */
#include "query/language/lexer.h"

#include "core/error.h"
#include "core/str.h"
#include "query/limits.h"
#include "text/utf8.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const field_names[NN_FIELD_COUNT] = {
    "title", "quote", "source", "lang", "date", "speaker", "person", "place", "org", "entity"};

const char *nn_field_name(nn_field field)
{
    return field_names[field];
}

nuncio_status(nn_query_error)(nuncio_error *error, size_t offset, const char *format, ...)
{
    char message[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    nuncio_status status = nn_error_set(error, NUNCIO_ERR_QUERY, "%s", message);
    if (error != NULL) {
        error->offset = offset;
    }
    return status;
}

int nn_query_excerpt(nuncio_str text)
{
    enum { EXCERPT_BYTES = 40 };
    size_t size = text.size < EXCERPT_BYTES ? text.size : EXCERPT_BYTES;
    while (size > 0 && size < text.size && ((uint8_t)text.data[size] & 0xc0) == 0x80) {
        size--;
    }
    return (int)size;
}

static uint32_t character_at(nuncio_str query, size_t offset, size_t *size)
{
    uint32_t length = 1;
    uint32_t character = nn_utf8_decode(query.data + offset, query.data + query.size, &length);
    *size = length;
    return character;
}

size_t nn_lexer_space(nuncio_str query, size_t offset)
{
    size_t size;
    uint32_t c = character_at(query, offset, &size);
    bool space = c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
                 (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
                 c == 0x205f || c == 0x3000;
    return space ? size : 0;
}

/* Length of the quote mark at `offset` (“ ” „ « » "), 0 when there is none. */
static size_t quote_mark(nuncio_str query, size_t offset)
{
    size_t size;
    uint32_t c = character_at(query, offset, &size);
    bool mark = c == '"' || c == 0x201c || c == 0x201d || c == 0x201e || c == 0xab || c == 0xbb;
    return mark ? size : 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* True where no word can go on: the end, white space, a bracket, a quote mark, a weight. */
static bool is_boundary(nuncio_str query, size_t offset)
{
    if (offset >= query.size) {
        return true;
    }
    char c = query.data[offset];
    if (is_letter(c) || is_digit(c)) { /* as nearly always */
        return false;
    }
    return c == '(' || c == ')' || c == '^' || nn_lexer_space(query, offset) > 0 ||
           quote_mark(query, offset) > 0;
}

nuncio_status nn_lexer_init(nn_lexer *lexer, nuncio_str query, nuncio_error *error)
{
    lexer->query = query;
    lexer->offset = 0;
    if (nn_utf8_is_clean(query)) {
        return NUNCIO_OK;
    }
    size_t at = 0;
    size_t size;
    for (uint32_t c; (c = character_at(query, at, &size)) != 0 && (c != 0xfffd || size > 1);) {
        at += size;
    }
    return nn_query_error(error, at, "the query is not UTF-8 text");
}

static void finish(nn_lexer *lexer, nn_lexeme *out, nn_lexeme_kind kind, size_t text_start,
                   size_t text_end, size_t end)
{
    out->kind = kind;
    out->text = nn_str(lexer->query.data + text_start, text_end - text_start);
    out->end = end;
    lexer->offset = end;
}

/* Words between two quote marks; `open` is the byte of the first. */
static nuncio_status lex_marked(nn_lexer *lexer, nn_lexeme_kind kind, size_t open, nn_lexeme *out,
                                nuncio_error *error)
{
    nuncio_str query = lexer->query;
    size_t start = open + quote_mark(query, open);
    bool behind_word = false;
    for (size_t i = start; i < query.size;) {
        size_t mark = quote_mark(query, i);
        if (mark > 0) {
            finish(lexer, out, kind, start, i, i + mark);
            return NUNCIO_OK;
        }
        if (query.data[i] == '*' && behind_word) {
            return nn_query_error(error, i, "a star has no meaning inside quote marks");
        }
        behind_word = nn_lexer_space(query, i) == 0;
        size_t size;
        (void)character_at(query, i, &size);
        i += size;
    }
    return nn_query_error(error, open, "the quote mark opened here is never closed");
}

/* ='words', where an apostrophe inside a word does not close. */
static nuncio_status lex_apostrophes(nn_lexer *lexer, size_t open, nn_lexeme *out,
                                     nuncio_error *error)
{
    nuncio_str query = lexer->query;
    for (size_t i = open + 1; i < query.size; i++) {
        if (query.data[i] == '\'' && is_boundary(query, i + 1)) {
            finish(lexer, out, NN_LEXEME_EXACT, open + 1, i, i + 1);
            return NUNCIO_OK;
        }
    }
    return nn_query_error(error, open, "the ' opened here is never closed");
}

/* The end of a run of word characters. Stops at what may only end a word as well. */
static size_t word_end(nuncio_str query, size_t offset)
{
    while (!is_boundary(query, offset) && query.data[offset] != '*' && query.data[offset] != '~') {
        size_t size;
        (void)character_at(query, offset, &size);
        offset += size;
    }
    return offset;
}

static nuncio_status lex_exact(nn_lexer *lexer, nn_lexeme *out, nuncio_error *error)
{
    nuncio_str query = lexer->query;
    size_t start = lexer->offset + 1;
    if (start < query.size && query.data[start] == '\'') {
        return lex_apostrophes(lexer, start, out, error);
    }
    if (start < query.size && quote_mark(query, start) > 0) {
        return lex_marked(lexer, NN_LEXEME_EXACT, start, out, error);
    }
    if (is_boundary(query, start)) {
        return nn_query_error(error, lexer->offset, "= needs a word directly behind it");
    }
    size_t size;
    uint32_t first = character_at(query, start, &size);
    if (first == 0x2018 || first == 0x2019) {
        return nn_query_error(error, start, "write =\"…\" or ='…' with straight apostrophes");
    }
    size_t end = word_end(query, start);
    if (!is_boundary(query, end)) {
        return nn_query_error(error, end, "= takes the word as printed: %c cannot stand with it",
                              query.data[end]);
    }
    finish(lexer, out, NN_LEXEME_EXACT, start, end, end);
    return NUNCIO_OK;
}

static nuncio_status lex_weight(nn_lexer *lexer, nn_lexeme *out, nuncio_error *error)
{
    nuncio_str query = lexer->query;
    size_t start = lexer->offset;
    size_t end = start + 1;
    while (end < query.size && (is_digit(query.data[end]) || query.data[end] == '.')) {
        end++;
    }
    if (end == start + 1) {
        return nn_query_error(error, start, "^ needs a number behind it, as in word^2");
    }
    if (!is_boundary(query, end) || (end < query.size && query.data[end] == '^')) {
        return nn_query_error(error, end, "a weight is a number such as 2 or 0.5");
    }
    finish(lexer, out, NN_LEXEME_WEIGHT, start + 1, end, end);
    return NUNCIO_OK;
}

/* name: at `start`, `colon` being the place of the colon; the name is all letters. */
static nuncio_status lex_field(nn_lexer *lexer, size_t start, size_t colon, nn_lexeme *out,
                               nuncio_error *error)
{
    nuncio_str query = lexer->query;
    nuncio_str name = nn_str(query.data + start, colon - start);
    uint32_t field = 0;
    while (field < NN_FIELD_COUNT && !nn_str_equal(name, nn_str_of(field_names[field]))) {
        field++;
    }
    if (field == NN_FIELD_COUNT) {
        return nn_query_error(
            error, start,
            "there is no field %.*s: (title, quote, source, lang, date, speaker, person, "
            "place, org, entity); put text with a colon in quote marks",
            nn_query_excerpt(name), name.data);
    }
    out->field = (nn_field)field;
    size_t value = colon + 1;
    if (value >= query.size || nn_lexer_space(query, value) > 0) {
        return nn_query_error(error, colon, "%s: needs a value directly behind it",
                              field_names[field]);
    }
    if (field != NN_FIELD_DATE) {
        finish(lexer, out, NN_LEXEME_FIELD, start, colon, value);
        return NUNCIO_OK;
    }
    size_t end = value;
    while (!is_boundary(query, end)) {
        end++;
    }
    finish(lexer, out, NN_LEXEME_DATES, value, end, end);
    return NUNCIO_OK;
}

static nuncio_status lex_near(nn_lexer *lexer, size_t start, size_t end, nn_lexeme *out,
                              nuncio_error *error)
{
    nuncio_str query = lexer->query;
    uint32_t number = 0;
    size_t digits = start + 5;
    for (size_t i = digits; i < end; i++) {
        if (!is_digit(query.data[i]) || number > NN_QUERY_NEAR_MAX) {
            number = 0;
            break;
        }
        number = number * 10 + (uint32_t)(query.data[i] - '0');
    }
    if (number == 0 || number > NN_QUERY_NEAR_MAX) {
        return nn_query_error(error, digits, "NEAR/ needs a number of words from 1 to %d",
                              NN_QUERY_NEAR_MAX);
    }
    out->number = number;
    finish(lexer, out, NN_LEXEME_NEAR, start, end, end);
    return NUNCIO_OK;
}

/* A word that ended at a boundary: an operator, or just a word. */
static nuncio_status lex_plain_word(nn_lexer *lexer, size_t start, size_t end, nn_lexeme *out,
                                    nuncio_error *error)
{
    nuncio_str query = lexer->query;
    nuncio_str word = nn_str(query.data + start, end - start);
    if (nn_str_equal(word, nn_str_of("PASSAGE"))) {
        size_t next = end;
        while (next < query.size && nn_lexer_space(query, next) > 0) {
            next += nn_lexer_space(query, next);
        }
        if (next < query.size && query.data[next] == '(') {
            if (next > end) {
                return nn_query_error(error, end, "write PASSAGE( without a space");
            }
            finish(lexer, out, NN_LEXEME_PASSAGE, start, end, end + 1);
            return NUNCIO_OK;
        }
    }
    if (nn_str_starts_with(word, nn_str_of("NEAR/"))) {
        return lex_near(lexer, start, end, out, error);
    }
    nn_lexeme_kind kind = NN_LEXEME_WORD;
    if (nn_str_equal(word, nn_str_of("AND"))) {
        kind = NN_LEXEME_AND;
    } else if (nn_str_equal(word, nn_str_of("OR"))) {
        kind = NN_LEXEME_OR;
    } else if (nn_str_equal(word, nn_str_of("NOT"))) {
        kind = NN_LEXEME_NOT;
    }
    finish(lexer, out, kind, start, end, end);
    return NUNCIO_OK;
}

static nuncio_status lex_fuzzy(nn_lexer *lexer, size_t start, size_t tilde, nn_lexeme *out,
                               nuncio_error *error)
{
    nuncio_str query = lexer->query;
    size_t end = tilde + 1;
    out->number = 1;
    if (!is_boundary(query, end)) {
        if (query.data[end] < '1' || query.data[end] > '0' + NN_QUERY_DISTANCE_MAX ||
            !is_boundary(query, end + 1)) {
            return nn_query_error(error, tilde, "~ ends a word: word~, word~1 or word~2");
        }
        out->number = (uint32_t)(query.data[end] - '0');
        end++;
    }
    finish(lexer, out, NN_LEXEME_FUZZY, start, tilde, end);
    return NUNCIO_OK;
}

static nuncio_status lex_word(nn_lexer *lexer, nn_lexeme *out, nuncio_error *error)
{
    nuncio_str query = lexer->query;
    size_t start = lexer->offset;
    size_t letters = start;
    while (letters < query.size && is_letter(query.data[letters])) {
        letters++;
    }
    if (letters > start && letters < query.size && query.data[letters] == ':') {
        return lex_field(lexer, start, letters, out, error);
    }
    size_t end = word_end(query, start);
    if (end < query.size && query.data[end] == '*') {
        if (!is_boundary(query, end + 1)) {
            return nn_query_error(error, end, "a star can only end a word, as in negotiat*");
        }
        finish(lexer, out, NN_LEXEME_PREFIX, start, end, end + 1);
        return NUNCIO_OK;
    }
    if (end < query.size && query.data[end] == '~') {
        return lex_fuzzy(lexer, start, end, out, error);
    }
    return lex_plain_word(lexer, start, end, out, error);
}

/* + and - stand directly before their operand. */
static nuncio_status lex_sign(nn_lexer *lexer, nn_lexeme *out, nuncio_error *error)
{
    nuncio_str query = lexer->query;
    size_t start = lexer->offset;
    char sign = query.data[start];
    size_t next = start + 1;
    if (next >= query.size || nn_lexer_space(query, next) > 0 || query.data[next] == ')' ||
        query.data[next] == '^') {
        return nn_query_error(error, start, "%c needs a word directly behind it", sign);
    }
    finish(lexer, out, sign == '+' ? NN_LEXEME_PLUS : NN_LEXEME_MINUS, start, next, next);
    return NUNCIO_OK;
}

nuncio_status nn_lexer_next(nn_lexer *lexer, nn_lexeme *out, nuncio_error *error)
{
    nuncio_str query = lexer->query;
    *out = (nn_lexeme){.kind = NN_LEXEME_END};
    size_t start = lexer->offset;
    while (start < query.size && nn_lexer_space(query, start) > 0) {
        start += nn_lexer_space(query, start);
    }
    bool apart = start > lexer->offset || start == 0;
    lexer->offset = start;
    out->offset = start;
    out->end = start;
    if (start >= query.size) {
        return NUNCIO_OK;
    }
    switch (query.data[start]) {
    case '(':
        finish(lexer, out, NN_LEXEME_OPEN, start, start + 1, start + 1);
        return NUNCIO_OK;
    case ')':
        finish(lexer, out, NN_LEXEME_CLOSE, start, start + 1, start + 1);
        return NUNCIO_OK;
    case '^':
        if (apart) {
            return nn_query_error(error, start, "^ stands directly behind what it weighs");
        }
        return lex_weight(lexer, out, error);
    case '+':
    case '-':
        return lex_sign(lexer, out, error);
    case '=':
        return lex_exact(lexer, out, error);
    case '*':
    case '~':
        return nn_query_error(error, start, "%c needs a word directly before it",
                              query.data[start]);
    default:
        break;
    }
    if (quote_mark(query, start) > 0) {
        return lex_marked(lexer, NN_LEXEME_PHRASE, start, out, error);
    }
    return lex_word(lexer, out, error);
}
