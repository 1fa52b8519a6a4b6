/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SEGMENT_PAGE_CHECKSUM_H
#define SEGMENT_PAGE_CHECKSUM_H

#include "core/hash.h"

/** XXH3-64 of the page, folded to 32 bits and mixed with its number, so that pages that changed
 * places are found. */
static inline uint32_t nn_page_checksum(const void *bytes, size_t size, uint64_t page)
{
    uint64_t hash = nn_hash64(bytes, size, 0);
    return (uint32_t)(hash ^ (hash >> 32)) + (uint32_t)page * UINT32_C(0x9E3779B1);
}

#endif
