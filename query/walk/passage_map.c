/* SPDX-License-Identifier: Apache-2.0 */
#include "query/walk/passage_map.h"

#include "core/bits.h"

#include <string.h>

static uint32_t words_of(const nn_map *map)
{
    return (map->end - map->first + 63) / 64;
}

void nn_map_begin(nn_map *map, uint32_t first, uint32_t end)
{
    map->first = first;
    map->end = end;
    memset(map->words, 0, (words_of(map) + 1) * sizeof map->words[0]);
}

/* ---- adding ---- */

void nn_map_add(nn_map *map, const uint32_t *passages, uint32_t count)
{
    nn_doc_bits_add(map->words, map->first, passages, count);
}

static nuncio_status add_list(nn_map *map, nn_run *run, nn_postings *postings)
{
    NN_TRY(nn_postings_advance(postings, map->first, run->error));
    while (postings->doc < map->end) {
        uint32_t block = postings->block;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_map(postings, map->words, map->first, map->end, run->error));
        run->trail.mapped += postings->block - block;
    }
    return NUNCIO_OK;
}

static nuncio_status count_list(const nn_map *map, nn_run *run, nn_postings *postings,
                                uint32_t *common)
{
    NN_TRY(nn_postings_advance(postings, map->first, run->error));
    while (postings->doc < map->end) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_count_mapped(postings, map->words, map->first, map->end, common,
                                        run->error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_map_add_word(nn_map *map, nn_run *run, nn_slot_walk *word)
{
    for (uint32_t i = 0; i < word->count; i++) {
        NN_TRY(add_list(map, run, &word->lists[i].postings));
    }
    if (word->count > 0) {
        nn_slot_settle(word);
    }
    return NUNCIO_OK;
}

/* ---- counting ---- */

uint32_t nn_map_count_common(const nn_map *a, const nn_map *b)
{
    return nn_doc_bits_count_common(a->words, b->words, words_of(a));
}

nuncio_status nn_map_count_word(const nn_map *map, nn_run *run, nn_slot_walk *word, nn_map *scratch,
                                uint32_t *common)
{
    *common = 0;
    if (word->count == 1) {
        NN_TRY(count_list(map, run, &word->lists[0].postings, common));
        nn_slot_settle(word);
        return NUNCIO_OK;
    }
    nn_map_begin(scratch, map->first, map->end); /* several lists: a passage counts once */
    NN_TRY(nn_map_add_word(scratch, run, word));
    *common = nn_map_count_common(map, scratch);
    return NUNCIO_OK;
}

uint32_t nn_map_count(const nn_map *map)
{
    return nn_map_count_common(map, map);
}

uint32_t nn_map_list(const nn_map *map, uint32_t *passages)
{
    uint32_t count = 0;
    for (uint32_t at = 0; at < words_of(map); at++) {
        for (uint64_t word = map->words[at]; word != 0; word &= word - 1) {
            passages[count++] = map->first + at * 64 + nn_ctz64(word);
        }
    }
    return count;
}
