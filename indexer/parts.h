/* SPDX-License-Identifier: Apache-2.0 */
/* The segments of the next commit, in order of storage, with what is to be deleted from each. */
#ifndef INDEXER_PARTS_H
#define INDEXER_PARTS_H

#include "segment/files/part_files.h"

typedef struct nn_part {
    nn_manifest_entry entry;
    nn_segment *segment;
    nn_deletes *deletes; /* written; NULL: nothing */
    uint8_t *pending;    /* bit by article: deleted since; NULL: nothing */
    uint32_t pending_count;
    bool plain; /* its lists are (plain_list.h): it is merged before it is committed */
} nn_part;

typedef struct nn_parts {
    nn_memory *memory;
    const nuncio_vfs *vfs;
    const char *directory;
    uint32_t threads; /* that a merge may use, ≥ 1 */
    nn_part *items;
    size_t count, capacity;
} nn_parts;

void nn_parts_init(nn_parts *parts, nn_memory *memory, const nuncio_vfs *vfs, const char *directory,
                   uint32_t threads);
void nn_parts_deinit(nn_parts *parts);
/** Opens the files of an entry and puts them in as part `place` ≤ count. */
NUNCIO_NODISCARD nuncio_status nn_parts_insert(nn_parts *parts, size_t place,
                                               const nn_manifest_entry *entry, bool plain,
                                               nuncio_error *error);
/** Closes parts first … first + count - 1 and takes them out; their files stay. */
void nn_parts_remove(nn_parts *parts, size_t first, size_t count);
/** The live article of that id; *part is NULL when there is none. */
NUNCIO_NODISCARD nuncio_status nn_parts_find(const nn_parts *parts, nuncio_str id, nn_part **part,
                                             uint32_t *article, nuncio_error *error);

/** True for a live article: neither deleted nor to be. */
bool nn_part_has(const nn_part *part, uint32_t article);
/** Notes that a live article is to be deleted. */
NUNCIO_NODISCARD nuncio_status nn_part_drop(const nn_parts *parts, nn_part *part, uint32_t article,
                                            nuncio_error *error);
/** Forgets what is pending. */
void nn_part_settle(const nn_parts *parts, nn_part *part);
uint32_t nn_part_live_passages(const nn_part *part); /* pending ones count as live */
uint32_t nn_part_live_articles(const nn_part *part); /* pending ones do not */

#endif
