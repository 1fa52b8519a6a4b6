/* SPDX-License-Identifier: Apache-2.0 */
/* The power goes before every operation of every workload, and each disk that may be found
 * afterwards must open at the last acknowledged commit or the one in flight, pass a full check, and
 * let the run resume. Then four bugs are planted in the file system, and the same test must find
 * each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "crash/workload.h"

enum { CHOICES = 24, CHOICES_LONG = 400, STATES_MIN = 16000 };

typedef struct tally {
    uint64_t points, states, violations;
    char first[600]; /* what the first violation was */
} tally;

static void violate(tally *count, const workload *load, uint64_t point, uint32_t choice,
                    const memory_fs *crashed, const char *what)
{
    if (count->violations++ == 0) {
        snprintf(count->first, sizeof count->first,
                 "workload '%s', power lost before operation %llu (%.200s), choice %u: %.200s",
                 load->name, (unsigned long long)point, memory_fs_last_operation(crashed), choice,
                 what);
    }
}

/* The disk as found: opens at a state it may be in, is sound, and the run can be finished on it. */
static const char *examine(memory_fs *disk, const workload *load, const workload_states *states,
                           size_t acknowledged)
{
    const nuncio_vfs *vfs = memory_fs_vfs(disk);
    static nuncio_error error;
    const char *old = workload_compare(vfs, NULL, states->version[acknowledged], &error);
    bool empty = acknowledged == 0 && !states->index_before;
    if (old != NULL && acknowledged + 1 < states->count) {
        const char *new = workload_compare(vfs, NULL, states->version[acknowledged + 1], &error);
        if (new == NULL) {
            old = NULL;
            empty = false;
        }
    }
    if (old != NULL && !empty) {
        return old;
    }
    if (!empty &&
        nuncio_check("/index", NUNCIO_CHECK_FULL, vfs, NULL, NULL, NULL, &error) != NUNCIO_OK) {
        return error.message;
    }
    nuncio_status status;
    size_t commits = workload_run(load->script, false, vfs, NULL, &status, &error);
    if (status != NUNCIO_OK || commits != states->count - 1) {
        return error.message;
    }
    return workload_compare(vfs, NULL, states->version[states->count - 1], &error);
}

static void crash_at(const memory_fs *before, const workload *load, const workload_states *states,
                     uint64_t point, uint32_t bugs, tally *count, test_prng *prng)
{
    memory_fs *fs = memory_fs_clone(before);
    memory_fs_plant(fs, bugs);
    memory_fs_crash_at(fs, point);
    nuncio_status status;
    size_t acknowledged = workload_run(load->script, false, memory_fs_vfs(fs), NULL, &status, NULL);
    count->points++;
    /* A planted bug is found early; only the sweep for bugs that nobody knows goes on for long. */
    uint32_t all = (uint32_t)(CHOICES / test_step(4));
    uint32_t most = bugs != 0 ? CHOICES : (uint32_t)test_rounds(all, CHOICES_LONG);
    uint32_t choices = memory_fs_is_dirty(fs) ? most : 1;
    for (uint32_t choice = 0; choice < choices; choice++) {
        memory_fs *disk = memory_fs_recover(fs, choice, prng);
        const char *wrong = examine(disk, load, states, acknowledged);
        count->states++;
        if (wrong != NULL) {
            violate(count, load, point, choice, fs, wrong);
        }
        if (memory_fs_open_count(disk) != 0) {
            violate(count, load, point, choice, fs, "a file was left open");
        }
        memory_fs_destroy(disk);
    }
    memory_fs_destroy(fs);
}

static memory_fs *prepare(const workload *load)
{
    memory_fs *fresh = memory_fs_create();
    nuncio_status status = NUNCIO_OK;
    nuncio_error error = {0};
    if (load->before[0] != '\0') {
        workload_run(load->before, false, memory_fs_vfs(fresh), NULL, &status, &error);
    }
    if (status != NUNCIO_OK) {
        fail_msg("%s: %s", load->name, error.message);
    }
    memory_fs *before = memory_fs_clone(fresh);
    memory_fs_destroy(fresh);
    return before;
}

static uint64_t operations_of(const memory_fs *before, const workload *load)
{
    memory_fs *fs = memory_fs_clone(before);
    nuncio_status status;
    nuncio_error error = {0};
    workload_run(load->script, false, memory_fs_vfs(fs), NULL, &status, &error);
    if (status != NUNCIO_OK) {
        fail_msg("%s: %s", load->name, error.message);
    }
    uint64_t operations = memory_fs_operations(fs);
    memory_fs_destroy(fs);
    return operations;
}

