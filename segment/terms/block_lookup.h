/* SPDX-License-Identifier: Apache-2.0 */
/* Places of passages among the postings of a block, for many passages at once, and sets of its
 * postings. */
#ifndef SEGMENT_BLOCK_LOOKUP_H
#define SEGMENT_BLOCK_LOOKUP_H

#include "core/bits.h"
#include "segment/terms/postings.h"

/** Some of the postings of a block: bit i of words[i / 64], lowest first, is posting i. */
typedef struct nn_block_set {
    uint64_t words[NN_POSTINGS_BLOCK / 64];
} nn_block_set;

static inline bool nn_block_set_is_empty(nn_block_set set)
{
    return (set.words[0] | set.words[1]) == 0;
}
static inline bool nn_block_set_has(nn_block_set set, uint32_t posting)
{
    return (set.words[posting / 64] >> posting % 64 & 1) != 0;
}
static inline void nn_block_set_add(nn_block_set *set, uint32_t posting)
{
    set->words[posting / 64] |= UINT64_C(1) << posting % 64;
}
/** Takes the lowest posting out of a set that is not empty. */
static inline uint32_t nn_block_set_take(nn_block_set *set)
{
    uint32_t word = set->words[0] != 0 ? 0 : 1;
    uint32_t posting = word * 64 + nn_ctz64(set->words[word]);
    set->words[word] &= set->words[word] - 1;
    return posting;
}
/** Lowest posting of a set that is not empty. */
static inline uint32_t nn_block_set_first(nn_block_set set)
{
    return set.words[0] != 0 ? nn_ctz64(set.words[0]) : 64 + nn_ctz64(set.words[1]);
}
static inline nn_block_set nn_block_set_both(nn_block_set a, nn_block_set b)
{
    return (nn_block_set){{a.words[0] & b.words[0], a.words[1] & b.words[1]}};
}
/** Those of `a` that are not in `b`. */
static inline nn_block_set nn_block_set_without(nn_block_set a, nn_block_set b)
{
    return (nn_block_set){{a.words[0] & ~b.words[0], a.words[1] & ~b.words[1]}};
}
/** Those of a set from posting `from` (0 … 128) on. */
static inline nn_block_set nn_block_set_from(nn_block_set set, uint32_t from)
{
    uint64_t above = UINT64_MAX << from % 64;
    set.words[0] &= from < 64 ? above : 0;
    set.words[1] &= from < 64 ? UINT64_MAX : from < 128 ? above : 0;
    return set;
}
/** Those of a set in `from` … `end` - 1. */
static inline nn_block_set nn_block_set_within(nn_block_set set, uint32_t from, uint32_t end)
{
    nn_block_set behind = nn_block_set_from(set, end);
    set.words[0] ^= behind.words[0];
    set.words[1] ^= behind.words[1];
    return nn_block_set_from(set, from);
}
/** Postings `from` … `end` - 1. */
static inline nn_block_set nn_block_set_of(uint32_t from, uint32_t end)
{
    return nn_block_set_within((nn_block_set){{UINT64_MAX, UINT64_MAX}}, from, end);
}

/** The postings of a set, ascending, and their passages: docs[at[i]]. Room for 128 each.
 * @return how many */
uint32_t nn_block_set_list(nn_block_set set, const uint32_t docs[NN_POSTINGS_BLOCK],
                           uint32_t *passages, uint8_t *at);
/** The same, as every processor can. */
uint32_t nn_block_set_list_portable(nn_block_set set, const uint32_t docs[NN_POSTINGS_BLOCK],
                                    uint32_t *passages, uint8_t *at);

/** Finds passages (ascending; none is behind the last of the current block, which may be a set) in
 * the block. numbers[] and places[] get, for each that is in it, which of the passages it is and
 * its place in the block. Room for one more than `count` (at most 255) each.
 * @return their number */
uint32_t nn_block_look_up(const nn_postings *postings, const uint32_t *passages, uint32_t count,
                          uint8_t *numbers, uint8_t *places);
/** The same, as every processor can. */
uint32_t nn_block_look_up_portable(const nn_postings *postings, const uint32_t *passages,
                                   uint32_t count, uint8_t *numbers, uint8_t *places);

/** Which postings of the current block, unpacked, from the current one on are in a map: map[i] is 1
 * for passage `first` + i, else 0; `last` is the highest in it, and 3 bytes behind can be read. */
nn_block_set nn_block_mapped(const nn_postings *postings, const uint8_t *map, uint32_t first,
                             uint32_t last);
/** The same, as every processor can. */
nn_block_set nn_block_mapped_portable(const nn_postings *postings, const uint8_t *map,
                                      uint32_t first, uint32_t last);
/** Copies the numbers of a set of a block's postings, in order. @return how many */
uint32_t nn_block_take(const uint32_t numbers[NN_POSTINGS_BLOCK], nn_block_set set, uint32_t *out);
/** The same, as every processor can. */
uint32_t nn_block_take_portable(const uint32_t numbers[NN_POSTINGS_BLOCK], nn_block_set set,
                                uint32_t *out);

/** Whether one of the passages `first` … `end` - 1 is in the block, of whose passages none is asked
 * about that is behind the last. */
bool nn_block_holds(const nn_postings *postings, uint32_t first, uint32_t end);

#endif
