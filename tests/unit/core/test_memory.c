/* SPDX-License-Identifier: Apache-2.0 */
#include "core/memory.h"
#include "support/failing_allocator.h"

#include <pthread.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void alloc_counts_what_is_used(void **state)
{
    (void)state;
    test_allocator source;
    test_allocator_init(&source, 0);
    nn_memory memory;
    nn_memory_init(&memory, &source.allocator, 0);
    assert_null(nn_alloc(&memory, 0));
    void *a = nn_alloc(&memory, 100);
    void *b = nn_alloc_array(&memory, 10, 8);
    assert_non_null(a);
    assert_non_null(b);
    for (size_t i = 0; i < 80; i++) {
        assert_int_equal(((uint8_t *)b)[i], 0);
    }
    assert_int_equal(atomic_load(&memory.used), 180);
    a = nn_resize(&memory, a, 100, 50);
    assert_int_equal(atomic_load(&memory.used), 130);
    a = nn_resize(&memory, a, 50, 200);
    assert_int_equal(atomic_load(&memory.used), 280);
    nn_release(&memory, NULL, 0);
    nn_release(&memory, a, 200);
    nn_release(&memory, b, 80);
    assert_int_equal(atomic_load(&memory.used), 0);
    test_allocator_check(&source);
}

static void budget_is_a_hard_limit(void **state)
{
    (void)state;
    nn_memory memory;
    nn_memory_init(&memory, NULL, 1000);
    void *a = nn_alloc(&memory, 1000);
    assert_non_null(a);
    assert_null(nn_alloc(&memory, 1));
    assert_null(nn_resize(&memory, a, 1000, 1001));
    assert_int_equal(atomic_load(&memory.used), 1000);
    a = nn_resize(&memory, a, 1000, 999);
    assert_non_null(a);
    void *b = nn_alloc(&memory, 1);
    assert_non_null(b);
    assert_null(nn_alloc_array(&memory, 1, 1));
    assert_null(nn_alloc(&memory, SIZE_MAX));
    nn_release(&memory, a, 999);
    nn_release(&memory, b, 1);
    assert_int_equal(atomic_load(&memory.used), 0);
}

static void products_that_overflow_are_refused(void **state)
{
    (void)state;
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    assert_null(nn_alloc_array(&memory, SIZE_MAX / 2 + 1, 2));
    assert_null(nn_alloc_array(&memory, SIZE_MAX, SIZE_MAX));
    assert_null(nn_alloc_array(&memory, 0, 8));
    uint64_t *array = NULL;
    size_t capacity = 0;
    assert_int_equal(nn_reserve(&memory, &array, &capacity, SIZE_MAX / 4, 8, NULL),
                     NUNCIO_ERR_MEMORY);
    assert_null(array);
    assert_int_equal(capacity, 0);
    assert_int_equal(atomic_load(&memory.used), 0);
}

static void refusals_leave_the_count_and_the_block(void **state)
{
    (void)state;
    test_allocator source;
    test_allocator_init(&source, 2);
    nn_memory memory;
    nn_memory_init(&memory, &source.allocator, 0);
    char *a = nn_alloc(&memory, 4);
    memcpy(a, "abc", 4);
    assert_null(nn_resize(&memory, a, 4, 8));
    assert_int_equal(atomic_load(&memory.used), 4);
    assert_string_equal(a, "abc");
    source.fail_at = 3;
    assert_null(nn_alloc(&memory, 8));
    assert_int_equal(atomic_load(&memory.used), 4);
    source.fail_at = 4;
    assert_null(nn_resize(&memory, a, 4, 2)); /* to shrink may be refused too */
    assert_int_equal(atomic_load(&memory.used), 4);
    assert_null(nn_resize(&memory, a, 4, 0));
    assert_string_equal(a, "abc");
    nn_release(&memory, a, 4);
    test_allocator_check(&source);
}

static void reserve_doubles_and_keeps_content(void **state)
{
    (void)state;
    test_allocator source;
    test_allocator_init(&source, 0);
    nn_memory memory;
    nn_memory_init(&memory, &source.allocator, 0);
    uint32_t *array = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        assert_int_equal(nn_reserve(&memory, &array, &capacity, i + 1, sizeof *array, NULL),
                         NUNCIO_OK);
        array[i] = i;
    }
    assert_true(atomic_load(&source.calls) < 16);
    for (uint32_t i = 0; i < 10000; i++) {
        assert_int_equal(array[i], i);
    }
    size_t before = capacity;
    source.fail_at = atomic_load(&source.calls) + 1;
    nuncio_error error = {0};
    assert_int_equal(nn_reserve(&memory, &array, &capacity, capacity + 1, sizeof *array, &error),
                     NUNCIO_ERR_MEMORY);
    assert_int_equal(error.status, NUNCIO_ERR_MEMORY);
    assert_int_equal(capacity, before);
    assert_int_equal(array[9999], 9999);
    nn_release(&memory, array, capacity * sizeof *array);
    test_allocator_check(&source);
}

static void *churn(void *argument)
{
    nn_memory *memory = argument;
    for (size_t i = 1; i < 20000; i++) {
        void *block = nn_alloc(memory, i % 100 + 1);
        nn_release(memory, block, i % 100 + 1);
    }
    return NULL;
}

static void threads_share_one_count(void **state)
{
    (void)state;
    nn_memory memory;
    nn_memory_init(&memory, NULL, 150); /* so small that threads refuse one another */
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, churn, &memory), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&memory.used), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alloc_counts_what_is_used),
        cmocka_unit_test(budget_is_a_hard_limit),
        cmocka_unit_test(products_that_overflow_are_refused),
        cmocka_unit_test(refusals_leave_the_count_and_the_block),
        cmocka_unit_test(reserve_doubles_and_keeps_content),
        cmocka_unit_test(threads_share_one_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
