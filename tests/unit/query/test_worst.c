/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the worst that a query or an archive can do to pruning costs bounded work and memory, and
 * the answer stays that of scoring everything. Method: an archive built to defeat bounds, in which
 * every strip promises what no passage keeps and thousands of passages score the same; queries of
 * as many clauses, as common words and as many hits as are allowed, each searched pruned and
 * exhaustively within a budget of memory, and pruned within one of steps. */
#include "shared.h"

#include "core/str.h"
#include "query/limits.h"
#include "support/prng.h"

#include <nuncio/search.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    ARTICLES = 9000,
    PARAGRAPHS = 6, /* passages of an article: 54,000 in all, more than the strips of a sample */
    STOP_WORDS = 100,
    TEXT_MAX = 512,
    QUERY_MAX = 16384,
    MEMORY_MAX = 24 << 20,
    WORK_MAX = 2 * ARTICLES * PARAGRAPHS /* steps */
};

static test_article articles[ARTICLES];
static char (*texts)[TEXT_MAX];
static char ids[ARTICLES][16];

/* Passage number:  of 12   1       "left" alone: the best score there can be for it
 *                          5       "right" alone; no passage holds both but one
 *                          7       "tie" alone: 4,500 equal scores
 *                          others  "hot", two stop words, one of 1,024 rare words */
static size_t write_paragraph(test_prng *prng, uint32_t number, char *to)
{
    switch (number % 12) {
    case 1:
        return (size_t)sprintf(to, "left.\n\n");
    case 5:
        return (size_t)sprintf(to, "right.\n\n");
    case 7:
        return (size_t)sprintf(to, "tie.\n\n");
    default:
        return (size_t)sprintf(to, "hot s%u s%u c%u%s.\n\n",
                               (uint32_t)test_prng_below(prng, STOP_WORDS),
                               (uint32_t)test_prng_below(prng, STOP_WORDS),
                               (uint32_t)test_prng_below(prng, NN_QUERY_LEAVES_MAX),
                               number == 30000 ? " and so on and on left right" : "");
    }
}

static int open_archive(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(21));
    texts = calloc(ARTICLES, sizeof *texts);
    assert_non_null(texts);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        size_t used = 0;
        for (uint32_t p = 0; p < PARAGRAPHS; p++) {
            used += write_paragraph(&prng, i * PARAGRAPHS + p, texts[i] + used);
        }
        sprintf(ids[i], "id%05u", i * 7919u % 100000u); /* ties are not in order of storage */
        articles[i] = (test_article){.id = ids[i], .text = texts[i]};
    }
    test_archive_make(&archive);
    test_archive_add(&archive, articles, ARTICLES);
    return test_shared_open();
}

static int close_archive(void **state)
{
    free(texts);
    return test_shared_close(state);
}

/* The ten best and as many as there may be, beside what scoring everything finds. */
static void compare(const char *text, nuncio_search_scope scope)
{
    static const uint32_t sizes[] = {10, NN_SEARCH_HITS_MAX};
    nuncio_query *query = test_parse(text);
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.scope = scope;
    options.count = true;
    options.no_highlights = true;
    options.memory_max = MEMORY_MAX;
    options.hits_max = NN_SEARCH_HITS_MAX;
    options.exhaustive = true;
    nuncio_hits *exact = test_search(query, &options);
    size_t found = nuncio_hits_count(exact);
    assert_true(found > 0);
    options.exhaustive = false;
    options.work_max = WORK_MAX;
    for (size_t i = 0; i < 2; i++) {
        options.hits_max = sizes[i];
        nuncio_hits *pruned = test_search(query, &options);
        assert_int_equal(nuncio_hits_count(pruned), found < sizes[i] ? found : sizes[i]);
        assert_int_equal(nuncio_hits_total(pruned), nuncio_hits_total(exact));
        test_same_hits(query, &options, exact, 0, pruned);
        nuncio_hits_destroy(pruned);
    }
    nuncio_hits_destroy(exact);
    nuncio_query_destroy(query);
}

/* `first`, then "stem0 stem1 …". */
static const char *listed(const char *first, const char *stem, uint32_t count)
{
    static char text[QUERY_MAX];
    size_t used = (size_t)sprintf(text, "%s", first);
    for (uint32_t i = 0; i < count; i++) {
        used += (size_t)sprintf(text + used, "%s%u ", stem, i);
    }
    return text;
}

static void as_many_clauses_as_there_may_be(void **state)
{
    (void)state;
    compare(listed("", "c", NN_QUERY_LEAVES_MAX), NUNCIO_SCOPE_PASSAGE);
    compare(listed("+hot ", "c", 100), NUNCIO_SCOPE_PASSAGE);
    compare(listed("+\"hot s1\" ", "c", 100), NUNCIO_SCOPE_PASSAGE);
}

static void common_words_alone_and_together(void **state)
{
    (void)state;
    compare("hot", NUNCIO_SCOPE_PASSAGE);
    compare("+hot +s1", NUNCIO_SCOPE_PASSAGE);
    compare("+hot +s1", NUNCIO_SCOPE_ARTICLE);
    compare("\"hot s1\"", NUNCIO_SCOPE_ARTICLE);
    compare(listed("", "s", STOP_WORDS), NUNCIO_SCOPE_ARTICLE);
    compare(listed("hot ", "s", STOP_WORDS), NUNCIO_SCOPE_PASSAGE);
}

static void thousands_of_equal_scores(void **state)
{
    (void)state;
    compare("tie", NUNCIO_SCOPE_ARTICLE);
    compare("tie left right", NUNCIO_SCOPE_PASSAGE);
}

static void bounds_that_nothing_keeps(void **state)
{
    (void)state;
    compare("left right", NUNCIO_SCOPE_PASSAGE);
    compare("left right", NUNCIO_SCOPE_ARTICLE);
    compare("+left +right", NUNCIO_SCOPE_PASSAGE);
    compare("\"left right\"", NUNCIO_SCOPE_PASSAGE);
    compare("left right hot s1 s2", NUNCIO_SCOPE_PASSAGE);
}

static void what_takes_too_long_is_told(void **state)
{
    (void)state;
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_query *query = test_parse(listed("", "c", NN_QUERY_LEAVES_MAX));
    options.hits_max = NN_SEARCH_HITS_MAX;
    options.exhaustive = true; /* 54,000 passages of 1,024 words: no machine does it in 1 ms */
    options.deadline_ms = 1;
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, &error), NUNCIO_ERR_DEADLINE);
    assert_null(hits);
    options.deadline_ms = 0;
    options.work_max = 5000;
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, &error), NUNCIO_ERR_LIMIT);
    options.work_max = 0;
    options.memory_max = 1 << 20;
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, &error), NUNCIO_ERR_MEMORY);
    nuncio_query_destroy(query);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_clauses_as_there_may_be),
        cmocka_unit_test(common_words_alone_and_together),
        cmocka_unit_test(thousands_of_equal_scores),
        cmocka_unit_test(bounds_that_nothing_keeps),
        cmocka_unit_test(what_takes_too_long_is_told),
    };
    return cmocka_run_group_tests(tests, open_archive, close_archive);
}
