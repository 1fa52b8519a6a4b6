/* SPDX-License-Identifier: Apache-2.0 */
/* The best k of many: a bounded heap whose root is the worst kept. */
#ifndef CORE_HEAP_H
#define CORE_HEAP_H

#include <nuncio/common.h>

/** Order of two elements: true when `a` is worse than `b`. Must be total, so that results are too.
 */
typedef bool nn_heap_worse(const void *a, const void *b, const void *context);

enum { NN_HEAP_ELEMENT_ROOM = 64 }; /* bytes */

typedef struct nn_heap {
    uint8_t *elements;   /* the caller's room for `max` elements */
    size_t element_size; /* at most NN_HEAP_ELEMENT_ROOM */
    size_t count, max;
    nn_heap_worse *worse;
    const void *context;
} nn_heap;

/** Offers an element; true when it was kept (the worst is dropped when full). */
bool nn_heap_offer(nn_heap *heap, const void *element);
/** The worst kept, or NULL when empty. */
const void *nn_heap_worst(const nn_heap *heap);
/** Sorts the elements best first; the heap order is gone afterwards. */
void nn_heap_sort(nn_heap *heap);

#endif
