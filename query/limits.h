/* SPDX-License-Identifier: Apache-2.0 */
/* Every limit of the query layer, by name (docs/limits.md). Each has a status and a message of its
 * own. */
#ifndef QUERY_LIMITS_H
#define QUERY_LIMITS_H

enum {
    /* limit query: the query | refused, NUNCIO_ERR_LIMIT */
    NN_QUERY_BYTES_MAX = 1 << 20, /* bytes of a query */
    /* limit query: words, phrases and filters | refused, NUNCIO_ERR_LIMIT */
    NN_QUERY_LEAVES_MAX = 1024, /* leaves and filters, the two sides of NEAR counted apart */
    /* limit query: words in all of them together | refused, NUNCIO_ERR_LIMIT */
    NN_QUERY_WORDS_MAX = 1024, /* words in all leaves and values together */
    /* limit query: brackets within brackets | refused, NUNCIO_ERR_LIMIT */
    NN_QUERY_DEPTH_MAX = 64, /* brackets within brackets: bounds every recursion over a query */
    /* limit query: words that one prefix or fuzzy word stands for | refused, NUNCIO_ERR_LIMIT:
       write more of it */
    NN_QUERY_FORMS_MAX = 4096, /* surface forms that one prefix or fuzzy word stands for */
    /* limit query: letters before `*` or `~`, at least | refused, NUNCIO_ERR_QUERY */
    NN_QUERY_LETTERS_MIN = 2, /* letters before a star or a tilde */
    /* limit query: n of `NEAR/n` | refused, NUNCIO_ERR_QUERY */
    NN_QUERY_NEAR_MAX = 50, /* tokens between the two sides of NEAR */
    /* limit query: n of `word~n` | refused, NUNCIO_ERR_QUERY */
    NN_QUERY_DISTANCE_MAX = 2, /* edits of a fuzzy word */
    /* limit query: w of `^w` | refused, NUNCIO_ERR_QUERY */
    NN_QUERY_WEIGHT_MAX = 1000, /* ^weight */
    /* limit query: digits of w behind the point | refused, NUNCIO_ERR_QUERY */
    NN_QUERY_WEIGHT_DECIMALS = 6, /* digits of a weight after the point */
    /* limit query: hits of one page | refused, NUNCIO_ERR_ARGUMENT; `after` goes on */
    NN_SEARCH_HITS_MAX = 10000 /* hits of one page */
};

#endif
