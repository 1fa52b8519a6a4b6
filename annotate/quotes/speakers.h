/* SPDX-License-Identifier: Apache-2.0 */
/* From the words that name a speaker to the speaker. */
#ifndef ANNOTATE_SPEAKERS_H
#define ANNOTATE_SPEAKERS_H

#include "annotate/quotes/quotes.h"

/**
 * Who the words of `source` are: the person named; by pronoun or role the person meant; an
 * organisation or place that speaks; else the description as written. Unknown when the text does
 * not say.
 */
NUNCIO_NODISCARD nuncio_status nn_speaker_resolve(const nn_reading *reading, nn_word_range source,
                                                  nn_speaker *out);

/** The description as written, but for the capital of a sentence's first article. */
NUNCIO_NODISCARD nuncio_status nn_speaker_describe(const nn_reading *r, nn_word_range source,
                                                   nn_speaker *out);

#endif
