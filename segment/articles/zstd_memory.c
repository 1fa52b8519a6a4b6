/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/articles/zstd_memory.h"

#include "core/assert.h"

#include <stddef.h>

/* zstd does not say how large a block is that it gives back, so the size stands in front of it. */
typedef union block_head {
    size_t size; /* of the whole */
    max_align_t align;
} block_head;

static void *alloc_block(void *opaque, size_t size)
{
    if (size > SIZE_MAX - sizeof(block_head)) {
        return NULL;
    }
    block_head *head = nn_alloc(opaque, size + sizeof(block_head));
    if (head == NULL) {
        return NULL;
    }
    head->size = size + sizeof(block_head);
    return head + 1;
}

static void release_block(void *opaque, void *block)
{
    if (block != NULL) {
        block_head *head = (block_head *)block - 1;
        nn_release(opaque, head, head->size);
    }
}

ZSTD_customMem nn_zstd_memory(nn_memory *memory)
{
    ZSTD_customMem custom = {alloc_block, release_block, memory};
    return custom;
}
