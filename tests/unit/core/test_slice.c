/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/slice.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void reads_little_endian(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {1, 2, 1, 4, 3, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1};
    nn_slice slice = nn_slice_of(bytes, sizeof bytes);
    assert_int_equal(nn_slice_u8(&slice), 1);
    assert_int_equal(nn_slice_u16(&slice), 0x0102);
    assert_int_equal(nn_slice_u32(&slice), 0x01020304);
    assert_true(nn_slice_u64(&slice) == 0x0102030405060708);
    assert_int_equal(slice.size, 0);
    assert_false(slice.failed);
    assert_int_equal(nn_slice_u8(&slice), 0);
    assert_true(slice.failed);
}

static void a_failure_stays(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {1, 2, 3};
    nn_slice slice = nn_slice_of(bytes, sizeof bytes);
    assert_int_equal(nn_slice_u32(&slice), 0);
    assert_true(slice.failed);
    assert_int_equal(slice.size, 0);
    assert_int_equal(nn_slice_u8(&slice), 0);
    assert_null(nn_slice_bytes(&slice, 0));
    assert_null(nn_slice_str(&slice).data);
    assert_true(nn_slice_varint(&slice) == 0);
}

static void nothing_is_a_slice_too(void **state)
{
    (void)state;
    nn_slice slice = nn_slice_of(NULL, 0);
    assert_non_null(nn_slice_bytes(&slice, 0));
    assert_false(slice.failed);
    assert_int_equal(nn_slice_u8(&slice), 0);
    assert_true(slice.failed);
}

static void varint_case(const char *bytes, size_t size, bool good, uint64_t value)
{
    nn_slice slice = nn_slice_of(bytes, size);
    assert_true(nn_slice_varint(&slice) == (good ? value : 0));
    assert_int_equal(slice.failed, !good);
}

static void varints_have_one_form(void **state)
{
    (void)state;
    varint_case("\x00", 1, true, 0);
    varint_case("\x7F", 1, true, 127);
    varint_case("\x80\x01", 2, true, 128);
    varint_case("\x80", 1, false, 0);         /* cut */
    varint_case("\x80\x00", 2, false, 0);     /* overlong */
    varint_case("\xFF\x80\x00", 3, false, 0); /* overlong */
    varint_case("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10, true, UINT64_MAX);
    varint_case("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10, false, 0); /* bit 64 */
    varint_case("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x81\x00", 11, false, 0);
    varint_case("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 11, false, 0);
}

static void strings_stay_inside(void **state)
{
    (void)state;
    nn_slice slice = nn_slice_of("\x03"
                                 "abc"
                                 "\x00"
                                 "\x05"
                                 "abc",
                                 9);
    nuncio_str text = nn_slice_str(&slice);
    assert_int_equal(text.size, 3);
    assert_memory_equal(text.data, "abc", 3);
    text = nn_slice_str(&slice);
    assert_non_null(text.data);
    assert_int_equal(text.size, 0);
    text = nn_slice_str(&slice);
    assert_null(text.data);
    assert_int_equal(text.size, 0);
    assert_true(slice.failed);
    slice = nn_slice_of("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01x", 11);
    assert_null(nn_slice_str(&slice).data);
}

/** Random reads of random bytes, which lie in a block of exactly their size, so that the sanitizers
 * see each byte too many; a model counts what must be left. */
static void hostile_bytes_stay_inside(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(2));
    for (uint32_t round = 0; round < 20000; round++) {
        size_t size = test_prng_below(&prng, 40);
        uint8_t *bytes = malloc(size == 0 ? 1 : size);
        test_prng_bytes(&prng, bytes, size);
        nn_slice slice = nn_slice_of(bytes, size);
        while (!slice.failed) {
            size_t before = slice.size, wanted = 0;
            switch (test_prng_below(&prng, 7)) {
            case 0:
                wanted = 1;
                assert_int_equal(nn_slice_u8(&slice), before == 0 ? 0 : bytes[size - before]);
                break;
            case 1:
                wanted = 2;
                nn_slice_u16(&slice);
                break;
            case 2:
                wanted = 4;
                nn_slice_u32(&slice);
                break;
            case 3:
                wanted = 8;
                nn_slice_u64(&slice);
                break;
            case 4:
                wanted = test_prng_below(&prng, 20);
                assert_int_equal(nn_slice_bytes(&slice, wanted) == NULL, wanted > before);
                break;
            case 5:
                nn_slice_varint(&slice);
                wanted = slice.failed ? before + 1 : before - slice.size;
                break;
            default: {
                nuncio_str text = nn_slice_str(&slice);
                assert_true(slice.failed || text.data + text.size <= (char *)bytes + size);
                wanted = slice.failed ? before + 1 : before - slice.size;
            }
            }
            assert_int_equal(slice.failed, wanted > before);
            assert_int_equal(slice.size, slice.failed ? 0 : before - wanted);
        }
        free(bytes);
    }
}

static void bits_are_counted(void **state)
{
    (void)state;
    assert_int_equal(nn_bit_width64(0), 0);
    for (uint32_t bit = 0; bit < 64; bit++) {
        uint64_t x = (uint64_t)1 << bit;
        assert_int_equal(nn_bit_width64(x), bit + 1);
        assert_int_equal(nn_ctz64(x), bit);
        assert_int_equal(nn_popcount64(x - 1), bit);
    }
    uint8_t bytes[8];
    nn_store_u64(bytes, 0xF1E2D3C4B5A69788);
    assert_true(nn_load_u64(bytes) == 0xF1E2D3C4B5A69788);
    assert_int_equal(nn_load_u32(bytes), 0xB5A69788);
    assert_int_equal(nn_load_u16(bytes), 0x9788);
    assert_int_equal(bytes[7], 0xF1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_little_endian),    cmocka_unit_test(a_failure_stays),
        cmocka_unit_test(nothing_is_a_slice_too), cmocka_unit_test(varints_have_one_form),
        cmocka_unit_test(strings_stay_inside),    cmocka_unit_test(hostile_bytes_stay_inside),
        cmocka_unit_test(bits_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
