/* SPDX-License-Identifier: Apache-2.0 */
/* Which ids this run has met: by 64-bit hash, so that ten million need 128 MiB and no strings. Two
 * ids of one hash (one chance in 300,000 among ten million) only give a warning too many. */
#ifndef INGEST_ID_SET_H
#define INGEST_ID_SET_H

#include "core/memory.h"

enum {
    /* limit files: ids remembered, to notice one that comes twice | later ones are not compared */
    NN_INGEST_IDS_MAX = 12 << 20 /* ids remembered; later ones are not compared */
};

typedef struct nn_id_set {
    nn_memory *memory;
    uint64_t *slots; /* 0: free */
    size_t capacity; /* a power of two, or 0 */
    size_t count;
} nn_id_set;

void nn_id_set_init(nn_id_set *set, nn_memory *memory);
void nn_id_set_deinit(nn_id_set *set);
/** Adds an id; `*known` tells whether it was there. @retval NUNCIO_ERR_MEMORY not added */
NUNCIO_NODISCARD nuncio_status nn_id_set_add(nn_id_set *set, nuncio_str id, bool *known,
                                             nuncio_error *error);

#endif
