/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/skips.h"

#include "core/wide.h"
#include "segment/codes/bit_stream.h"

#include <string.h>

enum {
    COLUMN_LAST_DOC = 0,
    COLUMN_DOCS = 1, /* + nn_skip_area */
    COLUMN_BOUNDS = 4,
    WIDTH_TF = 4,
    WIDTH_LENGTH = 5,
    HEADER_WIDTHS = 20,
    HEADER_BOUND_COUNT = 26
};

/** The group's number in one of the first four columns, as it is stored. */
static uint32_t column_value(const nn_block_info *block, uint32_t column, uint32_t base,
                             const nn_block_info *before)
{
    switch (column) {
    case COLUMN_LAST_DOC:
        return block->last_doc - base;
    case COLUMN_DOCS + NN_AREA_DOCS:
        return block->docs_end - before->docs_end;
    case COLUMN_DOCS + NN_AREA_POSITIONS:
        return block->positions_end - before->positions_end;
    default:
        return block->codes_end - before->codes_end;
    }
}

static void widen(uint8_t *width, uint32_t value)
{
    uint32_t need = nn_bit_width64(value);
    *width = need > *width ? (uint8_t)need : *width;
}

static void plan_group(const nn_block_info *blocks, uint32_t count, uint32_t base,
                       const nn_block_info *before, uint8_t widths[6], uint32_t *bound_count)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t column = 0; column < COLUMN_BOUNDS; column++) {
            widen(&widths[column], column_value(&blocks[i], column, base, before));
        }
        for (uint32_t k = 0; k < blocks[i].bound_count; k++) {
            widen(&widths[WIDTH_TF], blocks[i].bounds[k].tf);
            widen(&widths[WIDTH_LENGTH], blocks[i].bounds[k].length);
        }
        *bound_count = blocks[i].bound_count > *bound_count ? blocks[i].bound_count : *bound_count;
    }
}

static void write_group(nn_buffer *groups, nn_buffer *entries, const nn_block_info *blocks,
                        uint32_t count, uint32_t base, const nn_block_info *before)
{
    uint8_t widths[6] = {0};
    uint32_t bound_count = 1;
    plan_group(blocks, count, base, before, widths, &bound_count);
    nn_buffer_append_u32(groups, blocks[count - 1].last_doc);
    nn_buffer_append_u32(groups, before->docs_end);
    nn_buffer_append_u32(groups, before->positions_end);
    nn_buffer_append_u32(groups, before->codes_end);
    nn_buffer_append_u32(groups, (uint32_t)entries->size);
    nn_buffer_append(groups, widths, sizeof widths);
    nn_buffer_append_u8(groups, (uint8_t)bound_count);
    nn_buffer_append_u8(groups, 0);
    uint32_t entry = bound_count * ((uint32_t)widths[WIDTH_TF] + widths[WIDTH_LENGTH]);
    for (uint32_t column = 0; column < COLUMN_BOUNDS; column++) {
        entry += widths[column];
    }
    nn_bit_writer bits;
    if (!nn_bits_begin(&bits, entries, (uint64_t)count * entry)) {
        return;
    }
    for (uint32_t column = 0; column < COLUMN_BOUNDS; column++) {
        for (uint32_t i = 0; i < count; i++) {
            nn_bits_put(&bits, column_value(&blocks[i], column, base, before), widths[column]);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < bound_count; k++) {
            uint32_t last = blocks[i].bound_count - 1;
            const nn_bound *bound = &blocks[i].bounds[k < last ? k : last];
            nn_bits_put(&bits, bound->tf, widths[WIDTH_TF]);
            nn_bits_put(&bits, bound->length, widths[WIDTH_LENGTH]);
        }
    }
    nn_bits_finish(&bits);
}

void nn_skips_write(nn_buffer *groups, nn_buffer *entries, const nn_block_info *blocks,
                    uint32_t count)
{
    static const nn_block_info start = {0};
    for (uint32_t first = 0; first < count; first += NN_SKIP_GROUP) {
        uint32_t here = count - first < NN_SKIP_GROUP ? count - first : NN_SKIP_GROUP;
        const nn_block_info *before = first == 0 ? &start : &blocks[first - 1];
        write_group(groups, entries, blocks + first, here, first == 0 ? 0 : before->last_doc + 1,
                    before);
    }
}

