/* SPDX-License-Identifier: Apache-2.0 */
#include "core/huge_pages.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The sanitizers know the ends of malloc's blocks alone. */
#ifdef NN_SANITIZED
static const bool HUGE_PAGES = false;
#else
static const bool HUGE_PAGES = true;
#endif

static bool is_large(size_t size)
{
    return HUGE_PAGES && size >= NN_HUGE_PAGE && size <= PTRDIFF_MAX - 2 * (size_t)NN_HUGE_PAGE;
}

/* The end of a block may lie on small pages: rounded up to a large one it would take memory that
 * no budget has been asked for. */
static size_t whole_pages(size_t size)
{
    enum { PAGE = 4096 };
    return (size + PAGE - 1) & ~(size_t)(PAGE - 1);
}

/* Addresses for `size` bytes, whole pages, that begin at a boundary; NULL when there are none. */
static void *map_aligned(size_t size)
{
    uint8_t *room = (uint8_t *)mmap(NULL, size + NN_HUGE_PAGE, PROT_READ | PROT_WRITE,
                                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) {
        return NULL;
    }
    size_t before = (size_t)(-(uintptr_t)room & (NN_HUGE_PAGE - 1));
    if (before > 0) {
        (void)munmap(room, before);
    }
    (void)munmap(room + before + size, NN_HUGE_PAGE - before);
    (void)madvise(room + before, size, MADV_HUGEPAGE); /* a wish */
    return room + before;
}

static void *allocate(void *context, size_t size)
{
    (void)context;
    return is_large(size) ? map_aligned(whole_pages(size)) : malloc(size);
}

static void release(void *context, void *memory, size_t size)
{
    (void)context;
    if (is_large(size)) {
        (void)munmap(memory, whole_pages(size));
    } else {
        free(memory);
    }
}

/* Makes room behind what is there, or gives back what is not needed; the pages move, not their
 * bytes. The mapping itself grows on its way: moved beside a new one it would be two, which Linux
 * before 6.17 does not move again. */
static void *resize_large(void *memory, size_t before, size_t after)
{
    if (after <= before) {
        if (after < before) {
            (void)munmap((uint8_t *)memory + after, before - after);
        }
        return memory;
    }
    void *to = map_aligned(after);
    if (to == NULL) {
        return NULL;
    }
    /* Where it fails, `to` may be another's already: nothing but addresses is lost. */
    void *moved = mremap(memory, before, after, MREMAP_MAYMOVE | MREMAP_FIXED, to);
    return moved == MAP_FAILED ? NULL : moved;
}

static void *resize(void *context, void *memory, size_t old_size, size_t new_size)
{
    bool was_large = is_large(old_size);
    if (was_large && is_large(new_size)) {
        return resize_large(memory, whole_pages(old_size), whole_pages(new_size));
    }
    if (!was_large && !is_large(new_size)) {
        return realloc(memory, new_size);
    }
    void *to = allocate(context, new_size);
    if (to != NULL) {
        memcpy(to, memory, old_size < new_size ? old_size : new_size);
        release(context, memory, old_size);
    }
    return to;
}

const nuncio_allocator nn_huge_pages = {NULL, allocate, resize, release};
