/* SPDX-License-Identifier: Apache-2.0 */
/* What nn_postings_spots has found, in order and as positions. */
#ifndef TESTS_SORTED_SPOTS_H
#define TESTS_SORTED_SPOTS_H

#include "segment/segment.h"

#include <stdlib.h>

enum { SPOT_POSITIONS = 512 /* more than any position */ };

static inline int spots_compare(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

static inline void spots_sort(const nn_spots *spots)
{
    qsort(spots->keys, spots->key_count, sizeof *spots->keys, spots_compare);
}

/** SPOT_POSITIONS × the passage's number + the position that key `k` stands for. */
static inline uint32_t spots_position(const nn_segment *segment, const nn_spots *spots, uint32_t k)
{
    uint32_t number = spots->keys[k] / NN_KEY_PASSAGE, place = spots->keys[k] % NN_KEY_PASSAGE;
    uint32_t doc = spots->docs[number], text = 0;
    if (nn_segment_text_length(segment, doc, &text, NULL) != NUNCIO_OK) {
        return UINT32_MAX;
    }
    bool title = text < nn_segment_lengths(segment)[doc] && place >= text;
    return number * SPOT_POSITIONS + (title ? NN_POSITION_TITLE + place - text : place);
}

#endif
