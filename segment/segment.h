/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one segment: an immutable file with everything about its passages.
 *
 * Passages are numbered 0 … passage_count - 1 in order of storage ("docid"), articles likewise; the passages of an
 * article are consecutive. Positions: text tokens of a passage count from 0; tokens of the title, in the
 * article's first passage only, count from NN_POSITION_TITLE, so that no phrase crosses from title to text. */
#ifndef SEGMENT_SEGMENT_H
#define SEGMENT_SEGMENT_H

#include "core/buffer.h"
#include "core/file.h"

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
    uint64_t token_count;    /* sum of passage lengths */
    uint64_t posting_count;
    uint64_t quote_count, mention_count;
    uint64_t raw_text_bytes;
    uint64_t languages;      /* bit l set: language l occurs */
    bool has_text;
} nn_segment_info;
const nn_segment_info *nn_segment_info_of(const nn_segment *segment);
/** Bytes by region, added to out->bytes. */
void nn_segment_add_bytes(const nn_segment *segment, nuncio_stats *out);

/* ---- articles (columns) ---- */

typedef struct nn_article_row {
    uint32_t first_passage, passage_count;
    uint32_t rank;           /* place of the id among the segment's ids in byte order */
    uint8_t language;        /* nn_language of text/language.h */
    nuncio_date date;
    nuncio_str id, title, source, url; /* views into the segment; absent where the article had none */
    nuncio_str lang;         /* as given, absent when it was detected */
    uint64_t hash_low, hash_high;      /* of the article as given, to skip identical ones */
} nn_article_row;

NUNCIO_NODISCARD nuncio_status nn_segment_article(const nn_segment *segment, uint32_t article,
                                                  nn_article_row *out, nuncio_error *error);
/** First passage of an article, unchecked and fast; `article` may be article_count (gives passage_count). */
uint32_t nn_segment_first_passage(const nn_segment *segment, uint32_t article);
/** The article of a passage. Cost: O(1). */
uint32_t nn_segment_article_of(const nn_segment *segment, uint32_t passage);
/** Article of that id, or UINT32_MAX. Cost: O(log articles). */
NUNCIO_NODISCARD nuncio_status nn_segment_find_article(const nn_segment *segment, nuncio_str id,
                                                       uint32_t *out, nuncio_error *error);
/** Lengths in tokens, one byte a passage; at least passage_count bytes. */
const uint8_t *nn_segment_lengths(const nn_segment *segment);

/* ---- stored text and annotations ---- */

/** Appends the stored text of a passage (gap after it included). */
NUNCIO_NODISCARD nuncio_status nn_segment_passage_text(const nn_segment *segment, uint32_t passage,
                                                       nn_buffer *out, nuncio_error *error);
/** Start of a passage in its article's text, bytes. */
NUNCIO_NODISCARD nuncio_status nn_segment_passage_start(const nn_segment *segment, uint32_t passage,
                                                        uint32_t *start, uint32_t *end,
                                                        nuncio_error *error);
/** Annotations of an article in `arena`; offsets from the start of its text. Strings are views into the
 * segment or the arena. */
NUNCIO_NODISCARD nuncio_status nn_segment_annotations(const nn_segment *segment, uint32_t article,
                                                      struct nn_arena *arena, nuncio_annotations *out,
                                                      nuncio_error *error);

/* ---- dictionary ---- */

typedef struct nn_term_info {
    uint32_t ordinal;      /* number of the term in byte order */
    uint32_t passage_df;   /* passages that hold it, deleted ones included */
    uint32_t article_df;   /* articles */
    uint64_t postings_offset, positions_offset, forms_offset; /* opaque to callers */
    uint32_t postings_size, positions_size, forms_size;
    uint32_t form_count;
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
    uint64_t next_offset;
    char term[256];        /* the current term */
    bool valid;
} nn_term_cursor;

/** Moves to the first term ≥ `from`; cursor->valid is false at the end. */
NUNCIO_NODISCARD nuncio_status nn_term_cursor_seek(nn_term_cursor *cursor,
                                                   const nn_segment *segment, nuncio_str from,
                                                   nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_term_cursor_next(nn_term_cursor *cursor, nuncio_error *error);

/** Surface form `form` (0 … form_count - 1) of a term. View into the segment or `arena`. */
NUNCIO_NODISCARD nuncio_status nn_segment_form(const nn_segment *segment, const nn_term_info *term,
                                               uint32_t form, struct nn_arena *arena, nuncio_str *out,
                                               nuncio_error *error);

/* ---- postings ---- */

/** A walk over the postings of a term. Release nothing; storage is the caller's.
 * `doc` is NN_DOC_END at the end and before the first call it is the first posting. */
typedef struct nn_postings {
    const nn_segment *segment;
    uint32_t doc;                        /* current passage, or NN_DOC_END */
    uint32_t df;                         /* postings in all */
    uint32_t index;                      /* of the current posting, 0 … df - 1 */
    uint32_t block_last_doc;             /* last passage of the current block */
    uint32_t block_count, block;         /* blocks; the current one */
    uint32_t in_block, in_block_count;   /* place in the current block; its postings */
    bool tfs_ready;                      /* frequencies of this block are unpacked */
    uint32_t docs[NN_POSTINGS_BLOCK];
    uint32_t tfs[NN_POSTINGS_BLOCK];
    nn_term_info term;
    const uint8_t *skips, *data, *data_end; /* where the parts lie; checked at open */
    uint64_t private_state[8];
} nn_postings;

/** Opens at the first posting. */
NUNCIO_NODISCARD nuncio_status nn_postings_open(nn_postings *postings, const nn_segment *segment,
                                                const nn_term_info *term, nuncio_error *error);
/** To the next posting. */
NUNCIO_NODISCARD nuncio_status nn_postings_next(nn_postings *postings, nuncio_error *error);
/** To the first posting whose passage ≥ `target` (never backwards). Skips blocks undecoded. */
NUNCIO_NODISCARD nuncio_status nn_postings_advance(nn_postings *postings, uint32_t target,
                                                   nuncio_error *error);
/** Frequency of the current posting, ≥ 1. */
NUNCIO_NODISCARD nuncio_status nn_postings_tf(nn_postings *postings, uint32_t *tf,
                                              nuncio_error *error);

/** Bound pair of a block: no posting in it scores higher than one with this tf and length would. A block may
 * have up to 4 pairs (a Pareto front: higher tf with longer length). */
typedef struct nn_bound {
    uint32_t tf;
    uint32_t length;
} nn_bound;
/** Bounds and last passage of the block that would hold `target` (≥ current), without decoding it.
 * *last_doc is NN_DOC_END when no block is left. */
NUNCIO_NODISCARD nuncio_status nn_postings_block_bounds(nn_postings *postings, uint32_t target,
                                                        uint32_t *last_doc, nn_bound bounds[4],
                                                        uint32_t *bound_count, nuncio_error *error);
/** Bounds of the whole list. */
NUNCIO_NODISCARD nuncio_status nn_postings_bounds(nn_postings *postings, nn_bound bounds[4],
                                                  uint32_t *bound_count, nuncio_error *error);

/** Positions of the current posting, ascending, to positions[tf] and, where `forms` is not NULL, which surface form
 * each was. Room for 320 each. */
NUNCIO_NODISCARD nuncio_status nn_postings_positions(nn_postings *postings, uint32_t *positions,
                                                     uint32_t *forms, nuncio_error *error);

/** Verifies every page checksum of the segment; with `full` every structural invariant too. */
NUNCIO_NODISCARD nuncio_status nn_segment_verify(const nn_segment *segment, bool full,
                                                 nuncio_error *error);

#endif
