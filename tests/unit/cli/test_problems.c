/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: ten problems are told, all are counted and reported, lost files are always told. */
#include "cli/message.h"
#include "cli/problems.h"

#include "capture.h"
#include "support/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static nn_problem problem_of(nn_problem_kind kind, uint64_t line, const char *id)
{
    nn_problem problem = {kind, "a.jsonl", line, {id, id == NULL ? 0 : strlen(id)}, "it is wrong"};
    return problem;
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

static void told(void **state)
{
    (void)state;
    nn_problems problems;
    nn_problem kept = problem_of(NN_PROBLEM_BAD_DATE, 3, "x");
    nn_problem file = problem_of(NN_PROBLEM_DAMAGED, 0, NULL);
    nn_problem text_file = problem_of(NN_PROBLEM_REPAIRED, 0, "a.jsonl"); /* its name is its id */
    capture_descriptor(STDERR_FILENO);
    assert_int_equal(nn_problems_begin(&problems, NULL, false), -1);
    nn_problems_note(&problems, &kept, NULL);
    nn_problems_note(&problems, &file, NULL);
    nn_problems_note(&problems, &text_file, NULL);
    assert_int_equal(nn_problems_end(&problems, 0), 0);
    assert_string_equal(capture_release(STDERR_FILENO), "nuncio: a.jsonl:3: \"x\": it is wrong\n"
                                                        "nuncio: a.jsonl: it is wrong\n"
                                                        "nuncio: a.jsonl: it is wrong\n");
    capture_descriptor(STDERR_FILENO);
    assert_int_equal(nn_problems_begin(&problems, NULL, false), -1);
    for (int i = 0; i < 25; i++) {
        nn_problems_note(&problems, &kept, NULL);
    }
    nn_problems_note(&problems, &file, NULL);
    assert_int_equal(nn_problems_end(&problems, 0), 0);
    const char *text = capture_release(STDERR_FILENO);
    assert_int_equal(lines_of(text), 12); /* ten, the lost file, and how many more */
    assert_non_null(strstr(text, "15 more problems; --report FILE lists them all"));
    assert_int_equal(nn_problems_count(&problems), 26);
}

static void quiet(void **state)
{
    (void)state;
    nn_problems problems;
    nn_problem kept = problem_of(NN_PROBLEM_BAD_DATE, 3, "x");
    nn_problem lost = problem_of(NN_PROBLEM_NO_TEXT, 4, "y");
    capture_descriptor(STDERR_FILENO);
    assert_int_equal(nn_problems_begin(&problems, NULL, true), -1);
    nn_problems_note(&problems, &kept, NULL);
    nn_problems_note(&problems, &lost, NULL);
    assert_int_equal(nn_problems_end(&problems, 0), 0);
    assert_string_equal(capture_release(STDERR_FILENO), "nuncio: a.jsonl:4: \"y\": it is wrong\n");
}

static void report(void **state)
{
    (void)state;
    char folder[TEST_PATH_MAX], path[TEST_PATH_MAX];
    test_dir_make(folder);
    test_path(path, folder, "report.jsonl");
    nn_problems problems;
    nn_problem kept = problem_of(NN_PROBLEM_BAD_DATE, 3, "x\"y");
    nn_problem file = problem_of(NN_PROBLEM_NOT_FOUND, 0, NULL);
    capture_descriptor(STDERR_FILENO);
    assert_int_equal(nn_problems_begin(&problems, path, false), -1);
    nn_problems_note(&problems, &kept, NULL);
    nn_problems_note(&problems, &file, NULL);
    assert_int_equal(nn_problems_end(&problems, 1), 1);
    (void)capture_release(STDERR_FILENO);
    char *written = test_file_read(path, NULL);
    assert_string_equal(
        written, "{\"kind\":\"bad-date\",\"effect\":\"kept\",\"file\":\"a.jsonl\",\"line\":3,"
                 "\"id\":\"x\\\"y\",\"message\":\"it is wrong\"}\n"
                 "{\"kind\":\"not-found\",\"effect\":\"file-lost\",\"file\":\"a.jsonl\","
                 "\"line\":null,\"id\":null,\"message\":\"it is wrong\"}\n");
    free(written);
    test_dir_remove(folder);
    capture_descriptor(STDERR_FILENO);
    int status = nn_problems_begin(&problems, "/nowhere/report", false);
    const char *text = capture_release(STDERR_FILENO);
    assert_int_equal(status, NN_EXIT_ERROR);
    assert_non_null(strstr(text, "cannot write the report /nowhere/report: No such file"));
    capture_descriptor(STDERR_FILENO);
    assert_int_equal(nn_problems_begin(&problems, "/dev/full", false), -1);
    nn_problems_note(&problems, &kept, NULL);
    status = nn_problems_end(&problems, 0);
    text = capture_release(STDERR_FILENO);
    assert_int_equal(status, NN_EXIT_ERROR);
    assert_non_null(strstr(text, "cannot write to /dev/full: No space left"));
}

static void statuses(void **state)
{
    (void)state;
    nn_problems problems = {.kept = 5};
    assert_int_equal(nn_problems_status(&problems, 3), NN_EXIT_DONE);
    assert_int_equal(nn_problems_status(&problems, 0), NN_EXIT_NOTHING);
    problems.articles_lost = 1;
    assert_int_equal(nn_problems_status(&problems, 3), NN_EXIT_DONE);
    assert_int_equal(nn_problems_status(&problems, 0), NN_EXIT_ERROR);
    problems.files_lost = 1;
    assert_int_equal(nn_problems_status(&problems, 3), NN_EXIT_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told),
        cmocka_unit_test(quiet),
        cmocka_unit_test(report),
        cmocka_unit_test(statuses),
    };
    return cmocka_run_group_tests_name("cli/problems", tests, NULL, NULL);
}
