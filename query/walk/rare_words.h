/* SPDX-License-Identifier: Apache-2.0 */
/* Words of which all are asked for, rarest first: what walk_all.c and walk_company.c, which go
 * along the rarest one, know of each. */
#ifndef QUERY_RARE_WORDS_H
#define QUERY_RARE_WORDS_H

#include "query/rank/block_scores.h"
#include "query/walk/walk.h"

typedef struct nn_rare_word {
    nn_postings *list;
    double weight;
    double max;            /* no passage gets more from it */
    double rest;           /* nor more from those behind it */
    uint32_t place;        /* in the order of sums */
    const uint32_t *lasts; /* by block: last passage; NULL: they are to be looked up */
    uint32_t at;           /* with them: blocks before it are behind what is still asked about */
    uint32_t tfs[NN_POSTINGS_BLOCK]; /* of candidates, by place in the block gone along; 0: none */
} nn_rare_word;

typedef struct nn_rare_words {
    nn_rare_word *words;
    uint32_t count;
    uint32_t *by_place; /* their numbers in the order of sums */
    nn_rough_norms norms;
} nn_rare_words;

/** The words of a part whose clauses are words of one list each (nn_is_all). */
NUNCIO_NODISCARD nuncio_status nn_rare_words_open(nn_part *part, nn_rare_words *out);
/**
 * Goes to the block of a word at the first of `asked`, postings of the lead's block, and takes
 * those that it reaches out of them. Entered where one of these may score `cut` with it:
 * *promising.
 *
 * @param[out] ended true: the word has ended; nothing was taken
 */
NUNCIO_NODISCARD nuncio_status nn_rare_word_reach(nn_rare_word *word, nn_run *run,
                                                  const nn_postings *lead,
                                                  const nn_block_scores *scores, float cut,
                                                  nn_block_set *asked, nn_block_set *promising,
                                                  bool *ended);
/** The score of a candidate, exactly: what words have for posting `at`, in the order of sums. */
double nn_rare_words_sum(const nn_rare_words *words, uint32_t at, double norm);

#endif
