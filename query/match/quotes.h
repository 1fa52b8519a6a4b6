/* SPDX-License-Identifier: Apache-2.0 */
/* A condition read over one quote, and the BM25 of what it asks for among quotes: what stands in
 * quote:( … ), or, where quotes are ranked, the whole query.
 *
 *   article   He said “New START is dead” and left. “We will | talk about New START”, she said.
 *   tokens    0  1     2   3     4  5     6   7       8  9     10   11    12  13     14  15
 *   quotes             2 ─────── 6                    8 ──────────────────── 14
 *
 * Articles are gone through one at a time: each clause's occurrences in all its passages are given
 * to the quotes that hold them. Then it is known of each quote whether the condition holds and what
 * it scores, and of each passage the best of the quotes that it has words of. */
#ifndef QUERY_QUOTES_H
#define QUERY_QUOTES_H

#include "query/match/condition.h"
#include "segment/annotations/quotes.h"

enum {
    NN_QUOTE_HOLDS = 1, /* it fulfils the condition */
    NN_QUOTE_SCORES = 2 /* and a scoring clause occurs in it */
};

/** A clause with a walk of its own: that of the part serves those who mark and find articles. */
typedef struct nn_quote_clause {
    const nn_clause *clause;
    nn_matcher *matcher;
} nn_quote_clause;

typedef struct nn_quote_walk {
    nn_condition *inside; /* what a quote must fulfil */
    nn_quote_clause *clauses;
    uint32_t clause_count;
    uint32_t *places;    /* by number of a clause: its place in `clauses` */
    bool asks_mentions;  /* for them annotations are read */
    bool keeps_tfs;      /* of all clauses, to explain a score */
    bool entered;        /* `article` is at hand */
    uint32_t article;    /* with the quotes that hold: */
    uint32_t hold_count; /* so many */
    nn_article_quotes quotes;
    nn_annotation_spans found;
    /* By quote of the article. */
    uint8_t *states; /* NN_QUOTE_… */
    double *scores;
    uint32_t *tfs;    /* of the clause at hand; of clause c at [c × quotes.count] when kept */
    uint32_t *firsts; /* first passage in which a scoring clause occurs in it; NN_DOC_END: none */
    uint64_t *truths; /* `words` words a quote, bit c: clause c occurs */
    uint32_t words;
    size_t quote_capacity, tf_capacity;
    /* By passage of the article. */
    uint8_t *passage_states; /* of the best quote that it has words of */
    double *passage_scores;
    uint32_t *nexts; /* scratch */
    size_t passage_capacity;
} nn_quote_walk;

/** Opens the walk of guard `guard`, or of the whole query (0). */
NUNCIO_NODISCARD nuncio_status nn_quotes_open(nn_part *part, uint32_t guard, nn_quote_walk **out);

/** Goes to an article, never backwards. */
NUNCIO_NODISCARD nuncio_status nn_quotes_enter(nn_part *part, nn_quote_walk *walk,
                                               uint32_t article);
/** Works out walk->passage_… for the article at hand, which has quotes that hold. */
NUNCIO_NODISCARD nuncio_status nn_quotes_spread(nn_part *part, nn_quote_walk *walk);

/** Whether an occurrence in a passage of the article at hand lies in a quote that holds. */
bool nn_quotes_hold(const nn_quote_walk *walk, uint32_t passage, nn_occurrence occurrence);

#endif
