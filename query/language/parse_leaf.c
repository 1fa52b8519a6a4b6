/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves: words, phrases, prefixes, fuzzy and exact words, and NEAR between two of them. */
#include "core/error.h"
#include "query/language/canonical.h"
#include "query/language/parser.h"
#include "query/limits.h"
#include "text/utf8.h"

static nuncio_status limit_error(nn_parser *parser, size_t offset, const char *what, int limit)
{
    nuncio_status status =
        nn_error_set(parser->error, NUNCIO_ERR_LIMIT, "the query has more than %d %s", limit, what);
    if (parser->error != NULL) {
        parser->error->offset = offset;
    }
    return status;
}

nuncio_status nn_parse_count_leaf(nn_parser *parser, size_t offset)
{
    if (parser->leaf_count == NN_QUERY_LEAVES_MAX) {
        return limit_error(parser, offset, "words, phrases and filters", NN_QUERY_LEAVES_MAX);
    }
    parser->leaf_count++;
    return NUNCIO_OK;
}

nuncio_status nn_parse_words(nn_parser *parser, const nn_lexeme *lexeme, nn_words *out)
{
    NN_TRY(
        nn_query_words_read(parser->normaliser, parser->arena, lexeme->text, out, parser->error));
    if (out->count == 0) {
        if (lexeme->text.size == 0) {
            return nn_query_error(parser->error, lexeme->offset, "there is no word to search for");
        }
        return nn_query_error(parser->error, lexeme->offset,
                              "there is no letter or digit to search for in %.*s",
                              nn_query_excerpt(lexeme->text), lexeme->text.data);
    }
    if (out->count > NN_QUERY_WORDS_MAX - parser->word_count) {
        return limit_error(parser, lexeme->offset, "words", NN_QUERY_WORDS_MAX);
    }
    parser->word_count += out->count;
    return NUNCIO_OK;
}

bool nn_parse_at_leaf(const nn_parser *parser)
{
    nn_lexeme_kind kind = parser->next.kind;
    return kind == NN_LEXEME_WORD || kind == NN_LEXEME_PHRASE || kind == NN_LEXEME_PREFIX ||
           kind == NN_LEXEME_FUZZY || kind == NN_LEXEME_EXACT;
}

static uint32_t letter_count(nuncio_str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        count += ((uint8_t)text.data[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    return count;
}

/* A word before a star or tilde: one token, of at least two letters. */
static nuncio_status read_folded(nn_parser *parser, const nn_words *words, nn_leaf *leaf)
{
    const nn_lexeme *lexeme = &parser->next;
    char mark = lexeme->kind == NN_LEXEME_PREFIX ? '*' : '~';
    if (words->count != 1) {
        return nn_query_error(parser->error, lexeme->offset,
                              "%.*s is more than one word: %c takes one",
                              nn_query_excerpt(lexeme->text), lexeme->text.data, mark);
    }
    const nuncio_str *folded;
    NN_TRY(nn_query_words_fold(parser->normaliser, parser->arena, words, &folded, parser->error));
    if (letter_count(folded[0]) < NN_QUERY_LETTERS_MIN) {
        return nn_query_error(parser->error, lexeme->offset,
                              "%c needs at least %d letters before it", mark, NN_QUERY_LETTERS_MIN);
    }
    leaf->words = folded;
    leaf->text = folded[0];
    return NUNCIO_OK;
}

static nuncio_status finish_leaf(nn_parser *parser, nn_leaf *leaf, size_t offset, nn_node **out)
{
    leaf->in_title = (parser->place & NN_PLACE_TITLE) != 0;
    NN_TRY(nn_canonical_leaf(parser->arena, &parser->text, leaf, parser->error));
    nn_node *node = nn_node_create(parser->arena, NN_NODE_LEAF, 0, offset);
    if (node == NULL) {
        return nn_error_memory(parser->error);
    }
    node->leaf = leaf;
    node->scoring = true;
    *out = node;
    return NUNCIO_OK;
}

/* Reads the next lexeme as a leaf without key. */
static nuncio_status read_leaf(nn_parser *parser, nn_leaf **out)
{
    const nn_lexeme *lexeme = &parser->next;
    NN_TRY(nn_parse_count_leaf(parser, lexeme->offset));
    nn_leaf *leaf = nn_arena_array(parser->arena, 1, sizeof *leaf);
    if (leaf == NULL) {
        return nn_error_memory(parser->error);
    }
    nn_words words;
    NN_TRY(nn_parse_words(parser, lexeme, &words));
    leaf->word_count = words.count;
    leaf->words = words.surfaces;
    leaf->text = words.text;
    if (lexeme->kind == NN_LEXEME_PREFIX || lexeme->kind == NN_LEXEME_FUZZY) {
        leaf->kind = lexeme->kind == NN_LEXEME_PREFIX ? NN_LEAF_PREFIX : NN_LEAF_FUZZY;
        leaf->distance = lexeme->number;
        NN_TRY(read_folded(parser, &words, leaf));
    } else {
        leaf->kind = lexeme->kind == NN_LEXEME_EXACT ? NN_LEAF_EXACT : NN_LEAF_WORDS;
    }
    *out = leaf;
    return nn_parser_advance(parser);
}

nuncio_status nn_parse_leaf(nn_parser *parser, nn_node **out)
{
    size_t offset = parser->next.offset;
    nn_leaf *left;
    NN_TRY(read_leaf(parser, &left));
    if (parser->next.kind != NN_LEXEME_NEAR) {
        return finish_leaf(parser, left, offset, out);
    }
    uint32_t distance = parser->next.number;
    NN_TRY(nn_parser_advance(parser));
    if (!nn_parse_at_leaf(parser)) {
        return nn_query_error(parser->error, parser->next.offset,
                              "NEAR needs a word or phrase on its right side");
    }
    nn_leaf *right;
    NN_TRY(read_leaf(parser, &right));
    if (parser->next.kind == NN_LEXEME_NEAR) {
        return nn_query_error(parser->error, parser->next.offset,
                              "NEAR joins two words or phrases, and cannot be chained");
    }
    nn_leaf *near = nn_arena_array(parser->arena, 1, sizeof *near);
    if (near == NULL) {
        return nn_error_memory(parser->error);
    }
    near->kind = NN_LEAF_NEAR;
    near->distance = distance;
    near->left = left;
    near->right = right;
    NN_TRY(nn_canonical_leaf(parser->arena, &parser->text, left, parser->error));
    NN_TRY(nn_canonical_leaf(parser->arena, &parser->text, right, parser->error));
    return finish_leaf(parser, near, offset, out);
}

nuncio_status nn_parse_word_leaf(nn_parser *parser, const nuncio_str *word, size_t offset,
                                 nn_node **out)
{
    NN_TRY(nn_parse_count_leaf(parser, offset));
    nn_leaf *leaf = nn_arena_array(parser->arena, 1, sizeof *leaf);
    if (leaf == NULL) {
        return nn_error_memory(parser->error);
    }
    leaf->kind = NN_LEAF_WORDS;
    leaf->word_count = 1;
    leaf->words = word;
    leaf->text = *word;
    return finish_leaf(parser, leaf, offset, out);
}
