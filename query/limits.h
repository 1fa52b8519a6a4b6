/* SPDX-License-Identifier: Apache-2.0 */
/* Every limit of the query layer, by name (docs/limits.md). Each has a status and a message of its
 * own. */
#ifndef QUERY_LIMITS_H
#define QUERY_LIMITS_H

enum {
    NN_QUERY_BYTES_MAX = 1 << 20, /* bytes of a query */
    NN_QUERY_LEAVES_MAX = 1024,   /* leaves and filters, the two sides of NEAR counted apart */
    NN_QUERY_WORDS_MAX = 1024,    /* words in all leaves and values together */
    NN_QUERY_DEPTH_MAX = 64,    /* brackets within brackets: bounds every recursion over a query */
    NN_QUERY_FORMS_MAX = 4096,  /* surface forms that one prefix or fuzzy word stands for */
    NN_QUERY_LETTERS_MIN = 2,   /* letters before a star or a tilde */
    NN_QUERY_NEAR_MAX = 50,     /* tokens between the two sides of NEAR */
    NN_QUERY_DISTANCE_MAX = 2,  /* edits of a fuzzy word */
    NN_QUERY_WEIGHT_MAX = 1000, /* ^weight */
    NN_QUERY_WEIGHT_DECIMALS = 6, /* digits of a weight after the point */
    NN_SEARCH_HITS_MAX = 10000    /* hits of one page */
};

#endif
