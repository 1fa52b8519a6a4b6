/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the list of a term: a walk over its postings, block by block, with bounds to skip blocks
 * by.
 *
 * A list has one block of at most 128 postings, or several with skip data (list_write.h draws it).
 * Documents of a block are unpacked when the walk enters it, frequencies when they are first asked
 * for, positions posting by posting. */
#ifndef SEGMENT_POSTINGS_H
#define SEGMENT_POSTINGS_H

#include "segment/codes/bitpack.h"
#include "segment/segment.h"
#include "segment/terms/forms.h"
#include "segment/terms/skips.h"
#include "segment/terms/spots.h"

/** Where the parts of a list lie; checked when it is opened. Areas end where the next begins. */
typedef struct nn_list {
    const uint8_t *start, *end;
    const uint8_t *groups; /* skip data; NULL for one block */
    const uint8_t *entries, *entries_end;
    const uint8_t *docs;
    const uint8_t *positions, *codes; /* areas of several blocks */
    const uint8_t *forms, *forms_end; /* spellings of several blocks */
} nn_list;

/** A walk over the postings of a term: plain data in the caller's storage, nothing to release.
 * `doc` is the current passage, the first posting's after opening and NN_DOC_END at the end. The
 * current block lies unpacked in docs[] once docs_ready and in tfs[] once tfs_ready, so that a
 * scorer may work on whole blocks; until then its documents are a set. That may lie in docs[]: a
 * walk is not to be copied. */
typedef struct nn_postings {
    const nn_segment *segment;
    uint32_t doc;                      /* current passage, or NN_DOC_END */
    uint32_t df;                       /* postings in all */
    uint32_t index;                    /* of the current posting, 0 … df - 1; df at the end */
    uint32_t block_last_doc;           /* last passage of the current block */
    uint32_t block_count, block;       /* blocks; the current one */
    uint32_t in_block, in_block_count; /* place in the current block; its postings (0 at the end) */
    bool docs_ready;                   /* documents of this block are unpacked */
    bool tfs_ready;                    /* frequencies of this block are unpacked */
    uint32_t block_base;               /* lowest passage that can be in the block */
    const uint8_t *bits;               /* of a block that is a set: bit i: passage block_base + i */
    uint32_t bits_size;                /* bytes; 0: it is none */
    uint32_t docs[NN_POSTINGS_BLOCK];  /* NN_DOC_END behind the last */
    uint32_t tfs[NN_POSTINGS_BLOCK];
    /* The reader's own from here on. */
    nn_term_info term;
    nn_list list;
    nn_skip_group group;        /* of the current block */
    const uint8_t *tf_data;     /* packed frequencies of the current block */
    const uint8_t *tf_end;      /* where they end, once they are unpacked */
    const uint8_t *data_end;    /* where they end at most */
    nn_skip_group bounds_group; /* of the block that nn_postings_block_bounds looked at last */
    uint32_t bounds_block;
    uint32_t list_bound_count; /* 0: not known yet */
    nn_bound list_bounds[NN_BOUNDS_MAX];
    /* Reading positions: the block that the cursor is in, the posting it stands at, bits read of
     * both streams. */
    uint32_t positions_block, positions_next, positions_fixed, positions_unary;
    const uint8_t *positions_start, *positions_end;
    uint32_t layout_end; /* layout[0 … layout_end] is that of positions_block */
    uint32_t layout[NN_POSTINGS_BLOCK + 1 + NN_SPOTS_STEP];
    /* Reading forms: the same. */
    uint32_t codes_block, codes_next;
    nn_form_table form_table;
    nn_code_reader codes;
} nn_postings;

/** Where the spellings of the term's forms lie, and where the codes of a list of one block begin
 * behind them: for readers of forms. */
NUNCIO_NODISCARD nuncio_status nn_postings_find_forms(nn_postings *postings, nn_slice *forms,
                                                      nuncio_error *error);
/** Opens at the first posting. */
NUNCIO_NODISCARD nuncio_status nn_postings_open(nn_postings *postings, const nn_segment *segment,
                                                const nn_term_info *term, nuncio_error *error);
/** Back to the first posting. */
NUNCIO_NODISCARD nuncio_status nn_postings_rewind(nn_postings *postings, nuncio_error *error);
/** To the first posting of the next block. */
NUNCIO_NODISCARD nuncio_status nn_postings_next_block(nn_postings *postings, nuncio_error *error);
/** To the first posting of block `block` (0 … block_count - 1), wherever the walk stands; backwards
 * too, where no positions are read. */
