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

#include "crash/questions.h"
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
             (unsigned long long)n, code == TEST_VFS_SHORT ? "half" : strerror(code),
             for_good ? " for good" : "", error.message);
    if (code == TEST_VFS_SHORT && status != NUNCIO_OK) {
        fail_msg("%s", what);
    }
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
    static const int codes[] = {EIO,    ENOSPC, EDQUOT, EMFILE,        EINTR,
                                EACCES, EROFS,  ENOMEM, TEST_VFS_SHORT};
    enum { CODES = sizeof codes / sizeof codes[0] };
    uint64_t runs = 0, step = test_step(12); /* then each operation in one or two of the 18 ways */
    for (size_t i = 0; i < WORKLOAD_COUNT; i++) {
        memory_fs *before = prepare(&WORKLOADS[i]);
        bool reached = true;
        for (uint64_t n = 1; reached; n++) {
            reached = false;
            for (size_t way = n % step; way < 2 * CODES; way += step) {
                reached |= fail_operation(before, &WORKLOADS[i], n, codes[way / 2],
                                          way % 2 == (n / 8) % 2);
                runs++;
            }
        }
        memory_fs_destroy(before);
    }
    print_message("failing operations: %llu runs\n", (unsigned long long)runs);
    assert_true(runs >= 12800 / step);
}

static bool fail_allocation(const memory_fs *before, const workload *load, bool annotate,
                            uint64_t n, bool for_good)
{
    memory_fs *fs = memory_fs_clone(before);
    test_allocator memory;
    nuncio_status status;
    nuncio_error error = {0};
    char what[128];
    test_allocator_init(&memory, n);
    memory.fail_for_good = for_good;
    size_t acknowledged =
        workload_run(load->script, annotate, memory_fs_vfs(fs), &memory.allocator, &status, &error);
    test_allocator_check(&memory);
    snprintf(what, sizeof what, "allocation %llu fails%s", (unsigned long long)n,
             for_good ? " for good" : "");
    if (status != NUNCIO_OK && status != NUNCIO_ERR_MEMORY) {
        fail_msg("%s: status %s: %s", what, nuncio_status_name(status), error.message);
    }
    verify(fs, load, acknowledged, what);
    memory_fs_destroy(fs);
    return memory.failed;
}

static void test_each_allocation_fails(void **state)
{
    (void)state;
    uint64_t runs = 0, all = test_rounds(1200, UINT64_MAX); /* of many, later ones are sampled */
    uint64_t step = test_step(16);
    for (size_t i = 0; i < WORKLOAD_COUNT; i++) {
        memory_fs *before = prepare(&WORKLOADS[i]);
        bool reached = true;
        for (uint64_t n = 1 + i % step; reached; n += step + n / all) {
            for (int for_good = 0; for_good <= 1; for_good++) {
                reached = fail_allocation(before, &WORKLOADS[i], i % 4 == 0, n, for_good != 0);
                runs++;
            }
        }
        memory_fs_destroy(before);
    }
    print_message("failing allocations: %llu runs\n", (unsigned long long)runs);
    assert_true(runs >= 6500 / step);
}

/* ---- readers ---- */

/** One reader, with the allocator and files it is to use; 0 is what it says when all is well. */
typedef nuncio_status reader(const void *context, const nuncio_vfs *vfs,
                             const nuncio_allocator *allocator, nuncio_error *error);

/** Opens, asks question *context, and asks it again when memory was refused. */
static nuncio_status ask(const void *context, const nuncio_vfs *vfs,
                         const nuncio_allocator *allocator, nuncio_error *error)
{
    const size_t *question = context;
    uint64_t answer, again;
    nuncio_snapshot *snapshot = NULL;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    options.vfs = vfs;
    options.allocator = allocator;
    nuncio_status status = nuncio_snapshot_open("/index", &options, &snapshot, error);
    if (status == NUNCIO_OK) {
        status = question_ask(*question, snapshot, allocator, &answer, error);
        nuncio_status second = question_ask(*question, snapshot, allocator, &again, NULL);
        assert_true(status == NUNCIO_OK || second == NUNCIO_OK || second == status);
        assert_true(status != NUNCIO_OK || second != NUNCIO_OK || answer == again);
    }
    nuncio_snapshot_close(snapshot);
    return status;
}

static nuncio_status check(const void *context, const nuncio_vfs *vfs,
                           const nuncio_allocator *allocator, nuncio_error *error)
{
    const uint32_t *level = context;
    return nuncio_check("/index", *level, vfs, allocator, NULL, NULL, error);
}

