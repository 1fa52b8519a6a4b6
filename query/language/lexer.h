/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts a query into the tokens of docs/query-language.md. */
#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include <nuncio/error.h>

typedef enum nn_lexeme_kind {
    NN_LEXEME_END = 0,
    NN_LEXEME_WORD,    /* text: as written, not yet tokenised */
    NN_LEXEME_PREFIX,  /* text: without the star */
    NN_LEXEME_FUZZY,   /* text: without the tilde; number: distance */
    NN_LEXEME_PHRASE,  /* text: between the marks */
    NN_LEXEME_EXACT,   /* text: the word, or what is between the marks */
    NN_LEXEME_FIELD,   /* field; the operand follows at once */
    NN_LEXEME_DATES,   /* text: what stands behind date: */
    NN_LEXEME_OPEN,    /* ( */
    NN_LEXEME_CLOSE,   /* ) */
    NN_LEXEME_PASSAGE, /* PASSAGE( */
    NN_LEXEME_PLUS,
    NN_LEXEME_MINUS,
    NN_LEXEME_AND,
    NN_LEXEME_OR,
    NN_LEXEME_NOT,
    NN_LEXEME_NEAR,  /* number: tokens between */
    NN_LEXEME_WEIGHT /* text: the number behind ^ */
} nn_lexeme_kind;

typedef enum nn_field {
    NN_FIELD_TITLE = 0,
    NN_FIELD_QUOTE,
    NN_FIELD_SOURCE,
    NN_FIELD_LANG,
    NN_FIELD_DATE,
    NN_FIELD_SPEAKER,
    NN_FIELD_PERSON,
    NN_FIELD_PLACE,
    NN_FIELD_ORG,
    NN_FIELD_ENTITY,
    NN_FIELD_COUNT
} nn_field;

/** The field's name without colon; static storage. */
const char *nn_field_name(nn_field field);

typedef struct nn_lexeme {
    nn_lexeme_kind kind;
    nn_field field;  /* FIELD */
    uint32_t number; /* FUZZY, NEAR */
    nuncio_str text; /* view into the query */
    size_t offset;   /* first byte in the query */
    size_t end;      /* behind its last byte */
} nn_lexeme;

typedef struct nn_lexer {
    nuncio_str query;
    size_t offset; /* of the next byte to read */
} nn_lexer;

/** Starts at the first byte. @retval NUNCIO_ERR_QUERY not UTF-8, or a NUL in it */
NUNCIO_NODISCARD nuncio_status nn_lexer_init(nn_lexer *lexer, nuncio_str query,
                                             nuncio_error *error);

/** Reads the next lexeme; END again and again at the end. Cost: linear over the whole query.
 * @retval NUNCIO_ERR_QUERY a mark that is not closed or stands where it means nothing */
NUNCIO_NODISCARD nuncio_status nn_lexer_next(nn_lexer *lexer, nn_lexeme *out, nuncio_error *error);

/** Reports NUNCIO_ERR_QUERY at a byte of the query. */
nuncio_status nn_query_error(nuncio_error *error, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#ifdef __clang_analyzer__ /* as in core/error.h */
#define nn_query_error(...) (nn_query_error(__VA_ARGS__), NUNCIO_ERR_QUERY)
#endif

/** `text` cut to at most 40 bytes at a character, for "%.*s" in messages. */
int nn_query_excerpt(nuncio_str text);

/** Length of the white space character (Unicode) at `offset`, 0 when there is none. */
size_t nn_lexer_space(nuncio_str query, size_t offset);

#endif
