/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is given back all at once: per query, per article. */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include "core/memory.h"

typedef struct nn_arena_block nn_arena_block;
typedef struct nn_arena {
    nn_memory *memory;
    nn_arena_block *head; /* newest block first */
    size_t block_size;    /* size of the next block */
} nn_arena;

void nn_arena_init(nn_arena *arena, nn_memory *memory);
/** New bytes aligned to 16, not zeroed; NULL when refused. */
void *nn_arena_alloc(nn_arena *arena, size_t size);
/** Zeroed count × size; NULL when refused or overflowing. */
void *nn_arena_array(nn_arena *arena, size_t count, size_t size);
/** A copy of text, NUL-terminated beyond its size; data NULL when refused (never for absent input,
 * which stays absent). */
nuncio_str nn_arena_str(nn_arena *arena, nuncio_str text);
/** Forgets everything. A single block is kept. For several, where there is no budget, the next
 * allocation takes one of their size, so that an arena in steady use asks for no memory. */
void nn_arena_reset(nn_arena *arena);
/** The same, but where its blocks have more than `most` bytes it releases them. */
void nn_arena_keep(nn_arena *arena, size_t most);
/** Releases everything; the arena may be used again. */
void nn_arena_clear(nn_arena *arena);

#endif
