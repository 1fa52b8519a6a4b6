/* SPDX-License-Identifier: Apache-2.0 */
/* The annotations of an article as bytes.
 *
 *   annotations = empty | mentions:varint [ size:varint bits ] [ quotes:varint quote × quotes ]
 *   bits        = order:4 mention × mentions, filled to a byte       `size` bytes, when there are
 * mentions mention     = golomb(gap) new:1 [ local number: w ]              the number unless new
 *   quote       = start:varint size:varint head:1 confidence:varint
 *                 [ speaker span ] [ cue span ] [ speaker:varint ] [ cue:varint ]
 *   start       = from the start of the quote before
 *   head        = from the lowest bit: direct, repaired, has speaker span, has cue span,
 *                 has speaker, has cue, 0, 0
 *   span        = place:varint (zigzag, from the start of the quote) size:varint
 *   speaker     = its local number
 *   cue         = number of its string behind those of names
 *
 * A gap is counted from the end of the mention before, the first from the start of the text;
 * mentions do not overlap. A new one bears the next entry of the article's names (names.h), which
 * has its size; of n entries so far the number of one of them takes as many bits as n - 1.
 * Confidence is kept in ten-thousandths. Offsets are bytes from the start of the article's text. */
#ifndef SEGMENT_ANNOTATIONS_H
#define SEGMENT_ANNOTATIONS_H

#include "segment/names_write.h"

enum {
    NN_QUOTE_SPEAKER_SPAN = 4,
    NN_QUOTE_CUE_SPAN = 8,
    NN_QUOTE_SPEAKER = 16,
    NN_QUOTE_CUE = 32,
    NN_QUOTE_STORED_FLAGS = NUNCIO_QUOTE_DIRECT | NUNCIO_QUOTE_REPAIRED,
    NN_CONFIDENCE_UNIT = 10000
};

/** Appends the annotations (NULL or empty: nothing) of the article at hand of `names`, to which
 * their names and cues are added. Quotes and mentions must ascend by start, and mentions not
 * overlap. @retval NUNCIO_ERR_ARGUMENT they do, a span ends before it starts, or a mention has no
 * type */
NUNCIO_NODISCARD nuncio_status nn_annotations_write(nn_buffer *out, nn_names_writer *names,
                                                    const nuncio_annotations *annotations,
                                                    nuncio_error *error);

#endif
