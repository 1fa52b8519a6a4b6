/* SPDX-License-Identifier: Apache-2.0 */
/* A parsed query (docs/query-language.md). One parser serves every surface. */
#ifndef NUNCIO_QUERY_H
#define NUNCIO_QUERY_H

#include <nuncio/allocator.h>
#include <nuncio/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A query, immutable after parsing; may be shared by threads. */
typedef struct nuncio_query nuncio_query;

enum { NUNCIO_QUERY_PLAIN = 1 /* words only: no operator, mark or field has a meaning */ };

/**
 * Reads a query.
 *
 * Ownership: `*out` is the caller's; release it with nuncio_query_destroy. Cost: linear in the
 * text.
 *
 * @param[in] text      UTF-8; not needed afterwards
 * @param[in] flags     NUNCIO_QUERY_… or 0
 * @param[in] allocator NULL for the C library's
 * @retval NUNCIO_ERR_QUERY cannot be read; `error->offset` is the byte where, the message says why
 * @retval NUNCIO_ERR_LIMIT too long, too deep or too many clauses (docs/limits.md)
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_query_parse(nuncio_str text, uint32_t flags,
                                                             const nuncio_allocator *allocator,
                                                             nuncio_query **out,
                                                             nuncio_error *error);
NUNCIO_API void nuncio_query_destroy(nuncio_query *query);

/** The query as it was understood, in full brackets, for people; lives with the query. */
NUNCIO_API nuncio_str nuncio_query_explain(const nuncio_query *query);

#ifdef __cplusplus
}
#endif
#endif
