/* SPDX-License-Identifier: Apache-2.0 */
/* A random archive in plain arrays: written through nn_segment_writer, it says what every reader
 * has to give back. */
#ifndef UNIT_SEGMENT_SAMPLE_H
#define UNIT_SEGMENT_SAMPLE_H

#include "segment/segment_writer.h"
#include "support/prng.h"

typedef struct sample_posting {
    uint32_t passage, tf;
    uint32_t positions[255], forms[255];
} sample_posting;

typedef struct sample_term {
    char *text;
    char **forms;
    uint32_t form_count;
    sample_posting *postings;
    uint32_t df, quote_df;
} sample_term;

typedef struct sample_article {
    char *id, *title, *source, *url, *lang; /* NULL: absent */
    nuncio_date date;
    uint8_t language, title_length;
    uint64_t hash_low, hash_high;
    uint32_t first_passage, passage_count;
    nuncio_annotations annotations;
    nn_quote_tokens quote_tokens[3]; /* of its quotes */
} sample_article;

typedef struct sample_passage {
    uint8_t length; /* title included */
    char *text;
    size_t text_size;
} sample_passage;

typedef struct sample {
    sample_article *articles;
    uint32_t article_count;
    sample_passage *passages;
    uint32_t passage_count;
    sample_term *terms; /* in byte order */
    uint32_t term_count;
} sample;

typedef struct sample_options {
    uint32_t articles;     /* so many */
    uint32_t passages_max; /* of an article */
    uint32_t tokens_max;   /* of a passage's text, ≤ 190 */
    uint32_t words;        /* of the vocabulary; early ones are frequent */
} sample_options;

sample *sample_create(test_prng *prng, const sample_options *options);
void sample_destroy(sample *from);
/** Counts the quotes that hold each term. */
void sample_count_quotes(sample *from);

/** Writes it; `name` (≥ 64 bytes) gets the file's name. */
NUNCIO_NODISCARD nuncio_status sample_write(const sample *from, const nuncio_vfs *vfs,
                                            nn_memory *memory, const char *directory,
                                            bool store_text, char *name, nuncio_error *error);
/** Asserts that a segment gives back exactly the sample. */
void sample_check(const sample *from, const nn_segment *segment, nn_memory *memory);

#endif
