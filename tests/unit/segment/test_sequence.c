/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: any numbers below 2^56 come back by index; even ones are small; damage is refused or gives
 * some number. Method: rising, falling, constant, random and extreme rows through a real frame. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/codes/sequence.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

static nn_memory memory;

static uint64_t of_u64(void *context, uint64_t index)
{
    return ((uint64_t *)context)[index];
}

/** A frame that lies in memory, all pages verified, around the bytes of one region. */
typedef struct fake {
    nn_frame frame;
    uint8_t *bytes;
    atomic_uint_least64_t verified[64];
} fake;

static void fake_open(fake *made, const void *bytes, size_t size)
{
    memset(made, 0, sizeof *made);
    made->bytes = calloc(NN_HEADER_SIZE + size + 64, 1);
    assert_non_null(made->bytes);
    if (size > 0) {
        memcpy(made->bytes + NN_HEADER_SIZE, bytes, size);
    }
    made->frame.map.data = made->bytes;
    made->frame.map.size = NN_HEADER_SIZE + size + 64;
    made->frame.verified = made->verified;
    for (size_t i = 0; i < 64; i++) {
        made->verified[i] = UINT64_MAX;
    }
    made->frame.regions[NN_REGION_RANKS] = (nn_region){NN_HEADER_SIZE, size};
}

static size_t check(const uint64_t *numbers, uint64_t count)
{
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    uint64_t *copy = malloc((count + 1) * sizeof *copy);
    assert_non_null(copy);
    memcpy(copy, numbers, count * sizeof *copy);
    assert_int_equal(nn_sequence_write(&out, of_u64, copy, count, NULL), NUNCIO_OK);
    fake made;
    nn_sequence sequence;
    fake_open(&made, out.data, out.size);
    assert_int_equal(nn_sequence_open(&sequence, &made.frame, NN_REGION_RANKS, count, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_sequence_check(&sequence, NULL), NUNCIO_OK);
    nn_sequence_cursor near, far; /* within a block; from block to block */
    nn_sequence_cursor_init(&near, &sequence);
    nn_sequence_cursor_init(&far, &sequence);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t got = 0;
        assert_int_equal(nn_sequence_get(&sequence, i, &got, NULL), NUNCIO_OK);
        assert_true(got == numbers[i]);
        assert_true(nn_sequence_at(&sequence, i) == numbers[i]);
        nn_sequence_fetch(&sequence, i);
        assert_true(nn_sequence_peek(&sequence, i) == numbers[i]);
        assert_int_equal(nn_sequence_cursor_get(&near, i, &got, NULL), NUNCIO_OK);
        assert_true(got == numbers[i]);
        uint64_t jump = i * 151 % count;
        assert_int_equal(nn_sequence_cursor_get(&far, jump, &got, NULL), NUNCIO_OK);
        assert_true(got == numbers[jump]);
    }
    for (uint64_t block = 0; block * NN_SEQUENCE_BLOCK < count; block++) {
        uint64_t low = 0, high = 0, read[NN_SEQUENCE_BLOCK];
        uint32_t here = 0;
        assert_int_equal(nn_sequence_range(&sequence, block, &low, &high, NULL), NUNCIO_OK);
        assert_int_equal(nn_sequence_read(&sequence, block, read, &here, NULL), NUNCIO_OK);
        assert_true(here == NN_SEQUENCE_BLOCK || block * NN_SEQUENCE_BLOCK + here == count);
        for (uint32_t i = 0; i < here; i++) {
            uint64_t number = numbers[block * NN_SEQUENCE_BLOCK + i];
            assert_true(read[i] == number);
            assert_true(low <= number && number <= high);
        }
    }
    size_t size = out.size;
    free(made.bytes);
    free(copy);
    nn_buffer_deinit(&out);
    return size;
}

static void test_shapes(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(35));
    static uint64_t numbers[1000];
    assert_int_equal(check(numbers, 0), 0);
    for (uint32_t round = 0; round < 300; round++) {
        uint64_t count = 1 + test_prng_below(&prng, 1000), sum = test_prng_below(&prng, 1 << 30);
        uint32_t width = (uint32_t)test_prng_below(&prng, 57);
        for (uint64_t i = 0; i < count; i++) {
            uint64_t random = test_prng_next(&prng) & ((UINT64_C(1) << width) - 1);
            sum += random & 0xFFFFF;
            numbers[i] = round % 4 == 0   ? random
                         : round % 4 == 1 ? sum
                         : round % 4 == 2 ? width
                                          : count - i;
        }
        (void)check(numbers, count);
    }
    for (uint64_t i = 0; i < 1000; i++) { /* the widest jumps there can be */
        numbers[i] = i % 2 == 0 ? 0 : NN_SEQUENCE_VALUE_MAX;
    }
    (void)check(numbers, 1000);
}

static void test_even_growth_is_small(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(36));
    static uint64_t numbers[1000];
    for (uint64_t i = 0; i < 1000; i++) {
        numbers[i] = i * 700;
    }
    assert_in_range(check(numbers, 1000), 1, 8 * NN_SEQUENCE_HEADER_SIZE + 1000 / 8 * 2);
    for (uint64_t i = 1; i < 1000; i++) {
        numbers[i] = numbers[i - 1] + 600 + test_prng_below(&prng, 200);
    }
    assert_in_range(check(numbers, 1000), 1, 1000 * 13 / 8);
}

static void test_sums(void **state)
{
    (void)state;
    const uint32_t sizes[] = {5, 0, 7};
    nn_running_sum sum = {sizes, 0};
    const uint64_t expected[] = {0, 5, 5, 12};
    for (uint64_t i = 0; i < 4; i++) {
        assert_true(nn_sequence_of_sums(&sum, i) == expected[i]);
    }
}

static void test_too_large(void **state)
{
    (void)state;
    uint64_t number = NN_SEQUENCE_VALUE_MAX + 1;
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    assert_int_equal(nn_sequence_write(&out, of_u64, &number, 1, NULL), NUNCIO_ERR_LIMIT);
    nn_buffer_deinit(&out);
}

static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(37));
    uint32_t refused = 0, read = 0;
    for (uint32_t round = 0; round < 5000; round++) {
        uint8_t bytes[300];
        size_t size = (size_t)test_prng_below(&prng, sizeof bytes);
        uint64_t count = test_prng_below(&prng, 600), number = 0;
        test_prng_bytes(&prng, bytes, sizeof bytes);
        for (size_t at = 0; at < sizeof bytes; at++) { /* plausible widths and offsets */
            bytes[at] = at % 16 == 7 ? bytes[at] % 9 : at % 16 > 12 ? 0 : bytes[at];
        }
        fake made;
        nn_sequence sequence;
        fake_open(&made, bytes, size);
        if (nn_sequence_open(&sequence, &made.frame, NN_REGION_RANKS, count, NULL) == NUNCIO_OK) {
            bool whole = nn_sequence_check(&sequence, NULL) == NUNCIO_OK;
            for (uint64_t i = 0; i < count; i++) {
                bool got = nn_sequence_get(&sequence, i, &number, NULL) == NUNCIO_OK;
                assert_true(got || !whole);
                read += got;
                refused += !got;
            }
        }
        free(made.bytes);
    }
    assert_true(refused > 1000 && read > 1000);
}

int main(void)
{
    nn_memory_init(&memory, NULL, 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes), cmocka_unit_test(test_even_growth_is_small),
        cmocka_unit_test(test_sums),   cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
