/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator for work on large arrays in random order. A block of 2 MiB or more begins at such a
 * boundary and asks for pages of that size: the processor finds any of its bytes by few entries of
 * its page tables, and the system hands it over in few steps instead of one every 4 KiB.
 *
 *   malloc    │4K│4K│4K│4K│4K│4K│ …       512 faults, 512 entries
 *   here      │         2 MiB        │    one of each
 *
 * Smaller blocks are malloc's. Every large block is taken from the system and given back, which
 * costs its zeros each time: what is needed again and again for a moment should be kept. */
#ifndef CORE_HUGE_PAGES_H
#define CORE_HUGE_PAGES_H

#include <nuncio/allocator.h>

enum { NN_HUGE_PAGE = 1 << 21 };

/** Where the system has no such pages, or none left, blocks are of ordinary ones. */
extern const nuncio_allocator nn_huge_pages;

#endif
