/* SPDX-License-Identifier: Apache-2.0 */
/* Makes bytes of small names models, sound or not, for tests and fuzzing. */
#ifndef UNIT_ANNOTATE_SMALL_MODEL_H
#define UNIT_ANNOTATE_SMALL_MODEL_H

#include "annotate/names/name_model.h"
#include "core/buffer.h"

typedef struct small_model_shape {
    uint32_t words, vocabulary_slots, known_slots;
    uint16_t row_width, hidden_width, upper_width;
    uint8_t reach, inner_reach, form_shift, upper_shift;
    uint8_t scale; /* of weights: 1 keeps every sum in its bounds at a width of 16 */
} small_model_shape;

/** A shape that the library accepts, as small as can be. */
small_model_shape small_model_smallest(void);
/** Writes a model whose numbers come from `fill`, over and over, and seals it. */
void small_model_make(nn_buffer *out, const small_model_shape *shape, const uint8_t *fill,
                      size_t fill_size);
/** Makes size and checksum of a model those of its bytes. */
void small_model_seal(uint8_t *bytes, size_t size);

#endif
