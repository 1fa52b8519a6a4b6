/* SPDX-License-Identifier: Apache-2.0 */
/* The passages of a window in which a phrase, or whatever else is made of words that all have to
 * stand there, may occur: word by word, rarest first, for all passages at once. */
#ifndef QUERY_PHRASE_H
#define QUERY_PHRASE_H

#include "query/match/matcher.h"
#include "query/match/meet.h"
#include "query/match/starts.h"

/** Says of passages with frequencies that are not too low which are still wanted: keeps those, in
 * order, and returns their number. */
typedef uint32_t nn_phrase_keep(void *context, uint32_t *docs, uint32_t *tfs, uint32_t count);

/** A matcher in a segment, but not one of NEAR. */
typedef struct nn_phrase {
    nn_matcher *matcher; /* its slots are moved forward */
    uint32_t *copies; /* by place in its order: how many of the slots are the same word; 0: it was
                         met before */
    nn_meet meet;
    uint8_t *tfs;                     /* by place in the window: frequencies so far */
    uint32_t *found_docs, *found_tfs; /* of a word */
} nn_phrase;

/** True for what nn_phrase_open takes; what stands in titles is better approached. */
static inline bool nn_is_phrase(const nn_matcher *matcher)
{
    return matcher->left == NULL && matcher->slot_count > 0 && !matcher->resolved->leaf->in_title;
}
/** Prepares for windows of at most `width` passages. Storage comes from run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_phrase_open(nn_run *run, nn_matcher *matcher, uint32_t width,
                                              nn_phrase *out);
/** The passages from `first` to `end` - 1 that hold all words, with frequencies that that of the
 * phrase does not exceed. Room for `width` each. `keep` may be NULL: all are wanted. */
NUNCIO_NODISCARD nuncio_status nn_phrase_find(nn_phrase *phrase, nn_run *run, uint32_t first,
                                              uint32_t end, nn_phrase_keep *keep, void *context,
                                              uint32_t *docs, uint32_t *tfs, uint32_t *count);
/** Passage from which on the phrase may be found; NN_DOC_END: none is left. */
static inline uint32_t nn_phrase_doc(const nn_phrase *phrase)
{
    return phrase->matcher->slots[phrase->matcher->order[0]].doc;
}

/** The passages from `first` to `end` - 1 in which the rarest word, the first of the matcher's
 * order, stands as often as the phrase holds it; tfs[] is scratch. Room for so many each. */
NUNCIO_NODISCARD nuncio_status nn_phrase_gather(const nn_matcher *matcher, nn_run *run,
                                                uint32_t first, uint32_t end, uint32_t *docs,
                                                uint32_t *tfs, uint32_t *count);

enum { NN_PHRASE_BATCH = 64 /* passages whose positions are read at once */ };

/** Reads the positions of a phrase in many passages, one word after the other (starts.h). */
typedef struct nn_phrase_reader {
    nn_matcher *matcher; /* its slots are moved forward; not the one that finds the passages */
    /* Of a batch: */
    nn_spots spots; /* of a word */
    nn_starts *starts;
    /* Passages still possible: */
    uint32_t docs[NN_PHRASE_BATCH];
    uint8_t numbers[NN_PHRASE_BATCH]; /* their numbers in the batch */
    uint32_t count;
    uint32_t tfs[NN_PHRASE_BATCH]; /* by number in the batch: how many of the starts are kept */
} nn_phrase_reader;

/** Opens a reader, at the first passage. Storage comes from run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_phrase_reader_open(nn_run *run, size_t part,
                                                     const nn_resolved *resolved,
                                                     nn_phrase_reader **out);
/** How often the phrase occurs in each of `count` passages, ascending and behind those asked about
 * before, in which its rarest word stands. tfs[] may not be docs[]. */
NUNCIO_NODISCARD nuncio_status nn_phrase_read(nn_phrase_reader *reader, nn_run *run,
                                              const uint32_t *docs, uint32_t count, uint32_t *tfs);

#endif
