/* SPDX-License-Identifier: Apache-2.0 */
/* The public writer: opening, adding, deleting. commit.c makes it durable. */
#include <nuncio/writer.h>

#include "core/error.h"
#include "core/str.h"
#include "indexer/intake.h"
#include "indexer/writer_impl.h"

#include <string.h>
#include <unistd.h>

static nuncio_status read_options(nuncio_writer *writer, const nuncio_writer_options *options,
                                  nuncio_error *error)
{
    nuncio_writer_options defaults = NUNCIO_WRITER_OPTIONS_INIT, given = defaults;
    if (options != NULL) {
        if (options->struct_size == 0 || options->struct_size > sizeof given) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                                "struct_size of the options is not that of this library: start "
                                "from NUNCIO_WRITER_OPTIONS_INIT");
        }
        memcpy(&given, options, options->struct_size);
    }
    uint64_t max = given.memory_max == 0 ? NN_MEMORY_DEFAULT : given.memory_max;
    if (max < NN_MEMORY_MIN) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "%llu bytes of memory are too few to index with: give at least %d MiB",
                            (unsigned long long)max, NN_MEMORY_MIN >> 20);
    }
    nn_memory_init(&writer->memory, given.allocator, max);
    writer->vfs = given.vfs == NULL ? nuncio_vfs_default() : given.vfs;
    writer->batch_bytes =
        max / NN_BATCH_SHARE < NN_BATCH_BYTES_MAX ? max / NN_BATCH_SHARE : NN_BATCH_BYTES_MAX;
    /* As many batches at once as the memory holds: each takes some six times its text. */
    uint64_t room = max / (writer->batch_bytes * 6);
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t wanted = given.threads != 0 ? given.threads
                      : processors < 1   ? 1
                                         : (uint32_t)processors;
    writer->worker_max = wanted > room ? (uint32_t)room : wanted;
    writer->worker_max = writer->worker_max > NN_WORKERS_MAX ? NN_WORKERS_MAX : writer->worker_max;
    writer->store_text = !given.no_text;
    writer->annotate = !given.no_annotations;
    writer->language = NN_LANGUAGE_EN;
    if (given.lang.size > 0 && !nn_language_from_code(given.lang, &writer->language)) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "'%.*s' is no language known here: give an ISO 639-1 code such as en",
                            given.lang.size < 40 ? (int)given.lang.size : 40, given.lang.data);
    }
    return NUNCIO_OK;
}

static nuncio_status open_parts(nuncio_writer *writer, nuncio_error *error)
{
    for (size_t i = 0; i < writer->manifest.count; i++) {
        NN_TRY(nn_writer_part_open(writer, &writer->manifest.entries[i], true, error));
    }
    return NUNCIO_OK;
}

static nuncio_status open_index(nuncio_writer *writer, nuncio_error *error)
{
    NN_TRY(nn_directory_open(writer, error));
    nuncio_status status =
        nn_manifest_read(writer->vfs, &writer->memory, writer->directory, &writer->manifest, error);
    uint64_t fingerprint = nn_analyzer_fingerprint();
    if (status == NUNCIO_ERR_NOT_INDEX) { /* nn_directory_open has made sure that nothing is lost */
        memset(&writer->manifest, 0, sizeof writer->manifest);
        writer->manifest.fingerprint = fingerprint;
    } else if (status != NUNCIO_OK) {
        return status;
    }
    if (writer->manifest.fingerprint != fingerprint) {
        return nn_error_file(error, NUNCIO_ERR_ANALYSIS, writer->directory, 0,
                             "the index in %s was analysed by other versions of libstemmer or "
                             "utf8proc: export it and index it anew",
                             writer->directory);
    }
    nn_directory_clean(writer);
    NN_TRY(open_parts(writer, error));
    writer->opened = true;
    return NUNCIO_OK;
}

nuncio_status nuncio_writer_open(const char *directory, const nuncio_writer_options *options,
                                 nuncio_writer **out, nuncio_error *error)
{
    nn_memory first;
    *out = NULL;
    if (directory == NULL || directory[0] == '\0' || strlen(directory) >= NN_PATH_MAX - 64) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "the path of the index is empty or too long");
    }
    nn_memory_init(&first, options == NULL ? NULL : options->allocator, 0);
    nuncio_writer *writer = (nuncio_writer *)nn_alloc_array(&first, 1, sizeof *writer);
    if (writer == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&writer->memory, options == NULL ? NULL : options->allocator, 0);
    memcpy(writer->directory, directory, strlen(directory) + 1);
    nuncio_status status = read_options(writer, options, error);
    if (status == NUNCIO_OK) {
        status = nn_batch_init(&writer->batch, &writer->memory, error);
    }
    if (status == NUNCIO_OK) {
        status = open_index(writer, error);
    }
    if (status != NUNCIO_OK) {
        nuncio_writer_close(writer);
        return status;
    }
    *out = writer;
    return NUNCIO_OK;
}

