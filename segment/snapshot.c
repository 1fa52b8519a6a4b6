/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/snapshot.h"

#include "core/error.h"

#include <stdio.h>
#include <string.h>

enum { OPEN_TRIES = 16 /* commits that may happen while one snapshot is being opened */ };

static void close_parts(nuncio_snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->part_count; i++) {
        nn_part_files_close(&snapshot->parts[i]);
    }
    nn_release(&snapshot->memory, snapshot->parts,
               snapshot->manifest.count * sizeof *snapshot->parts);
    snapshot->parts = NULL;
    snapshot->part_count = 0;
    nn_manifest_deinit(&snapshot->manifest, &snapshot->memory);
}

/** Opens the files of the manifest just read. */
static nuncio_status open_parts(nuncio_snapshot *snapshot, const char *directory,
                                nuncio_error *error)
{
    const nn_manifest *manifest = &snapshot->manifest;
    if (manifest->count == 0) {
        return NUNCIO_OK;
    }
    snapshot->parts = nn_alloc_array(&snapshot->memory, manifest->count, sizeof *snapshot->parts);
    if (snapshot->parts == NULL) {
        return nn_error_memory(error);
    }
    for (size_t i = 0; i < manifest->count; i++) {
        snapshot->part_count = i + 1;
        NN_TRY(nn_part_files_open(snapshot->vfs, &snapshot->memory, directory,
                                  &manifest->entries[i], &snapshot->parts[i], error));
    }
    return NUNCIO_OK;
}

/** A file that the manifest names may have been removed by a newer commit; then there is a newer
 * manifest. */
static nuncio_status open_newest(nuncio_snapshot *snapshot, const char *directory,
                                 nuncio_error *error)
{
    uint64_t before = 0;
    nuncio_error detail = {NUNCIO_OK, 0, "", ""};
    for (uint32_t i = 0; i < OPEN_TRIES; i++) {
        NN_TRY(nn_manifest_read(snapshot->vfs, &snapshot->memory, directory, &snapshot->manifest,
                                error));
        uint64_t generation = snapshot->manifest.generation;
        nuncio_status status = open_parts(snapshot, directory, &detail);
        if (status == NUNCIO_OK) {
            return NUNCIO_OK;
        }
        close_parts(snapshot);
        if (status != NUNCIO_ERR_NOT_FOUND) {
            if (error != NULL) {
                *error = detail;
            }
            return status;
        }
        if (generation == before) {
            return nn_error_file(error, NUNCIO_ERR_CORRUPT, detail.file, 0,
                                 "a file that the manifest names is missing: restore it or index "
                                 "again");
        }
        before = generation;
    }
    return nn_error_file(error, NUNCIO_ERR_IO, directory, 0,
                         "the index changed %d times while it was being opened: try again",
                         OPEN_TRIES);
}

/** The languages of a part's live articles: rarely more than a few articles are looked at, as a
 * rule each language of a segment has one that is live. Those of dead articles alone would let a
 * query word stand for terms that the same archive, indexed afresh, would not give it. */
static nuncio_status live_languages(const nn_part_files *part, uint64_t *languages,
                                    nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(part->segment);
    *languages = part->deletes == NULL ? info->languages : 0;
    for (uint32_t i = 0; i < info->article_count && *languages != info->languages; i++) {
        if (!nn_deletes_has(part->deletes, i)) {
            nn_article_facets facets;
            NN_TRY(nn_segment_facets(part->segment, i, &facets, error));
            *languages |= UINT64_C(1) << facets.language;
        }
    }
    return NUNCIO_OK;
}

