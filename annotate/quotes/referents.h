/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a pronoun or a role means: *he*, *the US Secretary of State*. */
#ifndef ANNOTATE_REFERENTS_H
#define ANNOTATE_REFERENTS_H

#include "annotate/quotes/quotes.h"

static inline nn_speaker nn_speaker_unknown(void)
{
    return (nn_speaker){.entity = NN_ENTITY_NONE};
}

static inline nn_speaker nn_speaker_person(const nn_reading *r, uint32_t entity, float certainty)
{
    const nn_entity *who = &r->names->entities[entity];
    return (nn_speaker){who->name, entity, who->type, certainty};
}

/** True when a name owns what follows: *Lavrov’s* aide. */
static inline bool nn_named_is_possessive(const nn_words *words, const nn_named *span)
{
    return (words->gaps[span->word_end] & NN_GAP_POSSESSIVE) != 0;
}

/** He or she at `word`: whom the subjects near mean, or those near the same pronoun in the
 * paragraph before; unknown where nobody is plainly meant. Cost: bounded. */
nn_speaker nn_referent_of_pronoun(const nn_reading *reading, uint32_t word, bool male);

/** "The US Secretary of State": the person nearest before whose mentions carry that role; unknown
 * without one. `*several` is set where another one near carries it too. Cost: bounded. */
nn_speaker nn_referent_of_role(const nn_reading *reading, nn_word_range source, bool *several);

#endif
