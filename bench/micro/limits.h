/* SPDX-License-Identifier: Apache-2.0 */
/* What a kernel could cost at best, measured by loops that do the least that must be done. Each
 * returns the least of several rounds. */
#ifndef BENCH_MICRO_LIMITS_H
#define BENCH_MICRO_LIMITS_H

#include <stddef.h>
#include <stdint.h>

/** A list as arrays: what a search would read if nothing were compressed. */
typedef struct nn_unpacked {
    uint32_t *docs;
    uint8_t *tfs;
    uint32_t count;
} nn_unpacked;

/** Nanoseconds to read `size` bytes once, in order. */
double nn_limit_read(const uint8_t *bytes, size_t size);
/** Nanoseconds a number to unpack blocks that stay in the first cache. */
double nn_limit_unpack(void);
/** Adds up what each passage gets from the lists, window by window; which are best is not asked.
 * @return postings of all lists */
uint64_t nn_limit_score(const nn_unpacked *const *lists, uint32_t count, const uint8_t *lengths);
/** How many passages are in both. */
uint64_t nn_limit_intersect(const nn_unpacked *one, const nn_unpacked *other);
/** Nanoseconds a byte to decompress `bytes`, compressed by blocks of 64 KiB. */
double nn_limit_decompress(const uint8_t *bytes, size_t size);

#endif
