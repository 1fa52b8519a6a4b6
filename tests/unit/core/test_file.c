/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/file.h"
#include "core/str.h"
#include "support/failing_allocator.h"
#include "support/failing_vfs.h"
#include "support/files.h"

#include <errno.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct fixture {
    char folder[TEST_PATH_MAX], path[TEST_PATH_MAX];
    nn_memory memory;
} fixture;

static int start(void **state)
{
    static fixture f;
    test_dir_make(f.folder);
    test_path(f.path, f.folder, "file");
    nn_memory_init(&f.memory, NULL, 0);
    *state = &f;
    return 0;
}

static int finish(void **state)
{
    fixture *f = *state;
    test_dir_remove(f->folder);
    return 0;
}

static void joined(const char *directory, const char *name, const char *expected)
{
    char path[NN_PATH_MAX];
    assert_int_equal(nn_path_join(path, directory, name, NULL), NUNCIO_OK);
    assert_string_equal(path, expected);
}

static void paths_are_joined(void **state)
{
    (void)state;
    joined("a", "b", "a/b");
    joined("a/", "b", "a/b");
    joined("/", "b", "/b");
    joined("", "b", "b");
    char path[NN_PATH_MAX], longest[NN_PATH_MAX] = "";
    memset(longest, 'x', NN_PATH_MAX - 3);
    assert_int_equal(nn_path_join(path, longest, "b", NULL), NUNCIO_OK);
    assert_int_equal(strlen(path), NN_PATH_MAX - 1);
    nuncio_error error = {0};
    assert_int_equal(nn_path_join(path, longest, "bc", &error), NUNCIO_ERR_ARGUMENT);
    assert_string_equal(path, "");
    assert_int_equal(nn_path_join(path, "a", longest, &error), NUNCIO_OK);
    assert_int_equal(nn_path_join(path, "abc", longest, &error), NUNCIO_ERR_ARGUMENT);
}

static void maps_whole_files(void **state)
{
    fixture *f = *state;
    test_vfs files;
    test_vfs_init(&files, 0, 0);
    nn_file_map map;
    nuncio_error error = {0};
    assert_int_equal(nn_file_map_open(&files.vfs, f->path, &map, &error), NUNCIO_ERR_NOT_FOUND);
    assert_string_equal(error.file, f->path);
    assert_null(map.data);
    nn_file_map_close(&map);
    test_file_write(f->path, "content", 7);
    assert_int_equal(nn_file_map_open(&files.vfs, f->path, &map, NULL), NUNCIO_OK);
    assert_int_equal(map.size, 7);
    assert_memory_equal(map.data, "content", 7);
    nn_file_map_close(&map);
    nn_file_map_close(&map);
    test_file_write(f->path, "", 0);
    assert_int_equal(nn_file_map_open(&files.vfs, f->path, &map, NULL), NUNCIO_OK);
    assert_int_equal(map.size, 0);
    assert_null(map.data);
    nn_file_map_close(&map);
    assert_int_equal(files.calls_of[TEST_VFS_UNMAP], 1);
    assert_int_equal(files.calls_of[TEST_VFS_CLOSE], 2);
}

static void reads_whole_files(void **state)
{
    fixture *f = *state;
    test_vfs files;
    test_vfs_init(&files, 0, 0);
    files.transfer_max = 3; /* many short reads */
    nn_buffer buffer;
    nn_buffer_init(&buffer, &f->memory);
    nn_buffer_append_text(&buffer, "before ");
    test_file_write(f->path, "0123456789", 10);
    nuncio_error error = {0};
    assert_int_equal(nn_file_read_all(&files.vfs, f->path, 9, &buffer, &error), NUNCIO_ERR_LIMIT);
    assert_int_equal(nn_file_read_all(&files.vfs, f->path, 10, &buffer, &error), NUNCIO_OK);
    assert_true(nn_str_equal(nn_buffer_str(&buffer), nn_str_of("before 0123456789")));
    test_file_write(f->path, "", 0);
    nn_buffer_deinit(&buffer);
    assert_int_equal(nn_file_read_all(&files.vfs, f->path, 0, &buffer, NULL), NUNCIO_OK);
    assert_int_equal(buffer.size, 0);
    assert_int_equal(nn_file_read_all(&files.vfs, f->folder, 10, &buffer, NULL), NUNCIO_ERR_IO);
    assert_int_equal(nn_file_read_all(&files.vfs, "/nuncio/absent", 9, &buffer, NULL),
                     NUNCIO_ERR_NOT_FOUND);
    nn_buffer_deinit(&buffer);
}

