/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a walk over a list of many blocks and groups of them gives each posting wherever it is
 * sent, and bounds that hold; and no bytes make it do anything else. Method: lists whose postings
 * follow from their number, walked step by step and in jumps of all sizes; then the same walks over
 * lists of which one byte is another, with checksums that match again, and over pages that changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "lists.h"
#include "read_all.h"
#include "segment/terms/doc_bits.h"
#include "support/prng.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STRIDE_MAX = 13000 };

static void check_posting(nn_postings *postings, size_t list, bool with_forms)
{
    uint32_t tf = 0, positions[320], forms[320], doc = postings->doc;
    uint32_t expected = list == 0 ? all_tf(doc) : 1;
    assert_int_equal(nn_postings_tf(postings, &tf, NULL), NUNCIO_OK);
    assert_int_equal(tf, expected);
    assert_int_equal(nn_postings_positions(postings, positions, with_forms ? forms : NULL, NULL),
                     NUNCIO_OK);
    assert_int_equal(positions[0], list == 0 ? 0 : list == 3 ? length_of(doc) - 1 : all_tf(doc));
    for (uint32_t k = 0; with_forms && list == 0 && k < tf; k++) {
        assert_int_equal(forms[k] == 0, form_of(doc, k) == 0); /* the frequent one is number 0 */
    }
}

static void test_each_posting(void **state)
{
    (void)state;
    nn_segment *segment = open_segment();
    for (size_t list = 0; list < LISTS; list++) {
        nn_term_info info = find(segment, list);
        nn_postings postings;
        assert_int_equal(nn_postings_open(&postings, segment, &info, NULL), NUNCIO_OK);
        for (uint64_t doc = lists[list].first; doc < PASSAGES; doc += lists[list].step) {
            assert_int_equal(postings.doc, doc);
            check_posting(&postings, list, true);
            assert_int_equal(nn_postings_next(&postings, NULL), NUNCIO_OK);
        }
        assert_int_equal(postings.doc, NN_DOC_END);
        assert_int_equal(nn_postings_unpack_tfs(&postings, NULL), NUNCIO_OK); /* of nothing */
        assert_int_equal(nn_postings_next(&postings, NULL), NUNCIO_OK);
        assert_int_equal(postings.doc, NN_DOC_END);
    }
    assert_int_equal(nn_segment_verify(segment, true, NULL), NUNCIO_OK);
    nn_segment_close(segment);
}

static void test_jumps(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(71));
    nn_segment *segment = open_segment();
    for (uint32_t round = 0; round < 2000; round++) {
        size_t list = round % LISTS;
        nn_term_info info = find(segment, list);
        nn_postings postings;
        uint64_t reach = UINT64_C(1) << test_prng_below(&prng, 17), target = 0;
        assert_int_equal(nn_postings_open(&postings, segment, &info, NULL), NUNCIO_OK);
        for (uint32_t steps = 0; steps < 40 && postings.doc != NN_DOC_END; steps++) {
            target += test_prng_below(&prng, reach + 1);
            assert_int_equal(nn_postings_advance(&postings, (uint32_t)target, NULL), NUNCIO_OK);
            assert_int_equal(postings.doc, expected_at(list, target));
            if (postings.doc != NN_DOC_END) {
                check_posting(&postings, list, steps % 2 == 0);
            }
        }
        assert_int_equal(nn_postings_advance(&postings, NN_DOC_END, NULL), NUNCIO_OK);
        assert_int_equal(postings.doc, NN_DOC_END);
    }
    nn_segment_close(segment);
}

static void test_blocks_in_any_order(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(72));
    nn_segment *segment = open_segment();
    for (size_t list = 0; list < LISTS; list++) {
        nn_term_info info = find(segment, list);
        nn_postings postings;
        assert_int_equal(nn_postings_open(&postings, segment, &info, NULL), NUNCIO_OK);
        for (uint32_t round = 0; round < 1000; round++) {
            uint32_t tf = 0, block = (uint32_t)test_prng_below(&prng, postings.block_count);
            uint64_t index = (uint64_t)block * NN_POSTINGS_BLOCK;
            assert_int_equal(nn_postings_enter_block(&postings, block, NULL), NUNCIO_OK);
            assert_int_equal(postings.block, block);
            assert_int_equal(postings.index, index);
            assert_int_equal(postings.doc, lists[list].first + index * lists[list].step);
            assert_int_equal(nn_postings_tf(&postings, &tf, NULL), NUNCIO_OK);
            assert_int_equal(tf, list == 0 ? all_tf(postings.doc) : 1);
            uint32_t target = postings.doc + (uint32_t)test_prng_below(&prng, 1000);
            assert_int_equal(nn_postings_advance(&postings, target, NULL), NUNCIO_OK);
            assert_int_equal(postings.doc, expected_at(list, target));
        }
    }
    nn_segment_close(segment);
}

