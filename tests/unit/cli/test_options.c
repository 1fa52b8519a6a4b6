/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: options are read as documented; each mistake has a message that names it. */
#include "cli/message.h"
#include "cli/options.h"

#include "capture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const nn_command command = {"test", "summary", "usage: nuncio test\n", NULL};

static bool flag;
static const char *text;
static uint64_t number, size;
static double real;
static int choice;
static nuncio_date date;
static int first;
static const char *told;
static char query[200]; /* the arguments that are left */

/** Reads words separated by blanks. */
static int read_words(const char *words, nn_option_order order)
{
    static const char *const choices[] = {"one", "two", NULL};
    const nn_option options[] = {
        {"flag", 'f', NN_OPTION_FLAG, .to.flag = &flag},
        {"text", 't', NN_OPTION_TEXT, .to.text = &text},
        {"number", 'k', NN_OPTION_NUMBER, .to.number = &number, .min = 1, .max = 100},
        {"size", 0, NN_OPTION_SIZE, .to.number = &size, .min = 1 << 20, .max = UINT64_MAX},
        {"real", 0, NN_OPTION_REAL, .to.real = &real, .low = 0, .high = 1},
        {"choice", 0, NN_OPTION_CHOICE, .to.choice = &choice, .choices = choices},
        {"date", 0, NN_OPTION_DATE, .to.date = &date},
    };
    static char room[400];
    char *argv[20];
    char program[] = "test";
    int argc = 1;
    argv[0] = program;
    strcpy(room, words);
    for (char *word = strtok(room, " "); word != NULL; word = strtok(NULL, " ")) {
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    flag = false;
    text = NULL;
    number = 10;
    size = 0;
    real = 0.5;
    choice = 0;
    first = -1;
    capture_descriptor(STDERR_FILENO);
    int status = nn_options_read(&command, argc, argv, options, sizeof options / sizeof options[0],
                                 order, &first);
    told = capture_release(STDERR_FILENO);
    query[0] = '\0';
    for (int i = first; first > 0 && i < argc; i++) {
        strcat(strcat(query, i > first ? " " : ""), argv[i]);
    }
    return status;
}

static void good(void **state)
{
    (void)state;
    assert_int_equal(read_words("", NN_OPTIONS_ANYWHERE), -1);
    assert_int_equal(first, 1);
    assert_int_equal(number, 10);
    assert_int_equal(read_words("-f -t x -k 7 --size 2M --real 0.25 --choice two --date 2031-03 a",
                                NN_OPTIONS_ANYWHERE),
                     -1);
    assert_true(flag);
    assert_string_equal(text, "x");
    assert_int_equal(number, 7);
    assert_int_equal(size, 2 << 20);
    assert_true(real == 0.25);
    assert_int_equal(choice, 1);
    assert_int_equal(date.month, 3);
    assert_int_equal(first, 14);
    assert_int_equal(read_words("--number=9 -k8 -tx", NN_OPTIONS_ANYWHERE), -1);
    assert_int_equal(number, 8);
}

static void query_is(const char *words, const char *expected)
{
    assert_int_equal(read_words(words, NN_OPTIONS_AND_QUERY), -1);
    assert_string_equal(query, expected);
}

/** Between the words of a query --flag and -f are options, -word is none, until "--". */
static void among_words(void **state)
{
    (void)state;
    query_is("word -x -fk -k7 -", "word -x -fk -k7 -");
    assert_false(flag);
    assert_int_equal(number, 10);
    query_is("word -f", "word");
    assert_true(flag);
    query_is("-k 7 word --flag -x --text x other -k 9 last", "word -x other last");
    assert_true(flag);
    assert_string_equal(text, "x");
    assert_int_equal(number, 9);
    query_is("a --number 3", "a");
    assert_int_equal(number, 3);
    query_is("--flag -- --text a --flag", "--text a --flag");
    assert_null(text);
    query_is("a --flag -- --text -- b -k", "a --text -- b -k");
    assert_true(flag);
    query_is("a - b", "a - b");
    query_is("--", "");
    assert_int_equal(read_words("a --none", NN_OPTIONS_AND_QUERY), 2);
    assert_non_null(strstr(told, "there is no option --none"));
    assert_int_equal(read_words("a --number", NN_OPTIONS_AND_QUERY), 2);
    assert_non_null(strstr(told, "option --number needs a value"));
}

static void order(void **state)
{
    (void)state;
    assert_int_equal(read_words("word -f", NN_OPTIONS_ANYWHERE), -1);
    assert_true(flag);
    assert_int_equal(first, 2);
    assert_int_equal(read_words("-f -- -t", NN_OPTIONS_ANYWHERE), -1);
    assert_int_equal(first, 3);
    assert_null(text);
}

static void mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *words, *part;
    } cases[] = {
        {"--none", "there is no option --none"},
        {"-z", "there is no option -z"},
        {"-t", "option -t needs a value"},
        {"--text", "option --text needs a value"},
        {"-k 0", "--number takes a number from 1 to 100, not \"0\""},
        {"-k 101", "from 1 to 100"},
        {"-k -1", "not \"-1\""},
        {"-k 5x", "not \"5x\""},
        {"-k 99999999999999999999", "from 1 to 100"},
        {"--size 1K", "at least 1M"},
        {"--size 5Q", "not \"5Q\""},
        {"--size 99999999999T", "a size"},
        {"--real 1.5", "from 0 to 1"},
        {"--real nan", "from 0 to 1"},
        {"--real 0.5x", "from 0 to 1"},
        {"--choice three", "takes one of one, two, not \"three\""},
        {"--date 2031-13", "a date such as"},
    };
    assert_int_equal(read_words("-f word", NN_OPTIONS_ALONE), NN_EXIT_ERROR);
    assert_non_null(strstr(told, "takes no argument such as word"));
    assert_int_equal(read_words("-f", NN_OPTIONS_ALONE), -1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int status = read_words(cases[i].words, NN_OPTIONS_ANYWHERE);
        if (status != NN_EXIT_ERROR || strstr(told, cases[i].part) == NULL ||
            strstr(told, "`nuncio test --help`") == NULL) {
            fail_msg("%s: %d, %s", cases[i].words, status, told);
        }
    }
}

