/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: quotes are ranked among quotes, whole, wherever their passages end; one within another, one
 * without words and reported speech are left out where they have to be; facets count the same hits.
 * Method: a few quotes whose scores can be written down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shared.h"

#include "core/str.h"

#include <nuncio/facets.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/*                        0         1         2         3         4         5         6  */
/*                        0123456789012345678901234567890123456789012345678901234567890123 */
static const char TEXT_A[] = "We talk of grain, he said.\n\nThe grain and the ships, she said now.";
static const char TEXT_B[] = "One ship is one ship.\n\nThe treaty is signed. The treaty is dead.";

/* In A: words of one passage (0-16); the whole second sentence, and a part of it. In B: from the
 * first passage into the second; and dots without a word. */
static nuncio_quote in_a[] = {
    {.start = 0, .end = 17, .flags = NUNCIO_QUOTE_DIRECT, .speaker = {"Anna Berg", 9}},
    {.start = 28, .end = 51, .flags = 0, .speaker = {"Ida Lind", 8}},
    {.start = 32, .end = 37, .flags = NUNCIO_QUOTE_DIRECT, .speaker = {"Ida Lind", 8}},
};
static nuncio_quote in_b[] = {
    {.start = 12, .end = 44, .flags = NUNCIO_QUOTE_DIRECT, .speaker = {"Anna Berg", 9}},
    {.start = 43, .end = 44, .flags = NUNCIO_QUOTE_DIRECT, .speaker = {"Anna Berg", 9}},
};
static const nuncio_mention names[] = {{12, 16, NUNCIO_ENTITY_ORGANISATION, {"Ship", 4}, false}};
static const nuncio_annotations of_a = {in_a, 3, NULL, 0}, of_b = {in_b, 2, names, 1};

static const test_article articles[] = {
    {.id = "a",
     .title = "Anna Berg and Ida Lind",
     .source = "Wire",
     .date = "2031-03-02",
     .text = TEXT_A,
     .annotations = &of_a},
    {.id = "b",
     .title = "Anna Berg and a ship",
     .source = "Wire",
     .date = "2031-04",
     .text = TEXT_B,
     .annotations = &of_b},
};

static int open_archive(void **state)
{
    (void)state;
    test_archive_make(&archive);
    test_archive_add(&archive, articles, 2);
    return test_shared_open();
}

static nuncio_hits *search_with(const char *text, nuncio_search_options options)
{
    options.by = NUNCIO_BY_QUOTE;
    return test_search_text(text, &options);
}

static nuncio_hits *search(const char *text)
{
    const nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    return search_with(text, options);
}

/** "a0 b0": article and number of each quote found, best first. */
static void check_with(const char *text, nuncio_search_options options, const char *expected)
{
    char got[64] = "";
    size_t used = 0;
    nuncio_hits *hits = search_with(text, options);
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        const nuncio_hit *hit = nuncio_hits_at(hits, i);
        used +=
            (size_t)snprintf(got + used, sizeof got - used, "%s%.*s%u", i == 0 ? "" : " ",
                             (int)hit->article.id.size, hit->article.id.data, hit->quote_ordinal);
    }
    nuncio_hits_destroy(hits);
    if (strcmp(got, expected) != 0) {
        fail_msg("%s finds %s, not %s", text, got, expected);
    }
}

static void check(const char *text, const char *expected)
{
    const nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    check_with(text, options, expected);
}

/* Five quotes of 4, 5, 1, 6 and 0 tokens. */
static double score(uint32_t df, uint32_t tf, uint32_t length)
{
    double idf = log(1.0 + (5 - df + 0.5) / (df + 0.5));
    return idf * (tf / (tf + 1.5 * (0.25 + 0.75 * length / (16.0 / 5))));
}

static void ranks_among_quotes(void **state)
{
    (void)state;
    nuncio_hits *hits = search("ships");
    assert_int_equal(nuncio_hits_count(hits), 2);
    assert_true(fabs(nuncio_hits_at(hits, 0)->score - score(2, 1, 5)) < 1e-12);
    assert_true(fabs(nuncio_hits_at(hits, 1)->score - score(2, 1, 6)) < 1e-12);
    nuncio_hits_destroy(hits);
    hits = search("grain"); /* in all three of A, of which one lies in another */
    assert_int_equal(nuncio_hits_count(hits), 2);
    assert_true(fabs(nuncio_hits_at(hits, 0)->score - score(3, 1, 4)) < 1e-12);
    nuncio_hits_destroy(hits);
}

