/* SPDX-License-Identifier: Apache-2.0 */
/* An article as it is taken in: checked, repaired, hashed. */
#ifndef INDEXER_INTAKE_H
#define INDEXER_INTAKE_H

#include <nuncio/article.h>

#include "core/buffer.h"
#include "core/hash.h"

enum {
    /* limit article: text; title | refused, NUNCIO_ERR_INPUT */
    NN_TEXT_BYTES_MAX = 64 << 20, /* of an article, of a title */
    /* limit article: source; url | refused, NUNCIO_ERR_INPUT */
    NN_FIELD_BYTES_MAX = 64 << 10, /* of a source, of a url */
    /* limit article: language code | refused, NUNCIO_ERR_INPUT */
    NN_LANG_BYTES_MAX = 64,
    /* limit article: id | refused, NUNCIO_ERR_INPUT */
    NN_ID_BYTES_MAX = 1024
};

typedef struct nn_intake {
    nuncio_article article; /* clean UTF-8; views into the caller's article or `repaired` */
    nn_hash128 hash;        /* of everything as given, to know an identical article again */
    nn_buffer repaired[5];
} nn_intake;

/**
 * Checks an article and makes it clean. One without any word is taken: only filters will find it.
 *
 * @param[in] text_max bytes of text that the memory suffices for
 * @retval NUNCIO_ERR_INPUT no id, one too long or with a NUL; no text, one over 64 MiB;
 *         another field over its limit; a date that does not exist
 * @retval NUNCIO_ERR_LIMIT a text over `text_max`
 */
NUNCIO_NODISCARD nuncio_status nn_intake_take(nn_intake *intake, nn_memory *memory,
                                              const nuncio_article *article, uint64_t text_max,
                                              nuncio_error *error);
/** Also after a failure. */
void nn_intake_deinit(nn_intake *intake);

#endif
