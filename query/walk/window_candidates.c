/* SPDX-License-Identifier: Apache-2.0 */
/* The candidates of a window: passages whose sums reach the cut of their strip.
 *
 *   sums         ──7────19─20──────31──    of several lists
 *   cuts         8        │18      │30     by strip
 *   candidates   19 20 31
 *
 * The loops write without asking and count what was worth writing: a branch on whether a passage is
 * good enough would be mispredicted again and again. With AVX-512 they look at 16 passages a step
 * and write those that are good enough beside each other. Selected they are in one of two ways:
 * where many passages have a posting all sums are compared; else each posting's is, and what is
 * good enough is marked, a bit each, so that it comes in order and once. */
#include "query/walk/windows.h"

#include "core/bits.h"
#include "core/wide.h"

enum { DENSE_SUMS = 32 /* one passage in so many has a posting: all sums are looked at */ };

/* ---- sixteen a step ---- */

#if NN_CPU_HAS_WIDE
/* Cuts of the strips of some passages: of 17 at most, which are two registers. */
NN_WIDEST static inline __m512 cuts_of(const nn_windows *windows, __m512i docs)
{
    __m512i strips =
        _mm512_sub_epi32(_mm512_srl_epi32(docs, _mm_cvtsi32_si128((int)windows->strip_shift)),
                         _mm512_set1_epi32((int)(windows->first >> windows->strip_shift)));
    return _mm512_permutex2var_ps(_mm512_loadu_ps(windows->cuts), strips,
                                  _mm512_maskz_loadu_ps(1, windows->cuts + 16));
}

/* Which of some passages reach the cut of their strip. */
NN_WIDEST static inline __mmask16 enough(const nn_windows *windows, __mmask16 asked, __m512i docs)
{
    __m512i places = _mm512_sub_epi32(docs, _mm512_set1_epi32((int)windows->first));
    __m512 sums = _mm512_mask_i32gather_ps(_mm512_setzero_ps(), asked, places, windows->sums, 4);
    return _mm512_mask_cmp_ps_mask(asked, sums, cuts_of(windows, docs), _CMP_GE_OQ);
}

NN_WIDEST static void select_parts_widest(nn_windows *windows, const uint32_t *docs, uint32_t from,
                                          uint32_t end)
{
    uint32_t kept = windows->candidate_count;
    for (uint32_t i = from; i < end; i += 16) {
        __mmask16 asked = nn_first_lanes(end - i);
        __m512i some = _mm512_maskz_loadu_epi32(asked, docs + i);
        __m512 parts = _mm512_maskz_loadu_ps(asked, windows->block.parts + i);
        __mmask16 taken = _mm512_mask_cmp_ps_mask(asked, parts, cuts_of(windows, some), _CMP_GE_OQ);
        __m512i places = _mm512_sub_epi32(some, _mm512_set1_epi32((int)windows->first));
        _mm512_mask_i32scatter_ps(windows->sums, taken, places, parts, 4);
        _mm512_storeu_si512(windows->candidates + kept, _mm512_maskz_compress_epi32(taken, some));
        kept += nn_popcount64(taken);
    }
    windows->candidate_count = kept;
}

NN_WIDEST static void mark_widest(nn_windows *windows, const nn_streak *streak)
{
    for (uint32_t i = 0; i < streak->count; i += 16) {
        __mmask16 asked = nn_first_lanes(streak->count - i);
        __m512i docs = _mm512_maskz_loadu_epi32(asked, streak->docs + i);
        for (uint32_t left = enough(windows, asked, docs); left != 0; left &= left - 1) {
            uint32_t at = streak->docs[i + nn_ctz64(left)] - windows->first;
            windows->marked[at / 64] |= UINT64_C(1) << at % 64;
            windows->touched[at / 4096] |= UINT64_C(1) << at / 64 % 64;
        }
    }
}

NN_WIDEST static void keep_widest(nn_windows *windows)
{
    uint32_t kept = 0;
    uint32_t *candidates = windows->candidates;
    for (uint32_t i = 0; i < windows->candidate_count; i += 16) {
        __mmask16 asked = nn_first_lanes(windows->candidate_count - i);
        __m512i docs = _mm512_maskz_loadu_epi32(asked, candidates + i);
        __mmask16 left = enough(windows, asked, docs);
        _mm512_storeu_si512(candidates + kept, _mm512_maskz_compress_epi32(left, docs));
        kept += nn_popcount64(left);
    }
    windows->candidate_count = kept;
}
#endif

/* ---- candidates of one list ---- */

void nn_window_select_parts_portable(nn_windows *windows, const uint32_t docs[NN_POSTINGS_BLOCK],
                                     uint32_t from, uint32_t end)
{
    uint32_t kept = windows->candidate_count;
    for (uint32_t i = from; i < end; i++) {
        float part = windows->block.parts[i];
        windows->candidates[kept] = docs[i];
        windows->sums[docs[i] - windows->first] = part;
        kept += part >= windows->cuts[nn_window_strip(windows, docs[i])] ? 1 : 0;
    }
    windows->candidate_count = kept;
}

void nn_window_select_parts(nn_windows *windows, const uint32_t docs[NN_POSTINGS_BLOCK],
                            uint32_t from, uint32_t end)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        select_parts_widest(windows, docs, from, end);
        return;
    }
