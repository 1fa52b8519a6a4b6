/* SPDX-License-Identifier: Apache-2.0 */
/* title: and quote: wrap what they hold; the other fields are filters with a value. */
#include "core/error.h"
#include "core/str.h"
#include "query/language/canonical.h"
#include "query/language/parser.h"
#include "query/limits.h"

#include <string.h>

enum {
    /* limit query: a code behind `lang:` | refused, NUNCIO_ERR_QUERY */
    LANG_CODE_MAX = 35
}; /* the longest tag that RFC 5646 asks programs to hold */

/* What stands behind title: or quote:, a leaf or a group, read with `place` set. */
static nuncio_status parse_wrapped(nn_parser *parser, nn_field field, uint32_t place, nn_node **out)
{
    uint32_t outer = parser->place;
    parser->place |= place;
    if (nn_parse_at_leaf(parser)) {
        NN_TRY(nn_parse_leaf(parser, out));
        if ((*out)->leaf->kind == NN_LEAF_NEAR) {
            return nn_query_error(parser->error, (*out)->offset,
                                  "brackets are missing: %s:(… NEAR/%u …)", nn_field_name(field),
                                  (*out)->leaf->distance);
        }
    } else if (parser->next.kind == NN_LEXEME_OPEN) {
        size_t open = parser->next.offset;
        NN_TRY(nn_parser_advance(parser));
        NN_TRY(nn_parse_bracket(parser, open, out));
    } else {
        return nn_query_error(parser->error, parser->next.offset,
                              "%s: needs a word, a phrase or a bracket behind it",
                              nn_field_name(field));
    }
    parser->place = outer;
    return NUNCIO_OK;
}

