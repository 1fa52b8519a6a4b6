/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that refuses on demand and watches sizes and leaks. */
#ifndef SUPPORT_FAILING_ALLOCATOR_H
#define SUPPORT_FAILING_ALLOCATOR_H

#include <nuncio/allocator.h>
#include <stdatomic.h>

/* A sweep lets the first, second, … allocation of a body fail until it is no longer reached:
 *
 *   for (uint64_t n = 1;; n++) {
 *       test_allocator memory;
 *       test_allocator_init(&memory, n);
 *       nuncio_status status = body(&memory.allocator);
 *       test_allocator_check(&memory);
 *       if (!memory.failed) { assert(status == NUNCIO_OK); break; }
 *       assert(status == NUNCIO_ERR_MEMORY);
 *   }
 */
typedef struct test_allocator {
    nuncio_allocator allocator;  /* hand &allocator to what is tested; the struct must not move */
    uint64_t fail_at;            /* number of the call to refuse, from 1; 0: none */
    bool fail_for_good;          /* and all calls after it */
    atomic_bool failed;          /* a call was refused */
    atomic_uint_least64_t calls; /* alloc and resize */
    atomic_uint_least64_t live_bytes, live_blocks, peak_bytes;
} test_allocator;

void test_allocator_init(test_allocator *memory, uint64_t fail_at);
/** Stops the program with a message unless everything has been released. */
void test_allocator_check(const test_allocator *memory);

#endif
