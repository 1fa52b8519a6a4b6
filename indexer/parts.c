/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/str.h"
#include "indexer/writer_impl.h"

#include <string.h>

nuncio_status nn_writer_part_open(nuncio_writer *writer, const nn_manifest_entry *entry,
                                  bool committed, nuncio_error *error)
{
    NN_TRY(nn_reserve(&writer->memory, &writer->parts, &writer->part_capacity,
                      writer->part_count + 1, sizeof *writer->parts, error));
    nn_part *part = &writer->parts[writer->part_count];
    memset(part, 0, sizeof *part);
    part->entry = *entry;
    part->committed = committed;
    NN_TRY(nn_segment_open(writer->vfs, &writer->memory, writer->directory, entry->segment,
                           &part->segment, error));
    if (entry->deletes[0] != '\0') {
        nuncio_status status = nn_deletes_open(
            writer->vfs, &writer->memory, writer->directory, entry->deletes,
            nn_segment_info_of(part->segment)->article_count, &part->deletes, error);
        if (status != NUNCIO_OK) {
            nn_writer_part_close(writer, part);
            return status;
        }
    }
    writer->part_count++;
    return NUNCIO_OK;
}

void nn_writer_part_close(nuncio_writer *writer, nn_part *part)
{
    nn_segment_close(part->segment);
    nn_deletes_close(part->deletes);
    nn_release(&writer->memory, part->pending, part->pending_capacity * sizeof *part->pending);
    memset(part, 0, sizeof *part);
}

void nn_part_remove(nuncio_writer *writer, size_t index)
{
    nn_writer_part_close(writer, &writer->parts[index]);
    memmove(&writer->parts[index], &writer->parts[index + 1],
            (writer->part_count - index - 1) * sizeof *writer->parts);
    writer->part_count--;
}

/* Where `article` is, or belongs, among the pending ones. */
static size_t pending_place(const nn_part *part, uint32_t article)
{
    size_t low = 0, high = part->pending_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (part->pending[middle] < article) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool nn_part_has(const nn_part *part, uint32_t article)
{
    if (part->deletes != NULL && nn_deletes_has(part->deletes, article)) {
        return false;
    }
    size_t place = pending_place(part, article);
    return place == part->pending_count || part->pending[place] != article;
}

nuncio_status nn_parts_find(nuncio_writer *writer, nuncio_str id, bool *found, nn_part **part,
                            uint32_t *article, nuncio_error *error)
{
    *found = false;
    for (size_t i = writer->part_count; i-- > 0 && !*found;) {
        uint32_t number;
        NN_TRY(nn_segment_find_article(writer->parts[i].segment, id, &number, error));
        if (number != UINT32_MAX && nn_part_has(&writer->parts[i], number)) {
            *found = true;
            *part = &writer->parts[i];
            *article = number;
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_part_delete(nuncio_writer *writer, nn_part *part, uint32_t article,
                             nuncio_error *error)
{
    NN_TRY(nn_reserve(&writer->memory, &part->pending, &part->pending_capacity,
                      part->pending_count + 1, sizeof *part->pending, error));
    size_t place = pending_place(part, article);
    memmove(&part->pending[place + 1], &part->pending[place],
            (part->pending_count - place) * sizeof *part->pending);
    part->pending[place] = article;
    part->pending_count++;
    writer->changed = true;
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
    return part->deletes == NULL ? all : all - nn_deletes_info_of(part->deletes)->articles;
}