static nuncio_status count_live(nuncio_snapshot *snapshot, nuncio_error *error)
{
    for (size_t i = 0; i < snapshot->part_count; i++) {
        const nn_segment_info *info = nn_segment_info_of(snapshot->parts[i].segment);
        uint64_t languages;
        NN_TRY(live_languages(&snapshot->parts[i], &languages, error));
        snapshot->live_articles += info->article_count;
        snapshot->live_passages += info->passage_count;
        snapshot->live_tokens += info->token_count;
        snapshot->live_quotes += info->quote_count;
        snapshot->live_quote_tokens += info->quote_tokens;
        snapshot->languages |= languages;
        if (snapshot->parts[i].deletes != NULL) {
            const nn_deletes_info *gone = nn_deletes_info_of(snapshot->parts[i].deletes);
            snapshot->live_articles -= gone->articles;
            snapshot->live_passages -= gone->passages;
            snapshot->live_tokens -= gone->tokens;
            snapshot->live_quotes -= gone->quotes;
            snapshot->live_quote_tokens -= gone->quote_tokens;
        }
    }
    return NUNCIO_OK;
}

nuncio_status nuncio_snapshot_open(const char *directory, const nuncio_snapshot_options *options,
                                   nuncio_snapshot **out, nuncio_error *error)
{
    static const nuncio_snapshot_options defaults = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    if (options == NULL) {
        options = &defaults;
    }
    if (out == NULL || directory == NULL || options->struct_size != sizeof *options) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "a directory, a place for the snapshot and options of this version "
                            "are needed");
    }
    *out = NULL;
    nn_memory memory;
    nn_memory_init(&memory, options->allocator, 0);
    nuncio_snapshot *snapshot = nn_alloc_array(&memory, 1, sizeof *snapshot);
    if (snapshot == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&snapshot->memory, options->allocator, 0);
    snapshot->shelf = nn_alloc_array(&memory, 1, sizeof *snapshot->shelf);
    if (snapshot->shelf == NULL) {
        nn_release(&memory, snapshot, sizeof *snapshot);
        return nn_error_memory(error);
    }
    nn_shelf_init(snapshot->shelf);
    snapshot->vfs = options->vfs != NULL ? options->vfs : nuncio_vfs_default();
    nuncio_status status = open_newest(snapshot, directory, error);
    if (status == NUNCIO_OK) {
        status = count_live(snapshot, error);
    }
    if (status != NUNCIO_OK) {
        nuncio_snapshot_close(snapshot);
        return status;
    }
    *out = snapshot;
    return NUNCIO_OK;
}

void nuncio_snapshot_close(nuncio_snapshot *snapshot)
{
    if (snapshot == NULL) {
        return;
    }
    close_parts(snapshot);
    nn_shelf_deinit(snapshot->shelf);
    nuncio_allocator allocator = snapshot->memory.allocator; /* its own budget goes with it */
    allocator.release(allocator.context, snapshot->shelf, sizeof *snapshot->shelf);
    allocator.release(allocator.context, snapshot, sizeof *snapshot);
}

uint64_t nuncio_snapshot_generation(const nuncio_snapshot *snapshot)
{
    return snapshot->manifest.generation;
}

void nuncio_snapshot_stats(const nuncio_snapshot *snapshot, nuncio_stats *out)
{
    *out = (nuncio_stats){
        .articles = snapshot->live_articles,
        .passages = snapshot->live_passages,
        .tokens = snapshot->live_tokens,
        .segments = snapshot->part_count,
    };
    for (size_t i = 0; i < snapshot->part_count; i++) {
        const nn_segment_info *info = nn_segment_info_of(snapshot->parts[i].segment);
        out->terms += info->term_count;
        out->postings += info->posting_count;
        out->quotes += info->quote_count;
        out->mentions += info->mention_count;
        out->raw_text_bytes += info->raw_text_bytes;
        nn_segment_add_bytes(snapshot->parts[i].segment, out);
        if (snapshot->parts[i].deletes != NULL) {
            const nn_deletes_info *gone = nn_deletes_info_of(snapshot->parts[i].deletes);
            out->deleted_articles += gone->articles;
            out->quotes -= gone->quotes;
            out->mentions -= gone->mentions;
            out->raw_text_bytes -= gone->raw_text_bytes;
            out->bytes.columns += nn_deletes_size(snapshot->parts[i].deletes);
            out->bytes.total += nn_deletes_size(snapshot->parts[i].deletes);
        }
    }
}
