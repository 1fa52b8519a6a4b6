/* SPDX-License-Identifier: Apache-2.0 */
#include "core/heap.h"

#include <string.h>

static uint8_t *at(const nn_heap *heap, size_t i)
{
    return heap->elements + i * heap->element_size;
}

static bool is_worse(const nn_heap *heap, size_t i, size_t j)
{
    return heap->worse(at(heap, i), at(heap, j), heap->context);
}

static void swap(const nn_heap *heap, size_t i, size_t j)
{
    uint8_t room[64];
    uint8_t *a = at(heap, i), *b = at(heap, j);
    for (size_t left = heap->element_size; left > 0;) {
        size_t size = left < sizeof room ? left : sizeof room;
        memcpy(room, a, size);
        memcpy(a, b, size);
        memcpy(b, room, size);
        a += size;
        b += size;
        left -= size;
    }
}

static void sift_up(const nn_heap *heap, size_t i)
{
    while (i > 0 && is_worse(heap, i, (i - 1) / 2)) {
        swap(heap, i, (i - 1) / 2);
        i = (i - 1) / 2;
    }
}

static void sift_down(const nn_heap *heap, size_t count)
{
    for (size_t i = 0;;) {
        size_t child = 2 * i + 1;
        if (child >= count) {
            return;
        }
        if (child + 1 < count && is_worse(heap, child + 1, child)) {
            child++;
        }
        if (!is_worse(heap, child, i)) {
            return;
        }
        swap(heap, i, child);
        i = child;
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
    sift_down(heap, heap->count);
    return true;
}

const void *nn_heap_worst(const nn_heap *heap)
{
    return heap->count == 0 ? NULL : heap->elements;
}

void nn_heap_sort(nn_heap *heap)
{
    for (size_t left = heap->count; left > 1; left--) {
        swap(heap, 0, left - 1);
        sift_down(heap, left - 1);
    }
}
