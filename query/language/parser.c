/* SPDX-License-Identifier: Apache-2.0 */
/* Recursive descent over the grammar of docs/query-language.md, a function a rule. Brackets are the
 * only way to recurse and NN_QUERY_DEPTH_MAX bounds them. */
#include "query/language/parser.h"

#include "core/error.h"
#include "core/str.h"
#include "query/language/canonical.h"
#include "query/limits.h"

#include <nuncio/query.h>

static nuncio_status parse_list(nn_parser *parser, nn_node **out);

nuncio_status nn_parser_advance(nn_parser *parser)
{
    return nn_lexer_next(&parser->lexer, &parser->next, parser->error);
}

/* Says why the next lexeme cannot start an operand. */
static nuncio_status operand_missing(nn_parser *parser)
{
    const nn_lexeme *next = &parser->next;
    switch (next->kind) {
    case NN_LEXEME_END:
        if (next->offset == 0 || parser->leaf_count == 0) {
            return nn_query_error(parser->error, next->offset, "there is no word to search for");
        }
        return nn_query_error(parser->error, next->offset,
                              "a word is missing at the end of the query");
    case NN_LEXEME_CLOSE:
        return nn_query_error(parser->error, next->offset, "a word is missing before this bracket");
    case NN_LEXEME_AND:
    case NN_LEXEME_OR:
    case NN_LEXEME_NOT:
        return nn_query_error(
            parser->error, next->offset,
            "an operator stands where a word is missing; lower case makes it a word");
    case NN_LEXEME_NEAR:
        return nn_query_error(parser->error, next->offset,
                              "NEAR joins two words or phrases, and cannot be chained");
    case NN_LEXEME_PLUS:
    case NN_LEXEME_MINUS:
        return nn_query_error(parser->error, next->offset,
                              "+ and - mark the operands of a list; one cannot stand here");
    case NN_LEXEME_WEIGHT:
        return nn_query_error(parser->error, next->offset,
                              "a weight stands once, directly behind what it weighs");
    case NN_LEXEME_WORD:
    case NN_LEXEME_PREFIX:
    case NN_LEXEME_FUZZY:
    case NN_LEXEME_PHRASE:
    case NN_LEXEME_EXACT:
    case NN_LEXEME_FIELD:
    case NN_LEXEME_DATES:
    case NN_LEXEME_OPEN:
    case NN_LEXEME_PASSAGE:
    default:
        return nn_query_error(parser->error, next->offset, "this cannot stand here");
    }
}

nuncio_status nn_parse_bracket(nn_parser *parser, size_t open, nn_node **out)
{
    if (parser->depth == NN_QUERY_DEPTH_MAX) {
        nuncio_status status = nn_error_set(parser->error, NUNCIO_ERR_LIMIT,
                                            "brackets stand more than %d deep", NN_QUERY_DEPTH_MAX);
        if (parser->error != NULL) {
            parser->error->offset = open;
        }
        return status;
    }
    parser->depth++;
    NN_TRY(parse_list(parser, out));
    if (parser->next.kind != NN_LEXEME_CLOSE) {
        return nn_query_error(parser->error, open, "the bracket opened here is never closed");
    }
    parser->depth--;
    return nn_parser_advance(parser);
}

static nuncio_status parse_passage(nn_parser *parser, nn_node **out)
{
    size_t open = parser->next.offset;
    if (parser->place != 0) {
        return nn_query_error(parser->error, open, "PASSAGE cannot stand inside %s",
                              (parser->place & NN_PLACE_TITLE) != 0   ? "title:"
                              : (parser->place & NN_PLACE_QUOTE) != 0 ? "quote:"
                                                                      : "PASSAGE");
    }
    NN_TRY(nn_parser_advance(parser));
    parser->place |= NN_PLACE_PASSAGE;
    nn_node *child;
    NN_TRY(nn_parse_bracket(parser, open, &child));
    parser->place &= ~(uint32_t)NN_PLACE_PASSAGE;
    nn_node *node = nn_node_create(parser->arena, NN_NODE_PASSAGE, 1, open);
    if (node == NULL) {
        return nn_error_memory(parser->error);
    }
    node->children[0] = child;
    node->scoring = child->scoring;
    *out = node;
    return NUNCIO_OK;
}

