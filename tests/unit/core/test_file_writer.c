/* SPDX-License-Identifier: Apache-2.0 */
#include "core/file.h"
#include "support/failing_allocator.h"
#include "support/failing_vfs.h"
#include "support/files.h"
#include "support/prng.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { SIZE = 300 * 1000 };

typedef struct fixture {
    char folder[TEST_PATH_MAX], path[TEST_PATH_MAX];
    nn_memory memory;
    uint8_t bytes[SIZE];
} fixture;

static int start(void **state)
{
    static fixture f;
    test_dir_make(f.folder);
    test_path(f.path, f.folder, "file");
    nn_memory_init(&f.memory, NULL, 0);
    test_prng prng = test_prng_of(5);
    test_prng_bytes(&prng, f.bytes, SIZE);
    *state = &f;
    return 0;
}

static int finish(void **state)
{
    fixture *f = *state;
    test_dir_remove(f->folder);
    return 0;
}

/** Writes the bytes in pieces of many sizes. */
static nuncio_status write_file(fixture *f, const nuncio_vfs *vfs, nuncio_error *error)
{
    nn_file_writer writer;
    nuncio_status status = nn_file_writer_open(&writer, vfs, &f->memory, f->path, error);
    if (status != NUNCIO_OK) {
        nn_file_writer_abort(&writer); /* must be harmless */
        return status;
    }
    test_prng prng = test_prng_of(6);
    for (size_t done = 0; done < SIZE;) {
        uint64_t kind = test_prng_below(&prng, 10);
        size_t size = test_prng_below(&prng, kind < 6 ? 100 : kind < 9 ? 10000 : 150000);
        size = size < SIZE - done ? size : SIZE - done;
        nn_file_writer_write(&writer, f->bytes + done, size);
        done += size;
        assert_true(writer.status != NUNCIO_OK || writer.offset == done);
    }
    status = nn_file_writer_finish(&writer, true, error);
    nn_file_writer_abort(&writer); /* does nothing after finish */
    return status;
}

static void check_content(fixture *f)
{
    size_t size = 0;
    char *content = test_file_read(f->path, &size);
    assert_int_equal(size, SIZE);
    assert_memory_equal(content, f->bytes, SIZE);
    free(content);
}

static void bytes_arrive_in_order(void **state)
{
    fixture *f = *state;
    test_vfs files;
    test_vfs_init(&files, 0, 0);
    assert_int_equal(write_file(f, &files.vfs, NULL), NUNCIO_OK);
    check_content(f);
    assert_int_equal(files.calls_of[TEST_VFS_SYNC], 1);
    assert_int_equal(files.calls_of[TEST_VFS_CLOSE], 1);
    assert_true(files.calls_of[TEST_VFS_WRITE] < 20); /* buffered */
    files.transfer_max = 1000;                        /* short writes */
    assert_int_equal(write_file(f, &files.vfs, NULL), NUNCIO_OK);
    check_content(f);
    assert_int_equal(atomic_load(&f->memory.used), 0);
}

static void buffer_edges(void **state)
{
    fixture *f = *state;
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 131072};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t first = 0; first < 2; first++) {
            nn_file_writer writer;
            assert_int_equal(
                nn_file_writer_open(&writer, nuncio_vfs_default(), &f->memory, f->path, NULL),
                NUNCIO_OK);
            nn_file_writer_write(&writer, f->bytes, first);
            nn_file_writer_write(&writer, f->bytes + first, sizes[i]);
            assert_int_equal(nn_file_writer_finish(&writer, true, NULL), NUNCIO_OK);
            size_t size = 0;
            char *content = test_file_read(f->path, &size);
            assert_int_equal(size, first + sizes[i]);
            assert_memory_equal(content, f->bytes, size);
            free(content);
        }
    }
}

static void aborting_leaves_nothing(void **state)
{
    fixture *f = *state;
    nn_file_writer writer;
    assert_int_equal(nn_file_writer_open(&writer, nuncio_vfs_default(), &f->memory, f->path, NULL),
                     NUNCIO_OK);
    nn_file_writer_write(&writer, f->bytes, SIZE);
    assert_true(test_file_exists(f->path));
    nn_file_writer_abort(&writer);
    nn_file_writer_abort(&writer);
    assert_false(test_file_exists(f->path));
    assert_int_equal(atomic_load(&f->memory.used), 0);
}

/** Fails each operation in turn with each code; finish reports the first failure and leaves no
 * file. */
