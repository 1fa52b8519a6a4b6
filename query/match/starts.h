/* SPDX-License-Identifier: Apache-2.0 */
/* Where a phrase may start in some passages: what the words so far leave, word by word.
 *
 *   "united states"   passage   0             1
 *   united            places    3  17         40        starts 3, 17, 40: a bit each
 *   states            places    4      29     41        less its place in the phrase: 3, 28, 40;
 *   starts                      3             40        kept where the bit is set
 *
 * Places are keys (segment/terms/spots.h), a start the key of the phrase's first word, so that
 * those of all passages are one array and no branch has to be guessed. */
#ifndef QUERY_STARTS_H
#define QUERY_STARTS_H

#include "query/run.h"
#include "segment/terms/spots.h"

enum {
    NN_STARTS_WORDS = NN_SPOTS_MAX * NN_KEY_PASSAGE / 64,
    NN_STARTS_ROOM = NN_SPOTS_MAX * NN_KEY_PASSAGE + NN_SPOTS_STEP /* keys at once, at most */
};

typedef struct nn_starts {
    uint64_t bits[NN_STARTS_WORDS]; /* by start; 0 between words */
    uint16_t *kept;                 /* starts that the words so far leave */
    uint32_t kept_count;
    uint16_t *before; /* scratch: those that the words before left */
} nn_starts;

/** No starts. Storage, room for NN_STARTS_ROOM keys, comes from run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_starts_open(nn_run *run, nn_starts **out);
/** The first word read, which stands at `place` of the phrase: each of its keys is a start that has
 * room before it. */
void nn_starts_begin(nn_starts *starts, const uint16_t *keys, uint32_t count, uint32_t place);
/** Keeps the starts that a word at `place` of the phrase, with these keys, follows. */
void nn_starts_keep(nn_starts *starts, const uint16_t *keys, uint32_t count, uint32_t place);

/** The number of the passage that a start lies in, and its place there. */
static inline uint32_t nn_start_passage(uint16_t start)
{
    return start / NN_KEY_PASSAGE;
}
static inline uint32_t nn_start_place(uint16_t start)
{
    return start % NN_KEY_PASSAGE;
}
/** Whether a phrase of `length` words from there lies in both the text of an article's first
 * passage, of `text` words, and the title behind it, where places go on: it is none. */
static inline bool nn_start_crosses(uint16_t start, uint32_t length, uint32_t text)
{
    return nn_start_place(start) < text && nn_start_place(start) + length > text;
}

#endif
