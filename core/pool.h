/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that work on tasks; these come back in the order in which they went in, however long each
 * took. With one thread everything is done on the calling one.
 *
 *   give ──► 5 4 │ 3 2 │ 1 ──► take        one thread gives and takes
 *         waiting running done */
#ifndef CORE_POOL_H
#define CORE_POOL_H

#include "core/memory.h"

#include <pthread.h>

typedef enum nn_task_state { NN_TASK_WAITING, NN_TASK_RUNNING, NN_TASK_DONE } nn_task_state;

/** First member of what is to be done. Zero it before it is given. */
typedef struct nn_task {
    struct nn_task *next; /* given later */
    nn_task_state state;  /* guarded by the pool's lock */
} nn_task;

/** Does a task. `thread` (0 … max - 1) tells which of its tables are free to use. */
typedef void nn_pool_work(void *context, uint32_t thread, nn_task *task);

typedef struct nn_pool {
    nn_memory *memory;
    nn_pool_work *work;
    void *context;
    struct nn_pool_thread {
        struct nn_pool *pool;
        pthread_t id;
    } * threads;      /* `max` of them */
    uint32_t max;     /* threads at most */
    uint32_t started; /* threads that run */
    uint32_t count;   /* tasks not yet taken back */
    nn_task *oldest;
    nn_task **end; /* where the next task is linked in */
    bool stop, has_lock;
    pthread_mutex_t lock;
    pthread_cond_t given, done;
} nn_pool;

/** `threads` ≥ 1; they start when first needed. nn_pool_deinit may be called after a failure too.
 */
NUNCIO_NODISCARD nuncio_status nn_pool_init(nn_pool *pool, nn_memory *memory, uint32_t threads,
                                            nn_pool_work *work, void *context, nuncio_error *error);
/** Lets running tasks end. Those not taken back are still in a row from `oldest` on. */
void nn_pool_deinit(nn_pool *pool);
/** Ends the threads when the tasks they are at are done; others wait for the next give. */
void nn_pool_rest(nn_pool *pool);

void nn_pool_give(nn_pool *pool, nn_task *task);
/** Waits for the oldest task and takes it back; NULL when there is none. */
nn_task *nn_pool_take(nn_pool *pool);
/** True when more tasks than threads wait or run: take one back before giving more. */
bool nn_pool_is_full(const nn_pool *pool);

#endif
