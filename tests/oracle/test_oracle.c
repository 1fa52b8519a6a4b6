/* SPDX-License-Identifier: Apache-2.0 */
/* The oracle against answers worked out by hand: who checks the checker. */
#include "core/str.h"
#include "oracle/oracle.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void add(oracle *archive, const char *id, const char *title, const char *text)
{
    nuncio_article article = {.id = nn_str_of(id),
                              .title = nn_str_of(title),
                              .source = nn_str_of("Kessa Herald"),
                              .date = {2023, 3, 2, NUNCIO_DATE_DAY},
                              .lang = nn_str_of("en"),
                              .text = nn_str_of(text)};
    oracle_add(archive, &article);
}

static oracle_node leaf(oracle_kind kind, const char *text)
{
    oracle_node node = {.kind = kind};
    snprintf(node.text, sizeof node.text, "%s", text);
    return node;
}

static oracle_node group(oracle_kind kind, oracle_node *a, oracle_node *b)
{
    oracle_node node = {.kind = kind, .children = {a, b}, .child_count = b == NULL ? 1 : 2};
    return node;
}

static void check(oracle *archive, const oracle_node *query, nuncio_search_scope scope,
                  const char *expected)
{
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.scope = scope;
    oracle_answer answer = oracle_search(archive, query, &options);
    char found[200] = "";
    for (size_t i = 0; i < answer.count; i++) {
        nuncio_str id = oracle_article(archive, answer.hits[i].article)->id;
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s#%u",
                 i == 0 ? "" : " ", (int)id.size, id.data, answer.hits[i].ordinal);
    }
    assert_string_equal(found, expected);
}

static void check_scores(oracle *archive, const oracle_node *query, nuncio_search_unit by,
                         double first, double second)
{
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.by = by;
    oracle_answer answer = oracle_search(archive, query, &options);
    assert_int_equal(answer.count, (first > 0) + (second > 0));
    assert_true(first == 0 || fabs(answer.hits[0].score - first) < 1e-14);
    assert_true(second == 0 || fabs(answer.hits[1].score - second) < 1e-14);
}

/** Two passages of 3 and 5 tokens: N 2, avglen 4, k1 1.5, b 0.75. */
static void scores(void **state)
{
    (void)state;
    oracle *archive = oracle_create();
    add(archive, "a", NULL, "Alpha beta alpha.");
    add(archive, "b", "Delta", "Beta gamma beta gamma.");
    double short_norm = 1.5 * (0.25 + 0.75 * 3.0 / 4.0),
           long_norm = 1.5 * (0.25 + 0.75 * 5.0 / 4.0);
    double rare = log(1 + 1.5 / 1.5), common = log(1 + 0.5 / 2.5);

    oracle_node alpha = leaf(ORACLE_WORD, "alpha"), beta = leaf(ORACLE_WORD, "beta");
    check_scores(archive, &alpha, NUNCIO_BY_PASSAGE, rare * 2 / (2 + short_norm), 0);
    check_scores(archive, &beta, NUNCIO_BY_PASSAGE, common * 2 / (2 + long_norm),
                 common * 1 / (1 + short_norm));
    oracle_node delta = leaf(ORACLE_WORD, "delta"), title = group(ORACLE_TITLE, &beta, NULL);
    check_scores(archive, &delta, NUNCIO_BY_PASSAGE, rare / (1 + long_norm), 0);
    check_scores(archive, &title, NUNCIO_BY_PASSAGE, 0, 0);
    oracle_node phrase = leaf(ORACLE_PHRASE, "beta gamma");
    check_scores(archive, &phrase, NUNCIO_BY_PASSAGE, (common + rare) * 2 / (2 + long_norm), 0);
    oracle_node exact = leaf(ORACLE_EXACT, "Beta"), prefix = leaf(ORACLE_PREFIX, "be");
    check_scores(archive, &exact, NUNCIO_BY_PASSAGE, common / (1 + long_norm), 0);
    check_scores(archive, &prefix, NUNCIO_BY_PASSAGE, common * 2 / (2 + long_norm),
                 common * 1 / (1 + short_norm));
    oracle_node fuzzy = leaf(ORACLE_FUZZY, "gemma");
    fuzzy.distance = 1;
    check_scores(archive, &fuzzy, NUNCIO_BY_PASSAGE, rare * 2 / (2 + long_norm), 0);
    oracle_node twice = group(ORACLE_LIST, &alpha, &alpha);
    snprintf(alpha.weight, sizeof alpha.weight, "3");
    check_scores(archive, &twice, NUNCIO_BY_PASSAGE, 6 * rare * 2 / (2 + short_norm), 0);
    oracle_destroy(archive);
}

