/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: kernels over a block say what a plain loop says: which passages are in it and where, which
 * postings are in a map, which reach a cut, and which may with what another block adds; and those
 * over a window, which passages reach the cut of their strip. Method: blocks and windows made by
 * hand, full and not, lists and sets, with random passages, lengths and frequencies. */
#include "query/rank/block_scores.h"
#include "query/walk/windows.h"
#include "segment/terms/block_lookup.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ROUNDS = 4000, PASSAGES = 1 << 20, BITS_ROOM = 256 + 16, BASE = 1000, BEHIND = 3 };

static uint8_t lengths[PASSAGES + BEHIND];
static uint8_t bits[BITS_ROOM];

/* `count` postings from BASE on, at most `gap` passages apart. */
static void make_block(test_prng *prng, uint32_t count, uint32_t gap, nn_postings *out)
{
    memset(out, 0, sizeof *out);
    uint32_t doc = BASE + (uint32_t)test_prng_below(prng, gap);
    for (uint32_t i = 0; i < NN_POSTINGS_BLOCK; i++) {
        out->docs[i] = i < count ? doc : NN_DOC_END;
        out->tfs[i] = 1 + (uint32_t)test_prng_below(prng, 6);
        out->block_last_doc = i < count ? doc : out->block_last_doc;
        doc += 1 + (uint32_t)test_prng_below(prng, gap);
    }
    out->in_block_count = count;
    out->docs_ready = true;
    out->block_base = BASE;
    out->doc = out->docs[0];
}

/* The same as a set of bits. */
static nn_postings as_set(const nn_postings *block)
{
    nn_postings set = *block;
    memset(bits, 0, sizeof bits);
    for (uint32_t i = 0; i < block->in_block_count; i++) {
        uint32_t bit = block->docs[i] - BASE;
        bits[bit / 8] |= (uint8_t)(1U << bit % 8);
    }
    memset(set.docs, 0, sizeof set.docs);
    set.docs_ready = false;
    set.bits = bits;
    return set;
}

typedef uint32_t look_up(const nn_postings *postings, const uint32_t *passages, uint32_t count,
                         uint8_t *numbers, uint8_t *places);

static void check(look_up *function, const nn_postings *asked, const nn_postings *block,
                  const uint32_t *passages, uint32_t count)
{
    uint8_t numbers[NN_POSTINGS_BLOCK + 1];
    uint8_t places[NN_POSTINGS_BLOCK + 1];
    uint32_t found = function(asked, passages, count, numbers, places);
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t place = 0; place < block->in_block_count; place++) {
            if (block->docs[place] == passages[i]) {
                assert_true(at < found);
                assert_int_equal(numbers[at], i);
                assert_int_equal(places[at], place);
                at++;
            }
        }
    }
    assert_int_equal(found, at);
}

/* Whether a stretch of passages holds one of the block, for stretches all over it. */
static void check_stretches(test_prng *prng, const nn_postings *asked, const nn_postings *block)
{
    for (uint32_t first = BASE - 3, end; first <= block->block_last_doc; first = end) {
        bool holds = false;
        end = first + 1 + (uint32_t)test_prng_below(prng, 40);
        for (uint32_t i = 0; i < block->in_block_count; i++) {
            holds = holds || (block->docs[i] >= first && block->docs[i] < end);
        }
        assert_int_equal(nn_block_holds(asked, first, end), holds);
    }
    uint32_t last = block->block_last_doc; /* what ends at the last is another question than what
                                              ends behind it */
    assert_int_equal(nn_block_holds(asked, last, last + 1), true);
    for (uint32_t i = 0; i < block->in_block_count; i++) {
        uint32_t before = i == 0 ? BASE : block->docs[i - 1] + 1;
        if (before < block->docs[i]) {
            assert_int_equal(nn_block_holds(asked, before, block->docs[i]), false);
        }
    }
}

