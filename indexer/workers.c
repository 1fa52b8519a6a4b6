/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/workers.h"

#include "core/assert.h"
#include "core/error.h"

#include <signal.h>
#include <string.h>

nuncio_status nn_workers_init(nn_workers *workers, nn_memory *memory,
                              const nn_builder_options *options, uint32_t threads,
                              nuncio_error *error)
{
    memset(workers, 0, sizeof *workers);
    workers->memory = memory;
    workers->options = *options;
    workers->end = &workers->oldest;
    workers->workers = (nn_worker *)nn_alloc_array(memory, threads, sizeof *workers->workers);
    if (workers->workers == NULL) {
        return nn_error_memory(error);
    }
    workers->max = threads;
    if (pthread_mutex_init(&workers->lock, NULL) != 0) {
        return nn_error_memory(error);
    }
    if (pthread_cond_init(&workers->job_given, NULL) != 0) {
        (void)pthread_mutex_destroy(&workers->lock);
        return nn_error_memory(error);
    }
    if (pthread_cond_init(&workers->job_done, NULL) != 0) {
        (void)pthread_cond_destroy(&workers->job_given);
        (void)pthread_mutex_destroy(&workers->lock);
        return nn_error_memory(error);
    }
    workers->has_lock = true;
    return NUNCIO_OK;
}

void nn_workers_deinit(nn_workers *workers)
{
    if (workers->has_lock) {
        (void)pthread_mutex_lock(&workers->lock);
        workers->stop = true; /* what waits is not begun any more */
        (void)pthread_mutex_unlock(&workers->lock);
        nn_workers_rest(workers);
        (void)pthread_cond_destroy(&workers->job_done);
        (void)pthread_cond_destroy(&workers->job_given);
        (void)pthread_mutex_destroy(&workers->lock);
    }
    while (workers->oldest != NULL) {
        nn_job *job = workers->oldest;
        workers->oldest = job->next;
        nn_job_destroy(job);
    }
    nn_release(workers->memory, workers->workers, workers->max * sizeof *workers->workers);
    workers->workers = NULL;
    workers->has_lock = false;
}

void nn_job_destroy(nn_job *job)
{
    nn_memory *memory = job->batch.memory;
    nn_release(memory, job->gone, job->batch.count * sizeof *job->gone);
    nn_built_deinit(&job->built, memory);
    nn_batch_deinit(&job->batch);
    nn_release(memory, job, sizeof *job);
}

static void run(nn_worker *worker, nn_job *job)
{
    nn_workers *all = worker->all;
    job->status = NUNCIO_OK;
    if (worker->builder == NULL) {
        job->status = nn_builder_create(all->memory, &all->options, &worker->builder, &job->error);
    }
    if (job->status == NUNCIO_OK) {
        job->status = nn_builder_run(worker->builder, &job->batch, &job->built, &job->error);
    }
}

static nn_job *next_waiting(const nn_workers *workers)
{
    nn_job *job = workers->oldest;
    while (job != NULL && job->state != NN_JOB_WAITING) {
        job = job->next;
    }
    return job;
}

/* A thread: takes the oldest job that waits, until it is told to stop. */
static void *work(void *argument)
{
    nn_worker *worker = (nn_worker *)argument;
    nn_workers *all = worker->all;
    (void)pthread_mutex_lock(&all->lock);
    while (!all->stop) {
        nn_job *job = next_waiting(all);
        if (job == NULL) {
            (void)pthread_cond_wait(&all->job_given, &all->lock);
            continue;
        }
        job->state = NN_JOB_RUNNING;
        (void)pthread_mutex_unlock(&all->lock);
        run(worker, job);
        (void)pthread_mutex_lock(&all->lock);
        job->state = NN_JOB_DONE;
        (void)pthread_cond_signal(&all->job_done);
    }
    (void)pthread_mutex_unlock(&all->lock);
    return NULL;
}

/* One more thread where there may be one. Without any, nn_workers_take does the work. */
static void start_thread(nn_workers *workers)
{
    if (workers->max <= 1 || workers->started == workers->max) {
        return;
    }
    nn_worker *worker = &workers->workers[workers->started];
    worker->all = workers;
    /* Signals are for the threads of the program that uses the library. */
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&worker->thread, NULL, work, worker) == 0) {
        workers->started++;
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void nn_workers_rest(nn_workers *workers)
{
    (void)pthread_mutex_lock(&workers->lock);
    bool stopped = workers->stop;
    workers->stop = true;
    (void)pthread_cond_broadcast(&workers->job_given);
    (void)pthread_mutex_unlock(&workers->lock);
    for (uint32_t i = 0; i < workers->started; i++) {
        (void)pthread_join(workers->workers[i].thread, NULL);
    }
    for (uint32_t i = 0; i < workers->max; i++) {
        nn_builder_destroy(workers->workers[i].builder);
        workers->workers[i].builder = NULL;
    }
    workers->started = 0;
    workers->stop = stopped;
}

nuncio_status nn_workers_give(nn_workers *workers, nn_batch *batch, nuncio_error *error)
{
    nn_memory *memory = workers->memory;
    nn_batch empty;
    nn_job *job = (nn_job *)nn_alloc_array(memory, 1, sizeof *job);
    if (job == NULL) {
        return nn_error_memory(error);
    }
    nuncio_status status = nn_batch_init(&empty, memory, error);
    if (status != NUNCIO_OK) {
        nn_release(memory, job, sizeof *job);
        return status;
    }
    job->batch = *batch;
    *batch = empty;
    (void)pthread_mutex_lock(&workers->lock);
    *workers->end = job;
    workers->end = &job->next;
    workers->count++;
    (void)pthread_cond_signal(&workers->job_given);
    (void)pthread_mutex_unlock(&workers->lock);
    start_thread(workers);
    return NUNCIO_OK;
}

nn_job *nn_workers_take(nn_workers *workers)
{
    nn_job *job = workers->oldest;
    if (job == NULL) {
        return NULL;
    }
    if (workers->started == 0) {
        workers->workers[0].all = workers;
        run(&workers->workers[0], job);
    }
    (void)pthread_mutex_lock(&workers->lock);
    while (workers->started > 0 && job->state != NN_JOB_DONE) {
        (void)pthread_cond_wait(&workers->job_done, &workers->lock);
    }
    workers->oldest = job->next;
    if (workers->oldest == NULL) {
        workers->end = &workers->oldest;
    }
    workers->count--;
    (void)pthread_mutex_unlock(&workers->lock);
    return job;
}

bool nn_workers_are_full(const nn_workers *workers)
{
    return workers->count > (workers->started == 0 ? 0 : workers->max);
}

nn_batch_article *nn_workers_find(const nn_workers *workers, nuncio_str id, nn_job **job)
{
    for (nn_job *at = workers->oldest; at != NULL; at = at->next) {
        nn_batch_article *found = nn_batch_find(&at->batch, id);
        if (found != NULL && (at->gone == NULL || !at->gone[found - at->batch.articles])) {
            *job = at;
            return found;
        }
    }
    return NULL;
}

nuncio_status nn_job_drop(nn_job *job, const nn_batch_article *article, nuncio_error *error)
{
    if (job->gone == NULL) {
        job->gone = (bool *)nn_alloc_array(job->batch.memory, job->batch.count, sizeof *job->gone);
        if (job->gone == NULL) {
            return nn_error_memory(error);
        }
    }
    job->gone[article - job->batch.articles] = true;
    return NUNCIO_OK;
}
