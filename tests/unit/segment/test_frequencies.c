/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: frequencies survive in each of their forms; whatever the bytes, what comes out is 1 … 255.
 * Method: random blocks of which few, some or all postings repeat; every cut; random damage, read
 * by two kernels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/codes/rice.h"
#include "segment/terms/frequencies.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

static void draw(test_prng *prng, uint32_t *tfs, uint32_t count)
{
    uint32_t repeated = (uint32_t)test_prng_below(prng, 101);
    uint64_t spread = UINT64_C(1) << test_prng_below(prng, 8);
    for (uint32_t i = 0; i < count; i++) {
        tfs[i] = 1;
        if (test_prng_chance(prng, repeated)) {
            tfs[i] = 2 + (uint32_t)test_prng_below(prng, spread);
        }
        if (test_prng_chance(prng, 1)) {
            tfs[i] = 255;
        }
    }
}

static void test_round_trip_and_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(31));
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    uint32_t repeats = 0, rice = 0, packed = 0, refused = 0;
    for (uint32_t round = 0; round < 3000; round++) {
        uint32_t count = round % 2 == 0 ? 128 : 1 + (uint32_t)test_prng_below(&prng, 128);
        uint32_t tfs[128], back[128];
        draw(&prng, tfs, count);
        nn_buffer_clear(&buffer);
        nn_tfs_write(&buffer, tfs, count);
        uint8_t *bytes = calloc(buffer.size + 8, 1);
        assert_non_null(bytes);
        memcpy(bytes, buffer.data, buffer.size);
        const uint8_t *end = bytes + buffer.size;
        assert_ptr_equal(nn_tfs_read(bytes, end, count, back), end);
        assert_memory_equal(back, tfs, count * sizeof tfs[0]);
        assert_ptr_equal(nn_tfs_read_portable(bytes, end, count, back), end);
        assert_memory_equal(back, tfs, count * sizeof tfs[0]);
        repeats += bytes[0] >= NN_REPEATS_HEAD;
        rice += bytes[0] >= NN_RICE_HEAD && bytes[0] < 128;
        packed += bytes[0] < NN_RICE_HEAD || (bytes[0] >= 128 && bytes[0] < NN_REPEATS_HEAD);
        for (size_t cut = 0; cut < buffer.size; cut++) {
            assert_null(nn_tfs_read(bytes, bytes + cut, count, back));
        }
        for (uint32_t times = 0; times < 20; times++) {
            bytes[test_prng_below(&prng, buffer.size)] = (uint8_t)test_prng_next(&prng);
            const uint8_t *rest = nn_tfs_read(bytes, end, count, back);
            uint32_t portable[128];
            assert_ptr_equal(nn_tfs_read_portable(bytes, end, count, portable), rest);
            assert_true(rest == NULL || memcmp(back, portable, count * sizeof back[0]) == 0);
            refused += rest == NULL;
            for (uint32_t i = 0; rest != NULL && i < count; i++) {
                assert_in_range(back[i], 1, 255);
            }
        }
        free(bytes);
    }
    assert_true(repeats > 300 && rice > 300 && packed > 100 && refused > 1000);
    nn_buffer_deinit(&buffer);
}

/* A block of postings of frequency 1, which most are, is told by one byte. */
static void test_no_repeats(void **state)
{
    (void)state;
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    uint32_t tfs[128];
    for (uint32_t i = 0; i < 128; i++) {
        tfs[i] = 1;
    }
    nn_tfs_write(&buffer, tfs, 128);
    assert_int_equal(buffer.size, 1);
    assert_int_equal(buffer.data[0], NN_REPEATS_HEAD);
    nn_buffer_deinit(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip_and_damage),
        cmocka_unit_test(test_no_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
