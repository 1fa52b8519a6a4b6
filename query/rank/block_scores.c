/* SPDX-License-Identifier: Apache-2.0 */
#include "query/rank/block_scores.h"

#include "core/wide.h"

#include <string.h>

nn_rough_norms nn_rough_norms_of(const nn_bm25 *bm25)
{
    double base = nn_bm25_norm(bm25, 0);
    return (nn_rough_norms){(float)base, (float)(nn_bm25_norm(bm25, 1) - base)};
}

/* ---- kernels: eight postings a step ---- */

enum { LANES = 8 };
typedef float floats __attribute__((vector_size(LANES * 4)));
typedef int32_t ints __attribute__((vector_size(LANES * 4)));
typedef float half __attribute__((vector_size(LANES * 2)));

/* The lanes of a mask, a bit each. */
static inline __attribute__((always_inline)) uint64_t lanes_of(const ints *mask)
{
#if defined(__SSE__)
    half low, high;
    memcpy(&low, mask, sizeof low);
    memcpy(&high, (const char *)mask + sizeof low, sizeof high);
    return (uint64_t)__builtin_ia32_movmskps(low) | (uint64_t)__builtin_ia32_movmskps(high) << 4;
#else
    uint64_t lanes = 0;
    for (uint32_t k = 0; k < LANES; k++) {
        lanes |= (uint64_t)((*mask)[k] & 1) << k;
    }
    return lanes;
#endif
}

/* What a block is scored with. */
typedef struct scoring {
    const nn_postings *postings;
    const uint8_t *lengths;
    nn_rough_norms norms;
    float weight;
} scoring;

static inline __attribute__((always_inline)) void
score_postings(nn_block_scores *scores, const scoring *with, uint32_t from, uint32_t end)
{
    const uint32_t *docs = with->postings->docs;
    for (uint32_t i = from / LANES * LANES; i < end; i += LANES) {
        ints own = {0}, tfs;
        const uint32_t *at = docs + i;
        if (i + LANES <= with->postings->in_block_count) { /* all at once: not through memory */
            own = (ints){with->lengths[at[0]], with->lengths[at[1]], with->lengths[at[2]],
                         with->lengths[at[3]], with->lengths[at[4]], with->lengths[at[5]],
                         with->lengths[at[6]], with->lengths[at[7]]};
        } else { /* the last of a block that is not full: behind them is no passage */
            for (uint32_t k = 0; i + k < end; k++) {
                own[k] = with->lengths[at[k]];
            }
        }
        memcpy(&tfs, with->postings->tfs + i, sizeof tfs);
        floats norms = with->norms.base + with->norms.slope * __builtin_convertvector(own, floats);
        floats frequencies = __builtin_convertvector(tfs, floats);
        floats parts = with->weight * (frequencies / (frequencies + norms));
        memcpy(scores->lengths + i, &own, sizeof own);
        memcpy(scores->norms + i, &norms, sizeof norms);
        memcpy(scores->parts + i, &parts, sizeof parts);
    }
}

static inline __attribute__((always_inline)) nn_block_set reach(const float *parts, uint32_t from,
                                                                uint32_t end, float cut)
{
    nn_block_set set = {{0}};
    for (uint32_t i = from / LANES * LANES; i < end; i += LANES) {
        floats some;
        memcpy(&some, parts + i, sizeof some);
        ints enough = some >= cut;
        set.words[i / 64] |= lanes_of(&enough) << i % 64;
    }
    return nn_block_set_within(set, from, end);
}

/* Another word, by the bounds of a block of it. */
typedef struct beside {
    float weight;
    const nn_bound *bounds;
    uint32_t count;
} beside;

/* sum + weight · tf / (tf + norm) ≥ cut, without the division. */
static inline __attribute__((always_inline)) nn_block_set promising(const nn_block_scores *scores,
                                                                    const float *sums,
                                                                    uint32_t from, uint32_t end,
                                                                    const beside *other, float cut)
{
    nn_block_set set = {{0}};
    for (uint32_t i = from / LANES * LANES; i < end; i += LANES) {
        ints lengths, tfs = {0};
        floats own, norms;
        memcpy(&lengths, scores->lengths + i, sizeof lengths);
        memcpy(&norms, scores->norms + i, sizeof norms);
        memcpy(&own, sums + i, sizeof own);
        for (uint32_t k = 0; k < other->count; k++) { /* frequencies rise from bound to bound */
            ints fits = lengths >= (int32_t)other->bounds[k].length;
            tfs = (fits & (int32_t)other->bounds[k].tf) | (~fits & tfs);
        }
        floats frequencies = __builtin_convertvector(tfs, floats);
        ints enough = other->weight * frequencies >= (cut - own) * (frequencies + norms);
        enough &= tfs > 0;
        set.words[i / 64] |= lanes_of(&enough) << i % 64;
    }
    return nn_block_set_within(set, from, end);
}

