/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a snapshot holds exactly what the manifest names, counts what is live, and survives commits
 * around it. Method: an index of two segments in memory; files missing, exchanged, damaged; a
 * commit between two reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static test_index made;

static int make(void **state)
{
    (void)state;
    test_index_make(&made, 51);
    return 0;
}

static int release(void **state)
{
    (void)state;
    test_index_release(&made);
    return 0;
}

static void remove_file(const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "/index/%s", name);
    assert_int_equal(made.vfs->unlink(made.vfs->context, path), 0);
}

static void test_counts(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_stats stats, expected = {.segments = 2, .deleted_articles = 3};
    test_index_commit(&made, 3, 2);
    assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_snapshot_generation(snapshot), 3);
    assert_int_equal(snapshot->manifest.fingerprint, 42);
    for (size_t part = 0; part < INDEX_PARTS; part++) {
        const sample *from = made.samples[part];
        expected.terms += from->term_count;
        for (uint32_t i = 0; i < from->term_count; i++) {
            expected.postings += from->terms[i].df;
        }
        for (uint32_t i = 0; i < from->article_count; i++) {
            const sample_article *article = &from->articles[i];
            if (test_index_deleted(&made, part, i)) {
                continue;
            }
            expected.articles++;
            expected.passages += article->passage_count;
            expected.quotes += article->annotations.quote_count;
            expected.mentions += article->annotations.mention_count;
            expected.raw_text_bytes += article->title == NULL ? 0 : strlen(article->title);
            for (uint32_t k = 0; k < article->passage_count; k++) {
                const sample_passage *passage = &from->passages[article->first_passage + k];
                expected.tokens += passage->length;
                expected.raw_text_bytes += passage->text_size;
            }
        }
    }
    nuncio_snapshot_stats(snapshot, &stats);
    uint64_t sum = stats.bytes.terms + stats.bytes.postings + stats.bytes.positions +
                   stats.bytes.lengths + stats.bytes.bounds + stats.bytes.text +
                   stats.bytes.annotations + stats.bytes.columns;
    uint64_t files = 0;
    const char *path = NULL;
    for (size_t i = 0; (path = memory_fs_path(made.files, i)) != NULL; i++) {
        size_t size = 0;
        (void)memory_fs_contents(made.files, path, &size);
        files += strstr(path, "manifest") == NULL ? size : 0;
    }
    assert_int_equal(stats.bytes.total, files);
    assert_int_equal(sum, files);
    memset(&stats.bytes, 0, sizeof stats.bytes);
    assert_memory_equal(&stats, &expected, sizeof stats);
    nuncio_snapshot_close(snapshot);
}

static void test_no_index(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nuncio_snapshot_options other = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    assert_int_equal(test_index_open(&made, &snapshot, &error), NUNCIO_ERR_NOT_INDEX);
    assert_null(snapshot);
    assert_int_equal(error.status, NUNCIO_ERR_NOT_INDEX);
    other.struct_size = 1;
    assert_int_equal(nuncio_snapshot_open("/index", &other, &snapshot, NULL), NUNCIO_ERR_ARGUMENT);
    assert_int_equal(nuncio_snapshot_open(NULL, NULL, &snapshot, NULL), NUNCIO_ERR_ARGUMENT);
    assert_int_equal(nuncio_snapshot_open("/index", NULL, NULL, NULL), NUNCIO_ERR_ARGUMENT);
    nuncio_snapshot_close(NULL);
}

static void test_empty_commit(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_document *document = NULL;
    test_index_commit(&made, 1, 0);
    assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_snapshot_read(snapshot, 0, &document, NULL), NUNCIO_ERR_ARGUMENT);
    nuncio_snapshot_close(snapshot);
}

static void test_a_snapshot_outlives_its_files(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    test_index_commit(&made, 1, 2);
    assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_OK);
    test_index_commit(&made, 2, 1);
    remove_file(made.entries[1].segment);
    remove_file(made.entries[1].deletes);
    sample_check(made.samples[0], snapshot->parts[0].segment, &made.memory);
    sample_check(made.samples[1], snapshot->parts[1].segment, &made.memory);
    nuncio_snapshot_close(snapshot);
}

static void test_a_missing_file(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    test_index_commit(&made, 1, 2);
    remove_file(made.entries[1].deletes);
    assert_int_equal(test_index_open(&made, &snapshot, &error), NUNCIO_ERR_CORRUPT);
    assert_non_null(strstr(error.file, made.entries[1].deletes));
}

/** A file system in which a commit happens, and its old segment goes, while the first segment is
 * being opened. */
static nuncio_vfs racing;
static bool raced;

static int racing_open(void *context, const char *path, uint32_t flags, nuncio_vfs_file **out)
{
    (void)context;
    if (!raced && strstr(path, made.entries[0].segment) != NULL) {
        raced = true;
        remove_file(made.entries[0].segment);
        made.entries[0] = made.entries[1];
        test_index_commit(&made, 2, 1);
    }
    return made.vfs->open(made.vfs->context, path, flags, out);
}

static void test_a_commit_while_opening(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    test_index_commit(&made, 1, 1);
    racing = *made.vfs;
    racing.open = racing_open;
    raced = false;
    options.vfs = &racing;
    assert_int_equal(nuncio_snapshot_open("/index", &options, &snapshot, NULL), NUNCIO_OK);
    assert_true(raced);
    assert_int_equal(nuncio_snapshot_generation(snapshot), 2);
    assert_int_equal(snapshot->part_count, 1);
    nuncio_snapshot_close(snapshot);
}

