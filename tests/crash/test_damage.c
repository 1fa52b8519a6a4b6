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

#include "crash/questions.h"
#include "crash/workload.h"

/* One small history with deletes, for what has to be done to whole copies of an index. */
static const workload SMALL = {"damage", "a1.1 a2.1 a3.1 a4.1 a5.1 a6.1 c d2 a1.2 c a7.1 a8.1 c",
                               ""};

typedef struct tally {
    uint64_t mutants, detected, harmless, unharmed;
} tally;

static bool is_report(nuncio_status status)
{
    return status == NUNCIO_ERR_CORRUPT || status == NUNCIO_ERR_VERSION ||
           status == NUNCIO_ERR_NOT_INDEX || status == NUNCIO_ERR_ANALYSIS;
}

/* ---- every byte of an index of some size ----
 *
 * Each mutant is opened, checked, and asked. What a question does follows from the bytes of the
 * pages it touches alone, so that a page that changed can change the answer of those questions only
 * which touch it: these are found once a page, and the first of them is asked of each mutant; one
 * mutant of 61 is asked all. */

typedef struct damaged {
    memory_fs *fs;
    uint64_t sound[QUESTIONS]; /* the answers */
    tally count;
} damaged;

static nuncio_snapshot *open_index(memory_fs *fs, nuncio_error *error)
{
    nuncio_snapshot *snapshot = NULL;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    options.vfs = memory_fs_vfs(fs);
    nuncio_status status = nuncio_snapshot_open("/index", &options, &snapshot, error);
    return status == NUNCIO_OK ? snapshot : NULL;
}

/** Asks one question. @return true: damage was reported, with its file; false: the answer is the
 * sound one. Anything else ends the test. */
static bool ask(damaged *made, const nuncio_snapshot *snapshot, size_t question, const char *what)
{
    uint64_t answer = 0;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nuncio_status status = question_ask(question, snapshot, NULL, &answer, &error);
    if (status == NUNCIO_OK ? answer != made->sound[question]
                            : status != NUNCIO_ERR_CORRUPT || error.file[0] == '\0') {
        fail_msg("%s: '%s' has %s (%s)", what, question_name(question),
                 status == NUNCIO_OK ? "silently another answer" : "another failure than damage",
                 error.message);
    }
    return status != NUNCIO_OK;
}

/** The first question that meets the page which changed; QUESTIONS: none does. */
static size_t first_to_meet(damaged *made, const char *what)
{
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nuncio_snapshot *snapshot = open_index(made->fs, &error);
    size_t question = 0;
    while (snapshot != NULL && question < QUESTIONS && !ask(made, snapshot, question, what)) {
        question++;
    }
    nuncio_snapshot_close(snapshot);
    return question;
}

/** Opens, asks and checks a damaged index. */
static void examine_bytes(damaged *made, size_t first, const char *what)
{
    nuncio_error error = {NUNCIO_OK, 0, "", ""}, found = {NUNCIO_OK, 0, "", ""};
    nuncio_snapshot *snapshot = open_index(made->fs, &error);
    bool told = snapshot == NULL;
    if (told && (!is_report(error.status) || error.file[0] == '\0')) {
        fail_msg("%s: opening fails with %s", what, error.message);
    }
    if (snapshot != NULL && first < QUESTIONS) {
        told = ask(made, snapshot, first, what);
    }
    bool all = made->count.mutants % 61 == 0;
    for (size_t question = 0; snapshot != NULL && all && question < QUESTIONS; question++) {
        bool met = ask(made, snapshot, question, what);
        told = told || met;
    }
    nuncio_snapshot_close(snapshot);
    nuncio_status status = nuncio_check("/index", NUNCIO_CHECK_FAST, memory_fs_vfs(made->fs), NULL,
                                        NULL, NULL, &found);
    if (told && status == NUNCIO_OK) {
        fail_msg("%s: a reader fails, but check finds nothing", what);
    }
    made->count.mutants++;
    made->count.detected += told || status != NUNCIO_OK;
    made->count.harmless += !told && status == NUNCIO_OK;
    if (memory_fs_open_count(made->fs) != 0) {
        fail_msg("%s: a file was left open", what);
    }
}

/** Undamaged it opens, and every question has its answer. */
static void examine_unharmed(damaged *made)
{
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nuncio_snapshot *snapshot = open_index(made->fs, &error);
    assert_non_null(snapshot);
    for (size_t question = 0; question < QUESTIONS; question++) {
        assert_false(ask(made, snapshot, question, "undamaged"));
    }
    nuncio_snapshot_close(snapshot);
    made->count.unharmed++;
}

static damaged make_damaged(void)
{
    damaged made = {.fs = questions_index()};
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nuncio_snapshot *snapshot = open_index(made.fs, &error);
    assert_non_null(snapshot);
    for (size_t question = 0; question < QUESTIONS; question++) {
        if (question_ask(question, snapshot, NULL, &made.sound[question], &error) != NUNCIO_OK) {
            fail_msg("%s", error.message);
        }
    }
    nuncio_snapshot_close(snapshot);
    return made;
}

static void test_every_byte(void **state)
{
    (void)state;
    static const uint8_t patterns[] = {0xff, 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80};
    enum { PAGE = 4096 };
    size_t pattern_count = test_rounds(2, sizeof patterns), pages = 0, met = 0;
    size_t step = test_step(8); /* a part of a page */
    damaged made = make_damaged();
    const char *path;
    for (size_t file = 0; (path = memory_fs_path(made.fs, file)) != NULL; file++) {
        size_t size, first = 0;
        uint8_t *contents = memory_fs_contents(made.fs, path, &size);
        for (size_t at = 0; at < size; at += step) {
            char what[400];
            snprintf(what, sizeof what, "%.300s: byte %zu", path, at);
            if (at % PAGE == 0) {
                contents[at] ^= 0x10;
                first = first_to_meet(&made, what);
                contents[at] ^= 0x10;
                pages++;
                met += first < QUESTIONS;
                examine_unharmed(&made);
            }
            for (size_t pattern = 0; pattern < pattern_count; pattern++) {
                snprintf(what, sizeof what, "%.300s: byte %zu xor %u", path, at, patterns[pattern]);
                contents[at] ^= patterns[pattern];
                examine_bytes(&made, first, what);
                contents[at] ^= patterns[pattern];
            }
        }
    }
    print_message("damage: %llu mutants, %llu detected, %llu without effect, %llu undamaged; "
                  "%zu pages, %zu met by questions\n",
                  (unsigned long long)made.count.mutants, (unsigned long long)made.count.detected,
                  (unsigned long long)made.count.harmless, (unsigned long long)made.count.unharmed,
                  pages, met);
    assert_true(made.count.mutants >= 131072 / step && made.count.unharmed >= 16 &&
                met * 2 > pages);
    /* Nothing but what a writer may leave behind is unguarded. */
    assert_int_equal(made.count.harmless, 0);
    memory_fs_destroy(made.fs);
}

/* ---- whole copies of a small one ---- */

static memory_fs *make_index(workload_states *states)
{
    memory_fs *fs = memory_fs_create();
    nuncio_status status;
    nuncio_error error = {0};
    workload_run(SMALL.before, true, memory_fs_vfs(fs), NULL, &status, &error);
    if (status != NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    *states = workload_states_of(&SMALL);
    return fs;
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
        for (size_t length = 0; length < size; length += test_step(3)) {
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
    assert_true(count.mutants > 5000 / test_step(3) && count.detected == count.mutants);
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
    assert_true(count.mutants > 10 && count.detected == count.mutants);
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
    assert_true(count.mutants > 10 && count.detected == count.mutants);
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
