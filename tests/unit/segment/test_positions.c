/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the places of any posting of a block can be read without those before it.
 * Method: random blocks over all lengths and frequencies; each posting read in order and on its
 * own; damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/files/format.h"
#include "segment/terms/positions.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

typedef struct block {
    uint32_t count, tfs[128];
    uint8_t lengths[128];
    uint8_t places[128 * 255];
} block;

static void draw(test_prng *prng, block *made)
{
    uint8_t *place = made->places;
    uint32_t many = (uint32_t)test_prng_below(prng, 101);
    made->count = 1 + (uint32_t)test_prng_below(prng, 128);
    for (uint32_t i = 0; i < made->count; i++) {
        uint32_t length = 1 + (uint32_t)test_prng_below(prng, 255);
        uint32_t tf =
            test_prng_chance(prng, many) ? 1 + (uint32_t)test_prng_below(prng, length) : 1;
        made->lengths[i] = (uint8_t)length;
        made->tfs[i] = tf;
        for (uint32_t at = 0, left = tf; left > 0; at++) { /* choose tf of length, evenly */
            if (test_prng_below(prng, length - at) < left) {
                *place++ = (uint8_t)at;
                left--;
            }
        }
    }
}

/** The written area with room to read before and behind it. */
typedef struct area {
    uint8_t *bytes;
    const uint8_t *start, *end;
} area;

static area write_area(const block *from, nn_memory *memory)
{
    nn_positions_writer writer;
    nn_buffer out;
    nn_positions_writer_init(&writer, memory);
    nn_buffer_init(&out, memory);
    assert_int_equal(nn_positions_write(&writer, &out, from->lengths, from->tfs, from->places,
                                        from->count, NULL),
                     NUNCIO_OK);
    area made = {.bytes = calloc(out.size + 16, 1)};
    assert_non_null(made.bytes);
    if (out.size > 0) {
        memcpy(made.bytes + 8, out.data, out.size);
    }
    made.start = made.bytes + 8;
    made.end = made.start + out.size;
    nn_buffer_deinit(&out);
    nn_positions_writer_deinit(&writer);
    return made;
}

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(31));
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    static block made;
    for (uint32_t round = 0; round < 500; round++) {
        draw(&prng, &made);
        area written = write_area(&made, &memory);
        nn_positions_reader in_order = {written.start, written.end, 0, 0};
        const uint8_t *expected = made.places;
        for (uint32_t i = 0; i < made.count; i++) {
            uint32_t places[255], ones = 0;
            nn_positions_reader alone = {written.start, written.end, 0, 0};
            for (uint32_t before = 0; before < i; before++) {
                ones += nn_positions_pass(&alone, made.lengths[before], made.tfs[before]);
            }
            assert_true(nn_positions_pass_ones(&alone, ones));
            assert_true(nn_positions_read(&alone, made.lengths[i], made.tfs[i], places));
            for (uint32_t k = 0; k < made.tfs[i]; k++) {
                assert_int_equal(places[k], expected[k]);
            }
            assert_true(nn_positions_read(&in_order, made.lengths[i], made.tfs[i], places));
            assert_int_equal(in_order.fixed, alone.fixed);
            assert_int_equal(in_order.unary, alone.unary);
            expected += made.tfs[i];
        }
        /* The two streams fill the area but for less than a byte. */
        uint64_t bits = (uint64_t)in_order.fixed + in_order.unary;
        assert_int_equal((uint64_t)(written.end - written.start), (bits + 7) / 8);
        assert_false(nn_positions_pass_ones(&in_order, 100000));
        free(written.bytes);
    }
}

static void test_rice_width(void **state)
{
    (void)state;
    for (uint32_t length = 1; length <= 255; length++) {
        for (uint32_t tf = 2; tf <= length; tf++) {
            uint32_t width = 0; /* the definition in docs/format.md */
            while ((tf + 1) << (width + 1) <= length * 11 / 16) {
                width++;
            }
            assert_int_equal(nn_rice_width(length, tf), width);
            assert_int_equal(nn_fixed_bits(length, tf), tf * width); /* looked up where tf ≤ 8 */
        }
        assert_int_equal(nn_fixed_bits(length, 1), nn_place_width(length));
    }
    assert_int_equal(nn_place_width(1), 0);
    assert_int_equal(nn_place_width(2), 1);
    assert_int_equal(nn_place_width(128), 7);
    assert_int_equal(nn_place_width(129), 8);
}

static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(32));
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    uint32_t refused = 0;
    static block made;
    for (uint32_t round = 0; round < 2000; round++) {
        draw(&prng, &made);
        area written = write_area(&made, &memory);
        size_t size = (size_t)(written.end - written.start);
        for (uint32_t times = 0; times < 5 && size > 0; times++) {
            written.bytes[8 + test_prng_below(&prng, size)] = (uint8_t)test_prng_next(&prng);
        }
        nn_positions_reader reader = {written.start, written.end, 0, 0};
        bool read = true;
        for (uint32_t i = 0; i < made.count && read; i++) {
            uint32_t places[255];
            read = nn_positions_read(&reader, made.lengths[i], made.tfs[i], places);
            for (uint32_t k = 0; k < made.tfs[i] && read; k++) {
                assert_true(places[k] < made.lengths[i] && (k == 0 || places[k] > places[k - 1]));
            }
        }
        refused += !read;
        free(written.bytes);
    }
    assert_true(refused > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_rice_width),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
