/* SPDX-License-Identifier: Apache-2.0 */
/* Each file operation and each allocation of each workload fails in turn, once and for good. The
 * failure is reported or made good, the last commit stays readable, nothing is leaked, and the run
 * can resume. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "crash/workload.h"
#include "support/failing_allocator.h"
#include "support/failing_vfs.h"

static memory_fs *prepare(const workload *load)
{
    memory_fs *fs = memory_fs_create();
    nuncio_status status = NUNCIO_OK;
    nuncio_error error = {0};
    if (load->before[0] != '\0') {
        workload_run(load->before, false, memory_fs_vfs(fs), NULL, &status, &error);
    }
    if (status != NUNCIO_OK) {
        fail_msg("%s: %s", load->name, error.message);
    }
    return fs;
}

/* What must hold on a disk after a run that was disturbed and got `acknowledged` commits through.
 */
static void verify(memory_fs *fs, const workload *load, size_t acknowledged, const char *what)
{
    const nuncio_vfs *vfs = memory_fs_vfs(fs);
    workload_states states = workload_states_of(load);
    nuncio_error error = {0};
    nuncio_status status;
    const char *wrong = workload_compare(vfs, NULL, states.version[acknowledged], &error);
    bool empty = acknowledged == 0 && !states.index_before;
    if (wrong != NULL && acknowledged + 1 < states.count &&
        workload_compare(vfs, NULL, states.version[acknowledged + 1], &error) == NULL) {
        wrong = NULL;
    }
    if (wrong != NULL && !empty) {
        fail_msg("%s, %s: %s (%s)", load->name, what, wrong, error.message);
    }
    size_t commits = workload_run(load->script, false, vfs, NULL, &status, &error);
    if (status != NUNCIO_OK || commits != states.count - 1) {
        fail_msg("%s, %s: the run cannot resume: %s", load->name, what, error.message);
    }
    wrong = workload_compare(vfs, NULL, states.version[states.count - 1], &error);
    if (wrong != NULL || memory_fs_open_count(fs) != 0) {
        fail_msg("%s, %s: resumed: %s", load->name, what, wrong == NULL ? "file left open" : wrong);
    }
}

static bool fail_operation(const memory_fs *before, const workload *load, uint64_t n, int code,
                           bool for_good)
{
    memory_fs *fs = memory_fs_clone(before);
    test_vfs files;
    test_vfs_init(&files, n, code);
    files.base = memory_fs_vfs(fs);
    files.fail_for_good = for_good;
    nuncio_status status;
    nuncio_error error = {0};
    size_t acknowledged = workload_run(load->script, false, &files.vfs, NULL, &status, &error);
    char what[600];
    snprintf(what, sizeof what, "operation %llu fails with %s%s, reported as '%.300s'",
             (unsigned long long)n, strerror(code), for_good ? " for good" : "", error.message);
    if (status != NUNCIO_OK && (error.message[0] == '\0' || error.status != status)) {
        fail_msg("%s: %s", what, "an error without a message");
    }
    if (memory_fs_open_count(fs) != 0) {
        fail_msg("%s: a file was left open", what);
    }
    verify(fs, load, acknowledged, what);
    memory_fs_destroy(fs);
    return files.failed;
}

static void test_each_operation_fails(void **state)
{
    (void)state;
    static const int codes[] = {EIO, ENOSPC, EMFILE, EINTR, EACCES};
    uint64_t runs = 0;
    for (size_t i = 0; i < WORKLOAD_COUNT; i++) {
        memory_fs *before = prepare(&WORKLOADS[i]);
        for (uint64_t n = 1;; n++) {
            bool reached = false;
            for (size_t code = 0; code < sizeof codes / sizeof codes[0]; code++) {
                /* An interruption for good would be a machine that does nothing else. */
                for (int for_good = 0; for_good <= (codes[code] != EINTR); for_good++) {
                    reached |= fail_operation(before, &WORKLOADS[i], n, codes[code], for_good != 0);
                    runs++;
                }
            }
            if (!reached) {
                break;
            }
        }
        memory_fs_destroy(before);
    }
    print_message("failing operations: %llu runs\n", (unsigned long long)runs);
    assert_true(runs > 4000);
}

