/* SPDX-License-Identifier: Apache-2.0 */
/* Each byte of each file of an index is damaged in turn, and each file cut at each length: either
 * the damage is reported, with the file, or every answer stays what it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "crash/workload.h"

/* Large enough for several checksummed pages, so that damage lies where only a search or a read
 * touches it. */
static const workload INDEX = {
    "damage",
    "a1.1 a2.1 a3.1 a4.1 a5.1 a6.1 a7.1 a8.1 a9.1 a10.1 a11.1 a12.1 a13.1 a14.1 a15.1 "
    "a16.1 a17.1 a18.1 a19.1 a20.1 a21.1 a22.1 a23.1 a24.1 a25.1 a26.1 a27.1 a28.1 "
    "a29.1 a30.1 c d2 a1.2 c a31.1 a32.1 a33.1 a34.1 a35.1 a36.1 a37.1 a38.1 a39.1 c",
    ""};

typedef struct tally {
    uint64_t mutants, detected, harmless, unharmed;
} tally;

static memory_fs *make_index(workload_states *states)
{
    memory_fs *fs = memory_fs_create();
    nuncio_status status;
    nuncio_error error = {0};
    workload_run(INDEX.before, true, memory_fs_vfs(fs), NULL, &status, &error);
    if (status != NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    *states = workload_states_of(&INDEX);
    return fs;
}

static bool is_report(nuncio_status status)
{
    return status == NUNCIO_ERR_CORRUPT || status == NUNCIO_ERR_VERSION ||
           status == NUNCIO_ERR_NOT_INDEX || status == NUNCIO_ERR_ANALYSIS;
}

/* Opens, reads, searches and checks a damaged index. */
static void examine(memory_fs *fs, const uint8_t *version, tally *count, const char *what)
{
    nuncio_error error = {0}, found = {0};
    count->mutants++;
    const char *wrong = workload_compare(memory_fs_vfs(fs), NULL, version, &error);
    if (wrong != NULL && !is_report(error.status)) {
        fail_msg("%s: silently another answer: %s (%s)", what, wrong, error.message);
    }
    if (wrong != NULL && error.file[0] == '\0' && error.status == NUNCIO_ERR_CORRUPT) {
        fail_msg("%s: reported without a file: %s", what, error.message);
    }
    nuncio_status status =
        nuncio_check("/index", NUNCIO_CHECK_FAST, memory_fs_vfs(fs), NULL, NULL, NULL, &found);
    if (wrong != NULL && status == NUNCIO_OK) {
        fail_msg("%s: a reader fails (%s), but check finds nothing", what, error.message);
    }
    count->detected += wrong != NULL || status != NUNCIO_OK;
    count->harmless += wrong == NULL && status == NUNCIO_OK;
    if (memory_fs_open_count(fs) != 0) {
        fail_msg("%s: a file was left open", what);
    }
}

static void test_every_byte(void **state)
{
    (void)state;
    static const uint8_t patterns[] = {0xff, 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80};
    size_t pattern_count = test_rounds(2, sizeof patterns);
    workload_states states;
    memory_fs *fs = make_index(&states);
    tally count = {0};
    const char *path;
    for (size_t file = 0; (path = memory_fs_path(fs, file)) != NULL; file++) {
        size_t size;
        uint8_t *contents = memory_fs_contents(fs, path, &size);
        for (size_t at = 0; at < size; at++) {
            for (size_t pattern = 0; pattern < pattern_count; pattern++) {
                char what[400];
                snprintf(what, sizeof what, "%.300s: byte %zu xor %u", path, at, patterns[pattern]);
                contents[at] ^= patterns[pattern];
                examine(fs, states.version[0], &count, what);
                contents[at] ^= patterns[pattern];
            }
            if (at % 100 == 0) { /* a share runs undamaged and must succeed */
                nuncio_error error;
                assert_null(workload_compare(memory_fs_vfs(fs), NULL, states.version[0], &error));
                count.unharmed++;
            }
        }
    }
    print_message("damage: %llu mutants, %llu detected, %llu without effect, %llu undamaged\n",
                  (unsigned long long)count.mutants, (unsigned long long)count.detected,
                  (unsigned long long)count.harmless, (unsigned long long)count.unharmed);
    assert_true(count.mutants > 10000 && count.unharmed > 50);
    /* Page checksums leave nothing but padding unguarded. */
    assert_true(count.harmless * 20 < count.mutants);
    memory_fs_destroy(fs);
}

static void test_every_length(void **state)
{
    (void)state;
    workload_states states;
    memory_fs *fs = make_index(&states);
    tally count = {0};
    const char *path;
    for (size_t file = 0; (path = memory_fs_path(fs, file)) != NULL; file++) {
        size_t size;
        memory_fs_contents(fs, path, &size);
        for (size_t length = 0; length < size; length++) {
            memory_fs *cut = memory_fs_clone(fs);
            char what[400];
            snprintf(what, sizeof what, "%.300s cut to %zu of %zu bytes", path, length, size);
            memory_fs_resize(cut, path, length);
            examine(cut, states.version[0], &count, what);
            memory_fs_destroy(cut);
        }
    }
    print_message("truncation: %llu lengths, %llu detected\n", (unsigned long long)count.mutants,
                  (unsigned long long)count.detected);
    assert_true(count.mutants > 5000 && count.detected == count.mutants);
    memory_fs_destroy(fs);
}

/* A disk that loses a sector gives it back blank. */
static void test_every_sector(void **state)
{
    (void)state;
    enum { SECTOR = 512 };
    workload_states states;
    memory_fs *fs = make_index(&states);
    tally count = {0};
    const char *path;
    for (size_t file = 0; (path = memory_fs_path(fs, file)) != NULL; file++) {
        size_t size;
        uint8_t *contents = memory_fs_contents(fs, path, &size), saved[SECTOR];
        for (size_t at = 0; at < size; at += SECTOR) {
            size_t part = size - at < SECTOR ? size - at : SECTOR;
            char what[400];
            snprintf(what, sizeof what, "%.300s: sector at %zu blank", path, at);
            memcpy(saved, contents + at, part);
            memset(contents + at, 0, part);
            examine(fs, states.version[0], &count, what);
            memcpy(contents + at, saved, part);
        }
    }
    print_message("blank sectors: %llu, %llu detected\n", (unsigned long long)count.mutants,
                  (unsigned long long)count.detected);
    assert_true(count.mutants > 20 && count.detected == count.mutants);
    memory_fs_destroy(fs);
}

/* Puts the bytes of one file in the place of another's. */
static void put(memory_fs *fs, const char *path, const uint8_t *bytes, size_t size)
{
    size_t now;
    memory_fs_resize(fs, path, size);
    memcpy(memory_fs_contents(fs, path, &now), bytes, size);
}

/* Sound files under the name of others, as a restore that went wrong leaves them. */
static void test_exchanged_files(void **state)
{
    (void)state;
    workload_states states;
    memory_fs *fs = make_index(&states);
    tally count = {0};
    const char *to, *from;
    for (size_t i = 0; (to = memory_fs_path(fs, i)) != NULL; i++) {
        for (size_t j = 0; (from = memory_fs_path(fs, j)) != NULL; j++) {
            size_t size;
            const uint8_t *bytes = memory_fs_contents(fs, from, &size);
            if (i == j || strstr(to, "/lock") != NULL) {
                continue; /* what the lock's file holds means nothing */
            }
            memory_fs *copied = memory_fs_clone(fs), *swapped = memory_fs_clone(fs);
            char what[700];
            snprintf(what, sizeof what, "%.300s holds what %.300s should", to, from);
            put(copied, to, bytes, size);
            examine(copied, states.version[0], &count, what);
            put(swapped, to, bytes, size);
            bytes = memory_fs_contents(fs, to, &size);
            put(swapped, from, bytes, size);
            examine(swapped, states.version[0], &count, what);
            memory_fs_destroy(swapped);
            memory_fs_destroy(copied);
        }
    }
    print_message("exchanged files: %llu, %llu detected\n", (unsigned long long)count.mutants,
                  (unsigned long long)count.detected);
    assert_true(count.mutants > 20 && count.detected == count.mutants);
    memory_fs_destroy(fs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_every_length),
        cmocka_unit_test(test_every_sector),
        cmocka_unit_test(test_exchanged_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
