/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/training.h"

#include "core/error.h"

#include <string.h>

enum {
    PIECE = 704,        /* bytes of a sample's piece: about a passage */
    SERVES_SAMPLES = 12 /* times its sample that a dictionary serves */
};

/* A sample being taken. */
typedef struct sample {
    uint8_t *bytes;
    size_t *sizes;
    size_t size, count, max;
} sample;

void nn_training_deinit(nn_training *training)
{
    nn_trained_release(training->trained);
    memset(training, 0, sizeof *training);
}

static uint64_t text_bytes(const nn_batch *batch)
{
    uint64_t all = 0;
    for (size_t i = 0; i < batch->count; i++) {
        all += batch->articles[i].dropped ? 0 : batch->articles[i].article.text.size;
    }
    return all;
}

/* Takes pieces from all texts of the batch, of each an equal share. */
static void take(sample *to, const nn_batch *batch, uint64_t all)
{
    uint64_t at = 0, before = 0; /* in all texts, one behind the other */
    for (size_t i = 0; i < batch->count; i++) {
        nuncio_str text = batch->articles[i].article.text;
        if (batch->articles[i].dropped) {
            continue;
        }
        while (at < before + text.size && to->size + PIECE <= to->max) {
            size_t start = (size_t)(at - before), size = text.size - start;
            size = size < PIECE ? size : PIECE;
            memcpy(to->bytes + to->size, text.data + start, size);
            to->size += size;
            to->sizes[to->count++] = size;
            at += all <= to->max ? size : size * all / to->max + 1;
        }
        before += text.size;
    }
}

static nuncio_status train(nn_training *training, nn_memory *memory, const nn_batch *batch,
                           uint64_t all, bool last, nuncio_error *error)
{
    sample in = {.max = nn_text_sample_max(memory)};
    in.max = all < in.max ? (size_t)all + PIECE : in.max;
    size_t pieces = in.max / PIECE + batch->count + 1;
    nn_training_deinit(training);
    in.bytes = (uint8_t *)nn_alloc(memory, in.max);
    in.sizes = (size_t *)nn_alloc_array(memory, pieces, sizeof *in.sizes);
    nuncio_status status = NUNCIO_OK;
    if (in.bytes == NULL || in.sizes == NULL) {
        status = nn_error_memory(error);
    } else {
        take(&in, batch, all);
        training->left = last ? all : (uint64_t)in.size * SERVES_SAMPLES;
        const nn_text_sample taken = {in.bytes, in.sizes, in.count};
        status =
            nn_trained_create(memory, &taken, training->left, false, &training->trained, error);
    }
    nn_release(memory, in.bytes, in.max);
    nn_release(memory, in.sizes, pieces * sizeof *in.sizes);
    return status;
}

nuncio_status nn_training_prepare(nn_training *training, nn_memory *memory, const nn_batch *batch,
                                  bool last, nuncio_error *error)
{
    uint64_t all = text_bytes(batch);
    if (all > training->left) {
        NN_TRY(train(training, memory, batch, all, last, error));
    }
    training->left -= all < training->left ? all : training->left;
    return NUNCIO_OK;
}
