/* SPDX-License-Identifier: Apache-2.0 */
/* The terms of an article of a segment, analysed anew from what is stored: what check compares the
 * postings with, and what deleting takes off the statistics. */
#ifndef INDEXER_TERMS_OF_H
#define INDEXER_TERMS_OF_H

#include "segment/segment.h"
#include "text/passage.h"

/** Called for each token: its surface id, passage of the segment and position. */
typedef nuncio_status nn_token_visit(void *context, uint32_t surface, uint32_t passage,
                                     uint32_t position, nuncio_error *error);

/** Analyses an article from its stored text and visits its tokens, passage by passage, in a passage
 * text before title. The segment must have text. */
NUNCIO_NODISCARD nuncio_status nn_terms_of_article(nn_memory *memory, nn_analyzer *analyzer,
                                                   const nn_segment *segment, uint32_t article,
                                                   nn_token_visit *visit, void *context,
                                                   nuncio_error *error);

#endif
