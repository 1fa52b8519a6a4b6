/* SPDX-License-Identifier: Apache-2.0 */
/* Batches on their way to segments. Each is built by a thread of its own with its own analyzer;
 * their segments become parts in the order in which the batches were filled, however long each
 * took. */
#include "core/error.h"
#include "core/str.h"
#include "indexer/writer_impl.h"

#include <pthread.h>
#include <string.h>

struct nn_worker {
    nn_worker *next; /* filled later */
    pthread_t thread;
    bool has_thread;
    nn_batch batch;
    nn_builder builder;
    nuncio_str *deleted; /* ids to delete from the part, views into the batch */
    size_t deleted_count, deleted_capacity;
    nuncio_status status;
    nuncio_error error;
    char name[64];
};

nuncio_status nn_builder_init(nn_builder *builder, nuncio_writer *writer, nuncio_error *error)
{
    if (builder->analyzer != NULL) {
        return NUNCIO_OK;
    }
    memset(builder, 0, sizeof *builder);
    builder->memory = &writer->memory;
    builder->vfs = writer->vfs;
    builder->directory = writer->directory;
    builder->language = writer->language;
    builder->store_text = writer->store_text;
    NN_TRY(nn_analyzer_create(&writer->memory, &builder->analyzer, error));
    if (!writer->annotate) {
        return NUNCIO_OK;
    }
    nuncio_status status = nn_annotate_create(&writer->memory, &builder->annotate, error);
    if (status != NUNCIO_OK) {
        nn_builder_deinit(builder);
    }
    return status;
}

void nn_builder_deinit(nn_builder *builder)
{
    nn_analyzer_destroy(builder->analyzer);
    nn_annotate_destroy(builder->annotate);
    memset(builder, 0, sizeof *builder);
}

static void *work(void *argument)
{
    nn_worker *worker = (nn_worker *)argument;
    worker->status = nn_batch_build(&worker->batch, &worker->builder, worker->name, &worker->error);
    return NULL;
}

static void destroy_worker(nuncio_writer *writer, nn_worker *worker)
{
    nn_batch_deinit(&worker->batch);
    nn_builder_deinit(&worker->builder);
    nn_release(&writer->memory, worker->deleted,
               worker->deleted_capacity * sizeof *worker->deleted);
    nn_release(&writer->memory, worker, sizeof *worker);
}

/* Makes a built segment a part and applies what was deleted from it meanwhile. */
static nuncio_status adopt(nuncio_writer *writer, nn_worker *worker, nuncio_error *error)
{
    if (worker->status != NUNCIO_OK) {
        if (error != NULL) {
            *error = worker->error;
        }
        return worker->status;
    }
    nn_manifest_entry entry;
    memset(&entry, 0, sizeof entry);
    memcpy(entry.segment, worker->name, sizeof entry.segment);
    NN_TRY(nn_writer_part_open(writer, &entry, false, error));
    writer->changed = true;
    nn_part *part = &writer->parts[writer->part_count - 1];
    for (size_t i = 0; i < worker->deleted_count; i++) {
        uint32_t article;
        NN_TRY(nn_segment_find_article(part->segment, worker->deleted[i], &article, error));
        if (article != UINT32_MAX) {
            NN_TRY(nn_part_delete(writer, part, article, error));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status join_oldest(nuncio_writer *writer, nuncio_error *error)
{
    nn_worker *worker = writer->workers;
    if (worker->has_thread) {
        (void)pthread_join(worker->thread, NULL);
    }
    writer->workers = worker->next;
    nuncio_status status = adopt(writer, worker, error);
    destroy_worker(writer, worker);
    return status;
}

nuncio_status nn_writer_join(nuncio_writer *writer, nuncio_error *error)
{
    while (writer->workers != NULL) {
        NN_TRY(join_oldest(writer, error));
    }
    return NUNCIO_OK;
}

void nn_writer_stop(nuncio_writer *writer)
{
    while (writer->workers != NULL) {
        nn_worker *worker = writer->workers;
        if (worker->has_thread) {
            (void)pthread_join(worker->thread, NULL);
        }
        writer->workers = worker->next;
        destroy_worker(writer, worker);
    }
}

/* Builds on the calling thread: what one worker does, without one. */
static nuncio_status flush_here(nuncio_writer *writer, nuncio_error *error)
{
    nn_manifest_entry entry;
    memset(&entry, 0, sizeof entry);
    NN_TRY(nn_builder_init(&writer->builder, writer, error));
    NN_TRY(nn_batch_build(&writer->batch, &writer->builder, entry.segment, error));
    nn_batch_clear(&writer->batch);
    NN_TRY(nn_writer_part_open(writer, &entry, false, error));
    writer->changed = true;
    return NUNCIO_OK;
}

static nuncio_status start_worker(nuncio_writer *writer, nn_worker *worker, nuncio_error *error)
{
    NN_TRY(nn_builder_init(&worker->builder, writer, error));
    NN_TRY(nn_batch_init(&worker->batch, &writer->memory, error));
    nn_batch empty = worker->batch;
    worker->batch = writer->batch;
    writer->batch = empty;
    worker->has_thread = pthread_create(&worker->thread, NULL, work, worker) == 0;
    if (!worker->has_thread) {
        (void)work(worker); /* no thread to be had: the same result, later */
    }
    return NUNCIO_OK;
}

nuncio_status nn_writer_flush(nuncio_writer *writer, nuncio_error *error)
{
    if (writer->batch.live == 0) {
        nn_batch_clear(&writer->batch);
        return NUNCIO_OK;
    }
    if (writer->worker_max <= 1) {
        return flush_here(writer, error);
    }
    uint32_t busy = 0;
    nn_worker **end = &writer->workers;
    while (*end != NULL) {
        busy++;
        end = &(*end)->next;
    }
    if (busy >= writer->worker_max) {
        NN_TRY(join_oldest(writer, error));
        for (end = &writer->workers; *end != NULL;) {
            end = &(*end)->next;
        }
    }
    nn_worker *worker = (nn_worker *)nn_alloc_array(&writer->memory, 1, sizeof *worker);
    if (worker == NULL) {
        return nn_error_memory(error);
    }
    nuncio_status status = start_worker(writer, worker, error);
    if (status != NUNCIO_OK) {
        destroy_worker(writer, worker);
        return status;
    }
    *end = worker;
    return NUNCIO_OK;
}

nn_batch_article *nn_writer_find_in_flight(nuncio_writer *writer, nuncio_str id, nn_worker **worker)
{
    for (nn_worker *at = writer->workers; at != NULL; at = at->next) {
        nn_batch_article *found = nn_batch_find(&at->batch, id);
        bool deleted = found == NULL;
        for (size_t i = 0; i < at->deleted_count && !deleted; i++) {
            deleted = nn_str_equal(at->deleted[i], id);
        }
        if (!deleted) {
            *worker = at;
            return found;
        }
    }
    return NULL;
}

nuncio_status nn_writer_drop_in_flight(nuncio_writer *writer, nn_worker *worker,
                                       nn_batch_article *article, nuncio_error *error)
{
    NN_TRY(nn_reserve(&writer->memory, &worker->deleted, &worker->deleted_capacity,
                      worker->deleted_count + 1, sizeof *worker->deleted, error));
    worker->deleted[worker->deleted_count++] = article->article.id;
    return NUNCIO_OK;
}
