/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: any numbers survive in the smaller of two forms, and so do sums of gaps; damaged bytes are
 * refused or give numbers that add up to less than promised; nothing is read far behind them.
 * Method: random numbers of a random mean, among them few large ones; a search over all widths;
 * every cut and random damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/codes/ones.h"
#include "segment/codes/rice.h"
#include "segment/codes/rice_sums.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

/** Gaps between things that are spread evenly, as those of postings are, and few larger ones. */
static void draw(test_prng *prng, uint32_t *numbers, uint32_t count)
{
    uint32_t width = (uint32_t)test_prng_below(prng, 24);
    uint32_t large = test_prng_chance(prng, 50) ? (uint32_t)test_prng_below(prng, 20) : 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t half = (UINT32_C(1) << width) / 2 + 1;
        numbers[i] = (uint32_t)test_prng_below(prng, half);
        while (test_prng_chance(prng, 40) && numbers[i] < UINT32_MAX - half) {
            numbers[i] += half;
        }
        if (test_prng_chance(prng, large)) {
            numbers[i] = (uint32_t)test_prng_next(prng);
        }
    }
}

/** Bytes with 8 more behind them, as every region of a segment has. */
static uint8_t *padded(const nn_buffer *buffer)
{
    uint8_t *copy = calloc(buffer->size + 8, 1);
    assert_non_null(copy);
    memcpy(copy, buffer->data, buffer->size);
    return copy;
}

/** What the smallest Rice codes take, by their definition. */
static uint64_t smallest(const uint32_t *numbers, uint32_t count)
{
    uint64_t best = UINT64_MAX;
    for (uint32_t width = 0; width <= NN_RICE_WIDTH_MAX; width++) {
        uint64_t bits = count;
        for (uint32_t i = 0; i < count; i++) {
            bits += numbers[i] >> width;
        }
        uint64_t size = 1 + (bits + 7) / 8 + ((uint64_t)count * width + 7) / 8;
        if (bits <= NN_ONES_BYTES_MAX * 8 && bits << width <= UINT32_MAX && size < best) {
            best = size;
        }
    }
    return best;
}

static void check_reading(const nn_buffer *buffer, const uint32_t *numbers, uint32_t count)
{
    uint32_t back[128], sums[128], next = 77;
    uint64_t below = 0, sum = 0, below_sums = 0;
    uint8_t *bytes = padded(buffer);
    const uint8_t *end = bytes + buffer->size;
    assert_ptr_equal(nn_numbers_read(bytes, end, count, back, &below), end);
    assert_memory_equal(back, numbers, count * sizeof numbers[0]);
    assert_ptr_equal(nn_sums_read(bytes, end, count, next, sums, &below_sums), end);
    assert_int_equal(below, below_sums);
    for (uint32_t i = 0; i < count; i++) {
        sum += numbers[i];
        assert_int_equal(sums[i], next + numbers[i]); /* both modulo 2^32 */
        next += numbers[i] + 1;
    }
    assert_true(sum < below);
    for (size_t cut = 0; cut < buffer->size; cut++) {
        assert_null(nn_numbers_read(bytes, bytes + cut, count, back, &below));
    }
    free(bytes);
}

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(28));
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    uint32_t rice = 0, packed = 0;
    for (uint32_t round = 0; round < 3000; round++) {
        uint32_t count = round % 2 == 0 ? 128 : 1 + (uint32_t)test_prng_below(&prng, 128);
        uint32_t numbers[128];
        draw(&prng, numbers, count);
        nn_buffer_clear(&buffer);
        nn_numbers_plan plan = nn_numbers_plan_of(numbers, count);
        nn_numbers_write(&buffer, numbers, count, &plan);
        assert_int_equal(buffer.size, plan.size);
        assert_true(buffer.size <= plan.packed.size);
        assert_true(buffer.size >= smallest(numbers, count) || buffer.size == plan.packed.size);
        check_reading(&buffer, numbers, count);
        bool is_rice = buffer.data[0] >= NN_RICE_HEAD && buffer.data[0] < 128;
        rice += is_rice;
        packed += !is_rice;
    }
    assert_true(rice > 500 && packed > 500);
    nn_buffer_deinit(&buffer);
}

