/* SPDX-License-Identifier: Apache-2.0 */
/* Directories are opened when the walk comes to them, so that memory follows the depth and the
 * largest directory, not the archive. Links to files are followed, links to directories are not:
 * the walk ends. */
#include "ingest/walk.h"

#include "core/error.h"
#include "core/str.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void nn_walk_init(nn_walk *walk, nn_memory *memory, const char *const *paths, size_t count)
{
    memset(walk, 0, sizeof *walk);
    walk->memory = memory;
    walk->paths = paths;
    walk->path_count = count;
    nn_buffer_init(&walk->path, memory);
}

static void leave(nn_walk *walk)
{
    nn_walk_level *level = &walk->levels[--walk->depth];
    nn_buffer_deinit(&level->names);
    nn_buffer_deinit(&level->offsets);
}

void nn_walk_deinit(nn_walk *walk)
{
    while (walk->depth > 0) {
        leave(walk);
    }
    nn_buffer_deinit(&walk->path);
}

static bool ends_with(nuncio_str text, const char *end)
{
    size_t size = strlen(end);
    return text.size > size && memcmp(text.data + text.size - size, end, size) == 0;
}

/** The path without .gz or .zst. */
static nuncio_str without_compression(const char *path)
{
    nuncio_str text = nn_str_of(path);
    text.size -= ends_with(text, ".gz") ? 3u : ends_with(text, ".zst") ? 4u : 0u;
    return text;
}

/** What a name tells; UNKNOWN for a name that tells nothing. */
static nn_record_form form_of(const char *path)
{
    nuncio_str stem = without_compression(path);
    if (ends_with(stem, ".jsonl") || ends_with(stem, ".ndjson")) {
        return NN_RECORDS_LINES;
    }
    if (ends_with(stem, ".json")) {
        return NN_RECORDS_VALUES;
    }
    return ends_with(stem, ".txt") ? NN_RECORDS_WHOLE : NN_RECORDS_UNKNOWN;
}

void nn_sidecar_path(nn_buffer *out, const char *text_path)
{
    nuncio_str stem = without_compression(text_path);
    stem.size -= ends_with(stem, ".txt") ? 4u : 0u;
    nn_buffer_clear(out);
    nn_buffer_append_str(out, stem);
    nn_buffer_append(out, ".json", sizeof ".json");
}

/** Tells whether this is x.json where x.txt, x.txt.gz or x.txt.zst lies beside it. */
static nuncio_status is_sidecar(nn_walk *walk, const char *path, bool *found, nuncio_error *error)
{
    static const char *const ends[] = {".txt", ".txt.gz", ".txt.zst"};
    nuncio_str text = nn_str_of(path);
    nuncio_status status = NUNCIO_OK;
    *found = false;
    if (!ends_with(text, ".json")) {
        return NUNCIO_OK;
    }
    nn_buffer beside;
    nn_buffer_init(&beside, walk->memory);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && !*found && status == NUNCIO_OK; i++) {
        struct stat described;
        nn_buffer_clear(&beside);
        nn_buffer_append(&beside, path, text.size - strlen(".json"));
        nn_buffer_append(&beside, ends[i], strlen(ends[i]) + 1);
        status = nn_buffer_status(&beside, error);
        *found = status == NUNCIO_OK && stat((const char *)beside.data, &described) == 0;
    }
    nn_buffer_deinit(&beside);
    return status;
}

static int by_name(const void *a, const void *b, void *names)
{
    uint32_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return strcmp((const char *)names + left, (const char *)names + right);
}

/** Collects the names of a directory, those that begin with a dot left out. Returns an errno value.
 */
static int list(nn_walk_level *level, const char *path)
{
    DIR *directory = opendir(path);
    if (directory == NULL) {
        return errno;
    }
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            break;
        }
        if (entry->d_name[0] == '.' || level->names.size > UINT32_MAX - NAME_MAX - 1) {
            continue;
        }
        uint32_t offset = (uint32_t)level->names.size;
        nn_buffer_append(&level->offsets, &offset, sizeof offset);
        nn_buffer_append(&level->names, entry->d_name, strlen(entry->d_name) + 1);
    }
    int code = errno;
    (void)closedir(directory);
    if (level->offsets.size > 0 && !level->names.failed) {
        qsort_r(level->offsets.data, level->offsets.size / sizeof(uint32_t), sizeof(uint32_t),
                by_name, level->names.data);
    }
    return code;
}

/** Enters the directory at `path`. A failure of the system is told by `*code`. */
static nuncio_status enter(nn_walk *walk, int *code, nuncio_error *error)
{
    if (walk->depth == NN_INGEST_DEPTH_MAX) {
        *code = ELOOP;
        return NUNCIO_OK;
    }
    nn_walk_level *level = &walk->levels[walk->depth++];
    memset(level, 0, sizeof *level);
    nn_buffer_init(&level->names, walk->memory);
    nn_buffer_init(&level->offsets, walk->memory);
    level->path_size = walk->path.size - 1;
    *code = list(level, (const char *)walk->path.data);
    if (*code != 0) {
        leave(walk);
        return NUNCIO_OK;
    }
    NN_TRY(nn_buffer_status(&level->offsets, error));
    return nn_buffer_status(&level->names, error);
}

