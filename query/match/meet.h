/* SPDX-License-Identifier: Apache-2.0 */
/* Which of some passages a word stands in: block by block, for all of them at once. */
#ifndef QUERY_MEET_H
#define QUERY_MEET_H

#include "query/match/slot.h"

/** Scratch for passages of a window. */
typedef struct nn_meet {
    uint8_t *map;    /* by place in the window; 0 between uses */
    uint32_t *docs;  /* of one list, and */
    uint32_t *found; /* frequencies by number of passage, where a word has several lists */
    uint32_t first;  /* of the window */
    uint32_t width;  /* room */
} nn_meet;

/** Room for windows of `width` passages, in run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_meet_open(nn_run *run, uint32_t width, nn_meet *out);

/** Those of `docs` (ascending, of the window) that the word stands in, and its frequencies:
 * appended to out_docs[] and out_tfs[]. Of forms nothing is asked: a frequency may be too high.
 * Blocks without one of the passages between their first and last are not unpacked. */
NUNCIO_NODISCARD nuncio_status nn_slot_meet(nn_slot_walk *walk, nn_run *run, nn_meet *meet,
                                            const uint32_t *docs, uint32_t count,
                                            uint32_t *out_docs, uint32_t *out_tfs,
                                            uint32_t *out_count);

/** Postings of a word from `first` to `end` - 1, appended to docs[] and tfs[]: at most one a
 * passage. A frequency may be too high, as above. */
NUNCIO_NODISCARD nuncio_status nn_slot_gather(nn_slot_walk *walk, nn_run *run, uint32_t first,
                                              uint32_t end, uint32_t *docs, uint32_t *tfs,
                                              uint32_t *count);

#endif
