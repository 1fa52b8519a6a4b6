/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one segment: an immutable file with everything about its passages.
 *
 * Passages are numbered 0 … passage_count - 1 in order of storage ("docid"), articles likewise; the
 * passages of an article are consecutive. Positions: text tokens of a passage count from 0; tokens
 * of the title, in the article's first passage only, count from NN_POSITION_TITLE, so that no
 * phrase crosses from title to text. */
#ifndef SEGMENT_SEGMENT_H
#define SEGMENT_SEGMENT_H

#include "core/arena.h"
#include "core/buffer.h"
#include "core/file.h"
#include "core/hash.h"

#include <nuncio/annotation.h>
#include <nuncio/snapshot.h>

enum {
    NN_POSITION_TITLE = 256, /* first position of title tokens */
    NN_POSTINGS_BLOCK = 128  /* postings a block */
};
#define NN_DOC_END UINT32_MAX /* "no more postings": larger than any passage number */

typedef struct nn_segment nn_segment;

/** Maps and validates the file `name` in `directory`. */
NUNCIO_NODISCARD nuncio_status nn_segment_open(const nuncio_vfs *vfs, nn_memory *memory,
                                               const char *directory, const char *name,
                                               nn_segment **out, nuncio_error *error);
void nn_segment_close(nn_segment *segment);

/** Facts of a whole segment, deleted articles included. */
typedef struct nn_segment_info {
    uint32_t passage_count, article_count, term_count;
    uint32_t source_count;    /* distinct sources */
    uint32_t name_count;      /* distinct names (names.h) */
    uint32_t name_word_count; /* distinct words that they are found by (name_words.h) */
    uint64_t token_count;     /* sum of passage lengths */
    uint64_t posting_count;
    uint64_t quote_count, mention_count;
    uint64_t quote_tokens; /* sum of the lengths of quotes */
    uint64_t raw_text_bytes;
    uint64_t languages; /* bit l set: language l occurs */
    bool has_text;
} nn_segment_info;
const nn_segment_info *nn_segment_info_of(const nn_segment *segment);
/** What the name of its file is made of: a hash of the footer, which stands for all content. */
nn_hash128 nn_segment_hash(const nn_segment *segment);
/** Bytes by region, added to out->bytes. */
void nn_segment_add_bytes(const nn_segment *segment, nuncio_stats *out);

/* ---- articles (columns) ---- */

typedef struct nn_article_row {
    uint32_t first_passage, passage_count;
    uint32_t rank;          /* place of the id among the segment's ids in byte order */
    uint8_t language;       /* nn_language of text/language.h */
    uint8_t title_length;   /* tokens of the title in the first passage */
    uint32_t source_number; /* same number: same source; 0: absent (see nn_segment_source) */
    nuncio_date date;
    nuncio_str id, title, source;   /* views into the segment; absent where the article had none */
    nuncio_str url_start, url_rest; /* of which nn_article_url makes the url */
    nuncio_str lang;                /* as given, absent when it was detected */
    uint64_t hash_low, hash_high;   /* of the article as given, to skip identical ones */
} nn_article_row;

NUNCIO_NODISCARD nuncio_status nn_segment_article(const nn_segment *segment, uint32_t article,
                                                  nn_article_row *out, nuncio_error *error);
/** What of it is shown: without rank, passages, hash and the length of its title, which are 0. */
NUNCIO_NODISCARD nuncio_status nn_segment_article_shown(const nn_segment *segment, uint32_t article,
                                                        nn_article_row *out, nuncio_error *error);
/** The url of an article, or none: a view into the segment, or in `arena` where another url begins
 * alike. @return false without memory */
NUNCIO_NODISCARD bool nn_article_url(const nn_article_row *row, nn_arena *arena, nuncio_str *out);
/** Its id alone. */
NUNCIO_NODISCARD nuncio_status nn_segment_article_id(const nn_segment *segment, uint32_t article,
                                                     nuncio_str *out, nuncio_error *error);
/** What filters look at, without touching the strings of the article. */
typedef struct nn_article_facets {
    uint32_t source_number; /* 0: absent */
    uint8_t language;
    nuncio_date date;
} nn_article_facets;
NUNCIO_NODISCARD nuncio_status nn_segment_facets(const nn_segment *segment, uint32_t article,
                                                 nn_article_facets *out, nuncio_error *error);
