/* SPDX-License-Identifier: Apache-2.0 */
/* What the postings of a block add to sums, in single precision: to choose candidates by, which are
 * then scored exactly. */
#ifndef QUERY_BLOCK_SCORES_H
#define QUERY_BLOCK_SCORES_H

#include "query/run.h"
#include "segment/terms/block_lookup.h"

/** Sums in single precision may come out this much too low (1,024 terms, 2^-24 each, and the
 * products), bounds in it as well. */
#define NN_FLOAT_MARGIN (1.0 + 2e-4)

/** What a sum in single precision must reach, so that with `rest` more it may be `threshold`. */
static inline float nn_rough_cut(double threshold, double rest)
{
    return (float)((threshold - rest) * (1.0 / NN_FLOAT_MARGIN));
}

/** Result: of postings beside those asked about, some numbers. */
typedef struct nn_block_scores {
    int32_t lengths[NN_POSTINGS_BLOCK]; /* of the passages */
    float norms[NN_POSTINGS_BLOCK];
    float parts[NN_POSTINGS_BLOCK];
} nn_block_scores;

/** The norm of a passage, a straight line over its length. */
typedef struct nn_rough_norms {
    float base, slope;
} nn_rough_norms;

nn_rough_norms nn_rough_norms_of(const nn_bm25 *bm25);

static inline float nn_rough_norm(nn_rough_norms norms, uint32_t length)
{
    return norms.base + norms.slope * (float)length;
}

/** What a frequency adds. */
static inline float nn_block_part(float weight, uint32_t tf, float norm)
{
    float frequency = (float)tf;
    return weight * (frequency / (frequency + norm));
}

/** By block of a view: no tf / (tf + norm) of its postings is higher. */
void nn_block_view_bounds(const nn_skip_view *view, nn_rough_norms norms,
                          float bounds[NN_SKIP_GROUP]);
/** The same, as every processor can. */
void nn_block_view_bounds_portable(const nn_skip_view *view, nn_rough_norms norms,
                                   float bounds[NN_SKIP_GROUP]);
/** By block of a list, whose walk has not moved yet: no tf / (tf + norm) of its postings is higher.
 * From the skip data alone where there are several blocks.
 * @param[out] lasts by block: its last passage; NULL: not asked for */
NUNCIO_NODISCARD nuncio_status nn_block_bounds(nn_run *run, nn_postings *list, nn_rough_norms norms,
                                               const uint8_t *lengths, float *bounds,
                                               uint32_t *lasts);

/** Works out parts[from … end - 1] of the current block, which is unpacked. Three bytes behind
 * lengths[] can be read. */
void nn_block_score(nn_block_scores *scores, const nn_postings *postings, uint32_t from,
                    uint32_t end, float weight, nn_rough_norms norms, const uint8_t *lengths);
/** The same, as every processor can. */
void nn_block_score_portable(nn_block_scores *scores, const nn_postings *postings, uint32_t from,
                             uint32_t end, float weight, nn_rough_norms norms,
                             const uint8_t *lengths);

/** Unpacks the current block and works out the parts of all its postings. */
NUNCIO_NODISCARD nuncio_status nn_block_score_all(nn_block_scores *scores, nn_run *run,
                                                  nn_postings *postings, float weight,
                                                  nn_rough_norms norms, const uint8_t *lengths);

/** Which of parts[from … end - 1] are at least `cut`. */
nn_block_set nn_block_reach(const float parts[NN_POSTINGS_BLOCK], uint32_t from, uint32_t end,
                            float cut);

/** Which of postings `from` … `end` - 1, whose sums so far are sums[], may reach `cut` with what a
 * block of another word with such bounds adds: a posting of it in a passage as long has the highest
 * frequency of the bounds that are no longer, at most; with none it is not there. */
nn_block_set nn_block_promising(const nn_block_scores *scores, const float *sums, uint32_t from,
                                uint32_t end, float weight, const nn_bound *bounds,
                                uint32_t bound_count, float cut);

#endif
