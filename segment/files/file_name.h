/* SPDX-License-Identifier: Apache-2.0 */
/* Names of immutable files: 32 hex digits, a hash of the content, and a suffix. Same content, same
 * name. */
#ifndef SEGMENT_FILE_NAME_H
#define SEGMENT_FILE_NAME_H

#include "core/file.h"
#include "core/hash.h"

#define NN_SUFFIX_SEGMENT ".seg"
#define NN_SUFFIX_DELETES ".del"

enum { NN_FILE_NAME_SIZE = 36 }; /* without the NUL */

/** Renames the finished file `path` to its name in `directory`; `name` (≥ 64 bytes) gets that name.
 * On failure the file is removed. */
NUNCIO_NODISCARD nuncio_status nn_rename_to_hash(const nuncio_vfs *vfs, const char *directory,
                                                 const char *path, nn_hash128 hash,
                                                 const char *suffix, char *name,
                                                 nuncio_error *error);

/** True when `name` is the one that nn_rename_to_hash makes of these. */
bool nn_file_name_is(const char *name, nn_hash128 hash, const char *suffix);
/** True for a name that nn_rename_to_hash makes with that suffix: no path can hide in it. */
bool nn_file_name_valid(const char *name, const char *suffix);

#endif
