/* SPDX-License-Identifier: Apache-2.0 */
#include "core/arena.h"
#include "core/str.h"
#include "support/failing_allocator.h"
#include "support/prng.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct fixture {
    test_allocator source;
    nn_memory memory;
    nn_arena arena;
} fixture;

static void start(fixture *f, uint64_t fail_at)
{
    test_allocator_init(&f->source, fail_at);
    nn_memory_init(&f->memory, &f->source.allocator, 0);
    nn_arena_init(&f->arena, &f->memory);
}

static void blocks_are_aligned_and_do_not_overlap(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    static uint8_t *blocks[COUNT];
    static size_t sizes[COUNT];
    test_prng prng = test_prng_of(test_seed(1));
    fixture f;
    start(&f, 0);
    for (size_t i = 0; i < COUNT; i++) {
        uint64_t kind = test_prng_below(&prng, 100);
        sizes[i] = kind < 90 ? test_prng_below(&prng, 100) : test_prng_below(&prng, 20000);
        blocks[i] = nn_arena_alloc(&f.arena, sizes[i]);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        if (sizes[i] > 0) {
            memset(blocks[i], (int)(i % 251), sizes[i]);
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t j = 0; j < sizes[i]; j++) {
            assert_int_equal(blocks[i][j], i % 251);
        }
    }
    nn_arena_clear(&f.arena);
    test_allocator_check(&f.source);
}

static void reset_leads_to_one_block_for_all(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    nn_arena_reset(&f.arena); /* of nothing */
    assert_non_null(nn_arena_alloc(&f.arena, 10));
    assert_non_null(nn_arena_alloc(&f.arena, 100000));
    assert_non_null(nn_arena_alloc(&f.arena, 5000));
    nn_arena_reset(&f.arena);
    assert_int_equal(atomic_load(&f.source.live_blocks), 0);
    assert_non_null(nn_arena_alloc(&f.arena, 10));
    uint64_t calls = atomic_load(&f.source.calls);
    for (int round = 0; round < 3; round++) {
        assert_non_null(nn_arena_alloc(&f.arena, 10));
        assert_non_null(nn_arena_alloc(&f.arena, 100000));
        assert_non_null(nn_arena_alloc(&f.arena, 5000));
        nn_arena_reset(&f.arena);
        assert_int_equal(atomic_load(&f.source.live_blocks), 1);
    }
    assert_int_equal(atomic_load(&f.source.calls), calls);
    nn_arena_clear(&f.arena);
    test_allocator_check(&f.source);
    assert_non_null(nn_arena_alloc(&f.arena, 1)); /* usable again */
    nn_arena_clear(&f.arena);
    test_allocator_check(&f.source);
}

static void large_requests_leave_the_head_in_use(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    uint8_t *a = nn_arena_alloc(&f.arena, 16);
    assert_non_null(nn_arena_alloc(&f.arena, 1 << 20));
    uint8_t *b = nn_arena_alloc(&f.arena, 16);
    assert_ptr_equal(a + 16, b);
    nn_arena_clear(&f.arena);
    test_allocator_check(&f.source);
}

static void arrays_are_zeroed_and_checked(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    memset(nn_arena_alloc(&f.arena, 2000), 0xFF, 2000);
    nn_arena_reset(&f.arena);
    uint8_t *array = nn_arena_array(&f.arena, 100, 20);
    for (size_t i = 0; i < 2000; i++) {
        assert_int_equal(array[i], 0);
    }
    assert_null(nn_arena_array(&f.arena, SIZE_MAX, 2));
    assert_null(nn_arena_alloc(&f.arena, SIZE_MAX));
    assert_null(nn_arena_alloc(&f.arena, SIZE_MAX - 16));
    nn_arena_clear(&f.arena);
    test_allocator_check(&f.source);
}

static void strings_are_copied_and_ended(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    nuncio_str copy = nn_arena_str(&f.arena, nn_str_of("Embassy"));
    assert_string_equal(copy.data, "Embassy");
    assert_int_equal(copy.size, 7);
    nuncio_str empty = nn_arena_str(&f.arena, nn_str("x", 0));
    assert_non_null(empty.data);
    assert_int_equal(empty.size, 0);
    assert_int_equal(empty.data[0], 0);
    assert_null(nn_arena_str(&f.arena, nn_str_of(NULL)).data);
    nn_arena_clear(&f.arena);
    test_allocator_check(&f.source);
}

static void refusals_leave_the_arena_usable(void **state)
{
    (void)state;
    for (uint64_t n = 1; n <= 4; n++) {
        fixture f;
        start(&f, n);
        size_t refused = 0;
        for (size_t i = 0; i < 100; i++) {
            nuncio_str s = nn_arena_str(&f.arena, nn_str_of("some name"));
            refused += nn_arena_alloc(&f.arena, 500) == NULL;
            refused += s.data == NULL;
        }
        assert_int_equal(refused, 1);
        nn_arena_clear(&f.arena);
        test_allocator_check(&f.source);
    }
}

static void what_is_kept_has_a_limit(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    for (uint32_t round = 0; round < 4; round++) { /* three blocks, one for all, the same again */
        uint64_t calls = atomic_load(&f.source.calls);
        for (uint32_t i = 0; i < 3; i++) {
            assert_non_null(nn_arena_alloc(&f.arena, 9000));
        }
        assert_int_equal(atomic_load(&f.source.calls) - calls, round == 0 ? 3 : round == 1 ? 1 : 0);
        nn_arena_keep(&f.arena, 1 << 16);
    }
    uint64_t kept = f.memory.used;
    assert_true(kept >= 27000);
    nn_arena_keep(&f.arena, kept);
    assert_int_equal(f.memory.used, kept);
    nn_arena_keep(&f.arena, kept - 1);
    assert_int_equal(f.memory.used, 0);
    nn_arena_keep(&f.arena, 0);
    test_allocator_check(&f.source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_and_do_not_overlap),
        cmocka_unit_test(reset_leads_to_one_block_for_all),
        cmocka_unit_test(large_requests_leave_the_head_in_use),
        cmocka_unit_test(arrays_are_zeroed_and_checked),
        cmocka_unit_test(strings_are_copied_and_ended),
        cmocka_unit_test(refusals_leave_the_arena_usable),
        cmocka_unit_test(what_is_kept_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
