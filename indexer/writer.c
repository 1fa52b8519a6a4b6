/* SPDX-License-Identifier: Apache-2.0 */
/* The public writer: opening, adding, deleting. commit.c makes it durable. */
#include <nuncio/writer.h>

#include "core/error.h"
#include "core/huge_pages.h"
#include "core/str.h"
#include "indexer/intake.h"
#include "indexer/writer_impl.h"
#include "text/analyzer.h"

#include <string.h>
#include <unistd.h>

/* ---- opening and closing ---- */

static uint32_t threads_of(const nuncio_writer_options *options)
{
    uint32_t wanted = options->threads;
    if (wanted == 0) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        wanted = processors < 1 ? 1 : (uint32_t)processors;
    }
    return wanted < NN_WORKERS_MAX ? wanted : NN_WORKERS_MAX;
}

/** Loads the names model that the options name; what it takes is not there for building. */
static nuncio_status load_model(nuncio_writer *writer, const char *path, nuncio_error *error)
{
    uint64_t max = writer->memory.max;
    NN_TRY(nn_name_model_load(&writer->memory, writer->vfs, path, &writer->model, error));
    if (max - writer->memory.used < NN_MEMORY_MIN) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "the names model takes %llu MiB, too much of %llu MiB of memory: give "
                            "that much more",
                            (unsigned long long)(writer->memory.used >> 20) + 1,
                            (unsigned long long)(max >> 20));
    }
    writer->budget = nn_budget_of(max - writer->memory.used);
    writer->builder_options.model = writer->model;
    return NUNCIO_OK;
}

static nuncio_status read_options(nuncio_writer *writer, const nuncio_writer_options *options,
                                  nuncio_error *error)
{
    uint64_t max = options->memory_max == 0 ? NN_MEMORY_DEFAULT : options->memory_max;
    nn_builder_options *builder = &writer->builder_options;
    builder->language = NN_LANGUAGE_EN;
    if (max < NN_MEMORY_MIN) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "%llu bytes of memory are too few to index with: give at least %d MiB",
                            (unsigned long long)max, NN_MEMORY_MIN >> 20);
    }
    if (options->lang.size > 0 && !nn_language_from_code(options->lang, &builder->language)) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "'%.*s' is no language known here: give an ISO 639-1 code such as en",
                            options->lang.size < 40 ? (int)options->lang.size : 40,
                            options->lang.data);
    }
    writer->memory.max = max;
    writer->vfs = options->vfs == NULL ? nuncio_vfs_default() : options->vfs;
    writer->budget = nn_budget_of(max);
    builder->vfs = writer->vfs;
    builder->directory = writer->directory;
    builder->store_text = !options->no_text;
    builder->annotate = !options->no_annotations;
    builder->no_quotes = options->no_quotes;
    if (options->model != NULL && builder->annotate) {
        NN_TRY(load_model(writer, options->model, error));
    }
    builder->build_bytes = writer->budget.build_bytes;
    builder->analyzer_bytes = writer->budget.analyzer_bytes;
    uint32_t threads = threads_of(options);
    uint32_t workers = threads < writer->budget.workers ? threads : writer->budget.workers;
    nn_parts_init(&writer->parts, &writer->memory, writer->vfs, writer->directory, threads);
    NN_TRY(nn_batch_init(&writer->batch, &writer->memory, error));
    return nn_workers_init(&writer->workers, &writer->memory, builder, workers, error);
}