static void passages_are_found(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(81));
    for (uint32_t round = 0; round < ROUNDS; round++) {
        nn_postings block;
        bool is_set = round % 2 == 0;
        uint32_t size =
            is_set ? NN_POSTINGS_BLOCK : 1 + (uint32_t)test_prng_below(&prng, NN_POSTINGS_BLOCK);
        uint32_t gap = is_set ? 15 : 1 + (uint32_t)test_prng_below(&prng, 3000);
        make_block(&prng, size, gap, &block);
        uint32_t passages[NN_POSTINGS_BLOCK];
        uint32_t count = 0;
        uint32_t step = 1 + (uint32_t)test_prng_below(&prng, 2 * gap);
        for (uint32_t doc = BASE - 3; count < NN_POSTINGS_BLOCK && doc <= block.block_last_doc;
             doc += 1 + (uint32_t)test_prng_below(&prng, step)) {
            passages[count++] = doc;
        }
        nn_postings asked = is_set ? as_set(&block) : block;
        check(nn_block_look_up, &asked, &block, passages, count);
        check(nn_block_look_up_portable, &asked, &block, passages, count);
        check_stretches(&prng, &asked, &block);
    }
}

static bool has(nn_block_set set, uint32_t i)
{
    return (set.words[i / 64] >> i % 64 & 1) != 0;
}

/* Those of a block that a map holds, from the current one to the map's last, and their numbers. */
static void postings_of_a_map_are_found(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(84));
    static uint8_t map[NN_POSTINGS_BLOCK * 40 + BEHIND];
    for (uint32_t round = 0; round < ROUNDS / 4; round++) {
        nn_postings block;
        uint32_t size = 1 + (uint32_t)test_prng_below(&prng, NN_POSTINGS_BLOCK);
        make_block(&prng, size, 1 + (uint32_t)test_prng_below(&prng, 39), &block);
        block.in_block = (uint32_t)test_prng_below(&prng, size);
        block.doc = block.docs[block.in_block];
        uint32_t last = block.doc + (uint32_t)test_prng_below(&prng, 2000);
        last = last < block.block_last_doc ? last : block.block_last_doc;
        uint32_t percent = 1 + (uint32_t)test_prng_below(&prng, 100);
        for (uint32_t i = 0; i < sizeof map; i++) {
            map[i] = BASE + i <= last && test_prng_chance(&prng, percent) ? 1 : 0;
        }
        nn_block_set set = nn_block_mapped(&block, map, BASE, last);
        nn_block_set portable = nn_block_mapped_portable(&block, map, BASE, last);
        uint32_t taken[NN_POSTINGS_BLOCK], taken_portable[NN_POSTINGS_BLOCK], count = 0;
        uint32_t found = nn_block_take(block.tfs, set, taken);
        assert_int_equal(found, nn_block_take_portable(block.tfs, set, taken_portable));
        uint32_t docs[NN_POSTINGS_BLOCK], docs_portable[NN_POSTINGS_BLOCK];
        uint8_t at[NN_POSTINGS_BLOCK], at_portable[NN_POSTINGS_BLOCK];
        assert_int_equal(found, nn_block_set_list(set, block.docs, docs, at));
        assert_int_equal(found,
                         nn_block_set_list_portable(set, block.docs, docs_portable, at_portable));
        for (uint32_t i = 0; i < NN_POSTINGS_BLOCK; i++) {
            bool inside = i >= block.in_block && block.docs[i] <= last;
            bool there = inside && map[block.docs[i] - BASE] != 0;
            assert_int_equal(has(set, i), there);
            assert_int_equal(has(portable, i), there);
            if (there) {
                assert_true(count < found);
                assert_true(at[count] == i && at_portable[count] == i);
                assert_int_equal(docs[count], block.docs[i]);
                assert_int_equal(docs_portable[count], block.docs[i]);
                assert_int_equal(taken[count], block.tfs[i]);
                assert_int_equal(taken_portable[count++], block.tfs[i]);
            }
        }
        assert_int_equal(found, count);
    }
}

