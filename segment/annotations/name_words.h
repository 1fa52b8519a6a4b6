/* SPDX-License-Identifier: Apache-2.0 */
/* Which names hold a word: names are found by the keys of their words (text/name_key.h), which the
 * writer is given.
 *
 *   NAME_WORDS = block × ceil(words / 16)
 *   block      = entry × 16 (fewer in the last)
 *   entry      = shared:1 added:1 bytes × added      the first `shared` bytes are those of the word
 * before count:varint size:varint            of its list list: size bytes list       = order:4 {
 * golomb(gap) golomb1(place) last:1 } × count, filled to a byte
 *
 * Words stand in byte order and have 1 … 255 bytes; the first of a block shares nothing. A gap is
 * the name less the name before, which may be the same; the first is the name itself. `place`
 * counts the words of the name from 0, `last` says that none follows. */
#ifndef SEGMENT_NAME_WORDS_H
#define SEGMENT_NAME_WORDS_H

#include "segment/segment.h"

enum {
    NN_NAME_WORD_SIZE_MAX = 255,
    NN_NAME_WORD_BLOCK = 16, /* words a block */
    NN_NAME_PLACE_MAX = 255
};

/** A name that holds a word. */
typedef struct nn_name_place {
    uint32_t name;
    uint8_t place; /* of the word in the name */
    bool last;     /* it is the last */
} nn_name_place;

/** The names that hold a word, in `arena`, by number and then place. *count is 0 where none does.
 */
NUNCIO_NODISCARD nuncio_status nn_segment_name_word(const nn_segment *segment, nuncio_str word,
                                                    nn_arena *arena, nn_name_place **places,
                                                    uint32_t *count, nuncio_error *error);

/** How many places it has, without reading them. */
NUNCIO_NODISCARD nuncio_status nn_segment_name_word_count(const nn_segment *segment,
                                                          nuncio_str word, uint32_t *count,
                                                          nuncio_error *error);

/** A walk over all words in byte order. Plain data. */
typedef struct nn_name_word_cursor {
    const nn_segment *segment;
    uint32_t next; /* number of the word behind the current one */
    const uint8_t *at, *end;
    char word[256];
    uint32_t size;
    uint32_t count;                 /* of its list … */
    const uint8_t *list, *list_end; /* … which lies here */
} nn_name_word_cursor;

/** Before the first word. */
void nn_name_words_start(nn_name_word_cursor *cursor, const nn_segment *segment);
/** To the next; *more is false behind the last. */
NUNCIO_NODISCARD nuncio_status nn_name_words_next(nn_name_word_cursor *cursor, bool *more,
                                                  nuncio_error *error);
/** The list of the current word. */
NUNCIO_NODISCARD nuncio_status nn_name_words_places(const nn_name_word_cursor *cursor,
                                                    nn_arena *arena, nn_name_place **places,
                                                    nuncio_error *error);

#endif
