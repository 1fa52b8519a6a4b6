/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a run over real files gives the articles and problems, in order, and always ends.
 * Method: files of every kind in a folder; each outcome is one line of a listing. */
#include "core/str.h"
#include "ingest/ingest.h"

#include "support/failing_allocator.h"
#include "support/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[TEST_PATH_MAX];

static const char *path_of(const char *name)
{
    static char paths[8][2 * TEST_PATH_MAX];
    static size_t next;
    next = (next + 1) % 8;
    (void)snprintf(paths[next], sizeof paths[next], "%s/%s", folder, name);
    return paths[next];
}

static const char *make(const char *name, const char *text)
{
    const char *path = path_of(name);
    test_file_write(path, text, strlen(text));
    return path;
}

/** Everything a run gives: "id@line " for articles, "!kind@line " for problems. */
static void list(nn_ingest *ingest, char *to, size_t room)
{
    nn_ingest_item item;
    to[0] = '\0';
    do {
        assert_int_equal(nn_ingest_next(ingest, &item, NULL), NUNCIO_OK);
        size_t used = strlen(to);
        if (item.event == NN_INGEST_ARTICLE) {
            (void)snprintf(to + used, room - used, "%.*s@%d ", (int)item.article.id.size,
                           item.article.id.data, (int)item.line);
        } else if (item.event == NN_INGEST_PROBLEM) {
            assert_true(strlen(item.problem->message) > 10);
            (void)snprintf(to + used, room - used, "!%s@%d ",
                           nn_problem_kind_name(item.problem->kind), (int)item.problem->line);
        }
    } while (item.event != NN_INGEST_END);
}

static void run_gives(const char *const *paths, size_t count, const nn_ingest_options *options,
                      const char *expected)
{
    nn_ingest *ingest;
    char found[2000];
    assert_int_equal(nn_ingest_open(paths, count, options, NULL, &ingest, NULL), NUNCIO_OK);
    list(ingest, found, sizeof found);
    assert_string_equal(found, expected);
    nn_ingest_close(ingest);
}

static void memory_gives(const char *text, const char *expected)
{
    nn_ingest *ingest;
    char found[2000];
    assert_int_equal(nn_ingest_open_memory(nn_str_of(text), NULL, NULL, &ingest, NULL), NUNCIO_OK);
    list(ingest, found, sizeof found);
    assert_string_equal(found, expected);
    nn_ingest_close(ingest);
}

static int begin(void **state)
{
    (void)state;
    test_dir_make(folder);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    test_dir_remove(folder);
    return 0;
}

#define ARTICLE(id) "{\"id\":\"" id "\",\"text\":\"x\"}"

static void several_files(void **state)
{
    (void)state;
    const char *lines = make("a.jsonl", ARTICLE("a1") "\n\n" ARTICLE("a2") "\nbad\n" ARTICLE("a3"));
    const char *array = make("b.json", "[" ARTICLE("b1") ",\n" ARTICLE("b2") "]");
    const char *text = make("c.txt", "Title\n\nText.");
    const char *feed = make("feed", ARTICLE("f1") "\n");
    const char *paths[] = {lines, array, text, feed, path_of("missing")};
    run_gives(paths, 5, NULL, "a1@1 a2@3 !not-json@4 a3@5 b1@1 b2@2 c.txt@0 f1@1 !not-found@0 ");
    const char *directory[] = {folder};
    run_gives(directory, 1, NULL, "a1@1 a2@3 !not-json@4 a3@5 b1@1 b2@2 c.txt@0 ");
}

static void files_without_articles(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path_of("none"), 0700), 0);
    const char *paths[] = {make("a.jsonl", ""),     make("b.txt", " \n "), make("c.json", "[]"),
                           make("d.jsonl", "\n\n"), path_of("none"),       make("e.json", "[{}")};
    run_gives(paths, 6, NULL,
              "!empty-file@0 !no-text@0 !empty-file@0 !empty-file@0 !no-articles@0 "
              "!no-id@1 !damaged@1 ");
}

static void duplicates(void **state)
{
    (void)state;
    memory_gives(ARTICLE("a") "\n" ARTICLE("b") "\n" ARTICLE("a") "\n",
                 "a@1 b@2 !duplicate-id@3 a@3 ");
}

static void shapes(void **state)
{
    (void)state;
    memory_gives("{\"id\":\"a\",\"text\":3}\n[1]\n5\n\"s\"\n{\"text\":\"x\"}\n{\"id\":\"b\"}\n",
                 "!bad-text@1 !not-object@2 !not-object@3 !not-object@4 !no-id@5 !no-text@6 ");
    memory_gives("Title\n\nText", "stdin@0 ");
    memory_gives("", "!empty-file@0 ");
    memory_gives("\x1F\x8B\x08", "!damaged@0 ");
    memory_gives("%PDF-1.4 and so on", "!format@0 ");
}