static void operators(void **state)
{
    (void)state;
    oracle *archive = oracle_create();
    add(archive, "a", NULL, "red green");
    add(archive, "b", NULL, "red blue");
    add(archive, "c", "Red", "green");
    oracle_node red = leaf(ORACLE_WORD, "red"), green = leaf(ORACLE_WORD, "green");
    oracle_node list = group(ORACLE_LIST, &red, &green), both = group(ORACLE_AND, &red, &green);
    oracle_node not_green = group(ORACLE_NOT, &green, NULL);
    check(archive, &list, NUNCIO_SCOPE_ARTICLE, "a#0 c#0 b#0"); /* ties by id */
    check(archive, &both, NUNCIO_SCOPE_ARTICLE, "a#0 c#0");
    check(archive, &not_green, NUNCIO_SCOPE_ARTICLE, "b#0");
    green.mark = '-';
    check(archive, &list, NUNCIO_SCOPE_ARTICLE, "b#0");
    green.mark = '+';
    check(archive, &list, NUNCIO_SCOPE_ARTICLE, "a#0 c#0");
    green.mark = 0;
    oracle_node source = leaf(ORACLE_SOURCE, "KESSA herald");
    oracle_node filtered = group(ORACLE_LIST, &source, &green);
    check(archive, &filtered, NUNCIO_SCOPE_ARTICLE, "a#0 c#0");
    check(archive, &source, NUNCIO_SCOPE_ARTICLE, "a#0 b#0 c#0");
    oracle_node date = {.kind = ORACLE_DATE, .from = {2023, 3, 0, NUNCIO_DATE_MONTH}};
    check(archive, &date, NUNCIO_SCOPE_ARTICLE, "a#0 b#0 c#0");
    date.from.month = 4;
    check(archive, &date, NUNCIO_SCOPE_ARTICLE, "");
    assert_true(oracle_delete(archive, nn_str_of("b")));
    assert_false(oracle_delete(archive, nn_str_of("b")));
    check(archive, &list, NUNCIO_SCOPE_ARTICLE, "a#0 c#0");
    oracle_destroy(archive);
}

static void places(void **state)
{
    (void)state;
    oracle *archive = oracle_create();
    add(archive, "a", "One two", "three four five six seven eight");
    oracle_node two = leaf(ORACLE_WORD, "two"), four = leaf(ORACLE_WORD, "four");
    oracle_node eight = leaf(ORACLE_WORD, "eight"), across = leaf(ORACLE_PHRASE, "two three");
    oracle_node near = group(ORACLE_NEAR, &eight, &four), apart = group(ORACLE_NEAR, &two, &four);
    near.distance = 2;
    apart.distance = 50;
    check(archive, &near, NUNCIO_SCOPE_ARTICLE, "");
    check(archive, &apart, NUNCIO_SCOPE_ARTICLE, "");
    check(archive, &across, NUNCIO_SCOPE_ARTICLE, "");
    near.distance = 3;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    oracle_answer answer = oracle_search(archive, &near, &options);
    assert_int_equal(answer.count, 1);
    assert_int_equal(answer.hits[0].highlight_count, 2);
    assert_int_equal(answer.hits[0].highlights[0].start, 6);
    assert_int_equal(answer.hits[0].highlights[0].end, 10);
    assert_int_equal(answer.hits[0].highlights[1].start, 26);
    assert_int_equal(answer.hits[0].highlights[1].kind, NUNCIO_HIGHLIGHT_PHRASE);
    oracle_node title = group(ORACLE_TITLE, &two, NULL);
    answer = oracle_search(archive, &title, &options);
    assert_int_equal(answer.count, 1);
    assert_int_equal(answer.hits[0].highlight_count, 0);
    assert_int_equal(answer.hits[0].title_highlight_count, 1);
    assert_int_equal(answer.hits[0].title_highlights[0].start, 4);
    oracle_destroy(archive);
}

/** An article of several passages, "first" in the first and "last" in the last. */
static void add_long(oracle *archive)
{
    static char text[8000];
    snprintf(text, sizeof text, "The first begins here.");
    for (size_t i = 0; i < 100; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), " Nothing else is said at all.");
    }
    snprintf(text + strlen(text), sizeof text - strlen(text), " The last ends here.");
    add(archive, "a", NULL, text);
}

static void passages(void **state)
{
    (void)state;
    oracle *archive = oracle_create();
    add_long(archive);
    oracle_node first = leaf(ORACLE_WORD, "first"), last = leaf(ORACLE_WORD, "last");
    oracle_node both = group(ORACLE_AND, &first, &last), near = group(ORACLE_PASSAGE, &both, NULL);
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    oracle_answer answer = oracle_search(archive, &both, &options);
    assert_int_equal(answer.count,
                     2); /* the article holds both; each passage that holds one is a hit */
    assert_true(answer.hits[0].ordinal + answer.hits[1].ordinal > 2);
    options.by = NUNCIO_BY_ARTICLE;
    assert_int_equal(oracle_search(archive, &both, &options).count, 1);
    check(archive, &both, NUNCIO_SCOPE_PASSAGE, "");
    check(archive, &near, NUNCIO_SCOPE_ARTICLE, "");
    oracle_node here = leaf(ORACLE_WORD, "begins"), beside = group(ORACLE_AND, &first, &here);
    oracle_node one = group(ORACLE_PASSAGE, &beside, NULL);
    check(archive, &one, NUNCIO_SCOPE_ARTICLE, "a#0");
    check(archive, &beside, NUNCIO_SCOPE_PASSAGE, "a#0");
    oracle_destroy(archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores),
        cmocka_unit_test(operators),
        cmocka_unit_test(places),
        cmocka_unit_test(passages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
