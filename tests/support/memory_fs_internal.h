/* SPDX-License-Identifier: Apache-2.0 */
/* What memory_fs.c (files and names) and memory_fs_crash.c (losing power) share. */
#ifndef SUPPORT_MEMORY_FS_INTERNAL_H
#define SUPPORT_MEMORY_FS_INTERNAL_H

#include "support/memory_fs.h"

typedef struct bytes {
    uint8_t *data;
    size_t size, room;
} bytes;

typedef struct inode {
    size_t references; /* names and handles */
    bytes now, synced;
    bool locked;
} inode;

/* A name, sorted by path in a names. */
typedef struct name {
    char *path;
    inode *file;
} name;

typedef struct names {
    name *items;
    size_t count, capacity;
} names;

/* An operation on names since the last sync_dir: link (to gets file), unlink (from), or rename. */
typedef struct pending {
    char *from, *to;
    inode *file;
} pending;

struct memory_fs {
    nuncio_vfs vfs;
    names now, synced;
    pending *log;
    size_t log_count, log_capacity;
    char **directories;
    size_t directory_count;
    uint64_t operations, crash_at;
    bool crashed;
    uint32_t bugs;
    size_t open_count;
    char last_operation[512];
};

/* Memory or the end of the program. */
void *memory_fs_must(void *memory);
char *memory_fs_text(const char *text);
bytes memory_fs_copy(bytes from);
inode *memory_fs_inode(bytes contents);
void memory_fs_release(inode *file);
/* The name's place, or where it would be inserted; *found says which. */
size_t memory_fs_find(const names *list, const char *path, bool *found);
void memory_fs_set(names *list, const char *path, inode *file); /* NULL file: removes */
void memory_fs_clear(names *list);
void memory_fs_add_directory(memory_fs *fs, const char *path);
void memory_fs_forget_log(memory_fs *fs);

#endif
