/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/batch.h"

#include "core/error.h"

#include <string.h>

enum { ARTICLE_BYTES = 256 }; /* of an article besides its strings: rows here and in the segment */

nuncio_status nn_batch_init(nn_batch *batch, nn_memory *memory, nuncio_error *error)
{
    memset(batch, 0, sizeof *batch);
    batch->memory = memory;
    nn_arena_init(&batch->texts, memory);
    return nn_string_map_create(memory, &batch->ids, error);
}

void nn_batch_deinit(nn_batch *batch)
{
    if (batch->memory == NULL) {
        return;
    }
    nn_arena_clear(&batch->texts);
    nn_string_map_destroy(batch->ids);
    nn_release(batch->memory, batch->newest, batch->newest_capacity * sizeof *batch->newest);
    nn_release(batch->memory, batch->articles, batch->capacity * sizeof *batch->articles);
    memset(batch, 0, sizeof *batch);
}

uint64_t nn_batch_bytes_of(const nuncio_article *article)
{
    return ARTICLE_BYTES + article->id.size + article->title.size + article->source.size +
           article->url.size + article->lang.size + article->text.size;
}

static bool copy(nn_batch *batch, nuncio_str from, nuncio_str *to)
{
    *to = nn_arena_str(&batch->texts, from);
    return to->data != NULL || from.data == NULL;
}

nuncio_status nn_batch_add(nn_batch *batch, const nuncio_article *article, nn_hash128 hash,
                           nuncio_error *error)
{
    uint32_t number;
    NN_TRY(nn_reserve(batch->memory, &batch->articles, &batch->capacity, batch->count + 1,
                      sizeof *batch->articles, error));
    NN_TRY(nn_reserve(batch->memory, &batch->newest, &batch->newest_capacity,
                      (size_t)nn_string_map_count(batch->ids) + 1, sizeof *batch->newest, error));
    NN_TRY(nn_string_map_add(batch->ids, article->id, &number, NULL, error));
    nn_batch_article *added = &batch->articles[batch->count];
    *added = (nn_batch_article){.hash = hash};
    added->article.id = nn_string_map_key(batch->ids, number);
    added->article.date = article->date;
    bool copied = copy(batch, article->title, &added->article.title) &&
                  copy(batch, article->source, &added->article.source) &&
                  copy(batch, article->url, &added->article.url) &&
                  copy(batch, article->lang, &added->article.lang) &&
                  copy(batch, article->text, &added->article.text);
    added->dropped = !copied;
    batch->newest[number] = (uint32_t)batch->count++;
    if (!copied) {
        return nn_error_memory(error);
    }
    batch->live++;
    batch->bytes += nn_batch_bytes_of(article);
    return NUNCIO_OK;
}

nn_batch_article *nn_batch_find(const nn_batch *batch, nuncio_str id)
{
    uint32_t number = nn_string_map_find(batch->ids, id);
    if (number == NN_STRING_MAP_NONE) {
        return NULL;
    }
    nn_batch_article *found = &batch->articles[batch->newest[number]];
    return found->dropped ? NULL : found;
}

void nn_batch_drop(nn_batch *batch, nn_batch_article *article)
{
    article->dropped = true;
    batch->live--;
}

void nn_batch_forget_texts(nn_batch *batch)
{
    nn_arena_clear(&batch->texts);
    batch->forgotten = true;
}
