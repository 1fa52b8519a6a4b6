/* SPDX-License-Identifier: Apache-2.0 */
/* What is behind the public nuncio_query. */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "core/arena.h"
#include "query/language/node.h"

#include <nuncio/query.h>

struct nuncio_query {
    nn_memory memory;
    nn_arena arena; /* holds everything below */
    nn_node *root;
    nuncio_str explain; /* the tree in full brackets */
};

#endif
