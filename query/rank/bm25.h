/* SPDX-License-Identifier: Apache-2.0 */
/* The formula of docs/ranking.md, each operation in the order written there. */
#ifndef QUERY_BM25_H
#define QUERY_BM25_H

#include <nuncio/common.h>

/* docs/ranking.md names them: what NAN in nuncio_search_options stands for. */
#define NN_BM25_K1 1.5
#define NN_BM25_B 0.75

enum { NN_BM25_LENGTHS = 256 }; /* a passage's length is one byte */

/** The norm of every length of a passage, and what it was made for; not `made` to begin with. */
typedef struct nn_norms {
    bool made;
    double k1, b, average;
    double of[NN_BM25_LENGTHS];
} nn_norms;

/** What does not change during a search: parameters and counts. */
typedef struct nn_bm25 {
    double k1, b;
    double average;      /* tokens a unit; 1 when there are no tokens */
    uint64_t count;      /* N: live passages or articles */
    const double *norms; /* one a length; NULL before nn_bm25_tabulate */
} nn_bm25;

/** Prepares `bm25` for N = `count` units that hold `tokens` tokens in all. */
void nn_bm25_init(nn_bm25 *bm25, double k1, double b, uint64_t count, uint64_t tokens);
/** Lets bm25->norms be those of `norms`, which must outlive it and may come from an earlier search.
 * Cost: 256 divisions, none where they were made for the same parameters and average. */
void nn_bm25_tabulate(nn_bm25 *bm25, nn_norms *norms);

/** Inverse document frequency of what matches `df` (0 … count) units; > 0. */
double nn_bm25_idf(const nn_bm25 *bm25, uint64_t df);

/** The term of the denominator that depends on the length (tokens); norms[] for passages. */
double nn_bm25_norm(const nn_bm25 *bm25, uint64_t length);

/** One leaf's contribution; `weight` is w · idf, tf ≥ 1. */
static inline double nn_bm25_contribution(double weight, uint32_t tf, double norm)
{
    double frequency = (double)tf;
    return weight * (frequency / (frequency + norm));
}

#endif