uint32_t nn_skip_group_last(const uint8_t *groups, uint32_t index)
{
    return nn_load_u32(groups + (size_t)index * NN_SKIP_GROUP_SIZE);
}

bool nn_skip_group_open(nn_skip_group *group, const uint8_t *groups, const uint8_t *entries,
                        const uint8_t *entries_end, uint32_t index, uint32_t blocks)
{
    const uint8_t *header = groups + (size_t)index * NN_SKIP_GROUP_SIZE;
    uint32_t rest = blocks - index * NN_SKIP_GROUP;
    group->index = index;
    group->count = rest < NN_SKIP_GROUP ? rest : NN_SKIP_GROUP;
    group->base = index == 0 ? 0 : nn_skip_group_last(groups, index - 1) + 1;
    group->last_doc = nn_load_u32(header);
    group->docs = nn_load_u32(header + 4);
    group->positions = nn_load_u32(header + 8);
    group->codes = nn_load_u32(header + 12);
    uint32_t offset = nn_load_u32(header + 16);
    memcpy(group->widths, header + HEADER_WIDTHS, sizeof group->widths);
    group->bound_count = header[HEADER_BOUND_COUNT];
    uint32_t bits = 0;
    for (uint32_t column = 0; column < COLUMN_BOUNDS; column++) {
        group->columns[column] = bits;
        bits += group->count * group->widths[column];
        if (group->widths[column] > 32) {
            return false;
        }
    }
    group->columns[COLUMN_BOUNDS] = bits;
    size_t size = (size_t)(entries_end - entries);
    if (group->bound_count == 0 || group->bound_count > NN_BOUNDS_MAX || offset > size ||
        group->widths[WIDTH_TF] > 8 || group->widths[WIDTH_LENGTH] > 8 ||
        nn_skip_group_size(group) > size - offset) {
        return false;
    }
    group->entries = entries + offset;
    return true;
}

static uint32_t pair_width(const nn_skip_group *group)
{
    return (uint32_t)group->widths[WIDTH_TF] + group->widths[WIDTH_LENGTH];
}

uint32_t nn_skip_group_size(const nn_skip_group *group)
{
    uint32_t bits =
        group->columns[COLUMN_BOUNDS] + group->count * group->bound_count * pair_width(group);
    return (uint32_t)nn_bytes_of_bits(bits);
}

static inline uint32_t column_at(const nn_skip_group *group, uint32_t column, uint32_t i)
{
    uint32_t width = group->widths[column];
    return (uint32_t)nn_bits_get(group->entries, group->columns[column] + (uint64_t)i * width,
                                 width);
}

nn_skip_place nn_skip_place_of(const nn_skip_group *group, uint32_t i)
{
    nn_skip_place place = {
        .start = group->docs,
        .end = group->docs + column_at(group, COLUMN_DOCS + NN_AREA_DOCS, i),
        .base = group->base,
        .last_doc = group->base + column_at(group, COLUMN_LAST_DOC, i),
    };
    if (i > 0) {
        place.start += column_at(group, COLUMN_DOCS + NN_AREA_DOCS, i - 1);
        place.base += column_at(group, COLUMN_LAST_DOC, i - 1) + 1;
    }
    return place;
}

uint32_t nn_skip_last_doc(const nn_skip_group *group, uint32_t i)
{
    return group->base + column_at(group, COLUMN_LAST_DOC, i);
}

nn_extent nn_skip_extent(const nn_skip_group *group, nn_skip_area area, uint32_t i)
{
    uint32_t offset = area == NN_AREA_DOCS        ? group->docs
                      : area == NN_AREA_POSITIONS ? group->positions
                                                  : group->codes;
    uint32_t column = COLUMN_DOCS + (uint32_t)area;
    nn_extent extent = {offset + (i == 0 ? 0 : column_at(group, column, i - 1)),
                        offset + column_at(group, column, i)};
    return extent;
}

