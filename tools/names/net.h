/* SPDX-License-Identifier: Apache-2.0 */
/* The network behind the names model, in floating point, and its gradients.
 *
 *   x(form)  = sum of its rows                                                        ROW wide
 *   h(i)     = relu(b + sum over offsets o of W[o]·x(i+o) + U[o]·marks(i+o))          HIDDEN wide
 *   p(i)     = max of h over all places in the document that have word i with a capital
 *   g(i)     = relu(c + V·[h(i-1) h(i) h(i+1) p(i)])                                  UPPER wide
 *   s(i)     = d + O·g(i)                                                             a score a tag
 *
 * and a chain over the tags of each run of scored words (crf.h). Words that are not scored
 * have h where a scored neighbour looks at it, but no g. */
#ifndef TOOLS_NAMES_NET_H
#define TOOLS_NAMES_NET_H

#include "common.h"
#include "documents.h"
#include "tensor.h"

enum { ROW = 64, HIDDEN = 128, UPPER = 64, OFFSETS = 5, REACH = 2, LANES = 16, INPUTS = 4 };
enum { MARK_ROWS = NN_MARK_COUNT + 1, MARK_OUTSIDE = NN_MARK_COUNT };

typedef struct net {
    size_t row_count;
    tensor rows;   /* [row_count][ROW] */
    tensor window; /* [OFFSETS][ROW][HIDDEN] */
    tensor marks;  /* [OFFSETS][MARK_ROWS][HIDDEN] */
    tensor hidden_bias;
    tensor upper; /* [INPUTS][HIDDEN][UPPER] */
    tensor upper_bias;
    tensor out; /* [UPPER][LANES] */
    tensor out_bias;
    tensor chain; /* [LANES][LANES]: from, to */
    uint64_t steps;
    uint32_t collected; /* times its values were */
} net;

typedef struct form_rows {
    uint32_t count;
    uint32_t *rows;
} form_rows;

typedef struct dropout {
    float word;  /* a form's own row becomes that of unknown words */
    float affix; /* all affixes of a form are left out */
    float known; /* all that the gazetteer says of a form is left out */
    float hidden, upper;
} dropout;

typedef struct pass pass; /* room for one document */

void net_init(net *n, size_t row_count, prng *random);
pass *pass_create(void);
/** Scores of the words of a document; scores[i * LANES + tag] for scored words.
 * @param[in] random NULL: no dropout */
const float *net_forward(const net *n, pass *p, const document *d, const form_rows *forms,
                         uint32_t vocabulary, const dropout *drop, prng *random);
/** Adds the gradients of the parameters, from those of the scores. */
void net_backward(net *n, pass *p, const document *d, const float *score_gradient);
/** One step of Adam over what has a gradient; gradients are then 0. */
void net_step(net *n, float rate, float decay);
/** Remembers the values; net_take_mean then makes them the mean of those remembered. */
void net_collect(net *n);
void net_take_mean(net *n);

#endif
