/* SPDX-License-Identifier: Apache-2.0 */
/* Where a top object (writer, snapshot, annotator, query, overrides) takes its memory from. */
#ifndef NUNCIO_ALLOCATOR_H
#define NUNCIO_ALLOCATOR_H

#include <nuncio/common.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A memory source. Sizes are passed back, so that arenas and accounting are trivial.
 *
 * The functions must be safe to call from every thread that uses the object they were given to.
 * They return NULL to refuse; the call then fails with NUNCIO_ERR_MEMORY and leaves everything
 * consistent. A NULL allocator means the C library's.
 */
typedef struct nuncio_allocator {
    void *context;                              /* handed to each function */
    void *(*alloc)(void *context, size_t size); /* size > 0; aligned as malloc does */
    void *(*resize)(void *context, void *memory, size_t old_size, size_t new_size); /* both > 0 */
    void (*release)(void *context, void *memory, size_t size);                      /* not NULL */
} nuncio_allocator;

#ifdef __cplusplus
}
#endif
#endif
