/* SPDX-License-Identifier: Apache-2.0 */
#include "core/arena.h"

#include "core/assert.h"

#include <string.h>

enum { ALIGNMENT = 16, BLOCK_MIN = 4096, BLOCK_MAX = 1 << 21 };

/* A block is this header and the bytes behind it. */
struct nn_arena_block {
    nn_arena_block *next; /* the block before it in time */
    size_t size;          /* of the whole block, header included */
    size_t used;          /* header included; a multiple of ALIGNMENT */
    size_t padding;
};
NN_STATIC_ASSERT(sizeof(nn_arena_block) % ALIGNMENT == 0, "content must be aligned");

void nn_arena_init(nn_arena *arena, nn_memory *memory)
{
    arena->memory = memory;
    arena->head = NULL;
    arena->block_size = BLOCK_MIN;
}

static void *take(nn_arena_block *block, size_t size)
{
    void *bytes = (uint8_t *)block + block->used;
    block->used += size;
    return bytes;
}

/** Serves `size` from a new block. A large request gets one of its own behind the head, so that
 * what is left in the head stays in use. */
static void *take_from_new(nn_arena *arena, size_t size)
{
    size_t needed = sizeof(nn_arena_block) + size;
    bool own = arena->head != NULL && needed > arena->block_size / 2;
    size_t block_size = own || needed > arena->block_size ? needed : arena->block_size;
    nn_arena_block *block = nn_alloc(arena->memory, block_size);
    if (block == NULL) {
        return NULL;
    }
    block->size = block_size;
    block->used = sizeof *block;
    if (own) {
        block->next = arena->head->next;
        arena->head->next = block;
    } else {
        block->next = arena->head;
        arena->head = block;
        if (arena->block_size < BLOCK_MAX) {
            arena->block_size *= 2;
        }
    }
    return take(block, size);
}

void *nn_arena_alloc(nn_arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(nn_arena_block) - ALIGNMENT) {
        return NULL;
    }
    size_t rounded = size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    nn_arena_block *head = arena->head;
    if (head != NULL && rounded <= head->size - head->used) {
        return take(head, rounded);
    }
    return take_from_new(arena, rounded);
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
    char *bytes = nn_arena_alloc(arena, text.size + 1);
    if (bytes == NULL) {
        return copy;
    }
    memcpy(bytes, text.data, text.size);
    bytes[text.size] = '\0';
    copy.data = bytes;
    copy.size = text.size;
    return copy;
}

void nn_arena_clear(nn_arena *arena)
{
    for (nn_arena_block *block = arena->head; block != NULL;) {
        nn_arena_block *next = block->next;
        nn_release(arena->memory, block, block->size);
        block = next;
    }
    arena->head = NULL;
    arena->block_size = BLOCK_MIN;
}

/** Bytes of all blocks, or one more than `most`. */
static size_t size_of(const nn_arena *arena, size_t most)
{
    size_t size = 0;
    for (const nn_arena_block *block = arena->head; block != NULL; block = block->next) {
        size = block->size > most - size ? most + 1 : size + block->size;
        if (size > most) {
            break;
        }
    }
    return size;
}

void nn_arena_reset(nn_arena *arena)
{
    nn_arena_block *head = arena->head;
    if (head == NULL || head->next == NULL) {
        if (head != NULL) {
            head->used = sizeof *head;
        }
        return;
    }
    size_t size = size_of(arena, BLOCK_MAX - 1);
    nn_arena_clear(arena);
    if (arena->memory->max == 0) { /* a budget may have room for less */
        arena->block_size = size;
    }
}

void nn_arena_keep(nn_arena *arena, size_t most)
{
    if (size_of(arena, most) > most) {
        nn_arena_clear(arena);
    } else {
        nn_arena_reset(arena);
    }
}
