/* SPDX-License-Identifier: Apache-2.0 */
/* What nn_walk_few works with: the clauses of a segment, and which of them propose passages. */
#ifndef QUERY_FEW_H
#define QUERY_FEW_H

#include "query/walk/walk.h"

/* A scoring clause in the current segment. */
typedef struct nn_few_term {
    nn_matcher *matcher;
    nn_slot_walk *slot; /* of a word; else NULL, and the matcher has to confirm each passage */
    double weight;
    double max;      /* no passage gets more from it */
    bool required;   /* the passage must hold it */
    bool in_article; /* its article must, and nothing but such clauses is asked of it */
    uint32_t tf;     /* in the passage at hand; until it is confirmed, the same or more */
} nn_few_term;

typedef struct nn_few {
    nn_part *part;
    nn_ranking *ranking;
    nn_few_term *terms; /* in the order of sums */
    uint32_t count;
    nn_slot_walk **words; /* of the clauses that are required, rarest first */
    uint32_t word_count;  /* 0: no clause is required */
    nn_few_term *lead;    /* the clause that words[0] bounds; NULL: it bounds none */
    double beside;        /* most that the others add to it */
    double block_bound;   /* most that the lead's block allows it, up to */
    uint32_t block_last;  /* this passage; NN_DOC_END: not asked yet, or there is none */
    nn_unit unit;
    const nn_condition *filter; /* on a column, of the residue; NULL: none */
    nn_range left;              /* passages that it leaves, the last run looked at */
    nn_few_term *rarest;        /* of those that the article must hold; NULL: there is none */
    nn_range article;           /* passages of the article at hand */
} nn_few;

/** Opens the clauses that may occur in the segment; *none: one that is required does not. */
NUNCIO_NODISCARD nuncio_status nn_few_open(nn_few *few, bool *none);

#endif
