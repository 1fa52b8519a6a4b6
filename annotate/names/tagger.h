/* SPDX-License-Identifier: Apache-2.0 */
/* Tags the words of an article by the names model.
 *
 *   forms  ──► contributions to h at each offset (form_cache.h), marks ──► theirs (mark_sums.h)
 *   words  ──► h of scored words and their neighbours ──► largest h of each word in the part
 *          ──► g, scores ──► best tags of each run of scored words
 *
 * Articles are read in parts of at most NN_TAGGER_PART words, so that memory is bounded; parts end
 * between paragraphs where they can. */
#ifndef ANNOTATE_TAGGER_H
#define ANNOTATE_TAGGER_H

#include "annotate/names/form_cache.h"
#include "annotate/names/mark_sums.h"

enum { NN_TAGGER_PART = NN_MARK_SUMS_WORDS };

/** Where the largest h of a folded word is. */
typedef struct nn_fold_pool {
    uint32_t part;  /* the part that the rest is of */
    uint32_t first; /* its first scored word */
    uint32_t pool;  /* NN_TAGGER_ALONE: there is no other, and no pool */
} nn_fold_pool;

#define NN_TAGGER_ALONE UINT32_MAX

/** Reusable over articles; one thread at a time. */
typedef struct nn_tagger {
    nn_memory *memory;
    const nn_name_model *model;
    const nn_name_kernels *kernels;
    nn_name_features features;

    nn_form_cache forms;
    nn_mark_sums marks;

    int16_t *hidden; /* [NN_TAGGER_PART + 2][hidden_width] */
    int16_t *pooled; /* [pools][hidden_width]: of words that the part has more than once */
    int32_t *above;  /* [pools][upper_width]: what the pool gives to g, with the bias */
    size_t pooled_capacity, above_capacity;
    nn_fold_pool *pool_of_fold;
    size_t pool_of_fold_capacity;
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
