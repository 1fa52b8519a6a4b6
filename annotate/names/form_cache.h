/* SPDX-License-Identifier: Apache-2.0 */
/* What the surface forms of words give to the first layer of the names model, once computed.
 *
 *   slot: c(form, o) of each offset o of the window, [2 reach + 1][hidden_width]
 *
 * Bounded: when it is full, a form that was not asked for of late makes room. What it answers does
 * not depend on what it holds. */
#ifndef ANNOTATE_FORM_CACHE_H
#define ANNOTATE_FORM_CACHE_H

#include "annotate/names/name_kernels.h"
#include "annotate/names/name_model.h"

/* The forms asked for last that stay where they are: as many as the windows of so many words in a
 * row can have, whose contributions are asked for before the first is summed up. */
enum {
    NN_FORM_CACHE_AHEAD = 4,
    NN_FORM_CACHE_KEPT = NN_FORM_CACHE_AHEAD * (2 * NN_MODEL_REACH_MAX + 1)
};

/** Reusable over articles; one thread at a time. */
typedef struct nn_form_cache {
    nn_memory *memory;
    const nn_name_model *model;
    int16_t *slots;       /* aligned, in `block` */
    uint32_t *surface_of; /* by slot */
    uint8_t *recent;      /* by slot: asked for since the hand came by */
    void *block;
    uint32_t count, capacity, capacity_max;
    uint32_t hand; /* where to look next for one to give up */
    uint32_t kept[NN_FORM_CACHE_KEPT];
    uint32_t kept_at;
    uint32_t *slot_of; /* by surface: slot + 1, 0: in none */
    size_t slot_of_capacity;
    const nn_analyzer *analyzer; /* whose surfaces it knows, and of which epoch */
    uint32_t epoch;
} nn_form_cache;

/** @param[in] model must outlive the cache */
void nn_form_cache_init(nn_form_cache *cache, nn_memory *memory, const nn_name_model *model);
void nn_form_cache_deinit(nn_form_cache *cache);

/** Makes ready for an article or the next part of one; forgets the forms of another analyzer. What
 * it gave before may move. */
NUNCIO_NODISCARD nuncio_status nn_form_cache_open(nn_form_cache *cache, const nn_words *words,
                                                  nuncio_error *error);
/** The contributions of a form; they stay valid until NN_FORM_CACHE_KEPT others were asked for. */
const int16_t *nn_form_cache_get(nn_form_cache *cache, const nn_name_kernels *kernels,
                                 const nn_words *words, uint32_t surface);

#endif
