/* SPDX-License-Identifier: Apache-2.0 */
/* The words that names of a segment are found by, for its writer: the keys of a name's words
 * (text/name_key.h), and of organisations and events "=" with their initials. */
#ifndef INDEXER_NAME_WORDS_H
#define INDEXER_NAME_WORDS_H

#include "segment/segment_writer.h"
#include "text/name.h"

/** Reads names one after another. Zeroed but for `memory` it holds nothing. */
typedef struct nn_name_indexer {
    nn_memory *memory;
    nn_analyzer *analyzer;
    nn_token_list tokens;
    nn_arena arena; /* of the name at hand */
} nn_name_indexer;

void nn_name_indexer_init(nn_name_indexer *indexer, nn_memory *memory);
void nn_name_indexer_deinit(nn_name_indexer *indexer);
/** nn_segment_writer_finish of a segment whose names are found by their words. */
NUNCIO_NODISCARD nuncio_status nn_segment_finish(nn_segment_writer *writer, nn_memory *memory,
                                                 char *name, nuncio_error *error);

/** The same words for others: a nn_name_words_source. */
NUNCIO_NODISCARD nuncio_status nn_name_indexer_words(void *indexer, nuncio_str name,
                                                     nuncio_entity_type type,
                                                     const nn_found_name_word **words,
                                                     uint32_t *count, nuncio_error *error);

#endif