static void every_failure_is_reported(void **state)
{
    fixture *f = *state;
    static const struct {
        int code;
        nuncio_status status;
    } codes[] = {{EIO, NUNCIO_ERR_IO}, {ENOSPC, NUNCIO_ERR_SPACE}, {EDQUOT, NUNCIO_ERR_SPACE}};
    for (size_t i = 0; i < 6; i++) {
        for (uint64_t n = 1;; n++) {
            test_vfs files;
            test_vfs_init(&files, n, codes[i / 2].code);
            files.counted = ~(1u << TEST_VFS_UNLINK);
            files.fail_for_good = i % 2 == 1;
            nuncio_error error = {0};
            nuncio_status status = write_file(f, &files.vfs, &error);
            if (!files.failed) {
                assert_int_equal(status, NUNCIO_OK);
                assert_true(n > 5);
                break;
            }
            assert_int_equal(status, codes[i / 2].status);
            assert_int_equal(error.status, status);
            assert_string_equal(error.file, f->path);
            assert_false(test_file_exists(f->path));
            assert_int_equal(files.calls_of[TEST_VFS_CLOSE], n == 1 ? 0 : 1);
            assert_true(files.calls_of[TEST_VFS_SYNC] <= 1); /* a failed sync is not repeated */
            assert_int_equal(atomic_load(&f->memory.used), 0);
        }
        check_content(f);
        remove(f->path);
    }
}

static int write_nothing(void *context, nuncio_vfs_file *file, const void *from, size_t size,
                         size_t *done)
{
    (void)context;
    (void)file;
    (void)from;
    (void)size;
    *done = 0;
    return 0;
}

static void a_write_that_goes_nowhere_is_a_failure(void **state)
{
    fixture *f = *state;
    test_vfs files;
    test_vfs_init(&files, 0, 0);
    files.vfs.write = write_nothing;
    assert_int_equal(write_file(f, &files.vfs, NULL), NUNCIO_ERR_IO);
    assert_false(test_file_exists(f->path));
}

static void interruptions_are_waited_for_but_not_for_ever(void **state)
{
    fixture *f = *state;
    test_vfs files;
    test_vfs_init(&files, 2, EINTR);
    files.counted = 1u << TEST_VFS_WRITE;
    assert_int_equal(write_file(f, &files.vfs, NULL), NUNCIO_OK);
    assert_true(files.failed);
    check_content(f);
    test_vfs_init(&files, 1, EINTR);
    files.counted = 1u << TEST_VFS_WRITE;
    files.fail_for_good = true;
    assert_int_equal(write_file(f, &files.vfs, NULL), NUNCIO_ERR_IO);
    assert_true(files.calls_of[TEST_VFS_WRITE] < 1000);
}

static void memory_may_be_refused(void **state)
{
    fixture *f = *state;
    test_allocator source;
    test_allocator_init(&source, 1);
    nn_memory memory;
    nn_memory_init(&memory, &source.allocator, 0);
    nn_file_writer writer;
    assert_int_equal(nn_file_writer_open(&writer, nuncio_vfs_default(), &memory, f->path, NULL),
                     NUNCIO_ERR_MEMORY);
    nn_file_writer_abort(&writer);
    assert_false(test_file_exists(f->path));
    test_allocator_check(&source);
}

static void paths_that_are_too_long_are_refused(void **state)
{
    fixture *f = *state;
    static char path[NN_PATH_MAX + 1];
    memset(path, 'x', NN_PATH_MAX);
    nn_file_writer writer;
    assert_int_equal(nn_file_writer_open(&writer, nuncio_vfs_default(), &f->memory, path, NULL),
                     NUNCIO_ERR_ARGUMENT);
    nn_file_writer_abort(&writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bytes_arrive_in_order, start, finish),
        cmocka_unit_test_setup_teardown(buffer_edges, start, finish),
        cmocka_unit_test_setup_teardown(aborting_leaves_nothing, start, finish),
        cmocka_unit_test_setup_teardown(every_failure_is_reported, start, finish),
        cmocka_unit_test_setup_teardown(a_write_that_goes_nowhere_is_a_failure, start, finish),
        cmocka_unit_test_setup_teardown(interruptions_are_waited_for_but_not_for_ever, start,
                                        finish),
        cmocka_unit_test_setup_teardown(memory_may_be_refused, start, finish),
        cmocka_unit_test_setup_teardown(paths_that_are_too_long_are_refused, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
