/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hash.h"

#include <xxhash.h>

uint64_t nn_hash64(const void *data, size_t size, uint64_t seed)
{
    return XXH3_64bits_withSeed(data == NULL ? "" : data, size, seed);
}

nn_hash128 nn_hash128_of(const void *data, size_t size)
{
    XXH128_hash_t hash = XXH3_128bits(data == NULL ? "" : data, size);
    nn_hash128 result = {hash.low64, hash.high64};
    return result;
}
