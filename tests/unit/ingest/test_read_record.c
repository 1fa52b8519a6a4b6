/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: JSON is read though its bytes are not UTF-8 or its surrogates are broken; plain text is
 * split into title and text; a sidecar gives what the text cannot. */
#include "core/str.h"
#include "ingest/read_record.h"

#include "refusing_new.h"
#include "support/failing_allocator.h"
#include "support/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static nn_memory memory;
static nn_record_reader reader;
static nn_draft draft;
static nn_ingest_options options;

static nn_record padded(char *room, size_t room_size, const char *text, size_t size)
{
    assert_true(size + NN_RECORD_PADDING <= room_size);
    memset(room, 0, room_size);
    memcpy(room, text, size);
    nn_record record = {NN_RECORD_FOUND, room, size, 1};
    return record;
}

static void read_json(const char *text)
{
    static char room[4096];
    nn_record record = padded(room, sizeof room, text, strlen(text));
    nn_draft_reset(&draft, "f", 1);
    assert_int_equal(nn_read_json_record(&reader, &record, &options, &draft, NULL), NUNCIO_OK);
}

static void read_text(const char *text, size_t size, const char *sidecar)
{
    static char room[8192];
    nn_record record = padded(room, sizeof room, text, size);
    nn_draft_reset(&draft, "f", 0);
    assert_int_equal(
        nn_read_text_record(&reader, &record, "dir/a.txt", sidecar, &options, &draft, NULL),
        NUNCIO_OK);
}

static void is(nuncio_str found, const char *expected)
{
    assert_int_equal(found.size, strlen(expected));
    if (found.size > 0) {
        assert_memory_equal(found.data, expected, found.size);
    }
}

static int begin(void **state)
{
    (void)state;
    nn_memory_init(&memory, NULL, 0);
    memset(&options, 0, sizeof options);
    nn_draft_init(&draft, &memory);
    return nn_record_reader_init(&reader, &memory, NULL) == NUNCIO_OK ? 0 : -1;
}

static int finish(void **state)
{
    (void)state;
    nn_record_reader_deinit(&reader);
    nn_draft_deinit(&draft);
    assert_int_equal(atomic_load(&memory.used), 0);
    return 0;
}

static void json(void **state)
{
    (void)state;
    read_json("{\"id\":\"a\",\"text\":\"Drazhin said\"}");
    assert_true(draft.complete);
    assert_int_equal(draft.problem_count, 0);
    read_json("[1]");
    assert_false(draft.complete);
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_NOT_OBJECT);
    assert_non_null(strstr(draft.problems[0].message, "an array"));
    read_json("{\"id\":\"a\" \"text\":\"b\"}");
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_NOT_JSON);
    read_json("{\"id\":\"a\",\"text\":\"\\q\"}");
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_NOT_JSON);
    assert_non_null(strstr(draft.problems[0].message, "escape"));
}

static void repaired(void **state)
{
    (void)state;
    read_json("{\"id\":\"a\",\"text\":\"caf\xE9 \xFF\xFE!\"}");
    assert_true(draft.complete);
    is(draft.article.text, "caf\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD!");
    assert_int_equal(draft.problem_count, 1);
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_REPAIRED);
    assert_non_null(strstr(draft.problems[0].message, "3 places"));
    read_json("{\"id\":\"a\",\"text\":\"x\\ud83dy\\ud83d\\ude00\"}");
    is(draft.article.text, "x\xEF\xBF\xBDy\xF0\x9F\x98\x80");
    assert_non_null(strstr(draft.problems[0].message, "1 place "));
    read_json("{\"id\":\"a\",\"text\":\"\xFF\\ud83d\"}"); /* both faults at once */
    is(draft.article.text, "\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_non_null(strstr(draft.problems[0].message, "2 places"));
}

static void texts(void **state)
{
    (void)state;
    static const char plain[] = "\n  A title \n\nFirst.\n\nSecond.\n\n";
    read_text(plain, strlen(plain), NULL);
    assert_true(draft.complete);
    is(draft.article.id, "dir/a.txt");
    is(draft.article.title, "A title");
    is(draft.article.text, "First.\n\nSecond.");
    assert_int_equal(draft.problem_count, 0);
    static const char windows[] = "T\r\n\r\nOne\r\n\r\nTwo\rThree";
    options.id_prefix = nn_str_of("news/");
    read_text(windows, strlen(windows), NULL);
    is(draft.article.id, "news/dir/a.txt");
    is(draft.article.text, "One\n\nTwo\nThree");
    read_text("Only a title\n", 13, NULL);
    assert_false(draft.complete);
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_NO_TEXT);
    read_text("T\n\nr\xE9sum\xE9", 9, NULL);
    is(draft.article.text, "r\xEF\xBF\xBDsum\xEF\xBF\xBD");
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_REPAIRED);
    read_text("T\n\na\0b", 6, NULL);
    assert_false(draft.complete);
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_FORMAT);
}

