/* SPDX-License-Identifier: Apache-2.0 */
/* Bit tricks and little-endian loads; the only place that knows the byte order. */
#ifndef CORE_BITS_H
#define CORE_BITS_H

#include <stdint.h>
#include <string.h>

static inline uint32_t nn_popcount64(uint64_t x)
{
#if defined(__POPCNT__) || defined(__aarch64__)
    return (uint32_t)__builtin_popcountll(x);
#else /* else the builtin is a call into a table: add up neighbours in registers */
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)(x * UINT64_C(0x0101010101010101) >> 56);
#endif
}
/** Index of the lowest set bit; x must not be 0. */
static inline uint32_t nn_ctz64(uint64_t x)
{
    return (uint32_t)__builtin_ctzll(x);
}
/** Number of bits needed for x: 0 for 0, 64 for the largest. */
static inline uint32_t nn_bit_width64(uint64_t x)
{
    return x == 0 ? 0u : 64u - (uint32_t)__builtin_clzll(x);
}
/** The same for 32 bits; without a branch, because the argument is never 0 inside. */
static inline uint32_t nn_bit_width32(uint32_t x)
{
    return 63u - (uint32_t)__builtin_clzll((uint64_t)x << 1 | 1);
}
static inline uint16_t nn_load_u16(const void *from)
{
    const uint8_t *p = (const uint8_t *)from;
    return (uint16_t)(p[0] | (p[1] << 8));
}
static inline uint32_t nn_load_u32(const void *from)
{
    const uint8_t *p = (const uint8_t *)from;
    return (uint32_t)p[0] | ((uint32_t)p[1] << 8) | ((uint32_t)p[2] << 16) | ((uint32_t)p[3] << 24);
}
static inline uint64_t nn_load_u64(const void *from)
{
    const uint8_t *p = (const uint8_t *)from;
    return (uint64_t)nn_load_u32(p) | ((uint64_t)nn_load_u32(p + 4) << 32);
}
static inline void nn_store_u16(void *to, uint16_t x)
{
    uint8_t *p = (uint8_t *)to;
    p[0] = (uint8_t)x;
    p[1] = (uint8_t)(x >> 8);
}
static inline void nn_store_u32(void *to, uint32_t x)
{
    nn_store_u16(to, (uint16_t)x);
    nn_store_u16((uint8_t *)to + 2, (uint16_t)(x >> 16));
}
static inline void nn_store_u64(void *to, uint64_t x)
{
    nn_store_u32(to, (uint32_t)x);
    nn_store_u32((uint8_t *)to + 4, (uint32_t)(x >> 32));
}

#endif
