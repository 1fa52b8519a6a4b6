/* SPDX-License-Identifier: Apache-2.0 */
#include "core/memory.h"

#include "core/assert.h"
#include "core/error.h"

#include <stdlib.h>
#include <string.h>

static void *standard_alloc(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void *standard_resize(void *context, void *memory, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    return realloc(memory, new_size);
}

static void standard_release(void *context, void *memory, size_t size)
{
    (void)context;
    (void)size;
    free(memory);
}

void nn_memory_init(nn_memory *memory, const nuncio_allocator *allocator, uint64_t max)
{
    static const nuncio_allocator standard = {NULL, standard_alloc, standard_resize,
                                              standard_release};
    memory->allocator = allocator == NULL ? standard : *allocator;
    atomic_init(&memory->used, 0);
    memory->max = max;
    memory->shortage = NULL;
}

/** Books `size` bytes; false when that would exceed the budget. */
static bool try_book(nn_memory *memory, size_t size)
{
    uint64_t used = atomic_load_explicit(&memory->used, memory_order_relaxed);
    do {
        if (memory->max != 0 && (used > memory->max || size > memory->max - used)) {
            return false;
        }
    } while (!atomic_compare_exchange_weak_explicit(&memory->used, &used, used + size,
                                                    memory_order_relaxed, memory_order_relaxed));
    return true;
}

static bool book(nn_memory *memory, size_t size)
{
    while (!try_book(memory, size)) {
        if (memory->shortage == NULL || !memory->shortage->wait(memory->shortage, size)) {
            return false;
        }
    }
    return true;
}

static void unbook(nn_memory *memory, size_t size)
{
    uint64_t before = atomic_fetch_sub(&memory->used, size);
    NN_ASSERT(before >= size);
    (void)before;
    /* Who waits has said so before looking at `used`: one of the two sees the other. */
    if (memory->shortage != NULL && atomic_load(&memory->shortage->waiting) > 0) {
        memory->shortage->released(memory->shortage);
    }
}

void *nn_alloc(nn_memory *memory, size_t size)
{
    if (size == 0 || !book(memory, size)) {
        return NULL;
    }
    void *block = memory->allocator.alloc(memory->allocator.context, size);
    if (block == NULL) {
        unbook(memory, size);
    }
    return block;
}

void *nn_alloc_array(nn_memory *memory, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        return NULL;
    }
    void *block = nn_alloc(memory, bytes);
    if (block != NULL) {
        memset(block, 0, bytes);
    }
    return block;
}

void *nn_resize(nn_memory *memory, void *old, size_t old_size, size_t new_size)
{
    NN_ASSERT((old == NULL) == (old_size == 0));
    if (old == NULL) {
        return nn_alloc(memory, new_size);
    }
    if (new_size == 0) {
        return NULL;
    }
    if (new_size > old_size && !book(memory, new_size - old_size)) {
        return NULL;
    }
    void *block = memory->allocator.resize(memory->allocator.context, old, old_size, new_size);
    if (block == NULL) {
        if (new_size > old_size) {
            unbook(memory, new_size - old_size);
        }
        return NULL;
    }
    if (new_size < old_size) {
        unbook(memory, old_size - new_size);
    }
    return block;
}

void nn_release(nn_memory *memory, void *block, size_t size)
{
    if (block == NULL) {
        return;
    }
    memory->allocator.release(memory->allocator.context, block, size);
    unbook(memory, size);
}

nuncio_status nn_reserve(nn_memory *memory, void *array_pointer, size_t *capacity, size_t count,
                         size_t size, nuncio_error *error)
{
    if (count <= *capacity) {
        return NUNCIO_OK;
    }
    size_t grown = *capacity > SIZE_MAX / 2 ? SIZE_MAX : *capacity * 2;
    if (grown < 8) {
        grown = 8;
    }
    if (grown < count) {
        grown = count;
    }
    size_t bytes;
    if (__builtin_mul_overflow(grown, size, &bytes)) {
        return nn_error_memory(error);
    }
    void *old; /* the pointer behind array_pointer, whatever it points to */
    memcpy(&old, array_pointer, sizeof old);
    void *block = nn_resize(memory, old, *capacity * size, bytes);
    if (block == NULL) {
        return nn_error_memory(error);
    }
    memcpy(array_pointer, &block, sizeof block);
    *capacity = grown;
    return NUNCIO_OK;
}
