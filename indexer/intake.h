/* SPDX-License-Identifier: Apache-2.0 */
/* An article as it is taken in: checked, repaired, hashed. */
#ifndef INDEXER_INTAKE_H
#define INDEXER_INTAKE_H

#include <nuncio/article.h>

#include "core/buffer.h"
#include "core/hash.h"

typedef struct nn_intake {
    nuncio_article article; /* clean UTF-8; views into the caller's article or `repaired` */
    nn_hash128 hash;        /* of everything as given, to know an identical article again */
    nn_buffer repaired[5];
} nn_intake;

/** @retval NUNCIO_ERR_INPUT no id, an id too long or with a NUL, no text, a text over the limit */
NUNCIO_NODISCARD nuncio_status nn_intake_take(nn_intake *intake, nn_memory *memory,
                                              const nuncio_article *article, nuncio_error *error);
/** Also after a failure. */
void nn_intake_deinit(nn_intake *intake);

#endif
