/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: each block is found, bounded and located from its skip data as the writer described it.
 * Method: random rows of blocks around the size of a group; a linear search; headers with random
 * bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/terms/skips.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCKS_MAX = 100 };

static void draw(test_prng *prng, nn_block_info *blocks, uint32_t count)
{
    nn_block_info last = {0};
    uint64_t spread = UINT64_C(1) << test_prng_below(prng, 20);
    for (uint32_t i = 0; i < count; i++) {
        last.last_doc += 128 + (uint32_t)test_prng_below(prng, spread);
        last.docs_end += (uint32_t)test_prng_below(prng, 600);
        last.positions_end += (uint32_t)test_prng_below(prng, 2000);
        last.codes_end += spread > 50 ? 0 : (uint32_t)test_prng_below(prng, 90);
        last.bound_count = 1 + (uint32_t)test_prng_below(prng, NN_BOUNDS_MAX);
        for (uint32_t k = 0; k < last.bound_count; k++) {
            last.bounds[k].tf = 1 + (uint32_t)test_prng_below(prng, 255);
            last.bounds[k].length = 1 + (uint32_t)test_prng_below(prng, 255);
        }
        blocks[i] = last;
    }
}

static void check_group(const nn_skip_group *group, const nn_block_info *blocks, uint32_t count)
{
    static const nn_block_info start = {0};
    uint32_t first = group->index * NN_SKIP_GROUP;
    nn_skip_view view;
    nn_skip_ends ends;
    nn_skip_group_view(group, &view);
    nn_skip_group_ends(group, &ends);
    assert_int_equal(view.count, group->count);
    for (uint32_t i = 0; i < group->count; i++) {
        const nn_block_info *block = &blocks[first + i];
        const nn_block_info *before = first + i == 0 ? &start : block - 1;
        nn_bound bounds[NN_BOUNDS_MAX];
        assert_true(first + i < count);
        assert_int_equal(nn_skip_last_doc(group, i), block->last_doc);
        nn_extent docs = nn_skip_extent(group, NN_AREA_DOCS, i);
        nn_extent positions = nn_skip_extent(group, NN_AREA_POSITIONS, i);
        nn_extent codes = nn_skip_extent(group, NN_AREA_CODES, i);
        assert_true(docs.start == before->docs_end && docs.end == block->docs_end);
        assert_true(positions.start == before->positions_end);
        assert_true(positions.end == block->positions_end);
        assert_true(codes.start == before->codes_end && codes.end == block->codes_end);
        uint32_t kept = nn_skip_bounds(group, i, bounds);
        assert_true(kept >= block->bound_count);
        for (uint32_t k = 0; k < kept; k++) {
            uint32_t same = k < block->bound_count ? k : block->bound_count - 1;
            assert_memory_equal(&bounds[k], &block->bounds[same], sizeof bounds[k]);
            assert_int_equal(view.tfs[i * view.bound_count + k], bounds[k].tf);
            assert_int_equal(view.lengths[i * view.bound_count + k], bounds[k].length);
        }
        assert_int_equal(view.bound_count, kept);
        assert_int_equal(view.last_docs[i], block->last_doc);
        assert_int_equal(ends.last_docs[i], block->last_doc);
        assert_int_equal(ends.docs_ends[i], block->docs_end);
        nn_skip_place place = nn_skip_place_of(group, i);
        assert_true(place.start == docs.start && place.end == docs.end);
        assert_int_equal(place.base, first + i == 0 ? 0 : before->last_doc + 1);
        assert_int_equal(place.last_doc, block->last_doc);
    }
    for (uint32_t i = 0; i < group->count; i++) { /* find, from the block on and from the start */
        uint32_t last = blocks[first + i].last_doc;
        assert_int_equal(nn_skip_find(group, 0, last), i);
        assert_int_equal(nn_skip_find(group, i, last), i);
        assert_int_equal(nn_skip_find(group, i, last + 1), i + 1);
        assert_int_equal(nn_skip_find_portable(group, i / 2, last), i);
        assert_int_equal(nn_skip_find_portable(group, i, last + 1), i + 1);
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(29));
    nn_memory memory;
    nn_buffer groups, entries;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&groups, &memory);
    nn_buffer_init(&entries, &memory);
    for (uint32_t round = 0; round < 400; round++) {
        nn_block_info blocks[BLOCKS_MAX];
        uint32_t count = 1 + (uint32_t)test_prng_below(&prng, BLOCKS_MAX);
        draw(&prng, blocks, count);
        nn_buffer_clear(&groups);
        nn_buffer_clear(&entries);
        nn_skips_write(&groups, &entries, blocks, count);
        size_t size = entries.size;
        nn_buffer_append_u64(&entries, 0); /* readable behind the end */
        assert_int_equal(groups.size, (size_t)nn_skip_groups(count) * NN_SKIP_GROUP_SIZE);
        for (uint32_t index = 0; index < nn_skip_groups(count); index++) {
            nn_skip_group group;
            assert_true(nn_skip_group_open(&group, groups.data, entries.data, entries.data + size,
                                           index, count));
            assert_int_equal(group.last_doc, nn_skip_group_last(groups.data, index));
            check_group(&group, blocks, count);
            if (index + 1 == nn_skip_groups(count)) { /* nothing lies behind the last group's */
                assert_ptr_equal(group.entries + nn_skip_group_size(&group), entries.data + size);
                assert_false(nn_skip_group_open(&group, groups.data, entries.data,
                                                entries.data + size - 1, index, count));
            }
        }
    }
    nn_buffer_deinit(&groups);
    nn_buffer_deinit(&entries);
}

static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(30));
    uint32_t opened = 0;
    for (uint32_t round = 0; round < 20000; round++) {
        uint8_t header[NN_SKIP_GROUP_SIZE];
        uint32_t size = (uint32_t)test_prng_below(&prng, 400);
        uint8_t *entries = malloc(size + 8);
        nn_skip_group group;
        assert_non_null(entries);
        test_prng_bytes(&prng, header, sizeof header);
        test_prng_bytes(&prng, entries, size + 8);
        for (uint32_t i = 16; i < sizeof header; i++) { /* mostly plausible widths */
            header[i] = (uint8_t)(i < 20 ? 0 : test_prng_below(&prng, 10));
        }
        if (nn_skip_group_open(&group, header, entries, entries + size, 0, 20)) {
            nn_bound bounds[NN_BOUNDS_MAX];
            opened++;
            for (uint32_t i = 0; i < group.count; i++) {
                (void)nn_skip_last_doc(&group, i);
                (void)nn_skip_extent(&group, NN_AREA_CODES, i);
                assert_in_range(nn_skip_bounds(&group, i, bounds), 1, NN_BOUNDS_MAX);
            }
            assert_in_range(nn_skip_find(&group, 3, UINT32_MAX), 3, group.count);
        }
        free(entries);
    }
    assert_true(opened > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
