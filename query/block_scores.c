/* SPDX-License-Identifier: Apache-2.0 */
#include "query/block_scores.h"

#include <string.h>

nn_rough_norms nn_rough_norms_of(const nn_bm25 *bm25)
{
    double base = nn_bm25_norm(bm25, 0);
    return (nn_rough_norms){(float)base, (float)(nn_bm25_norm(bm25, 1) - base)};
}

/* Four postings from `i` on, of passages of such lengths. */
static inline void score_four(nn_block_scores *scores, const nn_postings *postings, uint32_t i,
                              nn_floats weights, nn_rough_norms line, nn_ints lengths)
{
    nn_ints tfs;
    memcpy(&tfs, postings->tfs + i, sizeof tfs);
    nn_floats norms = line.base + line.slope * __builtin_convertvector(lengths, nn_floats);
    nn_floats frequencies = __builtin_convertvector(tfs, nn_floats);
    nn_floats parts = weights * (frequencies / (frequencies + norms));
    memcpy(scores->lengths + i, &lengths, sizeof lengths);
    memcpy(scores->norms + i, &norms, sizeof norms);
    memcpy(scores->parts + i, &parts, sizeof parts);
}

void nn_block_score(nn_block_scores *scores, const nn_postings *postings, uint32_t from,
                    uint32_t end, float weight, nn_rough_norms norms, const uint8_t *lengths)
{
    nn_floats weights = {weight, weight, weight, weight};
    const uint32_t *docs = postings->docs;
    uint32_t i = from & ~3U;
    for (; i < end && i + 4 <= postings->in_block_count; i += 4) {
        nn_ints own = {lengths[docs[i]], lengths[docs[i + 1]], lengths[docs[i + 2]],
                       lengths[docs[i + 3]]};
        score_four(scores, postings, i, weights, norms, own);
    }
    if (i < end) { /* the last of a block that is not full: behind them is no passage */
        nn_ints own = {0};
        for (uint32_t k = 0; i + k < end; k++) {
            own[k] = lengths[docs[i + k]];
        }
        score_four(scores, postings, i, weights, norms, own);
    }
}

nuncio_status nn_block_score_all(nn_block_scores *scores, nn_run *run, nn_postings *postings,
                                 float weight, nn_rough_norms norms, const uint8_t *lengths)
{
    NN_TRY(nn_postings_unpack_docs(postings, run->error));
    NN_TRY(nn_postings_unpack_tfs(postings, run->error));
    nn_block_score(scores, postings, 0, postings->in_block_count, weight, norms, lengths);
    return NUNCIO_OK;
}

/* The lanes of a mask, a bit each. */
static inline uint64_t lanes_of(nn_ints mask)
{
#if defined(__SSE__)
    nn_floats lanes;
    memcpy(&lanes, &mask, sizeof lanes);
    return (uint64_t)__builtin_ia32_movmskps(lanes);
#else
    return (uint64_t)(-mask[0] - mask[1] * 2 - mask[2] * 4 - mask[3] * 8);
#endif
}

nn_block_set nn_block_set_within(nn_block_set set, uint32_t from, uint32_t end)
{
    for (uint32_t i = 0; i < NN_POSTINGS_BLOCK / 64; i++) {
        uint32_t first = i * 64;
        uint32_t low = from > first ? from - first : 0;
        uint32_t high = end > first ? end - first : 0;
        uint64_t above = low < 64 ? UINT64_MAX << low : 0;
        uint64_t below = high < 64 ? (UINT64_C(1) << high) - 1 : UINT64_MAX;
        set.words[i] &= above & below;
    }
    return set;
}

nn_block_set nn_block_reach(const float parts[NN_POSTINGS_BLOCK], uint32_t from, uint32_t end,
                            float cut)
{
    nn_floats cuts = {cut, cut, cut, cut};
    nn_block_set set = {{0}};
    for (uint32_t i = from & ~3U; i < end; i += 4) {
        nn_floats four;
        memcpy(&four, parts + i, sizeof four);
        set.words[i / 64] |= lanes_of(four >= cuts) << i % 64;
    }
    return nn_block_set_within(set, from, end);
}

nn_block_set nn_block_promising(const nn_block_scores *scores, const float *sums, uint32_t from,
                                uint32_t end, float weight, const nn_bound *bounds,
                                uint32_t bound_count, float cut)
{
    nn_floats cuts = {cut, cut, cut, cut};
    nn_floats weights = {weight, weight, weight, weight};
    nn_block_set set = {{0}};
    for (uint32_t i = from & ~3U; i < end; i += 4) {
        nn_ints lengths;
        nn_floats own;
        nn_floats norms;
        nn_ints tfs = {0};
        memcpy(&lengths, scores->lengths + i, sizeof lengths);
        memcpy(&norms, scores->norms + i, sizeof norms);
        memcpy(&own, sums + i, sizeof own);
        for (uint32_t k = 0; k < bound_count; k++) { /* frequencies rise from bound to bound */
            int32_t length = (int32_t)bounds[k].length;
            int32_t tf = (int32_t)bounds[k].tf;
            nn_ints fits = lengths >= (nn_ints){length, length, length, length};
            tfs = (fits & (nn_ints){tf, tf, tf, tf}) | (~fits & tfs);
        }
        nn_floats frequencies = __builtin_convertvector(tfs, nn_floats);
        nn_floats most = own + weights * (frequencies / (frequencies + norms));
        set.words[i / 64] |= lanes_of((most >= cuts) & (tfs > 0)) << i % 64;
    }
    return nn_block_set_within(set, from, end);
}

/* The bounds of one group of blocks, from pairs of frequency and length. */
static void bound_group(const nn_skip_view *view, nn_rough_norms norms, float *bounds)
{
    for (uint32_t i = 0; i < view->count; i++) {
        float best = 0.0F;
        for (uint32_t k = i * view->bound_count; k < (i + 1) * view->bound_count; k++) {
            float value = nn_block_part(1.0F, view->tfs[k], nn_rough_norm(norms, view->lengths[k]));
            best = value > best ? value : best;
        }
        bounds[i] = best;
    }
}

/* A list of one block has no skip data. */
static nuncio_status bound_only_block(nn_run *run, nn_postings *list, nn_rough_norms norms,
                                      const uint8_t *lengths, float *bound)
{
    nn_block_scores scores;
    NN_TRY(nn_block_score_all(&scores, run, list, 1.0F, norms, lengths));
    *bound = 0.0F;
    for (uint32_t i = 0; i < list->in_block_count; i++) {
        *bound = scores.parts[i] > *bound ? scores.parts[i] : *bound;
    }
    return NUNCIO_OK;
}

nuncio_status nn_block_bounds(nn_run *run, nn_postings *list, nn_rough_norms norms,
                              const uint8_t *lengths, float *bounds)
{
    if (list->block_count == 1) {
        return bound_only_block(run, list, norms, lengths, bounds);
    }
    for (uint32_t group = 0; group < nn_postings_groups(list); group++) {
        nn_skip_view view;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_view(list, group, &view, run->error));
        bound_group(&view, norms, bounds + (size_t)group * NN_SKIP_GROUP);
    }
    return NUNCIO_OK;
}
