/* SPDX-License-Identifier: Apache-2.0 */
/* Tags the words of an article by the names model.
 *
 *   forms  ──► contributions to h at each offset, kept once computed
 *   words  ──► h of scored words and their neighbours ──► largest h of each word in the part
 *          ──► g, scores ──► best tags of each run of scored words
 *
 * Articles are read in parts of at most NN_TAGGER_PART words, so that memory is bounded; parts end
 * between paragraphs where they can. */
#ifndef ANNOTATE_TAGGER_H
#define ANNOTATE_TAGGER_H

#include "annotate/name_kernels.h"
#include "annotate/name_model.h"

enum { NN_TAGGER_PART = 4096 };

/** Reusable over articles; one thread at a time. */
typedef struct nn_tagger {
    nn_memory *memory;
    const nn_name_model *model;
    const nn_name_kernels *kernels;
    nn_name_features features;

    /* contributions of forms: a slot holds [2 reach + 1][hidden_width] */
    int16_t *cache;
    uint32_t *cached; /* by slot: surface + 1 */
    uint8_t *recent;  /* by set of two slots: which was used last */
    uint32_t cache_slots, cache_slots_max;
    uint32_t cache_missed;       /* since it grew */
    const nn_analyzer *analyzer; /* whose surfaces the cache knows, and of which epoch */
    uint32_t epoch;

    int16_t *hidden; /* [NN_TAGGER_PART + 2][hidden_width] */
    int16_t *pooled; /* [pools][hidden_width] */
    size_t pooled_capacity;
    uint32_t *pool_of_fold, *pool_part; /* by fold: its pool, and the part it is of */
    size_t pool_of_fold_capacity, pool_part_capacity;
    uint32_t part;
    int32_t (*scores)[NN_NAME_LANES]; /* by word of the part */
    uint8_t *back;                    /* [NN_TAGGER_PART][NN_NAME_LANES] */
    uint8_t *tags;                    /* by word of the article */
    size_t tag_capacity;
} nn_tagger;

/** @param[in] model must outlive the tagger */
NUNCIO_NODISCARD nuncio_status nn_tagger_init(nn_tagger *tagger, nn_memory *memory,
                                              const nn_name_model *model, nuncio_error *error);
void nn_tagger_deinit(nn_tagger *tagger);

/** Fills `tagger->tags` for the words of an article. Cost: linear. */
NUNCIO_NODISCARD nuncio_status nn_tagger_run(nn_tagger *tagger, const nn_words *words,
                                             nuncio_error *error);

#endif
