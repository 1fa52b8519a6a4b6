/* SPDX-License-Identifier: Apache-2.0 */
/* From the batch in memory to parts on disk. */
#include "core/error.h"
#include "indexer/merge_policy.h"
#include "indexer/writer_impl.h"

nuncio_status nn_writer_adopt(nuncio_writer *writer, const nn_built *built, nuncio_error *error)
{
    for (size_t i = 0; i < built->count; i++) {
        NN_TRY(nn_parts_insert(&writer->parts, writer->parts.count, &built->entries[i],
                               built->plain, error));
        writer->changed = true;
    }
    return NUNCIO_OK;
}

/* Makes the segments of a job parts and applies what was deleted from them meanwhile. */
static nuncio_status adopt_job(nuncio_writer *writer, const nn_job *job, nuncio_error *error)
{
    if (job->status != NUNCIO_OK) {
        if (error != NULL) {
            *error = job->error;
        }
        return job->status;
    }
    NN_TRY(nn_writer_adopt(writer, &job->built, error));
    for (size_t i = 0; job->gone != NULL && i < job->batch.count; i++) {
        nn_part *part;
        uint32_t article;
        if (!job->gone[i]) {
            continue;
        }
        NN_TRY(nn_parts_find(&writer->parts, job->batch.articles[i].article.id, &part, &article,
                             error));
        if (part != NULL) {
            NN_TRY(nn_part_drop(&writer->parts, part, article, error));
        }
    }
    return NUNCIO_OK;
}

/* Builds a batch with tables of its own while nobody else builds. */
static nuncio_status build_alone(nuncio_writer *writer, nn_batch *batch, bool plain,
                                 nn_trained *trained, nn_built *built, nuncio_error *error)
{
    nn_builder *builder = NULL;
    nn_workers_rest(&writer->workers); /* the threads' tables make room */
    nuncio_status status =
        nn_builder_create(&writer->memory, &writer->builder_options, &builder, error);
    if (status == NUNCIO_OK) {
        status = nn_builder_run(builder, batch, plain, trained, built, error);
    }
    nn_builder_destroy(builder);
    return status;
}

/* A batch that was given up for want of memory is built again, if it can be. Segments that it had
 * become stay behind, named by nobody. */
static void build_again(nuncio_writer *writer, nn_job *job)
{
    if (!job->batch.forgotten) {
        nn_built_deinit(&job->built, &writer->memory);
        job->status =
            build_alone(writer, &job->batch, job->plain, job->trained, &job->built, &job->error);
    }
    if (job->status == NUNCIO_ERR_MEMORY) {
        unsigned long long mib = writer->memory.max >> 20;
        (void)nn_error_set(&job->error, NUNCIO_ERR_MEMORY,
                           "the memory of %llu MiB does not suffice for these articles: give more, "
                           "such as %llu MiB",
                           mib, 2 * mib);
    }
}

/* Waits for the oldest batch. */
static nuncio_status adopt_oldest(nuncio_writer *writer, nuncio_error *error)
{
    nn_job *job = nn_workers_take(&writer->workers);
    if (job->status == NUNCIO_ERR_MEMORY) {
        build_again(writer, job);
    }
    nuncio_status status = adopt_job(writer, job, error);
    nn_job_destroy(job);
    return status;
}

/* Hands the batch over to be built, plain or not; the last one before a commit or not. */
static nuncio_status give(nuncio_writer *writer, bool plain, bool last, nuncio_error *error)
{
    uint64_t bytes = writer->batch.bytes;
    if (writer->batch.live == 0) { /* its articles have been dropped again */
        nn_batch_deinit(&writer->batch);
        return nn_batch_init(&writer->batch, &writer->memory, error);
    }
    if (writer->builder_options.store_text) {
        NN_TRY(
            nn_training_prepare(&writer->training, &writer->memory, &writer->batch, last, error));
    }
    NN_TRY(
        nn_workers_give(&writer->workers, &writer->batch, plain, writer->training.trained, error));
    writer->plain_bytes += plain ? bytes : 0;
    return nn_pool_is_full(&writer->workers.pool) ? adopt_oldest(writer, error) : NUNCIO_OK;
}