static nuncio_status open_index(nuncio_writer *writer, nuncio_error *error)
{
    uint64_t fingerprint = 0;
    bool manifest = false;
    NN_TRY(nn_directory_open(writer, &manifest, error));
    NN_TRY(nn_analyzer_fingerprint(&writer->memory, &fingerprint, error));
    nuncio_status status =
        nn_manifest_read(writer->vfs, &writer->memory, writer->directory, &writer->manifest, error);
    if (status == NUNCIO_ERR_NOT_INDEX && !manifest) { /* one that is damaged is not written over */
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
    for (size_t i = 0; i < writer->manifest.count; i++) {
        NN_TRY(nn_parts_insert(&writer->parts, i, &writer->manifest.entries[i], false, error));
    }
    writer->opened = true;
    return NUNCIO_OK;
}

nuncio_status nuncio_writer_open(const char *directory, const nuncio_writer_options *options,
                                 nuncio_writer **out, nuncio_error *error)
{
    nuncio_writer_options given = NUNCIO_WRITER_OPTIONS_INIT;
    nn_memory memory;
    *out = NULL;
    if (directory == NULL || directory[0] == '\0' || strlen(directory) >= NN_PATH_MAX - 64) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "the path of the index is empty or too long");
    }
    if (options != NULL) {
        if (options->struct_size == 0 || options->struct_size > sizeof given) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                                "struct_size of the options is not that of this library: start "
                                "from NUNCIO_WRITER_OPTIONS_INIT");
        }
        memcpy(&given, options, options->struct_size);
    }
    const nuncio_allocator *allocator = given.allocator == NULL ? &nn_huge_pages : given.allocator;
    nn_memory_init(&memory, allocator, 0); /* the writer itself is outside of its budget */
    nuncio_writer *writer = (nuncio_writer *)nn_alloc_array(&memory, 1, sizeof *writer);
    if (writer == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&writer->memory, allocator, 0);
    memcpy(writer->directory, directory, strlen(directory) + 1);
    nuncio_status status = read_options(writer, &given, error);
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
    nn_workers_deinit(&writer->workers);
    nn_training_deinit(&writer->training);
    nn_batch_deinit(&writer->batch);
    nn_parts_deinit(&writer->parts);
    if (writer->opened && writer->poison.status == NUNCIO_OK) {
        nn_directory_clean(writer); /* segments that were never committed */
    }
    if (writer->lock != NULL) {
        (void)writer->vfs->close(writer->vfs->context, writer->lock);
    }
    nn_manifest_deinit(&writer->manifest, &writer->memory);
    nn_name_model_close(writer->model);
    nuncio_allocator allocator = writer->memory.allocator;
    allocator.release(allocator.context, writer, sizeof *writer);
}

/* ---- poison ---- */

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

nuncio_status nn_writer_run(nuncio_writer *writer, nn_writer_step *step, void *argument,
                            nuncio_error *error)
{
    nuncio_error local = {0};
    NN_TRY(nn_writer_check(writer, error));
    nuncio_status status = step(writer, argument, &local);
    if (status != NUNCIO_OK) {
        local.status = status;
        writer->poison = local;
        if (error != NULL) {
            *error = local;
        }
    }
    return status;
}

/* ---- adding and deleting ---- */

/* Where the live article of an id is. */
typedef struct known_article {
    bool found;
    nn_batch_article *article; /* in the batch, or in a job when there is one */
    nn_job *job;
    nn_part *part; /* where it is in none of them */
    uint32_t number;
    nn_hash128 hash;
} known_article;

static nuncio_status find(nuncio_writer *writer, nuncio_str id, known_article *out,
                          nuncio_error *error)
{
    *out = (known_article){.article = nn_batch_find(&writer->batch, id)};
    if (out->article == NULL) {
        out->article = nn_workers_find(&writer->workers, id, &out->job);
    }
    if (out->article != NULL) {
        out->hash = out->article->hash;
        out->found = true;
        return NUNCIO_OK;
    }
    NN_TRY(nn_parts_find(&writer->parts, id, &out->part, &out->number, error));
    if (out->part != NULL) {
        nn_article_row row;
        NN_TRY(nn_segment_article(out->part->segment, out->number, &row, error));
        out->hash = (nn_hash128){row.hash_low, row.hash_high};
        out->found = true;
    }
    return NUNCIO_OK;
}

static nuncio_status drop(nuncio_writer *writer, const known_article *known, nuncio_error *error)
{
    if (known->job != NULL) {
        return nn_job_drop(known->job, known->article, error);
    }
    if (known->part != NULL) {
        return nn_part_drop(&writer->parts, known->part, known->number, error);
    }
    nn_batch_drop(&writer->batch, known->article);
    return NUNCIO_OK;
}

/* What one call of nuncio_writer_add works on. */
typedef struct addition {
    const nn_intake *intake;
    nn_built built; /* of an article built alone */
    nuncio_add_result result;
} addition;

static nuncio_status look_up(nuncio_writer *writer, addition *adding, known_article *known,
                             nuncio_error *error)
{
    const nn_intake *intake = adding->intake;
    NN_TRY(find(writer, intake->article.id, known, error));
    bool same = known->found && known->hash.low == intake->hash.low &&
                known->hash.high == intake->hash.high;
    adding->result = same           ? NUNCIO_ADD_SKIPPED
                     : known->found ? NUNCIO_ADD_REPLACED
                                    : NUNCIO_ADD_ADDED;
    return NUNCIO_OK;
}

