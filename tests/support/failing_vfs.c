/* SPDX-License-Identifier: Apache-2.0 */
#include "support/failing_vfs.h"

#include <errno.h>

/** Counts a call; the errno value it has to fail with, or 0. */
static int count(test_vfs *files, test_vfs_operation operation)
{
    files->calls_of[operation]++;
    if ((files->counted & (1u << operation)) == 0) {
        return 0;
    }
    uint64_t call = ++files->calls;
    if (files->fail_at == 0 || call < files->fail_at ||
        (call > files->fail_at && !files->fail_for_good)) {
        return 0;
    }
    files->failed = true;
    return files->fail_code;
}

/** The same where nothing can be done by halves. */
static int count_whole(test_vfs *files, test_vfs_operation operation)
{
    int code = count(files, operation);
    return code == TEST_VFS_SHORT ? 0 : code;
}

static int test_open(void *context, const char *path, uint32_t flags, nuncio_vfs_file **out)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_OPEN);
    return code != 0 ? code : files->base->open(files->base->context, path, flags, out);
}

static int test_close(void *context, nuncio_vfs_file *file)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_CLOSE);
    int real = files->base->close(files->base->context, file);
    return code != 0 ? code : real;
}

static int test_size(void *context, nuncio_vfs_file *file, uint64_t *out)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_SIZE);
    return code != 0 ? code : files->base->size(files->base->context, file, out);
}

static size_t cut(const test_vfs *files, size_t size, int code)
{
    size = code == TEST_VFS_SHORT && size > 1 ? size / 2 : size;
    return files->transfer_max != 0 && size > files->transfer_max ? files->transfer_max : size;
}

static int test_read(void *context, nuncio_vfs_file *file, uint64_t offset, void *to, size_t size,
                     size_t *done)
{
    test_vfs *files = context;
    *done = 0;
    int code = count(files, TEST_VFS_READ);
    return code > 0 ? code
                    : files->base->read(files->base->context, file, offset, to,
                                        cut(files, size, code), done);
}

static int test_write(void *context, nuncio_vfs_file *file, const void *from, size_t size,
                      size_t *done)
{
    test_vfs *files = context;
    *done = 0;
    int code = count(files, TEST_VFS_WRITE);
    if (code > 0) {
        size_t torn = 0;
        if (code != EINTR) {
            (void)files->base->write(files->base->context, file, from, size / 2, &torn);
        }
        return code;
    }
    return files->base->write(files->base->context, file, from, cut(files, size, code), done);
}

static int test_sync(void *context, nuncio_vfs_file *file)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_SYNC);
    return code != 0 ? code : files->base->sync(files->base->context, file);
}

static int test_map(void *context, nuncio_vfs_file *file, uint64_t size, const void **out)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_MAP);
    return code != 0 ? code : files->base->map(files->base->context, file, size, out);
}

static int test_unmap(void *context, const void *memory, uint64_t size)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_UNMAP);
    int real = files->base->unmap(files->base->context, memory, size);
    return code != 0 ? code : real;
}

static int test_lock(void *context, nuncio_vfs_file *file)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_LOCK);
    return code != 0 ? code : files->base->lock(files->base->context, file);
}

static int test_rename(void *context, const char *from, const char *to)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_RENAME);
    return code != 0 ? code : files->base->rename(files->base->context, from, to);
}

static int test_unlink(void *context, const char *path)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_UNLINK);
    return code != 0 ? code : files->base->unlink(files->base->context, path);
}

static int test_make_dir(void *context, const char *path)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_MAKE_DIR);
    return code != 0 ? code : files->base->make_dir(files->base->context, path);
}

static int test_sync_dir(void *context, const char *path)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_SYNC_DIR);
    return code != 0 ? code : files->base->sync_dir(files->base->context, path);
}

static int test_list(void *context, const char *path, int (*each)(void *argument, const char *name),
                     void *argument)
{
    test_vfs *files = context;
    int code = count_whole(files, TEST_VFS_LIST);
    return code != 0 ? code : files->base->list(files->base->context, path, each, argument);
}

void test_vfs_init(test_vfs *files, uint64_t fail_at, int fail_code)
{
    *files = (test_vfs){
        .vfs = {files, test_open, test_close, test_size, test_read, test_write, test_sync, test_map,
                test_unmap, test_lock, test_rename, test_unlink, test_make_dir, test_sync_dir,
                test_list},
        .base = nuncio_vfs_default(),
        .counted = TEST_VFS_ALL,
        .fail_at = fail_at,
        .fail_code = fail_code,
    };
}