static nuncio_status annotate(const void *context, const nuncio_vfs *vfs,
                              const nuncio_allocator *allocator, nuncio_error *error)
{
    (void)vfs;
    nuncio_annotator *annotator = NULL;
    nuncio_annotations found;
    nuncio_article article = {.id = {"a", 1}, .text = {context, strlen(context)}};
    nuncio_status status = nuncio_annotator_create(allocator, &annotator, error);
    if (status == NUNCIO_OK) {
        status = nuncio_annotator_run(annotator, &article, &found, error);
    }
    nuncio_annotator_destroy(annotator);
    return status;
}

/** A reader with its first, second, … allocation refused; later ones are sampled.
 * @return runs */
static uint64_t refuse_memory(memory_fs *fs, reader *read, const void *context, uint64_t all)
{
    uint64_t runs = 0;
    bool reached = true;
    for (uint64_t n = 1; reached; n += test_step(8) + n / all) {
        test_allocator memory;
        nuncio_error error = {NUNCIO_OK, 0, "", ""};
        test_allocator_init(&memory, n);
        memory.fail_for_good = runs++ % 2 == 1;
        nuncio_status status = read(context, memory_fs_vfs(fs), &memory.allocator, &error);
        reached = memory.failed;
        test_allocator_check(&memory);
        /* What was refused to the second asking is not the first one's failure. */
        if (status != NUNCIO_OK && (status != NUNCIO_ERR_MEMORY || !reached)) {
            fail_msg("allocation %llu fails: %s", (unsigned long long)n, error.message);
        }
        assert_int_equal(error.status, status);
        assert_int_equal(memory_fs_open_count(fs), 0);
    }
    return runs;
}

/** A reader with its first, second, … operation failing in each way. @return runs */
static uint64_t fail_files(memory_fs *fs, reader *read, const void *context)
{
    static const int codes[] = {EIO, EMFILE, EINTR, EACCES, ENOMEM, TEST_VFS_SHORT};
    uint64_t runs = 0;
    for (size_t code = 0; code < sizeof codes / sizeof codes[0]; code++) {
        bool reached = true;
        for (uint64_t n = 1; reached; n++) {
            test_vfs files;
            nuncio_error error = {NUNCIO_OK, 0, "", ""};
            test_vfs_init(&files, n, codes[code]);
            files.base = memory_fs_vfs(fs);
            files.fail_for_good = runs++ % 2 == 1;
            nuncio_status status = read(context, &files.vfs, NULL, &error);
            nuncio_status expected = codes[code] == ENOMEM ? NUNCIO_ERR_MEMORY : NUNCIO_ERR_IO;
            reached = files.failed;
            if (status != NUNCIO_OK && status != expected) {
                fail_msg("operation %llu fails with %d: %s", (unsigned long long)n, codes[code],
                         error.message);
            }
            assert_true(status == NUNCIO_OK || codes[code] != TEST_VFS_SHORT);
            assert_int_equal(memory_fs_open_count(fs), 0);
        }
    }
    return runs;
}

static void test_readers_survive(void **state)
{
    (void)state;
    static const uint32_t levels[] = {NUNCIO_CHECK_FAST, NUNCIO_CHECK_FULL};
    static const char text[] =
        "\xe2\x80\x9cWe will sign the treaty,\xe2\x80\x9d said Foreign Minister Anatoly Drazhin of "
        "Karsovia.\n\nA senior official told Reuters that the talks in Geneva would go on.";
    uint64_t allocations = 0, operations = 0, all = test_rounds(160, 4096);
    memory_fs *fs = questions_index();
    for (size_t question = 0; question < QUESTIONS; question++) {
        allocations += refuse_memory(fs, ask, &question, all);
    }
    operations += fail_files(fs, ask, &(size_t){QUESTIONS - 1});
    for (size_t i = 0; i < 2; i++) {
        allocations += refuse_memory(fs, check, &levels[i], all);
        operations += fail_files(fs, check, &levels[i]);
    }
    allocations += refuse_memory(fs, annotate, text, 4 * all);
    memory_fs_destroy(fs);
    print_message("readers: %llu runs with a failing allocation, %llu with a failing operation\n",
                  (unsigned long long)allocations, (unsigned long long)operations);
    assert_true(allocations >= 2000 / test_step(8) && operations >= 300);
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
