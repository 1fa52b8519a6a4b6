/* SPDX-License-Identifier: Apache-2.0 */
#include "support/memory_fs_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct nuncio_vfs_file {
    inode *file;
    char *path;
    bool holds_lock;
};

void *memory_fs_must(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "memory_fs: out of memory\n");
        abort();
    }
    return memory;
}

char *memory_fs_text(const char *text)
{
    return memory_fs_must(strdup(text));
}

bytes memory_fs_copy(bytes from)
{
    bytes copy = {memory_fs_must(malloc(from.size + 1)), from.size, from.size + 1};
    if (from.size > 0) {
        memcpy(copy.data, from.data, from.size);
    }
    return copy;
}

inode *memory_fs_inode(bytes contents)
{
    inode *file = memory_fs_must(calloc(1, sizeof *file));
    file->now = memory_fs_copy(contents);
    file->synced = memory_fs_copy(contents);
    return file;
}

void memory_fs_release(inode *file)
{
    if (file != NULL && --file->references == 0) {
        free(file->now.data);
        free(file->synced.data);
        free(file);
    }
}

size_t memory_fs_find(const names *list, const char *path, bool *found)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(list->items[middle].path, path);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *found = false;
    return low;
}

void memory_fs_set(names *list, const char *path, inode *file)
{
    bool found;
    size_t at = memory_fs_find(list, path, &found);
    if (file != NULL) {
        file->references++;
    }
    if (found) {
        memory_fs_release(list->items[at].file);
        list->items[at].file = file;
        if (file == NULL) {
            free(list->items[at].path);
            memmove(&list->items[at], &list->items[at + 1],
                    (list->count - at - 1) * sizeof *list->items);
            list->count--;
        }
        return;
    }
    if (file == NULL) {
        return;
    }
    if (list->count == list->capacity) {
        list->capacity = list->capacity * 2 + 8;
        list->items = memory_fs_must(realloc(list->items, list->capacity * sizeof *list->items));
    }
    memmove(&list->items[at + 1], &list->items[at], (list->count - at) * sizeof *list->items);
    list->items[at] = (name){memory_fs_text(path), file};
    list->count++;
}

void memory_fs_clear(names *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].path);
        memory_fs_release(list->items[i].file);
    }
    free(list->items);
    memset(list, 0, sizeof *list);
}

static inode *lookup(const names *list, const char *path)
{
    bool found;
    size_t at = memory_fs_find(list, path, &found);
    return found ? list->items[at].file : NULL;
}

static bool has_directory(const memory_fs *fs, const char *path)
{
    for (size_t i = 0; i < fs->directory_count; i++) {
        if (strcmp(fs->directories[i], path) == 0) {
            return true;
        }
    }
    return false;
}

void memory_fs_add_directory(memory_fs *fs, const char *path)
{
    fs->directories = memory_fs_must(
        realloc(fs->directories, (fs->directory_count + 1) * sizeof *fs->directories));
    fs->directories[fs->directory_count++] = memory_fs_text(path);
}

static bool ends_with(const char *path, const char *end)
{
    size_t size = strlen(path), end_size = strlen(end);
    return size >= end_size && strcmp(path + size - end_size, end) == 0;
}

/* Counts an operation that changes something; false when the power is gone. */
static bool powered(memory_fs *fs, const char *what, const char *path)
{
    if (!fs->crashed) {
        fs->operations++;
        fs->crashed = fs->operations == fs->crash_at;
        snprintf(fs->last_operation, sizeof fs->last_operation, "%s %s", what, path);
    }
    return !fs->crashed;
}

static void log_names(memory_fs *fs, const char *from, const char *to, inode *file)
{
    if (fs->log_count == fs->log_capacity) {
        fs->log_capacity = fs->log_capacity * 2 + 8;
        fs->log = memory_fs_must(realloc(fs->log, fs->log_capacity * sizeof *fs->log));
    }
    if (file != NULL) {
        file->references++;
    }
    fs->log[fs->log_count++] = (pending){from == NULL ? NULL : memory_fs_text(from),
                                         to == NULL ? NULL : memory_fs_text(to), file};
}

