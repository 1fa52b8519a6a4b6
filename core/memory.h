/* SPDX-License-Identifier: Apache-2.0 */
/* All memory of the library: an allocator behind a budget. */
#ifndef CORE_MEMORY_H
#define CORE_MEMORY_H

#include <nuncio/allocator.h>
#include <nuncio/error.h>
#include <stdatomic.h>
#include <stdbool.h>

/** What happens when a budget is used up: those who share it may wait for each other. */
typedef struct nn_memory_shortage {
    /** Waits on the thread that asked until `size` bytes may be there; false: they will not. */
    bool (*wait)(struct nn_memory_shortage *shortage, uint64_t size);
    /** Called after bytes were released while somebody waits. */
    void (*released)(struct nn_memory_shortage *shortage);
    atomic_uint_least32_t waiting; /* threads within `wait` */
} nn_memory_shortage;

/** A budgeted source of memory, one per top object; its functions may be called from any thread. */
typedef struct nn_memory {
    nuncio_allocator allocator;
    atomic_uint_least64_t used;   /* bytes handed out and not released */
    uint64_t max;                 /* budget in bytes, 0: none */
    nn_memory_shortage *shortage; /* NULL: nobody waits, what is too much is refused */
} nn_memory;

/** Sets up `memory`; a NULL allocator means the C library's. */
void nn_memory_init(nn_memory *memory, const nuncio_allocator *allocator, uint64_t max);

/** New bytes, not zeroed; NULL when refused or over budget. size 0 gives NULL. */
void *nn_alloc(nn_memory *memory, size_t size);
/** New zeroed array of count × size bytes; NULL when refused, over budget or the product overflows.
 */
void *nn_alloc_array(nn_memory *memory, size_t count, size_t size);
/** Resizes; on NULL the old block stays valid. old may be NULL with old_size 0. */
void *nn_resize(nn_memory *memory, void *old, size_t old_size, size_t new_size);
/** Releases a block of exactly that size; NULL is allowed. */
void nn_release(nn_memory *memory, void *block, size_t size);

/** Makes room for at least `count` elements of `size` bytes in an array that doubles as it grows.
 * `*array` may be NULL with `*capacity` 0. @retval NUNCIO_ERR_MEMORY the array is unchanged */
NUNCIO_NODISCARD nuncio_status nn_reserve(nn_memory *memory, void *array_pointer, size_t *capacity,
                                          size_t count, size_t size, nuncio_error *error);

#endif
