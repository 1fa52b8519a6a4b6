/* SPDX-License-Identifier: Apache-2.0 */
/* The dictionary that the texts of batches are compressed with. One that was trained on a sample
 * of a batch serves the batches behind it too, up to so many times the sample: training costs a
 * batch a tenth of its time, and every dictionary takes its place in the index. When it is trained
 * depends on counts of text alone. */
#ifndef INDEXER_TRAINING_H
#define INDEXER_TRAINING_H

#include "indexer/batch.h"
#include "segment/articles/text_train.h"

typedef struct nn_training {
    nn_trained *trained; /* NULL: none */
    uint64_t left;       /* bytes of text that it is still to serve */
} nn_training;

void nn_training_deinit(nn_training *training);
/** Trains anew when the dictionary has served enough for a batch to have another. `last`: nothing
 * else will be served, so that it must pay for itself. */
NUNCIO_NODISCARD nuncio_status nn_training_prepare(nn_training *training, nn_memory *memory,
                                                   const nn_batch *batch, bool last,
                                                   nuncio_error *error);

#endif
