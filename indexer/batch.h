/* SPDX-License-Identifier: Apache-2.0 */
/* Articles gathered in memory, and their way into a segment:
 *
 *   add ──► articles (repaired copies) ──► build: analyse ──► surface ids ──► invert ──► segment
 * file
 *
 * A batch knows nothing of other batches, so several may be built at once; where one ends depends
 * on counts of input and on the memory budget alone, so the segments are the same for any number of
 * threads. */
#ifndef INDEXER_BATCH_H
#define INDEXER_BATCH_H

#include "annotate/annotate.h"
#include "core/string_map.h"
#include "segment/segment_writer.h"

/** An article taken in: views into the batch's arena. */
typedef struct nn_batch_article {
    nuncio_article article;
    uint64_t hash_low, hash_high;
    bool dropped; /* a later article of the batch has its id, or it was deleted */
} nn_batch_article;

typedef struct nn_batch {
    nn_memory *memory;
    nn_arena strings;
    nn_string_map *ids; /* number = index of newest article of that id, through `newest` */
    uint32_t *newest;   /* by number of the id */
    size_t newest_capacity;
    nn_batch_article *articles;
    size_t count, capacity;
    size_t live;    /* not dropped */
    uint64_t bytes; /* of text and fields */
} nn_batch;

NUNCIO_NODISCARD nuncio_status nn_batch_init(nn_batch *batch, nn_memory *memory,
                                             nuncio_error *error);
void nn_batch_deinit(nn_batch *batch);
/** Forgets all articles; keeps some memory. */
void nn_batch_clear(nn_batch *batch);
/** Copies an article (clean UTF-8) in; the id must not be live in the batch. */
NUNCIO_NODISCARD nuncio_status nn_batch_add(nn_batch *batch, const nuncio_article *article,
                                            uint64_t hash_low, uint64_t hash_high,
                                            nuncio_error *error);
/** The live article of that id, or NULL. */
nn_batch_article *nn_batch_find(const nn_batch *batch, nuncio_str id);
/** Takes a live article out again. */
void nn_batch_drop(nn_batch *batch, nn_batch_article *article);

/** What building needs besides the batch; one a thread, reused. */
typedef struct nn_builder {
    nn_memory *memory;
    const nuncio_vfs *vfs;
    const char *directory;
    nn_analyzer *analyzer;
    nn_annotate *annotate; /* NULL: no annotations */
    nn_language language;  /* where none is given or detected */
    bool store_text;
} nn_builder;

/** Writes the live articles of a batch as a segment; `name` (≥ 64 bytes) gets its file name. */
NUNCIO_NODISCARD nuncio_status nn_batch_build(const nn_batch *batch, const nn_builder *builder,
                                              char *name, nuncio_error *error);

#endif
