/* SPDX-License-Identifier: Apache-2.0 */
/* Making it durable: what waits becomes segments, deletes are written, small segments merged, and
 * the manifest replaced. Until its rename nothing is visible; after it, all of it is. */
#include "core/error.h"
#include "indexer/writer_impl.h"

#include <string.h>

/* Size class of a part: 0 up to 10,000 live passages, one more for each factor of ten. */
static uint32_t class_of(const nn_part *part)
{
    uint32_t class = 0;
    for (uint32_t passages = nn_part_live_passages(part) / 10000; passages > 0; passages /= 10) {
        class ++;
    }
    return class;
}

/* A part of which more than half is deleted is written anew. */
static bool is_wasteful(const nn_part *part)
{
    return part->deletes != NULL &&
           nn_part_live_articles(part) < nn_deletes_info_of(part->deletes)->articles;
}

/* Merges runs of neighbours of one size class, so that a segment is rewritten once a factor of ten
 * and the number of segments grows with the logarithm of the archive. A function of the parts
 * alone. */
static nuncio_status merge_small(nuncio_writer *writer, nuncio_error *error)
{
    for (size_t first = 0; first < writer->part_count;) {
        size_t count = 1;
        uint32_t class = class_of(&writer->parts[first]);
        while (first + count < writer->part_count &&
               class_of(&writer->parts[first + count]) <= class && count < NN_MERGE_FACTOR) {
            count++;
        }
        if (count == NN_MERGE_FACTOR) {
            NN_TRY(nn_parts_merge(writer, first, count, error));
            first = 0; /* what grew may now complete a run of its own class */
        } else if (is_wasteful(&writer->parts[first])) {
            NN_TRY(nn_parts_merge(writer, first, 1, error));
        } else {
            first++;
        }
    }
    return NUNCIO_OK;
}

static nuncio_status fill_manifest(nuncio_writer *writer, nn_manifest *next, nuncio_error *error)
{
    next->generation = writer->manifest.generation + 1;
    next->fingerprint = writer->manifest.fingerprint;
    NN_TRY(nn_reserve(&writer->memory, &next->entries, &next->capacity, writer->part_count,
                      sizeof *next->entries, error));
    for (size_t i = 0; i < writer->part_count; i++) {
        next->entries[next->count++] = writer->parts[i].entry;
    }
    return NUNCIO_OK;
}

static nuncio_status write_manifest(nuncio_writer *writer, nuncio_error *error)
{
    nn_manifest next;
    memset(&next, 0, sizeof next);
    nuncio_status status = fill_manifest(writer, &next, error);
    if (status == NUNCIO_OK) {
        status = nn_manifest_commit(writer->vfs, &writer->memory, writer->directory, &next, error);
    }
    if (status != NUNCIO_OK) {
        nn_manifest_deinit(&next, &writer->memory);
        return status;
    }
    nn_manifest_deinit(&writer->manifest, &writer->memory);
    writer->manifest = next;
    for (size_t i = 0; i < writer->part_count; i++) {
        writer->parts[i].committed = true;
    }
    writer->changed = false;
    nn_directory_clean(writer); /* what only earlier commits named */
    return NUNCIO_OK;
}

/* Everything that waits becomes parts, with their deletes. */
static nuncio_status settle(nuncio_writer *writer, nuncio_error *error)
{
    NN_TRY(nn_writer_flush(writer, error));
    NN_TRY(nn_writer_join(writer, error));
    for (size_t i = 0; i < writer->part_count;) {
        NN_TRY(nn_part_write_deletes(writer, &writer->parts[i], error));
        if (nn_part_live_articles(&writer->parts[i]) == 0) {
            nn_part_remove(writer, i);
            writer->changed = true;
        } else {
            i++;
        }
    }
    return NUNCIO_OK;
}

static nuncio_status commit(nuncio_writer *writer, nuncio_error *error)
{
    NN_TRY(settle(writer, error));
    if (!writer->changed && writer->manifest.generation > 0) {
        return NUNCIO_OK;
    }
    NN_TRY(merge_small(writer, error));
    return write_manifest(writer, error);
}

static nuncio_status optimize(nuncio_writer *writer, nuncio_error *error)
{
    NN_TRY(settle(writer, error));
    bool whole = writer->part_count == 1 && writer->parts[0].deletes == NULL;
    if (writer->part_count > 0 && !whole) {
        NN_TRY(nn_parts_merge(writer, 0, writer->part_count, error));
    }
    if (!writer->changed && writer->manifest.generation > 0) {
        return NUNCIO_OK;
    }
    return write_manifest(writer, error);
}

static nuncio_status run(nuncio_writer *writer,
                         nuncio_status (*step)(nuncio_writer *, nuncio_error *),
                         nuncio_error *error)
{
    nuncio_error local = {0};
    NN_TRY(nn_writer_check(writer, error));
    nuncio_status status = nn_writer_poison(writer, step(writer, &local), &local);
    if (status != NUNCIO_OK && error != NULL) {
        *error = local;
    }
    return status;
}

nuncio_status nuncio_writer_commit(nuncio_writer *writer, nuncio_error *error)
{
    return run(writer, commit, error);
}

nuncio_status nuncio_writer_optimize(nuncio_writer *writer, nuncio_error *error)
{
    return run(writer, optimize, error);
}
