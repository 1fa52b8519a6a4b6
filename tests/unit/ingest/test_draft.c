/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: an article that is complete keeps every promise of nuncio_article; one that cannot be taken
 * has exactly one problem that says why. */
#include "core/str.h"
#include "ingest/draft.h"

#include "support/failing_allocator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static nn_memory memory;
static nn_draft draft;
static nn_json_object object;

static void set(nn_json_field field, const char *text)
{
    object.fields[field].type = NN_JSON_STRING;
    object.fields[field].text = nn_str_of(text);
}

static void fill(const nn_ingest_options *options, const char *default_id)
{
    static const nn_ingest_options none = {0};
    nn_draft_reset(&draft, "file", 3);
    assert_int_equal(nn_draft_fill(&draft, &object, nn_str_of(default_id),
                                   options == NULL ? &none : options, NULL),
                     NUNCIO_OK);
}

static void problem_is(size_t number, nn_problem_kind kind, const char *part)
{
    assert_true(number < draft.problem_count);
    const nn_problem *problem = &draft.problems[number];
    assert_int_equal(problem->kind, kind);
    assert_non_null(strstr(problem->message, part));
    assert_string_equal(problem->file, "file");
    assert_int_equal(problem->line, 3);
}

static void refused(nn_problem_kind kind, const char *part)
{
    assert_false(draft.complete);
    assert_int_equal(draft.problem_count, 1);
    problem_is(0, kind, part);
}

static void is(nuncio_str found, const char *expected)
{
    assert_int_equal(found.size, strlen(expected));
    assert_memory_equal(found.data, expected, found.size);
}

static int begin(void **state)
{
    (void)state;
    nn_memory_init(&memory, NULL, 0);
    nn_draft_init(&draft, &memory);
    memset(&object, 0, sizeof object);
    set(NN_FIELD_ID, "a");
    set(NN_FIELD_TEXT, "text");
    return 0;
}

static int finish(void **state)
{
    (void)state;
    nn_draft_deinit(&draft);
    assert_int_equal(atomic_load(&memory.used), 0);
    return 0;
}

static void complete(void **state)
{
    (void)state;
    set(NN_FIELD_TITLE, "");
    set(NN_FIELD_DATE, "2031-01-14T16:20:00Z");
    set(NN_FIELD_URL, "http://u");
    fill(NULL, NULL);
    assert_true(draft.complete);
    assert_int_equal(draft.problem_count, 0);
    is(draft.article.id, "a");
    is(draft.article.text, "text");
    is(draft.article.url, "http://u");
    assert_non_null(draft.article.title.data); /* empty is not absent */
    assert_null(draft.article.source.data);
    assert_int_equal(draft.article.date.day, 14);
}

static void ids(void **state)
{
    (void)state;
    char long_id[NN_INGEST_ID_MAX + 2];
    memset(long_id, 'i', sizeof long_id);
    long_id[NN_INGEST_ID_MAX + 1] = '\0';
    set(NN_FIELD_ID, long_id);
    fill(NULL, NULL);
    refused(NN_PROBLEM_BAD_ID, "longer than 1,024");
    set(NN_FIELD_ID, long_id + 1);
    fill(NULL, NULL);
    assert_true(draft.complete);
    set(NN_FIELD_ID, "");
    fill(NULL, NULL);
    refused(NN_PROBLEM_BAD_ID, "empty");
    object.fields[NN_FIELD_ID].text = nn_str("a\0b", 3);
    fill(NULL, NULL);
    refused(NN_PROBLEM_BAD_ID, "NUL");
    object.fields[NN_FIELD_ID].type = NN_JSON_OTHER;
    fill(NULL, NULL);
    refused(NN_PROBLEM_BAD_ID, "not a string");
    object.fields[NN_FIELD_ID].type = NN_JSON_INTEGER;
    strcpy(object.fields[NN_FIELD_ID].digits, "-7");
    fill(NULL, NULL);
    is(draft.article.id, "-7");
    object.fields[NN_FIELD_ID] = (nn_json_value){0};
    fill(NULL, NULL);
    refused(NN_PROBLEM_NO_ID, "--id-from");
    fill(NULL, "path");
    is(draft.article.id, "path");
    assert_true(draft.complete);
}