uint32_t nn_skip_bounds(const nn_skip_group *group, uint32_t i, nn_bound bounds[NN_BOUNDS_MAX])
{
    uint32_t tf_width = group->widths[WIDTH_TF], length_width = group->widths[WIDTH_LENGTH];
    uint64_t bit =
        group->columns[COLUMN_BOUNDS] + (uint64_t)i * group->bound_count * pair_width(group);
    for (uint32_t k = 0; k < group->bound_count; k++) {
        bounds[k].tf = (uint32_t)nn_bits_get(group->entries, bit, tf_width);
        bounds[k].length = (uint32_t)nn_bits_get(group->entries, bit + tf_width, length_width);
        bit += pair_width(group);
    }
    return group->bound_count;
}

/* ---- sixteen at a time ---- */
#if NN_CPU_HAS_WIDE
enum { GATHERED_BITS = 25 /* a number as wide lies in four bytes, wherever it begins */ };

/* Sixteen numbers of a width, `step` bits apart, the first at `bit`; those that are not asked for
 * are 0. */
NN_WIDEST static inline __m512i gather_bits(const uint8_t *entries, __mmask16 asked, uint32_t bit,
                                            uint32_t step)
{
    const __m512i lanes = nn_lane_numbers();
    __m512i bits = _mm512_add_epi32(_mm512_mullo_epi32(lanes, _mm512_set1_epi32((int)step)),
                                    _mm512_set1_epi32((int)bit));
    __m512i words = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), asked,
                                                _mm512_srli_epi32(bits, 3), entries, 1);
    return _mm512_srlv_epi32(words, _mm512_and_si512(bits, _mm512_set1_epi32(7)));
}

/* Numbers i … i + 15 of a column, which count from `base`; 0 for those that are not asked for. */
NN_WIDEST static inline __m512i gather_column(const nn_skip_group *group, uint32_t column,
                                              uint32_t base, __mmask16 asked, uint32_t i)
{
    uint32_t width = group->widths[column];
    const __m512i mask = _mm512_set1_epi32((int)((UINT32_C(1) << width) - 1));
    __m512i row = gather_bits(group->entries, asked, group->columns[column] + i * width, width);
    return _mm512_maskz_add_epi32(asked, _mm512_and_si512(row, mask), _mm512_set1_epi32((int)base));
}

/* Whatever a damaged segment holds, the block found does not end before the target. */
NN_WIDEST static uint32_t find_widest(const nn_skip_group *group, uint32_t i, uint32_t target)
{
    const __m512i targets = _mm512_set1_epi32((int)target);
    uint64_t reached = 0;
    for (uint32_t at = 0; at < group->count; at += 16) {
        __mmask16 asked = nn_first_lanes(group->count - at);
        __m512i lasts = gather_column(group, COLUMN_LAST_DOC, group->base, asked, at);
        reached |= (uint64_t)_mm512_mask_cmpge_epu32_mask(asked, lasts, targets) << at;
    }
    reached &= i < 64 ? UINT64_MAX << i : 0;
    return reached != 0 ? nn_ctz64(reached) : group->count;
}
#endif

/* ---- a block ---- */

/* By halves, without a branch to guess. */
uint32_t nn_skip_find_portable(const nn_skip_group *group, uint32_t i, uint32_t target)
{
    uint32_t low = i;
    for (uint32_t left = group->count > i ? group->count - i : 0; left > 0;) {
        uint32_t half = left / 2;
        uint32_t last = group->base + column_at(group, COLUMN_LAST_DOC, low + half);
        low = last < target ? low + half + 1 : low;
        left = last < target ? left - half - 1 : half;
    }
    return low;
}

uint32_t nn_skip_find(const nn_skip_group *group, uint32_t i, uint32_t target)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest() && group->widths[COLUMN_LAST_DOC] <= GATHERED_BITS) {
        return find_widest(group, i, target);
    }
