/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that can be repeated: xoshiro256** (Blackman and Vigna 2018), seeded by
 * splitmix64. */
#ifndef SUPPORT_PRNG_H
#define SUPPORT_PRNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct test_prng {
    uint64_t state[4];
    uint64_t seed; /* what it was started with */
} test_prng;

/** The seed for a test: NUNCIO_TEST_SEED when set ("random": from the clock), else `fixed`. Prints
 * it. */
uint64_t test_seed(uint64_t fixed);
/** Times to repeat what may be repeated: `more` in a long run (NUNCIO_LONG is set), else `few`. */
uint64_t test_rounds(uint64_t few, uint64_t more);
/** The step from one case to the next where each is tried: 1 in the build with assertions and in a
 * long run, `wide` where a sanitizer makes each case several times as dear. */
uint64_t test_step(uint64_t wide);
test_prng test_prng_of(uint64_t seed);
uint64_t test_prng_next(test_prng *prng);
/** A number in 0 … n - 1, evenly; n > 0. */
uint64_t test_prng_below(test_prng *prng, uint64_t n);
/** A number in low … high, both included. */
int64_t test_prng_range(test_prng *prng, int64_t low, int64_t high);
/** True in `percent` of 100 cases. */
bool test_prng_chance(test_prng *prng, uint32_t percent);
/** A number in [0, 1). */
double test_prng_unit(test_prng *prng);
void test_prng_bytes(test_prng *prng, void *to, size_t size);

#endif