static int fs_open(void *context, const char *path, uint32_t flags, nuncio_vfs_file **out)
{
    memory_fs *fs = context;
    *out = NULL;
    inode *file = lookup(&fs->now, path);
    if (fs->crashed) {
        return EIO;
    }
    if (has_directory(fs, path)) {
        return EISDIR;
    }
    bool create = (flags & NUNCIO_VFS_CREATE) != 0;
    if (file == NULL && (flags & (NUNCIO_VFS_CREATE | NUNCIO_VFS_LOCK_FILE)) == 0) {
        return ENOENT;
    }
    if ((file == NULL || create) && !powered(fs, "create", path)) {
        return EIO;
    }
    if (file == NULL) {
        file = memory_fs_inode((bytes){0});
        memory_fs_set(&fs->now, path, file);
        log_names(fs, NULL, path, file);
    } else if (create) {
        file->now.size = 0;
    }
    file->references++;
    *out = memory_fs_must(calloc(1, sizeof **out));
    (*out)->file = file;
    (*out)->path = memory_fs_text(path);
    fs->open_count++;
    return 0;
}

static int fs_close(void *context, nuncio_vfs_file *handle)
{
    memory_fs *fs = context;
    if (handle->holds_lock) {
        handle->file->locked = false;
    }
    memory_fs_release(handle->file);
    free(handle->path);
    free(handle);
    fs->open_count--;
    return 0;
}

static int fs_size(void *context, nuncio_vfs_file *handle, uint64_t *out)
{
    const memory_fs *fs = context;
    *out = handle->file->now.size;
    return fs->crashed ? EIO : 0;
}

static int fs_read(void *context, nuncio_vfs_file *handle, uint64_t offset, void *to, size_t size,
                   size_t *done)
{
    const memory_fs *fs = context;
    const bytes *now = &handle->file->now;
    *done = 0;
    if (fs->crashed) {
        return EIO;
    }
    if (offset < now->size) {
        *done = now->size - (size_t)offset < size ? now->size - (size_t)offset : size;
        memcpy(to, now->data + offset, *done);
    }
    return 0;
}

static int fs_write(void *context, nuncio_vfs_file *handle, const void *from, size_t size,
                    size_t *done)
{
    memory_fs *fs = context;
    *done = 0;
    if (!powered(fs, "write", handle->path)) {
        return EIO;
    }
    bytes *now = &handle->file->now;
    if (size > now->room - now->size) { /* doubles, so that many small writes cost little */
        now->room = 2 * (now->size + size);
        now->data = memory_fs_must(realloc(now->data, now->room));
    }
    memcpy(now->data + now->size, from, size);
    now->size += size;
    *done = size;
    return 0;
}

static int fs_sync(void *context, nuncio_vfs_file *handle)
{
    memory_fs *fs = context;
    if (!powered(fs, "sync", handle->path)) {
        return EIO;
    }
    bool manifest =
        ends_with(handle->path, "/manifest.tmp") || ends_with(handle->path, "/manifest");
    if ((fs->bugs & (manifest ? MEMORY_FS_NO_MANIFEST_SYNC : MEMORY_FS_NO_SEGMENT_SYNC)) == 0) {
        free(handle->file->synced.data);
        handle->file->synced = memory_fs_copy(handle->file->now);
    }
    return 0;
}

/* Maps are copies: a test that damages a file then damages what is mapped later only. */
static int fs_map(void *context, nuncio_vfs_file *handle, uint64_t size, const void **out)
{
    memory_fs *fs = context;
    *out = NULL;
    if (fs->crashed || size == 0 || size > handle->file->now.size) {
        return fs->crashed ? EIO : EINVAL;
    }
    uint8_t *map = memory_fs_must(malloc((size_t)size));
    memcpy(map, handle->file->now.data, (size_t)size);
    *out = map;
    fs->open_count++;
    return 0;
}

