/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/articles/text_train.h"

#include "core/assert.h"
#include "core/error.h"
#include "segment/articles/zstd_memory.h"

#define ZDICT_STATIC_LINKING_ONLY /* the trainer with given parameters: the other one searches for \
                                     them */
#include <zdict.h>

size_t nn_text_sample_max(const nn_memory *memory)
{
    uint64_t share = memory->max / NN_TEXT_SAMPLE_SHARE;
    return share != 0 && share < NN_TEXT_SAMPLE ? (size_t)share : NN_TEXT_SAMPLE;
}

/* The ID of a dictionary tells its level; the trainer's own choice is never that low. */
enum { ID_DENSE = NN_TEXT_LEVEL_DENSE };

bool nn_trained_is_dense(const uint8_t *dictionary, size_t size)
{
    return ZDICT_getDictID(dictionary, size) == ID_DENSE;
}

/* Digests what was trained, in memory of our own: up to zstd 1.5.5, ZSTD_createCDict_advanced uses
 * what it was refused. */
static nuncio_status digest(nn_trained *trained, int level, nuncio_error *error)
{
    size_t size = trained->size;
    ZSTD_compressionParameters parameters = ZSTD_getCParams(level, ZSTD_CONTENTSIZE_UNKNOWN, size);
    parameters = ZSTD_adjustCParams(parameters, NN_TEXT_FRAME_MIN, size);
    size_t room = ZSTD_estimateCDictSize_advanced(size, parameters, ZSTD_dlm_byRef);
    trained->room = nn_alloc(trained->memory, room);
    if (trained->room == NULL) {
        return nn_error_memory(error);
    }
    trained->room_size = room;
    trained->compressor = ZSTD_initStaticCDict(trained->room, room, trained->data, size,
                                               ZSTD_dlm_byRef, ZSTD_dct_fullDict, parameters);
    NN_ASSERT(trained->compressor !=
              NULL); /* the room is what it asked for, the dictionary its own */
    return NUNCIO_OK;
}

static nuncio_status train(nn_trained *trained, const nn_text_sample *sample, size_t aim,
                           bool dense, nuncio_error *error)
{
    int level = dense ? NN_TEXT_LEVEL_DENSE : NN_TEXT_LEVEL;
    ZDICT_fastCover_params_t parameters = {
        .k = 800, .d = 8, .f = 18, .accel = 4, .splitPoint = 1.0};
    parameters.zParams.compressionLevel = level;
    parameters.zParams.dictID = dense ? ID_DENSE : 0;
    trained->size = ZDICT_trainFromBuffer_fastCover(
        trained->data, aim, sample->texts, sample->sizes, (unsigned)sample->count, parameters);
    if (ZDICT_isError(trained->size) != 0) {
        trained->size = 0;
        return NUNCIO_OK;
    }
    return digest(trained, level, error);
}

nuncio_status nn_trained_create(nn_memory *memory, const nn_text_sample *sample, uint64_t serves,
                                bool dense, nn_trained **out, nuncio_error *error)
{
    uint64_t aim = serves / NN_TEXT_DICTIONARY_SHARE, all = 0;
    uint64_t share = memory->max / NN_TEXT_DENSE_SHARE;
    uint64_t most = NN_TEXT_DICTIONARY;
    *out = NULL;
    if (dense) {
        most *= NN_TEXT_DENSE_TIMES;
        most = share != 0 && share < most ? share : most;
    }
    for (size_t i = 0; i < sample->count; i++) {
        all += sample->sizes[i];
    }
    if (all < NN_TEXT_SAMPLE_MIN) {
        return NUNCIO_OK;
    }
    nn_trained *trained = (nn_trained *)nn_alloc_array(memory, 1, sizeof *trained);
    if (trained == NULL) {
        return nn_error_memory(error);
    }
    trained->memory = memory;
    atomic_init(&trained->holders, 1);
    trained->capacity = aim < most ? (size_t)aim : (size_t)most;
    trained->data = (uint8_t *)nn_alloc(memory, trained->capacity);
    nuncio_status status = trained->data == NULL
                               ? nn_error_memory(error)
                               : train(trained, sample, trained->capacity, dense, error);
    if (status != NUNCIO_OK || trained->size == 0) {
        nn_trained_release(trained);
        return status;
    }
    *out = trained;
    return NUNCIO_OK;
}

void nn_trained_retire(nn_trained *trained)
{
    nn_release(trained->memory, trained->room, trained->room_size);
    trained->room = NULL;
    trained->room_size = 0;
    trained->compressor = NULL;
}

nn_trained *nn_trained_hold(nn_trained *trained)
{
    if (trained != NULL) {
        (void)atomic_fetch_add_explicit(&trained->holders, 1, memory_order_relaxed);
    }
    return trained;
}

void nn_trained_release(nn_trained *trained)
{
    if (trained == NULL ||
        atomic_fetch_sub_explicit(&trained->holders, 1, memory_order_acq_rel) != 1) {
        return;
    }
    nn_memory *memory = trained->memory;
    nn_trained_retire(trained);
    nn_release(memory, trained->data, trained->capacity);
    nn_release(memory, trained, sizeof *trained);
}
