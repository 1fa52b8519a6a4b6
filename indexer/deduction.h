/* SPDX-License-Identifier: Apache-2.0 */
/* What the deletion of articles takes off the statistics of a segment. */
#ifndef INDEXER_DEDUCTION_H
#define INDEXER_DEDUCTION_H

#include "segment/deletes.h"

/** Sums of deleted articles: their counts, and passages and articles by ordinal of the term. */
typedef struct nn_deduction_sums {
    nn_deletes_info info;
    nn_df_deduction *terms; /* one a term of the segment, in order of ordinal, zeros included */
} nn_deduction_sums;

/** Adds up `count` articles (ascending) of a segment. From stored text where that is the shorter
 * way, else from the postings; both give the same. Release terms with its term_count. */
NUNCIO_NODISCARD nuncio_status nn_deduction_sum(nn_memory *memory, const nn_segment *segment,
                                                const uint32_t *articles, size_t count,
                                                nn_deduction_sums *out, nuncio_error *error);

#endif