/** Its rank alone: what orders hits of equal score. */
NUNCIO_NODISCARD nuncio_status nn_segment_rank(const nn_segment *segment, uint32_t article,
                                               uint32_t *out, nuncio_error *error);
enum { NN_RANKED_BLOCK = 128 };
/** The articles of ranks 128 × `block` and behind, in order of their ids: *count of them, 0 behind
 * the last block. */
NUNCIO_NODISCARD nuncio_status nn_segment_ranked(const nn_segment *segment, uint32_t block,
                                                 uint64_t articles[NN_RANKED_BLOCK],
                                                 uint32_t *count, nuncio_error *error);
/** Source number 1 … nn_segment_info.source_count, so that a filter compares each source once. */
NUNCIO_NODISCARD nuncio_status nn_segment_source(const nn_segment *segment, uint32_t number,
                                                 nuncio_str *out, nuncio_error *error);
/** First passage of an article, unchecked and fast; `article` may be article_count (gives
 * passage_count). */
uint32_t nn_segment_first_passage(const nn_segment *segment, uint32_t article);
/** The article of a passage. Cost: O(1). */
uint32_t nn_segment_article_of(const nn_segment *segment, uint32_t passage);
/** The passages of a passage's article: *first … *end - 1. Cost: O(1), and a step for every 64 of
 * them. */
void nn_segment_article_span(const nn_segment *segment, uint32_t passage, uint32_t *first,
                             uint32_t *end);
/** Article of that id, or UINT32_MAX. Cost: O(log articles). */
NUNCIO_NODISCARD nuncio_status nn_segment_find_article(const nn_segment *segment, nuncio_str id,
                                                       uint32_t *out, nuncio_error *error);
/** Lengths in tokens, one byte a passage; at least passage_count bytes. */
const uint8_t *nn_segment_lengths(const nn_segment *segment);
/** How many of them are the text's; behind them stand those of the title (positions.h: places). */
NUNCIO_NODISCARD nuncio_status nn_segment_text_length(const nn_segment *segment, uint32_t passage,
                                                      uint32_t *out, nuncio_error *error);

/* ---- stored text and annotations ---- */

/** Appends the stored text of a passage (gap after it included). */
NUNCIO_NODISCARD nuncio_status nn_segment_passage_text(const nn_segment *segment, uint32_t passage,
                                                       nn_buffer *out, nuncio_error *error);
/** Asks the processor for what reading a passage and the row of its article will touch, so that it
 * does not have to be waited for: call each step for all of several passages before the next. */
enum { NN_FETCH_STEPS = 3 };
void nn_segment_fetch(const nn_segment *segment, uint32_t passage, uint32_t article, uint32_t step);
/** The same in an arena, with a zero byte behind it. */
NUNCIO_NODISCARD nuncio_status nn_segment_passage_str(const nn_segment *segment, uint32_t passage,
                                                      nn_arena *arena, nuncio_str *out,
                                                      nuncio_error *error);
/** Frees what reading texts has left for reuse; no other thread may use the segment meanwhile. */
void nn_segment_trim(nn_segment *segment);
/** Start of a passage in its article's text, bytes. */
NUNCIO_NODISCARD nuncio_status nn_segment_passage_start(const nn_segment *segment, uint32_t passage,
                                                        uint32_t *start, uint32_t *end,
                                                        nuncio_error *error);
#define NN_STRING_NONE UINT64_MAX  /* no string of the segment */
#define NN_NAME_UNKNOWN UINT32_MAX /* no name of it */

/** A quote of which speaker and cue are still to be looked up. */
typedef struct nn_quote_span {
    nuncio_quote quote;
    uint32_t speaker; /* number of a name (names.h), or NN_NAME_UNKNOWN */
    uint64_t cue;     /* number of a string, or NN_STRING_NONE */
} nn_quote_span;
/** The same of a mention. */
typedef struct nn_mention_span {
    uint32_t start, end;
    uint32_t name; /* its number */
} nn_mention_span;
/** Where the annotations of an article lie, in order of start. */
typedef struct nn_annotation_spans {
    const nn_quote_span *quotes;
    size_t quote_count;
    const nn_mention_span *mentions;
    size_t mention_count;
} nn_annotation_spans;
/** The spans of an article that start before byte `limit` in `arena`, without looking at strings: a
 * tenth of the cost of nn_segment_annotations where few of them are wanted. What lies behind is
 * neither read nor checked. */
