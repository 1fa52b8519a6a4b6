/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: every width packs and unpacks every number, in the layout that bitpack.h draws.
 * Method: random numbers of each width against a bit-by-bit reader of the drawing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/bits.h"
#include "segment/codes/bitpack.h"
#include "support/prng.h"

#include <string.h>

/** Number `i` as the drawing says: lane i % 4, row i / 4, words of the lanes in turn. */
static uint32_t number_at(const uint8_t *packed, uint32_t width, uint32_t i)
{
    uint32_t value = 0;
    for (uint32_t bit = 0; bit < width; bit++) {
        uint32_t in_lane = i / 4 * width + bit;
        uint32_t word = nn_load_u32(packed + ((size_t)(in_lane / 32) * 4 + i % 4) * 4);
        value |= (word >> (in_lane % 32) & 1) << bit;
    }
    return value;
}

static void test_every_width(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(21));
    for (uint32_t width = 0; width <= NN_PACK_WIDTH_MAX; width++) {
        for (uint32_t round = 0; round < 50; round++) {
            uint32_t numbers[NN_PACK_COUNT], back[NN_PACK_COUNT];
            uint8_t packed[NN_PACK_COUNT * 4 + 16];
            for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
                uint64_t mask = (UINT64_C(1) << width) - 1;
                numbers[i] = (uint32_t)(test_prng_next(&prng) & mask);
            }
            memset(packed, 0xA5, sizeof packed);
            nn_pack128(numbers, width, packed);
            for (uint32_t i = nn_packed_size(width); i < sizeof packed; i++) {
                assert_int_equal(packed[i], 0xA5); /* nothing behind the block was touched */
            }
            memset(back, 0x5A, sizeof back);
            nn_unpack128(packed, width, back);
            assert_memory_equal(back, numbers, sizeof numbers);
            memset(back, 0x5A, sizeof back);
            nn_unpack128_portable(packed, width, back);
            assert_memory_equal(back, numbers, sizeof numbers);
            for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
                assert_int_equal(number_at(packed, width, i), numbers[i]);
            }
        }
    }
}

static void test_higher_bits_are_dropped(void **state)
{
    (void)state;
    uint32_t numbers[NN_PACK_COUNT], back[NN_PACK_COUNT];
    uint8_t packed[NN_PACK_COUNT * 4];
    for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
        numbers[i] = i * 0x01010101U;
    }
    nn_pack128(numbers, 5, packed);
    nn_unpack128(packed, 5, back);
    for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
        assert_int_equal(back[i], numbers[i] & 31);
    }
}

static void test_sums(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(22));
    for (uint32_t round = 0; round < 200; round++) {
        uint32_t gaps[NN_PACK_COUNT], sums[NN_PACK_COUNT];
        uint32_t width = (uint32_t)test_prng_below(&prng, 33);
        uint32_t base = (uint32_t)test_prng_next(&prng), next = base;
        for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
            gaps[i] = (uint32_t)(test_prng_next(&prng) & ((UINT64_C(1) << width) - 1));
            sums[i] = next + gaps[i];
            next = sums[i] + 1;
        }
        uint32_t more[NN_PACK_COUNT], all = 0;
        for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
            more[i] = gaps[i];
            all |= gaps[i] + 1;
        }
        assert_int_equal(nn_increment128(more), all);
        assert_int_equal(more[round % NN_PACK_COUNT], gaps[round % NN_PACK_COUNT] + 1);
        uint32_t portable[NN_PACK_COUNT];
        memcpy(portable, gaps, sizeof portable);
        nn_sum_gaps128_portable(portable, base);
        assert_memory_equal(portable, sums, sizeof sums);
        nn_sum_gaps128(gaps, base);
        assert_memory_equal(gaps, sums, sizeof sums);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_width),
        cmocka_unit_test(test_higher_bits_are_dropped),
        cmocka_unit_test(test_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
