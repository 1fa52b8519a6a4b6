/* SPDX-License-Identifier: Apache-2.0 */
/* What is kept of articles and passages besides their words: columns with random access.
 *
 *   RECORDS   record × articles
 *   record    = flags:1  [ lang: size:1 bytes ]  [ title: size:varint bytes ]  url  id
 *   flags     = 1 has a title, 2 has a lang, 12 (two bits) kind of url:
 *               0 none:   id size:varint, id
 *               4 own:    rest size:varint, rest, id size:varint, id
 *               8 tail:   rest size:varint, id size:varint, rest, whose last bytes are the id
 *               16 shared: before these, how many articles before has a url with the same start,
 * and how many bytes of it, both varint; the rest of the url follows it STARTS    { rank:u32
 * counts: 6 × u16  bits: 6 × u64 } × ceil(passages / 384) bit:    the passage is the first of its
 * article rank:   set bits in the lines before counts: for each word, set bits in the words of the
 * line before it DATES     year << 11 | month << 7 | day << 2 | precision HASHES    { low:u64
 * high:u64 } × articles SOURCES   0: absent, else 1 + an index of SOURCE_STRINGS, where the number
 * of its string is, less the count of names */
#ifndef SEGMENT_ARTICLES_H
#define SEGMENT_ARTICLES_H

#include "core/string_map.h"
#include "segment/files/frame.h"
#include "segment/files/meta.h"
#include "segment/segment_writer.h"
#include "segment/terms/list_write.h"

enum {
    NN_RECORD_TITLE = 1,
    NN_RECORD_LANG = 2,
    NN_RECORD_URL = 12,
    NN_RECORD_URL_OWN = 4,
    NN_RECORD_URL_TAIL = 8,
    NN_RECORD_URL_SHARED = 16,
    NN_SHARED_URL_MIN = 16, /* bytes that urls have in common, so that a later one tells the rest */
    NN_HASH_SIZE = 16,
    NN_STARTS_BITS = 384, /* passages a line of STARTS, */
    NN_STARTS_SIZE = 64,  /* which is a cache line: */
    NN_STARTS_HEAD = 16,  /* rank and counts, then bits */
    NN_LANGUAGES_MAX = 64
};

/** Growing arrays of one kind of number. */
typedef struct nn_u32_array {
    uint32_t *items;
    size_t count, capacity;
} nn_u32_array;
typedef struct nn_u8_array {
    uint8_t *items;
    size_t count, capacity;
} nn_u8_array;

typedef struct nn_articles_writer {
    nn_memory *memory;
    nn_buffer records, hashes;
    nn_u32_array record_sizes, first_passages, dates, sources, source_strings;
    nn_u32_array id_starts, id_sizes; /* of each id in `records` */
    nn_u8_array languages, title_lengths;
    nn_u8_array lengths, passage_titles; /* by passage: tokens, title tokens */
    nn_u32_array passage_articles;       /* by passage: its article */
    nn_u32_array text_sizes;             /* by passage: bytes of raw text */
    nn_string_map *source_names;
    uint64_t title_bytes, text_bytes, token_count, languages_seen;
    uint32_t url_article; /* of the last url told as a whole; UINT32_MAX: none */
    nn_buffer url;        /* that url */
} nn_articles_writer;

NUNCIO_NODISCARD nuncio_status nn_articles_writer_init(nn_articles_writer *writer,
                                                       nn_memory *memory, nuncio_error *error);
void nn_articles_writer_deinit(nn_articles_writer *writer);
/** The source, when new, is added to `strings`. */
NUNCIO_NODISCARD nuncio_status nn_articles_add(nn_articles_writer *writer, nn_string_map *strings,
                                               const nn_article_fields *fields,
                                               nuncio_error *error);
/** The next passage of the last article. */
NUNCIO_NODISCARD nuncio_status nn_articles_add_passage(nn_articles_writer *writer, size_t text_size,
                                                       uint8_t length, nuncio_error *error);
/** What the list writer needs; valid until the next passage. */
nn_passage_table nn_articles_passages(const nn_articles_writer *writer);
/** Writes all regions of articles, and their counts into `meta`. */
NUNCIO_NODISCARD nuncio_status nn_articles_write_regions(nn_articles_writer *writer,
                                                         nn_frame_writer *frame, nn_meta *meta,
                                                         nuncio_error *error);

#endif
