/* SPDX-License-Identifier: Apache-2.0 */
/* What a character may do at the end of a sentence. */
#ifndef TEXT_SENTENCE_MARKS_H
#define TEXT_SENTENCE_MARKS_H

#include <nuncio/common.h>

/** A set of these bits. Quotation marks that close in one language open in another: both. */
enum {
    NN_MARK_STOP = 1,   /* ends a sentence: . ! ? … and those of other scripts */
    NN_MARK_WIDE = 2,   /* a stop that needs no space behind it: 。 */
    NN_MARK_CLOSER = 4, /* may follow the stop: ” ) ] */
    NN_MARK_OPENER = 8, /* may precede the next sentence: “ ( — • */
    NN_MARK_SPACE = 16,
    NN_MARK_LINE = 32 /* ends a line */
};

uint32_t nn_sentence_marks_of(uint32_t code_point);

/** True for a byte that may begin a stop or an end of line; false for nearly all of a text. */
extern const bool NN_SENTENCE_BYTES[256];

#endif
