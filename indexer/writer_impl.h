/* SPDX-License-Identifier: Apache-2.0 */
/* What is behind the public nuncio_writer, shared by the files that implement it. */
#ifndef INDEXER_WRITER_IMPL_H
#define INDEXER_WRITER_IMPL_H

#include <nuncio/writer.h>

#include "indexer/batch.h"
#include "segment/deletes.h"
#include "segment/manifest.h"

enum {
    NN_MEMORY_MIN = 16 << 20, /* --memory: the least a writer can work with */
    NN_MEMORY_DEFAULT = 256 << 20,
    NN_BATCH_BYTES_MAX = 16 << 20, /* of text in a batch, however much memory there is */
    NN_BATCH_SHARE = 16,           /* a batch's text is at most this part of the memory */
    NN_WORKERS_MAX = 16,
    NN_MERGE_FACTOR = 10,         /* segments of a size class that are merged into one */
    NN_TEXT_BYTES_MAX = 64 << 20, /* of an article */
    NN_ID_BYTES_MAX = 1024
};

/** A segment of the next commit: open, with what is to be deleted from it. */
typedef struct nn_part {
    nn_manifest_entry entry;
    nn_segment *segment;
    nn_deletes *deletes; /* as committed; NULL: nothing */
    uint32_t *pending;   /* articles deleted since, ascending */
    size_t pending_count, pending_capacity;
    bool committed; /* the manifest on disk names it */
} nn_part;

typedef struct nn_worker nn_worker;

struct nuncio_writer {
    nn_memory memory;
    const nuncio_vfs *vfs;
    char directory[NN_PATH_MAX];
    nuncio_vfs_file *lock;
    uint64_t batch_bytes;
    uint32_t worker_max;
    nn_language language;
    bool store_text, annotate;
    nn_manifest manifest; /* as committed */
    nn_part *parts;
    size_t part_count, part_capacity;
    nn_batch batch;
    nn_worker *workers;  /* oldest batch first */
    nn_builder builder;  /* of the calling thread, made when first needed */
    bool changed;        /* something to commit besides the batch */
    bool opened;         /* `manifest` is what is on disk */
    nuncio_error poison; /* status OK, or the failure after which nothing goes */
};

/* ---- writer.c ---- */

/** OK, or STATE when an earlier failure poisoned the writer. */
NUNCIO_NODISCARD nuncio_status nn_writer_check(const nuncio_writer *writer, nuncio_error *error);
/** Remembers a failure; returns its status. */
nuncio_status nn_writer_poison(nuncio_writer *writer, nuncio_status status,
                               const nuncio_error *error);

/* ---- workers.c: batches on their way to segments ---- */

/** Hands the batch over to be built and starts an empty one. */
NUNCIO_NODISCARD nuncio_status nn_writer_flush(nuncio_writer *writer, nuncio_error *error);
/** Waits until all batches handed over are parts. */
NUNCIO_NODISCARD nuncio_status nn_writer_join(nuncio_writer *writer, nuncio_error *error);
/** The live article of that id in a batch handed over, or NULL. */
nn_batch_article *nn_writer_find_in_flight(nuncio_writer *writer, nuncio_str id,
                                           nn_worker **worker);
/** Notes that an article in flight is to be deleted once it is in a part. */
NUNCIO_NODISCARD nuncio_status nn_writer_drop_in_flight(nuncio_writer *writer, nn_worker *worker,
                                                        nn_batch_article *article,
                                                        nuncio_error *error);
/** Waits, throws away what is in flight and frees the workers. */
void nn_writer_stop(nuncio_writer *writer);
NUNCIO_NODISCARD nuncio_status nn_builder_init(nn_builder *builder, nuncio_writer *writer,
                                               nuncio_error *error);
void nn_builder_deinit(nn_builder *builder);

/* ---- parts.c: the segments of the next commit ---- */

NUNCIO_NODISCARD nuncio_status nn_writer_part_open(nuncio_writer *writer,
                                                   const nn_manifest_entry *entry, bool committed,
                                                   nuncio_error *error);
void nn_writer_part_close(nuncio_writer *writer, nn_part *part);
/** Takes a part out; its files are removed when no commit names them. */
void nn_part_remove(nuncio_writer *writer, size_t index);
bool nn_part_has(const nn_part *part, uint32_t article); /* live: neither deleted nor pending */
/** The live article of that id; false: none. */
NUNCIO_NODISCARD nuncio_status nn_parts_find(nuncio_writer *writer, nuncio_str id, bool *found,
                                             nn_part **part, uint32_t *article,
                                             nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_part_delete(nuncio_writer *writer, nn_part *part,
                                              uint32_t article, nuncio_error *error);
uint32_t nn_part_live_passages(const nn_part *part);
uint32_t nn_part_live_articles(const nn_part *part);

/* ---- deduction.c, merge.c, directory.c, commit.c ---- */

/** Writes the deletes of a part that has pending ones, and opens them. */
NUNCIO_NODISCARD nuncio_status nn_part_write_deletes(nuncio_writer *writer, nn_part *part,
                                                     nuncio_error *error);
/** Replaces parts first … first + count - 1 by one without deleted articles. */
NUNCIO_NODISCARD nuncio_status nn_parts_merge(nuncio_writer *writer, size_t first, size_t count,
                                              nuncio_error *error);
/** Makes or checks the directory and takes the lock. */
NUNCIO_NODISCARD nuncio_status nn_directory_open(nuncio_writer *writer, nuncio_error *error);
/** Removes segments, deletes and temporary files that the manifest does not name. Best effort. */
void nn_directory_clean(nuncio_writer *writer);

#endif
