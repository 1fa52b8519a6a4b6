/* SPDX-License-Identifier: Apache-2.0 */
/* Writing one segment. Order of calls: open → articles and passages in order of storage → terms in
 * byte order, each with its postings in order of passage → finish. */
#ifndef SEGMENT_SEGMENT_WRITER_H
#define SEGMENT_SEGMENT_WRITER_H

#include "segment/segment.h"

typedef struct nn_segment_writer nn_segment_writer;

/** What the writer of a list has to know of the passages; borrowed arrays. They are small, because
 * each posting asks for its own. */
typedef struct nn_passage_table {
    const uint8_t *lengths;       /* by passage: tokens, title included */
    const uint8_t *title_lengths; /* by passage: title tokens, 0 but in first passages */
    const uint32_t *articles;     /* by passage: its article */
    uint32_t count;
} nn_passage_table;

/** How many units of each kind hold a term. */
typedef struct nn_term_counts {
    uint32_t passages, articles, quotes;
} nn_term_counts;

/** Sizes of the lists and of their parts, summed up, bytes. What `docs`, `bounds` and `forms` leave
 * is positions. */
typedef struct nn_list_sizes {
    uint64_t all, docs, bounds, forms, codes;
} nn_list_sizes;

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

/** A token of a term: in which passage, where in it, in which form.
 *
 *   | passage 32 bits | place 8 | form 24 |     so that they sort by passage, then by place
 *
 * Places count the text tokens of a passage, and behind them those of the title. */
typedef uint64_t nn_term_token;
enum { NN_TERM_TOKEN_FORM_BITS = 24, NN_TERM_TOKEN_PLACE_BITS = 8 };

static inline nn_term_token nn_term_token_of(uint32_t passage, uint32_t place, uint32_t form)
{
    return ((uint64_t)passage << NN_TERM_TOKEN_PLACE_BITS | place) << NN_TERM_TOKEN_FORM_BITS |
           form;
}
static inline uint32_t nn_term_token_passage(nn_term_token occurrence)
{
    return (uint32_t)(occurrence >> (NN_TERM_TOKEN_FORM_BITS + NN_TERM_TOKEN_PLACE_BITS));
}
static inline uint8_t nn_term_token_place(nn_term_token occurrence)
{
    return (uint8_t)(occurrence >> NN_TERM_TOKEN_FORM_BITS);
}
static inline uint32_t nn_term_token_form(nn_term_token occurrence)
{
    return (uint32_t)occurrence & ((UINT32_C(1) << NN_TERM_TOKEN_FORM_BITS) - 1);
}

/** How a segment is written. */
typedef struct nn_segment_writer_options {
    const nuncio_vfs *vfs;
    const char *directory;
    bool store_text;
    struct nn_trained *trained; /* what to compress texts with (text_train.h); NULL: a dictionary
                                   trained on the first texts */
    bool plain; /* to be merged before it is committed: lists are plain (plain_list.h), and the
                   file is not synced */
} nn_segment_writer_options;

/** Starts a segment. Nothing is visible in the directory but a temporary file until finish. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_open(const nn_segment_writer_options *options,
                                                      nn_memory *memory, nn_segment_writer **out,
                                                      nuncio_error *error);
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
 * as it is where that serves, from a `plain` segment in any case. `source` must stay open until
 * finish. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_passage_of(nn_segment_writer *writer,
                                                            const nn_segment *source,
                                                            uint32_t passage, bool plain,
                                                            nuncio_error *error);
/** From here on texts are compressed with `trained` (text_train.h), of which the writer becomes a
 * holder. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_serve(nn_segment_writer *writer,
                                                       struct nn_trained *trained,
                                                       nuncio_error *error);
/** Begins the next term (byte order, no repeats). `forms` are its surface forms, numbered 0…: every
 * position names one. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_term(nn_segment_writer *writer, nuncio_str term,
                                                      const nuncio_str *forms, uint32_t form_count,
                                                      nuncio_error *error);
/** How many quotes hold the current term; 0 unless said. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_quotes(nn_segment_writer *writer,
                                                        uint32_t quote_df, nuncio_error *error);
/** All occurrences of the current term, ascending. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_occurrences(nn_segment_writer *writer,
                                                             const nn_term_token *occurrences,
                                                             size_t count, nuncio_error *error);
/** The next posting of the current term, in a segment that is not plain: passages ascending; `tf`
 * positions ascending with their forms. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_posting(nn_segment_writer *writer,
                                                         uint32_t passage,
                                                         const uint32_t *positions,
                                                         const uint32_t *forms, uint32_t tf,
                                                         nuncio_error *error);
/** The passages, for those who write lists themselves (list_write.h): no more of them may follow.
 */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_passages(nn_segment_writer *writer,
                                                          nn_passage_table *out,
                                                          nuncio_error *error);
/** The next term with its list, already written, whose parts have such sizes. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_list(nn_segment_writer *writer, nuncio_str term,
                                                      const nn_term_counts *counts,
                                                      const uint8_t *list, size_t size,
                                                      nuncio_error *error);
/** Adds sizes of lists that nn_segment_writer_list got, for statistics. */
void nn_segment_writer_sizes(nn_segment_writer *writer, const nn_list_sizes *sizes);
/** Writes the rest, syncs and renames. `name` (≥ 64 bytes) gets the file name, made of a hash of
 * the contents. The directory is not yet synced. */
NUNCIO_NODISCARD nuncio_status nn_segment_writer_finish(nn_segment_writer *writer, char *name,
                                                        nuncio_error *error);
/** Bytes that a writer holds, in arrays that double, of a segment that is taken over: columns,
 * strings and dictionary, not the list at hand. */
uint64_t nn_segment_writer_memory(const nn_segment *source);
/** Releases the writer; without a finish nothing is left behind. NULL is allowed. */
void nn_segment_writer_destroy(nn_segment_writer *writer);

#endif
