/* SPDX-License-Identifier: Apache-2.0 */
/* Losing power: from what is synced and what is not to a disk as it may be found. */
#include "support/memory_fs_internal.h"

#include <stdlib.h>
#include <string.h>

void memory_fs_destroy(memory_fs *fs)
{
    if (fs == NULL) {
        return;
    }
    memory_fs_forget_log(fs);
    memory_fs_clear(&fs->now);
    memory_fs_clear(&fs->synced);
    for (size_t i = 0; i < fs->directory_count; i++) {
        free(fs->directories[i]);
    }
    free(fs->directories);
    free(fs->log);
    free(fs);
}

void memory_fs_plant(memory_fs *fs, uint32_t bugs)
{
    fs->bugs = bugs;
}

uint64_t memory_fs_operations(const memory_fs *fs)
{
    return fs->operations;
}

void memory_fs_crash_at(memory_fs *fs, uint64_t n)
{
    fs->crash_at = n;
}

bool memory_fs_crashed(const memory_fs *fs)
{
    return fs->crashed;
}

const char *memory_fs_last_operation(const memory_fs *fs)
{
    return fs->last_operation;
}

size_t memory_fs_open_count(const memory_fs *fs)
{
    return fs->open_count;
}

static bool is_synced(const inode *file)
{
    return file->now.size == file->synced.size &&
           (file->now.size == 0 || memcmp(file->now.data, file->synced.data, file->now.size) == 0);
}

bool memory_fs_is_dirty(const memory_fs *fs)
{
    if (fs->log_count > 0) {
        return true;
    }
    for (size_t i = 0; i < fs->now.count; i++) {
        if (!is_synced(fs->now.items[i].file)) {
            return true;
        }
    }
    return false;
}

/* What a file holds after the power went. */
static inode *surviving(const inode *file, uint32_t choice, test_prng *prng)
{
    if (is_synced(file) || choice == 1) {
        return memory_fs_inode(file->now);
    }
    uint64_t fate = choice == 0 ? 0 : test_prng_below(prng, 5);
    if (fate == 0) {
        return memory_fs_inode(file->synced);
    }
    bytes contents = memory_fs_copy(file->now);
    size_t from = file->synced.size < file->now.size ? file->synced.size : 0;
    if (fate == 1) { /* a prefix of what was written since */
        contents.size = from + (size_t)test_prng_below(prng, file->now.size - from + 1);
    } else if (fate == 2) { /* its length was written, the data was not */
        memset(contents.data + from, 0, contents.size - from);
    } else if (fate == 3) { /* half of the data was */
        size_t half = from + (contents.size - from) / 2;
        memset(contents.data + half, 0, contents.size - half);
    } /* else all of it was */
    inode *result = memory_fs_inode(contents);
    free(contents.data);
    return result;
}

static void apply(names *list, const pending *operation)
{
    bool found = true;
    if (operation->from != NULL) {
        (void)memory_fs_find(list, operation->from, &found);
    }
    if (!found) {
        return; /* what it worked on never came to be */
    }
    if (operation->to != NULL) {
        memory_fs_set(list, operation->to, operation->file);
    }
    if (operation->from != NULL) {
        memory_fs_set(list, operation->from, NULL);
    }
}

/* A new file system with these names, each file as `choice` leaves it. */
static memory_fs *rebuild(const memory_fs *fs, const names *list, uint32_t choice, test_prng *prng)
{
    memory_fs *result = memory_fs_create();
    for (size_t i = 0; i < fs->directory_count; i++) {
        memory_fs_add_directory(result, fs->directories[i]);
    }
    for (size_t i = 0; i < list->count; i++) {
        inode *file = surviving(list->items[i].file, choice, prng);
        memory_fs_set(&result->now, list->items[i].path, file);
        memory_fs_set(&result->synced, list->items[i].path, file);
    }
    return result;
}

memory_fs *memory_fs_recover(const memory_fs *fs, uint32_t choice, test_prng *prng)
{
    names list = {NULL, 0, 0};
    for (size_t i = 0; i < fs->synced.count; i++) {
        memory_fs_set(&list, fs->synced.items[i].path, fs->synced.items[i].file);
    }
    for (size_t i = 0; i < fs->log_count; i++) {
        if (choice == 1 || (choice > 1 && test_prng_chance(prng, 50))) {
            apply(&list, &fs->log[i]);
        }
    }
    memory_fs *result = rebuild(fs, &list, choice, prng);
    memory_fs_clear(&list);
    return result;
}

memory_fs *memory_fs_clone(const memory_fs *fs)
{
    return rebuild(fs, &fs->now, 1, NULL);
}

uint8_t *memory_fs_contents(memory_fs *fs, const char *path, size_t *size)
{
    bool found;
    size_t at = memory_fs_find(&fs->now, path, &found);
    *size = found ? fs->now.items[at].file->now.size : 0;
    return found ? fs->now.items[at].file->now.data : NULL;
}

void memory_fs_resize(memory_fs *fs, const char *path, size_t size)
{
    bool found;
    size_t at = memory_fs_find(&fs->now, path, &found);
    if (found) {
        inode *file = fs->now.items[at].file;
        file->now.data = memory_fs_must(realloc(file->now.data, size + 1));
        file->now.room = size + 1;
        if (size > file->now.size) {
            memset(file->now.data + file->now.size, 0, size - file->now.size);
        }
        file->now.size = size;
        free(file->synced.data);
        file->synced = memory_fs_copy(file->now);
    }
}

const char *memory_fs_path(const memory_fs *fs, size_t index)
{
    return index < fs->now.count ? fs->now.items[index].path : NULL;
}