static nuncio_status parse_quote(nn_parser *parser, size_t offset, nn_node **out)
{
    nn_node *child;
    NN_TRY(parse_wrapped(parser, NN_FIELD_QUOTE, NN_PLACE_QUOTE, &child));
    nn_node *node = nn_node_create(parser->arena, NN_NODE_QUOTE, 1, offset);
    if (node == NULL) {
        return nn_error_memory(parser->error);
    }
    node->children[0] = child;
    node->scoring = child->scoring;
    *out = node;
    return NUNCIO_OK;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A language code, in lower case. */
static nuncio_status read_lang(nn_parser *parser, const nn_lexeme *value, nn_filter *filter)
{
    bool good = value->text.size > 0 && value->text.size <= LANG_CODE_MAX;
    char *code = nn_arena_alloc(parser->arena, LANG_CODE_MAX);
    if (code == NULL) {
        return nn_error_memory(parser->error);
    }
    for (size_t i = 0; i < value->text.size && good; i++) {
        code[i] = lower(value->text.data[i]);
        good = (code[i] >= 'a' && code[i] <= 'z') || (code[i] >= '0' && code[i] <= '9') ||
               code[i] == '-';
    }
    if (!good) {
        return nn_query_error(parser->error, value->offset,
                              "lang: needs a language code, such as en or fr");
    }
    filter->text = nn_str(code, value->text.size);
    return NUNCIO_OK;
}

static uint32_t date_number(nuncio_date date, bool last)
{
    uint32_t month = date.precision >= NUNCIO_DATE_MONTH ? date.month : (last ? 12u : 1u);
    uint32_t day = date.precision >= NUNCIO_DATE_DAY ? date.day : (last ? 31u : 1u);
    return ((uint32_t)date.year * 16 + month) * 32 + day;
}

/* One end of a range; empty text is open. */
static nuncio_status read_date(nn_parser *parser, nuncio_str text, size_t offset, nuncio_date *out)
{
    *out = (nuncio_date){0};
    enum { DAY_BYTES = 10 }; /* 2023-03-02: no time of day */
    nuncio_error reason;
    if (text.size > 0 &&
        (text.size > DAY_BYTES || nuncio_date_parse(text, out, &reason) != NUNCIO_OK)) {
        return nn_query_error(
            parser->error, offset,
            "date: needs 2023, 2023-03 or 2023-03-02, or two of them with .. between");
    }
    return NUNCIO_OK;
}

static nuncio_status read_dates(nn_parser *parser, const nn_lexeme *value, nn_filter *filter)
{
    nuncio_str text = value->text;
    size_t offset = (size_t)(text.data - parser->lexer.query.data);
    size_t dots = 0;
    while (dots + 1 < text.size && !(text.data[dots] == '.' && text.data[dots + 1] == '.')) {
        dots++;
    }
    if (dots + 1 >= text.size) {
        NN_TRY(read_date(parser, text, offset, &filter->from));
        filter->to = filter->from;
    } else {
        nuncio_str second = nn_str(text.data + dots + 2, text.size - dots - 2);
        NN_TRY(read_date(parser, nn_str(text.data, dots), offset, &filter->from));
        NN_TRY(read_date(parser, second, offset + dots + 2, &filter->to));
    }
    bool from = filter->from.precision != NUNCIO_DATE_NONE;
    bool to = filter->to.precision != NUNCIO_DATE_NONE;
    if (!from && !to) {
        return nn_query_error(parser->error, offset, "date: needs at least one date");
    }
    if (from && to && date_number(filter->from, false) > date_number(filter->to, true)) {
        return nn_query_error(parser->error, offset, "this range of dates ends before it begins");
    }
    return NUNCIO_OK;
}

static nn_filter_kind filter_kind(nn_field field)
{
    switch (field) {
    case NN_FIELD_SOURCE:
        return NN_FILTER_SOURCE;
    case NN_FIELD_LANG:
        return NN_FILTER_LANG;
    case NN_FIELD_DATE:
        return NN_FILTER_DATE;
    case NN_FIELD_SPEAKER:
        return NN_FILTER_SPEAKER;
    case NN_FIELD_PERSON:
    case NN_FIELD_PLACE:
    case NN_FIELD_ORG:
    case NN_FIELD_ENTITY:
    case NN_FIELD_TITLE:
    case NN_FIELD_QUOTE:
    case NN_FIELD_COUNT:
    default:
        return NN_FILTER_MENTION;
    }
}

static nuncio_entity_type entity_type(nn_field field)
{
    return field == NN_FIELD_PERSON  ? NUNCIO_ENTITY_PERSON
           : field == NN_FIELD_PLACE ? NUNCIO_ENTITY_PLACE
           : field == NN_FIELD_ORG   ? NUNCIO_ENTITY_ORGANISATION
                                     : NUNCIO_ENTITY_NONE;
}

/* The value behind a filter's colon, which is the next lexeme. */
static nuncio_status read_value(nn_parser *parser, nn_field field, nn_filter *filter)
{
    const nn_lexeme *value = &parser->next;
    if (field == NN_FIELD_DATE) {
        return read_dates(parser, value, filter);
    }
    if (value->kind != NN_LEXEME_WORD && value->kind != NN_LEXEME_PHRASE) {
        return nn_query_error(parser->error, value->offset,
                              "%s: needs a word or a phrase in quote marks behind it",
                              nn_field_name(field));
    }
    if (field == NN_FIELD_LANG) {
        return read_lang(parser, value, filter);
    }
    nn_words words;
    NN_TRY(nn_parse_words(parser, value, &words));
    filter->word_count = words.count;
    filter->text = words.text;
    return nn_query_words_fold(parser->normaliser, parser->arena, &words, &filter->words,
                               parser->error);
}

static nuncio_status parse_filter(nn_parser *parser, nn_field field, size_t offset, nn_node **out)
{
    NN_TRY(nn_parse_count_leaf(parser, offset));
    nn_filter *filter = nn_arena_array(parser->arena, 1, sizeof *filter);
    if (filter == NULL) {
        return nn_error_memory(parser->error);
    }
    filter->kind = filter_kind(field);
    filter->type = entity_type(field);
    NN_TRY(read_value(parser, field, filter));
    NN_TRY(nn_canonical_filter(parser->arena, &parser->text, field, filter, parser->error));
    nn_node *node = nn_node_create(parser->arena, NN_NODE_FILTER, 0, offset);
    if (node == NULL) {
        return nn_error_memory(parser->error);
    }
    node->filter = filter;
    *out = node;
    return nn_parser_advance(parser);
}

nuncio_status nn_parse_field(nn_parser *parser, nn_node **out)
{
    size_t offset = parser->next.offset;
    nn_field field = parser->next.kind == NN_LEXEME_DATES ? NN_FIELD_DATE : parser->next.field;
    bool in_title = (parser->place & NN_PLACE_TITLE) != 0;
    bool in_quote = (parser->place & NN_PLACE_QUOTE) != 0;
    if (in_title || (in_quote && field != NN_FIELD_SPEAKER)) {
        return nn_query_error(parser->error, offset,
                              "%s: cannot stand inside %s:", nn_field_name(field),
                              in_title ? "title" : "quote");
    }
    if (field != NN_FIELD_DATE) { /* a date's value came with its name */
        NN_TRY(nn_parser_advance(parser));
    }
    if (field == NN_FIELD_TITLE) {
        return parse_wrapped(parser, field, NN_PLACE_TITLE, out);
    }
    if (field == NN_FIELD_QUOTE) {
        return parse_quote(parser, offset, out);
    }
    return parse_filter(parser, field, offset, out);
}