static void test_each_allocation_fails(void **state)
{
    (void)state;
    uint64_t runs = 0;
    for (size_t i = 0; i < WORKLOAD_COUNT; i++) {
        memory_fs *before = prepare(&WORKLOADS[i]);
        bool reached = true;
        uint64_t all = test_rounds(256, UINT64_MAX); /* of many, later ones are sampled */
        for (uint64_t n = 1; reached; n += 1 + n / all) {
            for (int for_good = 0; for_good <= 1; for_good++) {
                memory_fs *fs = memory_fs_clone(before);
                test_allocator memory;
                test_allocator_init(&memory, n);
                memory.fail_for_good = for_good != 0;
                nuncio_status status;
                nuncio_error error = {0};
                char what[128];
                size_t acknowledged = workload_run(WORKLOADS[i].script, i == 0, memory_fs_vfs(fs),
                                                   &memory.allocator, &status, &error);
                test_allocator_check(&memory);
                snprintf(what, sizeof what, "allocation %llu fails", (unsigned long long)n);
                reached = memory.failed;
                if (status != NUNCIO_OK && status != NUNCIO_ERR_MEMORY) {
                    fail_msg("%s: status %s: %s", what, nuncio_status_name(status), error.message);
                }
                verify(fs, &WORKLOADS[i], acknowledged, what);
                memory_fs_destroy(fs);
                runs++;
            }
        }
        memory_fs_destroy(before);
    }
    print_message("failing allocations: %llu runs\n", (unsigned long long)runs);
    assert_true(runs > 2000);
}

static void test_readers_survive(void **state)
{
    (void)state;
    const workload *load = &WORKLOADS[WORKLOAD_COUNT - 1];
    workload_states states = workload_states_of(load);
    memory_fs *fs = prepare(load);
    nuncio_error error = {0};
    uint64_t runs = 0;
    bool reached = true;
    for (uint64_t n = 1; reached; n++) {
        test_allocator memory;
        test_allocator_init(&memory, n);
        const char *wrong =
            workload_compare(memory_fs_vfs(fs), &memory.allocator, states.version[0], &error);
        reached = memory.failed;
        test_allocator_check(&memory);
        if (wrong != NULL && error.status != NUNCIO_ERR_MEMORY) {
            fail_msg("allocation %llu fails: %s: %s", (unsigned long long)n, wrong, error.message);
        }
        runs++;
    }
    reached = true;
    for (uint64_t n = 1; reached; n++) {
        test_vfs files;
        test_vfs_init(&files, n, EIO);
        files.base = memory_fs_vfs(fs);
        const char *wrong = workload_compare(&files.vfs, NULL, states.version[0], &error);
        reached = files.failed;
        if (wrong != NULL && error.status != NUNCIO_ERR_IO) {
            fail_msg("operation %llu fails: %s: %s", (unsigned long long)n, wrong, error.message);
        }
        runs++;
    }
    assert_int_equal(memory_fs_open_count(fs), 0);
    memory_fs_destroy(fs);
    print_message("readers: %llu runs\n", (unsigned long long)runs);
    assert_true(runs > 100);
}

/* After a sync failed nobody knows what is on the disk: the writer must refuse to go on. */
static void test_failed_sync_poisons(void **state)
{
    (void)state;
    memory_fs *fs = memory_fs_create();
    test_vfs files;
    test_vfs_init(&files, 1, EIO);
    files.base = memory_fs_vfs(fs);
    files.counted = 1u << TEST_VFS_SYNC;
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    options.vfs = &files.vfs;
    options.threads = 1;
    nuncio_writer *writer = NULL;
    nuncio_error error = {0};
    assert_int_equal(nuncio_writer_open("/index", &options, &writer, &error), NUNCIO_OK);
    nuncio_article article = {.id = {"a", 1}, .text = {"Talks resume.", 13}};
    assert_int_equal(nuncio_writer_add(writer, &article, NULL, &error), NUNCIO_OK);
    assert_int_equal(nuncio_writer_commit(writer, &error), NUNCIO_ERR_IO);
    assert_true(files.failed);
    assert_int_equal(nuncio_writer_commit(writer, &error), NUNCIO_ERR_STATE);
    assert_int_equal(nuncio_writer_add(writer, &article, NULL, &error), NUNCIO_ERR_STATE);
    nuncio_writer_close(writer);
    assert_int_equal(memory_fs_open_count(fs), 0);
    memory_fs_destroy(fs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_operation_fails),
        cmocka_unit_test(test_each_allocation_fails),
        cmocka_unit_test(test_readers_survive),
        cmocka_unit_test(test_failed_sync_poisons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
