/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever was added, replaced, deleted, committed and merged in whatever order: an index holds
 * what a fresh index of the same articles holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nuncio/snapshot.h>

#include "core/str.h"
#include "indexer/writer_impl.h"
#include "support/files.h"
#include "support/prng.h"
#include "unit/indexer/archive.h"

enum { LEAST_MEMORY = 24 << 20, MUCH_MEMORY = 1 << 30 };

static nuncio_writer *open_writer_with(const char *directory, uint32_t threads, uint64_t memory)
{
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    nuncio_writer *writer = NULL;
    nuncio_error error = {0};
    options.threads = threads;
    options.memory_max = memory;
    if (nuncio_writer_open(directory, &options, &writer, &error) != NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    return writer;
}

static nuncio_writer *open_writer(const char *directory, uint32_t threads)
{
    return open_writer_with(directory, threads, LEAST_MEMORY);
}

static void succeed(nuncio_status status, const nuncio_error *error)
{
    if (status != NUNCIO_OK) {
        fail_msg("%s", error->message);
    }
}

static nuncio_add_result add(nuncio_writer *writer, uint32_t number, uint32_t version)
{
    nuncio_article article = archive_article(number, version);
    nuncio_add_result result;
    nuncio_error error = {0};
    succeed(nuncio_writer_add(writer, &article, &result, &error), &error);
    return result;
}

static void commit(nuncio_writer *writer)
{
    nuncio_error error = {0};
    succeed(nuncio_writer_commit(writer, &error), &error);
}

static uint64_t fresh_digest(const uint32_t *versions)
{
    char directory[TEST_PATH_MAX];
    test_dir_make(directory);
    nuncio_writer *writer = open_writer(directory, 1);
    for (uint32_t i = 0; i < ARCHIVE_ARTICLES; i++) {
        if (versions[i] != 0) {
            add(writer, i, versions[i]);
        }
    }
    commit(writer);
    nuncio_writer_close(writer);
    uint64_t digest = archive_digest(directory);
    test_dir_remove(directory);
    return digest;
}

static void check_full(const char *directory)
{
    nuncio_error error = {0};
    succeed(nuncio_check(directory, NUNCIO_CHECK_FULL, NULL, NULL, NULL, NULL, &error), &error);
}

static void random_step(nuncio_writer *writer, test_prng *prng, uint32_t *versions)
{
    uint32_t number = (uint32_t)test_prng_below(prng, ARCHIVE_ARTICLES);
    uint64_t kind = test_prng_below(prng, 100);
    nuncio_error error = {0};
    if (kind < 70) {
        uint32_t version = 1 + (uint32_t)test_prng_below(prng, 3);
        nuncio_add_result expected = versions[number] == 0         ? NUNCIO_ADD_ADDED
                                     : versions[number] == version ? NUNCIO_ADD_SKIPPED
                                                                   : NUNCIO_ADD_REPLACED;
        assert_int_equal(add(writer, number, version), expected);
        versions[number] = version;
    } else if (kind < 85) {
        nuncio_article article = archive_article(number, 1);
        nuncio_status status = nuncio_writer_delete(writer, article.id, &error);
        assert_int_equal(status, versions[number] == 0 ? NUNCIO_ERR_NOT_FOUND : NUNCIO_OK);
        versions[number] = 0;
    } else if (kind < 98) {
        commit(writer);
    } else {
        succeed(nuncio_writer_optimize(writer, &error), &error);
    }
}

static void test_any_history(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(11));
    for (uint64_t round = 0; round < 12; round += test_step(4)) { /* still on 1 to 3 threads */
        char directory[TEST_PATH_MAX];
        uint32_t versions[ARCHIVE_ARTICLES] = {0};
        test_dir_make(directory);
        nuncio_writer *writer = open_writer(directory, 1 + (uint32_t)round % 3);
        for (int step = 0; step < 150; step++) {
            random_step(writer, &prng, versions);
            if (test_prng_chance(&prng, 3)) {
                commit(writer);
                nuncio_writer_close(writer);
                writer = open_writer(directory, 1);
            }
        }
        commit(writer);
        uint64_t expected = fresh_digest(versions);
        check_full(directory);
        assert_true(archive_digest(directory) == expected);
        nuncio_error error = {0};
        succeed(nuncio_writer_optimize(writer, &error), &error);
        nuncio_writer_close(writer);
        check_full(directory);
        assert_true(archive_digest(directory) == expected);
        assert_true(test_dir_count(directory) <= 3); /* manifest, lock and at most one segment */
        test_dir_remove(directory);
    }
}

