/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the files below a path come in byte order of names, those that are read and no others; what
 * cannot be opened is told; links do not lead in circles. */
#include "ingest/walk.h"

#include "support/failing_allocator.h"
#include "support/files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[TEST_PATH_MAX];

static void make_file(const char *name)
{
    char path[2 * TEST_PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    test_file_write(path, name, strlen(name));
}

static void make_folder(const char *name)
{
    char path[2 * TEST_PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void make_link(const char *target, const char *name)
{
    char path[2 * TEST_PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(symlink(target, path), 0);
}

/** Names of files, and "!kind" of problems, each with a blank behind. */
static void walk_gives(const char *const *paths, size_t count, const char *expected)
{
    nn_memory memory;
    nn_walk walk;
    nn_walk_item item;
    char found[2000] = "";
    nn_memory_init(&memory, NULL, 0);
    nn_walk_init(&walk, &memory, paths, count);
    do {
        assert_int_equal(nn_walk_next(&walk, &item, NULL), NUNCIO_OK);
        size_t used = strlen(found);
        if (item.event == NN_WALK_FILE) {
            (void)snprintf(found + used, sizeof found - used, "%s ", item.name);
        } else if (item.event == NN_WALK_PROBLEM) {
            (void)snprintf(found + used, sizeof found - used, "!%s ",
                           nn_problem_kind_name(item.problem));
        }
    } while (item.event != NN_WALK_END);
    nn_walk_deinit(&walk);
    assert_int_equal(atomic_load(&memory.used), 0);
    assert_string_equal(found, expected);
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

static void order(void **state)
{
    (void)state;
    make_folder("b");
    make_folder("b/deep");
    make_folder(".hidden");
    static const char *const files[] = {
        "z.txt",           "b.jsonl",       "B.jsonl.gz",   "a.ndjson.zst", "b/y.json",
        "b/deep/x.txt.gz", "b/a.txt",       "\xC3\xA9.txt", "README.md",    "notes",
        ".x.txt",          ".hidden/h.txt", "c.pdf",        ".txt"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        make_file(files[i]);
    }
    const char *paths[] = {folder};
    walk_gives(paths, 1,
               "B.jsonl.gz a.ndjson.zst b/a.txt b/deep/x.txt.gz b/y.json b.jsonl z.txt "
               "\xC3\xA9.txt ");
    char slash[TEST_PATH_MAX + 1];
    (void)snprintf(slash, sizeof slash, "%s/", folder);
    const char *with_slash[] = {slash};
    walk_gives(with_slash, 1,
               "B.jsonl.gz a.ndjson.zst b/a.txt b/deep/x.txt.gz b/y.json b.jsonl "
               "z.txt \xC3\xA9.txt ");
}

static void forms(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        nn_record_form form;
    } cases[] = {
        {"a.jsonl", NN_RECORDS_LINES},     {"a.ndjson.gz", NN_RECORDS_LINES},
        {"a.json", NN_RECORDS_VALUES},     {"a.json.zst", NN_RECORDS_VALUES},
        {"a.txt", NN_RECORDS_WHOLE},       {"a.txt.gz", NN_RECORDS_WHOLE},
        {"feed", NN_RECORDS_UNKNOWN},      {"a.gz", NN_RECORDS_UNKNOWN},
        {"a.jsonl.x", NN_RECORDS_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[2 * TEST_PATH_MAX];
        (void)snprintf(path, sizeof path, "%s/%s", folder, cases[i].name);
        make_file(cases[i].name);
        const char *paths[] = {path};
        nn_memory memory;
        nn_walk walk;
        nn_walk_item item;
        nn_memory_init(&memory, NULL, 0);
        nn_walk_init(&walk, &memory, paths, 1);
        assert_int_equal(nn_walk_next(&walk, &item, NULL), NUNCIO_OK);
        assert_int_equal(item.event, NN_WALK_FILE);
        assert_int_equal(item.form, cases[i].form);
        assert_string_equal(item.name, cases[i].name);
        assert_int_equal(item.size, strlen(cases[i].name));
        assert_false(item.is_stream);
        nn_walk_deinit(&walk);
        (void)unlink(path);
    }
}

static void sidecars(void **state)
{
    (void)state;
    static const char *const files[] = {"a.txt",     "a.json", "b.txt.gz", "b.json",
                                        "c.txt.zst", "c.json", "d.json"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        make_file(files[i]);
    }
    const char *paths[] = {folder};
    walk_gives(paths, 1, "a.txt b.txt.gz c.txt.zst d.json ");
    char sidecar[2 * TEST_PATH_MAX];
    (void)snprintf(sidecar, sizeof sidecar, "%s/a.json", folder);
    const char *named[] = {sidecar};
    walk_gives(named, 1, "");
    nn_memory memory;
    nn_buffer path;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&path, &memory);
    static const char *const texts[] = {"x/a.txt", "x/a.txt.gz", "x/a.txt.zst"};
    for (size_t i = 0; i < 3; i++) {
        nn_sidecar_path(&path, texts[i]);
        assert_string_equal((const char *)path.data, "x/a.json");
    }
    nn_buffer_deinit(&path);
}

static void problems(void **state)
{
    (void)state;
    char missing[2 * TEST_PATH_MAX], below[2 * TEST_PATH_MAX], empty[2 * TEST_PATH_MAX];
    (void)snprintf(missing, sizeof missing, "%s/missing", folder);
    (void)snprintf(below, sizeof below, "%s/file/below", folder);
    (void)snprintf(empty, sizeof empty, "%s/empty", folder);
    make_file("file");
    make_folder("empty");
    make_folder("empty/also");
    make_file("empty/also/README.md");
    const char *paths[] = {missing, below, empty, "-"};
    walk_gives(paths, 4, "!not-found !not-found !no-articles stdin ");
}

static void links(void **state)
{
    (void)state;
    make_file("a.txt");
    make_folder("d");
    make_link("../a.txt", "d/file.txt");
    make_link("..", "d/circle");
    make_link("nowhere", "d/broken.txt");
    make_link("nowhere", "d/broken-too");
    const char *paths[] = {folder};
    walk_gives(paths, 1, "a.txt !unreadable d/file.txt ");
    char named[2 * TEST_PATH_MAX]; /* a link that is named is followed */
    (void)snprintf(named, sizeof named, "%s/d/circle", folder);
    const char *link[] = {named};
    walk_gives(link, 1, "a.txt !unreadable d/file.txt ");
}

static void too_deep(void **state)
{
    (void)state;
    char path[TEST_PATH_MAX];
    size_t size = (size_t)snprintf(path, sizeof path, "%s", folder);
    for (int i = 0; i < 70; i++) {
        size += (size_t)snprintf(path + size, sizeof path - size, "/d");
        assert_int_equal(mkdir(path, 0700), 0);
    }
    make_file("e.txt");
    const char *paths[] = {folder};
    walk_gives(paths, 1, "!unreadable e.txt ");
}

static void refused_memory(void **state)
{
    (void)state;
    make_folder("d");
    make_file("d/a.txt");
    make_file("d/a.json");
    make_file("b.json");
    const char *paths[] = {folder};
    for (uint64_t n = 1;; n++) {
        test_allocator allocator;
        test_allocator_init(&allocator, n);
        nn_memory memory;
        nn_walk walk;
        nn_walk_item item;
        nn_memory_init(&memory, &allocator.allocator, 0);
        nn_walk_init(&walk, &memory, paths, 1);
        nuncio_status status;
        size_t files = 0;
        do {
            status = nn_walk_next(&walk, &item, NULL);
            files += status == NUNCIO_OK && item.event == NN_WALK_FILE;
        } while (status == NUNCIO_OK && item.event != NN_WALK_END);
        nn_walk_deinit(&walk);
        test_allocator_check(&allocator);
        if (!allocator.failed) {
            assert_int_equal(files, 2);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(order, begin, finish),
        cmocka_unit_test_setup_teardown(forms, begin, finish),
        cmocka_unit_test_setup_teardown(sidecars, begin, finish),
        cmocka_unit_test_setup_teardown(problems, begin, finish),
        cmocka_unit_test_setup_teardown(links, begin, finish),
        cmocka_unit_test_setup_teardown(too_deep, begin, finish),
        cmocka_unit_test_setup_teardown(refused_memory, begin, finish),
    };
    return cmocka_run_group_tests_name("ingest/walk", tests, NULL, NULL);
}
