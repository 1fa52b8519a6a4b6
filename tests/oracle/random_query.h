/* SPDX-License-Identifier: Apache-2.0 */
/* Queries as trees, and as the text that must be read as that tree. */
#ifndef ORACLE_RANDOM_QUERY_H
#define ORACLE_RANDOM_QUERY_H

#include "core/buffer.h"
#include "oracle/oracle.h"
#include "oracle/random_article.h"

enum { RANDOM_NODES_MAX = 256 };

/** A query; its nodes live in it. */
typedef struct random_query {
    oracle_node nodes[RANDOM_NODES_MAX];
    size_t count;
    oracle_node *root;
    bool plain;  /* to be parsed with NUNCIO_QUERY_PLAIN */
    bool beside; /* QUOTE(AND(SPEAKER, x)), to be printed as speaker: and quote: side by side */
} random_query;

/** Makes a query, mostly of words that stand in `archive`. */
void random_query_make(test_prng *prng, const random_world *world, const oracle *archive,
                       random_query *out);
/** Prints it, with as few brackets as the grammar needs and now and then some more. */
void random_query_print(test_prng *prng, const random_query *query, nn_buffer *out);

/** Makes `*out` a smaller query: `query` with the change of that number, from 0. False when there
 * is none. */
bool random_query_shrink(const random_query *query, size_t number, random_query *out);

#endif