static void ids_from_elsewhere(void **state)
{
    (void)state;
    nn_ingest_options options = {.id_from = NN_ID_FROM_URL};
    object.fields[NN_FIELD_ID] = (nn_json_value){0};
    fill(&options, NULL);
    refused(NN_PROBLEM_NO_ID, "neither");
    set(NN_FIELD_URL, "http://u");
    fill(&options, NULL);
    is(draft.article.id, "http://u");
    options.id_from = NN_ID_FROM_HASH;
    fill(&options, NULL);
    assert_int_equal(draft.article.id.size, 32);
    char first[32];
    memcpy(first, draft.article.id.data, 32);
    fill(&options, NULL);
    assert_memory_equal(draft.article.id.data, first, 32);
    static const nn_json_field all[] = {NN_FIELD_TITLE, NN_FIELD_DATE, NN_FIELD_SOURCE,
                                        NN_FIELD_URL,   NN_FIELD_LANG, NN_FIELD_TEXT};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) { /* every field counts */
        nn_json_object before = object;
        set(all[i], all[i] == NN_FIELD_DATE ? "2031" : "other");
        fill(&options, NULL);
        assert_memory_not_equal(draft.article.id.data, first, 32);
        object = before;
    }
}

static void texts(void **state)
{
    (void)state;
    object.fields[NN_FIELD_TEXT] = (nn_json_value){0};
    fill(NULL, NULL);
    refused(NN_PROBLEM_NO_TEXT, "no `text`");
    is(draft.problems[0].id, "a"); /* which article it is, is told */
    set(NN_FIELD_TEXT, " \n\t ");
    fill(NULL, NULL);
    refused(NN_PROBLEM_NO_TEXT, "blank");
    object.fields[NN_FIELD_TEXT].type = NN_JSON_OTHER;
    fill(NULL, NULL);
    refused(NN_PROBLEM_BAD_TEXT, "not a string");
    size_t size = (size_t)NN_INGEST_TEXT_MAX + 1;
    char *large = malloc(size);
    assert_non_null(large);
    memset(large, 'x', size);
    object.fields[NN_FIELD_TEXT].type = NN_JSON_STRING;
    object.fields[NN_FIELD_TEXT].text = nn_str(large, size);
    fill(NULL, NULL);
    refused(NN_PROBLEM_TOO_LARGE, "64 MiB");
    object.fields[NN_FIELD_TEXT].text.size--;
    fill(NULL, NULL);
    assert_true(draft.complete);
    free(large);
}

static void what_is_kept(void **state)
{
    (void)state;
    static const nn_json_field strings[] = {NN_FIELD_TITLE, NN_FIELD_SOURCE, NN_FIELD_URL,
                                            NN_FIELD_LANG};
    for (size_t i = 0; i < 4; i++) {
        object.fields[strings[i]].type = NN_JSON_OTHER;
    }
    set(NN_FIELD_DATE, "yesterday");
    fill(NULL, NULL);
    assert_true(draft.complete);
    assert_int_equal(draft.problem_count, 5);
    problem_is(0, NN_PROBLEM_BAD_FIELD, "`title`");
    problem_is(1, NN_PROBLEM_BAD_FIELD, "`source`");
    problem_is(2, NN_PROBLEM_BAD_FIELD, "`url`");
    problem_is(3, NN_PROBLEM_BAD_FIELD, "`lang`");
    problem_is(4, NN_PROBLEM_BAD_DATE, "yesterday");
    assert_null(draft.article.title.data);
    assert_int_equal(draft.article.date.precision, NUNCIO_DATE_NONE);
    set(NN_FIELD_DATE, "");
    fill(NULL, NULL);
    assert_int_equal(draft.problem_count, 4); /* an empty date is none */
    object.fields[NN_FIELD_DATE].type = NN_JSON_OTHER;
    fill(NULL, NULL);
    problem_is(4, NN_PROBLEM_BAD_DATE, "not a string");
    object.fields[NN_FIELD_DATE].type = NN_JSON_INTEGER;
    strcpy(object.fields[NN_FIELD_DATE].digits, "2031");
    fill(NULL, NULL);
    assert_int_equal(draft.article.date.year, 2031);
}

static void defaults(void **state)
{
    (void)state;
    nn_ingest_options options = {.source = nn_str_of("Desk"), .date = {2030, 5, 0, 2}};
    fill(&options, NULL);
    is(draft.article.source, "Desk");
    assert_int_equal(draft.article.date.month, 5);
    set(NN_FIELD_SOURCE, "Wire");
    set(NN_FIELD_DATE, "2031");
    fill(&options, NULL);
    is(draft.article.source, "Wire");
    assert_int_equal(draft.article.date.year, 2031);
}

static void nul_in_texts(void **state)
{
    (void)state;
    object.fields[NN_FIELD_TEXT].text = nn_str("a\0b", 3);
    set(NN_FIELD_TITLE, "t");
    object.fields[NN_FIELD_TITLE].text.size = 2; /* its NUL */
    fill(NULL, NULL);
    assert_true(draft.complete);
    is(draft.article.text, "a\xEF\xBF\xBD"
                           "b");
    is(draft.article.title, "t\xEF\xBF\xBD");
    assert_int_equal(draft.problem_count, 1);
    problem_is(0, NN_PROBLEM_REPAIRED, "2 places");
}