static void sweep(const workload *load, uint32_t bugs, tally *count, test_prng *prng)
{
    memory_fs *before = prepare(load);
    workload_states states = workload_states_of(load);
    uint64_t operations = operations_of(before, load);
    for (uint64_t point = 1; point <= operations + 1; point++) {
        crash_at(before, load, &states, point, bugs, count, prng);
        if (bugs != 0 && count->violations > 0) {
            break; /* found: one is enough */
        }
    }
    memory_fs_destroy(before);
}

static void test_every_operation(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(20310317));
    tally count = {0};
    uint64_t least = STATES_MIN / test_step(4);
    for (size_t i = 0; i < WORKLOAD_COUNT; i++) {
        sweep(&WORKLOADS[i], 0, &count, &prng);
    }
    while (count.states < least && count.violations == 0) { /* other choices of the same */
        sweep(&WORKLOADS[WORKLOAD_COUNT - 1], 0, &count, &prng);
    }
    print_message("power loss: %llu points, %llu states, %llu violations\n",
                  (unsigned long long)count.points, (unsigned long long)count.states,
                  (unsigned long long)count.violations);
    if (count.violations > 0) {
        fail_msg("%s\nrepeat: NUNCIO_TEST_SEED=%llu", count.first, (unsigned long long)prng.seed);
    }
    assert_true(count.points > 200);
    assert_true(count.states >= least);
}

/* The power goes during what a writer does to recover from an earlier loss. */
static void test_recovery_itself(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(20310318));
    const workload *load = &WORKLOADS[WORKLOAD_COUNT - 1];
    workload_states states = workload_states_of(load);
    tally count = {0};
    memory_fs *before = prepare(load);
    uint64_t operations = operations_of(before, load);
    for (uint64_t point = 2; point <= operations && count.violations == 0; point += 5) {
        memory_fs *first = memory_fs_clone(before);
        memory_fs_crash_at(first, point);
        nuncio_status status;
        size_t acknowledged =
            workload_run(load->script, false, memory_fs_vfs(first), NULL, &status, NULL);
        memory_fs *disk = memory_fs_recover(first, 2, &prng);
        for (uint64_t again = 1; again <= 8; again++) {
            memory_fs *second = memory_fs_clone(disk);
            memory_fs_crash_at(second, again);
            /* Only opening and closing: what is committed stays what it was. */
            workload_run("", false, memory_fs_vfs(second), NULL, &status, NULL);
            memory_fs *found = memory_fs_recover(second, 3, &prng);
            const char *wrong = examine(found, load, &states, acknowledged);
            count.states++;
            if (wrong != NULL) {
                violate(&count, load, point, (uint32_t)again, second, wrong);
            }
            memory_fs_destroy(found);
            memory_fs_destroy(second);
        }
        memory_fs_destroy(disk);
        memory_fs_destroy(first);
    }
    memory_fs_destroy(before);
    print_message("power loss in recovery: %llu states\n", (unsigned long long)count.states);
    if (count.violations > 0) {
        fail_msg("%s\nrepeat: NUNCIO_TEST_SEED=%llu", count.first, (unsigned long long)prng.seed);
    }
    assert_true(count.states >= 50);
}

static void test_planted_bugs_are_found(void **state)
{
    (void)state;
    static const struct {
        uint32_t bug;
        const char *name;
    } bugs[] = {
        {MEMORY_FS_NO_SEGMENT_SYNC, "segments are not synced"},
        {MEMORY_FS_NO_MANIFEST_SYNC, "the manifest is not synced"},
        {MEMORY_FS_NO_DIRECTORY_SYNC, "the directory is not synced"},
        {MEMORY_FS_MANIFEST_IN_PLACE, "the manifest is rewritten in place"},
    };
    test_prng prng = test_prng_of(test_seed(20310319));
    for (size_t i = 0; i < sizeof bugs / sizeof bugs[0]; i++) {
        tally count = {0};
        for (size_t load = 0; load < WORKLOAD_COUNT && count.violations == 0; load++) {
            sweep(&WORKLOADS[load], bugs[i].bug, &count, &prng);
        }
        print_message("planted: %s: found after %llu states: %s\n", bugs[i].name,
                      (unsigned long long)count.states, count.first);
        if (count.violations == 0) {
            fail_msg("%s, and no state shows it", bugs[i].name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_operation),
        cmocka_unit_test(test_recovery_itself),
        cmocka_unit_test(test_planted_bugs_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
