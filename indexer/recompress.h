/* SPDX-License-Identifier: Apache-2.0 */
/* Texts compressed anew while segments are merged: at a higher level, and with dictionaries trained
 * on passages from all over what each of them serves, which a batch cannot know of. */
#ifndef INDEXER_RECOMPRESS_H
#define INDEXER_RECOMPRESS_H

#include "indexer/parts.h"
#include "segment/segment_writer.h"

/** Whether enough of the texts of parts is not dense yet. What is left as it is stays less than a
 * third of what is dense, so that an archive that grows is compressed anew but a few times. */
NUNCIO_NODISCARD nuncio_status nn_recompress_pays(const nn_part *parts, size_t count, bool *pays,
                                                  nuncio_error *error);

typedef struct nn_recompress {
    nn_memory *memory;
    const nn_part *parts;
    size_t count;
    uint64_t span; /* bytes of text that a dictionary serves */
    uint64_t left; /* of the current one */
    bool served;   /* there is one */
    nn_buffer text;
} nn_recompress;

NUNCIO_NODISCARD nuncio_status nn_recompress_init(nn_recompress *recompress, nn_memory *memory,
                                                  const nn_part *parts, size_t count,
                                                  nuncio_error *error);
void nn_recompress_deinit(nn_recompress *recompress);
/** The next passage of the current article, from part `part`; in the order of storage. */
NUNCIO_NODISCARD nuncio_status nn_recompress_passage(nn_recompress *recompress,
                                                     nn_segment_writer *writer, size_t part,
                                                     uint32_t passage, nuncio_error *error);

#endif
