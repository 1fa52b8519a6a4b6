/* SPDX-License-Identifier: Apache-2.0 */
/* What ties a marked span to a speaker, looked for in the clauses around it:
 *
 *   “A,” said Marin.               AFTER
 *   Marin said: “A”                BEFORE, by the colon
 *   Marin accused Oslo of “a b”    BEFORE, inside her sentence
 *   The spokeswoman: “A”           LEAD, without a verb
 *   “A.” — Marin                   LEAD, a signature */
#ifndef ANNOTATE_ATTRIBUTIONS_H
#define ANNOTATE_ATTRIBUTIONS_H

#include "annotate/quotes/quotes.h"

typedef enum nn_link {
    NN_LINK_NONE,
    NN_LINK_AFTER,
    NN_LINK_BEFORE,
    NN_LINK_LEAD,
    NN_LINK_CHAIN /* goes on from the span before (quotes_direct.c) */
} nn_link;

typedef struct nn_attribution {
    nn_link link;
    uint32_t cue;         /* word, or NN_WORD_NONE */
    nn_word_range source; /* who */
    bool adjacent;        /* the cue's clause touches the marks */
    bool weak;            /* a verb of belief or gesture */
    bool attitude;        /* a verb of attitude: fragments are its object */
} nn_attribution;

/** A span and its surroundings. */
typedef struct nn_marked_context {
    const nn_reading *r;
    const nn_words *words;
    size_t index; /* of the span */
    const nn_span_marked *span;
    uint32_t high; /* word: start of the span behind it, or end of the paragraph */
    bool goes_on;  /* the span behind it is the same speech */
} nn_marked_context;

enum { NN_BEFORE_WORDS = 40 }; /* how far back a cue may govern a span in its sentence */

/** Cost: bounded, but for French, where the words of the span are read once. */
nn_attribution nn_attribute(const nn_marked_context *context);

/** What the sentence before a span says of its speaker: Marin confirmed the plan. “It is ours.” A
 * last resort. */
nn_attribution nn_attribute_before(const nn_marked_context *context);

#endif
