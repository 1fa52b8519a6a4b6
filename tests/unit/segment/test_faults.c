/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: whatever fails while an index is written or opened, the call says so, nothing leaks, and no
 * half-made file keeps a segment's name. Method: the first, second, … allocation or file operation
 * fails until the body no longer reaches it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/error.h"
#include "core/str.h"
#include "sample.h"
#include "segment/annotations/quotes.h"
#include "segment/files/deletes.h"
#include "segment/files/format.h"
#include "segment/files/manifest.h"
#include "support/failing_allocator.h"
#include "support/failing_vfs.h"
#include "support/memory_fs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const sample_options SMALL = {12, 4, 40, 60};
/* Enough text that a dictionary is trained, and lists of several blocks. */
static const sample_options LARGE = {160, 4, 180, 12};
/* Many terms of few passages. */
static const sample_options WORDY = {40, 4, 150, 900};

static memory_fs *make_files(void)
{
    memory_fs *files = memory_fs_create();
    const nuncio_vfs *vfs = memory_fs_vfs(files);
    assert_int_equal(vfs->make_dir(vfs->context, "/index"), 0);
    return files;
}

/** Stops the test when a temporary file or an open one is left. */
static void release_files(memory_fs *files)
{
    const char *path;
    for (size_t i = 0; (path = memory_fs_path(files, i)) != NULL; i++) {
        assert_null(strstr(path, ".tmp"));
    }
    assert_int_equal(memory_fs_open_count(files), 0);
    memory_fs_destroy(files);
}

static nuncio_status read_documents(const nuncio_vfs *vfs, const nuncio_allocator *allocator,
                                    uint64_t count, nuncio_error *error)
{
    nuncio_snapshot *snapshot = NULL;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    options.vfs = vfs;
    options.allocator = allocator;
    nuncio_status status = nuncio_snapshot_open("/index", &options, &snapshot, error);
    for (uint64_t i = 0; status == NUNCIO_OK && i < count; i++) {
        nuncio_document *document = NULL;
        status = nuncio_snapshot_read(snapshot, i, &document, error);
        assert_true((status == NUNCIO_OK) == (document != NULL));
        nuncio_document_destroy(document);
    }
    nuncio_snapshot_close(snapshot);
    return status;
}

/** Writes a segment with deletes and commits, then opens and reads all of it through the public
 * door. */
