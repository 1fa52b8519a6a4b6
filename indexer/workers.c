/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/workers.h"

#include "core/error.h"

#include <string.h>

static void build(void *context, uint32_t thread, nn_task *task)
{
    nn_workers *all = (nn_workers *)context;
    nn_job *job = (nn_job *)(void *)task;
    nn_seat *seat = nn_seats_sit(&all->seats, thread, job->order);
    job->status = NUNCIO_OK;
    if (seat->builder == NULL) {
        job->status = nn_builder_create(all->memory, &all->options, &seat->builder, &job->error);
    }
    if (job->status == NUNCIO_OK) {
        job->status = nn_builder_run(seat->builder, &job->batch, job->plain, job->trained,
                                     &job->built, &job->error);
    }
    if (job->status == NUNCIO_ERR_MEMORY) { /* others wait for what it held */
        nn_builder_destroy(seat->builder);
        seat->builder = NULL;
    }
    nn_seats_leave(&all->seats, seat);
}

nuncio_status nn_workers_init(nn_workers *workers, nn_memory *memory,
                              const nn_builder_options *options, uint32_t threads,
                              nuncio_error *error)
{
    memset(workers, 0, sizeof *workers);
    workers->memory = memory;
    workers->options = *options;
    workers->options.seats = &workers->seats;
    NN_TRY(nn_pool_init(&workers->pool, memory, threads, build, workers, error));
    return nn_seats_init(&workers->seats, memory, threads, error);
}

void nn_workers_deinit(nn_workers *workers)
{
    if (workers->memory == NULL) {
        return;
    }
    nn_pool_deinit(&workers->pool);
    nn_seats_deinit(&workers->seats);
    while (workers->pool.oldest != NULL) {
        nn_job *job = (nn_job *)(void *)workers->pool.oldest;
        workers->pool.oldest = job->task.next;
        nn_job_destroy(job);
    }
}

void nn_job_destroy(nn_job *job)
{
    nn_memory *memory = job->batch.memory;
    nn_release(memory, job->gone, job->batch.count * sizeof *job->gone);
    nn_built_deinit(&job->built, memory);
    nn_trained_release(job->trained);
    nn_batch_deinit(&job->batch);
    nn_release(memory, job, sizeof *job);
}

void nn_workers_rest(nn_workers *workers)
{
    nn_pool_rest(&workers->pool);
    nn_seats_clear(&workers->seats);
}

nuncio_status nn_workers_give(nn_workers *workers, nn_batch *batch, bool plain, nn_trained *trained,
                              nuncio_error *error)
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
    job->plain = plain;
    job->order = workers->given++;
    job->trained = nn_trained_hold(trained);
    *batch = empty;
    nn_pool_give(&workers->pool, &job->task);
    return NUNCIO_OK;
}

nn_job *nn_workers_take(nn_workers *workers)
{
    return (nn_job *)(void *)nn_pool_take(&workers->pool);
}

nn_batch_article *nn_workers_find(const nn_workers *workers, nuncio_str id, nn_job **job)
{
    for (nn_task *task = workers->pool.oldest; task != NULL; task = task->next) {
        nn_job *at = (nn_job *)(void *)task;
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