static bool is_mapped(const uint64_t *words, uint32_t place)
{
    return (words[place / 64] >> place % 64 & 1) != 0;
}

/* Windows of a list, one behind the other with gaps between, as bits; then how many are in a map.
 */
static void test_maps(void **state)
{
    (void)state;
    static uint64_t words[NN_DOC_BITS_WORDS(PASSAGES)];
    test_prng prng = test_prng_of(test_seed(91));
    nn_segment *segment = open_segment();
    for (uint32_t round = 0; round < 600; round++) {
        size_t list = round % LISTS;
        nn_term_info info = find(segment, list);
        nn_postings postings, other;
        uint64_t reach = UINT64_C(1) << test_prng_below(&prng, 16);
        assert_int_equal(nn_postings_open(&postings, segment, &info, NULL), NUNCIO_OK);
        assert_int_equal(nn_postings_open(&other, segment, &info, NULL), NUNCIO_OK);
        while (postings.doc != NN_DOC_END) {
            uint64_t first = postings.doc + test_prng_below(&prng, reach + 1);
            uint64_t width = 1 + test_prng_below(&prng, reach);
            first = first < PASSAGES ? first : PASSAGES - 1;
            uint32_t end = (uint32_t)(first + width < PASSAGES ? first + width : PASSAGES);
            uint32_t common = 0, expected = 0;
            memset(words, 0, sizeof words);
            assert_int_equal(nn_postings_advance(&postings, (uint32_t)first, NULL), NUNCIO_OK);
            while (postings.doc < end) {
                assert_int_equal(nn_postings_map(&postings, words, (uint32_t)first, end, NULL),
                                 NUNCIO_OK);
            }
            assert_int_equal(postings.doc, expected_at(list, end));
            for (uint32_t doc = (uint32_t)first; doc < end; doc++) {
                uint32_t place = doc - (uint32_t)first;
                assert_int_equal(is_mapped(words, place), expected_at(list, doc) == doc);
                words[place / 64] &= ~((uint64_t)(doc % 3 == 0) << place % 64);
                expected += is_mapped(words, place);
            }
            assert_int_equal(nn_postings_advance(&other, (uint32_t)first, NULL), NUNCIO_OK);
            while (other.doc < end) {
                assert_int_equal(
                    nn_postings_count_mapped(&other, words, (uint32_t)first, end, &common, NULL),
                    NUNCIO_OK);
            }
            assert_int_equal(common, expected);
        }
    }
    nn_segment_close(segment);
}

/* The bounds of a block and of the list are no worse than a posting of it. */
static void check_bounds(const nn_bound *bounds, uint32_t count, uint32_t tf, uint32_t length)
{
    bool bounded = false;
    for (uint32_t i = 0; i < count; i++) {
        bounded = bounded || (bounds[i].tf >= tf && bounds[i].length <= length);
    }
    assert_true(bounded);
}

static void test_bounds(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(72));
    nn_segment *segment = open_segment();
    for (uint32_t round = 0; round < 2000; round++) {
        size_t list = round % LISTS;
        nn_term_info info = find(segment, list);
        nn_postings postings;
        nn_bound block[NN_BOUNDS_MAX], whole[NN_BOUNDS_MAX];
        uint32_t last = 0, count = 0, whole_count = 0;
        uint64_t reach = UINT64_C(1) << test_prng_below(&prng, 17), target = 0;
        assert_int_equal(nn_postings_open(&postings, segment, &info, NULL), NUNCIO_OK);
        assert_int_equal(nn_postings_bounds(&postings, whole, &whole_count, NULL), NUNCIO_OK);
        for (uint32_t steps = 0; steps < 20 && target < PASSAGES + reach; steps++) {
            assert_int_equal(
                nn_postings_block_bounds(&postings, (uint32_t)target, &last, block, &count, NULL),
                NUNCIO_OK);
            uint32_t doc = expected_at(list, target);
            assert_int_equal(last == NN_DOC_END, doc == NN_DOC_END);
            assert_true(last >= doc);
            if (doc != NN_DOC_END) {
                uint32_t tf = list == 0 ? all_tf(doc) : 1;
                check_bounds(block, count, tf, length_of(doc));
                check_bounds(whole, whole_count, tf, length_of(doc));
            }
            target += 1 + test_prng_below(&prng, reach);
            if (steps % 5 == 4) { /* the walk follows */
                assert_int_equal(nn_postings_advance(&postings, (uint32_t)target, NULL), NUNCIO_OK);
            }
        }
        assert_int_equal(
            nn_postings_block_bounds(&postings, NN_DOC_END, &last, block, &count, NULL), NUNCIO_OK);
        assert_true(last == NN_DOC_END && count == 0);
        nn_bound again[NN_BOUNDS_MAX];
        assert_int_equal(nn_postings_advance(&postings, NN_DOC_END, NULL), NUNCIO_OK);
        assert_int_equal(nn_postings_bounds(&postings, again, &count, NULL), NUNCIO_OK);
        assert_int_equal(count, whole_count);
        assert_memory_equal(again, whole, count * sizeof whole[0]);
    }
    nn_segment_close(segment);
}

