/* SPDX-License-Identifier: Apache-2.0 */
/* The words of names while they are collected (name_words.h). */
#ifndef SEGMENT_NAME_WORDS_WRITE_H
#define SEGMENT_NAME_WORDS_WRITE_H

#include "core/string_map.h"
#include "segment/files/frame.h"
#include "segment/files/meta.h"
#include "segment/segment_writer.h"

/** A name that holds a word. */
typedef struct nn_name_word_pair {
    uint32_t word; /* number of first appearance */
    uint32_t name;
    uint8_t place;
    bool last;
} nn_name_word_pair;

typedef struct nn_name_words_writer {
    nn_memory *memory;
    nn_string_map *words;
    nn_name_word_pair *pairs; /* by name, then place */
    size_t pair_count, pair_capacity;
} nn_name_words_writer;

NUNCIO_NODISCARD nuncio_status nn_name_words_writer_init(nn_name_words_writer *writer,
                                                         nn_memory *memory, nuncio_error *error);
void nn_name_words_writer_deinit(nn_name_words_writer *writer);
/** Names ascend, and the places of one. @retval NUNCIO_ERR_ARGUMENT a word is empty or too long */
NUNCIO_NODISCARD nuncio_status nn_name_words_add(nn_name_words_writer *writer, uint32_t name,
                                                 const nn_found_name_word *word,
                                                 nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_name_words_write(nn_name_words_writer *writer,
                                                   nn_frame_writer *frame, nn_meta *meta,
                                                   nuncio_error *error);

#endif