/* Enough text for three batches at the least memory, which are merged before they are committed;
 * the last 150 articles replace the first of an earlier batch, unless this was seen to. */
static void build_large(const char *directory, uint32_t threads, bool replace)
{
    nuncio_writer *writer = open_writer(directory, threads);
    for (uint32_t i = replace ? 0 : 150; i < 750; i++) {
        add(writer, i % 600, 1 + i / 600);
    }
    commit(writer);
    nuncio_writer_close(writer);
}

/* The index that the two tests of large ones share. */
static char large[TEST_PATH_MAX];

static int make_large(void **state)
{
    (void)state;
    test_dir_make(large);
    build_large(large, 2, true);
    return 0;
}

static int remove_large(void **state)
{
    (void)state;
    test_dir_remove(large);
    return 0;
}

static void test_batches_are_joined(void **state)
{
    (void)state;
    char other[TEST_PATH_MAX];
    check_full(large);
    assert_int_equal(test_dir_count(large), 3); /* manifest, lock and one segment */
    test_dir_make(other);
    build_large(other, 1, false);
    assert_true(archive_digest(large) == archive_digest(other));
    test_dir_remove(other);
}

static nuncio_stats stats_of(const char *directory, uint64_t *generation)
{
    nuncio_snapshot *snapshot;
    nuncio_stats stats;
    nuncio_error error = {0};
    succeed(nuncio_snapshot_open(directory, NULL, &snapshot, &error), &error);
    nuncio_snapshot_stats(snapshot, &stats);
    *generation = nuncio_snapshot_generation(snapshot);
    nuncio_snapshot_close(snapshot);
    return stats;
}

/* Adds articles from number `first` on and optimizes. */
static nuncio_stats grow(const char *directory, uint32_t first, uint32_t end, uint64_t *generation)
{
    nuncio_writer *writer = open_writer(directory, 1);
    nuncio_error error = {0};
    for (uint32_t i = first; i < end; i++) {
        add(writer, i, 1);
    }
    succeed(nuncio_writer_optimize(writer, &error), &error);
    nuncio_writer_close(writer);
    check_full(directory);
    return stats_of(directory, generation);
}

/* One segment that nothing is deleted of is still worth optimizing, once; what little comes later
 * joins it as it is, until it is a quarter. */
static void test_optimize_compresses_anew(void **state)
{
    (void)state;
    uint64_t generation, first, second;
    uint64_t digest = archive_digest(large);
    nuncio_stats before = stats_of(large, &generation);
    nuncio_stats after = grow(large, 0, 0, &first);
    assert_int_equal(before.segments, 1);
    assert_int_equal(first, generation + 1);
    assert_int_equal(after.raw_text_bytes, before.raw_text_bytes);
    assert_true(after.bytes.text * 100 < before.bytes.text * 97);
    assert_true(archive_digest(large) == digest);
    (void)grow(large, 0, 0, &second);
    assert_int_equal(second, first);               /* nothing left to do */
    before = grow(large, 5000, 5060, &generation); /* level 3 */
    after = grow(large, 5060, 5230, &generation);  /* all anew */
    assert_int_equal(after.segments, 1);
    assert_true(after.bytes.text * before.raw_text_bytes <
                before.bytes.text * after.raw_text_bytes);
}

/* Small batches with memory for all threads to build at once; the last ones replace articles of
 * batches that may still be in the making. */
static void build_at_once(const char *directory, uint32_t threads)
{
    nuncio_writer *writer = open_writer_with(directory, threads, MUCH_MEMORY);
    nuncio_error error = {0};
    assert_int_equal(writer->workers.pool.max, threads);
    for (uint32_t i = 0; i < 240; i++) {
        add(writer, i % 180, 1 + i / 180);
        if (i % 20 == 19) {
            succeed(nn_writer_flush(writer, &error), &error);
        }
    }
    commit(writer);
    nuncio_writer_close(writer);
}

