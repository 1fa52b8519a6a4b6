/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing over numbers; keys lie in an arena, their views in an array by number.
 *
 *   slots:   [ 3 | - | 0 | - | 1 | 2 | … ]      number + 1, 0 = free; size a power of two
 *   entries: [ {key, hash} , … ]                by number
 */
#include "core/string_map.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"

#include <string.h>

typedef struct entry {
    nuncio_str key;
    uint64_t hash;
} entry;

struct nn_string_map {
    nn_memory *memory;
    nn_arena keys;
    entry *entries;
    size_t count, capacity;
    uint32_t *slots;
    size_t slot_count;
};

nuncio_status nn_string_map_create(nn_memory *memory, nn_string_map **out, nuncio_error *error)
{
    *out = NULL;
    nn_string_map *map = (nn_string_map *)nn_alloc_array(memory, 1, sizeof *map);
    if (map == NULL) {
        return nn_error_memory(error);
    }
    map->memory = memory;
    nn_arena_init(&map->keys, memory);
    *out = map;
    return NUNCIO_OK;
}

void nn_string_map_destroy(nn_string_map *map)
{
    if (map == NULL) {
        return;
    }
    nn_release(map->memory, map->entries, map->capacity * sizeof *map->entries);
    nn_release(map->memory, map->slots, map->slot_count * sizeof *map->slots);
    nn_arena_clear(&map->keys);
    nn_release(map->memory, map, sizeof *map);
}

/* The slot of `key`, or the free one where it belongs. The table is never full. */
static size_t find_slot(const nn_string_map *map, nuncio_str key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    while (map->slots[slot] != 0) {
        const entry *found = &map->entries[map->slots[slot] - 1];
        if (found->hash == hash && nn_str_equal(found->key, key)) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

uint32_t nn_string_map_find(const nn_string_map *map, nuncio_str key)
{
    if (map->count == 0) {
        return NN_STRING_MAP_NONE;
    }
    uint32_t number = map->slots[find_slot(map, key, nn_hash64(key.data, key.size, 0))];
    return number == 0 ? NN_STRING_MAP_NONE : number - 1;
}

/* Doubles the slots when they are half full. */
static nuncio_status grow_slots(nn_string_map *map, nuncio_error *error)
{
    if (map->count * 2 < map->slot_count) {
        return NUNCIO_OK;
    }
    size_t slot_count = map->slot_count == 0 ? 16 : map->slot_count * 2;
    uint32_t *slots = (uint32_t *)nn_alloc_array(map->memory, slot_count, sizeof *slots);
    if (slots == NULL) {
        return nn_error_memory(error);
    }
    nn_release(map->memory, map->slots, map->slot_count * sizeof *map->slots);
    map->slots = slots;
    map->slot_count = slot_count;
    for (size_t i = 0; i < map->count; i++) {
        size_t slot = (size_t)map->entries[i].hash & (slot_count - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slot_count - 1);
        }
        slots[slot] = (uint32_t)i + 1;
    }
    return NUNCIO_OK;
}

nuncio_status nn_string_map_add(nn_string_map *map, nuncio_str key, uint32_t *number, bool *added,
                                nuncio_error *error)
{
    *number = NN_STRING_MAP_NONE;
    NN_TRY(grow_slots(map, error));
    uint64_t hash = nn_hash64(key.data, key.size, 0);
    size_t slot = find_slot(map, key, hash);
    bool is_new = map->slots[slot] == 0;
    if (is_new) {
        if (map->count >= NN_STRING_MAP_NONE - 1) {
            return nn_error_set(error, NUNCIO_ERR_LIMIT, "too many distinct strings");
        }
        NN_TRY(nn_reserve(map->memory, &map->entries, &map->capacity, map->count + 1,
                          sizeof *map->entries, error));
        nuncio_str copy = nn_arena_str(&map->keys, key.data == NULL ? nn_str("", 0) : key);
        if (copy.data == NULL) {
            return nn_error_memory(error);
        }
        map->entries[map->count] = (entry){copy, hash};
        map->slots[slot] = (uint32_t)++map->count;
    }
    *number = map->slots[slot] - 1;
    if (added != NULL) {
        *added = is_new;
    }
    return NUNCIO_OK;
}

nuncio_str nn_string_map_key(const nn_string_map *map, uint32_t number)
{
    return map->entries[number].key;
}

uint32_t nn_string_map_count(const nn_string_map *map)
{
    return (uint32_t)map->count;
}

void nn_string_map_clear(nn_string_map *map)
{
    map->count = 0;
    nn_arena_reset(&map->keys);
    if (map->slots != NULL) {
        memset(map->slots, 0, map->slot_count * sizeof *map->slots);
    }
}
