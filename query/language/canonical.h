/* SPDX-License-Identifier: Apache-2.0 */
/* A query as text again, in full brackets: for people, as keys of leaves, and readable by the
 * parser with the same meaning (docs/query-language.md, "Canonical text"). */
#ifndef QUERY_CANONICAL_H
#define QUERY_CANONICAL_H

#include "core/arena.h"
#include "core/buffer.h"
#include "query/language/lexer.h"
#include "query/language/node.h"

/* `scratch` is what is printed to before it is copied to `arena`. */

/** Sets leaf->key. The sides of NEAR must have theirs. */
NUNCIO_NODISCARD nuncio_status nn_canonical_leaf(nn_arena *arena, nn_buffer *scratch, nn_leaf *leaf,
                                                 nuncio_error *error);

/** Sets filter->key. */
NUNCIO_NODISCARD nuncio_status nn_canonical_filter(nn_arena *arena, nn_buffer *scratch,
                                                   nn_field field, nn_filter *filter,
                                                   nuncio_error *error);

/** The tree. */
NUNCIO_NODISCARD nuncio_status nn_canonical_query(nn_arena *arena, nn_buffer *scratch,
                                                  const nn_node *root, nuncio_str *out,
                                                  nuncio_error *error);

#endif
