/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts surface forms by term, then by spelling, both in byte order: how a segment wants them. */
#ifndef INDEXER_SPELLING_SORT_H
#define INDEXER_SPELLING_SORT_H

#include <nuncio/common.h>

/** A way to write a term. */
typedef struct nn_spelling {
    uint64_t prefix; /* first eight bytes of the term, zeros behind its end: compared first */
    nuncio_str term, form;
    uint32_t id; /* the caller's; equal spellings stay in the order given */
} nn_spelling;

/** A spelling with its prefix filled in. */
nn_spelling nn_spelling_of(nuncio_str term, nuncio_str form, uint32_t id);

/** Merge sort: no memory but `scratch` (room for `count`), O(n log n) comparisons whatever the
 * input. */
void nn_spellings_sort(nn_spelling *items, nn_spelling *scratch, size_t count);

#endif
