/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "support/prng.h"
#include "text/utf8.h"

static nn_memory memory;

static void assert_repaired(const char *bytes, size_t size, const char *expected, size_t repairs)
{
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    /* A copy of exactly its size: a read past the end is seen by the address sanitizer. */
    char *copy = malloc(size + (size == 0));
    memcpy(copy, bytes, size);
    assert_int_equal(nn_utf8_repair(nn_str(copy, size), &out), repairs);
    assert_int_equal(out.size, strlen(expected));
    assert_memory_equal(nn_buffer_str(&out).data, expected, out.size);
    assert_int_equal(nn_utf8_is_clean(nn_str(copy, size)), repairs == 0);
    assert_true(nn_utf8_is_clean(nn_buffer_str(&out)));
    free(copy);
    nn_buffer_deinit(&out);
}

#define FFFD "\xef\xbf\xbd"

static void test_repair(void **state)
{
    (void)state;
    assert_repaired("", 0, "", 0);
    assert_repaired("plain", 5, "plain", 0);
    assert_repaired("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9,
                    "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 0);
    assert_repaired("a\0b", 3, "a" FFFD "b", 1);
    assert_repaired("a\x80", 2, "a" FFFD, 1);
    /* A sequence cut short is one replacement, its rest starts anew. */
    assert_repaired("\xe2\x82", 2, FFFD, 1);
    assert_repaired("\xe2\x82z", 3, FFFD "z", 1);
    assert_repaired("\xf0\x9f\x98", 3, FFFD, 1);
    /* Overlong, surrogate, above U+10FFFF: each byte by itself. */
    assert_repaired("\xc0\xaf", 2, FFFD FFFD, 2);
    assert_repaired("\xed\xa0\x80", 3, FFFD FFFD FFFD, 3);
    assert_repaired("\xf4\x90\x80\x80", 4, FFFD FFFD FFFD FFFD, 4);
    assert_repaired("long enough to be skipped\xff", 26, "long enough to be skipped" FFFD, 1);
}

static void test_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10ffff; c++) {
        char bytes[4];
        uint32_t size, read;
        if (c >= 0xd800 && c <= 0xdfff) {
            continue;
        }
        size = nn_utf8_encode(c, bytes);
        assert_int_equal(nn_utf8_decode(bytes, bytes + size, &read), c);
        assert_int_equal(read, size);
        assert_true(nn_utf8_is_clean(nn_str(bytes, size)));
    }
}

static void test_random_bytes(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(1));
    for (int round = 0; round < 20000; round++) {
        size_t size = (size_t)test_prng_below(&prng, 24);
        char *bytes = malloc(size + (size == 0));
        test_prng_bytes(&prng, bytes, size);
        nn_buffer out;
        nn_buffer_init(&out, &memory);
        size_t repairs = nn_utf8_repair(nn_str(bytes, size), &out);
        assert_true(nn_utf8_is_clean(nn_buffer_str(&out)));
        assert_int_equal(repairs == 0, nn_utf8_is_clean(nn_str(bytes, size)));
        nn_buffer_deinit(&out);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repair),
        cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_random_bytes),
    };
    nn_memory_init(&memory, NULL, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
