/* SPDX-License-Identifier: Apache-2.0 */
/* The names of a segment while they are collected (names.h), and the other strings. */
#ifndef SEGMENT_NAMES_WRITE_H
#define SEGMENT_NAMES_WRITE_H

#include "core/string_map.h"
#include "segment/articles/articles.h"

/** An entry of the list of the article at hand. */
typedef struct nn_listed_name {
    uint32_t number; /* of first appearance */
    uint32_t size;   /* of its mentions */
    uint32_t next;   /* entry of the same name and another size, + 1; 0: none */
    bool again;      /* there is one before it */
    bool speaks;
} nn_listed_name;

/** A name of the article at hand, by where its bytes lie. */
typedef struct nn_recent_name {
    nuncio_str name; /* borrowed; looked at no more */
    nuncio_entity_type type;
    uint32_t number;  /* of first appearance */
    uint32_t article; /* that it is of, + 1 */
} nn_recent_name;

enum { NN_RECENT_NAMES = 256 };

typedef struct nn_names_writer {
    nn_memory *memory;
    nn_string_map *names;     /* type as a byte, then the name → number of first appearance */
    nn_u32_array counts;      /* by number: articles that hold it */
    nn_u32_array heads;       /* by number: its first entry in the article at hand + 1 … */
    nn_u32_array seen;        /* … where this is the number of that article */
    nn_string_map *others;    /* cues and sources */
    nn_u32_array gaps, codes; /* of the mentions of the article at hand (mentions_write.c) */
    nn_listed_name *listed;   /* of the article at hand */
    size_t listed_count, listed_capacity, standing;
    size_t longest; /* entries of an article */
    nn_buffer log;  /* of the articles before, one behind the other: see names_write.c */
    nn_buffer key;
    uint32_t article;    /* number of the one at hand */
    uint64_t pair_count; /* sum of counts */
    nn_recent_name recent[NN_RECENT_NAMES];
} nn_names_writer;

NUNCIO_NODISCARD nuncio_status nn_names_writer_init(nn_names_writer *writer, nn_memory *memory,
                                                    nuncio_error *error);
void nn_names_writer_deinit(nn_names_writer *writer);

/** A mention of the article at hand: its name's local number, and whether that is new. All mentions
 * of an article come before its speakers. */
NUNCIO_NODISCARD nuncio_status nn_names_add_mention(nn_names_writer *writer,
                                                    const nuncio_mention *mention, uint32_t *local,
                                                    bool *added, nuncio_error *error);
/** The speaker of a quote of the article at hand; its local number. */
NUNCIO_NODISCARD nuncio_status nn_names_add_speaker(nn_names_writer *writer, nuncio_str speaker,
                                                    nuncio_entity_type type, uint32_t *local,
                                                    nuncio_error *error);
/** Ends the article at hand. */
NUNCIO_NODISCARD nuncio_status nn_names_end_article(nn_names_writer *writer, nuncio_error *error);

/** Writes all regions of names and strings, and their counts into `meta`. @param[in] words may be
 * NULL */
NUNCIO_NODISCARD nuncio_status nn_names_write_regions(nn_names_writer *writer,
                                                      nn_name_words_source *words, void *context,
                                                      nn_frame_writer *frame, nn_meta *meta,
                                                      nuncio_error *error);

#endif