static void reads_a_query_over_one_quote(void **state)
{
    (void)state;
    check("grain AND talk", "a0");
    check("grain NOT talk", "a1");
    check("talk ships", "a0 a1 b0");
    check("talk AND ships", "");
    check("\"is one\"", ""); /* half of it */
    check("\"one ship\"", "b0");
    check("\"treaty is\"", "b0");
    check("\"ship the\"", ""); /* over a border of passages */
    check("ship AND treaty", "b0");
    check("speaker:berg", "a0 b0");
    check("speaker:berg grain", "a0");
    check("grain date:2031-03", "a0 a1");
    check("ships date:2031-04 source:wire", "b0");
    check("ships -date:2031-04", "a1");
    check("org:ship", "b0");
    check("quote:(grain) talk^2", "a0 a1");
    check("title:grain", "");
}

static void leaves_some_out(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.direct_only = true;
    check_with("grain", options, "a2 a0"); /* what lies in reported speech comes by itself */
    check_with("speaker:lind", options, "a2");
    check("speaker:lind", "a1");
    check("-grain", "b0"); /* dots are no quote to find */
}

/* The hit shows the passage where words of the query stand in the quote, and the quote cut to it.
 */
static void shows_where_it_matched(void **state)
{
    (void)state;
    nuncio_hits *hits = search("treaty");
    const nuncio_hit *hit = nuncio_hits_at(hits, 0);
    assert_int_equal(hit->ordinal, 1);
    assert_non_null(hit->quote);
    assert_int_equal(hit->quote->flags,
                     NUNCIO_QUOTE_DIRECT | NUNCIO_QUOTE_MATCHED | NUNCIO_QUOTE_CONTINUES_BEFORE);
    assert_int_equal(hit->quote->start, 0);
    assert_int_equal(hit->quote->end, 21);
    assert_int_equal(hit->highlight_count, 1); /* the other treaty is not in the quote */
    assert_memory_equal(hit->passage.data + hit->highlights[0].start, "treaty", 6);
    nuncio_hits_destroy(hits);
    hits = search("ship");
    hit = nuncio_hits_at(hits, 1);
    assert_int_equal(hit->ordinal, 0);
    assert_int_equal(hit->quote->flags,
                     NUNCIO_QUOTE_DIRECT | NUNCIO_QUOTE_MATCHED | NUNCIO_QUOTE_CONTINUES_AFTER);
    nuncio_hits_destroy(hits);
}

static void explains(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.explain = true;
    nuncio_hits *hits = search_with("ships", options);
    nuncio_str text = nuncio_hits_at(hits, 0)->explanation;
    char copy[512];
    (void)snprintf(copy, sizeof copy, "%.*s", (int)text.size, text.data);
    assert_non_null(strstr(copy, "5 tokens, 3.2 on average; 5 quotes; k1 1.5, b 0.75\n"));
    assert_non_null(strstr(copy, " ships: weight 1 * idf "));
    text = nuncio_hits_explain_query(hits);
    (void)snprintf(copy, sizeof copy, "%.*s", (int)text.size, text.data);
    assert_non_null(strstr(copy, "5 quotes, 3.2 tokens each\n"));
    assert_non_null(strstr(copy, "ships: ship df=2 "));
    nuncio_hits_destroy(hits);
}

static void refuses_what_no_quote_can_be_asked(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_query *query = test_parse("grain PASSAGE(ships)");
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    options.by = NUNCIO_BY_QUOTE;
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, &error), NUNCIO_ERR_QUERY);
    assert_int_equal(error.offset, 6);
    assert_null(hits);
    nuncio_query_destroy(query);
}

