/* SPDX-License-Identifier: Apache-2.0 */
/* What is told by who leads it, without a verb: *According to Marin,* CLAUSE; *Marin:* CLAUSE as a
 * headline; *In a poll,* CLAUSE. */
#ifndef ANNOTATE_LEADS_H
#define ANNOTATE_LEADS_H

#include "annotate/quotes/complements.h"

/** True when the words [from, to) before an attribution in the middle only lead up to what was
 * said: *Still,* he said; *In the end,* he said. */
bool nn_leads_up(const nn_words *words, uint32_t from, uint32_t to);

/** According to SUBJECT, CLAUSE; or CLAUSE, according to SUBJECT. `at` is the first word of it,
 * `*next` moves behind what was read. */
NUNCIO_NODISCARD nuncio_status nn_read_according(const nn_sentence_view *s, uint32_t at,
                                                 uint32_t *next);
/** A headline led by who says it: *Marin:* talks will go on. */
NUNCIO_NODISCARD nuncio_status nn_read_headline(const nn_sentence_view *s);
/** A stance, what a poll tells, if word `in` leads one: *In a poll last week,* CLAUSE. */
NUNCIO_NODISCARD nuncio_status nn_read_poll(const nn_sentence_view *s, uint32_t in);

#endif