#if NN_CPU_HAS_WIDE
NN_WIDE static void score_wide(nn_block_scores *scores, const scoring *with, uint32_t from,
                               uint32_t end)
{
    score_postings(scores, with, from, end);
}

/* Sixteen a step; a passage's length is read with the three bytes behind it. */
NN_WIDEST static void score_widest(nn_block_scores *scores, const scoring *with, uint32_t from,
                                   uint32_t end)
{
    const __m512 base = _mm512_set1_ps(with->norms.base), slope = _mm512_set1_ps(with->norms.slope);
    const __m512 weight = _mm512_set1_ps(with->weight);
    const uint32_t offset = UINT32_C(1) << 31; /* places are signed: counted from the middle */
    const uint8_t *middle = with->lengths + offset;
    for (uint32_t i = from / 16 * 16; i < end; i += 16) {
        __mmask16 here = nn_first_lanes(with->postings->in_block_count - i);
        __m512i docs = _mm512_maskz_loadu_epi32(here, with->postings->docs + i);
        __m512i places = _mm512_sub_epi32(docs, _mm512_set1_epi32((int)offset));
        __m512i own = _mm512_and_si512(
            _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), here, places, middle, 1),
            _mm512_set1_epi32(0xFF));
        __m512 norms = _mm512_add_ps(base, _mm512_mul_ps(slope, _mm512_cvtepi32_ps(own)));
        __m512 tfs = _mm512_cvtepi32_ps(_mm512_loadu_si512(with->postings->tfs + i));
        __m512 parts = _mm512_mul_ps(weight, _mm512_div_ps(tfs, _mm512_add_ps(tfs, norms)));
        _mm512_storeu_si512(scores->lengths + i, own);
        _mm512_storeu_ps(scores->norms + i, norms);
        _mm512_storeu_ps(scores->parts + i, parts);
    }
}

NN_WIDE static nn_block_set reach_wide(const float *parts, uint32_t from, uint32_t end, float cut)
{
    return reach(parts, from, end, cut);
}
/* Sixteen a step. */
NN_WIDEST static nn_block_set promising_widest(const nn_block_scores *scores, const float *sums,
                                               uint32_t from, uint32_t end, const beside *other,
                                               float cut)
{
    const __m512 weight = _mm512_set1_ps(other->weight), cuts = _mm512_set1_ps(cut);
    nn_block_set set = {{0}};
    for (uint32_t i = from / 16 * 16; i < end; i += 16) {
        const __m512i lengths = _mm512_loadu_si512(scores->lengths + i);
        __m512 tfs = _mm512_setzero_ps();
        for (uint32_t k = 0; k < other->count; k++) {
            __m512i length = _mm512_set1_epi32((int)other->bounds[k].length);
            __mmask16 fits = _mm512_cmpge_epi32_mask(lengths, length);
            tfs = _mm512_mask_mov_ps(tfs, fits, _mm512_set1_ps((float)other->bounds[k].tf));
        }
        __m512 norms = _mm512_add_ps(tfs, _mm512_loadu_ps(scores->norms + i));
        __m512 wanted = _mm512_mul_ps(_mm512_sub_ps(cuts, _mm512_loadu_ps(sums + i)), norms);
        __mmask16 occurs = _mm512_cmp_ps_mask(tfs, _mm512_setzero_ps(), _CMP_GT_OQ);
        __mmask16 enough =
            _mm512_mask_cmp_ps_mask(occurs, _mm512_mul_ps(weight, tfs), wanted, _CMP_GE_OQ);
        set.words[i / 64] |= (uint64_t)enough << i % 64;
    }
    return nn_block_set_within(set, from, end);
}
NN_WIDE static nn_block_set promising_wide(const nn_block_scores *scores, const float *sums,
                                           uint32_t from, uint32_t end, const beside *other,
                                           float cut)
{
    return promising(scores, sums, from, end, other, cut);
}
#endif

void nn_block_score_portable(nn_block_scores *scores, const nn_postings *postings, uint32_t from,
                             uint32_t end, float weight, nn_rough_norms norms,
                             const uint8_t *lengths)
{
    const scoring with = {postings, lengths, norms, weight};
    score_postings(scores, &with, from, end);
}

