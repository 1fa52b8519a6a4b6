/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/spelling_sort.h"

#include "core/str.h"

#include <string.h>

enum { RUN = 16 }; /* spellings that are sorted by insertion before runs are merged */

nn_spelling nn_spelling_of(nuncio_str term, nuncio_str form, uint32_t id)
{
    nn_spelling made = {0, term, form, id};
    for (size_t i = 0; i < 8; i++) {
        made.prefix = made.prefix << 8 | (i < term.size ? (uint8_t)term.data[i] : 0);
    }
    return made;
}

static bool follows(const nn_spelling *a, const nn_spelling *b)
{
    if (a->prefix != b->prefix) {
        return a->prefix > b->prefix;
    }
    int order = nn_str_compare(a->term, b->term);
    return (order != 0 ? order : nn_str_compare(a->form, b->form)) > 0;
}

static void insert(nn_spelling *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        nn_spelling item = items[i];
        size_t place = i;
        while (place > 0 && follows(&items[place - 1], &item)) {
            items[place] = items[place - 1];
            place--;
        }
        items[place] = item;
    }
}

/* Merges from[0 … middle - 1] and from[middle … end - 1], both sorted. */
static void merge(const nn_spelling *from, size_t middle, size_t end, nn_spelling *to)
{
    size_t left = 0, right = middle;
    for (size_t i = 0; i < end; i++) {
        bool take_right = left == middle || (right < end && follows(&from[left], &from[right]));
        to[i] = from[take_right ? right++ : left++];
    }
}

void nn_spellings_sort(nn_spelling *items, nn_spelling *scratch, size_t count)
{
    for (size_t i = 0; i < count; i += RUN) {
        insert(items + i, count - i < RUN ? count - i : RUN);
    }
    nn_spelling *from = items, *to = scratch;
    for (size_t width = RUN; width < count; width *= 2) {
        for (size_t i = 0; i < count; i += 2 * width) {
            size_t left = count - i;
            merge(from + i, left < width ? left : width, left < 2 * width ? left : 2 * width,
                  to + i);
        }
        nn_spelling *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != items) {
        memcpy(items, from, count * sizeof *items);
    }
}
