/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: every set of kernels that this processor runs gives the numbers of the portable one.
 * Method: random numbers over the whole range that an opened model allows, its ends often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "annotate/names/name_kernels.h"
#include "annotate/names/name_model.h"
#include "support/prng.h"

enum { WIDTH = NN_MODEL_WIDTH_MAX, ROWS = 40 };

/* Room that vector loads may want aligned. */
typedef struct numbers {
    _Alignas(64) int16_t pairs[WIDTH * WIDTH];
    _Alignas(64) int16_t rows[ROWS][WIDTH];
    int8_t bytes[ROWS][WIDTH];
    int16_t x[WIDTH];
    int32_t sums[WIDTH];
} numbers;

static numbers N;

static int32_t draw(test_prng *prng, int32_t low, int32_t high)
{
    switch (test_prng_below(prng, 8)) {
    case 0:
        return low;
    case 1:
        return high;
    case 2:
        return 0;
    default:
        return (int32_t)test_prng_range(prng, low, high);
    }
}

static uint32_t draw_width(test_prng *prng)
{
    return 16 * (1 + (uint32_t)test_prng_below(prng, WIDTH / 16));
}

static void fill(test_prng *prng)
{
    for (size_t i = 0; i < (size_t)WIDTH * WIDTH; i++) {
        N.pairs[i] = (int16_t)draw(prng, -200, 200);
    }
    for (size_t i = 0; i < (size_t)ROWS * WIDTH; i++) {
        N.rows[i / WIDTH][i % WIDTH] = (int16_t)draw(prng, INT16_MIN, INT16_MAX);
        N.bytes[i / WIDTH][i % WIDTH] = (int8_t)draw(prng, INT8_MIN, INT8_MAX);
    }
    for (size_t i = 0; i < WIDTH; i++) {
        N.x[i] = (int16_t)draw(prng, 0, NN_MODEL_ACTIVE_MAX);
        N.sums[i] = draw(prng, -(1 << 30), 1 << 30);
    }
}

/* What one set of kernels makes of the numbers. */
typedef struct answers {
    int32_t multiplied[WIDTH];
    int16_t narrowed[WIDTH], activated[WIDTH], summed[WIDTH], added[WIDTH], enlarged[WIDTH];
    int32_t best[NN_NAME_LANES];
    uint8_t back[NN_NAME_LANES];
} answers;

static void answer(const nn_name_kernels *k, uint32_t depth, uint32_t width, uint32_t shift,
                   uint32_t rows, answers *a)
{
    const int16_t *all[ROWS];
    const int8_t *bytes[ROWS];
    static int32_t chain[NN_NAME_LANES * NN_NAME_LANES];
    memset(a, 0, sizeof *a);
    for (uint32_t i = 0; i < ROWS; i++) {
        all[i] = N.rows[i];
        bytes[i] = N.bytes[i];
    }
    for (uint32_t i = 0; i < NN_NAME_LANES * NN_NAME_LANES; i++) {
        bool forbidden = N.rows[i / WIDTH][i % WIDTH] > 20000;
        chain[i] = forbidden ? NN_MODEL_IMPOSSIBLE : N.rows[i / WIDTH][i % WIDTH] / 64 * 64;
    }
    for (uint32_t i = 0; i < WIDTH; i++) {
        a->multiplied[i] = N.sums[i] / 16;
    }
    k->multiply(a->multiplied, N.x, N.pairs, depth, width);
    k->narrow(a->narrowed, N.sums, shift, width);
    k->activate(a->activated, N.sums, shift, width);
    k->sum_rows(a->summed, all, rows, width, shift % 2 == 0 ? 0 : INT16_MIN, INT16_MAX / 4);
    k->add_bytes(a->added, bytes, rows, width);
    memcpy(a->enlarged, N.rows[0], sizeof a->enlarged);
    k->enlarge(a->enlarged, N.rows[1], width);
    for (uint32_t i = 0; i < NN_NAME_LANES; i++) {
        a->best[i] = N.sums[i] / 64 * 4; /* equal ones happen: the first must win */
    }
    k->step(a->best, N.sums + NN_NAME_LANES, chain, a->back);
}

static void test_all_agree(void **state)
{
    (void)state;
    const nn_name_kernels *all[NN_NAME_KERNELS_ROOM];
    uint32_t count = nn_name_kernels_all(all);
    test_prng prng = test_prng_of(test_seed(81));
    assert_ptr_equal(nn_name_kernels_best(), all[count - 1]);
    uint64_t rounds = test_rounds(60, 2000);
    for (uint64_t round = 0; round < rounds; round++) {
        static answers expected, found;
        fill(&prng);
        bool own = round % 4 == 0; /* the widths that kernels know when they are compiled */
        uint32_t depth = own ? 128 : draw_width(&prng), width = own ? 64 : draw_width(&prng);
        uint32_t shift = (uint32_t)test_prng_below(&prng, 31);
        uint32_t rows = 1 + (uint32_t)test_prng_below(&prng, ROWS);
        answer(all[0], depth, width, shift, rows, &expected);
        for (uint32_t i = 1; i < count; i++) {
            answer(all[i], depth, width, shift, rows, &found);
            assert_memory_equal(&found, &expected, sizeof found);
        }
    }
}

static void test_what_they_compute(void **state)
{
    (void)state;
    const nn_name_kernels *all[NN_NAME_KERNELS_ROOM];
    uint32_t count = nn_name_kernels_all(all);
    for (uint32_t i = 0; i < count; i++) {
        int16_t pairs[16 * 16] = {3, 4, -1, 2};
        int16_t x[16] = {10, 100}, to[16] = {0};
        int32_t sum[16] = {1000, 0};
        all[i]->multiply(sum, x, pairs, 16, 16);
        assert_int_equal(sum[0], 1430);
        assert_int_equal(sum[1], 190);
        int32_t wide[16] = {-3, 1 << 20, 5000 << 2, 7};
        all[i]->narrow(to, wide, 2, 16);
        assert_int_equal(to[0], -1); /* rounds down */
        assert_int_equal(to[1], INT16_MAX);
        all[i]->activate(to, wide, 2, 16);
        assert_int_equal(to[0], 0);
        assert_int_equal(to[2], NN_MODEL_ACTIVE_MAX);
        assert_int_equal(to[3], 1);
        /* added in order: what is above the top is cut before it comes down again */
        int16_t rows[3][16] = {{30000, -30000}, {30000, -30000}, {-30000, 30000}};
        const int16_t *list[3] = {rows[0], rows[1], rows[2]};
        all[i]->sum_rows(to, list, 3, 16, 0, INT16_MAX);
        assert_int_equal(to[0], INT16_MAX - 30000);
        assert_int_equal(to[1], 0);
        all[i]->sum_rows(to, list, 3, 16, -2000, 2000);
        assert_int_equal(to[0], 2000);
        assert_int_equal(to[1], -2000);
        int8_t small[2][16] = {{127, -128}, {127, 1}};
        const int8_t *bytes[2] = {small[0], small[1]};
        all[i]->add_bytes(to, bytes, 2, 16);
        assert_int_equal(to[0], 254);
        assert_int_equal(to[1], -127);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_agree),
        cmocka_unit_test(test_what_they_compute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