void nn_block_score(nn_block_scores *scores, const nn_postings *postings, uint32_t from,
                    uint32_t end, float weight, nn_rough_norms norms, const uint8_t *lengths)
{
    const scoring with = {postings, lengths, norms, weight};
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        score_widest(scores, &with, from, end);
        return;
    }
    if (nn_cpu_is_wide()) {
        score_wide(scores, &with, from, end);
        return;
    }
#endif
    score_postings(scores, &with, from, end);
}

nn_block_set nn_block_reach(const float parts[NN_POSTINGS_BLOCK], uint32_t from, uint32_t end,
                            float cut)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        return reach_wide(parts, from, end, cut);
    }
#endif
    return reach(parts, from, end, cut);
}

nn_block_set nn_block_promising(const nn_block_scores *scores, const float *sums, uint32_t from,
                                uint32_t end, float weight, const nn_bound *bounds,
                                uint32_t bound_count, float cut)
{
    const beside other = {weight, bounds, bound_count};
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        return promising_widest(scores, sums, from, end, &other, cut);
    }
    if (nn_cpu_is_wide()) {
        return promising_wide(scores, sums, from, end, &other, cut);
    }
#endif
    return promising(scores, sums, from, end, &other, cut);
}

/* ---- blocks ---- */

nuncio_status nn_block_score_all(nn_block_scores *scores, nn_run *run, nn_postings *postings,
                                 float weight, nn_rough_norms norms, const uint8_t *lengths)
{
    NN_TRY(nn_postings_unpack_docs(postings, run->error));
    NN_TRY(nn_postings_unpack_tfs(postings, run->error));
    nn_block_score(scores, postings, 0, postings->in_block_count, weight, norms, lengths);
    return NUNCIO_OK;
}

/* ---- bounds ---- */

void nn_block_view_bounds_portable(const nn_skip_view *view, nn_rough_norms norms,
                                   float bounds[NN_SKIP_GROUP])
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

#if NN_CPU_HAS_WIDE
/* Sixteen pairs a step, then sixteen blocks. */
NN_WIDEST static void view_bounds_widest(const nn_skip_view *view, nn_rough_norms norms,
                                         float *bounds)
{
    enum { PAIRS = NN_SKIP_GROUP * NN_BOUNDS_MAX };
    const __m512 base = _mm512_set1_ps(norms.base), slope = _mm512_set1_ps(norms.slope);
    const __m512i lanes = nn_lane_numbers();
    const __m512i stride = _mm512_mullo_epi32(lanes, _mm512_set1_epi32((int)view->bound_count));
    float values[PAIRS + 16 * NN_BOUNDS_MAX];
    for (uint32_t i = 0; i < view->count * view->bound_count; i += 16) {
        __m512 tfs = _mm512_cvtepi32_ps(
            _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(view->tfs + i))));
        __m512 lengths = _mm512_cvtepi32_ps(
            _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)(view->lengths + i))));
        __m512 frequencies = _mm512_add_ps(tfs, _mm512_add_ps(base, _mm512_mul_ps(slope, lengths)));
        _mm512_storeu_ps(values + i, _mm512_div_ps(tfs, frequencies));
    }
    for (uint32_t i = 0; i < view->count; i += 16) {
        __mmask16 asked = nn_first_lanes(view->count - i);
        __m512 best = _mm512_setzero_ps();
        for (uint32_t k = 0; k < view->bound_count; k++) {
            const float *from = values + (size_t)i * view->bound_count + k;
            __m512 row = _mm512_mask_i32gather_ps(best, asked, stride, from, 4);
            best = _mm512_max_ps(row, best); /* the second where the first is no number */
        }
        _mm512_mask_storeu_ps(bounds + i, asked, best);
    }
}
#endif

void nn_block_view_bounds(const nn_skip_view *view, nn_rough_norms norms,
                          float bounds[NN_SKIP_GROUP])
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        view_bounds_widest(view, norms, bounds);
        return;
    }
#endif
    nn_block_view_bounds_portable(view, norms, bounds);
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
                              const uint8_t *lengths, float *bounds, uint32_t *lasts)
{
    if (list->block_count == 1) {
        if (lasts != NULL) {
            lasts[0] = list->block_last_doc;
        }
        return bound_only_block(run, list, norms, lengths, bounds);
    }
    for (uint32_t group = 0; group < nn_postings_groups(list); group++) {
        nn_skip_view view;
        size_t first = (size_t)group * NN_SKIP_GROUP;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_view(list, group, &view, run->error));
        nn_block_view_bounds(&view, norms, bounds + first);
        if (lasts != NULL) {
            memcpy(lasts + first, view.last_docs, view.count * sizeof *lasts);
        }
    }
    return NUNCIO_OK;
}
