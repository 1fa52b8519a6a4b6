/* SPDX-License-Identifier: Apache-2.0 */
#include "core/huge_pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { SMALL = 1000, EDGE = NN_HUGE_PAGE };

static const size_t MORE_THAN_THERE_IS = (size_t)1 << 47;

static uint8_t *allocate(size_t size)
{
    uint8_t *block = (uint8_t *)nn_huge_pages.alloc(NULL, size);
    assert_non_null(block);
    return block;
}

static void test_large_blocks_begin_at_a_boundary(void **state)
{
    (void)state;
    static const size_t sizes[] = {EDGE - 1, EDGE, EDGE + 1, 5 * (size_t)EDGE + 17};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint8_t *block = allocate(sizes[i]);
        memset(block, 1, sizes[i]);
#ifndef NN_SANITIZED
        assert_true(sizes[i] < EDGE || (uintptr_t)block % NN_HUGE_PAGE == 0);
#endif
        nn_huge_pages.release(NULL, block, sizes[i]);
    }
}

static void test_what_a_block_holds_survives_every_resize(void **state)
{
    (void)state;
    static const size_t sizes[] = {SMALL,    2 * SMALL,    EDGE,     EDGE + 5,  9 * (size_t)EDGE,
                                   EDGE * 3, EDGE * 3 - 9, EDGE - 1, EDGE + 99, SMALL};
    uint8_t *block = allocate(sizes[0]);
    for (size_t i = 0; i < SMALL; i++) {
        block[i] = (uint8_t)(i * 7);
    }
    for (size_t k = 1; k < sizeof sizes / sizeof *sizes; k++) {
        block = (uint8_t *)nn_huge_pages.resize(NULL, block, sizes[k - 1], sizes[k]);
        assert_non_null(block);
        for (size_t i = 0; i < SMALL; i++) {
            assert_int_equal(block[i], (uint8_t)(i * 7));
        }
        block[sizes[k] - 1] = (uint8_t)((sizes[k] - 1) * 7);
    }
    nn_huge_pages.release(NULL, block, SMALL);
}

/* In how many mappings of this process the bytes of a block lie. */
static uint32_t mappings_of(const uint8_t *block, size_t size)
{
    uint32_t count = 0;
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    assert_non_null(maps);
    while (fgets(line, sizeof line, maps) != NULL) {
        char *rest;
        uintptr_t first = strtoull(line, &rest, 16), end = strtoull(rest + 1, NULL, 16);
        count += end > (uintptr_t)block && first < (uintptr_t)block + size;
    }
    (void)fclose(maps);
    return count;
}

/** Not every Linux moves a block that lies in two mappings. */
static void test_a_block_that_grows_stays_one_mapping(void **state)
{
    (void)state;
#ifdef NN_SANITIZED
    skip(); /* blocks are malloc's */
#endif
    size_t size = EDGE;
    uint8_t *block = allocate(size);
    for (size_t pages = 2; pages < 20; pages++) {
        memset(block, 1, size);
        block = (uint8_t *)nn_huge_pages.resize(NULL, block, size, pages * EDGE);
        assert_non_null(block);
        assert_int_equal(block[size - 1], 1);
        size = pages * EDGE;
        assert_int_equal(mappings_of(block, size), 1);
    }
    nn_huge_pages.release(NULL, block, size);
}

static void test_what_is_not_there_is_refused(void **state)
{
    (void)state;
#ifdef NN_SANITIZED
    skip(); /* sanitizers end a program that asks for so much */
#endif
    static const size_t sizes[] = {SMALL, EDGE};
    assert_null(nn_huge_pages.alloc(NULL, MORE_THAN_THERE_IS));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint8_t *block = allocate(sizes[i]);
        block[sizes[i] - 1] = 42;
        assert_null(nn_huge_pages.resize(NULL, block, sizes[i], MORE_THAN_THERE_IS));
        assert_int_equal(block[sizes[i] - 1], 42);
        nn_huge_pages.release(NULL, block, sizes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_large_blocks_begin_at_a_boundary),
        cmocka_unit_test(test_what_a_block_holds_survives_every_resize),
        cmocka_unit_test(test_a_block_that_grows_stays_one_mapping),
        cmocka_unit_test(test_what_is_not_there_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
