/* SPDX-License-Identifier: Apache-2.0 */
#include "core/heap.h"

#include "core/assert.h"

#include <string.h>

static uint8_t *at(const nn_heap *heap, size_t i)
{
    return heap->elements + i * heap->element_size;
}

/* Elements of the usual sizes are moved without a call. */
static void move(const nn_heap *heap, void *to, const void *from)
{
    if (heap->element_size == 16) {
        memcpy(to, from, 16);
    } else if (heap->element_size == 8) {
        memcpy(to, from, 8);
    } else {
        memcpy(to, from, heap->element_size);
    }
}

static bool is_worse(const nn_heap *heap, const void *a, const void *b)
{
    return heap->worse(a, b, heap->context);
}

/* Puts `element` where it belongs on the way from place `i` to the root. */
static void sift_up(const nn_heap *heap, size_t i, const void *element)
{
    while (i > 0 && is_worse(heap, element, at(heap, (i - 1) / 2))) {
        move(heap, at(heap, i), at(heap, (i - 1) / 2));
        i = (i - 1) / 2;
    }
    move(heap, at(heap, i), element);
}

/* Puts `element` where it belongs on a way down from the root, of `count` elements. */
static void sift_down(const nn_heap *heap, size_t count, const void *element)
{
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < count; i = child) {
        if (child + 1 < count && is_worse(heap, at(heap, child + 1), at(heap, child))) {
            child++;
        }
        if (!is_worse(heap, at(heap, child), element)) {
            break;
        }
        move(heap, at(heap, i), at(heap, child));
    }
    move(heap, at(heap, i), element);
}

bool nn_heap_offer(nn_heap *heap, const void *element)
{
    if (heap->count < heap->max) {
        sift_up(heap, heap->count++, element);
        return true;
    }
    if (heap->max == 0 || !is_worse(heap, heap->elements, element)) {
        return false;
    }
    sift_down(heap, heap->count, element);
    return true;
}

const void *nn_heap_worst(const nn_heap *heap)
{
    return heap->count == 0 ? NULL : heap->elements;
}

void nn_heap_sort(nn_heap *heap)
{
    uint8_t last[NN_HEAP_ELEMENT_ROOM];
    NN_ASSERT(heap->element_size <= sizeof last);
    for (size_t left = heap->count; left > 1; left--) {
        move(heap, last, at(heap, left - 1));
        move(heap, at(heap, left - 1), heap->elements);
        sift_down(heap, left - 1, last);
    }
}
