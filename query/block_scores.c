/* SPDX-License-Identifier: Apache-2.0 */
#include "query/block_scores.h"

#include <string.h>

void nn_block_norms(const nn_bm25 *bm25, float norms[NN_BM25_LENGTHS])
{
    for (uint32_t length = 0; length < NN_BM25_LENGTHS; length++) {
        norms[length] = (float)bm25->norms[length];
    }
}

void nn_block_score(nn_block_scores *scores, const nn_postings *postings, uint32_t from,
                    uint32_t end, float weight, const float *norms, const uint8_t *lengths)
{
    for (uint32_t i = from; i < end; i++) {
        scores->norms[i] = norms[lengths[postings->docs[i]]];
    }
    nn_floats weights = {weight, weight, weight, weight};
    for (uint32_t i = from & ~3U; i < end; i += 4) { /* the same operations as nn_block_part */
        nn_ints tfs;
        nn_floats own;
        memcpy(&tfs, postings->tfs + i, sizeof tfs);
        memcpy(&own, scores->norms + i, sizeof own);
        nn_floats frequencies = __builtin_convertvector(tfs, nn_floats);
        nn_floats parts = weights * (frequencies / (frequencies + own));
        memcpy(scores->parts + i, &parts, sizeof parts);
    }
}

/* Whether any of 16 parts is at least the cut. */
static bool any_of_16(const float *parts, nn_floats cuts)
{
    nn_ints any = {0};
    for (uint32_t i = 0; i < 16; i += 4) {
        nn_floats four;
        memcpy(&four, parts + i, sizeof four);
        any |= four >= cuts;
    }
    uint64_t halves[2];
    memcpy(halves, &any, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* Where few are selected most sixteens hold none, which is seen at once. */
uint32_t nn_block_select(const nn_block_scores *scores, uint32_t count, float cut,
                         uint8_t selected[NN_POSTINGS_BLOCK])
{
    nn_floats cuts = {cut, cut, cut, cut};
    uint32_t found = 0;
    for (uint32_t first = 0; first < count; first += 16) {
        if (!any_of_16(scores->parts + first, cuts)) {
            continue;
        }
        uint32_t end = first + 16 < count ? first + 16 : count;
        for (uint32_t i = first; i < end; i++) {
            selected[found] = (uint8_t)i;
            found += scores->parts[i] >= cut ? 1 : 0;
        }
    }
    return found;
}
