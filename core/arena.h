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

/** A few blocks that arenas of one kind leave to the next, so that what every search needs is not
 * asked of the allocator, and its pages of the system, each time. For any number of threads. */
enum { NN_SPARES = 8, NN_SPARE_ROOM = 1 << 20 /* bytes of a block that is kept */ };
typedef struct nn_spares {
    nn_memory *memory; /* without a budget */
    _Atomic(nn_arena_block *) blocks[NN_SPARES];
    atomic_size_t wanted; /* bytes of a block in which a use so far would have had all it needed */
} nn_spares;

void nn_spares_init(nn_spares *spares, nn_memory *memory);
void nn_spares_deinit(nn_spares *spares);

void nn_arena_init(nn_arena *arena, nn_memory *memory);
/** Begins with a spare block, if there is one; not where the arena's memory has a budget. */
void nn_arena_borrow(nn_arena *arena, nn_spares *spares);
/** Releases everything, but leaves the block if it was the only one. */
void nn_arena_give_back(nn_arena *arena, nn_spares *spares);
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
/** Releases everything; the arena may be used again. */
void nn_arena_clear(nn_arena *arena);

#endif