#endif
    nn_window_select_parts_portable(windows, docs, from, end);
}

/* ---- candidates of several lists ---- */

/* Marks the passages of a streak whose sums reach their cut. */
static void mark(nn_windows *windows, const nn_streak *streak)
{
    for (uint32_t i = 0; i < streak->count; i++) {
        uint32_t at = streak->docs[i] - windows->first;
        bool reached =
            windows->sums[at] >= windows->cuts[nn_window_strip(windows, streak->docs[i])];
        windows->marked[at / 64] |= (uint64_t)reached << at % 64;
        windows->touched[at / 4096] |= (uint64_t)reached << at / 64 % 64;
    }
}

typedef void mark_streak(nn_windows *windows, const nn_streak *streak);

/* Makes candidates of what is marked, and clears the marks. */
static void take_marks(nn_windows *windows)
{
    uint32_t *candidates = windows->candidates;
    for (uint32_t i = 0; i < sizeof windows->touched / sizeof windows->touched[0]; i++) {
        for (uint64_t words = windows->touched[i]; words != 0; words &= words - 1) {
            uint32_t word = i * 64 + nn_ctz64(words);
            for (uint64_t bits = windows->marked[word]; bits != 0; bits &= bits - 1) {
                *candidates++ = windows->first + word * 64 + nn_ctz64(bits);
            }
            windows->marked[word] = 0;
        }
        windows->touched[i] = 0;
    }
    windows->candidate_count = (uint32_t)(candidates - windows->candidates);
}

static void select_by_marks(nn_windows *windows, mark_streak *mark_one)
{
    for (uint32_t i = windows->essential; i < windows->count; i++) {
        for (uint32_t k = 0; k < windows->terms[i].streak_count; k++) {
            mark_one(windows, &windows->terms[i].streaks[k]);
        }
    }
    take_marks(windows);
}

void nn_window_select_portable(nn_windows *windows)
{
    select_by_marks(windows, mark);
}

#if NN_CPU_HAS_WIDE
/* Whether a passage without a posting, whose sum is 0, is below every cut. */
static bool need_a_posting(const nn_windows *windows)
{
    uint32_t last = nn_window_strip(windows, windows->end - 1);
    bool all = true;
    for (uint32_t strip = 0; strip <= last; strip++) {
        all = all && windows->cuts[strip] > 0.0F;
    }
    return all;
}

/* Those of sixteen passages from `doc` on that reach their cut become candidates. */
NN_WIDEST static inline uint32_t select_row(uint32_t *candidates, uint32_t doc, __mmask16 reached)
{
    __m512i docs = _mm512_add_epi32(_mm512_set1_epi32((int)doc), nn_lane_numbers());
    _mm512_storeu_si512(candidates, _mm512_maskz_compress_epi32(reached, docs));
    return nn_popcount64(reached);
}

/* All sums of a strip. */
NN_WIDEST static void select_in_strip(nn_windows *windows, uint32_t from, uint32_t end)
{
    const __m512 cuts = _mm512_set1_ps(windows->cuts[nn_window_strip(windows, from)]);
    const float *sums = windows->sums + (from - windows->first);
    uint32_t *candidates = windows->candidates + windows->candidate_count;
    uint32_t doc = from;
    for (; end - doc >= 16; doc += 16, sums += 16) {
        __mmask16 reached = _mm512_cmp_ps_mask(_mm512_loadu_ps(sums), cuts, _CMP_GE_OQ);
        candidates += select_row(candidates, doc, reached);
    }
    __mmask16 asked = nn_first_lanes(end - doc);
    __m512 rest = _mm512_maskz_loadu_ps(asked, sums);
    candidates +=
        select_row(candidates, doc, _mm512_mask_cmp_ps_mask(asked, rest, cuts, _CMP_GE_OQ));
    windows->candidate_count = (uint32_t)(candidates - windows->candidates);
}

static void select_sums(nn_windows *windows)
{
    windows->candidate_count = 0;
    for (uint32_t from = windows->first, end; from < windows->end; from = end) {
        uint64_t next = (uint64_t)(nn_strip_of(windows, from) + 1) << windows->strip_shift;
        end = next < windows->end ? (uint32_t)next : windows->end;
        select_in_strip(windows, from, end);
    }
}
#endif

void nn_window_select(nn_windows *windows)
{
#if NN_CPU_HAS_WIDE
    uint32_t width = windows->end - windows->first;
    bool dense = windows->room_used * DENSE_SUMS > width;
    if (nn_cpu_is_widest()) {
        if (dense && need_a_posting(windows)) {
            select_sums(windows);
        } else {
            select_by_marks(windows, mark_widest);
        }
        return;
    }
#endif
    nn_window_select_portable(windows);
}

/* ---- candidates that are left ---- */

void nn_window_keep_portable(nn_windows *windows)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < windows->candidate_count; i++) {
        uint32_t doc = windows->candidates[i];
        float sum = windows->sums[doc - windows->first];
        windows->candidates[kept] = doc;
        kept += sum >= windows->cuts[nn_window_strip(windows, doc)] ? 1 : 0;
    }
    windows->candidate_count = kept;
}

void nn_window_keep(nn_windows *windows)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        keep_widest(windows);
        return;
    }
#endif
    nn_window_keep_portable(windows);
}