static void test_threads_make_the_same_bytes(void **state)
{
    (void)state;
    char one[TEST_PATH_MAX], other[TEST_PATH_MAX];
    test_dir_make(one);
    build_at_once(one, 1);
    for (uint32_t threads = 2; threads <= 4; threads += (uint32_t)test_step(2)) {
        test_dir_make(other);
        build_at_once(other, threads);
        /* Files are named by the hash of their content: the same manifest, the same bytes. */
        assert_true(test_file_is_same(one, other, "manifest"));
        test_dir_remove(other);
    }
    test_dir_remove(one);
}

static void test_a_second_writer_is_told(void **state)
{
    (void)state;
    char directory[TEST_PATH_MAX];
    test_dir_make(directory);
    nuncio_writer *first = open_writer(directory, 1), *second = NULL;
    nuncio_error error = {0};
    assert_int_equal(nuncio_writer_open(directory, NULL, &second, &error), NUNCIO_ERR_LOCKED);
    assert_null(second);
    assert_non_null(strstr(error.message, directory));
    nuncio_writer_close(first);
    assert_int_equal(nuncio_writer_open(directory, NULL, &second, &error), NUNCIO_OK);
    nuncio_writer_close(second);
    test_dir_remove(directory);
}

static void test_a_foreign_directory_is_left_alone(void **state)
{
    (void)state;
    char directory[TEST_PATH_MAX], path[TEST_PATH_MAX];
    nuncio_writer *writer = NULL;
    nuncio_error error = {0};
    test_dir_make(directory);
    test_path(path, directory, "thesis.doc");
    test_file_write(path, "x", 1);
    assert_int_equal(nuncio_writer_open(directory, NULL, &writer, &error), NUNCIO_ERR_NOT_INDEX);
    assert_non_null(strstr(error.message, "thesis.doc"));
    assert_true(test_file_exists(path));
    test_dir_remove(directory);
}

/* What it named would be taken for leftovers and removed. */
static void test_a_damaged_manifest_is_left_alone(void **state)
{
    (void)state;
    static const char *const contents[] = {"", "nuncio",
                                           "another program's manifest of some length"};
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        char directory[TEST_PATH_MAX], path[TEST_PATH_MAX], segment[TEST_PATH_MAX];
        test_dir_make(directory);
        test_path(path, directory, "manifest");
        test_path(segment, directory, "0123456789abcdef0123456789abcdef.seg");
        test_file_write(path, contents[i], strlen(contents[i]));
        test_file_write(segment, "x", 1);
        nuncio_writer *writer = NULL;
        nuncio_error error = {0};
        assert_int_equal(nuncio_writer_open(directory, NULL, &writer, &error),
                         NUNCIO_ERR_NOT_INDEX);
        assert_null(writer);
        assert_string_equal(error.file, path);
        assert_true(test_file_exists(segment));
        test_dir_remove(directory);
    }
}

static void refuse(nuncio_writer *writer, nuncio_article article, const char *part)
{
    nuncio_error error = {0};
    assert_int_equal(nuncio_writer_add(writer, &article, NULL, &error), NUNCIO_ERR_INPUT);
    assert_non_null(strstr(error.message, part));
}

static void test_bad_articles(void **state)
{
    (void)state;
    char directory[TEST_PATH_MAX];
    static char long_id[1100];
    memset(long_id, 'x', sizeof long_id);
    test_dir_make(directory);
    nuncio_writer *writer = open_writer(directory, 1);
    nuncio_article good = archive_article(1, 1), bad = good;
    bad.id = nn_str("", 0);
    refuse(writer, bad, "no id");
    bad.id = nn_str(long_id, sizeof long_id);
    refuse(writer, bad, "1024");
    bad.id = nn_str("a\0b", 3);
    refuse(writer, bad, "NUL");
    bad.id = nn_str("\xff", 1);
    refuse(writer, bad, "UTF-8");
    bad = good;
    bad.text = nn_str(NULL, 0);
    refuse(writer, bad, "no text");
    bad.text = nn_str("x", (64u << 20) + 1);
    refuse(writer, bad, "at most 67108864");
    bad.text = nn_str("x", 4u << 20); /* within the limit, not within this memory */
    nuncio_error error = {0};
    assert_int_equal(nuncio_writer_add(writer, &bad, NULL, &error), NUNCIO_ERR_LIMIT);
    assert_non_null(strstr(error.message, "give at least"));
    /* After all that the writer goes on. */
    assert_int_equal(add(writer, 1, 1), NUNCIO_ADD_ADDED);
    commit(writer);
    nuncio_writer_close(writer);
    test_dir_remove(directory);
}