static nuncio_status parse_primary(nn_parser *parser, nn_node **out)
{
    if (nn_parse_at_leaf(parser)) {
        return nn_parse_leaf(parser, out);
    }
    if (parser->next.kind == NN_LEXEME_FIELD || parser->next.kind == NN_LEXEME_DATES) {
        return nn_parse_field(parser, out);
    }
    if (parser->next.kind == NN_LEXEME_PASSAGE) {
        return parse_passage(parser, out);
    }
    if (parser->next.kind == NN_LEXEME_OPEN) {
        size_t open = parser->next.offset;
        NN_TRY(nn_parser_advance(parser));
        return nn_parse_bracket(parser, open, out);
    }
    return operand_missing(parser);
}

/* digits [ "." digits ], 0 … NN_QUERY_WEIGHT_MAX. */
static nuncio_status read_weight(nn_parser *parser, nn_weight *out)
{
    nuncio_str text = parser->next.text;
    nn_weight weight = {.given = true};
    size_t point = text.size;
    bool good = text.size > 0;
    for (size_t i = 0; i < text.size && good; i++) {
        if (text.data[i] == '.') {
            good = point == text.size && i > 0 && i + 1 < text.size;
            point = i;
        } else {
            weight.digits = weight.digits * 10 + (uint32_t)(text.data[i] - '0');
            weight.decimals += i > point ? 1 : 0;
            good = weight.decimals <= NN_QUERY_WEIGHT_DECIMALS &&
                   (i > point || weight.digits <= NN_QUERY_WEIGHT_MAX);
        }
    }
    while (weight.decimals > 0 && weight.digits % 10 == 0) {
        weight.digits /= 10;
        weight.decimals--;
    }
    if (!good || nn_weight_value(weight) > NN_QUERY_WEIGHT_MAX) {
        return nn_query_error(parser->error, parser->next.offset,
                              "a weight is a number from 0 to %d with at most %d decimals",
                              NN_QUERY_WEIGHT_MAX, NN_QUERY_WEIGHT_DECIMALS);
    }
    *out = weight;
    return NUNCIO_OK;
}

static nuncio_status parse_boosted(nn_parser *parser, nn_node **out)
{
    nn_node *node;
    NN_TRY(parse_primary(parser, &node));
    if (parser->next.kind == NN_LEXEME_WEIGHT) {
        nn_weight weight;
        NN_TRY(read_weight(parser, &weight));
        if (!node->scoring) { /* a weight on a filter has nothing to multiply */
            *out = node;
            return nn_parser_advance(parser);
        }
        if (node->weight.given) { /* (a^2)^3: the outer weight needs a node of its own */
            nn_node *outer = nn_node_create(parser->arena, NN_NODE_OR, 1, node->offset);
            if (outer == NULL) {
                return nn_error_memory(parser->error);
            }
            outer->children[0] = node;
            outer->scoring = node->scoring;
            node = outer;
        }
        node->weight = weight;
        NN_TRY(nn_parser_advance(parser));
    }
    *out = node;
    return NUNCIO_OK;
}

static nuncio_status parse_unary(nn_parser *parser, nn_node **out)
{
    if (parser->next.kind != NN_LEXEME_NOT && parser->next.kind != NN_LEXEME_MINUS) {
        return parse_boosted(parser, out);
    }
    NN_TRY(nn_parser_advance(parser));
    nn_node *child;
    NN_TRY(parse_boosted(parser, &child));
    return nn_combine_not(parser, child, out);
}

/* and = unary { "AND" unary }, or = and { "OR" and }: one function, `kind` says which. */
static nuncio_status parse_chain(nn_parser *parser, nn_node_kind kind, nn_node **out)
{
    nn_item_list items = {0};
    nn_lexeme_kind joint = kind == NN_NODE_AND ? NN_LEXEME_AND : NN_LEXEME_OR;
    for (;;) {
        nn_node *node;
        if (kind == NN_NODE_AND) {
            NN_TRY(parse_unary(parser, &node));
        } else {
            NN_TRY(parse_chain(parser, NN_NODE_AND, &node));
        }
        bool last = parser->next.kind != joint;
        if (last && items.count == 0) { /* as nearly always */
            *out = node;
            return NUNCIO_OK;
        }
        NN_TRY(nn_item_list_add(parser, &items, node, NN_MARK_NONE));
        if (last) {
            return nn_combine_chain(parser, kind, &items, out);
        }
        NN_TRY(nn_parser_advance(parser));
    }
}

