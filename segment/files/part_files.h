/* SPDX-License-Identifier: Apache-2.0 */
/* The files of one line of the manifest, opened together. */
#ifndef SEGMENT_PART_FILES_H
#define SEGMENT_PART_FILES_H

#include "segment/files/deletes.h"
#include "segment/files/manifest.h"

typedef struct nn_part_files {
    nn_segment *segment;
    nn_deletes *deletes; /* NULL when nothing is deleted */
} nn_part_files;

/**
 * Opens them, and refuses what cannot be: a file whose content is not the one its name says (files
 * exchanged, or one put in the place of another), more deleted than there is.
 *
 * Ownership: both are the caller's, to be closed; on failure nothing is open.
 * @retval NUNCIO_ERR_NOT_FOUND one of them is not there
 */
NUNCIO_NODISCARD nuncio_status nn_part_files_open(const nuncio_vfs *vfs, nn_memory *memory,
                                                  const char *directory,
                                                  const nn_manifest_entry *entry,
                                                  nn_part_files *out, nuncio_error *error);
void nn_part_files_close(nn_part_files *files);

#endif
