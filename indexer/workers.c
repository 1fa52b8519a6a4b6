/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/workers.h"

#include "core/error.h"

#include <string.h>

static void build(void *context, uint32_t thread, nn_task *task)
{
    nn_workers *all = (nn_workers *)context;
    nn_job *job = (nn_job *)(void *)task;
    nn_builder **builder = &all->builders[thread];
    job->status = NUNCIO_OK;
    if (*builder == NULL) {
        job->status = nn_builder_create(all->memory, &all->options, builder, &job->error);
    }
    if (job->status == NUNCIO_OK) {
        job->status = nn_builder_run(*builder, &job->batch, job->plain, job->trained, &job->built,
                                     &job->error);
    }
}

nuncio_status nn_workers_init(nn_workers *workers, nn_memory *memory,
                              const nn_builder_options *options, uint32_t threads,
                              nuncio_error *error)
{
    memset(workers, 0, sizeof *workers);
    workers->memory = memory;
    workers->options = *options;
    NN_TRY(nn_pool_init(&workers->pool, memory, threads, build, workers, error));
    workers->builders = (nn_builder **)nn_alloc_array(memory, threads, sizeof *workers->builders);
    return workers->builders == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

static void free_tables(nn_workers *workers)
{
    for (uint32_t i = 0; workers->builders != NULL && i < workers->pool.max; i++) {
        nn_builder_destroy(workers->builders[i]);
        workers->builders[i] = NULL;
    }
}

void nn_workers_deinit(nn_workers *workers)
{
    if (workers->memory == NULL) {
        return;
    }
    nn_pool_deinit(&workers->pool);
    free_tables(workers);
    nn_release(workers->memory, workers->builders, workers->pool.max * sizeof *workers->builders);
    workers->builders = NULL;
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
    free_tables(workers);
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
