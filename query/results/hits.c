/* SPDX-License-Identifier: Apache-2.0 */
/* The result object. */
#include "query/results/hits.h"

nuncio_status nn_hits_create(const nuncio_allocator *allocator, nuncio_hits **out,
                             nuncio_error *error)
{
    *out = NULL;
    nn_memory memory;
    nn_memory_init(&memory, allocator, 0);
    nuncio_hits *hits = nn_alloc_array(&memory, 1, sizeof *hits);
    if (hits == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&hits->memory, allocator, 0);
    nn_arena_init(&hits->arena, &hits->memory);
    *out = hits;
    return NUNCIO_OK;
}

void nuncio_hits_destroy(nuncio_hits *hits)
{
    if (hits == NULL) {
        return;
    }
    nn_arena_clear(&hits->arena);
    nuncio_allocator allocator = hits->memory.allocator;
    allocator.release(allocator.context, hits, sizeof *hits);
}

size_t nuncio_hits_count(const nuncio_hits *hits)
{
    return hits->count;
}

const nuncio_hit *nuncio_hits_at(const nuncio_hits *hits, size_t index)
{
    return index < hits->count ? &hits->items[index] : NULL;
}

uint64_t nuncio_hits_total(const nuncio_hits *hits)
{
    return hits->total;
}

bool nuncio_hits_total_is_exact(const nuncio_hits *hits)
{
    return hits->total_exact;
}

nuncio_str nuncio_hits_after(const nuncio_hits *hits)
{
    return hits->after;
}

nuncio_str nuncio_hits_explain_query(const nuncio_hits *hits)
{
    return hits->explain_query;
}