NUNCIO_NODISCARD nuncio_status nn_postings_enter_block(nn_postings *postings, uint32_t block,
                                                       nuncio_error *error);
/** Unpacks the documents of the current block into docs[]. */
NUNCIO_NODISCARD nuncio_status nn_postings_unpack_docs(nn_postings *postings, nuncio_error *error);
/** To the next posting; at the end it stays there. */
NUNCIO_NODISCARD static inline nuncio_status nn_postings_next(nn_postings *postings,
                                                              nuncio_error *error)
{
    if (postings->in_block + 1 < postings->in_block_count) {
        if (!postings->docs_ready) {
            nuncio_status status = nn_postings_unpack_docs(postings, error);
            if (status != NUNCIO_OK) {
                return status;
            }
        }
        postings->in_block++;
        postings->index++;
        postings->doc = postings->docs[postings->in_block];
        return NUNCIO_OK;
    }
    return nn_postings_next_block(postings, error);
}
/** Place of the first of a block's 128 unpacked documents that is ≥ `target`, 127 where none is.
 * Documents ascend, so their number below the target is its place: counted over every 16th, then
 * over 16. A search by halves would guess wrong at every other step; counting has no branch to
 * guess, and is done four at a time. */
static inline uint32_t nn_postings_place(const uint32_t docs[NN_POSTINGS_BLOCK], uint32_t target)
{
    enum { STRIDE = 16 };
    uint32_t at = 0;
    for (uint32_t i = STRIDE - 1; i < NN_POSTINGS_BLOCK - 1; i += STRIDE) {
        at += docs[i] < target ? STRIDE : 0;
    }
    return at + nn_count_below16(docs + at, target);
}
/** How many postings of the current block, whose documents are unpacked where it reaches so far,
 * are below `end`. */
static inline uint32_t nn_postings_below(const nn_postings *postings, uint32_t end)
{
    return postings->block_last_doc < end ? postings->in_block_count
                                          : nn_postings_place(postings->docs, end);
}
/** The same from the current one on. */
static inline uint32_t nn_postings_inside(const nn_postings *postings, uint32_t end)
{
    return nn_postings_below(postings, end) - postings->in_block;
}
/** Goes behind `count` postings of the current block, whose documents are unpacked; false, and no
 * further, where none is left of it. */
static inline bool nn_postings_pass(nn_postings *postings, uint32_t count)
{
    uint32_t behind = postings->in_block + count;
    if (behind >= postings->in_block_count) {
        return false;
    }
    postings->in_block = behind;
    postings->index += count;
    postings->doc = postings->docs[behind];
    return true;
}
/** To the first posting of the current block, a set, that is ≥ `target`; there is one: the next
 * bit, and as many postings on as stand between. */
void nn_postings_seek_in_set(nn_postings *postings, uint32_t target);
/** To the first posting of the current block that is ≥ `target`; there is one. */
static inline void nn_postings_seek_in_block(nn_postings *postings, uint32_t target)
{
    if (!postings->docs_ready) {
        nn_postings_seek_in_set(postings, target);
        return;
    }
    uint32_t at = nn_postings_place(postings->docs, target);
    postings->in_block = at;
    postings->index = postings->block * NN_POSTINGS_BLOCK + at;
    postings->doc = postings->docs[at];
}
/** How many postings a block has. */
static inline uint32_t nn_postings_block_size(const nn_postings *postings, uint32_t block)
{
    uint32_t left = postings->df - block * NN_POSTINGS_BLOCK;
    return left < NN_POSTINGS_BLOCK ? left : NN_POSTINGS_BLOCK;
}
/** To the end: where every walk that failed stands. */
void nn_postings_stop(nn_postings *postings);
/** To the first posting ≥ `target`, which is behind the current block. */
NUNCIO_NODISCARD nuncio_status nn_postings_leave_block(nn_postings *postings, uint32_t target,
                                                       nuncio_error *error);
/** To the first posting whose passage ≥ `target` (never backwards). Skips blocks undecoded. */
NUNCIO_NODISCARD static inline nuncio_status
nn_postings_advance(nn_postings *postings, uint32_t target, nuncio_error *error)
{
    if (target <= postings->doc) {
        return NUNCIO_OK;
    }
    if (target > postings->block_last_doc) {
        return nn_postings_leave_block(postings, target, error);
    }
    nn_postings_seek_in_block(postings, target);
    return NUNCIO_OK;
}
/** Sets the bits of postings from the current one on that are below `end` (doc_bits.h: a map of the
 * passages `first` … `end` - 1) and moves behind them: at most through a group of blocks, so that
 * it is to be called until doc ≥ `end`. The current one is in the map. Cost: a few instructions for
 * 64 passages of a block that is a set, two or three for each posting of another. */