static void help(void **state)
{
    (void)state;
    static const char *const words[] = {"-h", "--help", "-f --help --none"};
    for (size_t i = 0; i < 3; i++) {
        int output = dup(STDOUT_FILENO);
        int ends[2];
        char shown[100];
        assert_int_equal(pipe(ends), 0);
        (void)dup2(ends[1], STDOUT_FILENO);
        int status = read_words(words[i], NN_OPTIONS_ANYWHERE);
        (void)dup2(output, STDOUT_FILENO);
        ssize_t count = read(ends[0], shown, sizeof shown);
        assert_int_equal(status, 0);
        assert_int_equal(count, strlen(command.help));
        assert_memory_equal(shown, command.help, (size_t)count);
        (void)close(output);
        (void)close(ends[0]);
        (void)close(ends[1]);
    }
}

static void sizes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t bytes;
    } cases[] = {{"0", 0},
                 {"1048576", 1048576},
                 {"1K", 1024},
                 {"1k", 1024},
                 {"256M", 256u << 20},
                 {"2GiB", (uint64_t)2 << 30},
                 {"2GB", (uint64_t)2 << 30},
                 {"1T", (uint64_t)1 << 40}};
    uint64_t bytes;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(nn_size_parse(cases[i].text, &bytes));
        assert_int_equal(bytes, cases[i].bytes);
    }
    static const char *const bad[] = {"", "M", "-1M", " 1", "1 M", "1MM", "1iB", "0x10", "1.5G"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(nn_size_parse(bad[i], &bytes));
    }
}

static void index_directory(void **state)
{
    (void)state;
    (void)unsetenv("NUNCIO_INDEX");
    assert_string_equal(nn_index_directory(NULL), "./.nuncio");
    assert_string_equal(nn_index_directory("given"), "given");
    (void)setenv("NUNCIO_INDEX", "named", 1);
    assert_string_equal(nn_index_directory(NULL), "named");
    assert_string_equal(nn_index_directory("given"), "given");
    (void)setenv("NUNCIO_INDEX", "", 1);
    assert_string_equal(nn_index_directory(NULL), "./.nuncio");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good),
        cmocka_unit_test(order),
        cmocka_unit_test(among_words),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(help),
        cmocka_unit_test(sizes),
        cmocka_unit_test(index_directory),
    };
    return cmocka_run_group_tests_name("cli/options", tests, NULL, NULL);
}
