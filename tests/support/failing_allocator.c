/* SPDX-License-Identifier: Apache-2.0 */
#include "support/failing_allocator.h"
#include "support/prng.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Each block stands behind a header that remembers the size it was asked with. */
typedef struct header {
    uint64_t size;
    uint64_t mark;
} header;

static const uint64_t ALIVE = 0x616C69766531u, RELEASED = 0x646561643131u;

static void stop(const char *what, uint64_t found, uint64_t expected)
{
    fprintf(stderr, "test allocator: %s (%" PRIu64 ", expected %" PRIu64 ")\n", what, found,
            expected);
    abort();
}

static bool refuses(test_allocator *memory)
{
    uint64_t call = atomic_fetch_add(&memory->calls, 1) + 1;
    bool refused = memory->fail_at != 0 &&
                   (call == memory->fail_at || (memory->fail_for_good && call > memory->fail_at));
    if (refused) {
        atomic_store(&memory->failed, true);
    }
    return refused;
}

static void add_live(test_allocator *memory, uint64_t size)
{
    uint64_t live = atomic_fetch_add(&memory->live_bytes, size) + size;
    uint64_t peak = atomic_load(&memory->peak_bytes);
    while (peak < live && !atomic_compare_exchange_weak(&memory->peak_bytes, &peak, live)) {
    }
}

static header *header_of(void *block, size_t size)
{
    header *head = (header *)block - 1;
    if (head->mark != ALIVE) {
        stop("not a live block", head->mark, ALIVE);
    }
    if (head->size != size) {
        stop("a block has another size", size, head->size);
    }
    return head;
}

static void *test_alloc(void *context, size_t size)
{
    test_allocator *memory = context;
    if (size == 0) {
        stop("an allocation of no bytes", size, 1);
    }
    if (refuses(memory) || size > SIZE_MAX - sizeof(header)) {
        return NULL;
    }
    header *head = malloc(sizeof *head + size);
    if (head == NULL) {
        return NULL;
    }
    head->size = size;
    head->mark = ALIVE;
    add_live(memory, size);
    atomic_fetch_add(&memory->live_blocks, 1);
    return head + 1;
}

static void *test_resize(void *context, void *block, size_t old_size, size_t new_size)
{
    test_allocator *memory = context;
    if (old_size == 0 || new_size == 0) {
        stop("a resize from or to no bytes", new_size, 1);
    }
    header *head = header_of(block, old_size);
    if (refuses(memory) || new_size > SIZE_MAX - sizeof(header)) {
        return NULL;
    }
    header *moved = realloc(head, sizeof *head + new_size);
    if (moved == NULL) {
        return NULL;
    }
    moved->size = new_size;
    add_live(memory, new_size);
    atomic_fetch_sub(&memory->live_bytes, old_size);
    return moved + 1;
}

static void test_release(void *context, void *block, size_t size)
{
    test_allocator *memory = context;
    header *head = header_of(block, size);
    head->mark = RELEASED;
    atomic_fetch_sub(&memory->live_bytes, size);
    atomic_fetch_sub(&memory->live_blocks, 1);
    free(head);
}

void test_allocator_init(test_allocator *memory, uint64_t fail_at)
{
    memory->allocator = (nuncio_allocator){memory, test_alloc, test_resize, test_release};
    memory->fail_at = fail_at;
    memory->fail_for_good = false;
    atomic_init(&memory->failed, false);
    atomic_init(&memory->calls, 0);
    atomic_init(&memory->live_bytes, 0);
    atomic_init(&memory->live_blocks, 0);
    atomic_init(&memory->peak_bytes, 0);
}

void test_allocator_check(const test_allocator *memory)
{
    if (atomic_load(&memory->live_blocks) != 0) {
        stop("blocks were not released", atomic_load(&memory->live_blocks), 0);
    }
    if (atomic_load(&memory->live_bytes) != 0) {
        stop("bytes were not released", atomic_load(&memory->live_bytes), 0);
    }
}

uint64_t test_allocator_sweep(test_sweep_body body, void *context, bool for_good)
{
    for (uint64_t n = 1;; n += n < 100 ? 1 : test_step(5)) {
        test_allocator memory;
        nuncio_error error = {NUNCIO_OK, 0, "", ""};
        test_allocator_init(&memory, n);
        memory.fail_for_good = for_good;
        nuncio_status status = body(context, &memory.allocator, for_good ? NULL : &error);
        nuncio_status expected = memory.failed ? NUNCIO_ERR_MEMORY : NUNCIO_OK;
        test_allocator_check(&memory);
        if (status != expected || (!for_good && error.status != expected)) {
            fprintf(stderr, "refused allocation %" PRIu64 ", told as '%s': ", n, error.message);
            stop("another status", (uint64_t)status, (uint64_t)expected);
        }
        if (!memory.failed) {
            return n;
        }
    }
}
