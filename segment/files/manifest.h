/* SPDX-License-Identifier: Apache-2.0 */
/* The commit point: which segments (and deletes) the index consists of. One file, "manifest",
 * replaced by rename. */
#ifndef SEGMENT_MANIFEST_H
#define SEGMENT_MANIFEST_H

#include "core/file.h"

typedef struct nn_manifest_entry {
    char segment[64]; /* file name */
    char deletes[64]; /* file name, "" when nothing is deleted */
} nn_manifest_entry;

typedef struct nn_manifest {
    uint64_t generation;  /* from 1, +1 a commit */
    uint64_t fingerprint; /* nn_analyzer_fingerprint() of the writer */
    nn_manifest_entry *entries;
    size_t count, capacity;
} nn_manifest;

void nn_manifest_deinit(nn_manifest *manifest, nn_memory *memory);
/** Reads "manifest". @retval NUNCIO_ERR_NOT_INDEX there is none, or it is another kind of file
 * @retval NUNCIO_ERR_VERSION another format version @retval NUNCIO_ERR_CORRUPT its checksum fails
 */
NUNCIO_NODISCARD nuncio_status nn_manifest_read(const nuncio_vfs *vfs, nn_memory *memory,
                                                const char *directory, nn_manifest *out,
                                                nuncio_error *error);
/** Commits: sync directory (segments' names) → write and sync "manifest.tmp" → rename → sync
 * directory. The files it names must be synced already. */
NUNCIO_NODISCARD nuncio_status nn_manifest_commit(const nuncio_vfs *vfs, nn_memory *memory,
                                                  const char *directory,
                                                  const nn_manifest *manifest, nuncio_error *error);

#endif
