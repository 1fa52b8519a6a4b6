/* SPDX-License-Identifier: Apache-2.0 */
/* The one door to the file system: every byte of an index passes through this table.
 *
 * NULL where a nuncio_vfs is asked for means the operating system's. Tests hand in a table that
 * fails, tears or forgets writes. Each function returns 0 or an errno value. Paths are
 * NUL-terminated. Short reads and writes are allowed (`done` < size without an error); a read of 0
 * bytes is the end of the file. */
#ifndef NUNCIO_VFS_H
#define NUNCIO_VFS_H

#include <nuncio/common.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An open file; its layout belongs to the table that opened it. */
typedef struct nuncio_vfs_file nuncio_vfs_file;

enum {
    NUNCIO_VFS_READ = 1,     /* open an existing file for reading */
    NUNCIO_VFS_CREATE = 2,   /* create or truncate a file for writing at its end */
    NUNCIO_VFS_LOCK_FILE = 4 /* open or create a file that only serves lock() */
};

typedef struct nuncio_vfs {
    void *context; /* handed to each function */
    /** One of NUNCIO_VFS_…; ENOENT when the file is not there, EISDIR when it is a directory. */
    int (*open)(void *context, const char *path, uint32_t flags, nuncio_vfs_file **out);
    int (*close)(void *context, nuncio_vfs_file *file); /* frees its lock; maps stay */
    int (*size)(void *context, nuncio_vfs_file *file, uint64_t *out); /* bytes */
    int (*read)(void *context, nuncio_vfs_file *file, uint64_t offset, void *to, size_t size,
                size_t *done);
    int (*write)(void *context, nuncio_vfs_file *file, const void *from, size_t size, size_t *done);
    int (*sync)(void *context, nuncio_vfs_file *file); /* when it returns, bytes survive */
    /** The file's first `size` bytes in memory, to be read until unmap. */
    int (*map)(void *context, nuncio_vfs_file *file, uint64_t size, const void **out);
    int (*unmap)(void *context, const void *memory, uint64_t size); /* as map had them */
    int (*lock)(void *context, nuncio_vfs_file *file); /* EWOULDBLOCK when another holds it */
    int (*rename)(void *context, const char *from, const char *to); /* replaces `to` atomically */
    int (*unlink)(void *context, const char *path);
    int (*make_dir)(void *context, const char *path); /* EEXIST when it is there */
    int (*sync_dir)(void *context, const char *path); /* when it returns, its names survive */
    /** Calls `each` with every name in the directory but "." and ".."; a nonzero answer stops. */
    int (*list)(void *context, const char *path, int (*each)(void *argument, const char *name),
                void *argument);
} nuncio_vfs;

/** The operating system's file functions; static storage. */
NUNCIO_API const nuncio_vfs *nuncio_vfs_default(void);

#ifdef __cplusplus
}
#endif
#endif