NUNCIO_NODISCARD nuncio_status nn_postings_map(nn_postings *postings, uint64_t *words,
                                               uint32_t first, uint32_t end, nuncio_error *error);
/** The same, but adds to *common how many of them the map holds, which stays as it is. */
NUNCIO_NODISCARD nuncio_status nn_postings_count_mapped(nn_postings *postings,
                                                        const uint64_t *words, uint32_t first,
                                                        uint32_t end, uint32_t *common,
                                                        nuncio_error *error);

/** Unpacks the frequencies of the current block into tfs[]; each ≥ 1. */
NUNCIO_NODISCARD nuncio_status nn_postings_unpack_tfs(nn_postings *postings, nuncio_error *error);
/** Frequency of the current posting, ≥ 1. */
NUNCIO_NODISCARD static inline nuncio_status nn_postings_tf(nn_postings *postings, uint32_t *tf,
                                                            nuncio_error *error)
{
    if (!postings->tfs_ready) {
        nuncio_status status = nn_postings_unpack_tfs(postings, error);
        if (status != NUNCIO_OK) {
            return status;
        }
    }
    *tf = postings->tfs[postings->in_block];
    return NUNCIO_OK;
}

/** Bounds and last passage of the block that would hold `target` (≥ current), without decoding it.
 * *last_doc is NN_DOC_END when no block is left. */
NUNCIO_NODISCARD nuncio_status nn_postings_block_bounds(nn_postings *postings, uint32_t target,
                                                        uint32_t *last_doc,
                                                        nn_bound bounds[NN_BOUNDS_MAX],
                                                        uint32_t *bound_count, nuncio_error *error);
/** Bounds of block `block` (of several), as if it were the one that would hold what is sought. */
NUNCIO_NODISCARD nuncio_status nn_postings_bounds_of(nn_postings *postings, uint32_t block,
                                                     nn_bound bounds[NN_BOUNDS_MAX],
                                                     uint32_t *bound_count, nuncio_error *error);
/** To the first posting of the block that one of these two looked at last; there was one. */
NUNCIO_NODISCARD nuncio_status nn_postings_enter_bounded(nn_postings *postings,
                                                         nuncio_error *error);
/** How many groups of blocks a list has; 0 when it is one block. */
uint32_t nn_postings_groups(const nn_postings *postings);
/** Passages and bounds of the blocks of group `index`, wherever the walk stands. Not checked: that
 * passages ascend. */
NUNCIO_NODISCARD nuncio_status nn_postings_view(const nn_postings *postings, uint32_t index,
                                                nn_skip_view *view, nuncio_error *error);
/** Bounds of the whole list. */
NUNCIO_NODISCARD nuncio_status nn_postings_bounds(nn_postings *postings,
                                                  nn_bound bounds[NN_BOUNDS_MAX],
                                                  uint32_t *bound_count, nuncio_error *error);

/** Positions of the current posting, ascending, to positions[tf] and, where `forms` is not NULL,
 * which surface form each was. Room for 320 each. */
NUNCIO_NODISCARD nuncio_status nn_postings_positions(nn_postings *postings, uint32_t *positions,
                                                     uint32_t *forms, nuncio_error *error);

/** Where a term stands in some passages. */
typedef struct nn_spots {
    const uint32_t *docs;   /* ascending; none before the walk's current one */
    const uint8_t *numbers; /* what the keys call them; below NN_SPOTS_MAX */
    uint32_t count;         /* at most NN_SPOTS_MAX */
    uint16_t *keys; /* of places (spots.h), in any order; room for NN_POSITIONS_MAX a passage
                       and NN_SPOTS_STEP more */
    uint32_t key_count;
} nn_spots;
/** Fills keys[]. Moves to the first posting from the last of the passages on. Cost: adds up how
 * much lies before each posting of the blocks that hold one of them, up to the last that does. */
NUNCIO_NODISCARD nuncio_status nn_postings_spots(nn_postings *postings, nn_spots *spots,
                                                 nuncio_error *error);

/** Appends the keys of some postings of the current block, which is not the end: `count` (1 …
 * NN_SPOTS_MAX) of them, at places[], ascending; numbers[] as above. Of both, NN_SPOTS_STEP more
 * can be read. Of `spots`, only the keys are used. The walk stays where it stands. */
NUNCIO_NODISCARD nuncio_status nn_postings_block_spots(nn_postings *postings, const uint8_t *places,
                                                       const uint8_t *numbers, uint32_t count,
                                                       nn_spots *spots, nuncio_error *error);

#endif
