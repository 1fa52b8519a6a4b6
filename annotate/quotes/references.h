/* SPDX-License-Identifier: Apache-2.0 */
/* References: what stands for a person of the article without naming them.
 *
 *   US Secretary of State  Antony Blinken   …   the Secretary of State   …   he
 *   └────── title ──────┘                       └────── title ───────┘       └ pronoun
 */
#ifndef ANNOTATE_REFERENCES_H
#define ANNOTATE_REFERENCES_H

#include "annotate/quotes/quotes.h"

typedef struct nn_references {
    bool wanted; /* they are found */
    nuncio_reference *items;
    size_t count, capacity;
} nn_references;

/** Finds the references, in order of start and without overlaps. Quotes must have been found: a
 * pronoun in marks is whom the speaker means. Cost: linear. */
NUNCIO_NODISCARD nuncio_status nn_references_find(const nn_reading *reading,
                                                  nn_references *references);
void nn_references_deinit(nn_references *references, nn_memory *memory);

#endif
