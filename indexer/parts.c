/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/parts.h"

#include "core/error.h"

#include <string.h>

void nn_parts_init(nn_parts *parts, nn_memory *memory, const nuncio_vfs *vfs, const char *directory,
                   uint32_t threads)
{
    memset(parts, 0, sizeof *parts);
    parts->memory = memory;
    parts->vfs = vfs;
    parts->directory = directory;
    parts->threads = threads;
}

static size_t pending_size(const nn_part *part)
{
    return (nn_segment_info_of(part->segment)->article_count + (size_t)7) / 8;
}

void nn_part_settle(const nn_parts *parts, nn_part *part)
{
    if (part->pending != NULL) {
        nn_release(parts->memory, part->pending, pending_size(part));
        part->pending = NULL;
    }
    part->pending_count = 0;
}

static void close_part(const nn_parts *parts, nn_part *part)
{
    nn_part_settle(parts, part);
    nn_segment_close(part->segment);
    nn_deletes_close(part->deletes);
}

void nn_parts_deinit(nn_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        close_part(parts, &parts->items[i]);
    }
    nn_release(parts->memory, parts->items, parts->capacity * sizeof *parts->items);
    parts->items = NULL;
    parts->count = parts->capacity = 0;
}

nuncio_status nn_parts_insert(nn_parts *parts, size_t place, const nn_manifest_entry *entry,
                              bool plain, nuncio_error *error)
{
    nn_part part = {.entry = *entry, .plain = plain};
    NN_TRY(nn_reserve(parts->memory, &parts->items, &parts->capacity, parts->count + 1,
                      sizeof *parts->items, error));
    nn_part_files files;
    nuncio_status status =
        nn_part_files_open(parts->vfs, parts->memory, parts->directory, entry, &files, error);
    if (status == NUNCIO_ERR_NOT_FOUND) {
        char path[NN_PATH_MAX];
        NN_TRY(nn_path_join(path, parts->directory, entry->segment, error));
        status = nn_error_file(error, NUNCIO_ERR_CORRUPT, path, 0,
                               "a file of the index is missing: restore it or index again");
    }
    if (status != NUNCIO_OK) {
        return status;
    }
    part.segment = files.segment;
    part.deletes = files.deletes;
    memmove(parts->items + place + 1, parts->items + place,
            (parts->count - place) * sizeof *parts->items);
    parts->items[place] = part;
    parts->count++;
    return NUNCIO_OK;
}

void nn_parts_remove(nn_parts *parts, size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++) {
        close_part(parts, &parts->items[i]);
    }
    memmove(parts->items + first, parts->items + first + count,
            (parts->count - first - count) * sizeof *parts->items);
    parts->count -= count;
}

nuncio_status nn_parts_find(const nn_parts *parts, nuncio_str id, nn_part **part, uint32_t *article,
                            nuncio_error *error)
{
    *part = NULL;
    /* What is replaced is most often recent. */
    for (size_t i = parts->count; i-- > 0;) {
        NN_TRY(nn_segment_find_article(parts->items[i].segment, id, article, error));
        if (*article != UINT32_MAX && nn_part_has(&parts->items[i], *article)) {
            *part = &parts->items[i];
            return NUNCIO_OK;
        }
    }
    return NUNCIO_OK;
}

bool nn_part_has(const nn_part *part, uint32_t article)
{
    bool pending = part->pending != NULL && (part->pending[article / 8] >> article % 8 & 1u) != 0;
    return !pending && (part->deletes == NULL || !nn_deletes_has(part->deletes, article));
}

nuncio_status nn_part_drop(const nn_parts *parts, nn_part *part, uint32_t article,
                           nuncio_error *error)
{
    if (part->pending == NULL) {
        part->pending = (uint8_t *)nn_alloc_array(parts->memory, pending_size(part), 1);
        if (part->pending == NULL) {
            return nn_error_memory(error);
        }
    }
    part->pending[article / 8] |= (uint8_t)(1u << article % 8);
    part->pending_count++;
    return NUNCIO_OK;
}

uint32_t nn_part_live_passages(const nn_part *part)
{
    uint32_t all = nn_segment_info_of(part->segment)->passage_count;
    return part->deletes == NULL ? all : all - nn_deletes_info_of(part->deletes)->passages;
}

uint32_t nn_part_live_articles(const nn_part *part)
{
    uint32_t all = nn_segment_info_of(part->segment)->article_count;
    uint32_t written = part->deletes == NULL ? 0 : nn_deletes_info_of(part->deletes)->articles;
    return all - written - part->pending_count;
}
