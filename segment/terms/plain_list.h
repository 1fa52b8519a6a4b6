/* SPDX-License-Identifier: Apache-2.0 */
/* The list of a term in a segment that is merged before it is ever committed: columns of whole
 * bytes, quick to write and quick to read once from start to end.
 *
 *   list = forms:varint { size:1 bytes } × forms  run*
 *   run  = postings:1 v:1  gap:v × postings  tf:1 × postings  place:1 × tokens  form:w × tokens
 *
 * A run has up to 128 postings and 512 tokens. A gap is the number of passages between two
 * postings; v is 1, 2 or 4, as the largest of a run needs it. w is 0 for one form, 1 for up to 256,
 * 2 for up to 65,536, else 4. Places are those of positions.h: text tokens, then the title's. */
#ifndef SEGMENT_PLAIN_LIST_H
#define SEGMENT_PLAIN_LIST_H

#include "segment/segment_writer.h"

/** Appends the list of all occurrences of a term, which ascend. @return its postings */
uint32_t nn_plain_write(nn_buffer *out, const nuncio_str *forms, uint32_t form_count,
                        const nn_term_token *occurrences, size_t count);

enum {
    NN_PLAIN_POSTINGS = 128, /* of a run, */
    NN_PLAIN_TOKENS = 512    /* twice what a single posting may have */
};

/** A walk over such a list. */
typedef struct nn_plain_reader {
    const nn_segment *segment;
    const uint8_t *at, *end;
    uint32_t form_count, form_bytes;
    uint32_t next; /* lowest passage that the next posting can be of */
    /* The run at hand. */
    uint32_t count, tokens;
    uint32_t passages[NN_PLAIN_POSTINGS];
    const uint8_t *tfs, *places; /* in the segment */
    uint32_t forms[NN_PLAIN_TOKENS];
} nn_plain_reader;

/** Opens the list of a term before its first run. `forms` gets its surface forms, views into
 * the segment, in `arena`; NULL: not wanted. */
NUNCIO_NODISCARD nuncio_status nn_plain_open(nn_plain_reader *reader, const nn_segment *segment,
                                             const nn_term_info *term, nn_arena *arena,
                                             nuncio_str **forms, nuncio_error *error);
/** True while runs are left. */
static inline bool nn_plain_has_next(const nn_plain_reader *reader)
{
    return reader->at < reader->end;
}
/** Reads the next run. @retval NUNCIO_ERR_CORRUPT it makes no sense */
NUNCIO_NODISCARD nuncio_status nn_plain_next(nn_plain_reader *reader, nuncio_error *error);

#endif
