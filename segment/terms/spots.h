/* SPDX-License-Identifier: Apache-2.0 */
/* Reading where a word stands in many passages of a block at once (positions.h draws the area).
 *
 *   layout   at[i]: how much of both streams lies before posting i. Sums over the postings before
 *            it, added up for sixteen at a time.
 *   key      256 × the number of a passage among those asked about + a place in it, so that the
 *            places in all of them are one array, and two words are compared in one loop
 *
 * With AVX-512, postings of frequency 1, a number each, are read sixteen at a time; of the others,
 * up to eight places of one at a time, without a branch:
 *
 *   unary stream   0 0 1 1 0 1 0 0 0 1           high parts 2, 0, 1, 3
 *   its ones       2 3 5 9                       one k stands at k + high parts 0 … k added up
 *   low parts      l0 l1 l2 l3                   spread to bytes, added up by a multiplication
 *   places         (ones - k) << r, + l0 + … + lk, + k
 */
#ifndef SEGMENT_SPOTS_H
#define SEGMENT_SPOTS_H

#include "segment/terms/positions.h"

enum {
    NN_KEY_PASSAGE = 256, /* keys of a passage: more than any place */
    NN_SPOTS_MAX = 128,   /* passages asked about at once */
    NN_SPOTS_STEP = 16 /* postings or keys are loaded or stored at once: so many more need room */
};

/** Of a layout, or between two of its entries: bits of the fixed stream, 1 bits of the unary one.
 */
#define NN_LAYOUT_FIXED(at) ((at)&0xFFFF)
#define NN_LAYOUT_ONES(at) ((at) >> 16)

/**
 * Extends a layout that has at[0 … from] to at[0 … to].
 *
 * @param[in,out] at   room for NN_SPOTS_STEP more
 * @param         from a multiple of NN_SPOTS_STEP
 * @param         lengths of all passages; 3 bytes behind them can be read
 * @param         docs of the block
 * @param         tfs  of the block
 */
void nn_layout_extend(uint32_t *at, uint32_t from, uint32_t to, const uint8_t *lengths,
                      const uint32_t *docs, const uint32_t *tfs);
/** The same, as every processor can; nn_layout_extend takes the fastest. */
void nn_layout_extend_portable(uint32_t *at, uint32_t from, uint32_t to, const uint8_t *lengths,
                               const uint32_t *docs, const uint32_t *tfs);

/** A block whose positions are read, and what of it is asked for. */
typedef struct nn_spot_block {
    const uint8_t *lengths; /* of all passages; 3 bytes behind them can be read */
    const uint32_t *docs, *tfs;
    const uint32_t *layout; /* as far as the last posting asked for */
    const uint8_t *places;  /* of the postings in the block, ascending, */
    const uint8_t *numbers; /* and of their passages; of both NN_SPOTS_STEP more can be read */
    uint32_t count;         /* at most NN_SPOTS_MAX */
    nn_positions_reader area;
    uint32_t
        next; /* `area` has read the unary stream as far as this posting, not behind places[0] */
} nn_spot_block;

/**
 * Reads the places of the postings asked for.
 *
 * @param[in,out] block `area` and `next` go behind the last posting read that has a part in the
 *                      unary stream
 * @param[out] keys     in any order; room for NN_SPOTS_STEP more
 * @param[out] count    of keys
 * @return false when the area has no such places
 */
bool nn_spots_read(nn_spot_block *block, uint16_t *keys, uint32_t *count);
/** The same, as every processor can; nn_spots_read takes the fastest. */
bool nn_spots_read_portable(nn_spot_block *block, uint16_t *keys, uint32_t *count);

#endif
