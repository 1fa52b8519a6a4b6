/* SPDX-License-Identifier: Apache-2.0 */
#include "query/rank/bm25.h"

#include "core/assert.h"
#include "query/rank/log.h"

#include <string.h>

void nn_bm25_init(nn_bm25 *bm25, double k1, double b, uint64_t count, uint64_t tokens)
{
    bm25->k1 = k1;
    bm25->b = b;
    bm25->count = count;
    bm25->average = tokens == 0 || count == 0 ? 1.0 : (double)tokens / (double)count;
    bm25->norms = NULL;
}

/* Two numbers: the operations of nn_bm25_norm on both at once give the same bits. */
typedef double nn_doubles __attribute__((vector_size(16)));

void nn_bm25_tabulate(nn_bm25 *bm25, nn_norms *norms)
{
    const double k1 = bm25->k1, b = bm25->b, average = bm25->average;
    bm25->norms = norms->of;
    if (norms->made && norms->k1 == k1 && norms->b == b && norms->average == average) {
        return;
    }
    nn_doubles lengths = {0.0, 1.0};
    for (uint32_t length = 0; length < NN_BM25_LENGTHS; length += 2) {
        nn_doubles both = k1 * ((1.0 - b) + b * (lengths / average));
        memcpy(norms->of + length, &both, sizeof both);
        lengths += 2.0;
    }
    norms->made = true;
    norms->k1 = k1;
    norms->b = b;
    norms->average = average;
}

double nn_bm25_idf(const nn_bm25 *bm25, uint64_t df)
{
    NN_ASSERT(df <= bm25->count);
    return nn_log(1.0 + ((double)(bm25->count - df) + 0.5) / ((double)df + 0.5));
}

double nn_bm25_norm(const nn_bm25 *bm25, uint64_t length)
{
    return bm25->k1 * ((1.0 - bm25->b) + bm25->b * ((double)length / bm25->average));
}