static int fs_unmap(void *context, const void *memory, uint64_t size)
{
    memory_fs *fs = context;
    void *map;
    (void)size;
    memcpy(&map, &memory, sizeof map);
    free(map);
    fs->open_count--;
    return 0;
}

static int fs_lock(void *context, nuncio_vfs_file *handle)
{
    const memory_fs *fs = context;
    if (fs->crashed) {
        return EIO;
    }
    if (handle->file->locked) {
        return EWOULDBLOCK;
    }
    handle->file->locked = handle->holds_lock = true;
    return 0;
}

static int fs_rename(void *context, const char *from, const char *to)
{
    memory_fs *fs = context;
    inode *file = lookup(&fs->now, from);
    if (!powered(fs, "rename", from)) {
        return EIO;
    }
    if (file == NULL) {
        return ENOENT;
    }
    inode *old = lookup(&fs->now, to);
    if ((fs->bugs & MEMORY_FS_MANIFEST_IN_PLACE) != 0 && old != NULL &&
        ends_with(to, "/manifest")) {
        free(old->now.data);
        old->now = memory_fs_copy(file->now);
        log_names(fs, from, NULL, NULL);
    } else {
        memory_fs_set(&fs->now, to, file);
        log_names(fs, from, to, file);
    }
    memory_fs_set(&fs->now, from, NULL);
    return 0;
}

static int fs_unlink(void *context, const char *path)
{
    memory_fs *fs = context;
    if (!powered(fs, "unlink", path)) {
        return EIO;
    }
    if (lookup(&fs->now, path) == NULL) {
        return ENOENT;
    }
    memory_fs_set(&fs->now, path, NULL);
    log_names(fs, path, NULL, NULL);
    return 0;
}

static int fs_make_dir(void *context, const char *path)
{
    memory_fs *fs = context;
    if (!powered(fs, "make_dir", path)) {
        return EIO;
    }
    if (has_directory(fs, path)) {
        return EEXIST;
    }
    memory_fs_add_directory(fs, path);
    return 0;
}

void memory_fs_forget_log(memory_fs *fs)
{
    for (size_t i = 0; i < fs->log_count; i++) {
        free(fs->log[i].from);
        free(fs->log[i].to);
        memory_fs_release(fs->log[i].file);
    }
    fs->log_count = 0;
}

static int fs_sync_dir(void *context, const char *path)
{
    memory_fs *fs = context;
    if (!powered(fs, "sync_dir", path)) {
        return EIO;
    }
    if ((fs->bugs & MEMORY_FS_NO_DIRECTORY_SYNC) == 0) {
        memory_fs_clear(&fs->synced);
        for (size_t i = 0; i < fs->now.count; i++) {
            memory_fs_set(&fs->synced, fs->now.items[i].path, fs->now.items[i].file);
        }
        memory_fs_forget_log(fs);
    }
    return 0;
}

static int fs_list(void *context, const char *path, int (*each)(void *argument, const char *name),
                   void *argument)
{
    const memory_fs *fs = context;
    if (fs->crashed || !has_directory(fs, path)) {
        return fs->crashed ? EIO : ENOENT;
    }
    size_t size = strlen(path);
    for (size_t i = 0; i < fs->now.count; i++) {
        const char *full = fs->now.items[i].path;
        if (strncmp(full, path, size) == 0 && full[size] == '/' &&
            strchr(full + size + 1, '/') == NULL) {
            int code = each(argument, full + size + 1);
            if (code != 0) {
                return code;
            }
        }
    }
    return 0;
}

memory_fs *memory_fs_create(void)
{
    memory_fs *fs = memory_fs_must(calloc(1, sizeof *fs));
    fs->vfs = (nuncio_vfs){fs,        fs_open,   fs_close,    fs_size,     fs_read,
                           fs_write,  fs_sync,   fs_map,      fs_unmap,    fs_lock,
                           fs_rename, fs_unlink, fs_make_dir, fs_sync_dir, fs_list};
    return fs;
}

const nuncio_vfs *memory_fs_vfs(memory_fs *fs)
{
    return &fs->vfs;
}