static void urls_as_ids(void **state)
{
    (void)state;
    static char url[NN_INGEST_ID_MAX + 1];
    const nn_ingest_options options = {.id_from = NN_ID_FROM_URL};
    memset(url, 'u', sizeof url);
    object.fields[NN_FIELD_ID] = (nn_json_value){0};
    set(NN_FIELD_TEXT, "x");
    object.fields[NN_FIELD_URL].type = NN_JSON_STRING;
    object.fields[NN_FIELD_URL].text = nn_str(url, NN_INGEST_ID_MAX);
    fill(&options, NULL);
    assert_true(draft.complete);
    assert_int_equal(draft.article.id.size, NN_INGEST_ID_MAX);
    object.fields[NN_FIELD_URL].text.size++;
    fill(&options, NULL);
    refused(NN_PROBLEM_NO_ID, "nor a `url` that could be one");
}

static void absent_bytes(void **state)
{
    (void)state;
    set(NN_FIELD_TEXT, "x");
    object.fields[NN_FIELD_TITLE].type = NN_JSON_STRING; /* an empty string without bytes */
    object.fields[NN_FIELD_TITLE].text = nn_str(NULL, 0);
    fill(NULL, NULL);
    assert_true(draft.complete);
    assert_non_null(draft.article.title.data);
}

static void problems_end(void **state)
{
    (void)state;
    nn_draft_reset(&draft, "file", 3);
    for (int i = 0; i < 2 * NN_DRAFT_PROBLEMS; i++) {
        nn_draft_problem(&draft, NN_PROBLEM_BAD_FIELD, "problem %d", i);
    }
    assert_int_equal(draft.problem_count, NN_DRAFT_PROBLEMS);
    problem_is(NN_DRAFT_PROBLEMS - 1, NN_PROBLEM_BAD_FIELD, "problem 11");
}

static nuncio_status fill_body(void *context, const nuncio_allocator *allocator,
                               nuncio_error *error)
{
    nn_memory other;
    nn_draft tested;
    nn_memory_init(&other, allocator, 0);
    nn_draft_init(&tested, &other);
    nn_draft_reset(&tested, "file", 1);
    nuncio_status status = nn_draft_fill(&tested, &object, nn_str_of(NULL), context, error);
    assert_int_equal(tested.complete, status == NUNCIO_OK);
    nn_draft_deinit(&tested);
    return status;
}

/* Strings that have to be made, each too large for what is left of the draft's memory. */
static void refused_memory(void **state)
{
    (void)state;
    static char long_text[5000]; /* of NUL */
    nn_ingest_options options = {.id_from = NN_ID_FROM_HASH};
    object.fields[NN_FIELD_ID] = (nn_json_value){0};
    set(NN_FIELD_TEXT, "x");
    assert_int_equal(test_allocator_sweep(fill_body, &options, false), 2); /* the id alone */
    for (int i = NN_FIELD_TITLE; i < NN_FIELDS; i++) {
        if (i != NN_FIELD_DATE) {
            object.fields[i].type = NN_JSON_STRING;
            object.fields[i].text = nn_str(long_text, sizeof long_text);
        }
    }
    assert_true(test_allocator_sweep(fill_body, &options, false) > 10);
    object.fields[NN_FIELD_ID].type = NN_JSON_INTEGER;
    strcpy(object.fields[NN_FIELD_ID].digits, "12");
    assert_true(test_allocator_sweep(fill_body, &options, true) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(complete, begin, finish),
        cmocka_unit_test_setup_teardown(ids, begin, finish),
        cmocka_unit_test_setup_teardown(ids_from_elsewhere, begin, finish),
        cmocka_unit_test_setup_teardown(texts, begin, finish),
        cmocka_unit_test_setup_teardown(what_is_kept, begin, finish),
        cmocka_unit_test_setup_teardown(defaults, begin, finish),
        cmocka_unit_test_setup_teardown(nul_in_texts, begin, finish),
        cmocka_unit_test_setup_teardown(urls_as_ids, begin, finish),
        cmocka_unit_test_setup_teardown(absent_bytes, begin, finish),
        cmocka_unit_test_setup_teardown(problems_end, begin, finish),
        cmocka_unit_test_setup_teardown(refused_memory, begin, finish),
    };
    return cmocka_run_group_tests_name("ingest/draft", tests, NULL, NULL);
}