/* ---- damage ---- */

/** Jumps through a list, with nothing but jumps (kind 0), positions at each stop (1), bounds ahead
 * (2), or maps of what is jumped over (3). What comes must ascend and exist, whatever the bytes
 * are. */
static nuncio_status jump_through(const nn_segment *segment, const nn_term_info *info,
                                  uint32_t kind, uint32_t stride)
{
    nn_postings postings;
    NN_TRY(nn_postings_open(&postings, segment, info, NULL));
    while (postings.doc != NN_DOC_END) {
        uint32_t doc = postings.doc, last, count, positions[320], forms[320];
        nn_bound bounds[NN_BOUNDS_MAX];
        read_require(doc < PASSAGES);
        if (kind == 1) {
            NN_TRY(nn_postings_positions(&postings, positions, forms, NULL));
        } else if (kind == 2) {
            NN_TRY(nn_postings_block_bounds(&postings, doc + stride, &last, bounds, &count, NULL));
        } else if (kind == 3) {
            uint64_t words[NN_DOC_BITS_WORDS(STRIDE_MAX)];
            memset(words, 0, sizeof words);
            NN_TRY(nn_postings_map(&postings, words, doc, doc + stride, NULL));
            read_require(postings.doc == NN_DOC_END || postings.doc > doc);
        }
        NN_TRY(nn_postings_advance(&postings, doc + stride, NULL));
        read_require(postings.doc > doc);
    }
    return NUNCIO_OK;
}

/** Opens the segment as it is now and jumps, to each document too when `each` is true; @return how
 * many calls said that it is damaged */
static uint32_t jump_all(size_t list, bool each)
{
    static const uint32_t strides[] = {1, 100, 4200, STRIDE_MAX};
    nn_segment *segment = open_lists();
    uint32_t told = 0;
    if (segment == NULL) {
        return 1;
    }
    for (uint32_t kind = 0; kind < 4; kind++) {
        for (size_t i = kind == 1 || !each ? 1 : 0; i < sizeof strides / sizeof strides[0]; i++) {
            nn_term_info info;
            bool found = false;
            nuncio_status status =
                nn_segment_find_term(segment, nn_str_of(lists[list].term), &found, &info, NULL);
            if (found) {
                status = jump_through(segment, &info, kind, strides[i]);
            }
            assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_CORRUPT);
            told += status != NUNCIO_OK;
        }
    }
    nn_segment_close(segment);
    return told;
}

static void test_bytes_that_lie(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(73));
    nn_segment *segment = open_segment();
    nn_term_info infos[LISTS];
    for (size_t list = 0; list < LISTS; list++) {
        infos[list] = find(segment, list);
    }
    nn_segment_close(segment);
    uint64_t mutants = 0, told = 0;
    for (size_t list = 0; list < LISTS; list++) {
        for (uint32_t round = 0; round < 900; round += (uint32_t)test_step(3)) {
            static const uint8_t masks[] = {0xff, 0x80, 0x40, 0x01, 0x08};
            uint64_t within = round < 700 ? 350 : infos[list].list_size; /* heads and groups */
            within = within < infos[list].list_size ? within : infos[list].list_size;
            size_t at = (size_t)(infos[list].list_offset + test_prng_below(&prng, within));
            list_bytes.now[at] ^= masks[test_prng_below(&prng, sizeof masks)];
            read_seal(list_bytes.now, list_bytes.size);
            told += jump_all(list, round % 8 == 0) > 0;
            mutants++;
            list_bytes.now[at] = list_bytes.sound[at];
        }
    }
    memcpy(list_bytes.now, list_bytes.sound, list_bytes.size);
    print_message("lists that lie: %llu, %llu told\n", (unsigned long long)mutants,
                  (unsigned long long)told);
    assert_true(told > 200 / test_step(3));
}

static void test_pages_that_changed(void **state)
{
    (void)state;
    uint32_t told = 0;
    for (size_t at = 100; at < list_bytes.size; at += NN_PAGE_SIZE) {
        list_bytes.now[at] ^= 0x11;
        for (size_t list = 0; list < LISTS; list++) {
            told += jump_all(list, true) > 0;
        }
        list_bytes.now[at] ^= 0x11;
    }
    assert_true(told > list_bytes.size / NN_PAGE_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_posting),
        cmocka_unit_test(test_jumps),
        cmocka_unit_test(test_blocks_in_any_order),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_maps),
        cmocka_unit_test(test_bytes_that_lie),
        cmocka_unit_test(test_pages_that_changed),
    };
    return cmocka_run_group_tests(tests, lists_make, lists_release);
}
