/* SPDX-License-Identifier: Apache-2.0 */
/* Words that an article must hold all of, while a segment is searched for passages of any: between
 * walk_company.c, which chooses blocks, and company_block.c, which finds the hits of one. */
#ifndef QUERY_WALK_COMPANY_H
#define QUERY_WALK_COMPANY_H

#include "query/rank/block_scores.h"
#include "query/walk/walk.h"

/** One of the words. */
typedef struct nn_companion {
    nn_postings *list;    /* looked up at candidates */
    nn_postings *article; /* asked whether articles hold the word; NULL: nothing was asked yet */
    double weight;
    double max;                      /* no passage gets more from it */
    double rest;                     /* nor more from those behind it */
    uint32_t place;                  /* in the order of sums */
    nn_block_set near;               /* candidates whose articles hold it, as far as it is known, */
    uint32_t tfs[NN_POSTINGS_BLOCK]; /* and their frequencies, by place in the lead's block */
} nn_companion;

typedef struct nn_company {
    nn_part *part;
    nn_ranking *ranking;
    nn_companion *words; /* rarest first */
    uint32_t count;
    uint32_t *by_place; /* their numbers in the order of sums */
    uint32_t lead;      /* number of the word whose pass it is */
    nn_rough_norms norms;
    float *bounds;          /* by block of the rarest; below 0: it was searched already */
    nn_block_set *accepted; /* by block of the rarest: postings that are hits */
    nn_range *spans;        /* passages of the articles that further passes look at */
    uint32_t span_count;
    bool spans_hold_all; /* these articles hold all words; else the rarest at least */
    nn_range article;    /* asked about last, and */
    bool holds_all;      /* what was found */
    /* Of the lead's block: candidates, and by place what they have of the words so far. */
    nn_block_set candidates;
    nn_block_scores scores;
} nn_company;

/** Searches those of `postings` of the block that the lead stands in, passages of spans where there
 * are any. */
NUNCIO_NODISCARD nuncio_status nn_company_search_block(nn_company *company, nn_block_set postings);

#endif
