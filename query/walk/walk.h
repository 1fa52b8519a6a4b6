/* SPDX-License-Identifier: Apache-2.0 */
/* The ways to search a segment. Each offers its hits to a ranking and counts them; where more
 * than one applies they give the same ranking, and search.c picks the cheapest. */
#ifndef QUERY_WALK_H
#define QUERY_WALK_H

#include "query/rank/ranking.h"
#include "query/rank/scorer.h"

/** Unit by unit along the condition: any query. Skips units whose bound is below the threshold. */
NUNCIO_NODISCARD nuncio_status nn_walk_condition(nn_part *part, nn_unit unit, nn_ranking *ranking);

/** Window by window along the postings of the scoring clauses (plan->windowed), with dynamic
 * pruning. */
NUNCIO_NODISCARD nuncio_status nn_walk_windows(nn_part *part, nn_unit unit, nn_ranking *ranking);

/** Whether the query is one word of one list here, and nothing else. */
bool nn_is_word(const nn_part *part, nn_unit unit);
/** Block by block along its list, the best first. */
NUNCIO_NODISCARD nuncio_status nn_walk_word(nn_part *part, nn_ranking *ranking);

/** Whether the query asks for all of some words, each of one list here, and for nothing else: in
 * unit PASSAGE, of the passage. */
bool nn_is_all(const nn_part *part, nn_unit unit);
/** Block by block along the rarest. */
NUNCIO_NODISCARD nuncio_status nn_walk_all(nn_part *part, nn_ranking *ranking);

/** Whether the query asks for passages of articles that hold all of some words, each of one list
 * here, and for nothing else. */
bool nn_is_company(const nn_part *part, nn_unit unit);
/** Block by block along the rarest, then along others in its articles. */
NUNCIO_NODISCARD nuncio_status nn_walk_company(nn_part *part, nn_ranking *ranking);

/** Whether the query is a phrase of words of one list each here, and nothing else. */
bool nn_is_phrase_alone(const nn_part *part, nn_unit unit);
/** Block by block along its rarest word. */
NUNCIO_NODISCARD nuncio_status nn_walk_phrase(nn_part *part, nn_ranking *ranking);

/** Whether so few postings are to be read, or a filter leaves so few passages, that nn_walk_few is
 * cheaper. */
bool nn_is_few(const nn_part *part, nn_unit unit);
/** Passage by passage along the postings; plan->windowed. */
NUNCIO_NODISCARD nuncio_status nn_walk_few(nn_part *part, nn_unit unit, nn_ranking *ranking);

/** Whether a query is one of filters alone whose articles nn_walk_listed can list. */
bool nn_is_listed(const nn_plan *plan, nn_unit unit);
/** Article by article from bits, ranking no more than are kept. */
NUNCIO_NODISCARD nuncio_status nn_walk_listed(nn_part *part, nn_ranking *ranking);

/** Article by article, with sums over their passages: by article. */
NUNCIO_NODISCARD nuncio_status nn_walk_articles(nn_part *part, nn_unit unit, nn_ranking *ranking);

/** By quote, article by article, with dynamic pruning. */
NUNCIO_NODISCARD nuncio_status nn_walk_quotes(nn_part *part, nn_ranking *ranking);

/** Adds to *count the live passages in which a scoring clause occurs, without those that hold
 * `beside`, one of them (NULL: none), a word. */
NUNCIO_NODISCARD nuncio_status nn_count_any(nn_part *part, const nn_clause *beside,
                                            uint64_t *count);
/** Adds to *count the live passages in which every required clause occurs. */
NUNCIO_NODISCARD nuncio_status nn_count_all(nn_part *part, uint64_t *count);

/** The passage that stands for a unit in a query without scoring clauses: that with the most of the
 * names asked for, else its first. In any order. */
NUNCIO_NODISCARD nuncio_status nn_unscored_passage(nn_part *part, nn_unit unit, uint32_t number,
                                                   uint32_t *passage);

/** Frequencies and length of an article, over its passages that count. */
typedef struct nn_sums {
    uint32_t article;
    bool matches;      /* a passage counts */
    uint32_t *tfs;     /* one a scorer */
    uint32_t *buffer;  /* of one passage */
    double *quotes;    /* one a quote:( … ) that scores: the best of all passages that count */
    bool *quoted;      /* whether there is one */
    uint64_t length;   /* of all passages, tokens */
    uint32_t best;     /* passage that ranks first by passage */
    double best_score; /* its score */
    uint32_t next;     /* unit PASSAGE: the first behind the article that may count */
} nn_sums;

/** Room for the sums of one article, in run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_sums_open(nn_part *part, const nn_scorers *scorers, nn_sums *out);
/** Adds up an article that fulfils the condition (unit ARTICLE), or those of its passages that do.
 * No passage before `first` does. Never backwards. */
NUNCIO_NODISCARD nuncio_status nn_sums_add(nn_part *part, const nn_scorers *scorers, nn_unit unit,
                                           uint32_t article, uint32_t first, nn_sums *sums);

#endif
