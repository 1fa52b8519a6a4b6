/* SPDX-License-Identifier: Apache-2.0 */
#include "core/arena.h"

#include <string.h>

enum { BLOCK_SIZE_FIRST = 4096, BLOCK_SIZE_LAST = 1 << 20, ALIGNMENT = 16 };

/* A block is this header and then `size` bytes, of which `used` are given out. */
struct nn_arena_block {
    nn_arena_block *next;
    size_t size, used;
    size_t padding; /* keeps the bytes behind it aligned to 16 */
};

void nn_arena_init(nn_arena *arena, nn_memory *memory)
{
    arena->memory = memory;
    arena->head = NULL;
    arena->block_size = BLOCK_SIZE_FIRST;
}

static nn_arena_block *add_block(nn_arena *arena, size_t size)
{
    size_t wanted = arena->block_size > size ? arena->block_size : size;
    if (wanted > SIZE_MAX - sizeof(nn_arena_block)) {
        return NULL;
    }
    nn_arena_block *block =
        (nn_arena_block *)nn_alloc(arena->memory, sizeof(nn_arena_block) + wanted);
    if (block == NULL) {
        return NULL;
    }
    block->next = arena->head;
    block->size = wanted;
    block->used = 0;
    arena->head = block;
    if (arena->block_size < BLOCK_SIZE_LAST) {
        arena->block_size *= 2;
    }
    return block;
}

void *nn_arena_alloc(nn_arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) {
        return NULL;
    }
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    nn_arena_block *block = arena->head;
    if (block == NULL || block->size - block->used < size) {
        block = add_block(arena, size);
        if (block == NULL) {
            return NULL;
        }
    }
    void *memory = (uint8_t *)(block + 1) + block->used;
    block->used += size;
    return memory;
}

void *nn_arena_array(nn_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        return NULL;
    }
    void *array = nn_arena_alloc(arena, bytes);
    if (array != NULL) {
        memset(array, 0, bytes);
    }
    return array;
}

nuncio_str nn_arena_str(nn_arena *arena, nuncio_str text)
{
    nuncio_str copy = {NULL, 0};
    if (text.data == NULL || text.size == SIZE_MAX) {
        return copy;
    }
    char *bytes = (char *)nn_arena_alloc(arena, text.size + 1);
    if (bytes != NULL) {
        memcpy(bytes, text.data, text.size);
        bytes[text.size] = '\0';
        copy.data = bytes;
        copy.size = text.size;
    }
    return copy;
}

static void release_block(nn_arena *arena, nn_arena_block *block)
{
    nn_release(arena->memory, block, sizeof(nn_arena_block) + block->size);
}

void nn_arena_reset(nn_arena *arena)
{
    nn_arena_block *largest = NULL;
    for (nn_arena_block *block = arena->head, *next; block != NULL; block = next) {
        next = block->next;
        if (largest == NULL || block->size > largest->size) {
            if (largest != NULL) {
                release_block(arena, largest);
            }
            largest = block;
        } else {
            release_block(arena, block);
        }
    }
    if (largest != NULL) {
        largest->next = NULL;
        largest->used = 0;
    }
    arena->head = largest;
}

void nn_arena_clear(nn_arena *arena)
{
    for (nn_arena_block *block = arena->head, *next; block != NULL; block = next) {
        next = block->next;
        release_block(arena, block);
    }
    nn_arena_init(arena, arena->memory);
}
