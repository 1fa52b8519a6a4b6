/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/batch.h"

#include "core/error.h"
#include "core/str.h"

#include <string.h>

nuncio_status nn_batch_init(nn_batch *batch, nn_memory *memory, nuncio_error *error)
{
    memset(batch, 0, sizeof *batch);
    batch->memory = memory;
    nn_arena_init(&batch->strings, memory);
    return nn_string_map_create(memory, &batch->ids, error);
}

void nn_batch_deinit(nn_batch *batch)
{
    if (batch->memory == NULL) {
        return;
    }
    nn_arena_clear(&batch->strings);
    nn_string_map_destroy(batch->ids);
    nn_release(batch->memory, batch->newest, batch->newest_capacity * sizeof *batch->newest);
    nn_release(batch->memory, batch->articles, batch->capacity * sizeof *batch->articles);
    memset(batch, 0, sizeof *batch);
}

void nn_batch_clear(nn_batch *batch)
{
    nn_arena_clear(&batch->strings);
    nn_string_map_clear(batch->ids);
    batch->count = batch->live = 0;
    batch->bytes = 0;
}

static bool copy(nn_batch *batch, nuncio_str from, nuncio_str *to)
{
    *to = nn_arena_str(&batch->strings, from);
    batch->bytes += from.size;
    return to->data != NULL || from.data == NULL;
}

nuncio_status nn_batch_add(nn_batch *batch, const nuncio_article *article, uint64_t hash_low,
                           uint64_t hash_high, nuncio_error *error)
{
    uint32_t number;
    NN_TRY(nn_reserve(batch->memory, &batch->articles, &batch->capacity, batch->count + 1,
                      sizeof *batch->articles, error));
    NN_TRY(nn_string_map_add(batch->ids, article->id, &number, NULL, error));
    NN_TRY(nn_reserve(batch->memory, &batch->newest, &batch->newest_capacity, (size_t)number + 1,
                      sizeof *batch->newest, error));
    nn_batch_article *added = &batch->articles[batch->count];
    memset(added, 0, sizeof *added);
    added->article.date = article->date;
    added->hash_low = hash_low;
    added->hash_high = hash_high;
    bool copied = copy(batch, article->id, &added->article.id) &&
                  copy(batch, article->title, &added->article.title) &&
                  copy(batch, article->source, &added->article.source) &&
                  copy(batch, article->url, &added->article.url) &&
                  copy(batch, article->lang, &added->article.lang) &&
                  copy(batch, article->text, &added->article.text);
    batch->newest[number] = (uint32_t)batch->count;
    added->dropped = !copied;
    batch->count++;
    batch->live += copied;
    return copied ? NUNCIO_OK : nn_error_memory(error);
}

nn_batch_article *nn_batch_find(const nn_batch *batch, nuncio_str id)
{
    uint32_t number = nn_string_map_find(batch->ids, id);
    if (number == NN_STRING_MAP_NONE || number >= batch->newest_capacity) {
        return NULL;
    }
    uint32_t index = batch->newest[number];
    nn_batch_article *found = index < batch->count ? &batch->articles[index] : NULL;
    return found == NULL || found->dropped || !nn_str_equal(found->article.id, id) ? NULL : found;
}

void nn_batch_drop(nn_batch *batch, nn_batch_article *article)
{
    article->dropped = true;
    batch->live--;
}
