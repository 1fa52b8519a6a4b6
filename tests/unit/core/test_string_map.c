/* SPDX-License-Identifier: Apache-2.0 */
#include "core/str.h"
#include "core/string_map.h"
#include "support/failing_allocator.h"
#include "support/prng.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct fixture {
    test_allocator source;
    nn_memory memory;
    nn_string_map *map;
} fixture;

static void start(fixture *f)
{
    test_allocator_init(&f->source, 0);
    nn_memory_init(&f->memory, &f->source.allocator, 0);
    assert_int_equal(nn_string_map_create(&f->memory, &f->map, NULL), NUNCIO_OK);
}

static void finish(fixture *f)
{
    nn_string_map_destroy(f->map);
    test_allocator_check(&f->source);
}

static uint32_t add(nn_string_map *map, nuncio_str key, bool *added)
{
    uint32_t number = 0;
    assert_int_equal(nn_string_map_add(map, key, &number, added, NULL), NUNCIO_OK);
    return number;
}

static void numbers_count_up_and_stay(void **state)
{
    (void)state;
    fixture f;
    start(&f);
    bool added = false;
    assert_int_equal(nn_string_map_find(f.map, nn_str_of("a")), NN_STRING_MAP_NONE);
    assert_int_equal(add(f.map, nn_str_of("a"), &added), 0);
    assert_true(added);
    assert_int_equal(add(f.map, nn_str_of(""), &added), 1);
    assert_int_equal(add(f.map, nn_str("a\0", 2), NULL), 2);
    assert_int_equal(add(f.map, nn_str_of("a"), &added), 0);
    assert_false(added);
    assert_int_equal(add(f.map, nn_str_of(NULL), &added), 1); /* absent is the empty key */
    assert_false(added);
    assert_int_equal(nn_string_map_count(f.map), 3);
    assert_int_equal(nn_string_map_key(f.map, 2).size, 2);
    nn_string_map_destroy(NULL);
    finish(&f);
}

/** Against a list that is searched from start to end; keys are copied out of a buffer that changes.
 */
static void agrees_with_a_list(void **state)
{
    (void)state;
    enum { KEYS_MAX = 1500 };
    static char list[KEYS_MAX][8];
    test_prng prng = test_prng_of(test_seed(3));
    fixture f;
    start(&f);
    for (uint32_t round = 0; round < 3; round++) {
        uint32_t count = 0;
        for (uint32_t step = 0; step < 6000 && count < KEYS_MAX; step++) {
            char key[8];
            size_t size = test_prng_below(&prng, 5);
            for (size_t i = 0; i < size; i++) {
                key[i] = (char)('a' + test_prng_below(&prng, 6));
            }
            key[size] = '\0';
            uint32_t expected = 0;
            while (expected < count && strcmp(list[expected], key) != 0) {
                expected++;
            }
            uint32_t found = nn_string_map_find(f.map, nn_str(key, size));
            assert_int_equal(found, expected == count ? NN_STRING_MAP_NONE : expected);
            if (test_prng_chance(&prng, 60)) {
                bool added = false;
                assert_int_equal(add(f.map, nn_str(key, size), &added), expected);
                assert_int_equal(added, expected == count);
                if (added) {
                    strcpy(list[count++], key);
                }
            }
        }
        assert_int_equal(nn_string_map_count(f.map), count);
        for (uint32_t i = 0; i < count; i++) {
            assert_true(nn_str_equal(nn_string_map_key(f.map, i), nn_str_of(list[i])));
        }
        nn_string_map_clear(f.map);
        assert_int_equal(nn_string_map_count(f.map), 0);
        assert_int_equal(nn_string_map_find(f.map, nn_str_of("a")), NN_STRING_MAP_NONE);
    }
    finish(&f);
}

/** 200 keys into a map of which the n-th allocation fails: the failed key is not there, all others
 * are. */
static void refusals_lose_nothing_else(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        test_allocator source;
        test_allocator_init(&source, n);
        nn_memory memory;
        nn_memory_init(&memory, &source.allocator, 0);
        nn_string_map *map = NULL;
        nuncio_error error = {0};
        if (nn_string_map_create(&memory, &map, &error) != NUNCIO_OK) {
            assert_null(map);
            assert_int_equal(error.status, NUNCIO_ERR_MEMORY);
            assert_int_equal(n, 1);
            test_allocator_check(&source);
            continue;
        }
        uint32_t refused = 0;
        for (uint32_t i = 0; i < 200; i++) {
            char key[100];
            int size = snprintf(key, sizeof key, "%090u", i);
            uint32_t number = 0;
            if (nn_string_map_add(map, nn_str(key, (size_t)size), &number, NULL, &error) !=
                NUNCIO_OK) {
                refused++;
                assert_int_equal(number, NN_STRING_MAP_NONE);
                assert_int_equal(nn_string_map_find(map, nn_str(key, (size_t)size)),
                                 NN_STRING_MAP_NONE);
            } else {
                assert_int_equal(number, i - refused);
                assert_int_equal(nn_string_map_find(map, nn_str(key, (size_t)size)), number);
            }
        }
        assert_int_equal(refused, atomic_load(&source.failed) ? 1 : 0);
        assert_int_equal(nn_string_map_count(map), 200 - refused);
        nn_string_map_destroy(map);
        test_allocator_check(&source);
        if (!atomic_load(&source.failed)) {
            assert_true(n > 8);
            return;
        }
    }
}

static void many_keys(void **state)
{
    (void)state;
    fixture f;
    start(&f);
    for (uint32_t i = 0; i < 200000; i++) {
        assert_int_equal(add(f.map, nn_str((const char *)&i, sizeof i), NULL), i);
    }
    for (uint32_t i = 0; i < 200000; i++) {
        assert_int_equal(nn_string_map_find(f.map, nn_str((const char *)&i, sizeof i)), i);
    }
    finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_count_up_and_stay),
        cmocka_unit_test(agrees_with_a_list),
        cmocka_unit_test(refusals_lose_nothing_else),
        cmocka_unit_test(many_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
