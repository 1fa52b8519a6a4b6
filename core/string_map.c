/* SPDX-License-Identifier: Apache-2.0 */
#include "core/string_map.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"

#include <string.h>

/* Open addressing with linear probing, at most three quarters full. A slot holds 32 bits of the
 * key's hash, so that a probe rarely looks at a key that is another one, and growing needs no key
 * at all: the home slot comes from the same 32 bits.
 *
 *   slots:  | hash 32 | number + 1 |   0 in the second half: free
 *   keys:   number -> view into the arena */
typedef struct slot {
    uint32_t hash;
    uint32_t number_plus_1;
} slot;

struct nn_string_map {
    nn_memory *memory;
    nn_arena arena;
    slot *slots;
    size_t slot_count; /* 0 or a power of two */
    nuncio_str *keys;
    size_t key_count, key_capacity;
};

enum { SLOTS_MIN = 16 };

nuncio_status nn_string_map_create(nn_memory *memory, nn_string_map **out, nuncio_error *error)
{
    *out = NULL;
    nn_string_map *map = nn_alloc_array(memory, 1, sizeof *map);
    if (map == NULL) {
        return nn_error_memory(error);
    }
    map->memory = memory;
    nn_arena_init(&map->arena, memory);
    *out = map;
    return NUNCIO_OK;
}

void nn_string_map_destroy(nn_string_map *map)
{
    if (map == NULL) {
        return;
    }
    nn_memory *memory = map->memory;
    nn_arena_clear(&map->arena);
    nn_release(memory, map->slots, map->slot_count * sizeof *map->slots);
    nn_release(memory, map->keys, map->key_capacity * sizeof *map->keys);
    nn_release(memory, map, sizeof *map);
}

static uint32_t hash_of(nuncio_str key)
{
    uint64_t hash = nn_hash64(key.data, key.size, 0);
    return (uint32_t)(hash ^ (hash >> 32));
}

/** The slot of `key`, or the free slot where it belongs. There is always a free one. */
static slot *probe(const nn_string_map *map, nuncio_str key, uint32_t hash)
{
    size_t mask = map->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        slot *s = &map->slots[i];
        if (s->number_plus_1 == 0 ||
            (s->hash == hash && nn_str_equal(map->keys[s->number_plus_1 - 1], key))) {
            return s;
        }
    }
}

static nuncio_status grow(nn_string_map *map, nuncio_error *error)
{
    size_t count = map->slot_count == 0 ? SLOTS_MIN : map->slot_count * 2;
    slot *slots = nn_alloc_array(map->memory, count, sizeof *slots);
    if (slots == NULL) {
        return nn_error_memory(error);
    }
    for (size_t i = 0; i < map->slot_count; i++) {
        if (map->slots[i].number_plus_1 == 0) {
            continue;
        }
        size_t home = map->slots[i].hash & (count - 1);
        while (slots[home].number_plus_1 != 0) {
            home = (home + 1) & (count - 1);
        }
        slots[home] = map->slots[i];
    }
    nn_release(map->memory, map->slots, map->slot_count * sizeof *slots);
    map->slots = slots;
    map->slot_count = count;
    return NUNCIO_OK;
}

uint32_t nn_string_map_find(const nn_string_map *map, nuncio_str key)
{
    if (map->key_count == 0) {
        return NN_STRING_MAP_NONE;
    }
    const slot *s = probe(map, key, hash_of(key));
    return s->number_plus_1 == 0 ? NN_STRING_MAP_NONE : s->number_plus_1 - 1;
}

nuncio_status nn_string_map_add(nn_string_map *map, nuncio_str key, uint32_t *number, bool *added,
                                nuncio_error *error)
{
    *number = NN_STRING_MAP_NONE;
    if (added != NULL) {
        *added = false;
    }
    if (map->key_count >= map->slot_count / 4 * 3) {
        NN_TRY(grow(map, error));
    }
    uint32_t hash = hash_of(key);
    slot *s = probe(map, key, hash);
    if (s->number_plus_1 != 0) {
        *number = s->number_plus_1 - 1;
        return NUNCIO_OK;
    }
    if (map->key_count >= NN_STRING_MAP_NONE - 1) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "more than 2^32 - 2 distinct strings");
    }
    NN_TRY(nn_reserve(map->memory, &map->keys, &map->key_capacity, map->key_count + 1,
                      sizeof *map->keys, error));
    nuncio_str view = {key.data == NULL ? "" : key.data, key.size};
    nuncio_str copy = nn_arena_str(&map->arena, view);
    if (copy.data == NULL) {
        return nn_error_memory(error);
    }
    *number = (uint32_t)map->key_count;
    map->keys[map->key_count++] = copy;
    s->hash = hash;
    s->number_plus_1 = *number + 1;
    if (added != NULL) {
        *added = true;
    }
    return NUNCIO_OK;
}

nuncio_str nn_string_map_key(const nn_string_map *map, uint32_t number)
{
    return map->keys[number];
}

uint32_t nn_string_map_count(const nn_string_map *map)
{
    return (uint32_t)map->key_count;
}

void nn_string_map_clear(nn_string_map *map)
{
    if (map->slots != NULL) {
        memset(map->slots, 0, map->slot_count * sizeof *map->slots);
    }
    map->key_count = 0;
    nn_arena_reset(&map->arena);
}
