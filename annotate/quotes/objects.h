/* SPDX-License-Identifier: Apache-2.0 */
/* What an attitude is to: the words that a verb, noun or adjective takes (stances.c). */
#ifndef ANNOTATE_OBJECTS_H
#define ANNOTATE_OBJECTS_H

#include "annotate/quotes/complements.h"

/** First word of what the verb of attitude at `cue` takes, of the words from `at` on: supports *the
 * plan*, agreed with *it*, voiced support for *it*. NONE when it takes nothing here.
 * @param[in] data the subject is data, so that it may show things */
uint32_t nn_behind_verb(const nn_sentence_view *s, uint32_t cue, uint32_t at, bool data);
/** First word of an object, an infinitive or a clause that begins at word `at`, behind a noun or
 * adjective: support for *the plan*, plans *to leave*, confident that *it* holds. NONE without. */
uint32_t nn_behind_noun(const nn_sentence_view *s, uint32_t at);
/** Where an object that begins at `begin` ends: with its clause. */
uint32_t nn_object_end(const nn_sentence_view *s, uint32_t begin);
/** True when a source is data, which show what people do not say: *a poll*, *public records*. */
bool nn_is_data(const nn_words *words, nn_word_range source);

/** True when word i goes on from the word before it, with a space or a hyphen between. */
static inline bool nn_follows(const nn_sentence_view *s, uint32_t i)
{
    return i < s->end && (nn_gap_before(s->words, i) & ~(uint32_t)NN_GAP_HYPHEN) == 0;
}

#endif
