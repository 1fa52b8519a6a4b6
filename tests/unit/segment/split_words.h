/* SPDX-License-Identifier: Apache-2.0 */
/* Names are found by the words between their spaces. */
#ifndef UNIT_SEGMENT_SPLIT_WORDS_H
#define UNIT_SEGMENT_SPLIT_WORDS_H

#include "core/str.h"
#include "segment/segment_writer.h"

#include <string.h>

typedef struct split_words {
    nn_found_name_word items[16];
} split_words;

/** A nn_name_words_source; its context is a split_words. */
static inline nuncio_status split_words_of(void *context, nuncio_str name, nuncio_entity_type type,
                                           const nn_found_name_word **words, uint32_t *count,
                                           nuncio_error *error)
{
    split_words *to = context;
    (void)type;
    (void)error;
    *words = to->items;
    *count = 0;
    for (size_t i = 0; i < name.size && *count < 16;) {
        const char *end = memchr(name.data + i, ' ', name.size - i);
        size_t size = end == NULL ? name.size - i : (size_t)(end - name.data) - i;
        if (size > 0) {
            to->items[*count] =
                (nn_found_name_word){nn_str(name.data + i, size), (uint8_t)*count, false};
            (*count)++;
        }
        i += size + 1;
    }
    if (*count > 0) {
        to->items[*count - 1].last = true;
    }
    return NUNCIO_OK;
}

#endif
