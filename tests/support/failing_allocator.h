/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that refuses on demand and watches sizes and leaks. */
#ifndef SUPPORT_FAILING_ALLOCATOR_H
#define SUPPORT_FAILING_ALLOCATOR_H

#include <nuncio/allocator.h>
#include <nuncio/error.h>
#include <stdatomic.h>

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

/** What a sweep repeats; `error` may be NULL. */
typedef nuncio_status (*test_sweep_body)(void *context, const nuncio_allocator *allocator,
                                         nuncio_error *error);
/** Lets the first, second, … allocation of a body be refused, once or `for_good`, until it is no
 * longer reached. Each time the body has to say NUNCIO_ERR_MEMORY (in the error too, which is NULL
 * in sweeps for good) and to release everything; in the end it has to succeed. Stops the program
 * when it does not. Under a sanitizer one of three is refused, after the first hundred.
 * @return how many allocations there are, and one */
uint64_t test_allocator_sweep(test_sweep_body body, void *context, bool for_good);

#endif