static void set_path(nn_walk *walk, size_t keep, const char *more)
{
    walk->path.size = keep;
    if (keep > 0 && walk->path.data[keep - 1] != '/') {
        nn_buffer_append_u8(&walk->path, '/');
    }
    nn_buffer_append(&walk->path, more, strlen(more) + 1);
}

static void tell_problem(const nn_walk *walk, nn_walk_item *out, nn_problem_kind kind, int code)
{
    out->event = NN_WALK_PROBLEM;
    out->path = (const char *)walk->path.data;
    out->problem = kind;
    out->code = code;
}

static void tell_file(const nn_walk *walk, nn_walk_item *out, const struct stat *status)
{
    out->event = NN_WALK_FILE;
    out->path = (const char *)walk->path.data;
    out->name = out->path + walk->root_size;
    out->form = form_of(out->path);
    out->is_stream = !S_ISREG(status->st_mode);
    out->size = out->is_stream ? 0 : (uint64_t)status->st_size;
}

/** Looks at the next path given. Without an event: a directory was entered, or it is a sidecar. */
static nuncio_status next_path(nn_walk *walk, nn_walk_item *out, nuncio_error *error)
{
    const char *path = walk->paths[walk->path_next++];
    struct stat status;
    int code = 0;
    walk->files = 0;
    set_path(walk, 0, path);
    NN_TRY(nn_buffer_status(&walk->path, error));
    const char *slash = strrchr(path, '/');
    walk->root_size = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    if (strcmp(path, "-") == 0) {
        *out =
            (nn_walk_item){.event = NN_WALK_FILE, .path = "-", .name = "stdin", .is_stream = true};
        return NUNCIO_OK;
    }
    if (stat(path, &status) != 0) {
        code = errno;
        bool missing = code == ENOENT || code == ENOTDIR;
        tell_problem(walk, out, missing ? NN_PROBLEM_NOT_FOUND : NN_PROBLEM_UNREADABLE, code);
        return NUNCIO_OK;
    }
    if (!S_ISDIR(status.st_mode)) {
        bool sidecar;
        NN_TRY(is_sidecar(walk, path, &sidecar, error));
        if (!sidecar) {
            tell_file(walk, out, &status);
        }
        return NUNCIO_OK;
    }
    NN_TRY(enter(walk, &code, error));
    if (code != 0) {
        tell_problem(walk, out, NN_PROBLEM_UNREADABLE, code);
    }
    walk->root_size = strlen(path) + (path[strlen(path) - 1] != '/');
    return NUNCIO_OK;
}

/** Looks at the next name of the innermost directory. Without an event: it is none of ours. */
static nuncio_status next_name(nn_walk *walk, nn_walk_item *out, nuncio_error *error)
{
    nn_walk_level *level = &walk->levels[walk->depth - 1];
    if (level->next * sizeof(uint32_t) == level->offsets.size) {
        walk->path.size = level->path_size;
        nn_buffer_append_u8(&walk->path, 0);
        leave(walk);
        if (walk->depth == 0 && walk->files == 0) {
            tell_problem(walk, out, NN_PROBLEM_NO_ARTICLES, 0);
        }
        return nn_buffer_status(&walk->path, error);
    }
    uint32_t offset;
    memcpy(&offset, level->offsets.data + level->next++ * sizeof offset, sizeof offset);
    set_path(walk, level->path_size, (const char *)level->names.data + offset);
    NN_TRY(nn_buffer_status(&walk->path, error));
    const char *path = (const char *)walk->path.data;
    struct stat status, link;
    int code = 0;
    bool ours = form_of(path) != NN_RECORDS_UNKNOWN;
    if (lstat(path, &link) != 0 || stat(path, &status) != 0) {
        if (ours) {
            tell_problem(walk, out, NN_PROBLEM_UNREADABLE, errno);
        }
    } else if (S_ISDIR(link.st_mode)) {
        NN_TRY(enter(walk, &code, error));
        if (code != 0) {
            tell_problem(walk, out, NN_PROBLEM_UNREADABLE, code);
        }
    } else if (S_ISREG(status.st_mode) && ours) {
        bool sidecar;
        NN_TRY(is_sidecar(walk, path, &sidecar, error));
        if (!sidecar) {
            walk->files++;
            tell_file(walk, out, &status);
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_walk_next(nn_walk *walk, nn_walk_item *out, nuncio_error *error)
{
    memset(out, 0, sizeof *out);
    while (out->event == NN_WALK_END) {
        if (walk->depth > 0) {
            NN_TRY(next_name(walk, out, error));
        } else if (walk->path_next < walk->path_count) {
            NN_TRY(next_path(walk, out, error));
        } else {
            break;
        }
    }
    return NUNCIO_OK;
}
