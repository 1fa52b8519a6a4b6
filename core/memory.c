/* SPDX-License-Identifier: Apache-2.0 */
#include "core/memory.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"

static void *system_alloc(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void *system_resize(void *context, void *memory, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    return realloc(memory, new_size);
}

static void system_release(void *context, void *memory, size_t size)
{
    (void)context;
    (void)size;
    free(memory);
}

void nn_memory_init(nn_memory *memory, const nuncio_allocator *allocator, uint64_t max)
{
    static const nuncio_allocator system = {NULL, system_alloc, system_resize, system_release};
    memory->allocator = allocator == NULL ? system : *allocator;
    atomic_init(&memory->used, 0);
    memory->max = max;
}

/* Takes `size` bytes off the budget; false when they are not there. */
static bool charge(nn_memory *memory, size_t size)
{
    uint64_t before = atomic_fetch_add_explicit(&memory->used, size, memory_order_relaxed);
    if (memory->max != 0 && (before > memory->max || size > memory->max - before)) {
        atomic_fetch_sub_explicit(&memory->used, size, memory_order_relaxed);
        return false;
    }
    return true;
}

static void discharge(nn_memory *memory, size_t size)
{
    atomic_fetch_sub_explicit(&memory->used, size, memory_order_relaxed);
}

void *nn_alloc(nn_memory *memory, size_t size)
{
    if (size == 0 || !charge(memory, size)) {
        return NULL;
    }
    void *block = memory->allocator.alloc(memory->allocator.context, size);
    if (block == NULL) {
        discharge(memory, size);
    }
    return block;
}

void *nn_alloc_array(nn_memory *memory, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        return NULL;
    }
    void *array = nn_alloc(memory, bytes);
    if (array != NULL) {
        memset(array, 0, bytes);
    }
    return array;
}

void *nn_resize(nn_memory *memory, void *old, size_t old_size, size_t new_size)
{
    if (old == NULL) {
        return nn_alloc(memory, new_size);
    }
    if (new_size == 0 || (new_size > old_size && !charge(memory, new_size - old_size))) {
        return NULL;
    }
    void *block = memory->allocator.resize(memory->allocator.context, old, old_size, new_size);
    if (block == NULL) {
        if (new_size > old_size) {
            discharge(memory, new_size - old_size);
        }
        return NULL;
    }
    if (new_size < old_size) {
        discharge(memory, old_size - new_size);
    }
    return block;
}

void nn_release(nn_memory *memory, void *block, size_t size)
{
    if (block != NULL) {
        memory->allocator.release(memory->allocator.context, block, size);
        discharge(memory, size);
    }
}

nuncio_status nn_reserve(nn_memory *memory, void *array_pointer, size_t *capacity, size_t count,
                         size_t size, nuncio_error *error)
{
    if (count <= *capacity) {
        return NUNCIO_OK;
    }
    size_t wanted = *capacity > SIZE_MAX / 2 ? count : *capacity * 2;
    wanted = wanted < count ? count : wanted;
    wanted = wanted < 8 ? 8 : wanted;
    size_t bytes;
    if (__builtin_mul_overflow(wanted, size, &bytes)) {
        return nn_error_memory(error);
    }
    void *array;
    memcpy(&array, array_pointer, sizeof array); /* any T **, without aliasing it as void ** */
    array = nn_resize(memory, array, *capacity * size, bytes);
    if (array == NULL) {
        return nn_error_memory(error);
    }
    memcpy(array_pointer, &array, sizeof array);
    *capacity = wanted;
    return NUNCIO_OK;
}
