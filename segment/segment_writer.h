/* SPDX-License-Identifier: Apache-2.0 */
/* Writing one segment. Order of calls: open → articles and passages in order of storage → terms in
 * byte order, each with its postings in order of passage → finish. */
#ifndef SEGMENT_SEGMENT_WRITER_H
#define SEGMENT_SEGMENT_WRITER_H

#include "segment/segment.h"

typedef struct nn_segment_writer nn_segment_writer;

/** The words of a quote: `count` tokens from number `first` on of the article's text, whose tokens
 * are numbered through its passages. */
typedef struct nn_quote_tokens {
    uint32_t first, count;
} nn_quote_tokens;

/** The quotes that hold a token, while quotes come in order. */
typedef struct nn_quote_depth {
    uint32_t ends[16]; /* NN_QUOTE_DEPTH_MAX */
    uint32_t count;
} nn_quote_depth;
/** Takes the quote of tokens start … end - 1 in; false when it would be one too many. */
bool nn_quote_depth_add(nn_quote_depth *depth, uint32_t start, uint32_t end);

typedef struct nn_article_fields {
    nuncio_article article; /* text unused: passages bring it; language below is the one used */
    uint8_t language;
    uint8_t title_length; /* tokens of the title, counted in the first passage's length */
    uint64_t hash_low, hash_high;
    const nuncio_annotations
        *annotations; /* offsets from the start of the article's text; may be NULL */
    const nn_quote_tokens *quote_tokens; /* one a quote, ascending by `first`; NULL: no tokens */
} nn_article_fields;

/** A word that a name is to be found by. */
typedef struct nn_found_name_word {
    nuncio_str key; /* 1 … 255 bytes */
    uint8_t place;  /* among the words of the name */
    bool last;      /* it is the last */
} nn_found_name_word;
/** Gives the words of a name, by place; they live until the next call. */
typedef nuncio_status nn_name_words_source(void *context, nuncio_str name, nuncio_entity_type type,
                                           const nn_found_name_word **words, uint32_t *count,
                                           nuncio_error *error);

/** Starts a segment in `directory`. Nothing is visible there but a temporary file until finish. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_open(const nuncio_vfs *vfs, nn_memory *memory,
                                                      const char *directory, bool store_text,
                                                      nn_segment_writer **out, nuncio_error *error);
/** Sets who gives the words that names are found by; without one there are none. */
void nn_segment_writer_name_words(nn_segment_writer *writer, nn_name_words_source *source,
                                  void *context);
/** Begins the next article; its passages follow. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_article(nn_segment_writer *writer,
                                                         const nn_article_fields *article,
                                                         nuncio_error *error);
/** The next passage of the current article: its text (cover of the article's text) and length in
 * tokens (title tokens included for the first). */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_passage(nn_segment_writer *writer, nuncio_str text,
                                                         uint8_t length, nuncio_error *error);
/** The same for a live passage of another segment, for merging: its text is taken over compressed
 * as it is where that serves. `source` must stay open until finish. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_passage_of(nn_segment_writer *writer,
                                                            const nn_segment *source,
                                                            uint32_t passage, nuncio_error *error);
/** Begins the next term (byte order, no repeats). `forms` are its surface forms, numbered 0…: every
 * position names one. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_term(nn_segment_writer *writer, nuncio_str term,
                                                      const nuncio_str *forms, uint32_t form_count,
                                                      nuncio_error *error);
/** How many quotes hold the current term; 0 unless said. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_quotes(nn_segment_writer *writer,
                                                        uint32_t quote_df, nuncio_error *error);
/** The next posting of the current term: passages ascending; `tf` positions ascending with their
 * forms. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_posting(nn_segment_writer *writer,
                                                         uint32_t passage,
                                                         const uint32_t *positions,
                                                         const uint32_t *forms, uint32_t tf,
                                                         nuncio_error *error);
/** Writes the rest, syncs and renames. `name` (≥ 64 bytes) gets the file name, made of a hash of
 * the contents. The directory is not yet synced. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_finish(nn_segment_writer *writer, char *name,
                                                        nuncio_error *error);
/** Releases the writer; without a finish nothing is left behind. NULL is allowed. */
void nn_segment_writer_destroy(nn_segment_writer *writer);

#endif
