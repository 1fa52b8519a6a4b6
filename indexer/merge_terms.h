/* SPDX-License-Identifier: Apache-2.0 */
/* The terms of several segments, each once, in byte order. */
#ifndef INDEXER_MERGE_TERMS_H
#define INDEXER_MERGE_TERMS_H

#include "indexer/merge_lists.h"

/** Writes the terms of all sources, whose articles were written, with the lists of all. The lists
 * are merged in parts->threads threads. */
NUNCIO_NODISCARD nuncio_status nn_merge_terms(const nn_parts *parts, nn_merge_source *sources,
                                              size_t count, nn_segment_writer *out,
                                              nuncio_error *error);

#endif
