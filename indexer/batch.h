/* SPDX-License-Identifier: Apache-2.0 */
/* Articles gathered in memory until they are enough for a segment. */
#ifndef INDEXER_BATCH_H
#define INDEXER_BATCH_H

#include <nuncio/article.h>

#include "core/hash.h"
#include "core/string_map.h"

/** An article taken in: views into the batch. */
typedef struct nn_batch_article {
    nuncio_article article;
    nn_hash128 hash; /* of the article as given */
    bool dropped;    /* a later article has its id, or it was deleted */
} nn_batch_article;

typedef struct nn_batch {
    nn_memory *memory;
    nn_arena texts;     /* all strings but the ids */
    nn_string_map *ids; /* number → `newest` */
    uint32_t *newest;   /* by number of the id: index of its last article */
    size_t newest_capacity;
    nn_batch_article *articles;
    size_t count, capacity;
    size_t live;    /* articles not dropped */
    uint64_t bytes; /* of all strings, and a little for each article */
    bool forgotten; /* the texts are */
} nn_batch;

NUNCIO_NODISCARD nuncio_status nn_batch_init(nn_batch *batch, nn_memory *memory,
                                             nuncio_error *error);
void nn_batch_deinit(nn_batch *batch);
/** Copies an article (clean UTF-8) in; its id must not be live in the batch. */
NUNCIO_NODISCARD nuncio_status nn_batch_add(nn_batch *batch, const nuncio_article *article,
                                            nn_hash128 hash, nuncio_error *error);
/** What an article adds to `bytes`. */
uint64_t nn_batch_bytes_of(const nuncio_article *article);
/** The live article of that id, or NULL. Valid until the next nn_batch_add. */
nn_batch_article *nn_batch_find(const nn_batch *batch, nuncio_str id);
/** Takes a live article out again. */
void nn_batch_drop(nn_batch *batch, nn_batch_article *article);
/** Frees the strings of all articles but their ids: ids and hashes can still be asked for. */
void nn_batch_forget_texts(nn_batch *batch);

#endif
