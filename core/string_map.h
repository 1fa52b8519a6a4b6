/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes -> consecutive numbers from 0, and back. Keys are copied. */
#ifndef CORE_STRING_MAP_H
#define CORE_STRING_MAP_H

#include "core/arena.h"

typedef struct nn_string_map nn_string_map;

#define NN_STRING_MAP_NONE UINT32_MAX

NUNCIO_NODISCARD nuncio_status nn_string_map_create(nn_memory *memory, nn_string_map **out,
                                                    nuncio_error *error);
void nn_string_map_destroy(nn_string_map *map);
/** The number of `key`, or NN_STRING_MAP_NONE. */
uint32_t nn_string_map_find(const nn_string_map *map, nuncio_str key);
/** The number of `key`, which is added when new. `*added` may be NULL. */
NUNCIO_NODISCARD nuncio_status nn_string_map_add(nn_string_map *map, nuncio_str key,
                                                 uint32_t *number, bool *added,
                                                 nuncio_error *error);
/** Key of a number below count; lives with the map. */
nuncio_str nn_string_map_key(const nn_string_map *map, uint32_t number);
uint32_t nn_string_map_count(const nn_string_map *map);
/** Forgets all keys; keeps the table's memory. */
void nn_string_map_clear(nn_string_map *map);

#endif
