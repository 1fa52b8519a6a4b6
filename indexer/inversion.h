/* SPDX-License-Identifier: Apache-2.0 */
/* From tokens in order of passages to postings in order of terms, in two passes over surface ids:
 *
 *   1. count the occurrences of each surface id; sum them up: where each one's occurrences begin
 *   2. put each occurrence in its place
 *
 *   occurrences:  | surface 0: (passage, position) … | surface 1: … | …
 *
 * Within a surface they are in order of passage and position, because that is the order they came
 * in. A term's postings are then a merge of the few surfaces that share it. */
#ifndef INDEXER_INVERSION_H
#define INDEXER_INVERSION_H

#include "segment/segment_writer.h"
#include "text/analyzer.h"

/** An occurrence: passage in the upper 32 bits, position in the lower. */
typedef struct nn_inversion {
    nn_memory *memory;
    uint32_t *surfaces; /* of each token in order of input */
    uint64_t *places;   /* of each token in order of input: passage << 32 | position */
    size_t count, surface_capacity, place_capacity;
} nn_inversion;

void nn_inversion_init(nn_inversion *inversion, nn_memory *memory);
void nn_inversion_deinit(nn_inversion *inversion);
/** Adds a token; passages ascending, positions ascending within a passage. */
NUNCIO_NODISCARD nuncio_status nn_inversion_add(nn_inversion *inversion, uint32_t surface,
                                                uint32_t passage, uint32_t position,
                                                nuncio_error *error);
/** Writes all terms with their postings. */
NUNCIO_NODISCARD nuncio_status nn_inversion_write(nn_inversion *inversion,
                                                  const nn_analyzer *analyzer,
                                                  nn_segment_writer *writer, nuncio_error *error);

#endif