/* A list's operand with its mark. A single NOT or - marks the operand; in a chain it belongs to the
 * chain. */
static nuncio_status parse_item(nn_parser *parser, nn_item_list *items)
{
    nn_node *node;
    if (parser->next.kind == NN_LEXEME_PLUS) {
        size_t sign = parser->next.offset;
        NN_TRY(nn_parser_advance(parser));
        NN_TRY(parse_boosted(parser, &node));
        if (parser->next.kind == NN_LEXEME_AND || parser->next.kind == NN_LEXEME_OR) {
            return nn_query_error(parser->error, sign,
                                  "+ beside AND or OR has two meanings: use brackets");
        }
        return nn_item_list_add(parser, items, node, NN_MARK_PLUS);
    }
    bool negated = parser->next.kind == NN_LEXEME_MINUS || parser->next.kind == NN_LEXEME_NOT;
    NN_TRY(parse_chain(parser, NN_NODE_OR, &node));
    if (negated && node->kind == NN_NODE_NOT) {
        return nn_item_list_add(parser, items, node, NN_MARK_MINUS);
    }
    return nn_item_list_add(parser, items, node, NN_MARK_NONE);
}

static nuncio_status parse_list(nn_parser *parser, nn_node **out)
{
    nn_item_list items = {0};
    do {
        NN_TRY(parse_item(parser, &items));
    } while (parser->next.kind != NN_LEXEME_END && parser->next.kind != NN_LEXEME_CLOSE);
    return nn_combine_list(parser, &items, out);
}

/* Words without syntax: each token a word of one list. */
static nuncio_status parse_plain(nn_parser *parser, nn_node **out)
{
    nn_lexeme all = {
        .kind = NN_LEXEME_WORD, .text = parser->lexer.query, .end = parser->lexer.query.size};
    nn_words words;
    NN_TRY(nn_parse_words(parser, &all, &words));
    nn_item_list items = {0};
    for (uint32_t i = 0; i < words.count; i++) {
        nn_node *node;
        NN_TRY(nn_parse_word_leaf(parser, &words.surfaces[i], 0, &node));
        NN_TRY(nn_item_list_add(parser, &items, node, NN_MARK_NONE));
    }
    return nn_combine_list(parser, &items, out);
}

static nuncio_status parse_text(nn_parser *parser, nuncio_str text, uint32_t flags, nn_node **out)
{
    NN_TRY(nn_lexer_init(&parser->lexer, text, parser->error));
    if ((flags & NUNCIO_QUERY_PLAIN) != 0) {
        return parse_plain(parser, out);
    }
    NN_TRY(nn_parser_advance(parser));
    NN_TRY(parse_list(parser, out));
    if (parser->next.kind == NN_LEXEME_CLOSE) {
        return nn_query_error(parser->error, parser->next.offset, "this bracket was never opened");
    }
    return NUNCIO_OK;
}

nuncio_status nn_query_parse_text(nuncio_str text, uint32_t flags, nn_arena *arena, nn_node **out,
                                  nuncio_str *canonical, nuncio_error *error)
{
    nn_node *root = NULL;
    *out = NULL;
    if (text.size > NN_QUERY_BYTES_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT,
                            "the query has %zu bytes, at most %d can be read", text.size,
                            NN_QUERY_BYTES_MAX);
    }
    nn_normaliser normaliser;
    nn_normaliser_init(&normaliser, arena->memory);
    nn_parser parser = {.arena = arena, .normaliser = &normaliser, .error = error};
    nn_buffer_init(&parser.text, arena->memory);
    nuncio_status status = parse_text(&parser, text, flags, &root);
    if (status == NUNCIO_OK) {
        status = nn_canonical_query(arena, &parser.text, root, canonical, error);
    }
    nn_buffer_deinit(&parser.text);
    nn_normaliser_deinit(&normaliser);
    *out = status == NUNCIO_OK ? root : NULL;
    return status;
}
