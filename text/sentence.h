/* SPDX-License-Identifier: Apache-2.0 */
/* Where sentences begin: survives Mr., U.S., Gen., initials, decimals, quotes and brackets. */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "text/analyzer.h"

typedef struct nn_sentence {
    uint32_t start,
        end; /* bytes; start at the first byte after the white space before it; end is the start
                of the next (white space included), the last ends with the text */
    bool paragraph_start; /* first of its paragraph (after a blank line, or at the start of the
                             text) */
} nn_sentence;

typedef struct nn_sentence_list {
    nn_sentence *items;
    size_t count, capacity;
} nn_sentence_list;

/** Appends the sentences of `text`, which they cover without gaps (the first starts at byte 0). */
NUNCIO_NODISCARD nuncio_status nn_sentences_find(nn_memory *memory, nn_language language,
                                                 nuncio_str text, nn_sentence_list *out,
                                                 nuncio_error *error);
void nn_sentence_list_deinit(nn_sentence_list *list, nn_memory *memory);

#endif
