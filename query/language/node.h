/* SPDX-License-Identifier: Apache-2.0 */
/* A query as a tree, after parsing: what parser.c makes, canonical.c prints and plan.c runs.
 *
 *   +lavrov "new start" -draft source:tass
 *
 *   PLUS ─ required: LEAF lavrov, FILTER source:tass, NOT ─ LEAF draft
 *        └ optional: LEAF "new start"
 *
 * Nodes live in the arena of their query and never change after parsing. */
#ifndef QUERY_NODE_H
#define QUERY_NODE_H

#include <nuncio/annotation.h>
#include <nuncio/article.h>

typedef enum nn_leaf_kind {
    NN_LEAF_WORDS = 0, /* a word, or a phrase of several */
    NN_LEAF_EXACT,     /* the same by surface form */
    NN_LEAF_PREFIX,
    NN_LEAF_FUZZY,
    NN_LEAF_NEAR
} nn_leaf_kind;

/** Something that occurs at places in a passage (docs/query-language.md, "What a leaf matches"). */
typedef struct nn_leaf {
    nn_leaf_kind kind;
    bool in_title;                      /* only occurrences in the title count */
    uint32_t distance;                  /* FUZZY: edits; NEAR: tokens between */
    uint32_t word_count;                /* WORDS, EXACT: ≥ 1; PREFIX, FUZZY: 1; NEAR: 0 */
    const nuncio_str *words;            /* surface forms; PREFIX, FUZZY: the folded word */
    nuncio_str text;                    /* the words joined by single spaces */
    const struct nn_leaf *left, *right; /* NEAR only */
    nuncio_str key;                     /* canonical text: names the leaf and orders the sums */
} nn_leaf;

typedef enum nn_filter_kind {
    NN_FILTER_SOURCE = 0,
    NN_FILTER_LANG,
    NN_FILTER_DATE,
    NN_FILTER_SPEAKER,
    NN_FILTER_MENTION /* person: place: org: entity: */
} nn_filter_kind;

/** Something that is true or false and adds no score. */
typedef struct nn_filter {
    nn_filter_kind kind;
    nuncio_entity_type type; /* MENTION; NONE for any */
    uint32_t word_count;     /* SOURCE, SPEAKER, MENTION: words of the value */
    const nuncio_str *words;
    nuncio_str text;      /* the words joined by single spaces; LANG: the code */
    nuncio_date from, to; /* DATE: both ends included; precision NONE: open */
    nuncio_str key;       /* canonical text */
} nn_filter;

typedef enum nn_node_kind {
    NN_NODE_LEAF = 0,
    NN_NODE_FILTER,
    NN_NODE_NOT,     /* one child */
    NN_NODE_AND,     /* two or more children */
    NN_NODE_OR,      /* two or more children */
    NN_NODE_PLUS,    /* required children, then children that only add to the score */
    NN_NODE_PASSAGE, /* one child, read over one passage */
    NN_NODE_QUOTE    /* one child, read over one quote */
} nn_node_kind;

/** A weight as it was written, so that it can be printed: 250, 2 is 2.50. */
typedef struct nn_weight {
    uint32_t digits;   /* without the point */
    uint32_t decimals; /* of them behind the point, 0 … NN_QUERY_WEIGHT_DECIMALS, no zero last */
    bool given;
} nn_weight;

typedef struct nn_node {
    nn_node_kind kind;
    bool scoring; /* a leaf under it adds to scores */
    nn_weight weight;
    const nn_leaf *leaf;       /* LEAF */
    const nn_filter *filter;   /* FILTER */
    struct nn_node **children; /* the other kinds */
    uint32_t child_count;
    uint32_t required_count; /* PLUS: so many of the first children are required */
    size_t offset;           /* byte in the query where it starts, for messages */
} nn_node;

/** The weight as a number: 1 when none was given. Exact: digits below 2^53 by a power of ten. */
double nn_weight_value(nn_weight weight);

#endif
