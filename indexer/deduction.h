/* SPDX-License-Identifier: Apache-2.0 */
/* What the deletion of articles takes off the statistics of a segment. */
#ifndef INDEXER_DEDUCTION_H
#define INDEXER_DEDUCTION_H

#include "segment/files/deletes.h"

/** Sums of deleted articles: their counts, and passages and articles by ordinal of the term. */
typedef struct nn_deduction_sums {
    nn_deletes_info info;
    nn_df_deduction *terms; /* one a term of the segment, in order of ordinal, zeros included */
} nn_deduction_sums;

/** Where the terms of an article are taken from; all ways give the same. */
typedef enum nn_deduction_way {
    NN_DEDUCTION_SHORTER,    /* of the two, which is chosen by the share of articles */
    NN_DEDUCTION_BY_TEXT,    /* from the stored text, analysed anew; without one from postings */
    NN_DEDUCTION_BY_POSTINGS /* from a walk over the postings of all terms */
} nn_deduction_way;

/** Adds up `count` articles (ascending) of a segment. Release terms with its term_count. */
NUNCIO_NODISCARD nuncio_status nn_deduction_sum(nn_memory *memory, const nn_segment *segment,
                                                const uint32_t *articles, size_t count,
                                                nn_deduction_way way, nn_deduction_sums *out,
                                                nuncio_error *error);

#endif
