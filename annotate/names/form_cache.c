/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/names/form_cache.h"

#include "core/error.h"

#include <string.h>

enum {
    SLOTS_MIN = 256,
    SLOTS_MAX = 1 << 14,
    SHARE = 12, /* of a writer's memory it takes at most one part */
    ALIGNMENT = 64
};
#define NO_SLOT UINT32_MAX

static size_t slot_size(const nn_name_model *m)
{
    return (2 * m->reach + 1) * (size_t)m->hidden_width;
}

static size_t block_size(const nn_form_cache *c, uint32_t slots)
{
    return slots * slot_size(c->model) * sizeof *c->slots + ALIGNMENT;
}

static void forget(nn_form_cache *c)
{
    c->count = c->hand = 0;
    for (uint32_t k = 0; k < NN_FORM_CACHE_KEPT; k++) {
        c->kept[k] = NO_SLOT;
    }
}

void nn_form_cache_init(nn_form_cache *c, nn_memory *memory, const nn_name_model *model)
{
    *c = (nn_form_cache){.memory = memory, .model = model, .capacity_max = SLOTS_MAX};
    uint64_t room = memory->max == 0 ? UINT64_MAX : memory->max / SHARE;
    while (c->capacity_max > SLOTS_MIN && block_size(c, c->capacity_max) > room) {
        c->capacity_max /= 2;
    }
    forget(c);
}

static void release_slots(nn_form_cache *c)
{
    if (c->block != NULL) {
        nn_release(c->memory, c->block, block_size(c, c->capacity));
        nn_release(c->memory, c->surface_of, c->capacity * sizeof *c->surface_of);
        nn_release(c->memory, c->recent, c->capacity);
    }
}

void nn_form_cache_deinit(nn_form_cache *c)
{
    release_slots(c);
    nn_release(c->memory, c->slot_of, c->slot_of_capacity * sizeof *c->slot_of);
    memset(c, 0, sizeof *c);
}

/** Twice the slots; false when there is no memory for them, and then nothing has changed. */
static bool grow(nn_form_cache *c)
{
    uint32_t slots = c->capacity == 0 ? SLOTS_MIN : c->capacity * 2;
    uint8_t *block = nn_alloc(c->memory, block_size(c, slots));
    uint32_t *surface_of = nn_alloc_array(c->memory, slots, sizeof *surface_of);
    uint8_t *recent = nn_alloc_array(c->memory, slots, 1);
    if (block == NULL || surface_of == NULL || recent == NULL) {
        nn_release(c->memory, block, block_size(c, slots));
        nn_release(c->memory, surface_of, slots * sizeof *surface_of);
        nn_release(c->memory, recent, slots);
        return false;
    }
    int16_t *aligned = (int16_t *)(void *)(block + (ALIGNMENT - (uintptr_t)block % ALIGNMENT));
    if (c->count > 0) {
        memcpy(aligned, c->slots, c->count * slot_size(c->model) * sizeof *c->slots);
        memcpy(surface_of, c->surface_of, c->count * sizeof *surface_of);
        memcpy(recent, c->recent, c->count);
    }
    release_slots(c);
    c->block = block;
    c->slots = aligned;
    c->surface_of = surface_of;
    c->recent = recent;
    c->capacity = slots;
    return true;
}

nuncio_status nn_form_cache_open(nn_form_cache *c, const nn_words *words, nuncio_error *error)
{
    if (c->capacity == 0 && !grow(c)) {
        return nn_error_memory(error);
    }
    size_t before = c->slot_of_capacity;
    NN_TRY(nn_reserve(c->memory, &c->slot_of, &c->slot_of_capacity,
                      nn_analyzer_surface_count(words->analyzer), sizeof *c->slot_of, error));
    if (c->analyzer != words->analyzer || c->epoch != words->epoch) {
        before = 0;
        forget(c);
        c->analyzer = words->analyzer;
        c->epoch = words->epoch;
    }
    if (c->slot_of_capacity > before) {
        memset(c->slot_of + before, 0, (c->slot_of_capacity - before) * sizeof *c->slot_of);
    }
    if (c->count == c->capacity && c->capacity < c->capacity_max && !grow(c)) {
        c->capacity_max = c->capacity;
    }
    return NUNCIO_OK;
}

static bool is_kept(const nn_form_cache *c, uint32_t slot)
{
    for (uint32_t k = 0; k < NN_FORM_CACHE_KEPT; k++) {
        if (c->kept[k] == slot) {
            return true;
        }
    }
    return false;
}

/** A slot to fill: a new one, else that of a form not asked for since the hand came by. */
static uint32_t free_slot(nn_form_cache *c)
{
    if (c->count < c->capacity) {
        return c->count++;
    }
    for (;;) {
        uint32_t slot = c->hand;
        c->hand = (slot + 1) % c->capacity;
        if (c->recent[slot] == 0 && !is_kept(c, slot)) {
            c->slot_of[c->surface_of[slot]] = 0;
            return slot;
        }
        c->recent[slot] = 0;
    }
}

static void contribute(const nn_name_model *m, const nn_name_kernels *kernels,
                       const nn_words *words, uint32_t surface, int16_t *to)
{
    uint32_t rows[NN_FORM_ROWS_MAX];
    uint32_t count = nn_form_rows(words, surface, &m->vocabulary, m->words, rows);
    const int8_t *bytes[NN_FORM_ROWS_MAX];
    int16_t x[NN_MODEL_WIDTH_MAX];
    for (uint32_t k = 0; k < count; k++) {
        bytes[k] = m->row + (size_t)rows[k] * m->row_width;
    }
    kernels->add_bytes(x, bytes, count, m->row_width);
    for (uint32_t o = 0; o <= 2 * m->reach; o++) {
        int32_t sums[NN_MODEL_WIDTH_MAX] = {0};
        kernels->multiply(sums, x, m->window + (size_t)o * m->row_width * m->hidden_width,
                          m->row_width, m->hidden_width);
        kernels->narrow(to + (size_t)o * m->hidden_width, sums, m->form_shift, m->hidden_width);
    }
}

const int16_t *nn_form_cache_get(nn_form_cache *c, const nn_name_kernels *kernels,
                                 const nn_words *words, uint32_t surface)
{
    const size_t size = slot_size(c->model);
    uint32_t slot = c->slot_of[surface] - 1;
    if (slot == NO_SLOT) {
        slot = free_slot(c);
        c->slot_of[surface] = slot + 1;
        c->surface_of[slot] = surface;
        contribute(c->model, kernels, words, surface, c->slots + slot * size);
    }
    c->recent[slot] = 1;
    c->kept[c->kept_at] = slot;
    c->kept_at = (c->kept_at + 1) % NN_FORM_CACHE_KEPT;
    return c->slots + slot * size;
}
