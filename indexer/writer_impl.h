/* SPDX-License-Identifier: Apache-2.0 */
/* What is behind the public nuncio_writer, shared by the files that implement it.
 *
 *   add ──► batch ──► workers ──► parts ──► manifest
 *           memory    threads     files     the commit */
#ifndef INDEXER_WRITER_IMPL_H
#define INDEXER_WRITER_IMPL_H

#include <nuncio/writer.h>

#include "indexer/budget.h"
#include "indexer/parts.h"
#include "indexer/training.h"
#include "indexer/workers.h"

struct nuncio_writer {
    nn_memory memory;
    const nuncio_vfs *vfs;
    char directory[NN_PATH_MAX];
    nuncio_vfs_file *lock;
    nn_budget budget;
    nn_name_model *model; /* NULL: the library's own */
    nn_builder_options builder_options;
    nn_manifest manifest; /* as committed */
    nn_parts parts;       /* of the next commit */
    nn_batch batch;       /* being filled */
    nn_workers workers;   /* batches before it */
    nn_training training; /* of what their texts are compressed with */
    uint64_t plain_bytes; /* of batches built plain and not yet merged */
    bool changed;         /* the parts are not those of the manifest */
    bool opened;          /* the manifest is what is on disk */
    nuncio_error poison;  /* status OK, or the failure after which nothing goes */
};

/* ---- writer.c ---- */

/** OK, or STATE when an earlier failure poisoned the writer. */
NUNCIO_NODISCARD nuncio_status nn_writer_check(const nuncio_writer *writer, nuncio_error *error);
/** A step of a public function; `error` is not NULL. */
typedef nuncio_status nn_writer_step(nuncio_writer *writer, void *argument, nuncio_error *error);
/** Runs a step on a writer that is not poisoned; a failure poisons it. */
NUNCIO_NODISCARD nuncio_status nn_writer_run(nuncio_writer *writer, nn_writer_step *step,
                                             void *argument, nuncio_error *error);

/* ---- flush.c: from articles to parts ---- */

/** Hands the batch over to be built. Its segments are plain: more will come to merge them with. */
NUNCIO_NODISCARD nuncio_status nn_writer_flush(nuncio_writer *writer, nuncio_error *error);
/** The same, and waits until everything handed over is a part. */
NUNCIO_NODISCARD nuncio_status nn_writer_flush_all(nuncio_writer *writer, nuncio_error *error);
/** The same, and leaves no part plain: all may be committed. */
NUNCIO_NODISCARD nuncio_status nn_writer_settle(nuncio_writer *writer, nuncio_error *error);
/** Builds one article with all the memory there is, behind everything before it; `built` gets its
 * segment. When the memory does not suffice nothing has changed. */
NUNCIO_NODISCARD nuncio_status nn_writer_build_alone(nuncio_writer *writer,
                                                     const nuncio_article *article, nn_hash128 hash,
                                                     nn_built *built, nuncio_error *error);
/** Makes segments parts, behind the others. */
NUNCIO_NODISCARD nuncio_status nn_writer_adopt(nuncio_writer *writer, const nn_built *built,
                                               nuncio_error *error);

/* ---- deduction.c, merge.c, directory.c ---- */

/** Writes what is pending of a part into a new file of deletes, and opens it. */
NUNCIO_NODISCARD nuncio_status nn_part_write_deletes(const nn_parts *parts, nn_part *part,
                                                     nuncio_error *error);
/** Replaces parts first … first + count - 1 by one without deleted articles, by none when nothing
 * is left; with `recompress` its texts are compressed anew (recompress.h). */
NUNCIO_NODISCARD nuncio_status nn_parts_merge(nn_parts *parts, size_t first, size_t count,
                                              bool recompress, nuncio_error *error);
/** Makes or checks the directory and takes the lock. @param[out] manifest a file of that name is
 * there */
NUNCIO_NODISCARD nuncio_status nn_directory_open(nuncio_writer *writer, bool *manifest,
                                                 nuncio_error *error);
/** Removes segments, deletes and temporary files that the manifest does not name. Best effort. */
void nn_directory_clean(nuncio_writer *writer);

#endif
