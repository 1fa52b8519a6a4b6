/* SPDX-License-Identifier: Apache-2.0 */
/* The run: walk → file → stream → splitter → record → draft. Problems of a draft are given out
 * before its article; those that belong to no record are drafts without an article. */
#include "ingest/ingest.h"

#include "core/assert.h"
#include "core/error.h"
#include "core/str.h"
#include "ingest/id_set.h"
#include "ingest/read_record.h"
#include "ingest/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct nn_ingest {
    nn_memory memory;
    nn_ingest_options options;
    nuncio_str bytes; /* of a run over memory: what is left */
    nn_walk walk;
    nn_walk_item input; /* the file being read */
    nn_buffer sidecar;  /* its sidecar's path */
    int descriptor;     /* -1: no file is open */
    nn_stream *stream;
    nn_splitter splitter;
    nn_record_reader reader;
    nn_id_set ids;
    nn_draft draft;
    size_t told;           /* problems of the draft given out */
    uint64_t in_file;      /* articles and problems of this file */
    uint64_t bad_run;      /* records in a row without an article */
    uint64_t bytes_before; /* of finished files */
    uint64_t files;
};

static int read_file(void *context, void *to, size_t size, size_t *done)
{
    nn_ingest *ingest = context;
    const nn_ingest_options *options = &ingest->options;
    *done = 0;
    for (;;) {
        if (options->stop != NULL && options->stop(options->stop_context)) {
            return ECANCELED;
        }
        ssize_t count = read(ingest->descriptor, to, size);
        if (count >= 0) {
            *done = (size_t)count;
            return 0;
        }
        if (errno != EINTR) {
            return errno;
        }
    }
}

static int read_memory(void *context, void *to, size_t size, size_t *done)
{
    nn_ingest *ingest = context;
    nuncio_str *left = &ingest->bytes;
    *done = left->size < size ? left->size : size;
    if (*done > 0) {
        memcpy(to, left->data, *done);
        left->data += *done;
        left->size -= *done;
    }
    return 0;
}

nuncio_status nn_ingest_open(const char *const *paths, size_t path_count,
                             const nn_ingest_options *options, const nuncio_allocator *allocator,
                             nn_ingest **out, nuncio_error *error)
{
    *out = NULL;
    nn_memory memory;
    nn_memory_init(&memory, allocator, 0);
    nn_ingest *ingest = nn_alloc_array(&memory, 1, sizeof *ingest);
    if (ingest == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&ingest->memory, allocator, 0);
    if (options != NULL) {
        ingest->options = *options;
    }
    ingest->descriptor = -1;
    nn_walk_init(&ingest->walk, &ingest->memory, paths, path_count);
    nn_buffer_init(&ingest->sidecar, &ingest->memory);
    nn_id_set_init(&ingest->ids, &ingest->memory);
    nn_draft_init(&ingest->draft, &ingest->memory);
    nuncio_status status = nn_record_reader_init(&ingest->reader, &ingest->memory, error);
    if (status != NUNCIO_OK) {
        nn_ingest_close(ingest);
        return status;
    }
    *out = ingest;
    return NUNCIO_OK;
}

static void close_file(nn_ingest *ingest)
{
    if (ingest->stream != NULL) {
        ingest->bytes_before += nn_stream_consumed(ingest->stream);
    }
    nn_stream_close(ingest->stream);
    ingest->stream = NULL;
    if (ingest->descriptor > STDERR_FILENO) {
        (void)close(ingest->descriptor);
    }
    ingest->descriptor = -1;
}

void nn_ingest_close(nn_ingest *ingest)
{
    if (ingest == NULL) {
        return;
    }
    close_file(ingest);
    nn_splitter_deinit(&ingest->splitter);
    nn_record_reader_deinit(&ingest->reader);
    nn_walk_deinit(&ingest->walk);
    nn_buffer_deinit(&ingest->sidecar);
    nn_id_set_deinit(&ingest->ids);
    nn_draft_deinit(&ingest->draft);
    nuncio_allocator allocator = ingest->memory.allocator; /* the run held its own budget */
    allocator.release(allocator.context, ingest, sizeof *ingest);
}

static void tell(nn_ingest *ingest, nn_problem_kind kind, const char *path, uint64_t line,
                 const char *message)
{
    nn_draft_reset(&ingest->draft, path, line);
    nn_draft_problem(&ingest->draft, kind, "%s", message);
    ingest->told = 0;
}

/** What the system says of a path. */
static void tell_path(nn_ingest *ingest, const char *path, nn_problem_kind kind, int code)
{
    const char *message = kind == NN_PROBLEM_NO_ARTICLES
                              ? "no .jsonl, .ndjson, .json or .txt file (or one of these with .gz "
                                "or .zst) is in this directory"
                          : code == ELOOP ? "too many directories or links within one another"
                                          : strerror(code);
    tell(ingest, kind, path, 0, message);
}

