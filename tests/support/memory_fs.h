/* SPDX-License-Identifier: Apache-2.0 */
/* A file system in memory that loses power: it knows what has been synced and what has not.
 *
 * The model. A file has contents and *synced* contents; a name has a file, and a *synced* file.
 * Writing changes the contents only; sync copies them to the synced ones. Creating, renaming and
 * removing change names only; sync_dir makes all names durable. When the power goes
 *
 *   - each file not synced keeps, by choice: its synced bytes; these and a prefix of what came
 * after; all its length with the unsynced part zero; half of it and zeros; all of it;
 *   - of the operations on names since the last sync_dir any subset has happened, in order; a
 * rename happens whole or not at all.
 *
 * Failures of the helper itself stop the program. One thread at a time. */
#ifndef SUPPORT_MEMORY_FS_H
#define SUPPORT_MEMORY_FS_H

#include <nuncio/vfs.h>

#include "support/prng.h"

typedef struct memory_fs memory_fs;

/** Syncs that the file system pretends to do: each is a bug of a commit protocol, planted from
 * below. */
enum {
    MEMORY_FS_NO_SEGMENT_SYNC = 1,   /* sync of files that are not the manifest does nothing */
    MEMORY_FS_NO_MANIFEST_SYNC = 2,  /* sync of "manifest.tmp" does nothing */
    MEMORY_FS_NO_DIRECTORY_SYNC = 4, /* sync_dir does nothing */
    MEMORY_FS_MANIFEST_IN_PLACE = 8  /* a rename over "manifest" rewrites the old file's bytes */
};

memory_fs *memory_fs_create(void);
void memory_fs_destroy(memory_fs *fs);
/** The table to hand to what is tested; lives with `fs`. */
const nuncio_vfs *memory_fs_vfs(memory_fs *fs);
/** A copy as it is after a clean shutdown: everything synced, no locks, no crash set. */
memory_fs *memory_fs_clone(const memory_fs *fs);
void memory_fs_plant(memory_fs *fs, uint32_t bugs);

/** Operations so far that change something or sync. */
uint64_t memory_fs_operations(const memory_fs *fs);
/** Before operation `n` (from 1) the power goes: it and every later call fail with EIO. 0: never.
 */
void memory_fs_crash_at(memory_fs *fs, uint64_t n);
bool memory_fs_crashed(const memory_fs *fs);
/** Calls to name when something fails: the operation that crashed it, "rename manifest.tmp". */
const char *memory_fs_last_operation(const memory_fs *fs);
/** The disk as it may be found after the power went: choice 0 has nothing unsynced, choice 1 all of
 * it, others are drawn from `prng`. */
memory_fs *memory_fs_recover(const memory_fs *fs, uint32_t choice, test_prng *prng);
/** True when something is not synced: when recover has more than one answer. */
bool memory_fs_is_dirty(const memory_fs *fs);

/** Contents of a file, for tests that damage it; NULL when there is none. */
uint8_t *memory_fs_contents(memory_fs *fs, const char *path, size_t *size);
/** Cuts a file or fills it up with zeros; synced. */
void memory_fs_resize(memory_fs *fs, const char *path, size_t size);
/** Path of file `index` in byte order of names; NULL behind the last. */
const char *memory_fs_path(const memory_fs *fs, size_t index);
/** Handles not closed and maps not unmapped. */
size_t memory_fs_open_count(const memory_fs *fs);

#endif