static nuncio_status wait_for_all(nuncio_writer *writer, nuncio_error *error)
{
    while (writer->workers.pool.count > 0) {
        NN_TRY(adopt_oldest(writer, error));
    }
    return NUNCIO_OK;
}

/* Merges the plain parts that begin at `first`, as many as the memory allows. `sizes` has room for
 * all parts. */
static nuncio_status merge_run(nuncio_writer *writer, size_t first, nn_merge_part *sizes,
                               nuncio_error *error)
{
    const nn_parts *parts = &writer->parts;
    size_t end = first;
    for (; end < parts->count && parts->items[end].plain; end++) {
        sizes[end] = nn_merge_part_of(&parts->items[end]);
    }
    nn_merge_run run = nn_merge_longest(sizes, end, first, writer->budget.merge_bytes);
    NN_TRY(nn_merge_within(&parts->items[first], &sizes[first], &run.count,
                           writer->budget.merge_bytes, error));
    nuncio_status status;
    do {
        run.count = run.count > 1 ? run.count : 1;
        status = nn_parts_merge(&writer->parts, first, run.count, false, error);
        run.count /= 2; /* where reckoning was wrong */
    } while (status == NUNCIO_ERR_MEMORY && run.count > 0);
    return status;
}

/* Makes of plain parts such as may be committed, as few as the memory allows. */
static nuncio_status merge_plain(nuncio_writer *writer, nuncio_error *error)
{
    nn_parts *parts = &writer->parts;
    size_t count = parts->count;
    if (writer->plain_bytes == 0 || count == 0) {
        return NUNCIO_OK;
    }
    nn_workers_rest(&writer->workers); /* the threads' tables make room */
    nn_merge_part *sizes = (nn_merge_part *)nn_alloc_array(&writer->memory, count, sizeof *sizes);
    nuncio_status status = sizes == NULL ? nn_error_memory(error) : NUNCIO_OK;
    for (size_t i = 0; status == NUNCIO_OK && i < parts->count;) {
        if (parts->items[i].plain) {
            status = merge_run(writer, i, sizes, error); /* into one, or none */
        } else {
            i++;
        }
    }
    nn_release(&writer->memory, sizes, count * sizeof *sizes);
    writer->plain_bytes = 0;
    return status;
}

nuncio_status nn_writer_flush(nuncio_writer *writer, nuncio_error *error)
{
    NN_TRY(give(writer, true, false, error));
    if (writer->plain_bytes < writer->budget.plain_bytes) {
        return NUNCIO_OK;
    }
    NN_TRY(wait_for_all(writer, error));
    return merge_plain(writer, error);
}

nuncio_status nn_writer_flush_all(nuncio_writer *writer, nuncio_error *error)
{
    NN_TRY(nn_writer_flush(writer, error));
    return wait_for_all(writer, error);
}

nuncio_status nn_writer_settle(nuncio_writer *writer, nuncio_error *error)
{
    /* A batch that is all may stay as it is. */
    NN_TRY(give(writer, writer->plain_bytes > 0, true, error));
    NN_TRY(wait_for_all(writer, error));
    return merge_plain(writer, error);
}

nuncio_status nn_writer_build_alone(nuncio_writer *writer, const nuncio_article *article,
                                    nn_hash128 hash, nn_built *built, nuncio_error *error)
{
    nn_batch batch;
    nuncio_status status = nn_batch_init(&batch, &writer->memory, error);
    if (status == NUNCIO_OK) {
        status = nn_batch_add(&batch, article, hash, error);
    }
    if (status == NUNCIO_OK) {
        status = build_alone(writer, &batch, true, writer->training.trained, built, error);
    }
    writer->plain_bytes += batch.bytes;
    nn_batch_deinit(&batch);
    if (status == NUNCIO_ERR_MEMORY) {
        return nn_error_set(error, NUNCIO_ERR_MEMORY,
                            "the memory of %llu MiB does not suffice for article '%.*s' of %zu MiB",
                            (unsigned long long)(writer->memory.max >> 20),
                            article->id.size < 100 ? (int)article->id.size : 100, article->id.data,
                            article->text.size >> 20);
    }
    return status;
}
