/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes of bytes (XXH3): the same on every machine. */
#ifndef CORE_HASH_H
#define CORE_HASH_H

#include <nuncio/common.h>

uint64_t nn_hash64(const void *data, size_t size, uint64_t seed);

typedef struct nn_hash128 {
    uint64_t low, high;
} nn_hash128;
nn_hash128 nn_hash128_of(const void *data, size_t size);

#endif