static void bad_run(void **state)
{
    (void)state;
    size_t records = NN_INGEST_BAD_RUN_MAX + 5;
    char *text = malloc(records * 3 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < records; i++) {
        memcpy(text + 3 * i, "{]\n", 3);
    }
    text[3 * records] = '\0';
    nn_ingest *ingest;
    nn_ingest_item item;
    assert_int_equal(nn_ingest_open_memory(nn_str_of(text), NULL, NULL, &ingest, NULL), NUNCIO_OK);
    size_t bad = 0, gave_up = 0;
    do {
        assert_int_equal(nn_ingest_next(ingest, &item, NULL), NUNCIO_OK);
        if (item.event == NN_INGEST_PROBLEM) {
            gave_up += item.problem->kind == NN_PROBLEM_GAVE_UP;
            bad += item.problem->kind == NN_PROBLEM_NOT_JSON;
        }
    } while (item.event != NN_INGEST_END);
    assert_int_equal(bad, NN_INGEST_BAD_RUN_MAX);
    assert_int_equal(gave_up, 1);
    nn_ingest_close(ingest);
    free(text);
}

static void progress(void **state)
{
    (void)state;
    const char *paths[] = {make("a.jsonl", ARTICLE("a") "\n"), make("b.jsonl", ARTICLE("b") "\n")};
    uint64_t size = strlen(ARTICLE("a") "\n");
    assert_int_equal(nn_ingest_total_bytes(paths, 2), 2 * size);
    const char *with_stream[] = {paths[0], "-"};
    assert_int_equal(nn_ingest_total_bytes(with_stream, 2), 0);
    nn_ingest *ingest;
    nn_ingest_item item;
    assert_int_equal(nn_ingest_open(paths, 2, NULL, NULL, &ingest, NULL), NUNCIO_OK);
    assert_int_equal(nn_ingest_progress_of(ingest).files, 0);
    assert_int_equal(nn_ingest_next(ingest, &item, NULL), NUNCIO_OK);
    assert_int_equal(nn_ingest_progress_of(ingest).files, 1);
    assert_int_equal(nn_ingest_next(ingest, &item, NULL), NUNCIO_OK);
    assert_int_equal(nn_ingest_next(ingest, &item, NULL), NUNCIO_OK);
    assert_int_equal(item.event, NN_INGEST_END);
    assert_int_equal(nn_ingest_progress_of(ingest).bytes_read, 2 * size);
    assert_int_equal(nn_ingest_progress_of(ingest).files, 2);
    nn_ingest_close(ingest);
}

static bool stop_at_third(void *context)
{
    int *asked = context;
    return ++*asked >= 3;
}

static void stopping(void **state)
{
    (void)state;
    int asked = 0;
    nn_ingest_options options = {.stop = stop_at_third, .stop_context = &asked};
    nn_ingest *ingest;
    nn_ingest_item item;
    const char *text = ARTICLE("a") "\n" ARTICLE("b") "\n" ARTICLE("c") "\n";
    assert_int_equal(nn_ingest_open_memory(nn_str_of(text), &options, NULL, &ingest, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_ingest_next(ingest, &item, NULL), NUNCIO_OK);
    assert_int_equal(nn_ingest_next(ingest, &item, NULL), NUNCIO_OK);
    nuncio_error error = {0};
    assert_int_equal(nn_ingest_next(ingest, &item, &error), NUNCIO_ERR_CANCELLED);
    nn_ingest_close(ingest);
}

/** A directory is opened as a file (a FIFO, a device …) only when it is named: reading it fails. */
static void unreadable(void **state)
{
    (void)state;
    if (geteuid() == 0) {
        const char *paths[] = {"/proc/self/mem"}; /* even root cannot read its beginning */
        run_gives(paths, 1, NULL, "!unreadable@0 ");
        return;
    }
    const char *closed = make("closed.jsonl", ARTICLE("a"));
    assert_int_equal(chmod(closed, 0), 0);
    const char *paths[] = {closed};
    run_gives(paths, 1, NULL, "!unreadable@0 ");
}

static void refused_memory(void **state)
{
    (void)state;
    make("a.jsonl", "{\"id\":\"a\",\"text\":\"x\\u0000\xFF\"}\n" ARTICLE("b") "\n");
    make("c.txt", "T\r\n\r\nr\xE9sum\xE9");
    make("c.json", "{\"date\":\"2031\"}");
    const char *paths[] = {folder};
    for (uint64_t n = 1;; n++) {
        test_allocator allocator;
        test_allocator_init(&allocator, n);
        nn_ingest *ingest = NULL;
        nn_ingest_item item = {0};
        size_t articles = 0;
        nuncio_status status = nn_ingest_open(paths, 1, NULL, &allocator.allocator, &ingest, NULL);
        while (status == NUNCIO_OK) {
            status = nn_ingest_next(ingest, &item, NULL);
            if (status == NUNCIO_OK && item.event == NN_INGEST_END) {
                break;
            }
            articles += status == NUNCIO_OK && item.event == NN_INGEST_ARTICLE;
        }
        nn_ingest_close(ingest);
        test_allocator_check(&allocator);
        if (!allocator.failed) {
            assert_int_equal(status, NUNCIO_OK);
            assert_int_equal(articles, 3);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(several_files, begin, finish),
        cmocka_unit_test_setup_teardown(files_without_articles, begin, finish),
        cmocka_unit_test(duplicates),
        cmocka_unit_test(shapes),
        cmocka_unit_test(bad_run),
        cmocka_unit_test_setup_teardown(progress, begin, finish),
        cmocka_unit_test(stopping),
        cmocka_unit_test_setup_teardown(unreadable, begin, finish),
        cmocka_unit_test_setup_teardown(refused_memory, begin, finish),
    };
    return cmocka_run_group_tests_name("ingest/ingest", tests, NULL, NULL);
}
