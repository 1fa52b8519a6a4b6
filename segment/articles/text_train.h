/* SPDX-License-Identifier: Apache-2.0 */
/* Dictionaries for zstd, trained on texts. */
#ifndef SEGMENT_TEXT_TRAIN_H
#define SEGMENT_TEXT_TRAIN_H

#include "core/memory.h"

#include <stdatomic.h>
#include <stdbool.h>

enum {
    NN_TEXT_LEVEL = 3,              /* zstd compression level */
    NN_TEXT_LEVEL_DENSE = 7,        /* where time matters less than space */
    NN_TEXT_FRAME_MIN = 513,        /* bytes of a text for which a dictionary is digested */
    NN_TEXT_SAMPLE = 8 << 20,       /* bytes of text that a dictionary is trained on, at most, */
    NN_TEXT_SAMPLE_SHARE = 16,      /* and of the memory budget, one part in so many */
    NN_TEXT_SAMPLE_MIN = 64 << 10,  /* below this, texts are compressed without one */
    NN_TEXT_DICTIONARY = 256 << 10, /* bytes of a dictionary, at most, */
    NN_TEXT_DICTIONARY_SHARE = 16,  /* and of the texts it serves, one part in so many */
    NN_TEXT_DENSE_TIMES = 2,        /* a dictionary of dense texts and its sample are larger, */
    NN_TEXT_DENSE_SHARE = 512       /* it of the memory budget at most one part in so many */
};

struct ZSTD_CDict_s;

/** A dictionary ready to compress with. Several threads may use it. */
typedef struct nn_trained {
    nn_memory *memory;
    atomic_uint_least32_t holders;
    uint8_t *data;
    size_t size, capacity;
    void *room; /* of the digest */
    size_t room_size;
    const struct ZSTD_CDict_s *compressor; /* zstd's digest */
} nn_trained;

/** Bytes of texts to train on, as the memory budget has it. */
size_t nn_text_sample_max(const nn_memory *memory);

/** Texts that lie one behind the other. */
typedef struct nn_text_sample {
    const uint8_t *texts;
    const size_t *sizes; /* of each */
    size_t count;
} nn_text_sample;

/**
 * Trains a dictionary that will serve about `serves` bytes of text; *out is NULL when the texts of
 * the sample are too few or too much alike for one. `dense`: at NN_TEXT_LEVEL_DENSE, which its ID
 * says for ever. Cost: 7 ms a MB, and 2 MB of memory that no budget counts.
 */
NUNCIO_NODISCARD nuncio_status nn_trained_create(nn_memory *memory, const nn_text_sample *sample,
                                                 uint64_t serves, bool dense, nn_trained **out,
                                                 nuncio_error *error);
/** Whether a dictionary was made to serve dense texts. */
bool nn_trained_is_dense(const uint8_t *dictionary, size_t size);
/** Releases what compressing with it needs, and keeps its bytes; for who holds it alone. */
void nn_trained_retire(nn_trained *trained);
/** One more holder. NULL stays NULL. */
nn_trained *nn_trained_hold(nn_trained *trained);
/** One holder less; the last one releases it. NULL is allowed. */
void nn_trained_release(nn_trained *trained);

#endif