static uint64_t commits;

/** A commit between any two looks at the manifest; each names a segment that is gone already. */
static int restless_open(void *context, const char *path, uint32_t flags, nuncio_vfs_file **out)
{
    (void)context;
    if (strstr(path, "manifest") != NULL && strstr(path, ".tmp") == NULL) {
        test_index_commit(&made, ++commits, 1);
    }
    return made.vfs->open(made.vfs->context, path, flags, out);
}

static void test_commits_without_end(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    racing = *made.vfs;
    racing.open = restless_open;
    commits = 0;
    options.vfs = &racing;
    remove_file(made.entries[0].segment);
    assert_int_equal(nuncio_snapshot_open("/index", &options, &snapshot, &error), NUNCIO_ERR_IO);
    assert_int_equal(commits, 16);
    assert_non_null(strstr(error.message, "changed 16 times while it was being opened: try again"));
    assert_null(snapshot);
}

/** Damage in the columns that tell the languages of live articles, which opening looks at where
 * some are deleted. */
static void test_damaged_languages(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    char path[128];
    size_t size = 0, told = 0;
    test_index_commit(&made, 1, 2);
    (void)snprintf(path, sizeof path, "/index/%s", made.entries[1].segment);
    uint8_t *bytes = memory_fs_contents(made.files, path, &size);
    for (size_t at = 0; at < size; at += 64) {
        bytes[at] ^= 0x20;
        nuncio_status status = test_index_open(&made, &snapshot, &error);
        assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_CORRUPT);
        told += status != NUNCIO_OK;
        nuncio_snapshot_close(snapshot);
        bytes[at] ^= 0x20;
    }
    assert_true(told > 0);
}

static void test_deletes_of_another_segment(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    memcpy(made.entries[0].deletes, made.entries[1].deletes, sizeof made.entries[0].deletes);
    test_index_commit(&made, 1, 1);
    assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_ERR_CORRUPT);
}

/* Files that are sound and lie under each other's name. */
static void test_exchanged_files(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    const uint32_t gone[] = {3};
    nn_deletes_info info = {.articles = 1};
    char other[64], from[128], to[128];
    test_index_commit(&made, 1, 2);
    assert_int_equal(nn_deletes_write(made.vfs, &made.memory, "/index",
                                      made.samples[1]->article_count, gone, 1, NULL, 0, &info,
                                      other, NULL),
                     NUNCIO_OK);
    (void)snprintf(from, sizeof from, "/index/%s", other);
    (void)snprintf(to, sizeof to, "/index/%s", made.entries[1].deletes);
    assert_int_equal(made.vfs->rename(made.vfs->context, from, to), 0);
    assert_int_equal(test_index_open(&made, &snapshot, &error), NUNCIO_ERR_CORRUPT);
    assert_non_null(strstr(error.message, "it holds what another file of the index should"));
    (void)snprintf(from, sizeof from, "/index/%s", made.entries[0].segment);
    (void)snprintf(to, sizeof to, "/index/%s", made.entries[1].segment);
    assert_int_equal(made.vfs->rename(made.vfs->context, from, to), 0);
    test_index_commit(&made, 2, 1);
    memcpy(made.entries[0].segment, made.entries[1].segment, sizeof made.entries[0].segment);
    test_index_commit(&made, 3, 1);
    assert_int_equal(test_index_open(&made, &snapshot, &error), NUNCIO_ERR_CORRUPT);
    assert_non_null(strstr(error.message, "it holds what another file of the index should"));
}

static void test_more_deleted_than_there_is(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    const uint32_t gone[] = {1};
    static const nn_deletes_info infos[] = {{.passages = 1 << 20},
                                            {.tokens = 1 << 20},
                                            {.quotes = 1 << 20},
                                            {.mentions = 1 << 20},
                                            {.raw_text_bytes = 1 << 20}};
    for (size_t i = 0; i < sizeof infos / sizeof infos[0]; i++) {
        nuncio_error error = {NUNCIO_OK, 0, "", ""};
        assert_int_equal(nn_deletes_write(made.vfs, &made.memory, "/index",
                                          made.samples[0]->article_count, gone, 1, NULL, 0,
                                          &infos[i], made.entries[0].deletes, NULL),
                         NUNCIO_OK);
        test_index_commit(&made, i + 1, 1);
        assert_int_equal(test_index_open(&made, &snapshot, &error), NUNCIO_ERR_CORRUPT);
        assert_non_null(strstr(error.message, "more is deleted than there is"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_counts, make, release),
        cmocka_unit_test_setup_teardown(test_no_index, make, release),
        cmocka_unit_test_setup_teardown(test_empty_commit, make, release),
        cmocka_unit_test_setup_teardown(test_a_snapshot_outlives_its_files, make, release),
        cmocka_unit_test_setup_teardown(test_a_missing_file, make, release),
        cmocka_unit_test_setup_teardown(test_a_commit_while_opening, make, release),
        cmocka_unit_test_setup_teardown(test_commits_without_end, make, release),
        cmocka_unit_test_setup_teardown(test_damaged_languages, make, release),
        cmocka_unit_test_setup_teardown(test_exchanged_files, make, release),
        cmocka_unit_test_setup_teardown(test_deletes_of_another_segment, make, release),
        cmocka_unit_test_setup_teardown(test_more_deleted_than_there_is, make, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
