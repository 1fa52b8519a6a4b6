/* SPDX-License-Identifier: Apache-2.0 */
#include "support/prng.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t test_seed(uint64_t fixed)
{
    const char *given = getenv("NUNCIO_TEST_SEED");
    uint64_t seed = fixed;
    if (given != NULL && strcmp(given, "random") == 0) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        seed = (uint64_t)now.tv_sec * 1000000007u + (uint64_t)now.tv_nsec;
    } else if (given != NULL && given[0] != '\0') {
        seed = strtoull(given, NULL, 0);
    }
    printf("seed %" PRIu64 " (repeat with NUNCIO_TEST_SEED=%" PRIu64 ")\n", seed, seed);
    fflush(stdout);
    return seed;
}

uint64_t test_rounds(uint64_t few, uint64_t more)
{
    const char *given = getenv("NUNCIO_LONG");
    return given != NULL && given[0] != '\0' ? more : few;
}

uint64_t test_step(uint64_t wide)
{
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return test_rounds(wide, 1);
#endif
#endif
    (void)wide;
    return 1;
}

test_prng test_prng_of(uint64_t seed)
{
    test_prng prng = {.seed = seed};
    uint64_t mixed = seed;
    for (size_t i = 0; i < 4; i++) {
        prng.state[i] = splitmix(&mixed);
    }
    return prng;
}

static uint64_t rotate(uint64_t x, uint32_t by)
{
    return (x << by) | (x >> (64 - by));
}

uint64_t test_prng_next(test_prng *prng)
{
    uint64_t *s = prng->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t test_prng_below(test_prng *prng, uint64_t n)
{
    uint64_t over = (UINT64_MAX - n + 1) % n; /* 2^64 mod n: the first so many would be favoured */
    uint64_t value;
    do {
        value = test_prng_next(prng);
    } while (value < over);
    return value % n;
}

int64_t test_prng_range(test_prng *prng, int64_t low, int64_t high)
{
    return low + (int64_t)test_prng_below(prng, (uint64_t)(high - low) + 1);
}

bool test_prng_chance(test_prng *prng, uint32_t percent)
{
    return test_prng_below(prng, 100) < percent;
}

double test_prng_unit(test_prng *prng)
{
    return (double)(test_prng_next(prng) >> 11) * 0x1p-53;
}

void test_prng_bytes(test_prng *prng, void *to, size_t size)
{
    uint8_t *bytes = to;
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(test_prng_next(prng) >> 56);
    }
}
