/* SPDX-License-Identifier: Apache-2.0 */
/* Text → tree. parser.c reads operators and brackets, parse_leaf.c what scores, parse_field.c what
 * filters; combine.c turns the operands of a list into AND, OR, NOT and PLUS. */
#ifndef QUERY_PARSER_H
#define QUERY_PARSER_H

#include "query/language/lexer.h"
#include "query/language/node.h"
#include "query/language/words.h"

/** What surrounds the operand being read: some things may not stand in others. */
enum {
    NN_PLACE_TITLE = 1,  /* in title:( … ) */
    NN_PLACE_QUOTE = 2,  /* in quote:( … ) */
    NN_PLACE_PASSAGE = 4 /* in PASSAGE( … ) */
};

typedef struct nn_parser {
    nn_lexer lexer;
    nn_lexeme next; /* one lexeme of look-ahead */
    nn_arena *arena;
    nn_normaliser *normaliser;
    nn_buffer text; /* scratch for canonical text */
    nuncio_error *error;
    uint32_t place;      /* NN_PLACE_… */
    uint32_t depth;      /* of brackets */
    uint32_t leaf_count; /* leaves and filters so far */
    uint32_t word_count;
} nn_parser;

/**
 * Parses `text`; the tree and its canonical text live in `arena`.
 *
 * @param[in] flags NUNCIO_QUERY_…
 * @retval NUNCIO_ERR_QUERY, NUNCIO_ERR_LIMIT as nuncio_query_parse
 */
NUNCIO_NODISCARD nuncio_status nn_query_parse_text(nuncio_str text, uint32_t flags, nn_arena *arena,
                                                   nn_node **out, nuncio_str *canonical,
                                                   nuncio_error *error);

/* ---- between the files of the parser ---- */

/** Moves on to the next lexeme. */
NUNCIO_NODISCARD nuncio_status nn_parser_advance(nn_parser *parser);

/** Reads a list up to a ")" (which is read too) that closes the bracket opened at byte `open`. */
NUNCIO_NODISCARD nuncio_status nn_parse_bracket(nn_parser *parser, size_t open, nn_node **out);

/** True when the next lexeme starts a leaf: a word, phrase, prefix, fuzzy or exact word. */
bool nn_parse_at_leaf(const nn_parser *parser);
/** Reads a leaf and, when NEAR follows, the other side of it. */
NUNCIO_NODISCARD nuncio_status nn_parse_leaf(nn_parser *parser, nn_node **out);
/** Makes a node of a word leaf from words that are tokenised already. */
NUNCIO_NODISCARD nuncio_status nn_parse_word_leaf(nn_parser *parser, const nuncio_str *word,
                                                  size_t offset, nn_node **out);

/** Reads the operand of a field; the next lexeme is a FIELD or DATES. */
NUNCIO_NODISCARD nuncio_status nn_parse_field(nn_parser *parser, nn_node **out);

/** Tokenises the text of a lexeme: at least one word, within the limit on words. */
NUNCIO_NODISCARD nuncio_status nn_parse_words(nn_parser *parser, const nn_lexeme *lexeme,
                                              nn_words *out);
/** Counts one more leaf or filter. @retval NUNCIO_ERR_LIMIT there are too many */
NUNCIO_NODISCARD nuncio_status nn_parse_count_leaf(nn_parser *parser, size_t offset);

/* ---- combine.c ---- */

typedef enum nn_mark { NN_MARK_NONE = 0, NN_MARK_PLUS, NN_MARK_MINUS } nn_mark;

/** An operand of a list, in order of standing. */
typedef struct nn_item {
    nn_node *node;
    nn_mark mark;
    struct nn_item *next;
} nn_item;

/** Operands as they are read. */
typedef struct nn_item_list {
    nn_item *first, *last;
    uint32_t count;
} nn_item_list;

NUNCIO_NODISCARD nuncio_status nn_item_list_add(nn_parser *parser, nn_item_list *list,
                                                nn_node *node, nn_mark mark);
/** A node with room for `child_count` children; NULL when memory is refused. */
nn_node *nn_node_create(nn_arena *arena, nn_node_kind kind, uint32_t child_count, size_t offset);
/** AND or OR of the items (marks do not matter); one item stays itself. An OR in an OR is
 * dissolved. */
NUNCIO_NODISCARD nuncio_status nn_combine_chain(nn_parser *parser, nn_node_kind kind,
                                                const nn_item_list *items, nn_node **out);
/** What a list of marked and unmarked operands means. */
NUNCIO_NODISCARD nuncio_status nn_combine_list(nn_parser *parser, const nn_item_list *items,
                                               nn_node **out);
/** `child` negated. */
NUNCIO_NODISCARD nuncio_status nn_combine_not(nn_parser *parser, nn_node *child, nn_node **out);

#endif
