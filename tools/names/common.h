/* SPDX-License-Identifier: Apache-2.0 */
/* What the tools of this folder share: memory or the end, random numbers that are the same
 * everywhere. */
#ifndef TOOLS_NAMES_COMMON_H
#define TOOLS_NAMES_COMMON_H

#include <stdio.h>
#include <stdlib.h>

#include <nuncio/error.h>

_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void require(nuncio_status status, const nuncio_error *error);
/** Zeroed memory, aligned to 64 bytes; there is always some, or the program ends. */
void *zeroed(size_t count, size_t size);
/** Grows an array to hold `count` elements; as nn_reserve, or the program ends. */
void grow(void *array_pointer, size_t *capacity, size_t count, size_t size);
FILE *open_file(const char *path, const char *mode);

typedef struct prng {
    uint64_t state;
} prng;
uint32_t prng_next(prng *random);
/** 0 … limit - 1. */
uint32_t prng_below(prng *random, uint32_t limit);
/** 0 ≤ x < 1. */
float prng_float(prng *random);
/** About normal, with deviation 1. */
float prng_normal(prng *random);

#endif
