/* SPDX-License-Identifier: Apache-2.0 */
#include <nuncio/vfs.h>

#include "support/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct fixture {
    char folder[TEST_PATH_MAX], path[TEST_PATH_MAX], other[TEST_PATH_MAX];
    const nuncio_vfs *vfs;
} fixture;

static int start(void **state)
{
    static fixture f;
    test_dir_make(f.folder);
    test_path(f.path, f.folder, "file");
    test_path(f.other, f.folder, "other");
    f.vfs = nuncio_vfs_default();
    *state = &f;
    return 0;
}

static int finish(void **state)
{
    fixture *f = *state;
    test_dir_remove(f->folder);
    return 0;
}

static nuncio_vfs_file *opened(fixture *f, const char *path, uint32_t flags)
{
    nuncio_vfs_file *file = NULL;
    assert_int_equal(f->vfs->open(f->vfs->context, path, flags, &file), 0);
    assert_non_null(file);
    return file;
}

static void what_is_written_is_read(void **state)
{
    fixture *f = *state;
    void *c = f->vfs->context;
    test_file_write(f->path, "old and longer", 14);
    nuncio_vfs_file *file = opened(f, f->path, NUNCIO_VFS_CREATE);
    size_t done = 0;
    assert_int_equal(f->vfs->write(c, file, "hello ", 6, &done), 0);
    assert_int_equal(done, 6);
    assert_int_equal(f->vfs->write(c, file, "world", 5, &done), 0);
    assert_int_equal(f->vfs->sync(c, file), 0);
    assert_int_equal(f->vfs->close(c, file), 0);
    assert_int_equal(f->vfs->sync_dir(c, f->folder), 0);

    file = opened(f, f->path, NUNCIO_VFS_READ);
    uint64_t size = 0;
    assert_int_equal(f->vfs->size(c, file, &size), 0);
    assert_int_equal(size, 11);
    char room[20];
    assert_int_equal(f->vfs->read(c, file, 6, room, sizeof room, &done), 0);
    assert_int_equal(done, 5);
    assert_memory_equal(room, "world", 5);
    assert_int_equal(f->vfs->read(c, file, 11, room, sizeof room, &done), 0);
    assert_int_equal(done, 0);
    assert_int_equal(f->vfs->read(c, file, UINT64_MAX, room, 1, &done), EINVAL);
    const void *memory = NULL;
    assert_int_equal(f->vfs->map(c, file, size, &memory), 0);
    assert_int_equal(f->vfs->close(c, file), 0);
    assert_memory_equal(memory, "hello world", 11);
    assert_int_equal(f->vfs->unlink(c, f->path), 0);
    assert_memory_equal(memory, "hello world", 11); /* a map outlives the name */
    assert_int_equal(f->vfs->unmap(c, memory, size), 0);
    assert_int_equal(f->vfs->unmap(c, NULL, 0), 0);
}

static void refused(fixture *f, const char *path, uint32_t flags, int code)
{
    nuncio_vfs_file *file = (nuncio_vfs_file *)f;
    assert_int_equal(f->vfs->open(f->vfs->context, path, flags, &file), code);
    assert_null(file);
}

static void failures_are_errno_values(void **state)
{
    fixture *f = *state;
    void *c = f->vfs->context;
    refused(f, f->path, NUNCIO_VFS_READ, ENOENT);
    refused(f, f->folder, NUNCIO_VFS_READ, EISDIR);
    refused(f, f->folder, NUNCIO_VFS_CREATE, EISDIR);
    refused(f, f->path, 0, EINVAL);
    refused(f, f->path, NUNCIO_VFS_READ | NUNCIO_VFS_CREATE, EINVAL);
    assert_int_equal(f->vfs->unlink(c, f->path), ENOENT);
    assert_int_equal(f->vfs->rename(c, f->path, f->other), ENOENT);
    assert_int_equal(f->vfs->make_dir(c, f->folder), EEXIST);
    assert_int_equal(f->vfs->sync_dir(c, f->path), ENOENT);
    nuncio_vfs_file *file = opened(f, f->path, NUNCIO_VFS_CREATE);
    size_t done = 1;
    char byte;
    assert_int_equal(f->vfs->read(c, file, 0, &byte, 1, &done), EBADF);
    assert_int_equal(done, 0);
    const void *memory = &byte;
    assert_int_equal(f->vfs->map(c, file, 0, &memory), 0);
    assert_null(memory);
    assert_int_equal(f->vfs->map(c, file, 10, &memory), EACCES);
    assert_null(memory);
    assert_int_equal(f->vfs->close(c, file), 0);
    file = opened(f, f->path, NUNCIO_VFS_READ);
    assert_int_equal(f->vfs->write(c, file, "x", 1, &done), EBADF);
    assert_int_equal(f->vfs->close(c, file), 0);
    uint64_t size = 1; /* the descriptor is closed, and nothing has taken its number since */
    assert_int_equal(f->vfs->size(c, file, &size), EBADF);
    assert_int_equal(size, 0);
    assert_int_equal(f->vfs->lock(c, file), EBADF);
    assert_int_equal(f->vfs->sync(c, file), EBADF);
}

