/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: whatever fails while an index is written or opened, the call says so, nothing leaks, and no
 * half-made file keeps a segment's name. Method: the first, second, … allocation or file operation
 * fails until the body no longer reaches it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample.h"
#include "segment/deletes.h"
#include "segment/manifest.h"
#include "support/failing_allocator.h"
#include "support/failing_vfs.h"
#include "support/files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const sample_options SMALL = {12, 4, 40, 60};
/* Enough text that a dictionary is trained, and lists of several blocks. */
static const sample_options LARGE = {160, 4, 180, 12};

/** Writes a segment with deletes and commits, then opens and reads all of it through the public
 * door. */
static nuncio_status body(const sample *made, const nuncio_vfs *vfs,
                          const nuncio_allocator *allocator, const char *folder,
                          nuncio_error *error)
{
    nn_memory memory;
    nn_memory_init(&memory, allocator, 0);
    nn_manifest_entry entry = {.segment = "", .deletes = ""};
    nn_manifest manifest = {.generation = 1, .fingerprint = 2, .entries = &entry, .count = 1};
    nuncio_status status = sample_write(made, vfs, &memory, folder, true, entry.segment, error);
    if (status == NUNCIO_OK) {
        const uint32_t gone[] = {1, 3};
        const nn_df_deduction deductions[] = {{0, 2, 1, 0}};
        const nn_deletes_info info = {.articles = 2, .passages = 2};
        status = nn_deletes_write(vfs, &memory, folder, made->article_count, gone, 2, deductions, 1,
                                  &info, entry.deletes, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_manifest_commit(vfs, &memory, folder, &manifest, error);
    }
    nuncio_snapshot *snapshot = NULL;
    if (status == NUNCIO_OK) {
        nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
        options.vfs = vfs;
        options.allocator = allocator;
        status = nuncio_snapshot_open(folder, &options, &snapshot, error);
    }
    for (uint32_t i = 0; status == NUNCIO_OK && i < made->article_count - 2; i++) {
        nuncio_document *document = NULL;
        status = nuncio_snapshot_read(snapshot, i, &document, error);
        assert_true((status == NUNCIO_OK) == (document != NULL));
        nuncio_document_destroy(document);
    }
    nuncio_snapshot_close(snapshot);
    return status;
}

static int count_temporary(void *argument, const char *name)
{
    size_t size = strlen(name);
    *(size_t *)argument += size > 4 && strcmp(name + size - 4, ".tmp") == 0;
    return 0;
}

/** How many temporary files a folder holds. */
static size_t temporary_files(const char *folder)
{
    const nuncio_vfs *vfs = nuncio_vfs_default();
    size_t count = 0;
    assert_int_equal(vfs->list(vfs->context, folder, count_temporary, &count), 0);
    return count;
}

static void sweep_allocations(const sample_options *options, bool for_good, uint64_t step)
{
    test_prng prng = test_prng_of(11);
    sample *made = sample_create(&prng, options);
    uint64_t n = 1;
    for (;; n += step) {
        char folder[TEST_PATH_MAX];
        test_allocator memory;
        nuncio_error error = {NUNCIO_OK, 0, "", ""};
        test_dir_make(folder);
        test_allocator_init(&memory, n);
        memory.fail_for_good = for_good;
        nuncio_status status = body(made, nuncio_vfs_default(), &memory.allocator, folder, &error);
        test_allocator_check(&memory);
        assert_int_equal(temporary_files(folder), 0);
        test_dir_remove(folder);
        if (!memory.failed) {
            assert_int_equal(status, NUNCIO_OK);
            break;
        }
        if (status != NUNCIO_ERR_MEMORY) {
            fail_msg("allocation %llu: status %d, %s", (unsigned long long)n, status,
                     error.message);
        }
        assert_int_equal(error.status, NUNCIO_ERR_MEMORY);
    }
    assert_true(n > 100); /* else nothing was swept */
    sample_destroy(made);
}

static void test_each_allocation(void **state)
{
    (void)state;
    sweep_allocations(&SMALL, false, 1);
    sweep_allocations(&SMALL, true, 1);
    sweep_allocations(&LARGE, false, 17);
}

static void test_each_file_operation(void **state)
{
    (void)state;
    static const struct {
        int code;
        nuncio_status status;
    } failures[] = {{EIO, NUNCIO_ERR_IO}, {ENOSPC, NUNCIO_ERR_SPACE}, {EACCES, NUNCIO_ERR_IO}};
    test_prng prng = test_prng_of(12);
    sample *made = sample_create(&prng, &SMALL);
    for (size_t which = 0; which < sizeof failures / sizeof failures[0]; which++) {
        uint64_t n = 1;
        for (;; n++) {
            char folder[TEST_PATH_MAX];
            test_allocator memory;
            test_vfs files;
            nuncio_error error = {NUNCIO_OK, 0, "", ""};
            test_dir_make(folder);
            test_allocator_init(&memory, 0);
            test_vfs_init(&files, n, failures[which].code);
            files.counted &= ~(1U << TEST_VFS_UNLINK | 1U << TEST_VFS_UNMAP);
            nuncio_status status = body(made, &files.vfs, &memory.allocator, folder, &error);
            test_allocator_check(&memory);
            assert_int_equal(temporary_files(folder), 0);
            test_dir_remove(folder);
            if (!files.failed) {
                assert_int_equal(status, NUNCIO_OK);
                break;
            }
            /* Closing a file that was only read may fail: nothing was lost. */
            if (status != NUNCIO_OK && status != failures[which].status) {
                fail_msg("operation %llu: status %d, %s", (unsigned long long)n, status,
                         error.message);
            }
        }
        assert_true(n > 15);
    }
    sample_destroy(made);
}

static void test_a_budget_is_kept(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(13);
    sample *made = sample_create(&prng, &LARGE);
    char folder[TEST_PATH_MAX], name[64];
    test_dir_make(folder);
    bool refused = false, written = false;
    for (uint64_t budget = 1 << 16; !written; budget *= 2) {
        test_allocator watched;
        nn_memory memory;
        test_allocator_init(&watched, 0);
        nn_memory_init(&memory, &watched.allocator, budget);
        nuncio_status status =
            sample_write(made, nuncio_vfs_default(), &memory, folder, true, name, NULL);
        assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_MEMORY);
        /* An array that doubles lies in memory twice while it is moved. */
        assert_true(watched.peak_bytes <= budget + budget / 2);
        test_allocator_check(&watched);
        written = status == NUNCIO_OK;
        refused = refused || !written;
    }
    assert_true(refused);
    test_dir_remove(folder);
    sample_destroy(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_allocation),
        cmocka_unit_test(test_each_file_operation),
        cmocka_unit_test(test_a_budget_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
