/* SPDX-License-Identifier: Apache-2.0 */
/* Whose verb a cue is:
 *
 *   Julia Marin, 60, the minister, said       before it, over asides
 *   officials who spoke with Reuters said     over a clause of their own
 *   Marin met Oblov and urged                 shared with a verb before
 *   said the minister, Julia Marin            behind it
 */
#ifndef ANNOTATE_SUBJECTS_H
#define ANNOTATE_SUBJECTS_H

#include "annotate/quotes/quotes.h"

/** The subject of the verb at `cue` where it stands before it: *the minister* also said. Looks back
 * to `limit`. */
nn_word_range nn_subject_before(const nn_reading *reading, uint32_t cue, uint32_t limit);
/** The subject that follows its verb: said *a spokesman for the ministry* on Friday. */
nn_word_range nn_subject_after(const nn_reading *reading, uint32_t cue, uint32_t limit);
/** The person, with their role, the pronoun, role, body or plural that opens the sentence of word
 * i: the subject that later verbs share. */
nn_word_range nn_leading_subject(const nn_reading *reading, uint32_t i, uint32_t limit);

#endif
