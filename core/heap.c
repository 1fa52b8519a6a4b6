/* SPDX-License-Identifier: Apache-2.0 */
#include "core/heap.h"

#include <string.h>

static uint8_t *at(const nn_heap *heap, size_t index)
{
    return heap->elements + index * heap->element_size;
}

static bool worse(const nn_heap *heap, size_t a, size_t b)
{
    return heap->worse(at(heap, a), at(heap, b), heap->context);
}

static void swap(const nn_heap *heap, size_t a, size_t b)
{
    uint8_t *p = at(heap, a), *q = at(heap, b);
    for (size_t i = 0; i < heap->element_size; i++) {
        uint8_t byte = p[i];
        p[i] = q[i];
        q[i] = byte;
    }
}

static void sift_up(const nn_heap *heap, size_t index)
{
    while (index > 0 && worse(heap, index, (index - 1) / 2)) {
        swap(heap, index, (index - 1) / 2);
        index = (index - 1) / 2;
    }
}

static void sift_down(const nn_heap *heap, size_t index, size_t count)
{
    for (;;) {
        size_t child = 2 * index + 1;
        if (child >= count) {
            return;
        }
        if (child + 1 < count && worse(heap, child + 1, child)) {
            child++;
        }
        if (!worse(heap, child, index)) {
            return;
        }
        swap(heap, child, index);
        index = child;
    }
}

bool nn_heap_offer(nn_heap *heap, const void *element)
{
    if (heap->count < heap->max) {
        memcpy(at(heap, heap->count), element, heap->element_size);
        sift_up(heap, heap->count++);
        return true;
    }
    if (heap->max == 0 || !heap->worse(heap->elements, element, heap->context)) {
        return false;
    }
    memcpy(heap->elements, element, heap->element_size);
    sift_down(heap, 0, heap->count);
    return true;
}

const void *nn_heap_worst(const nn_heap *heap)
{
    return heap->count == 0 ? NULL : heap->elements;
}

/* Heap sort: the worst goes to the end again and again, which leaves the best in front. */
void nn_heap_sort(nn_heap *heap)
{
    for (size_t left = heap->count; left > 1; left--) {
        swap(heap, 0, left - 1);
        sift_down(heap, 0, left - 1);
    }
}