void nuncio_writer_close(nuncio_writer *writer)
{
    if (writer == NULL) {
        return;
    }
    nn_writer_stop(writer);
    nn_batch_deinit(&writer->batch);
    nn_builder_deinit(&writer->builder);
    for (size_t i = 0; i < writer->part_count; i++) {
        nn_writer_part_close(writer, &writer->parts[i]);
    }
    nn_release(&writer->memory, writer->parts, writer->part_capacity * sizeof *writer->parts);
    if (writer->opened && writer->poison.status == NUNCIO_OK) {
        nn_directory_clean(writer); /* segments that were never committed */
    }
    if (writer->lock != NULL) {
        (void)writer->vfs->close(writer->vfs->context, writer->lock);
    }
    nn_manifest_deinit(&writer->manifest, &writer->memory);
    nuncio_allocator allocator = writer->memory.allocator;
    allocator.release(allocator.context, writer, sizeof *writer);
}

nuncio_status nn_writer_poison(nuncio_writer *writer, nuncio_status status,
                               const nuncio_error *error)
{
    if (status != NUNCIO_OK) {
        writer->poison = *error;
        writer->poison.status = status;
    }
    return status;
}

nuncio_status nn_writer_check(const nuncio_writer *writer, nuncio_error *error)
{
    if (writer->poison.status == NUNCIO_OK) {
        return NUNCIO_OK;
    }
    return nn_error_set(error, NUNCIO_ERR_STATE,
                        "the writer stopped at an earlier failure (%.250s): close it and open the "
                        "index again; the last commit is intact",
                        writer->poison.message);
}

/* Deletes the live article of that id, wherever it is. *hash gets its hash, where it is the same as
 * given nothing is deleted. */
static nuncio_status replace(nuncio_writer *writer, nuncio_str id, const nn_hash128 *keep,
                             nuncio_add_result *result, nuncio_error *error)
{
    *result = NUNCIO_ADD_ADDED;
    nn_batch_article *waiting = nn_batch_find(&writer->batch, id);
    nn_worker *worker = NULL;
    nn_batch_article *flying =
        waiting == NULL ? nn_writer_find_in_flight(writer, id, &worker) : waiting;
    if (flying != NULL) {
        if (keep != NULL && flying->hash_low == keep->low && flying->hash_high == keep->high) {
            *result = NUNCIO_ADD_SKIPPED;
            return NUNCIO_OK;
        }
        *result = NUNCIO_ADD_REPLACED;
        if (waiting != NULL) {
            nn_batch_drop(&writer->batch, waiting);
            return NUNCIO_OK;
        }
        return nn_writer_drop_in_flight(writer, worker, flying, error);
    }
    bool found;
    nn_part *part = NULL;
    uint32_t article = 0;
    NN_TRY(nn_parts_find(writer, id, &found, &part, &article, error));
    if (!found) {
        return NUNCIO_OK;
    }
    nn_article_row row;
    NN_TRY(nn_segment_article(part->segment, article, &row, error));
    if (keep != NULL && row.hash_low == keep->low && row.hash_high == keep->high) {
        *result = NUNCIO_ADD_SKIPPED;
        return NUNCIO_OK;
    }
    *result = NUNCIO_ADD_REPLACED;
    return nn_part_delete(writer, part, article, error);
}

static nuncio_status add(nuncio_writer *writer, const nn_intake *intake, nuncio_add_result *result,
                         nuncio_error *error)
{
    NN_TRY(replace(writer, intake->article.id, &intake->hash, result, error));
    if (*result == NUNCIO_ADD_SKIPPED) {
        return NUNCIO_OK;
    }
    uint64_t size = intake->article.text.size + intake->article.title.size;
    if (writer->batch.live > 0 && writer->batch.bytes + size > writer->batch_bytes) {
        NN_TRY(nn_writer_flush(writer, error));
    }
    NN_TRY(
        nn_batch_add(&writer->batch, &intake->article, intake->hash.low, intake->hash.high, error));
    if (writer->batch.bytes >= writer->batch_bytes) {
        NN_TRY(nn_writer_flush(writer, error));
    }
    return NUNCIO_OK;
}

nuncio_status nuncio_writer_add(nuncio_writer *writer, const nuncio_article *article,
                                nuncio_add_result *result, nuncio_error *error)
{
    nn_intake intake;
    nuncio_add_result done = NUNCIO_ADD_ADDED;
    nuncio_error local = {0};
    if (result != NULL) {
        *result = NUNCIO_ADD_ADDED;
    }
    NN_TRY(nn_writer_check(writer, error));
    nuncio_status status = nn_intake_take(&intake, &writer->memory, article, error);
    if (status == NUNCIO_OK) {
        status = nn_writer_poison(writer, add(writer, &intake, &done, &local), &local);
        if (status != NUNCIO_OK && error != NULL) {
            *error = local;
        }
    }
    nn_intake_deinit(&intake);
    if (result != NULL) {
        *result = done;
    }
    return status;
}

nuncio_status nuncio_writer_delete(nuncio_writer *writer, nuncio_str id, nuncio_error *error)
{
    nuncio_add_result done = NUNCIO_ADD_ADDED;
    nuncio_error local = {0};
    NN_TRY(nn_writer_check(writer, error));
    nuncio_status status =
        nn_writer_poison(writer, replace(writer, id, NULL, &done, &local), &local);
    if (status != NUNCIO_OK) {
        if (error != NULL) {
            *error = local;
        }
        return status;
    }
    if (done == NUNCIO_ADD_ADDED) {
        return nn_error_set(error, NUNCIO_ERR_NOT_FOUND, "no article has the id '%.*s'",
                            id.size < 200 ? (int)id.size : 200, id.data == NULL ? "" : id.data);
    }
    return NUNCIO_OK;
}
