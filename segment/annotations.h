/* SPDX-License-Identifier: Apache-2.0 */
/* The annotations of an article as bytes.
 *
 *   annotations = empty | quotes:varint mentions:varint quote* mention*
 *   quote       = start:varint (from the start of the quote before) size:varint head:1
 * confidence:varint [ speaker span ] [ cue span ] [ speaker:varint ] [ cue:varint ] head        =
 * direct:1 repaired:1 has speaker span:1 has cue span:1 has speaker:1 has cue:1 zero:2 (lowest bit
 * first) span        = place:varint (zigzag, from the start of the quote) size:varint speaker     =
 * type + 8 × number of its string mention     = start:varint (from the start of the mention before)
 * size:varint name:varint name        = type + 8 × number of its string
 *
 * Confidence is kept in ten-thousandths. Offsets are bytes from the start of the article's text. */
#ifndef SEGMENT_ANNOTATIONS_H
#define SEGMENT_ANNOTATIONS_H

#include "core/buffer.h"
#include "core/string_map.h"

#include <nuncio/annotation.h>

enum {
    NN_QUOTE_SPEAKER_SPAN = 4,
    NN_QUOTE_CUE_SPAN = 8,
    NN_QUOTE_SPEAKER = 16,
    NN_QUOTE_CUE = 32,
    NN_QUOTE_STORED_FLAGS = NUNCIO_QUOTE_DIRECT | NUNCIO_QUOTE_REPAIRED,
    NN_CONFIDENCE_UNIT = 10000
};

/** Appends the annotations (NULL or empty: nothing) to `out`; their strings get numbers in
 * `strings`. Quotes and mentions must ascend by start. @retval NUNCIO_ERR_ARGUMENT they do not, or
 * a span ends before it starts */
NUNCIO_NODISCARD nuncio_status nn_annotations_write(nn_buffer *out, nn_string_map *strings,
                                                    const nuncio_annotations *annotations,
                                                    nuncio_error *error);

#endif
