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

extern const uint8_t NN_ASCII_MARKS[128];
/** Those of a character beyond ASCII. */
uint32_t nn_sentence_marks_beyond_ascii(uint32_t code_point);

static inline uint32_t nn_sentence_marks_of(uint32_t code_point)
{
    return code_point < 0x80 ? NN_ASCII_MARKS[code_point]
                             : nn_sentence_marks_beyond_ascii(code_point);
}

/** The first byte from p on that may begin a stop or an end of line, as hardly any does; `end` when
 * there is none. */
const char *nn_sentence_byte_find(const char *p, const char *end);

#endif
