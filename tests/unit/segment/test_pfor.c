/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: any numbers survive, in no more bytes than promised; damaged bytes are refused or give some
 * numbers, and nothing is read behind them. Method: random blocks with few large numbers; a search
 * over all widths for the cheapest; every cut and random damage; unary codes beside plain numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/codes/pfor.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

static void draw(test_prng *prng, uint32_t *numbers, uint32_t count)
{
    uint32_t width = (uint32_t)test_prng_below(prng, 33);
    uint32_t large = (uint32_t)test_prng_below(prng, 30);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t bits = test_prng_chance(prng, large) ? 32 : width;
        numbers[i] = (uint32_t)(test_prng_next(prng) & ((UINT64_C(1) << bits) - 1));
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

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(23));
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    for (uint32_t round = 0; round < 4000; round++) {
        uint32_t count = 1 + (uint32_t)test_prng_below(&prng, 128), widest = 0, width = 0;
        uint32_t numbers[128], back[128];
        count = round % 2 == 0 ? 128 : count;
        draw(&prng, numbers, count);
        nn_buffer_clear(&buffer);
        nn_pfor_plan plan = nn_pfor_plan_of(numbers, count);
        nn_pfor_write(&buffer, numbers, count, &plan);
        assert_int_equal(buffer.size, plan.size);
        assert_true(buffer.size <= NN_PFOR_MAX);
        uint8_t *bytes = padded(&buffer);
        const uint8_t *end = bytes + buffer.size;
        assert_ptr_equal(nn_pfor_read(bytes, end, count, back, &width), end);
        assert_memory_equal(back, numbers, count * sizeof numbers[0]);
        for (uint32_t i = 0; i < count; i++) {
            widest |= numbers[i];
        }
        assert_true(width >= 32 || widest >> width == 0);
        for (size_t cut = 0; cut < buffer.size; cut++) {
            assert_null(nn_pfor_read(bytes, bytes + cut, count, back, &width));
        }
        free(bytes);
    }
    nn_buffer_deinit(&buffer);
}

static void test_width_is_the_cheapest(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(24));
    for (uint32_t round = 0; round < 500; round++) {
        uint32_t numbers[128], widest = 0, best = UINT32_MAX;
        draw(&prng, numbers, 128);
        for (uint32_t i = 0; i < 128; i++) {
            widest |= numbers[i];
        }
        for (uint32_t width = 0; width <= 32; width++) {
            uint32_t exceptions = 0, high = 0, size = 1 + 16 * width;
            for (uint32_t i = 0; i < 128; i++) {
                exceptions += width < 32 && numbers[i] >> width != 0;
            }
            while (width + high < 32 && widest >> (width + high) != 0) {
                high++;
            }
            size += exceptions > 0 ? 2 + exceptions + (exceptions * high + 7) / 8 : 0;
            best = size < best ? size : best;
        }
        assert_int_equal(nn_pfor_plan_of(numbers, 128).size, best);
    }
}

/** Fails unless a unary code is the one of `numbers`. */
static void check_unary(const uint8_t *unary, uint32_t size, const uint32_t *numbers)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < 128; i++) {
        for (uint32_t zeros = 0; zeros < numbers[i]; zeros++, at++) {
            assert_int_equal(unary[at / 8] >> at % 8 & 1, 0);
        }
        assert_int_equal(unary[at / 8] >> at % 8 & 1, 1);
        at++;
    }
    assert_int_equal(size, (at + 7) / 8);
    assert_true(unary[size - 1] >> ((at - 1) % 8) == 1);
}

static void test_unary_is_the_same(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(90));
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    uint32_t read = 0;
    for (uint32_t round = 0; round < 4000; round++) {
        uint32_t numbers[128], back[128], width, sum = 0, size = 0;
        uint8_t unary[NN_PFOR_UNARY_ROOM];
        uint64_t most = UINT64_C(1) << test_prng_below(&prng, round % 16 == 0 ? 32 : 9);
        uint32_t chance = (uint32_t)test_prng_below(&prng, 20);
        for (uint32_t i = 0; i < 128; i++) {
            bool large = test_prng_chance(&prng, chance);
            numbers[i] = large ? (uint32_t)test_prng_below(&prng, most + 1) : 0;
            sum = sum + numbers[i] < sum ? UINT32_MAX : sum + numbers[i];
        }
        nn_pfor_plan plan = nn_pfor_plan_of(numbers, 128);
        nn_buffer_clear(&buffer);
        nn_pfor_write(&buffer, numbers, 128, &plan);
        uint8_t *bytes = padded(&buffer);
        const uint8_t *end = bytes + buffer.size;
        bool can = plan.width == 0 && sum <= NN_PFOR_UNARY_BITS_MAX - 128;
        assert_ptr_equal(nn_pfor_read_unary(bytes, end, unary, &size), can ? end : NULL);
        if (can) {
            check_unary(unary, size, numbers);
            read++;
        }
        for (uint32_t times = 0; times < 20;
             times++) { /* damaged: nothing else than read plainly */
            bytes[test_prng_below(&prng, buffer.size)] = (uint8_t)test_prng_next(&prng);
            const uint8_t *rest = nn_pfor_read_unary(bytes, end, unary, &size);
            if (rest != NULL) {
                assert_ptr_equal(nn_pfor_read(bytes, end, 128, back, &width), rest);
                check_unary(unary, size, back);
            }
        }
        free(bytes);
    }
    assert_in_range(read, 1000, 3900);
    nn_buffer_deinit(&buffer);
}

static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(25));
    uint32_t refused = 0;
    for (uint32_t round = 0; round < 20000; round++) {
        uint32_t size = (uint32_t)test_prng_below(&prng, 80), width = 0, back[128];
        uint32_t count = 1 + (uint32_t)test_prng_below(&prng, 128);
        uint8_t *bytes = malloc(size + 8);
        assert_non_null(bytes);
        test_prng_bytes(&prng, bytes, size + 8);
        const uint8_t *rest = nn_pfor_read(bytes, bytes + size, count, back, &width);
        assert_true(rest == NULL || (rest > bytes && rest <= bytes + size && width <= 32));
        refused += rest == NULL;
        free(bytes);
    }
    assert_in_range(refused, 1000, 19999);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_width_is_the_cheapest),
        cmocka_unit_test(test_unary_is_the_same),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