static nuncio_status write_and_read(const sample *made, const nuncio_vfs *vfs,
                                    const nuncio_allocator *allocator, nuncio_error *error)
{
    nn_memory memory;
    nn_memory_init(&memory, allocator, 0);
    nn_manifest_entry entry = {.segment = "", .deletes = ""};
    nn_manifest manifest = {.generation = 1, .fingerprint = 2, .entries = &entry, .count = 1};
    nuncio_status status = sample_write(made, vfs, &memory, "/index", true, entry.segment, error);
    if (status == NUNCIO_OK) {
        const uint32_t gone[] = {1, 3};
        const nn_df_deduction deductions[] = {{0, 2, 1, 0}};
        const nn_deletes_info info = {.articles = 2, .passages = 2};
        status = nn_deletes_write(vfs, &memory, "/index", made->article_count, gone, 2, deductions,
                                  1, &info, entry.deletes, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_manifest_commit(vfs, &memory, "/index", &manifest, error);
    }
    return status == NUNCIO_OK ? read_documents(vfs, allocator, made->article_count - 2, error)
                               : status;
}

static nuncio_status sample_body(void *context, const nuncio_allocator *allocator,
                                 nuncio_error *error)
{
    memory_fs *files = make_files();
    nuncio_status status = write_and_read(context, memory_fs_vfs(files), allocator, error);
    release_files(files);
    return status;
}

static void test_each_allocation(void **state)
{
    (void)state;
    static const sample_options *const archives[] = {&SMALL, &SMALL, &LARGE, &WORDY};
    uint64_t runs = 0;
    for (size_t i = 0; i < sizeof archives / sizeof archives[0]; i++) {
        test_prng prng = test_prng_of(11);
        sample *made = sample_create(&prng, archives[i]);
        runs += test_allocator_sweep(sample_body, made, i > 0);
        sample_destroy(made);
    }
    print_message("segments with a failing allocation: %llu runs\n", (unsigned long long)runs);
    assert_true(runs > 1000); /* else nothing was swept */
}

/* ---- an article that is large in every way ---- */

enum { LONG = 5000, MANY = 300 };
static char letters[LONG + MANY + 1];

/** Text `number` of so many that differ, each larger than a block of an arena. */
static nuncio_str long_text(size_t number)
{
    return nn_str(letters + number, LONG);
}

static nuncio_status write_large_article(nn_segment_writer *writer, nuncio_error *error)
{
    static nuncio_quote quotes[MANY];
    static nuncio_mention mentions[MANY];
    static const nn_quote_tokens tokens[MANY];
    for (size_t i = 0; i < MANY; i++) {
        quotes[i] = (nuncio_quote){.speaker = long_text(i), .cue = long_text(MANY - i)};
        uint32_t at = (uint32_t)i * 2;
        mentions[i] =
            (nuncio_mention){at, at + 1, NUNCIO_ENTITY_PERSON, long_text(i), .matched = false};
    }
    const nuncio_annotations annotations = {quotes, MANY, mentions, MANY};
    nn_article_fields fields = {.article = {.id = long_text(1),
                                            .title = long_text(2),
                                            .source = long_text(3),
                                            .url = long_text(4),
                                            .lang = nn_str_of("en")},
                                .annotations = &annotations,
                                .quote_tokens = tokens};
    NN_TRY(nn_segment_writer_article(writer, &fields, error));
    for (size_t i = 0; i < MANY; i++) {
        NN_TRY(nn_segment_writer_passage(writer, nn_str("talks ", 6), 1, error));
    }
    return NUNCIO_OK;
}

static nuncio_status write_large_term(nn_segment_writer *writer, nuncio_error *error)
{
    nuncio_str forms[MANY];
    for (uint32_t i = 0; i < MANY; i++) {
        forms[i] = long_text(i);
    }
    NN_TRY(nn_segment_writer_term(writer, nn_str(letters, NN_TERM_SIZE_MAX), forms, MANY, error));
    for (uint32_t i = 0; i < MANY; i++) {
        const uint32_t position = 0;
        NN_TRY(nn_segment_writer_posting(writer, i, &position, &i, 1, error));
    }
    return NUNCIO_OK;
}

/** Seeks the quotes of the one article of a segment. */
static nuncio_status read_quotes(const nuncio_vfs *vfs, const nuncio_allocator *allocator,
                                 const char *name, nuncio_error *error)
{
    nn_memory memory;
    nn_arena arena;
    nn_segment *segment = NULL;
    nn_memory_init(&memory, allocator, 0);
    nn_arena_init(&arena, &memory);
    nuncio_status status = nn_segment_open(vfs, &memory, "/index", name, &segment, error);
    if (status == NUNCIO_OK) {
        nn_article_quotes quotes = {.segment = segment, .arena = &arena};
        status = nn_article_quotes_seek(&quotes, 0, error);
        assert_int_equal(status == NUNCIO_OK, quotes.open);
    }
    nn_arena_clear(&arena);
    nn_segment_close(segment);
    return status;
}

static nuncio_status large_body(void *context, const nuncio_allocator *allocator,
                                nuncio_error *error)
{
    (void)context;
    nn_memory memory;
    nn_segment_writer *writer = NULL;
    nn_manifest_entry entry = {.segment = "", .deletes = ""};
    nn_manifest manifest = {.generation = 1, .fingerprint = 2, .entries = &entry, .count = 1};
    nn_memory_init(&memory, allocator, 0);
    memory_fs *files = make_files();
    const nuncio_vfs *vfs = memory_fs_vfs(files);
    nuncio_status status = nn_segment_writer_open(
        &(nn_segment_writer_options){.vfs = vfs, .directory = "/index", .store_text = true},
        &memory, &writer, error);
    if (status == NUNCIO_OK) {
        status = write_large_article(writer, error);
    }
    if (status == NUNCIO_OK) {
        status = write_large_term(writer, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_segment_writer_finish(writer, entry.segment, error);
    }
    nn_segment_writer_destroy(writer);
    if (status == NUNCIO_OK) {
        status = nn_manifest_commit(vfs, &memory, "/index", &manifest, error);
    }
    if (status == NUNCIO_OK) {
        status = read_documents(vfs, allocator, 1, error);
    }
    if (status == NUNCIO_OK) {
        status = read_quotes(vfs, allocator, entry.segment, error);
    }
    release_files(files);
    return status;
}

static void test_a_large_article(void **state)
{
    (void)state;
    assert_true(test_allocator_sweep(large_body, NULL, false) > 500);
    assert_true(test_allocator_sweep(large_body, NULL, true) > 500);
}

/* ---- a merge ---- */

enum { SOURCES = 2, PASSAGES = 22, PASSAGE_SIZE = 60000 };

/** A segment of little text and one of so much that its texts are taken over as they are. */
typedef struct merging {
    memory_fs *files;
    char names[SOURCES][64];
} merging;

static void write_source(merging *made, size_t source)
{
    static char text[PASSAGE_SIZE];
    nn_memory memory;
    nn_segment_writer *writer = NULL;
    test_prng prng = test_prng_of(17 + source);
    nn_memory_init(&memory, NULL, 0);
    assert_int_equal(
        nn_segment_writer_open(&(nn_segment_writer_options){.vfs = memory_fs_vfs(made->files),
                                                            .directory = "/index",
                                                            .store_text = true},
                               &memory, &writer, NULL),
        NUNCIO_OK);
    for (uint32_t i = 0; i < PASSAGES; i++) {
        nn_article_fields fields = {.article = {.id = nn_str(letters + i, 9 + source)}};
        for (size_t at = 0; at < PASSAGE_SIZE; at++) {
            text[at] = (char)('a' + test_prng_below(&prng, 3));
        }
        assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
        assert_int_equal(nn_segment_writer_passage(
                             writer, nn_str(text, source == 0 ? 9 : PASSAGE_SIZE), 0, NULL),
                         NUNCIO_OK);
    }
    assert_int_equal(nn_segment_writer_finish(writer, made->names[source], NULL), NUNCIO_OK);
    nn_segment_writer_destroy(writer);
}

static nuncio_status copy_source(nn_segment_writer *writer, const nn_segment *source,
                                 nuncio_error *error)
{
    for (uint32_t i = 0; i < PASSAGES; i++) {
        nn_article_row row;
        NN_TRY(nn_segment_article(source, i, &row, error));
        nn_article_fields fields = {.article = {.id = row.id}};
        NN_TRY(nn_segment_writer_article(writer, &fields, error));
        NN_TRY(nn_segment_writer_passage_of(writer, source, i, false, error));
    }
    return NUNCIO_OK;
}

/** Merges the sources; `name` is made of what was written. */
static nuncio_status merge(const merging *from, const nuncio_allocator *allocator, char *name,
                           nuncio_error *error)
{
    nn_memory memory, plain;
    nn_segment_writer *writer = NULL;
    nn_segment *sources[SOURCES] = {NULL, NULL};
    const nuncio_vfs *vfs = memory_fs_vfs(from->files);
    nn_memory_init(&memory, allocator, 0);
    nn_memory_init(&plain, NULL, 0);
    nuncio_status status = nn_segment_writer_open(
        &(nn_segment_writer_options){.vfs = vfs, .directory = "/index", .store_text = true},
        &memory, &writer, error);
    for (size_t i = 0; i < SOURCES && status == NUNCIO_OK; i++) {
        nn_memory *of = i == 0 ? &memory : &plain; /* texts of the first are decompressed */
        status = nn_segment_open(vfs, of, "/index", from->names[i], &sources[i], error);
        if (status == NUNCIO_OK) {
            status = copy_source(writer, sources[i], error);
        }
    }
    if (status == NUNCIO_OK) {
        status = nn_segment_writer_finish(writer, name, error);
    }
    nn_segment_writer_destroy(writer);
    for (size_t i = 0; i < SOURCES; i++) {
        nn_segment_close(sources[i]);
    }
    return status;
}

static nuncio_status merge_body(void *context, const nuncio_allocator *allocator,
                                nuncio_error *error)
{
    char name[64];
    return merge(context, allocator, name, error);
}

static void test_a_merge(void **state)
{
    (void)state;
    merging made = {.files = make_files()};
    char sound[64], path[128];
    write_source(&made, 0);
    write_source(&made, 1);
    assert_true(test_allocator_sweep(merge_body, &made, false) > 50);
    assert_true(test_allocator_sweep(merge_body, &made, true) > 50);
    assert_int_equal(merge(&made, NULL, sound, NULL), NUNCIO_OK);
    /* A page of the source that changed is told, or does not get into what is written. */
    size_t size, told = 0;
    (void)snprintf(path, sizeof path, "/index/%s", made.names[1]);
    for (size_t at = 5; memory_fs_contents(made.files, path, &size), at < size; at += 4096) {
        char name[64];
        memory_fs_contents(made.files, path, &size)[at] ^= 1;
        nuncio_status status = merge(&made, NULL, name, NULL);
        memory_fs_contents(made.files, path, &size)[at] ^= 1;
        assert_true(status == NUNCIO_ERR_CORRUPT || (at == 5 && status == NUNCIO_ERR_VERSION) ||
                    (status == NUNCIO_OK && strcmp(name, sound) == 0));
        told += status != NUNCIO_OK;
    }
    assert_true(told > size / 4096 / 2);
    release_files(made.files);
}

/* ---- files ---- */

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
            memory_fs *real = make_files();
            test_allocator memory;
            test_vfs files;
            nuncio_error error = {NUNCIO_OK, 0, "", ""};
            test_allocator_init(&memory, 0);
            test_vfs_init(&files, n, failures[which].code);
            files.base = memory_fs_vfs(real);
            files.counted &= ~(1U << TEST_VFS_UNLINK | 1U << TEST_VFS_UNMAP);
            nuncio_status status =
                write_and_read(made, &files.vfs, &memory.allocator, n % 2 == 0 ? NULL : &error);
            test_allocator_check(&memory);
            release_files(real);
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

/* Paths of all lengths around the longest: refused, or written and read, and nothing is left. */
static void test_long_paths(void **state)
{
    (void)state;
    char directory[NN_PATH_MAX + 20];
    uint32_t written = 0, refused = 0;
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    for (size_t size = NN_PATH_MAX - 50; size < sizeof directory; size++) {
        memory_fs *files = memory_fs_create();
        const nuncio_vfs *vfs = memory_fs_vfs(files);
        nn_segment_writer *writer = NULL;
        nn_deletes *deletes = NULL;
        nn_segment *segment = NULL;
        nn_manifest manifest = {.generation = 1};
        nn_deletes_info info = {.articles = 0};
        char name[64], absent[] = "0123456789abcdef0123456789abcdef.seg";
        memset(directory, 'd', size - 1);
        directory[0] = '/';
        directory[size - 1] = '\0';
        assert_int_equal(vfs->make_dir(vfs->context, directory), 0);
        nuncio_status made = nn_segment_writer_open(
            &(nn_segment_writer_options){.vfs = vfs, .directory = directory, .store_text = true},
            &memory, &writer, NULL);
        if (made == NUNCIO_OK) {
            made = nn_segment_writer_finish(writer, name, NULL);
        }
        nn_segment_writer_destroy(writer);
        const nuncio_status all[] = {
            made,
            nn_deletes_write(vfs, &memory, directory, 0, NULL, 0, NULL, 0, &info, name, NULL),
            nn_manifest_commit(vfs, &memory, directory, &manifest, NULL),
            nn_manifest_read(vfs, &memory, directory, &manifest, NULL),
            nn_segment_open(vfs, &memory, directory, absent, &segment, NULL),
            nn_deletes_open(vfs, &memory, directory, absent, 0, &deletes, NULL),
        };
        nn_manifest_deinit(&manifest, &memory);
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
            nuncio_status other = i < 3    ? NUNCIO_OK
                                  : i == 3 ? NUNCIO_ERR_NOT_INDEX /* its commit was refused */
                                           : NUNCIO_ERR_NOT_FOUND;
            assert_true(all[i] == NUNCIO_ERR_ARGUMENT || all[i] == other ||
                        (i == 3 && all[i] == all[2]));
            refused += all[i] == NUNCIO_ERR_ARGUMENT;
            written += all[i] == NUNCIO_OK;
        }
        release_files(files);
    }
    assert_int_equal(memory.used, 0);
    assert_true(written > 50 && refused > 50);
}

static void test_a_budget_is_kept(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(13);
    sample *made = sample_create(&prng, &LARGE);
    memory_fs *files = make_files();
    bool refused = false, written = false;
    for (uint64_t budget = 1 << 16; !written; budget *= 2) {
        test_allocator watched;
        nn_memory memory;
        char name[64];
        test_allocator_init(&watched, 0);
        nn_memory_init(&memory, &watched.allocator, budget);
        nuncio_status status =
            sample_write(made, memory_fs_vfs(files), &memory, "/index", true, name, NULL);
        assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_MEMORY);
        /* An array that doubles lies in memory twice while it is moved. */
        assert_true(watched.peak_bytes <= budget + budget / 2);
        test_allocator_check(&watched);
        written = status == NUNCIO_OK;
        refused = refused || !written;
    }
    assert_true(refused);
    release_files(files);
    sample_destroy(made);
}

int main(void)
{
    for (size_t i = 0; i < sizeof letters; i++) { /* no two long texts are the same */
        letters[i] = (char)('a' + (i * i / 7 + i / 26) % 26);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_allocation), cmocka_unit_test(test_a_large_article),
        cmocka_unit_test(test_a_merge),         cmocka_unit_test(test_each_file_operation),
        cmocka_unit_test(test_long_paths),      cmocka_unit_test(test_a_budget_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