/* A pair that the posting does not exceed. */
static bool is_bounded(const nn_bound *bounds, uint32_t count, uint32_t tf, uint32_t length)
{
    for (uint32_t i = 0; i < count; i++) {
        if (bounds[i].tf >= tf && bounds[i].length <= length) {
            return true;
        }
    }
    return false;
}

/* What is refused could not have reached the cut with any posting that the bounds allow. */
static void check_promising(test_prng *prng, const nn_block_scores *scores, uint32_t from,
                            uint32_t end)
{
    nn_bound bounds[NN_BOUNDS_MAX];
    uint32_t count = 1 + (uint32_t)test_prng_below(prng, NN_BOUNDS_MAX);
    for (uint32_t i = 0; i < count; i++) { /* both rise, as the writer has them */
        bounds[i].tf = 1 + i + (uint32_t)test_prng_below(prng, 2);
        bounds[i].length = 1 + i * 60 + (uint32_t)test_prng_below(prng, 60);
    }
    float cut = (float)(0.5 + test_prng_unit(prng));
    nn_block_set set =
        nn_block_promising(scores, scores->parts, from, end, 1.5F, bounds, count, cut);
    for (uint32_t i = 0; i < NN_POSTINGS_BLOCK; i++) {
        assert_true(!has(set, i) || (i >= from && i < end));
        for (uint32_t tf = 1; i >= from && i < end && tf < 8; tf++) {
            if (!has(set, i) && is_bounded(bounds, count, tf, (uint32_t)scores->lengths[i])) {
                float sum = scores->parts[i] + nn_block_part(1.5F, tf, scores->norms[i]);
                assert_true((double)sum < (double)cut * NN_FLOAT_MARGIN);
            }
        }
    }
}

static void scores_are_those_of_each(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(82));
    for (uint32_t i = 0; i < PASSAGES; i++) {
        lengths[i] = (uint8_t)(1 + test_prng_below(&prng, 250));
    }
    nn_bm25 bm25;
    nn_norms norms = {0};
    nn_bm25_init(&bm25, 1.2, 0.75, 1000, 100 * 1000);
    nn_bm25_tabulate(&bm25, &norms);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        nn_postings block;
        nn_block_scores scores;
        uint32_t size = 1 + (uint32_t)test_prng_below(&prng, NN_POSTINGS_BLOCK);
        make_block(&prng, size, 100, &block);
        uint32_t from = (uint32_t)test_prng_below(&prng, size);
        uint32_t end = from + 1 + (uint32_t)test_prng_below(&prng, size - from);
        nn_block_score(&scores, &block, from, end, 2.0F, nn_rough_norms_of(&bm25), lengths);
        nn_block_scores portable;
        nn_block_score_portable(&portable, &block, from, end, 2.0F, nn_rough_norms_of(&bm25),
                                lengths);
        size_t bytes = (end - from) * sizeof(float);
        assert_memory_equal(scores.parts + from, portable.parts + from, bytes);
        assert_memory_equal(scores.norms + from, portable.norms + from, bytes);
        assert_memory_equal(scores.lengths + from, portable.lengths + from, bytes);
        float cut = (float)(2.0 * test_prng_unit(&prng));
        nn_block_set set = nn_block_reach(scores.parts, from, end, cut);
        for (uint32_t i = 0; i < NN_POSTINGS_BLOCK; i++) {
            bool inside = i >= from && i < end;
            assert_int_equal(has(set, i), inside && scores.parts[i] >= cut);
            if (inside) {
                double norm = bm25.norms[lengths[block.docs[i]]];
                double exact = nn_bm25_contribution(2.0, block.tfs[i], norm);
                assert_true((double)scores.parts[i] * NN_FLOAT_MARGIN >= exact);
                assert_true((double)scores.parts[i] <= exact * NN_FLOAT_MARGIN);
            }
        }
        check_promising(&prng, &scores, from, end);
    }
}

