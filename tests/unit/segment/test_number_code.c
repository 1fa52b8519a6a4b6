/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: any numbers survive in codes made for them, however unevenly they occur; tables that are
 * none are refused, and what a damaged one gives is bounded. Method: random numbers; counts like
 * those of Fibonacci, whose tree is deepest; every cut; random bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/codes/number_code.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

enum { COUNT = 300 };

/** The table, then the numbers, and 8 bytes more. */
static uint8_t *encode(const uint32_t *numbers, const nn_number_counts *counts, size_t *size)
{
    nn_memory memory;
    nn_buffer out;
    nn_number_encoder encoder;
    nn_bit_writer bits = {NULL, NULL, 0, 0};
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&out, &memory);
    nn_number_encoder_make(&encoder, counts);
    nn_number_encoder_write(&out, &encoder);
    assert_true(nn_bits_begin(&bits, &out, (uint64_t)COUNT * NN_NUMBER_BITS_MAX));
    for (uint32_t i = 0; i < COUNT; i++) {
        nn_number_put(&bits, &encoder, numbers[i]);
    }
    nn_bits_finish(&bits);
    uint8_t *bytes = calloc(out.size + 8, 1);
    assert_non_null(bytes);
    memcpy(bytes, out.data, out.size);
    *size = out.size;
    nn_buffer_deinit(&out);
    return bytes;
}

/** How many of the numbers there are; all that are, are those. */
static uint32_t decode(const uint8_t *bytes, size_t size, const uint32_t *numbers)
{
    nn_slice slice = nn_slice_of(bytes, size);
    nn_number_decoder decoder;
    uint32_t count = 0, got = 0;
    if (!nn_number_decoder_read(&decoder, &slice)) {
        return 0;
    }
    nn_bit_reader bits = {slice.data, 0, (uint64_t)slice.size * 8};
    for (; count < COUNT && nn_number_read(&bits, &decoder, &got); count++) {
        assert_int_equal(got, numbers[count]);
        assert_true(bits.bit <= bits.end);
    }
    return count;
}

static void count_classes(nn_number_counts *counts, const uint32_t *numbers)
{
    memset(counts, 0, sizeof *counts);
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t left = 0;
        counts->of[nn_number_class(numbers[i], &left)]++;
    }
}

static void test_classes(void **state)
{
    (void)state;
    uint32_t before = 0, left = 0;
    for (uint32_t i = 0; i < 1 << 20; i++) {
        uint32_t class = nn_number_class(i, &left);
        assert_true(class == before || class == before + 1);
        assert_true(i >= NN_NUMBER_WHOLE || class == i);
        before = class;
    }
    assert_int_equal(nn_number_class(UINT32_MAX, &left), NN_NUMBER_CLASSES - 1);
    assert_int_equal(left, NN_NUMBER_BITS_MAX - NN_NUMBER_CODE_MAX);
}

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(57));
    for (uint32_t round = 0; round < 2000; round++) {
        uint32_t numbers[COUNT], width = 1 + (uint32_t)test_prng_below(&prng, 32);
        nn_number_counts counts;
        size_t size = 0;
        for (uint32_t i = 0; i < COUNT; i++) {
            uint32_t bits = (uint32_t)test_prng_below(&prng, width + 1);
            numbers[i] = (uint32_t)(test_prng_next(&prng) & ((UINT64_C(1) << bits) - 1));
        }
        count_classes(&counts, numbers);
        uint8_t *bytes = encode(numbers, &counts, &size);
        assert_int_equal(decode(bytes, size, numbers), COUNT);
        size_t cut = (size_t)test_prng_below(&prng, size);
        assert_true(decode(bytes, cut, numbers) < COUNT);
        free(bytes);
    }
}

/** The deepest tree: each class as often as the two rarer ones together. */
static void test_deep(void **state)
{
    (void)state;
    uint32_t numbers[COUNT], low = 1, high = 1;
    nn_number_counts counts = {{0}};
    nn_number_encoder encoder;
    size_t size = 0;
    for (uint32_t i = 0; i < 44; i++) {
        uint32_t sum = low + high;
        counts.of[i] = low;
        low = high;
        high = sum;
    }
    nn_number_encoder_make(&encoder, &counts);
    for (uint32_t i = 0; i < 44; i++) {
        assert_in_range(encoder.widths[i], 1, NN_NUMBER_CODE_MAX);
        assert_true(i == 0 || encoder.widths[i] <= encoder.widths[i - 1]);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        numbers[i] = i % NN_NUMBER_WHOLE;
    }
    uint8_t *bytes = encode(numbers, &counts, &size);
    assert_int_equal(decode(bytes, size, numbers), COUNT);
    free(bytes);
}

/** No code is longer than it has to be: as short as that of as many classes, each once. */
static void test_even(void **state)
{
    (void)state;
    nn_number_counts counts = {{0}};
    nn_number_encoder encoder;
    for (uint32_t used = 1; used <= NN_NUMBER_CLASSES; used++) {
        uint32_t width = nn_bit_width32(used - 1);
        counts.of[used - 1] = 7;
        nn_number_encoder_make(&encoder, &counts);
        for (uint32_t i = 0; i < used; i++) {
            assert_true(encoder.widths[i] == width || encoder.widths[i] + 1U == width ||
                        (used == 1 && encoder.widths[i] == 1));
        }
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const uint8_t many[] = {3, 0x11, 0x01}, large[] = {125, 0}, short_table[] = {9, 0x11};
    nn_number_decoder decoder;
    nn_slice slice = nn_slice_of(many, sizeof many);
    assert_false(nn_number_decoder_read(&decoder, &slice)); /* three codes of one bit */
    slice = nn_slice_of(large, sizeof large);
    assert_false(nn_number_decoder_read(&decoder, &slice));
    slice = nn_slice_of(short_table, sizeof short_table);
    assert_false(nn_number_decoder_read(&decoder, &slice));
}

/** Whatever bytes, a number that is read is one of the table's classes and took its bits. */
static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(58));
    for (uint32_t round = 0; round < 20000; round++) {
        uint8_t bytes[96];
        nn_slice slice = nn_slice_of(bytes, sizeof bytes - 8);
        nn_number_decoder decoder;
        uint32_t number = 0;
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (uint8_t)(test_prng_next(&prng) | (i > 0 && i < 8 ? 0x22 : 0));
        }
        bytes[0] = (uint8_t)test_prng_below(&prng, 20);
        if (!nn_number_decoder_read(&decoder, &slice)) {
            continue;
        }
        nn_bit_reader bits = {slice.data, 0, (uint64_t)slice.size * 8};
        for (uint64_t before = 0; nn_number_read(&bits, &decoder, &number); before = bits.bit) {
            uint32_t left = 0;
            assert_true(nn_number_class(number, &left) < bytes[0]);
            assert_true(bits.bit > before && bits.bit <= bits.end);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes), cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_deep),    cmocka_unit_test(test_even),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
