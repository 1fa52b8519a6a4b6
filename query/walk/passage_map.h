/* SPDX-License-Identifier: Apache-2.0 */
/* A set of passages of a window, a bit each: what counts without ranking works with. */
#ifndef QUERY_PASSAGE_MAP_H
#define QUERY_PASSAGE_MAP_H

#include "query/match/slot.h"
#include "segment/terms/doc_bits.h"

enum { NN_MAP_PASSAGES = 32768 /* of a window at most */ };

typedef struct nn_map {
    uint32_t first, end; /* passages of the window */
    uint64_t words[NN_DOC_BITS_WORDS(NN_MAP_PASSAGES)];
} nn_map;

/** Without any of the passages first … end - 1. */
void nn_map_begin(nn_map *map, uint32_t first, uint32_t end);
/** Adds passages of the window; ascending ones are fastest. */
void nn_map_add(nn_map *map, const uint32_t *passages, uint32_t count);
/** Adds those of the window in which a word stands, and moves the word to its end or behind it. */
NUNCIO_NODISCARD nuncio_status nn_map_add_word(nn_map *map, nn_run *run, nn_slot_walk *word);
static inline void nn_map_remove(nn_map *map, uint32_t passage)
{
    uint32_t place = passage - map->first;
    map->words[place / 64] &= ~(UINT64_C(1) << (place % 64));
}

uint32_t nn_map_count(const nn_map *map);
/** Counts those in which a word stands, and moves the word to the window's end or behind it.
 * `scratch` is overwritten. */
NUNCIO_NODISCARD nuncio_status nn_map_count_word(const nn_map *map, nn_run *run, nn_slot_walk *word,
                                                 nn_map *scratch, uint32_t *common);
/** How many are in both, of the same window. */
uint32_t nn_map_count_common(const nn_map *a, const nn_map *b);
/** Writes all of them, ascending. @return how many */
uint32_t nn_map_list(const nn_map *map, uint32_t *passages);

#endif
