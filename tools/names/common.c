/* SPDX-License-Identifier: Apache-2.0 */
#include "common.h"

#include <stdarg.h>
#include <string.h>

void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

void require(nuncio_status status, const nuncio_error *error)
{
    if (status != NUNCIO_OK) {
        fail("%s", error->message);
    }
}

void *zeroed(size_t count, size_t size)
{
    size_t bytes = (count * size + 127) / 64 * 64;
    void *block = aligned_alloc(64, bytes);
    if (block == NULL || (size > 0 && count > SIZE_MAX / 2 / size)) {
        fail("out of memory");
    }
    return memset(block, 0, bytes);
}

void grow(void *array_pointer, size_t *capacity, size_t count, size_t size)
{
    if (count <= *capacity) {
        return;
    }
    void **array = array_pointer;
    size_t wanted = *capacity * 2 > count ? *capacity * 2 : count + 16;
    void *block = realloc(*array, wanted * size);
    if (block == NULL) {
        fail("out of memory");
    }
    *array = block;
    *capacity = wanted;
}

FILE *open_file(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    if (file == NULL) {
        fail("%s: cannot be opened", path);
    }
    return file;
}

uint32_t prng_next(prng *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15); /* SplitMix64 */
    uint64_t x = random->state;
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((x ^ (x >> 31)) >> 32);
}

uint32_t prng_below(prng *random, uint32_t limit)
{
    return (uint32_t)((uint64_t)prng_next(random) * limit >> 32);
}

float prng_float(prng *random)
{
    return (float)(prng_next(random) >> 8) * (1.0f / 16777216.0f);
}

float prng_normal(prng *random)
{
    float sum = 0;
    for (int i = 0; i < 12; i++) {
        sum += prng_float(random);
    }
    return sum - 6.0f;
}
