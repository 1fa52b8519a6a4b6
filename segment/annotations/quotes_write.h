/* SPDX-License-Identifier: Apache-2.0 */
/* The records of quote_record.h while articles come: numbers are noted and counted, and coded when
 * all are known. */
#ifndef SEGMENT_QUOTES_WRITE_H
#define SEGMENT_QUOTES_WRITE_H

#include "segment/annotations/names_write.h"
#include "segment/annotations/quote_record.h"

typedef struct nn_quotes_writer {
    nn_memory *memory;
    nn_string_map *kinds; /* head and confidence → number of first appearance */
    nn_u32_array kind_counts;
    nn_u32_array cue_counts;  /* by number of the string */
    nn_u32_array counts;      /* by article: quotes, … */
    nn_u32_array log_sizes;   /* … bytes of … */
    nn_u32_array token_bytes; /* (quote_record.h) */
    nn_buffer log; /* … numbers: field:1 number:varint, behind start and size tokens:varint. Kinds
                      and cues have no ranks yet, bytes still hold what their tokens take */
    nn_number_counts fields[NN_QUOTE_FIELDS]; /* without kinds and cues */
    uint64_t all, token_count;
    /* Of the article at hand: quotes, where its log begins, and the last byte and token of any. */
    uint32_t here;
    size_t here_log;
    uint32_t end, end_token;
} nn_quotes_writer;

NUNCIO_NODISCARD nuncio_status nn_quotes_writer_init(nn_quotes_writer *writer, nn_memory *memory,
                                                     nuncio_error *error);
void nn_quotes_writer_deinit(nn_quotes_writer *writer);
/** Takes the quotes of the article at hand of `names`, to which their speakers and cues are added.
 * @retval NUNCIO_ERR_ARGUMENT they do not ascend, a span ends before it starts, or too many lie
 * over one token */
NUNCIO_NODISCARD nuncio_status nn_quotes_writer_add(nn_quotes_writer *writer,
                                                    nn_names_writer *names,
                                                    const nn_article_fields *fields,
                                                    nuncio_error *error);
/** Ends that article, which has so many text tokens and bytes. @retval NUNCIO_ERR_ARGUMENT a quote
 * ends behind them */
NUNCIO_NODISCARD nuncio_status nn_quotes_writer_settle(nn_quotes_writer *writer, uint32_t tokens,
                                                       uint32_t text_size, nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_quotes_writer_regions(nn_quotes_writer *writer,
                                                        nn_frame_writer *frame, nn_meta *meta,
                                                        nuncio_error *error);

#endif
