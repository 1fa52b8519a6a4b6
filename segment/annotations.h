/* SPDX-License-Identifier: Apache-2.0 */
/* The annotations of an article as bytes.
 *
 *   annotations = empty | quotes:varint mentions:varint quote* mention*
 *   quote       = start:varint size:varint head:1 confidence:varint
 *                 [ speaker span ] [ cue span ] [ speaker:varint ] [ cue:varint ]
 *   start       = from the start of the quote (mention) before
 *   head        = from the lowest bit: direct, repaired, has speaker span, has cue span,
 *                 has speaker, has cue, 0, 0
 *   span        = place:varint (zigzag, from the start of the quote) size:varint
 *   speaker     = type + 8 × number of its string
 *   cue         = 8 × number of its string
 *   mention     = start:varint size:varint name:varint
 *   name        = type + 8 × number of its string
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
