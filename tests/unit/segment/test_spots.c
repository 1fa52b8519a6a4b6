/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the places of several postings of a block, read at once, are those that were written, as
 * every processor reads them and as the fastest does; bytes that lie give the same answer from
 * both. Method: random blocks over all lengths and frequencies, random choices of their postings,
 * in several goes; damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/files/format.h"
#include "segment/terms/spots.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 128, PASSAGES = 1000, ROOM = BLOCK * NN_POSITIONS_MAX + NN_SPOTS_STEP };

typedef struct block {
    uint32_t count, docs[BLOCK], tfs[BLOCK];
    uint8_t places[BLOCK * NN_POSITIONS_MAX];
    uint32_t starts[BLOCK]; /* of each posting's places */
    uint8_t written[BLOCK]; /* lengths */
    uint32_t layout[BLOCK + 1 + NN_SPOTS_STEP];
    uint8_t *bytes; /* the area, with room to read before and behind it */
    size_t size;
} block;

static uint8_t lengths[PASSAGES + 3];
static block made;

static void draw(test_prng *prng)
{
    uint32_t many = (uint32_t)test_prng_below(prng, 101), doc = 0, filled = 0;
    uint32_t longest = test_prng_chance(prng, 50) ? 255 : 40;
    made.count = 1 + (uint32_t)test_prng_below(prng, BLOCK);
    for (uint32_t i = 0; i < made.count; i++) {
        uint32_t length = 1 + (uint32_t)test_prng_below(prng, longest);
        uint32_t most = test_prng_chance(prng, 80) && length > 12 ? 12 : length;
        uint32_t tf = test_prng_chance(prng, many) ? 1 + (uint32_t)test_prng_below(prng, most) : 1;
        doc += 1 + (uint32_t)test_prng_below(prng, 5);
        made.docs[i] = doc;
        made.tfs[i] = tf;
        made.written[i] = lengths[doc] = (uint8_t)length;
        made.starts[i] = filled;
        for (uint32_t at = 0, left = tf; left > 0; at++) { /* choose tf of length, evenly */
            if (test_prng_below(prng, length - at) < left) {
                made.places[filled++] = (uint8_t)at;
                left--;
            }
        }
    }
}

static void write_area(void)
{
    nn_memory memory;
    nn_positions_writer writer;
    nn_buffer out;
    nn_memory_init(&memory, NULL, 0);
    nn_positions_writer_init(&writer, &memory);
    nn_buffer_init(&out, &memory);
    assert_int_equal(
        nn_positions_write(&writer, &out, made.written, made.tfs, made.places, made.count, NULL),
        NUNCIO_OK);
    made.size = out.size;
    made.bytes = calloc(out.size + 16, 1);
    assert_non_null(made.bytes);
    if (out.size > 0) {
        memcpy(made.bytes + 8, out.data, out.size);
    }
    nn_buffer_deinit(&out);
    nn_positions_writer_deinit(&writer);
}

static void check_layout(void)
{
    uint32_t plain[BLOCK + 1 + NN_SPOTS_STEP], fixed = 0, ones = 0;
    plain[0] = made.layout[0] = 0;
    nn_layout_extend_portable(plain, 0, made.count, lengths, made.docs, made.tfs);
    for (uint32_t from = 0; from < made.count; from += 3 * NN_SPOTS_STEP) {
        uint32_t to = from + 3 * NN_SPOTS_STEP < made.count ? from + 3 * NN_SPOTS_STEP : made.count;
        nn_layout_extend(made.layout, from, to, lengths, made.docs, made.tfs);
    }
    for (uint32_t i = 0; i < made.count; i++) {
        assert_int_equal(NN_LAYOUT_FIXED(made.layout[i]), fixed);
        assert_int_equal(NN_LAYOUT_ONES(made.layout[i]), ones);
        fixed += nn_fixed_bits(made.written[i], made.tfs[i]);
        ones += made.tfs[i] == 1 ? 0 : made.tfs[i];
    }
    assert_memory_equal(plain, made.layout, (made.count + 1) * sizeof *plain);
}