#endif
    return nn_skip_find_portable(group, i, target);
}

/* ---- all of a group ---- */

/* A column of numbers that count from `base`. */
static void view_column(const nn_skip_group *group, uint32_t column, uint32_t base,
                        uint32_t *numbers)
{
    for (uint32_t i = 0; i < group->count; i++) {
        numbers[i] = base + column_at(group, column, i);
    }
}

static void view_bounds(const nn_skip_group *group, nn_skip_view *view)
{
    uint32_t tf_width = group->widths[WIDTH_TF], pair = pair_width(group);
    uint64_t tf_mask = (UINT64_C(1) << tf_width) - 1;
    uint64_t length_mask = (UINT64_C(1) << group->widths[WIDTH_LENGTH]) - 1;
    uint64_t bit = group->columns[COLUMN_BOUNDS];
    for (uint32_t i = 0; i < group->count * group->bound_count; i++, bit += pair) {
        uint64_t bits = nn_bits_get(group->entries, bit, pair);
        view->tfs[i] = (uint8_t)(bits & tf_mask);
        view->lengths[i] = (uint8_t)(bits >> tf_width & length_mask);
    }
}

#if NN_CPU_HAS_WIDE
NN_WIDEST static void view_column_widest(const nn_skip_group *group, uint32_t column, uint32_t base,
                                         uint32_t *numbers)
{
    for (uint32_t i = 0; i < group->count; i += 16) {
        __mmask16 asked = nn_first_lanes(group->count - i);
        _mm512_mask_storeu_epi32(numbers + i, asked, gather_column(group, column, base, asked, i));
    }
}

NN_WIDEST static void view_bounds_widest(const nn_skip_group *group, nn_skip_view *view)
{
    uint32_t pair = pair_width(group), count = group->count * group->bound_count;
    uint32_t tf_width = group->widths[WIDTH_TF];
    const __m512i tf_mask = _mm512_set1_epi32((1 << tf_width) - 1);
    const __m512i length_mask = _mm512_set1_epi32((1 << group->widths[WIDTH_LENGTH]) - 1);
    for (uint32_t i = 0; i < count; i += 16) {
        __mmask16 asked = nn_first_lanes(count - i);
        uint32_t bit = group->columns[COLUMN_BOUNDS] + i * pair;
        __m512i pairs = gather_bits(group->entries, asked, bit, pair);
        __m512i lengths = _mm512_srl_epi32(pairs, _mm_cvtsi32_si128((int)tf_width));
        _mm512_mask_cvtepi32_storeu_epi8(view->tfs + i, asked, _mm512_and_si512(pairs, tf_mask));
        _mm512_mask_cvtepi32_storeu_epi8(view->lengths + i, asked,
                                         _mm512_and_si512(lengths, length_mask));
    }
}
#endif

void nn_skip_group_view(const nn_skip_group *group, nn_skip_view *view)
{
    view->count = group->count;
    view->bound_count = group->bound_count;
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest() && group->widths[COLUMN_LAST_DOC] <= GATHERED_BITS) {
        view_column_widest(group, COLUMN_LAST_DOC, group->base, view->last_docs);
        view_bounds_widest(group, view); /* pairs have 16 bits at most */
        return;
    }
#endif
    view_column(group, COLUMN_LAST_DOC, group->base, view->last_docs);
    view_bounds(group, view);
}

void nn_skip_group_ends(const nn_skip_group *group, nn_skip_ends *ends)
{
    enum { DOCS = COLUMN_DOCS + NN_AREA_DOCS };
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest() && group->widths[COLUMN_LAST_DOC] <= GATHERED_BITS &&
        group->widths[DOCS] <= GATHERED_BITS) {
        view_column_widest(group, COLUMN_LAST_DOC, group->base, ends->last_docs);
        view_column_widest(group, DOCS, group->docs, ends->docs_ends);
        return;
    }
#endif
    view_column(group, COLUMN_LAST_DOC, group->base, ends->last_docs);
    view_column(group, DOCS, group->docs, ends->docs_ends);
}
