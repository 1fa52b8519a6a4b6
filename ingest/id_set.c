/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/id_set.h"

#include "core/error.h"
#include "core/hash.h"

void nn_id_set_init(nn_id_set *set, nn_memory *memory)
{
    set->memory = memory;
    set->slots = NULL;
    set->capacity = 0;
    set->count = 0;
}

void nn_id_set_deinit(nn_id_set *set)
{
    nn_release(set->memory, set->slots, set->capacity * sizeof *set->slots);
    nn_id_set_init(set, set->memory);
}

/** The slot of `hash`, or the free one where it belongs (linear probing). */
static uint64_t *slot_of(uint64_t *slots, size_t capacity, uint64_t hash)
{
    size_t i = (size_t)hash & (capacity - 1);
    while (slots[i] != 0 && slots[i] != hash) {
        i = (i + 1) & (capacity - 1);
    }
    return &slots[i];
}

static nuncio_status grow(nn_id_set *set, nuncio_error *error)
{
    size_t capacity = set->capacity == 0 ? 1024 : set->capacity * 2;
    uint64_t *slots = nn_alloc_array(set->memory, capacity, sizeof *slots);
    if (slots == NULL) {
        return nn_error_memory(error);
    }
    for (size_t i = 0; i < set->capacity; i++) {
        if (set->slots[i] != 0) {
            *slot_of(slots, capacity, set->slots[i]) = set->slots[i];
        }
    }
    nn_release(set->memory, set->slots, set->capacity * sizeof *set->slots);
    set->slots = slots;
    set->capacity = capacity;
    return NUNCIO_OK;
}

nuncio_status nn_id_set_add(nn_id_set *set, nuncio_str id, bool *known, nuncio_error *error)
{
    *known = false;
    if (set->count >= set->capacity / 4 * 3) {
        NN_TRY(grow(set, error));
    }
    uint64_t hash = nn_hash64(id.data, id.size, 0);
    hash += hash == 0; /* 0 marks a free slot */
    uint64_t *slot = slot_of(set->slots, set->capacity, hash);
    *known = *slot == hash;
    if (!*known && set->count < NN_INGEST_IDS_MAX) {
        *slot = hash;
        set->count++;
    }
    return NUNCIO_OK;
}