/* Numbers that are spread evenly: the width next to the mean is the best there is. */
static void test_width_is_the_cheapest(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(29));
    for (uint32_t round = 0; round < 500; round++) {
        uint32_t numbers[128], count = 64 + (uint32_t)test_prng_below(&prng, 65);
        uint64_t mean = 1 + test_prng_below(&prng, UINT64_C(1) << test_prng_below(&prng, 20));
        for (uint32_t i = 0; i < count; i++) {
            numbers[i] = (uint32_t)test_prng_below(&prng, 2 * mean);
        }
        uint64_t best = smallest(numbers, count);
        nn_numbers_plan plan = nn_numbers_plan_of(numbers, count);
        assert_int_equal(plan.size, best < plan.packed.size ? best : plan.packed.size);
    }
}

static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(30));
    uint32_t refused = 0;
    for (uint32_t round = 0; round < 20000; round++) {
        uint32_t size = 1 + (uint32_t)test_prng_below(&prng, 200), back[128];
        uint32_t count = 1 + (uint32_t)test_prng_below(&prng, 128);
        uint64_t below = 0, sum = 0;
        uint8_t *bytes = malloc(size + 8);
        assert_non_null(bytes);
        test_prng_bytes(&prng, bytes, size + 8);
        bytes[0] = (uint8_t)(NN_RICE_HEAD + test_prng_below(&prng, NN_RICE_WIDTH_MAX + 2));
        const uint8_t *rest = nn_numbers_read(bytes, bytes + size, count, back, &below);
        assert_true(rest == NULL || (rest > bytes && rest <= bytes + size));
        for (uint32_t i = 0; rest != NULL && i < count; i++) {
            sum += back[i];
        }
        assert_true(rest == NULL || sum < below);
        refused += rest == NULL;
        free(bytes);
    }
    assert_in_range(refused, 1000, 19000);
}

/* Sums of numbers that could go round are no Rice codes: 128 numbers below 2^32 >> width. */
static void test_too_large_sums_are_refused(void **state)
{
    (void)state;
    uint8_t bytes[1 + 16 + 16 * NN_RICE_WIDTH_MAX + 8] = {NN_RICE_HEAD + NN_RICE_WIDTH_MAX};
    uint32_t back[128];
    uint64_t below = 0;
    memset(bytes + 1, 0xFF, 16); /* no zeros: all high parts are 0 */
    assert_non_null(nn_numbers_read(bytes, bytes + sizeof bytes - 8, 128, back, &below));
    assert_int_equal(below, UINT64_C(128) << NN_RICE_WIDTH_MAX);
    bytes[1] = 0; /* more than 2^7 bits in front of 24 each */
    memset(bytes + 2, 0, 16);
    memset(bytes + 18, 0xFF, 16);
    assert_null(nn_numbers_read(bytes, bytes + sizeof bytes - 8, 128, back, &below));
}

static void test_parts_are_summed_alike(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(93));
    for (uint32_t round = 0; round < 2000; round++) {
        uint32_t low[128], portable[128], sums[128], narrow[128], high = 0;
        uint8_t packed[16 * NN_RICE_WIDTH_MAX + 1];
        uint64_t zeros_below = 1 + test_prng_below(&prng, 31);
        uint16_t room[129] = {UINT16_MAX}, *places = room + 1;
        uint32_t width = (uint32_t)test_prng_below(&prng, NN_RICE_WIDTH_MAX + 1);
        uint32_t base = (uint32_t)test_prng_next(&prng), sum = base;
        for (uint32_t i = 0; i < 128; i++) {
            low[i] = (uint32_t)(test_prng_next(&prng) & ((UINT64_C(1) << width) - 1));
            uint32_t zeros = (uint32_t)test_prng_below(&prng, zeros_below);
            high += zeros;
            places[i] = (uint16_t)(high + i);
            sum += low[i] + (zeros << width) + (i > 0 ? 1 : 0);
            sums[i] = sum;
        }
        memcpy(portable, low, sizeof portable);
        nn_pack128(low, width, packed);
        nn_sum_parts128_portable(portable, places, width, base);
        assert_memory_equal(portable, sums, sizeof sums);
        nn_sum_parts128(low, places, width, base);
        assert_memory_equal(low, sums, sizeof sums);
        if (nn_rice_sum_narrow(packed, width, places, base, narrow)) {
            assert_memory_equal(narrow, sums, sizeof sums);
            assert_in_range(sums[127] - base, 0, UINT16_MAX);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_are_summed_alike),     cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_width_is_the_cheapest),      cmocka_unit_test(test_damage),
        cmocka_unit_test(test_too_large_sums_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