/** Neither a pipe, which would block, nor a link, which may point anywhere, is written to or waited
 * for. */
static void only_regular_files_are_opened(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkfifo(f->path, 0600), 0);
    refused(f, f->path, NUNCIO_VFS_READ, EINVAL);
    refused(f, "/dev/null", NUNCIO_VFS_READ, EINVAL);
    assert_int_equal(unlink(f->path), 0);
    test_file_write(f->other, "kept", 4);
    assert_int_equal(symlink(f->other, f->path), 0);
    refused(f, f->path, NUNCIO_VFS_CREATE, ELOOP);
    refused(f, f->path, NUNCIO_VFS_LOCK_FILE, ELOOP);
    nuncio_vfs_file *file = opened(f, f->path, NUNCIO_VFS_READ);
    uint64_t size = 0;
    assert_int_equal(f->vfs->size(f->vfs->context, file, &size), 0);
    assert_int_equal(size, 4);
    assert_int_equal(f->vfs->close(f->vfs->context, file), 0);
}

static int lock_in_child(fixture *f)
{
    pid_t child = fork();
    if (child == 0) {
        nuncio_vfs_file *file = NULL;
        int code = f->vfs->open(f->vfs->context, f->path, NUNCIO_VFS_LOCK_FILE, &file);
        _exit(code != 0 ? 100 : f->vfs->lock(f->vfs->context, file));
    }
    int answer = 0;
    assert_int_equal(waitpid(child, &answer, 0), child);
    assert_true(WIFEXITED(answer));
    return WEXITSTATUS(answer);
}

static void one_holds_the_lock(void **state)
{
    fixture *f = *state;
    void *c = f->vfs->context;
    nuncio_vfs_file *first = opened(f, f->path, NUNCIO_VFS_LOCK_FILE);
    nuncio_vfs_file *second = opened(f, f->path, NUNCIO_VFS_LOCK_FILE);
    assert_int_equal(f->vfs->lock(c, first), 0);
    assert_int_equal(f->vfs->lock(c, second), EWOULDBLOCK); /* in this process */
    assert_int_equal(lock_in_child(f), EWOULDBLOCK);        /* and in another */
    assert_int_equal(f->vfs->close(c, second), 0);
    assert_int_equal(lock_in_child(f), EWOULDBLOCK); /* closing another file frees nothing */
    assert_int_equal(f->vfs->close(c, first), 0);
    assert_int_equal(lock_in_child(f), 0); /* freed with its file, and by the end of its process */
    first = opened(f, f->path, NUNCIO_VFS_LOCK_FILE);
    assert_int_equal(f->vfs->lock(c, first), 0);
    assert_int_equal(f->vfs->close(c, first), 0);
}

static void renaming_replaces(void **state)
{
    fixture *f = *state;
    test_file_write(f->path, "new", 3);
    test_file_write(f->other, "old", 3);
    assert_int_equal(f->vfs->rename(f->vfs->context, f->path, f->other), 0);
    char *content = test_file_read(f->other, NULL);
    assert_string_equal(content, "new");
    free(content);
    assert_false(test_file_exists(f->path));
}

typedef struct names {
    size_t count, stop_at;
    bool dots;
} names;

static int take_name(void *argument, const char *name)
{
    names *seen = argument;
    seen->dots = seen->dots || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
    return ++seen->count == seen->stop_at;
}

static void folders_are_listed(void **state)
{
    fixture *f = *state;
    void *c = f->vfs->context;
    test_file_write(f->path, "", 0);
    assert_int_equal(f->vfs->make_dir(c, f->other), 0);
    names seen = {0};
    assert_int_equal(f->vfs->list(c, f->folder, take_name, &seen), 0);
    assert_int_equal(seen.count, 2);
    assert_false(seen.dots);
    seen = (names){.stop_at = 1};
    assert_int_equal(f->vfs->list(c, f->folder, take_name, &seen), 0);
    assert_int_equal(seen.count, 1);
    assert_int_equal(f->vfs->list(c, f->path, take_name, &seen), ENOTDIR);
}

static int highest_descriptor(void)
{
    int fd = dup(0);
    assert_true(fd >= 0);
    close(fd);
    return fd;
}

static void no_descriptor_leaks(void **state)
{
    fixture *f = *state;
    int before = highest_descriptor();
    what_is_written_is_read(state);
    failures_are_errno_values(state);
    assert_int_equal(unlink(f->path), 0);
    folders_are_listed(state);
    assert_int_equal(highest_descriptor(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, start, finish),
        cmocka_unit_test_setup_teardown(failures_are_errno_values, start, finish),
        cmocka_unit_test_setup_teardown(only_regular_files_are_opened, start, finish),
        cmocka_unit_test_setup_teardown(one_holds_the_lock, start, finish),
        cmocka_unit_test_setup_teardown(renaming_replaces, start, finish),
        cmocka_unit_test_setup_teardown(folders_are_listed, start, finish),
        cmocka_unit_test_setup_teardown(no_descriptor_leaks, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
