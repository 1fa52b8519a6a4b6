/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the places of 1 bits are those of a plain loop, the same on every processor; strings with
 * too few, or with one too many in their last byte, are refused; nothing behind 8 bytes is read.
 * Method: random strings of every density in heap blocks of their size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/codes/ones.h"
#include "support/prng.h"

#include <stdlib.h>

enum { COUNT_MAX = 128 };

/** The definition, bit by bit. */
static const uint8_t *find_plainly(const uint8_t *from, const uint8_t *end, uint32_t count,
                                   uint16_t *places)
{
    uint32_t found = 0;
    for (size_t byte = 0; byte < (size_t)(end - from) && byte < NN_ONES_BYTES_MAX; byte++) {
        for (uint32_t bit = 0; bit < 8; bit++) {
            if ((from[byte] >> bit & 1) != 0 && found++ < count) {
                places[found - 1] = (uint16_t)(byte * 8 + bit);
            }
        }
        if (found >= count) {
            return found == count ? from + byte + 1 : NULL;
        }
    }
    return NULL;
}

static void test_places(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(27));
    uint32_t found = 0, refused = 0;
    for (uint32_t round = 0; round < 20000; round++) {
        size_t size = (size_t)test_prng_below(&prng, round % 10 == 0 ? 700 : 60);
        uint32_t count = 1 + (uint32_t)test_prng_below(&prng, COUNT_MAX);
        uint32_t zeros = (uint32_t)test_prng_below(&prng, 100);
        uint16_t wanted[COUNT_MAX], got[COUNT_MAX + NN_ONES_ROOM], plain[COUNT_MAX + NN_ONES_ROOM];
        uint8_t *bytes = malloc(size + 8);
        assert_non_null(bytes);
        test_prng_bytes(&prng, bytes, size + 8);
        for (size_t i = 0; i < size; i++) {
            bytes[i] = test_prng_chance(&prng, zeros) ? 0 : bytes[i];
        }
        const uint8_t *end = bytes + size, *rest = find_plainly(bytes, end, count, wanted);
        assert_ptr_equal(nn_ones_find(bytes, end, count, got), rest);
        assert_ptr_equal(nn_ones_find_portable(bytes, end, count, plain), rest);
        found += rest != NULL;
        refused += rest == NULL;
        for (uint32_t i = 0; rest != NULL && i < count; i++) {
            assert_int_equal(got[i], wanted[i]);
            assert_int_equal(plain[i], wanted[i]);
        }
        free(bytes);
    }
    assert_true(found > 1000 && refused > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
