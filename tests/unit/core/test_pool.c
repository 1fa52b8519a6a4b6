/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: every task is done once, on one thread at a time for each thread's tables, and comes back
 * in the order in which it was given; resting and ending lose none. Method: tasks of random length
 * on 1 to 5 threads, given and taken in random order; the thread sanitizer watches. */
#include "core/pool.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { TASKS = 400, THREADS_MAX = 5 };

typedef struct test_task {
    nn_task task;
    uint32_t number, length;
    uint32_t done; /* how often */
    uint64_t result;
} test_task;

/* What a thread may use without a lock. */
typedef struct tables {
    uint64_t tasks[THREADS_MAX];
} tables;

static uint64_t work_of(uint32_t number, uint32_t length)
{
    test_prng prng = test_prng_of(number);
    uint64_t sum = 0;
    for (uint32_t i = 0; i < length; i++) {
        sum += test_prng_below(&prng, 1000);
    }
    return sum;
}

static void work(void *context, uint32_t thread, nn_task *task)
{
    tables *counts = context;
    test_task *at = (test_task *)(void *)task;
    counts->tasks[thread]++;
    at->done++;
    at->result = work_of(at->number, at->length);
}

static void check(const test_task *task, uint32_t number)
{
    assert_int_equal(task->number, number);
    assert_int_equal(task->done, 1);
    assert_int_equal(task->result, work_of(number, task->length));
}

static void comes_back_in_order(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(21));
    static test_task tasks[TASKS];
    for (uint32_t threads = 1; threads <= THREADS_MAX; threads++) {
        nn_memory memory;
        nn_pool pool;
        tables counts = {{0}};
        uint64_t all = 0;
        nn_memory_init(&memory, NULL, 0);
        memset(tasks, 0, sizeof tasks);
        assert_int_equal(nn_pool_init(&pool, &memory, threads, work, &counts, NULL), NUNCIO_OK);
        for (uint32_t given = 0, taken = 0; taken < TASKS;) {
            uint64_t choice = test_prng_below(&prng, 100);
            if (choice < 3) {
                nn_pool_rest(&pool);
            } else if (choice < 50 && given < TASKS) {
                tasks[given].number = given;
                tasks[given].length = (uint32_t)test_prng_below(&prng, 3000);
                nn_pool_give(&pool, &tasks[given++].task);
            } else if (taken < given) {
                check((const test_task *)(void *)nn_pool_take(&pool), taken);
                taken++;
            }
            assert_int_equal(pool.count, given - taken);
        }
        assert_null(nn_pool_take(&pool));
        nn_pool_deinit(&pool);
        for (uint32_t i = 0; i < THREADS_MAX; i++) {
            all += counts.tasks[i];
            assert_true(i < threads || counts.tasks[i] == 0);
        }
        assert_int_equal(all, TASKS);
        assert_int_equal(memory.used, 0);
    }
}

static void is_full_when_all_are_busy(void **state)
{
    (void)state;
    nn_memory memory;
    nn_pool pool;
    tables counts = {{0}};
    test_task tasks[3] = {{.number = 0}, {.number = 1}, {.number = 2}};
    nn_memory_init(&memory, NULL, 0);
    assert_int_equal(nn_pool_init(&pool, &memory, 1, work, &counts, NULL), NUNCIO_OK);
    assert_false(nn_pool_is_full(&pool));
    nn_pool_give(&pool, &tasks[0].task);
    assert_true(nn_pool_is_full(&pool)); /* nobody else will do it */
    check((const test_task *)(void *)nn_pool_take(&pool), 0);
    nn_pool_deinit(&pool);
    assert_int_equal(nn_pool_init(&pool, &memory, 2, work, &counts, NULL), NUNCIO_OK);
    for (uint32_t i = 1; i < 3; i++) {
        nn_pool_give(&pool, &tasks[i].task);
        assert_false(nn_pool_is_full(&pool));
    }
    nn_pool_deinit(&pool); /* what is not begun stays undone and can be found */
    assert_ptr_equal(pool.oldest, &tasks[1].task);
    assert_true(tasks[1].done <= 1 && tasks[2].done <= 1);
    assert_int_equal(memory.used, 0);
}

static void memory_for_threads_may_be_refused(void **state)
{
    (void)state;
    nn_memory memory;
    nn_pool pool;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nn_memory_init(&memory, NULL, 1);
    assert_int_equal(nn_pool_init(&pool, &memory, 2, work, NULL, &error), NUNCIO_ERR_MEMORY);
    assert_int_equal(error.status, NUNCIO_ERR_MEMORY);
    nn_pool_deinit(&pool);
    assert_int_equal(memory.used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_in_order),
        cmocka_unit_test(is_full_when_all_are_busy),
        cmocka_unit_test(memory_for_threads_may_be_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
