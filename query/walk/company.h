/* SPDX-License-Identifier: Apache-2.0 */
/* Words that an article must hold all of, while a segment is searched for passages of any: between
 * walk_company.c, which chooses blocks, and company_block.c, which finds the hits of one. */
#ifndef QUERY_WALK_COMPANY_H
#define QUERY_WALK_COMPANY_H

#include "query/walk/rare_words.h"

/** What is known of the articles around candidates, of a word. */
typedef struct nn_around {
    nn_postings *article; /* asked whether articles hold the word; NULL: nothing was asked yet */
    nn_block_set near;    /* candidates whose articles hold it, as far as it is known */
} nn_around;

typedef struct nn_company {
    nn_part *part;
    nn_ranking *ranking;
    nn_rare_words rare;
    nn_around *around;      /* by word */
    uint32_t lead;          /* number of the word whose pass it is */
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
