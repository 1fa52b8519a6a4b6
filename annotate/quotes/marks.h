/* SPDX-License-Identifier: Apache-2.0 */
/* One quotation mark by itself: its family, and whether it opens or closes. */
#ifndef ANNOTATE_MARKS_H
#define ANNOTATE_MARKS_H

#include "annotate/words.h"

/* Marks pair within a family; those from SINGLE on are apostrophes as well. */
enum {
    NN_FAMILY_DOUBLE,
    NN_FAMILY_ANGLE,
    NN_FAMILY_CORNER,
    NN_FAMILY_SINGLE,
    NN_FAMILY_SINGLE_ANGLE,
    NN_FAMILIES
};

enum { NN_READS_NEITHER = 0, NN_READS_OPEN = 1, NN_READS_CLOSE = 2 };

uint32_t nn_mark_family(const nn_mark *mark);
/** What the neighbours of a mark say of its direction: NN_READS_… */
int nn_mark_context(const nn_mark *mark);
/** The direction of a mark, given whether a span of its family is open: NN_READS_OPEN or _CLOSE. */
int nn_mark_reads(const nn_mark *mark, bool open);
/** True when a mark could close a span of its family. */
bool nn_mark_may_close(const nn_mark *mark);
/** Moves both ends of a range of bytes inwards over white space, no-break spaces included. */
void nn_span_trim(nuncio_str text, uint32_t *start, uint32_t *end);

#endif
