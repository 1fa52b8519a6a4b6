/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/text_train.h"

#include "core/assert.h"
#include "core/error.h"
#include "segment/zstd_memory.h"

#define ZDICT_STATIC_LINKING_ONLY /* the trainer with given parameters: the other one searches for \
                                     them */
#include <zdict.h>

size_t nn_text_sample_max(const nn_memory *memory)
{
    uint64_t share = memory->max / NN_TEXT_SAMPLE_SHARE;
    return share != 0 && share < NN_TEXT_SAMPLE ? (size_t)share : NN_TEXT_SAMPLE;
}

/* Digests what was trained, in memory of our own: up to zstd 1.5.5, ZSTD_createCDict_advanced uses
 * what it was refused. */
static nuncio_status digest(nn_trained *trained, nuncio_error *error)
{
    size_t size = trained->size;
    ZSTD_compressionParameters parameters =
        ZSTD_getCParams(NN_TEXT_LEVEL, ZSTD_CONTENTSIZE_UNKNOWN, size);
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

nuncio_status nn_trained_create(nn_memory *memory, const uint8_t *texts, const size_t *sizes,
                                size_t count, uint64_t serves, nn_trained **out,
                                nuncio_error *error)
{
    uint64_t aim = serves / NN_TEXT_DICTIONARY_SHARE, all = 0;
    *out = NULL;
    for (size_t i = 0; i < count; i++) {
        all += sizes[i];
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
    trained->data = (uint8_t *)nn_alloc(memory, NN_TEXT_DICTIONARY);
    if (trained->data == NULL) {
        nn_trained_release(trained);
        return nn_error_memory(error);
    }
    ZDICT_fastCover_params_t parameters = {
        .k = 800, .d = 8, .f = 18, .accel = 4, .splitPoint = 1.0};
    parameters.zParams.compressionLevel = NN_TEXT_LEVEL;
    trained->size = ZDICT_trainFromBuffer_fastCover(
        trained->data, aim < NN_TEXT_DICTIONARY ? (size_t)aim : (size_t)NN_TEXT_DICTIONARY, texts,
        sizes, (unsigned)count, parameters);
    bool failed = ZDICT_isError(trained->size) != 0;
    nuncio_status status = failed ? NUNCIO_OK : digest(trained, error);
    if (failed || status != NUNCIO_OK) {
        nn_trained_release(trained);
        return status;
    }
    *out = trained;
    return NUNCIO_OK;
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
    nn_release(memory, trained->room, trained->room_size);
    nn_release(memory, trained->data, NN_TEXT_DICTIONARY);
    nn_release(memory, trained, sizeof *trained);
}