/* Some of the postings from `from` on; the numbers of their passages are those in the block. */
static nn_spot_block ask(test_prng *prng, uint32_t from, uint32_t share, uint8_t *places)
{
    nn_spot_block asked = {
        lengths, made.docs, made.tfs, made.layout,
        places,  places,    0,        {made.bytes + 8, made.bytes + 8 + made.size, 0, 0},
        0};
    uint32_t to = from + 1 + (uint32_t)test_prng_below(prng, BLOCK);
    for (uint32_t i = from; i < made.count && i < to; i++) {
        places[asked.count] = (uint8_t)i;
        asked.count += test_prng_chance(prng, share);
    }
    return asked;
}

static int ascending(const void *a, const void *b)
{
    return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

static void check_keys(const nn_spot_block *asked, uint16_t *keys, uint32_t count)
{
    uint32_t at = 0;
    qsort(keys, count, sizeof *keys, ascending);
    for (uint32_t k = 0; k < asked->count; k++) {
        uint32_t i = asked->places[k];
        for (uint32_t p = 0; p < made.tfs[i]; p++) {
            assert_true(at < count);
            assert_int_equal(keys[at++], i * NN_KEY_PASSAGE + made.places[made.starts[i] + p]);
        }
    }
    assert_int_equal(at, count);
}

static uint16_t keys[ROOM], plain_keys[ROOM];

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(91));
    for (uint32_t round = 0; round < 1500; round++) {
        draw(&prng);
        write_area();
        check_layout();
        nn_spot_block before = {.next = 0}, plain_before = before;
        uint32_t share = 1 + (uint32_t)test_prng_below(&prng, 100);
        for (uint32_t from = 0; from < made.count;) { /* goes on where it stopped */
            uint8_t places[BLOCK + NN_SPOTS_STEP] = {0};
            nn_spot_block asked = ask(&prng, from, share, places), plain = asked;
            uint32_t count, plain_count;
            asked.area.unary = before.area.unary;
            asked.next = before.next;
            plain.area.unary = plain_before.area.unary;
            plain.next = plain_before.next;
            assert_true(nn_spots_read(&asked, keys, &count));
            assert_true(nn_spots_read_portable(&plain, plain_keys, &plain_count));
            check_keys(&asked, keys, count);
            check_keys(&plain, plain_keys, plain_count);
            assert_int_equal(asked.next, plain.next);
            assert_int_equal(asked.area.unary, plain.area.unary);
            from = asked.count > 0 ? places[asked.count - 1] + 1U : from + 1;
            before = asked;
            plain_before = plain;
        }
        free(made.bytes);
    }
}

static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(92));
    uint32_t refused = 0;
    for (uint32_t round = 0; round < 3000; round++) {
        uint8_t places[BLOCK + NN_SPOTS_STEP] = {0};
        draw(&prng);
        write_area();
        check_layout();
        for (uint32_t times = 0; times < 5 && made.size > 0; times++) {
            size_t at = test_prng_chance(&prng, 50) ? 0 : test_prng_below(&prng, made.size);
            made.bytes[8 + at] = (uint8_t)test_prng_next(&prng);
        }
        made.size -= test_prng_chance(&prng, 20) ? made.size / 3 : 0;
        nn_spot_block asked = ask(&prng, 0, 70, places), plain = asked;
        uint32_t count = 0, plain_count = 0;
        bool read = nn_spots_read(&asked, keys, &count);
        assert_int_equal(read, nn_spots_read_portable(&plain, plain_keys, &plain_count));
        refused += !read;
        if (read) {
            assert_int_equal(count, plain_count);
            qsort(keys, count, sizeof *keys, ascending);
            qsort(plain_keys, count, sizeof *keys, ascending);
            assert_memory_equal(keys, plain_keys, count * sizeof *keys);
        }
        free(made.bytes);
    }
    print_message("areas that lie: %u refused\n", refused);
    assert_true(refused > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
