/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: what is no character becomes U+FFFD, as often as Unicode says, and nothing else changes.
 * Method: the examples of Unicode 15 table 3-8 and around, then random bytes against a decoder
 * written another way. */
#include "core/buffer.h"
#include "core/str.h"
#include "ingest/json.h"
#include "ingest/repair.h"

#include "support/prng.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define R "\xEF\xBF\xBD"

static void repairs(const char *bytes, size_t size, const char *expected, size_t replaced)
{
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    assert_int_equal(nn_repair_utf8(&buffer, nn_str(bytes, size)), replaced);
    assert_int_equal(buffer.size, strlen(expected));
    if (buffer.size > 0) {
        assert_memory_equal(buffer.data, expected, buffer.size);
    }
    nn_buffer_deinit(&buffer);
}

static void sequences(void **state)
{
    (void)state;
    repairs("", 0, "", 0);
    repairs("plain", 5, "plain", 0);
    repairs("\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 13,
            "\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 0);
    repairs("a\xFF"
            "b",
            3, "a" R "b", 1);
    repairs("\x80\xBF", 2, R R, 2);                                  /* continuations alone */
    repairs("\xC0\xAF", 2, R R, 2);                                  /* overlong "/" */
    repairs("\xE0\x9F\xBF", 3, R R R, 3);                            /* overlong, three bytes */
    repairs("\xED\xA0\x80", 3, R R R, 3);                            /* a surrogate */
    repairs("\xF4\x90\x80\x80", 4, R R R R, 4);                      /* above U+10FFFF */
    repairs("\xE2\x82", 2, R, 1);                                    /* cut short: one */
    repairs("\xF0\x9F\x98", 3, R, 1);                                /* cut short: one */
    repairs("\xE1\x80\xE2\xF0\x91\x92\xF1\xBFz", 9, R R R R "z", 4); /* table 3-11 */
    repairs("a\0b", 3, "a" R "b", 1);
}

/** Well-formed UTF-8 without NUL, decided by building every character anew. */
static bool is_good(const uint8_t *text, size_t size)
{
    size_t i = 0;
    while (i < size) {
        uint32_t lead = text[i], length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead == 0 || (lead >= 0x80 && lead < 0xC0) || lead >= 0xF8 || i + length > size) {
            return false;
        }
        uint32_t code = length == 1 ? lead : lead & (0x7Fu >> length);
        for (uint32_t k = 1; k < length; k++) {
            if ((text[i + k] & 0xC0) != 0x80) {
                return false;
            }
            code = (code << 6) | (text[i + k] & 0x3F);
        }
        static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
            return false;
        }
        i += length;
    }
    return true;
}

static void random_bytes(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(7));
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    static const uint8_t likely[] = {0x00, 0x20, 0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0,
                                     0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5};
    for (int round = 0; round < 200000; round++) {
        uint8_t bytes[12];
        size_t size = test_prng_below(&prng, sizeof bytes + 1);
        for (size_t i = 0; i < size; i++) {
            bytes[i] = likely[test_prng_below(&prng, sizeof likely)];
        }
        nn_buffer_clear(&buffer);
        size_t replaced = nn_repair_utf8(&buffer, nn_str((const char *)bytes, size));
        assert_true(is_good(buffer.data, buffer.size));
        assert_int_equal(replaced == 0, is_good(bytes, size));
        bool has_nul = size > 0 && memchr(bytes, 0, size) != NULL;
        if (!has_nul) {
            assert_int_equal(nn_utf8_is_valid((const char *)bytes, size), replaced == 0);
        }
    }
    nn_buffer_deinit(&buffer);
}

static void surrogates_become(const char *before, const char *after, size_t replaced)
{
    char text[80];
    strcpy(text, before);
    assert_int_equal(nn_repair_surrogates(text, strlen(text)), replaced);
    assert_string_equal(text, after);
}

static void surrogates(void **state)
{
    (void)state;
    surrogates_become("no escape", "no escape", 0);
    surrogates_become("\\ud83d\\ude00", "\\ud83d\\ude00", 0);
    surrogates_become("\\uD83D\\uDE00!", "\\uD83D\\uDE00!", 0);
    surrogates_become("\\ud83d", "\\uFFFD", 1);
    surrogates_become("\\ud83d\\u0041", "\\uFFFD\\u0041", 1);
    surrogates_become("\\ude00\\ud83d", "\\uFFFD\\uFFFD", 2);
    surrogates_become("\\ud83d\\ud83d\\ude00", "\\uFFFD\\ud83d\\ude00", 1);
    surrogates_become("\\\\ud83d", "\\\\ud83d", 0); /* an escaped backslash */
    surrogates_become("\\\\\\ud83d", "\\\\\\uFFFD", 1);
    surrogates_become("\\ud8", "\\ud8", 0); /* cut short: the parser's business */
    surrogates_become("\\ud8zz\\", "\\ud8zz\\", 0);
    surrogates_become("\\u00e9", "\\u00e9", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences),
        cmocka_unit_test(random_bytes),
        cmocka_unit_test(surrogates),
    };
    return cmocka_run_group_tests_name("ingest/repair", tests, NULL, NULL);
}
