/* SPDX-License-Identifier: Apache-2.0 */
/* Batches on their way to segments, built by threads; they come back in the order in which they
 * went in, however long each took. With one thread everything is built on the calling one. */
#ifndef INDEXER_WORKERS_H
#define INDEXER_WORKERS_H

#include "core/pool.h"
#include "indexer/builder.h"
#include "indexer/seats.h"

/** A batch handed over. Threads own `built`, `status`, `error` and the batch's texts until the job
 * is done; the caller owns `gone`, and may look ids and hashes up at any time. */
typedef struct nn_job {
    nn_task task;
    nn_batch batch;
    uint64_t order;      /* among all that were given */
    bool plain;          /* what it is built into */
    nn_trained *trained; /* what its texts are compressed with; NULL: nothing yet */
    bool *gone;          /* by article of the batch: deleted since; NULL: none */
    nn_built built;
    nuncio_status status;
    nuncio_error error;
} nn_job;

typedef struct nn_workers {
    nn_memory *memory;
    nn_builder_options options;
    nn_seats seats; /* one a thread */
    nn_pool pool;
    uint64_t given; /* jobs so far */
} nn_workers;

/** `threads` ≥ 1. After a failure nn_workers_deinit may be called all the same. */
NUNCIO_NODISCARD nuncio_status nn_workers_init(nn_workers *workers, nn_memory *memory,
                                               const nn_builder_options *options, uint32_t threads,
                                               nuncio_error *error);
/** Lets running jobs end, throws all jobs away and frees everything. */
void nn_workers_deinit(nn_workers *workers);

/** Takes a batch over and leaves an empty one. On failure the batch stays as it is. `plain` and
 * `trained`, which the job holds, too: see nn_builder_run. */
NUNCIO_NODISCARD nuncio_status nn_workers_give(nn_workers *workers, nn_batch *batch, bool plain,
                                               nn_trained *trained, nuncio_error *error);
/** Waits for the oldest job and takes it back; NULL when there is none. To be destroyed. */
nn_job *nn_workers_take(nn_workers *workers);
void nn_job_destroy(nn_job *job);

/** The live article of that id among all jobs, or NULL. */
nn_batch_article *nn_workers_find(const nn_workers *workers, nuncio_str id, nn_job **job);
/** Notes that an article of a job is deleted. */
NUNCIO_NODISCARD nuncio_status nn_job_drop(nn_job *job, const nn_batch_article *article,
                                           nuncio_error *error);

/** Ends the threads and frees their tables; without jobs only. They are made anew when needed. */
void nn_workers_rest(nn_workers *workers);

#endif
