/* SPDX-License-Identifier: Apache-2.0 */
#include "query/match/starts.h"

#include <string.h>

nuncio_status nn_starts_open(nn_run *run, nn_starts **out)
{
    nn_starts *starts = nn_arena_alloc(run->part_arena, sizeof *starts);
    *out = starts;
    if (starts == NULL) {
        return nn_error_memory(run->error);
    }
    memset(starts->bits, 0, sizeof starts->bits);
    starts->kept_count = 0;
    starts->kept = nn_arena_alloc(run->part_arena, NN_STARTS_ROOM * sizeof *starts->kept);
    starts->before = nn_arena_alloc(run->part_arena, NN_STARTS_ROOM * sizeof *starts->before);
    bool refused = starts->kept == NULL || starts->before == NULL;
    return refused ? nn_error_memory(run->error) : NUNCIO_OK;
}

/* The start of a phrase that a word stands in at `place`: it is one if there is room before it. */
static inline uint32_t start_of(uint16_t key, uint32_t place, uint32_t *has_room)
{
    *has_room = key % NN_KEY_PASSAGE >= place ? 1 : 0;
    return (key - place * *has_room) % (NN_SPOTS_MAX * NN_KEY_PASSAGE);
}

void nn_starts_begin(nn_starts *starts, const uint16_t *keys, uint32_t count, uint32_t place)
{
    starts->kept_count = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t has_room;
        starts->kept[starts->kept_count] = (uint16_t)start_of(keys[k], place, &has_room);
        starts->kept_count += has_room;
    }
}

void nn_starts_keep(nn_starts *starts, const uint16_t *keys, uint32_t count, uint32_t place)
{
    uint16_t *before = starts->kept;
    uint32_t before_count = starts->kept_count;
    for (uint32_t k = 0; k < before_count; k++) {
        starts->bits[before[k] / 64] |= UINT64_C(1) << before[k] % 64;
    }
    starts->kept = starts->before;
    starts->kept_count = 0;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t has_room, start = start_of(keys[k], place, &has_room);
        starts->kept[starts->kept_count] = (uint16_t)start;
        starts->kept_count += (uint32_t)(starts->bits[start / 64] >> start % 64) & has_room;
    }
    for (uint32_t k = 0; k < before_count; k++) {
        starts->bits[before[k] / 64] = 0;
    }
    starts->before = before;
}