static nuncio_status start_stream(nn_ingest *ingest, nn_source source, nuncio_error *error)
{
    NN_TRY(nn_stream_open(&ingest->memory, source, &ingest->stream, error));
    nn_splitter_begin(&ingest->splitter, &ingest->memory, ingest->stream, ingest->input.form,
                      ingest->input.form == NN_RECORDS_WHOLE ? NN_INGEST_TEXT_MAX
                                                             : NN_INGEST_RECORD_MAX,
                      NN_INGEST_GAP_MAX);
    ingest->in_file = 0;
    ingest->bad_run = 0;
    ingest->files++;
    return NUNCIO_OK;
}

/** Opens the next file, or tells a problem of the walk. `*ended` when there is none. */
static nuncio_status next_file(nn_ingest *ingest, bool *ended, nuncio_error *error)
{
    nn_walk_item *input = &ingest->input;
    NN_TRY(nn_walk_next(&ingest->walk, input, error));
    *ended = input->event == NN_WALK_END;
    if (*ended) {
        return NUNCIO_OK;
    }
    if (input->event == NN_WALK_PROBLEM) {
        tell_path(ingest, input->path, input->problem, input->code);
        return NUNCIO_OK;
    }
    bool standard_input = strcmp(input->path, "-") == 0;
    ingest->descriptor =
        standard_input ? STDIN_FILENO : open(input->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (ingest->descriptor < 0) {
        tell_path(ingest, input->path, NN_PROBLEM_UNREADABLE, errno);
        return NUNCIO_OK;
    }
    nn_buffer_clear(&ingest->sidecar);
    if (input->form == NN_RECORDS_WHOLE) {
        nn_sidecar_path(&ingest->sidecar, input->path);
        NN_TRY(nn_buffer_status(&ingest->sidecar, error));
    }
    nn_source source = {ingest, read_file};
    return start_stream(ingest, source, error);
}

nuncio_status nn_ingest_open_memory(nuncio_str bytes, const nn_ingest_options *options,
                                    const nuncio_allocator *allocator, nn_ingest **out,
                                    nuncio_error *error)
{
    nn_ingest *ingest = NULL;
    NN_TRY(nn_ingest_open(NULL, 0, options, allocator, &ingest, error));
    NN_ASSERT(ingest != NULL);
    ingest->bytes = bytes;
    ingest->input.path = "-";
    ingest->input.name = "stdin";
    nn_source source = {ingest, read_memory};
    nuncio_status status = start_stream(ingest, source, error);
    if (status != NUNCIO_OK) {
        nn_ingest_close(ingest);
        return status;
    }
    *out = ingest;
    return NUNCIO_OK;
}

/** The stream failed: a problem of the file, unless the run itself cannot go on. */
static nuncio_status end_by_failure(nn_ingest *ingest, nuncio_status status,
                                    const nuncio_error *failure, nuncio_error *error)
{
    if (status == NUNCIO_ERR_MEMORY || status == NUNCIO_ERR_CANCELLED) {
        if (error != NULL) {
            *error = *failure;
        }
        return status;
    }
    nn_problem_kind kind = status == NUNCIO_ERR_CORRUPT ? NN_PROBLEM_DAMAGED
                           : status == NUNCIO_ERR_INPUT ? NN_PROBLEM_FORMAT
                                                        : NN_PROBLEM_UNREADABLE;
    nn_draft_reset(&ingest->draft, ingest->input.path, 0);
    nn_draft_problem(&ingest->draft, kind, "%s; %s", failure->message,
                     kind == NN_PROBLEM_FORMAT
                         ? "convert it to JSON Lines or plain text in UTF-8, or to .gz or .zst"
                     : ingest->in_file > 0 ? "what came before was read"
                                           : "nothing was read");
    ingest->told = 0;
    close_file(ingest);
    return NUNCIO_OK;
}

static nuncio_status read_found(nn_ingest *ingest, const nn_record *record, nuncio_error *error)
{
    nn_draft *draft = &ingest->draft;
    bool whole = ingest->splitter.form == NN_RECORDS_WHOLE;
    nn_draft_reset(draft, ingest->input.path, whole ? 0 : record->line);
    ingest->told = 0;
    if (whole) {
        const char *sidecar = ingest->sidecar.size > 0 ? (const char *)ingest->sidecar.data : NULL;
        NN_TRY(nn_read_text_record(&ingest->reader, record, ingest->input.name, sidecar,
                                   &ingest->options, draft, error));
    } else {
        NN_TRY(nn_read_json_record(&ingest->reader, record, &ingest->options, draft, error));
    }
    ingest->bad_run++;
    if (!draft->complete) {
        return NUNCIO_OK;
    }
    ingest->bad_run = 0;
    nn_splitter_mark(&ingest->splitter);
    bool known;
    NN_TRY(nn_id_set_add(&ingest->ids, draft->article.id, &known, error));
    if (known) {
        nn_draft_problem(draft, NN_PROBLEM_DUPLICATE_ID,
                         "an earlier article of this run has the same id; the later one counts");
    }
    return NUNCIO_OK;
}

/** Reads one record of the open file; at its end, closes it. */
static nuncio_status next_record(nn_ingest *ingest, nuncio_error *error)
{
    nn_record record;
    nuncio_error failure = {0};
    const char *path = ingest->input.path;
    nuncio_status status = nn_splitter_next(&ingest->splitter, &record, &failure);
    if (status != NUNCIO_OK) {
        return end_by_failure(ingest, status, &failure, error);
    }
    switch (record.event) {
    case NN_RECORD_FOUND:
        NN_TRY(read_found(ingest, &record, error));
        break;
    case NN_RECORD_TOO_LONG:
        if (ingest->splitter.form == NN_RECORDS_WHOLE) {
            tell(ingest, NN_PROBLEM_TOO_LARGE, path, 0,
                 "the text is larger than 64 MiB; it was left out");
        } else {
            tell(ingest, NN_PROBLEM_TOO_LONG, path, record.line,
                 "the record is longer than 128 MiB; it was left out");
        }
        ingest->bad_run++;
        break;
    case NN_RECORD_BROKEN:
        nn_draft_reset(&ingest->draft, path, record.line);
        nn_draft_problem(&ingest->draft, NN_PROBLEM_DAMAGED,
                         "this is not JSON: %s; the rest of the file was not read", record.data);
        ingest->told = 0;
        break;
    case NN_RECORD_GAVE_UP:
        tell(ingest, NN_PROBLEM_GAVE_UP, path, 0,
             "1 GiB without an article; the rest of the file was not read");
        break;
    case NN_RECORD_END:
        if (ingest->in_file == 0) {
            tell(ingest, NN_PROBLEM_EMPTY_FILE, path, 0, "the file is empty");
        }
        close_file(ingest);
        return NUNCIO_OK;
    }
    ingest->in_file++;
    if (ingest->bad_run == NN_INGEST_BAD_RUN_MAX) {
        nn_draft_problem(&ingest->draft, NN_PROBLEM_GAVE_UP,
                         "10,000 records in a row are no articles; the rest of the file was not "
                         "read");
        close_file(ingest);
    }
    return NUNCIO_OK;
}

/** Takes what the draft holds; false when it has been given out. */
static bool give(nn_ingest *ingest, nn_ingest_item *out)
{
    nn_draft *draft = &ingest->draft;
    if (ingest->told < draft->problem_count) {
        out->event = NN_INGEST_PROBLEM;
        out->problem = &draft->problems[ingest->told++];
        return true;
    }
    if (!draft->complete) {
        return false;
    }
    draft->complete = false;
    out->event = NN_INGEST_ARTICLE;
    out->article = draft->article;
    out->file = draft->file;
    out->line = draft->line;
    return true;
}

nuncio_status nn_ingest_next(nn_ingest *ingest, nn_ingest_item *out, nuncio_error *error)
{
    const nn_ingest_options *options = &ingest->options;
    memset(out, 0, sizeof *out);
    while (!give(ingest, out)) {
        if (options->stop != NULL && options->stop(options->stop_context)) {
            return nn_error_set(error, NUNCIO_ERR_CANCELLED, "stopped");
        }
        bool ended = false;
        NN_TRY(ingest->stream != NULL ? next_record(ingest, error)
                                      : next_file(ingest, &ended, error));
        if (ended) {
            break;
        }
    }
    return NUNCIO_OK;
}

nn_ingest_progress nn_ingest_progress_of(const nn_ingest *ingest)
{
    uint64_t here = ingest->stream == NULL ? 0 : nn_stream_consumed(ingest->stream);
    nn_ingest_progress progress = {ingest->bytes_before + here, ingest->files};
    return progress;
}

uint64_t nn_ingest_total_bytes(const char *const *paths, size_t path_count)
{
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    nn_walk walk;
    nn_walk_init(&walk, &memory, paths, path_count);
    nn_walk_item item;
    uint64_t total = 0;
    bool known = true;
    do {
        known = nn_walk_next(&walk, &item, NULL) == NUNCIO_OK && !item.is_stream;
        total += item.size;
    } while (known && item.event != NN_WALK_END);
    nn_walk_deinit(&walk);
    return known ? total : 0;
}