static void long_first_line(void **state)
{
    (void)state;
    char text[1200];
    memset(text, 'w', sizeof text);
    text[1000] = '\n';
    read_text(text, sizeof text, NULL); /* 1,000 bytes can be a title */
    assert_int_equal(draft.article.title.size, 1000);
    assert_int_equal(draft.problem_count, 0);
    text[1000] = 'w';
    read_text(text, sizeof text, NULL);
    assert_true(draft.complete);
    assert_null(draft.article.title.data);
    assert_int_equal(draft.article.text.size, sizeof text);
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_LONG_TITLE);
}

static void sidecars(void **state)
{
    (void)state;
    char folder[TEST_PATH_MAX], path[TEST_PATH_MAX];
    test_dir_make(folder);
    test_path(path, folder, "a.json");
    read_text("T\n\nx", 4, path); /* there is none */
    assert_int_equal(draft.problem_count, 0);
    static const char good[] =
        "{\"id\":\"own\",\"title\":\"not used\",\"text\":\"not used\",\"date\":\"2031-05-23\","
        "\"source\":\"Notebook\",\"url\":\"u\",\"lang\":\"en\"}";
    test_file_write(path, good, strlen(good));
    read_text("T\n\nx", 4, path);
    assert_true(draft.complete);
    assert_int_equal(draft.problem_count, 0);
    is(draft.article.id, "own");
    is(draft.article.title, "T");
    is(draft.article.text, "x");
    is(draft.article.source, "Notebook");
    is(draft.article.lang, "en");
    assert_int_equal(draft.article.date.month, 5);
    static const char *const bad[] = {"[]", "{\"date\":", ""};
    for (size_t i = 0; i < 3; i++) {
        test_file_write(path, bad[i], strlen(bad[i]));
        read_text("T\n\nx", 4, path);
        assert_true(draft.complete);
        is(draft.article.id, "dir/a.txt");
        assert_int_equal(draft.problem_count, 1);
        assert_int_equal(draft.problems[0].kind, NN_PROBLEM_BAD_SIDECAR);
    }
    char *large = calloc(1, (1 << 20) + 1);
    assert_non_null(large);
    test_file_write(path, large, (1 << 20) + 1);
    free(large);
    read_text("T\n\nx", 4, path);
    assert_int_equal(draft.problems[0].kind, NN_PROBLEM_BAD_SIDECAR);
    test_dir_remove(folder);
}

/** What the sweeps read. */
typedef struct reading {
    const char *text, *name, *sidecar; /* name NULL: JSON */
} reading;

static nuncio_status read_one(void *context, const nuncio_allocator *allocator, nuncio_error *error)
{
    const reading *from = context;
    nn_memory small;
    nn_record_reader tested;
    nn_draft other;
    static char room[8192];
    nn_record record = padded(room, sizeof room, from->text, strlen(from->text));
    nn_memory_init(&small, allocator, 0);
    nn_draft_init(&other, &small);
    nn_draft_reset(&other, "f", 1);
    nuncio_status status = nn_record_reader_init(&tested, &small, error);
    if (status == NUNCIO_OK) {
        status = from->name == NULL ? nn_read_json_record(&tested, &record, &options, &other, error)
                                    : nn_read_text_record(&tested, &record, from->name,
                                                          from->sidecar, &options, &other, error);
    }
    assert_int_equal(other.complete, status == NUNCIO_OK);
    nn_record_reader_deinit(&tested);
    nn_draft_deinit(&other);
    return status;
}

static void refused_memory(void **state)
{
    (void)state;
    char folder[TEST_PATH_MAX], path[TEST_PATH_MAX], latin[TEST_PATH_MAX];
    test_dir_make(folder);
    test_path(path, folder, "a.json");
    test_path(latin, folder, "latin.json");
    test_file_write(path, "{\"date\":\"2031-05-23\"}", 21);
    test_file_write(latin, "{\"source\":\"caf\xE9\"}", 18);
    const reading all[] = {
        {"{\"id\":\"a\",\"text\":\"plain\"}", NULL, NULL},
        {"{\"id\":\"a\",\"text\":\"caf\xE9\"}", NULL, NULL},
        {"{\"id\":\"a\",\"text\":\"x\\ud83dy\"}", NULL, NULL},
        {"T\n\nbody", "a.txt", path},
        {"T\n\nb\xE9", "\xE9.txt", latin},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        reading one = all[i];
        for (uint64_t n = 0; n < 40; n++) { /* the memory of C++, then that of the library */
            refuse_new(n);
            nuncio_error error = {NUNCIO_OK, 0, "", ""};
            nuncio_status status = read_one(&one, NULL, &error);
            assert_int_equal(status, new_was_refused() ? NUNCIO_ERR_MEMORY : NUNCIO_OK);
        }
        refuse_new(0);
        assert_true(test_allocator_sweep(read_one, &one, false) >= 1);
        assert_true(test_allocator_sweep(read_one, &one, true) >= 1);
    }
    test_dir_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(json, begin, finish),
        cmocka_unit_test_setup_teardown(repaired, begin, finish),
        cmocka_unit_test_setup_teardown(texts, begin, finish),
        cmocka_unit_test_setup_teardown(long_first_line, begin, finish),
        cmocka_unit_test_setup_teardown(sidecars, begin, finish),
        cmocka_unit_test_setup_teardown(refused_memory, begin, finish),
    };
    return cmocka_run_group_tests_name("ingest/read_record", tests, NULL, NULL);
}
