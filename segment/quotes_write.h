/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of quotes.h while they grow. */
#ifndef SEGMENT_QUOTES_WRITE_H
#define SEGMENT_QUOTES_WRITE_H

#include "segment/names_write.h"

typedef struct nn_quote_columns {
    nn_memory *memory;
    nn_u32_array passages; /* of the article at hand: first token, until its passages are known */
    nn_u32_array lengths, speakers;
    nn_u8_array places;
    size_t settled; /* quotes of whole articles */
    uint64_t token_count;
} nn_quote_columns;

void nn_quote_columns_init(nn_quote_columns *writer, nn_memory *memory);
void nn_quote_columns_deinit(nn_quote_columns *writer);
/** Takes the quotes of the article at hand of `names`. */
NUNCIO_NODISCARD nuncio_status nn_quote_columns_add(nn_quote_columns *writer,
                                                    nn_names_writer *names,
                                                    const nn_article_fields *fields,
                                                    nuncio_error *error);
/** Finds the passages of the last article's quotes, which begin at `first_passage`. @retval
 * NUNCIO_ERR_ARGUMENT they do not ascend or do not lie in its text */
NUNCIO_NODISCARD nuncio_status nn_quote_columns_settle(nn_quote_columns *writer,
                                                       const nn_passage_table *table,
                                                       uint32_t first_passage, nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_quote_columns_write(nn_quote_columns *writer,
                                                      nn_frame_writer *frame, nn_meta *meta,
                                                      nuncio_error *error);

#endif
