/* SPDX-License-Identifier: Apache-2.0 */
/* Where a word tells that somebody speaks. */
#ifndef ANNOTATE_CUES_H
#define ANNOTATE_CUES_H

#include "annotate/words.h"

/** True when word i is used as a verb of speech: a finite cue that is not a noun where it stands.
 */
bool nn_cue_is_verb(const nn_words *words, uint32_t i);

/** Word behind what belongs to the cue at word i: said, as he *put* it, *made it clear*; i itself
 * where that is missing, so that the word tells nothing. English only. */
uint32_t nn_cue_particle_end(const nn_words *words, uint32_t i);
/** True when "to" stands before word i: an infinitive tells what was not said. English only. */
bool nn_is_infinitive(const nn_words *words, uint32_t i);
/** True when word i is used as a verb of attitude, finite, a participle or an infinitive. */
bool nn_cue_is_stance(const nn_words *words, uint32_t i);

/**
 * The verb of an attribution that begins at word `from`: “…” *the minister told reporters*, “…”
 * *said Marin*.
 *
 * @param[in] limit first word not to look at
 * @return the cue's word, or NN_WORD_NONE. Cost: bounded
 */
uint32_t nn_cue_after(const nn_words *words, uint32_t from, uint32_t limit);

/** The same, verbs of belief and gesture too where nothing follows that they could take: “…,” Marin
 * *recalled* in Oslo. */
uint32_t nn_weak_cue_after(const nn_words *words, uint32_t from, uint32_t limit);

/** A verb with what stands before it: *has also not* said. */
typedef struct nn_verb_group {
    uint32_t begin; /* its first word */
    bool passive;   /* was told: the subject hears, somebody else speaks */
    bool negated;   /* did not say */
} nn_verb_group;

/** The group that ends with the verb at `verb`. Looks back to `limit`. Cost: bounded. */
nn_verb_group nn_verb_group_of(const nn_words *words, uint32_t verb, uint32_t limit);

#endif