/* The best pair of each block, with norms of 0 too. */
static void views_are_bounded(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(85));
    for (uint32_t round = 0; round < ROUNDS; round++) {
        nn_skip_view view = {.count = 1 + (uint32_t)test_prng_below(&prng, NN_SKIP_GROUP),
                             .bound_count = 1 + (uint32_t)test_prng_below(&prng, NN_BOUNDS_MAX)};
        for (uint32_t i = 0; i < view.count * view.bound_count; i++) {
            view.tfs[i] = (uint8_t)test_prng_below(&prng, 7); /* 0: a damaged index */
            view.lengths[i] = (uint8_t)test_prng_below(&prng, 256);
        }
        nn_rough_norms norms = {round % 3 == 0 ? 0.0F : 0.3F, round % 5 == 0 ? 0.0F : 0.009F};
        float bounds[NN_SKIP_GROUP], portable[NN_SKIP_GROUP];
        nn_block_view_bounds(&view, norms, bounds);
        nn_block_view_bounds_portable(&view, norms, portable);
        assert_memory_equal(bounds, portable, view.count * sizeof bounds[0]);
        for (uint32_t k = 0; k < view.count * view.bound_count; k++) {
            float part = nn_block_part(1.0F, view.tfs[k], nn_rough_norm(norms, view.lengths[k]));
            assert_false(part > bounds[k / view.bound_count]);
        }
    }
}

enum { WIDTH = 5000, FIRST = 700 /* in the middle of a strip */ };
static nn_windows windows;
static float sums[WIDTH];
static uint32_t candidates[WIDTH + NN_CANDIDATES_ROOM], streak_docs[2][WIDTH];

/* Two lists of `percent` of the passages, added up. */
static void fill_window(test_prng *prng, uint32_t percent, nn_term *term, nn_streak streaks[2])
{
    memset(sums, 0, sizeof sums);
    windows.room_used = 0;
    for (uint32_t list = 0; list < 2; list++) {
        streaks[list] = (nn_streak){.docs = streak_docs[list]};
        for (uint32_t at = 0; at < WIDTH; at++) {
            if (test_prng_chance(prng, percent)) {
                streak_docs[list][streaks[list].count++] = FIRST + at;
                sums[at] += (float)test_prng_unit(prng);
            }
        }
        windows.room_used += streaks[list].count;
    }
    *term = (nn_term){.streaks = streaks, .streak_count = 2};
    windows.terms = term;
}

static void check_selected(void)
{
    uint32_t found = 0;
    for (uint32_t at = 0; at < WIDTH; at++) {
        if (sums[at] > 0.0F && sums[at] >= windows.cuts[nn_window_strip(&windows, FIRST + at)]) {
            assert_true(found < windows.candidate_count);
            assert_int_equal(candidates[found++], FIRST + at);
        }
    }
    assert_int_equal(found, windows.candidate_count);
}

/* The same after cuts have risen. */
static void check_kept(test_prng *prng)
{
    static uint32_t before[WIDTH];
    uint32_t count = windows.candidate_count;
    memcpy(before, candidates, count * sizeof before[0]);
    for (uint32_t strip = 0; strip < NN_WINDOW_STRIPS; strip++) {
        windows.cuts[strip] += (float)(0.5 * test_prng_unit(prng));
    }
    nn_window_keep_portable(&windows);
    check_selected();
    memcpy(candidates, before, count * sizeof before[0]);
    windows.candidate_count = count;
    nn_window_keep(&windows);
    check_selected();
}

static void candidates_reach_their_cut(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(83));
    windows = (nn_windows){.count = 1,
                           .first = FIRST,
                           .end = FIRST + WIDTH,
                           .strip_shift = NN_STRIP_SHIFT,
                           .sums = sums,
                           .candidates = candidates};
    for (uint32_t round = 0; round < ROUNDS / 4; round++) {
        nn_term term;
        nn_streak streaks[2];
        fill_window(&prng, 1 + round % 3 * 20, &term, streaks);
        for (uint32_t strip = 0; strip < NN_WINDOW_STRIPS; strip++) {
            windows.cuts[strip] = (float)(test_prng_unit(&prng) - (round % 2 == 0 ? 0.0 : 0.2));
        }
        nn_window_select(&windows);
        check_selected();
        nn_window_select_portable(&windows);
        check_selected();
        check_kept(&prng);
    }
}

