/* SPDX-License-Identifier: Apache-2.0 */
/* From the batch in memory to parts on disk. */
#include "core/error.h"
#include "indexer/writer_impl.h"

nuncio_status nn_writer_adopt(nuncio_writer *writer, const nn_built *built, nuncio_error *error)
{
    for (size_t i = 0; i < built->count; i++) {
        NN_TRY(nn_parts_insert(&writer->parts, writer->parts.count, &built->entries[i], error));
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

/* Waits for the oldest batch. */
static nuncio_status adopt_oldest(nuncio_writer *writer, nuncio_error *error)
{
    nn_job *job = nn_workers_take(&writer->workers);
    nuncio_status status = adopt_job(writer, job, error);
    nn_job_destroy(job);
    return status;
}

nuncio_status nn_writer_flush(nuncio_writer *writer, nuncio_error *error)
{
    if (writer->batch.live == 0) { /* its articles have been dropped again */
        nn_batch_deinit(&writer->batch);
        return nn_batch_init(&writer->batch, &writer->memory, error);
    }
    NN_TRY(nn_workers_give(&writer->workers, &writer->batch, error));
    return nn_pool_is_full(&writer->workers.pool) ? adopt_oldest(writer, error) : NUNCIO_OK;
}

nuncio_status nn_writer_flush_all(nuncio_writer *writer, nuncio_error *error)
{
    NN_TRY(nn_writer_flush(writer, error));
    while (writer->workers.pool.count > 0) {
        NN_TRY(adopt_oldest(writer, error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_writer_build_alone(nuncio_writer *writer, const nuncio_article *article,
                                    nn_hash128 hash, nn_built *built, nuncio_error *error)
{
    nn_batch batch;
    nn_builder *builder = NULL;
    nn_workers_rest(&writer->workers); /* makes room */
    nuncio_status status = nn_batch_init(&batch, &writer->memory, error);
    if (status == NUNCIO_OK) {
        status = nn_batch_add(&batch, article, hash, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_builder_create(&writer->memory, &writer->builder_options, &builder, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_builder_run(builder, &batch, built, error);
    }
    nn_builder_destroy(builder);
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
