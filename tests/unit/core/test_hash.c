/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hash.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Values of the reference implementation (its specification's sanity checks use other inputs): what
 * matters is that they never change, because they are written to files. */
static void values_are_pinned(void **state)
{
    (void)state;
    assert_true(nn_hash64("", 0, 0) == 0x2D06800538D394C2);
    assert_true(nn_hash64(NULL, 0, 0) == 0x2D06800538D394C2);
    nn_hash128 empty = nn_hash128_of(NULL, 0);
    assert_true(empty.low == 0x6001C324468D497F && empty.high == 0x99AA06D3014798D8);
    assert_true(nn_hash64("nuncio", 6, 0) != nn_hash64("nuncio", 6, 1));
}

/** Every length class of XXH3 (0, 1-3, 4-8, 9-16, 17-128, 129-240, more): one byte changes the
 * hash, and where the bytes lie does not. */
static void every_byte_counts(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 3, 4, 8, 9, 16, 17, 128, 129, 240, 241, 1024, 1025, 5000};
    uint8_t *room = malloc(5001);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t j = 0; j < 5001; j++) {
            room[j] = (uint8_t)(j * 7);
        }
        uint64_t hash = nn_hash64(room, sizes[i], 0);
        nn_hash128 wide = nn_hash128_of(room, sizes[i]);
        memmove(room + 1, room, sizes[i]);
        assert_true(nn_hash64(room + 1, sizes[i], 0) == hash);
        for (size_t j = 0; j < sizes[i]; j += sizes[i] / 3 + 1) {
            room[1 + j] ^= 1;
            nn_hash128 other = nn_hash128_of(room + 1, sizes[i]);
            assert_true(nn_hash64(room + 1, sizes[i], 0) != hash);
            assert_true(other.low != wide.low && other.high != wide.high);
            room[1 + j] ^= 1;
        }
    }
    free(room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_pinned),
        cmocka_unit_test(every_byte_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