static void test_options(void **state)
{
    (void)state;
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    nuncio_writer *writer = NULL;
    nuncio_error error = {0};
    options.memory_max = 1 << 20;
    assert_int_equal(nuncio_writer_open("/nowhere/x", &options, &writer, &error),
                     NUNCIO_ERR_ARGUMENT);
    assert_non_null(strstr(error.message, "24 MiB"));
    options.memory_max = 0;
    options.lang = nn_str_of("klingon");
    assert_int_equal(nuncio_writer_open("/nowhere/x", &options, &writer, &error),
                     NUNCIO_ERR_ARGUMENT);
    options.lang = nn_str(NULL, 0);
    options.struct_size = 0;
    assert_int_equal(nuncio_writer_open("/nowhere/x", &options, &writer, &error),
                     NUNCIO_ERR_ARGUMENT);
    assert_int_equal(nuncio_writer_open("/nowhere/x", NULL, &writer, &error), NUNCIO_ERR_IO);
    assert_int_equal(nuncio_writer_open("", NULL, &writer, &error), NUNCIO_ERR_ARGUMENT);
}

static void test_nothing_is_written_without_changes(void **state)
{
    (void)state;
    char directory[TEST_PATH_MAX], path[TEST_PATH_MAX];
    size_t size, again_size;
    test_dir_make(directory);
    nuncio_writer *writer = open_writer(directory, 1);
    add(writer, 1, 1);
    commit(writer);
    test_path(path, directory, "manifest");
    char *before = test_file_read(path, &size);
    commit(writer);
    assert_int_equal(add(writer, 1, 1), NUNCIO_ADD_SKIPPED);
    commit(writer);
    char *after = test_file_read(path, &again_size);
    assert_int_equal(size, again_size);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
    nuncio_writer_close(writer);
    test_dir_remove(directory);
}

/* Articles come in one by one, each committed: segments stay few, nothing gets lost, and what is on
 * disk is what counts. */
static void test_small_commits(void **state)
{
    (void)state;
    bool many = getenv("NUNCIO_LONG") != NULL;
    uint32_t commits = many ? 100000 : 700 / (uint32_t)test_step(3), most = 0;
    char directory[TEST_PATH_MAX];
    test_dir_make(directory);
    nuncio_writer *writer = open_writer(directory, 1);
    for (uint32_t i = 0; i < commits; i++) {
        nuncio_article article = archive_article(i % ARCHIVE_ARTICLES, 1);
        char id[16];
        nuncio_error error = {0};
        snprintf(id, sizeof id, "%u", i);
        article.id = nn_str_of(id);
        nuncio_add_result result;
        succeed(nuncio_writer_add(writer, &article, &result, &error), &error);
        commit(writer);
        uint32_t files = (uint32_t)test_dir_count(directory);
        most = files > most ? files : most;
    }
    nuncio_writer_close(writer);
    /* At most nine of a size, and each size five times the one below: nine for each factor of 5. */
    assert_true(most < (many ? 9 * 8 : 9 * 5) + 3);
    check_full(directory);
    nuncio_snapshot *snapshot;
    nuncio_error error = {0};
    nuncio_stats stats;
    succeed(nuncio_snapshot_open(directory, NULL, &snapshot, &error), &error);
    nuncio_snapshot_stats(snapshot, &stats);
    assert_int_equal(stats.articles, commits);
    print_message("%u commits: at most %u files, %u segments in the end\n", commits, most,
                  (unsigned)stats.segments);
    nuncio_snapshot_close(snapshot);
    test_dir_remove(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_history),
        cmocka_unit_test(test_batches_are_joined),
        cmocka_unit_test(test_optimize_compresses_anew),
        cmocka_unit_test(test_threads_make_the_same_bytes),
        cmocka_unit_test(test_a_second_writer_is_told),
        cmocka_unit_test(test_a_foreign_directory_is_left_alone),
        cmocka_unit_test(test_a_damaged_manifest_is_left_alone),
        cmocka_unit_test(test_bad_articles),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_nothing_is_written_without_changes),
        cmocka_unit_test(test_small_commits),
    };
    return cmocka_run_group_tests(tests, make_large, remove_large);
}