static void memory_may_be_refused(void **state)
{
    fixture *f = *state;
    test_allocator source;
    test_allocator_init(&source, 1);
    nn_memory memory;
    nn_memory_init(&memory, &source.allocator, 0);
    nn_buffer buffer;
    nn_buffer_init(&buffer, &memory);
    test_file_write(f->path, "0123456789", 10);
    assert_int_equal(nn_file_read_all(nuncio_vfs_default(), f->path, 10, &buffer, NULL),
                     NUNCIO_ERR_MEMORY);
    nn_buffer_deinit(&buffer);
    test_allocator_check(&source);
}

/** Every operation in turn fails: reading says so, and every opened file is closed. */
static void every_failure_is_reported(void **state)
{
    fixture *f = *state;
    test_file_write(f->path, "0123456789", 10);
    for (uint64_t n = 1, failures = 0;; n++) {
        test_vfs files;
        test_vfs_init(&files, n, EIO);
        files.counted =
            ~(1u << TEST_VFS_CLOSE | 1u << TEST_VFS_UNMAP); /* closing read files is moot */
        nn_file_map map;
        nn_buffer buffer;
        nn_buffer_init(&buffer, &f->memory);
        nuncio_error error = {0};
        nuncio_status status = nn_file_map_open(&files.vfs, f->path, &map, &error);
        nn_file_map_close(&map);
        if (status == NUNCIO_OK) {
            status = nn_file_read_all(&files.vfs, f->path, 10, &buffer, &error);
        }
        nn_buffer_deinit(&buffer);
        uint64_t refused = files.failed && status == NUNCIO_ERR_IO;
        assert_int_equal(status, files.failed ? NUNCIO_ERR_IO : NUNCIO_OK);
        assert_int_equal(error.status, status);
        if (!files.failed) {
            assert_int_equal(failures, 6); /* open, size, map; open, size, read */
            return;
        }
        assert_string_equal(error.file, f->path);
        assert_int_equal(files.calls_of[TEST_VFS_CLOSE] + (n == 1 || n == 4),
                         files.calls_of[TEST_VFS_OPEN]);
        failures += refused;
    }
}

static void interruptions_are_waited_for_but_not_for_ever(void **state)
{
    fixture *f = *state;
    test_file_write(f->path, "0123456789", 10);
    nn_buffer buffer;
    nn_buffer_init(&buffer, &f->memory);
    test_vfs files;
    test_vfs_init(&files, 2, EINTR);
    files.counted = 1u << TEST_VFS_READ;
    files.transfer_max = 4;
    assert_int_equal(nn_file_read_all(&files.vfs, f->path, 10, &buffer, NULL), NUNCIO_OK);
    assert_true(files.failed);
    assert_true(nn_str_equal(nn_buffer_str(&buffer), nn_str_of("0123456789")));
    test_vfs_init(&files, 1, EINTR);
    files.counted = 1u << TEST_VFS_READ;
    files.fail_for_good = true;
    assert_int_equal(nn_file_read_all(&files.vfs, f->path, 10, &buffer, NULL), NUNCIO_ERR_IO);
    nn_buffer_deinit(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(paths_are_joined, start, finish),
        cmocka_unit_test_setup_teardown(maps_whole_files, start, finish),
        cmocka_unit_test_setup_teardown(reads_whole_files, start, finish),
        cmocka_unit_test_setup_teardown(memory_may_be_refused, start, finish),
        cmocka_unit_test_setup_teardown(every_failure_is_reported, start, finish),
        cmocka_unit_test_setup_teardown(interruptions_are_waited_for_but_not_for_ever, start,
                                        finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