static void adds_the_best_quote_to_a_passage(void **state)
{
    (void)state;
    nuncio_query *query = test_parse("quote:grain");
    nuncio_hits *hits = NULL;
    assert_int_equal(nuncio_search(snapshot, query, NULL, &hits, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_hits_count(hits), 2);
    assert_int_equal(nuncio_hits_at(hits, 0)->ordinal, 1); /* by the shortest quote, of one word */
    assert_true(fabs(nuncio_hits_at(hits, 0)->score - score(3, 1, 1)) < 1e-12);
    assert_true(fabs(nuncio_hits_at(hits, 1)->score - score(3, 1, 4)) < 1e-12);
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
    query = test_parse("quote:ship"); /* both passages of B have words of the quote */
    assert_int_equal(nuncio_search(snapshot, query, NULL, &hits, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_hits_count(hits), 3);
    assert_true(nuncio_hits_at(hits, 1)->score == nuncio_hits_at(hits, 2)->score);
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
}

static void check_facet(const nuncio_facets *facets, nuncio_facet_kind kind, const char *expected)
{
    char got[128] = "";
    size_t used = 0, count;
    const nuncio_facet *values = nuncio_facets_values(facets, kind, &count);
    for (size_t i = 0; i < count; i++) {
        used += (size_t)snprintf(got + used, sizeof got - used, "%s%.*s %u/%u", i == 0 ? "" : ", ",
                                 (int)values[i].value.size, values[i].value.data,
                                 (unsigned)values[i].hits, (unsigned)values[i].articles);
    }
    assert_string_equal(got, expected);
}

static void counts_facets(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_query *query = test_parse("grain ship");
    nuncio_facets *facets = NULL;
    options.by = NUNCIO_BY_QUOTE;
    assert_int_equal(nuncio_facets_count(snapshot, query, &options, NULL, &facets, NULL),
                     NUNCIO_OK);
    assert_int_equal(nuncio_facets_hits(facets), 3);
    assert_int_equal(nuncio_facets_articles(facets), 2);
    check_facet(facets, NUNCIO_FACET_SOURCE, "Wire 3/2");
    check_facet(facets, NUNCIO_FACET_YEAR, "2031 3/2");
    check_facet(facets, NUNCIO_FACET_MONTH, "2031-03 2/1, 2031-04 1/1");
    check_facet(facets, NUNCIO_FACET_SPEAKER, "Anna Berg 2/2, Ida Lind 1/1");
    check_facet(facets, NUNCIO_FACET_ENTITY, "Ship 1/1");
    nuncio_facets_destroy(facets);
    nuncio_facet_options some = NUNCIO_FACET_OPTIONS_INIT;
    some.kinds = 1u << NUNCIO_FACET_SPEAKER;
    some.limit = 1;
    assert_int_equal(nuncio_facets_count(snapshot, query, NULL, &some, &facets, NULL), NUNCIO_OK);
    check_facet(facets, NUNCIO_FACET_SPEAKER, "Anna Berg 2/2"); /* passages */
    check_facet(facets, NUNCIO_FACET_SOURCE, "");
    assert_int_equal(nuncio_facets_distinct(facets, NUNCIO_FACET_SPEAKER), 2);
    nuncio_facets_destroy(facets);
    some.kinds = 1u << NUNCIO_FACET_KINDS;
    assert_int_equal(nuncio_facets_count(snapshot, query, NULL, &some, &facets, NULL),
                     NUNCIO_ERR_ARGUMENT);
    assert_null(facets);
    nuncio_query_destroy(query);
}

/* The last test: what is left scores as if the rest had never been. */
static void forgets_deleted_quotes(void **state)
{
    (void)state;
    static const uint32_t first[] = {0};
    nuncio_snapshot_close(snapshot);
    test_archive_delete(&archive, articles, first, 1);
    snapshot = test_archive_open(&archive);
    check("grain", "");
    nuncio_hits *left = search("ship treaty");
    double kept = nuncio_hits_at(left, 0)->score;
    nuncio_hits_destroy(left);
    test_archive alone;
    test_archive_make(&alone);
    test_archive_add(&alone, articles + 1, 1);
    nuncio_snapshot *both = snapshot;
    snapshot = test_archive_open(&alone);
    left = search("ship treaty");
    assert_true(nuncio_hits_at(left, 0)->score == kept);
    nuncio_hits_destroy(left);
    nuncio_snapshot_close(snapshot);
    snapshot = both;
    test_archive_remove(&alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_among_quotes),
        cmocka_unit_test(reads_a_query_over_one_quote),
        cmocka_unit_test(leaves_some_out),
        cmocka_unit_test(shows_where_it_matched),
        cmocka_unit_test(explains),
        cmocka_unit_test(refuses_what_no_quote_can_be_asked),
        cmocka_unit_test(adds_the_best_quote_to_a_passage),
        cmocka_unit_test(counts_facets),
        cmocka_unit_test(forgets_deleted_quotes),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}
