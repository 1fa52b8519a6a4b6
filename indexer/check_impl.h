/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of a full check. */
#ifndef INDEXER_CHECK_IMPL_H
#define INDEXER_CHECK_IMPL_H

#include "segment/segment.h"

/** Compares the words that the names of a segment are found by with those made anew. @retval
 * NUNCIO_ERR_CORRUPT they are others */
NUNCIO_NODISCARD nuncio_status nn_check_names(nn_memory *memory, const nn_segment *segment,
                                              const char *name, nuncio_error *error);

#endif