NUNCIO_NODISCARD nuncio_status nn_segment_annotation_spans(const nn_segment *segment,
                                                           uint32_t article, uint32_t limit,
                                                           nn_arena *arena,
                                                           nn_annotation_spans *out,
                                                           nuncio_error *error);
/** The same without quotes.
 * @param[in,out] name_sizes who reads many articles keeps in it, by name, how many bytes the name
 *                           has (0: not known yet); else NULL */
NUNCIO_NODISCARD nuncio_status nn_segment_mention_spans(const nn_segment *segment, uint32_t article,
                                                        uint32_t *name_sizes, nn_arena *arena,
                                                        nn_annotation_spans *out,
                                                        nuncio_error *error);
/** One of them as a whole. */
NUNCIO_NODISCARD nuncio_status nn_segment_quote(const nn_segment *segment,
                                                const nn_quote_span *span, nuncio_quote *out,
                                                nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_segment_mention(const nn_segment *segment,
                                                  const nn_mention_span *span, nuncio_mention *out,
                                                  nuncio_error *error);
/** Annotations of an article in `arena`; offsets from the start of its text. Strings are views into
 * the segment or the arena. */
NUNCIO_NODISCARD nuncio_status nn_segment_annotations(const nn_segment *segment, uint32_t article,
                                                      nn_arena *arena, nuncio_annotations *out,
                                                      nuncio_error *error);

/* ---- dictionary ---- */

typedef struct nn_term_info {
    uint32_t ordinal;                /* number of the term in byte order */
    uint32_t passage_df;             /* passages that hold it, deleted ones included */
    uint32_t article_df;             /* articles */
    uint32_t quote_df;               /* quotes */
    uint64_t list_offset, list_size; /* its list in the file; opaque to callers */
} nn_term_info;

/** Looks a term up exactly; *found says whether it is there. */
NUNCIO_NODISCARD nuncio_status nn_segment_find_term(const nn_segment *segment, nuncio_str term,
                                                    bool *found, nn_term_info *out,
                                                    nuncio_error *error);

/** A walk over terms in byte order. Plain data: copy freely, nothing to release. */
typedef struct nn_term_cursor {
    const nn_segment *segment;
    nn_term_info info;
    uint32_t next_ordinal;
    uint32_t term_size;
    uint64_t next_entry, next_list, block_end; /* where reading goes on */
    char term[256];                            /* the current term */
    bool valid;
} nn_term_cursor;

/** Moves to the first term ≥ `from`; cursor->valid is false at the end. */
NUNCIO_NODISCARD nuncio_status nn_term_cursor_seek(nn_term_cursor *cursor,
                                                   const nn_segment *segment, nuncio_str from,
                                                   nuncio_error *error);
/** Puts the cursor on the term of that number (< term_count). */
NUNCIO_NODISCARD nuncio_status nn_segment_term_at(const nn_segment *segment, uint32_t ordinal,
                                                  nn_term_cursor *cursor, nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_term_cursor_next(nn_term_cursor *cursor, nuncio_error *error);

/** All surface forms of a term: (*forms)[number] is the form that nn_postings_positions calls
 * `number`. Numbers are the segment's own, not those its writer was given. In `arena`. Cost:
 * O(forms). */
NUNCIO_NODISCARD nuncio_status nn_segment_forms(const nn_segment *segment, const nn_term_info *term,
                                                nn_arena *arena, nuncio_str **forms,
                                                uint32_t *count, nuncio_error *error);

/** Verifies every page checksum of the segment; with `full` every structural invariant too. */
NUNCIO_NODISCARD nuncio_status nn_segment_verify(const nn_segment *segment, bool full,
                                                 nuncio_error *error);

#include "segment/terms/postings.h" /* the walk over the postings of a term */

#endif
