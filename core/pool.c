/* SPDX-License-Identifier: Apache-2.0 */
#include "core/pool.h"

#include "core/error.h"

#include <signal.h>
#include <string.h>

nuncio_status nn_pool_init(nn_pool *pool, nn_memory *memory, uint32_t threads, nn_pool_work *work,
                           void *context, nuncio_error *error)
{
    memset(pool, 0, sizeof *pool);
    pool->memory = memory;
    pool->work = work;
    pool->context = context;
    pool->end = &pool->oldest;
    pool->threads = (struct nn_pool_thread *)nn_alloc_array(memory, threads, sizeof *pool->threads);
    if (pool->threads == NULL) {
        return nn_error_memory(error);
    }
    pool->max = threads;
    if (pthread_mutex_init(&pool->lock, NULL) != 0) {
        return nn_error_memory(error);
    }
    if (pthread_cond_init(&pool->given, NULL) != 0) {
        (void)pthread_mutex_destroy(&pool->lock);
        return nn_error_memory(error);
    }
    if (pthread_cond_init(&pool->done, NULL) != 0) {
        (void)pthread_cond_destroy(&pool->given);
        (void)pthread_mutex_destroy(&pool->lock);
        return nn_error_memory(error);
    }
    pool->has_lock = true;
    return NUNCIO_OK;
}

void nn_pool_deinit(nn_pool *pool)
{
    if (pool->has_lock) {
        nn_pool_rest(pool);
        (void)pthread_cond_destroy(&pool->done);
        (void)pthread_cond_destroy(&pool->given);
        (void)pthread_mutex_destroy(&pool->lock);
    }
    nn_release(pool->memory, pool->threads, pool->max * sizeof *pool->threads);
    pool->threads = NULL;
    pool->has_lock = false;
}

static nn_task *next_waiting(const nn_pool *pool)
{
    nn_task *task = pool->oldest;
    while (task != NULL && task->state != NN_TASK_WAITING) {
        task = task->next;
    }
    return task;
}

/* A thread: takes the oldest task that waits, until it is told to stop. */
static void *run(void *argument)
{
    const struct nn_pool_thread *thread = (const struct nn_pool_thread *)argument;
    nn_pool *pool = thread->pool;
    uint32_t number = (uint32_t)(thread - pool->threads);
    (void)pthread_mutex_lock(&pool->lock);
    while (!pool->stop) {
        nn_task *task = next_waiting(pool);
        if (task == NULL) {
            (void)pthread_cond_wait(&pool->given, &pool->lock);
            continue;
        }
        task->state = NN_TASK_RUNNING;
        (void)pthread_mutex_unlock(&pool->lock);
        pool->work(pool->context, number, task);
        (void)pthread_mutex_lock(&pool->lock);
        task->state = NN_TASK_DONE;
        (void)pthread_cond_signal(&pool->done);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* One more thread where there may be one. Without any, nn_pool_take does the work. */
static void start_thread(nn_pool *pool)
{
    if (pool->max <= 1 || pool->started == pool->max) {
        return;
    }
    struct nn_pool_thread *thread = &pool->threads[pool->started];
    thread->pool = pool;
    /* Signals are for the threads of the program that uses the library. */
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&thread->id, NULL, run, thread) == 0) {
        pool->started++;
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void nn_pool_rest(nn_pool *pool)
{
    (void)pthread_mutex_lock(&pool->lock);
    pool->stop = true; /* what waits is not begun any more */
    (void)pthread_cond_broadcast(&pool->given);
    (void)pthread_mutex_unlock(&pool->lock);
    for (uint32_t i = 0; i < pool->started; i++) {
        (void)pthread_join(pool->threads[i].id, NULL);
    }
    pool->started = 0;
    pool->stop = false;
}

void nn_pool_give(nn_pool *pool, nn_task *task)
{
    (void)pthread_mutex_lock(&pool->lock);
    *pool->end = task;
    pool->end = &task->next;
    pool->count++;
    (void)pthread_cond_signal(&pool->given);
    (void)pthread_mutex_unlock(&pool->lock);
    start_thread(pool);
}

nn_task *nn_pool_take(nn_pool *pool)
{
    nn_task *task = pool->oldest;
    if (task == NULL) {
        return NULL;
    }
    if (pool->started == 0 && task->state == NN_TASK_WAITING) {
        pool->work(pool->context, 0, task);
        task->state = NN_TASK_DONE;
    }
    (void)pthread_mutex_lock(&pool->lock);
    while (task->state != NN_TASK_DONE) {
        (void)pthread_cond_wait(&pool->done, &pool->lock);
    }
    pool->oldest = task->next;
    if (pool->oldest == NULL) {
        pool->end = &pool->oldest;
    }
    pool->count--;
    (void)pthread_mutex_unlock(&pool->lock);
    return task;
}

bool nn_pool_is_full(const nn_pool *pool)
{
    return pool->count > (pool->started == 0 ? 0 : pool->max);
}