/* Postings `from` … of a list that is alone. */
static void check_parts(const uint32_t *docs, uint32_t from, uint32_t end)
{
    uint32_t found = 0;
    for (uint32_t i = from; i < end; i++) {
        float part = windows.block.parts[i];
        if (part >= windows.cuts[nn_window_strip(&windows, docs[i])]) {
            assert_true(found < windows.candidate_count);
            assert_int_equal(candidates[found++], docs[i]);
            assert_true(sums[docs[i] - FIRST] == part);
        }
    }
    assert_int_equal(found, windows.candidate_count);
}

static void parts_reach_their_cut(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(85));
    windows = (nn_windows){.first = FIRST,
                           .end = FIRST + WIDTH,
                           .strip_shift = NN_STRIP_SHIFT,
                           .sums = sums,
                           .candidates = candidates};
    for (uint32_t round = 0; round < ROUNDS; round++) {
        uint32_t docs[NN_POSTINGS_BLOCK];
        uint32_t step = 1 + (uint32_t)test_prng_below(&prng, WIDTH / NN_POSTINGS_BLOCK);
        uint32_t from = (uint32_t)test_prng_below(&prng, NN_POSTINGS_BLOCK);
        uint32_t end = from + 1 + (uint32_t)test_prng_below(&prng, NN_POSTINGS_BLOCK - from);
        for (uint32_t i = 0, doc = FIRST; i < NN_POSTINGS_BLOCK; i++) {
            docs[i] = doc;
            doc += 1 + (uint32_t)test_prng_below(&prng, step);
            windows.block.parts[i] = (float)test_prng_unit(&prng);
        }
        for (uint32_t strip = 0; strip < NN_WINDOW_STRIPS; strip++) {
            windows.cuts[strip] = (float)(test_prng_unit(&prng) - 0.2);
        }
        windows.candidate_count = 0;
        nn_window_select_parts(&windows, docs, from, end);
        check_parts(docs, from, end);
        windows.candidate_count = 0;
        nn_window_select_parts_portable(&windows, docs, from, end);
        check_parts(docs, from, end);
    }
}

/* Against all scores sorted. */
static void the_floor_leaves_enough(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(86));
    static nn_floor floor;
    uint32_t risen = 0;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        float scores[300];
        uint32_t wanted = (uint32_t)test_prng_below(&prng, 40);
        double highest = 0.5 + test_prng_unit(&prng); /* too low at times */
        nn_floor_begin(&floor, wanted, highest);
        for (uint32_t count = 0; count < 300;) {
            for (uint64_t more = 1 + test_prng_below(&prng, 20); more > 0 && count < 300; more--) {
                scores[count] = (float)test_prng_unit(&prng);
                nn_floor_count(&floor, scores[count++]);
            }
            double reached = nn_floor_raise(&floor) * (1.0 - 1e-6);
            uint32_t above = 0, far_above = 0;
            for (uint32_t i = 0; i < count; i++) {
                above += (double)scores[i] >= reached ? 1 : 0;
                far_above += (double)scores[i] >= reached + 2.5 * highest / NN_FLOOR_BINS ? 1 : 0;
            }
            assert_true(reached < 0.0 || (wanted > 0 && above >= wanted));
            assert_true(wanted == 0 || reached < 0.0 || reached > 0.99 * highest ||
                        far_above < wanted);
            risen += reached > 0.0 ? 1 : 0;
        }
    }
    assert_true(risen > ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passages_are_found),         cmocka_unit_test(postings_of_a_map_are_found),
        cmocka_unit_test(scores_are_those_of_each),   cmocka_unit_test(views_are_bounded),
        cmocka_unit_test(candidates_reach_their_cut), cmocka_unit_test(parts_reach_their_cut),
        cmocka_unit_test(the_floor_leaves_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
