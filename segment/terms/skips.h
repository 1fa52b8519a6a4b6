/* SPDX-License-Identifier: Apache-2.0 */
/* Skip data of a list of more than 128 postings: what is needed to find, bound and locate a block
 * without touching it.
 *
 *   skips   = group × groups, then entries × groups     32 blocks a group
 *   group   = last_doc:u32
 *             docs:u32 positions:u32 codes:u32          where its first block begins in each area
 *             entries:u32                               where its entries begin
 *             widths: 6 × u8  bounds:u8  zero:u8        widths of columns; bounds a block
 *   entries = one bit stream, column by column, each column for all blocks of the group:
 *             last_doc    less (last_doc of the group before + 1)
 *             docs_end    less the group's docs; positions_end and codes_end alike
 *             bounds      as pairs tf, length, all of a block together
 *
 * A block's data begin where those of the one before end. Blocks with fewer bounds repeat the
 * last one. */
#ifndef SEGMENT_SKIPS_H
#define SEGMENT_SKIPS_H

#include "core/buffer.h"
#include "segment/files/format.h"

/** Bound pair: no posting of what it bounds scores higher than one with this tf and length would.
 */
typedef struct nn_bound {
    uint32_t tf;
    uint32_t length;
} nn_bound;

/** What the writer knows of a block; ends are offsets in the areas. */
typedef struct nn_block_info {
    uint32_t last_doc;
    uint32_t docs_end, positions_end, codes_end;
    uint32_t bound_count;
    nn_bound bounds[NN_BOUNDS_MAX];
} nn_block_info;

/** Appends the skip data of `count` ≥ 1 blocks: all groups to `groups`, all entries to `entries`.
 */
void nn_skips_write(nn_buffer *groups, nn_buffer *entries, const nn_block_info *blocks,
                    uint32_t count);

/** A group being read. Columns are bit offsets in `entries`. */
typedef struct nn_skip_group {
    const uint8_t *entries;
    uint32_t index;    /* of the group */
    uint32_t count;    /* blocks in it */
    uint32_t base;     /* lowest passage that can be in it */
    uint32_t last_doc; /* highest */
    uint32_t docs, positions, codes;
    uint32_t bound_count;
    uint8_t widths[6];
    uint32_t columns[5];
} nn_skip_group;

static inline uint32_t nn_skip_groups(uint32_t blocks)
{
    return (blocks + NN_SKIP_GROUP - 1) / NN_SKIP_GROUP;
}
/** Highest passage of a group, read from its header alone. */
uint32_t nn_skip_group_last(const uint8_t *groups, uint32_t index);
/**
 * Reads a group's header.
 *
 * @param[in] entries     all entries
 * @param[in] entries_end where they end; 8 bytes behind must be readable
 * @param[in] blocks      of the whole list
 * @return false when its entries would not lie inside, or a field makes no sense
 */
bool nn_skip_group_open(nn_skip_group *group, const uint8_t *groups, const uint8_t *entries,
                        const uint8_t *entries_end, uint32_t index, uint32_t blocks);
/** Bytes of the group's entries. */
uint32_t nn_skip_group_size(const nn_skip_group *group);
/** What is needed to enter a block. */
typedef struct nn_skip_place {
    uint32_t start, end; /* of its documents in their area, bytes */
    uint32_t base;       /* lowest passage that can be in it */
    uint32_t last_doc;
} nn_skip_place;
nn_skip_place nn_skip_place_of(const nn_skip_group *group, uint32_t i);
/** Last passage of block `i` (0 … count - 1) of the group. */
uint32_t nn_skip_last_doc(const nn_skip_group *group, uint32_t i);
/** First block of the group whose last passage ≥ `target`, from `i` on; count when there is none.
 */
uint32_t nn_skip_find(const nn_skip_group *group, uint32_t i, uint32_t target);
/** The same, as every processor can. */
uint32_t nn_skip_find_portable(const nn_skip_group *group, uint32_t i, uint32_t target);

/** An extent in an area, bytes. */
typedef struct nn_extent {
    uint32_t start, end;
} nn_extent;
typedef enum nn_skip_area { NN_AREA_DOCS, NN_AREA_POSITIONS, NN_AREA_CODES } nn_skip_area;
/** Where the data of block `i` lie; the caller checks that this is inside. */
nn_extent nn_skip_extent(const nn_skip_group *group, nn_skip_area area, uint32_t i);
/** Passages and bounds of all blocks of a group. */
typedef struct nn_skip_view {
    uint32_t count;                             /* blocks */
    uint32_t last_docs[NN_SKIP_GROUP];          /* of each block */
    uint32_t bound_count;                       /* bounds a block */
    uint8_t tfs[NN_SKIP_GROUP * NN_BOUNDS_MAX]; /* of a block's bounds, block by block */
    uint8_t lengths[NN_SKIP_GROUP * NN_BOUNDS_MAX];
} nn_skip_view;
void nn_skip_group_view(const nn_skip_group *group, nn_skip_view *view);
/** Where all blocks of a group end. */
typedef struct nn_skip_ends {
    uint32_t last_docs[NN_SKIP_GROUP];
    uint32_t docs_ends[NN_SKIP_GROUP]; /* of documents in their area, bytes */
} nn_skip_ends;
/** Not checked: that they ascend. */
void nn_skip_group_ends(const nn_skip_group *group, nn_skip_ends *ends);
/** Bounds of block `i`; returns their number. */
uint32_t nn_skip_bounds(const nn_skip_group *group, uint32_t i, nn_bound bounds[NN_BOUNDS_MAX]);

#endif