static nuncio_status add(nuncio_writer *writer, void *argument, nuncio_error *error)
{
    addition *adding = (addition *)argument;
    const nn_intake *intake = adding->intake;
    known_article known;
    NN_TRY(look_up(writer, adding, &known, error));
    if (adding->result == NUNCIO_ADD_SKIPPED) {
        return NUNCIO_OK;
    }
    if (known.found) {
        NN_TRY(drop(writer, &known, error));
    }
    uint64_t bytes = nn_batch_bytes_of(&intake->article);
    if (writer->batch.count > 0 && writer->batch.bytes + bytes > writer->budget.batch_bytes) {
        NN_TRY(nn_writer_flush(writer, error));
    }
    return nn_batch_add(&writer->batch, &intake->article, intake->hash, error);
}

/* Clears the way for an article that is built alone, unless it is known. */
static nuncio_status prepare_alone(nuncio_writer *writer, void *argument, nuncio_error *error)
{
    addition *adding = (addition *)argument;
    known_article known;
    NN_TRY(look_up(writer, adding, &known, error));
    return adding->result == NUNCIO_ADD_SKIPPED ? NUNCIO_OK : nn_writer_flush_all(writer, error);
}

static nuncio_status finish_alone(nuncio_writer *writer, void *argument, nuncio_error *error)
{
    addition *adding = (addition *)argument;
    known_article known;
    NN_TRY(look_up(writer, adding, &known, error));
    if (known.found) {
        NN_TRY(drop(writer, &known, error));
    }
    return nn_writer_adopt(writer, &adding->built, error);
}

static nuncio_status fail(nuncio_writer *writer, void *argument, nuncio_error *error)
{
    (void)writer;
    *error = *(const nuncio_error *)argument;
    return error->status;
}

/* A large article. When the memory does not suffice for it, the writer goes on without it. */
static nuncio_status add_alone(nuncio_writer *writer, addition *adding, nuncio_error *error)
{
    nuncio_error local = {0};
    NN_TRY(nn_writer_run(writer, prepare_alone, adding, error));
    if (adding->result == NUNCIO_ADD_SKIPPED) {
        return NUNCIO_OK;
    }
    nuncio_status status = nn_writer_build_alone(writer, &adding->intake->article,
                                                 adding->intake->hash, &adding->built, &local);
    if (status == NUNCIO_OK) {
        status = nn_writer_run(writer, finish_alone, adding, error);
    } else if (status == NUNCIO_ERR_MEMORY) {
        status = nn_error_set(error, status, "%s", local.message);
    } else {
        local.status = status;
        status = nn_writer_run(writer, fail, &local, error);
    }
    nn_built_deinit(&adding->built, &writer->memory);
    return status;
}

nuncio_status nuncio_writer_add(nuncio_writer *writer, const nuncio_article *article,
                                nuncio_add_result *result, nuncio_error *error)
{
    nn_intake intake;
    addition adding = {.intake = &intake, .result = NUNCIO_ADD_ADDED};
    NN_TRY(nn_writer_check(writer, error));
    nuncio_status status =
        nn_intake_take(&intake, &writer->memory, article, writer->budget.text_bytes, error);
    if (status == NUNCIO_OK) {
        bool alone = article->text.size > writer->budget.alone_bytes;
        status =
            alone ? add_alone(writer, &adding, error) : nn_writer_run(writer, add, &adding, error);
    }
    nn_intake_deinit(&intake);
    if (result != NULL) {
        *result = adding.result;
    }
    return status;
}

/* What one call of nuncio_writer_delete works on. */
typedef struct deletion {
    nuncio_str id;
    bool found;
} deletion;

static nuncio_status delete_article(nuncio_writer *writer, void *argument, nuncio_error *error)
{
    deletion *deleting = (deletion *)argument;
    known_article known;
    NN_TRY(find(writer, deleting->id, &known, error));
    deleting->found = known.found;
    return known.found ? drop(writer, &known, error) : NUNCIO_OK;
}

nuncio_status nuncio_writer_delete(nuncio_writer *writer, nuncio_str id, nuncio_error *error)
{
    deletion deleting = {id, false};
    NN_TRY(nn_writer_run(writer, delete_article, &deleting, error));
    if (deleting.found) {
        return NUNCIO_OK;
    }
    return nn_error_set(error, NUNCIO_ERR_NOT_FOUND, "no article has the id '%.*s'",
                        id.size < 200 ? (int)id.size : 200, id.data == NULL ? "" : id.data);
}
