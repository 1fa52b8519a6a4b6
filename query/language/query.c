/* SPDX-License-Identifier: Apache-2.0 */
/* The public face of the parser. */
#include "query/language/query.h"

#include "core/error.h"
#include "query/language/canonical.h"
#include "query/language/parser.h"

static nuncio_status keep_explain(nuncio_query *query, nuncio_error *error)
{
    nn_buffer buffer;
    nn_buffer_init(&buffer, &query->memory);
    nn_canonical_query(query->root, &buffer);
    nuncio_status status = nn_buffer_status(&buffer, error);
    if (status == NUNCIO_OK) {
        query->explain = nn_arena_str(&query->arena, nn_buffer_str(&buffer));
        status = query->explain.data == NULL ? nn_error_memory(error) : NUNCIO_OK;
    }
    nn_buffer_deinit(&buffer);
    return status;
}

static nuncio_status fill(nuncio_query *query, nuncio_str text, uint32_t flags, nuncio_error *error)
{
    nn_analyzer *analyzer;
    NN_TRY(nn_analyzer_create(&query->memory, &analyzer, error));
    nuncio_status status =
        nn_query_parse_text(text, flags, analyzer, &query->arena, &query->root, error);
    nn_analyzer_destroy(analyzer);
    NN_TRY(status);
    return keep_explain(query, error);
}

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
    nuncio_status status = fill(query, text, flags, error);
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
