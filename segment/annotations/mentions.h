/* SPDX-License-Identifier: Apache-2.0 */
/* The mentions of an article as bytes.
 *
 *   mentions = empty | count:varint order:4 mention × count, filled to a byte
 *   mention  = golomb(gap) new:1 [ local number: w ]         the number unless new
 *
 * A gap is counted from the end of the mention before, the first from the start of the text;
 * mentions do not overlap. A new one bears the next entry of the article's names (names.h), which
 * has its size; of n entries so far the number of one of them takes as many bits as n - 1. Offsets
 * are bytes from the start of the article's text. */
#ifndef SEGMENT_MENTIONS_H
#define SEGMENT_MENTIONS_H

#include "segment/annotations/names_write.h"

/** Appends the mentions of the article at hand of `names`, to which their names are added. They
 * must ascend by start and not overlap. @retval NUNCIO_ERR_ARGUMENT they do not, or one is empty or
 * has no type */
NUNCIO_NODISCARD nuncio_status nn_mentions_write(nn_buffer *out, nn_names_writer *names,
                                                 const nuncio_annotations *annotations,
                                                 nuncio_error *error);

#endif
