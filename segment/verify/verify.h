/* SPDX-License-Identifier: Apache-2.0 */
/* The invariants of docs/format.md as a program. */
#ifndef SEGMENT_VERIFY_H
#define SEGMENT_VERIFY_H

#include "segment/segment_impl.h"

/** Columns, texts and annotations of articles and passages. */
NUNCIO_NODISCARD nuncio_status nn_verify_articles(const nn_segment *segment, nuncio_error *error);
/** The dictionary and the list of each term. */
NUNCIO_NODISCARD nuncio_status nn_verify_terms(const nn_segment *segment, nuncio_error *error);

/** Names and their lists. */
NUNCIO_NODISCARD nuncio_status nn_verify_names(const nn_segment *segment, nuncio_error *error);

#endif
