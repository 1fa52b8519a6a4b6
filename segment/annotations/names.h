/* SPDX-License-Identifier: Apache-2.0 */
/* Names as local facts of a segment: which there are, which an article holds, which articles hold
 * one.
 *
 * A name is a string with a type; the same string of another type is another name. Names are
 * numbered by falling count of articles, those of one count in order of first appearance. A name
 * *stands* in an article when a mention bears it, and *speaks* there when a quote's speaker does;
 * descriptions of speakers (“a senior official”) are names of type NONE.
 *
 *   ARTICLE_NAMES = article × articles
 *   article       = empty | bits: golomb4(standing) golomb1(others) order:4 entry × (standing +
 * others), filled to a byte entry         = golomb(name)  [ sized:1 [ golomb3(size) ] ]      the
 * second part only of standing ones NAME_COUNTS   = sequence: articles that hold a name NAME_FIRSTS
 * = sequence: the first of them NAME_LISTS    = list × names list          = empty (one article,
 * where it has its usual part) | kinds:1  [ speaks: a bit an article, filled to a byte ]  [ stands:
 * likewise ] pfor(gaps) × ceil((count - 1) / 128)             up to 128 gaps each
 *
 * Standing entries come in order of first mention, one for each pair of name and size of the
 * mention (bytes); `sized` is 0 where that is the name's own size. Others only speak. The place of
 * an entry is the name's *local number*: what mentions and quotes refer to. A gap is the number of
 * articles between one that holds the name and the one before. `kinds` is the sum of 1: `speaks`
 * follows, 2: `stands` follows. Without the former a name speaks nowhere, without the latter it
 * stands everywhere; names of type NONE speak everywhere and stand nowhere, whatever is written. */
#ifndef SEGMENT_NAMES_H
#define SEGMENT_NAMES_H

#include "segment/codes/sequence.h"
#include "segment/segment.h"

enum {
    NN_NAME_STANDS = 1, /* a mention in the article has the name */
    NN_NAME_SPEAKS = 2  /* a quote there is spoken by it */
};

/** An entry of an article's list. */
typedef struct nn_article_name {
    uint32_t name; /* its number */
    uint32_t size; /* bytes of the mentions; 0: as many as the name has */
} nn_article_name;

/** The names of an article. Zeroed, it has no room yet. */
typedef struct nn_article_names {
    nn_article_name *items; /* by local number */
    uint32_t count;
    uint32_t standing; /* of them, the first */
    size_t capacity;
} nn_article_names;

/** Reads the names of an article; where there is no room for them, it is made in `arena`. */
NUNCIO_NODISCARD nuncio_status nn_segment_article_names(const nn_segment *segment, uint32_t article,
                                                        nn_arena *arena, nn_article_names *out,
                                                        nuncio_error *error);

/** Names of a segment: numbers 0 … that - 1. */
uint32_t nn_segment_name_count(const nn_segment *segment);
/** Name `name` (< count). */
NUNCIO_NODISCARD nuncio_status nn_segment_name(const nn_segment *segment, uint32_t name,
                                               nuncio_str *text, nuncio_entity_type *type,
                                               nuncio_error *error);

NUNCIO_NODISCARD nuncio_status nn_segment_name_text(const nn_segment *segment, uint32_t name,
                                                    nuncio_str *text, nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_segment_name_type(const nn_segment *segment, uint32_t name,
                                                    nuncio_entity_type *type, nuncio_error *error);
/** How many articles hold a name, deleted ones included. */
NUNCIO_NODISCARD nuncio_status nn_segment_name_articles(const nn_segment *segment, uint32_t name,
                                                        uint32_t *count, nuncio_error *error);

/** The articles that hold a name, in order. Plain data: nothing to release. */
typedef struct nn_name_list {
    const nn_segment *segment;
    uint32_t article;               /* the current one; NN_DOC_END behind the last */
    uint32_t flags;                 /* NN_NAME_… in it */
    uint32_t count;                 /* articles in all */
    uint32_t index;                 /* of the current one */
    uint32_t usual;                 /* NN_NAME_… where no bits say it */
    const uint8_t *speaks, *stands; /* bits, or NULL */
    const uint8_t *next, *end;      /* blocks of gaps not yet read */
    uint32_t base, here;            /* index of the first article at hand, and how many are */
    uint32_t articles[128];
} nn_name_list;

/** Opens at the first article. */
NUNCIO_NODISCARD nuncio_status nn_name_list_open(nn_name_list *list, const nn_segment *segment,
                                                 uint32_t name, nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_name_list_next(nn_name_list *list, nuncio_error *error);
/** Instead of walking article by article: sets bit a of `bits` for each article a at hand in which
 * the name stands, or speaks (`wanted` is one of NN_NAME_…), and takes the next ones to hand; none
 * are (list->here) behind the last. */
NUNCIO_NODISCARD nuncio_status nn_name_list_mark(nn_name_list *list, uint32_t wanted,
                                                 uint64_t *bits, nuncio_error *error);

/** Reads many names of a segment, best in ascending order: what neighbours share is read once.
 * Plain data: nothing to release. */
typedef struct nn_name_reader {
    const nn_segment *segment;
    nn_sequence_cursor types, texts, counts, firsts, list_starts;
} nn_name_reader;

void nn_name_reader_init(nn_name_reader *reader, const nn_segment *segment);
/** The same as nn_segment_name_text. */
NUNCIO_NODISCARD nuncio_status nn_name_reader_text(nn_name_reader *reader, uint32_t name,
                                                   nuncio_str *text, nuncio_error *error);
/** The same as nn_segment_name_type. */
NUNCIO_NODISCARD nuncio_status nn_name_reader_type(nn_name_reader *reader, uint32_t name,
                                                   nuncio_entity_type *type, nuncio_error *error);
/** The same as nn_segment_name_articles. */
NUNCIO_NODISCARD nuncio_status nn_name_reader_articles(nn_name_reader *reader, uint32_t name,
                                                       uint32_t *count, nuncio_error *error);
/** The same as nn_name_list_open. */
NUNCIO_NODISCARD nuncio_status nn_name_reader_list(nn_name_reader *reader, uint32_t name,
                                                   nn_name_list *list, nuncio_error *error);

#endif
