/* SPDX-License-Identifier: Apache-2.0 */
/* The public face of the parser. */
#include "query/language/query.h"

#include "core/error.h"
#include "query/language/parser.h"

nuncio_status nuncio_query_parse(nuncio_str text, uint32_t flags, const nuncio_allocator *allocator,
                                 nuncio_query **out, nuncio_error *error)
{
    *out = NULL;
    if ((flags & ~(uint32_t)NUNCIO_QUERY_PLAIN) != 0) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "unknown query flags: 0x%x", flags);
    }
    nn_memory memory;
    nn_memory_init(&memory, allocator, 0);
    nuncio_query *query = nn_alloc_array(&memory, 1, sizeof *query);
    if (query == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&query->memory, allocator, 0);
    nn_arena_init(&query->arena, &query->memory);
    nuncio_status status =
        nn_query_parse_text(text, flags, &query->arena, &query->root, &query->explain, error);
    if (status != NUNCIO_OK) {
        nuncio_query_destroy(query);
        return status;
    }
    *out = query;
    return NUNCIO_OK;
}

void nuncio_query_destroy(nuncio_query *query)
{
    if (query == NULL) {
        return;
    }
    nn_arena_clear(&query->arena);
    nuncio_allocator allocator = query->memory.allocator;
    allocator.release(allocator.context, query, sizeof *query);
}

nuncio_str nuncio_query_explain(const nuncio_query *query)
{
    return query->explain;
}
