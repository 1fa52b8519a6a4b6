/* SPDX-License-Identifier: Apache-2.0 */
/* Making it durable: what waits becomes segments, deletes are written, segments merged, and the
 * manifest replaced. Until its rename nothing is visible; after it, all of it is. */
#include "core/assert.h"
#include "core/error.h"
#include "indexer/merge_policy.h"
#include "indexer/recompress.h"
#include "indexer/writer_impl.h"

#include <string.h>

/* Everything that waits becomes parts, with their deletes. */
static nuncio_status settle(nuncio_writer *writer, nuncio_error *error)
{
    nn_parts *parts = &writer->parts;
    NN_TRY(nn_writer_settle(writer, error));
    for (size_t i = 0; i < parts->count;) {
        nn_part *part = &parts->items[i];
        writer->changed |= part->pending_count > 0;
        if (nn_part_live_articles(part) == 0) {
            nn_parts_remove(parts, i, 1);
        } else {
            NN_TRY(nn_part_write_deletes(parts, part, error));
            i++;
        }
    }
    return NUNCIO_OK;
}

/* Merges a run if the memory suffices for it; the threads' tables make room for it. If not, the
 * part that is too much is noted in `sizes`. */
static nuncio_status merge(nuncio_writer *writer, nn_merge_run run, bool recompress,
                           nn_merge_part *sizes, bool *merged, nuncio_error *error)
{
    nn_parts *parts = &writer->parts;
    uint64_t memory = writer->budget.merge_bytes;
    size_t count = run.count;
    NN_TRY(nn_merge_within(&parts->items[run.first], &sizes[run.first], &count, memory, error));
    *merged = count == run.count;
    if (*merged) {
        nn_workers_rest(&writer->workers);
        nuncio_status status = nn_parts_merge(parts, run.first, run.count, recompress, error);
        if (status != NUNCIO_ERR_MEMORY) {
            writer->changed |= status == NUNCIO_OK;
            return status;
        }
        *merged = false;
        count = run.count - 1;
    }
    sizes[run.first + count].memory = UINT64_MAX / 2;
    return NUNCIO_OK;
}

static void measure(const nn_parts *parts, nn_merge_part *sizes)
{
    for (size_t i = 0; i < parts->count; i++) {
        sizes[i] = nn_merge_part_of(&parts->items[i]);
    }
}

static nuncio_status merge_by_policy(nuncio_writer *writer, nn_merge_part *sizes,
                                     nuncio_error *error)
{
    nn_parts *parts = &writer->parts;
    measure(parts, sizes);
    for (;;) {
        bool merged;
        nn_merge_run run = nn_merge_choose(sizes, parts->count, writer->budget.merge_bytes);
        if (run.count == 0) {
            return NUNCIO_OK;
        }
        NN_TRY(merge(writer, run, false, sizes, &merged, error));
        if (merged) {
            measure(parts, sizes);
        }
    }
}

/* Into one, or where the memory is too small for that, into as few as it allows. One that is alone
 * is written anew for what is deleted of it, or to make its texts smaller. */
static nuncio_status merge_all(nuncio_writer *writer, nn_merge_part *sizes, nuncio_error *error)
{
    nn_parts *parts = &writer->parts;
    measure(parts, sizes);
    for (size_t first = 0; first < parts->count;) {
        bool merged = true;
        nn_merge_run run = nn_merge_longest(sizes, parts->count, first, writer->budget.merge_bytes);
        bool recompress;
        NN_TRY(nn_recompress_pays(&parts->items[first], run.count, &recompress, error));
        if (run.count > 1 || recompress || parts->items[first].deletes != NULL) {
            NN_TRY(merge(writer, run, recompress, sizes, &merged, error));
        }
        if (merged) {
            measure(parts, sizes);
        }
        first += merged || run.count == 1;
    }
    return NUNCIO_OK;
}

static nuncio_status write_manifest(nuncio_writer *writer, nuncio_error *error)
{
    const nn_parts *parts = &writer->parts;
    nn_manifest next;
    memset(&next, 0, sizeof next);
    next.generation = writer->manifest.generation + 1;
    next.fingerprint = writer->manifest.fingerprint;
    NN_TRY(nn_reserve(&writer->memory, &next.entries, &next.capacity, parts->count,
                      sizeof *next.entries, error));
    for (size_t i = 0; i < parts->count; i++) {
        NN_ASSERT(!parts->items[i].plain); /* no reader knows such */
        next.entries[next.count++] = parts->items[i].entry;
    }
    nuncio_status status =
        nn_manifest_commit(writer->vfs, &writer->memory, writer->directory, &next, error);
    if (status != NUNCIO_OK) {
        nn_manifest_deinit(&next, &writer->memory);
        return status;
    }
    nn_manifest_deinit(&writer->manifest, &writer->memory);
    writer->manifest = next;
    writer->changed = false;
    nn_directory_clean(writer); /* what only earlier commits named */
    return NUNCIO_OK;
}

typedef nuncio_status merge_step(nuncio_writer *writer, nn_merge_part *sizes, nuncio_error *error);

static nuncio_status commit_with(nuncio_writer *writer, merge_step *step, nuncio_error *error)
{
    NN_TRY(settle(writer, error));
    size_t count = writer->parts.count;
    if (count > 0 && (writer->changed || step == merge_all)) {
        nn_merge_part *sizes =
            (nn_merge_part *)nn_alloc_array(&writer->memory, count, sizeof *sizes);
        nuncio_status status = sizes == NULL ? nn_error_memory(error) : step(writer, sizes, error);
        nn_release(&writer->memory, sizes, count * sizeof *sizes);
        NN_TRY(status);
    }
    bool is_new = writer->manifest.generation == 0;
    return writer->changed || is_new ? write_manifest(writer, error) : NUNCIO_OK;
}

static nuncio_status commit(nuncio_writer *writer, void *unused, nuncio_error *error)
{
    (void)unused;
    return commit_with(writer, merge_by_policy, error);
}

static nuncio_status optimize(nuncio_writer *writer, void *unused, nuncio_error *error)
{
    (void)unused;
    return commit_with(writer, merge_all, error);
}

nuncio_status nuncio_writer_commit(nuncio_writer *writer, nuncio_error *error)
{
    return nn_writer_run(writer, commit, NULL, error);
}

nuncio_status nuncio_writer_optimize(nuncio_writer *writer, nuncio_error *error)
{
    return nn_writer_run(writer, optimize, NULL, error);
}
