/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: searches find what docs/query-language.md says, in the order of docs/ranking.md.
 * Method: a small archive read by eye; each query with the hits it must have. */
#include "shared.h"

#include "query/rank/bm25.h"

#include <math.h>
#include <nuncio/search.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const test_article articles[] = {
    {"a1", "Treaty talks", "The Daily Post", "2023-03-02", NULL,
     "The minister spoke of the New START treaty and of new talks.\n\n"
     "Negotiations on the treaty start again in Geneva, the U.S.-led delegation said.\n\n"
     "Nothing else happened.",
     NULL},
    {"a2", "Visit to Kyiv", "Tass", "2023-04", NULL,
     "Lavrov's visit: the treaty is dead. Start again, he said.\n\n"
     "Turkey and turkey are two words. The Hague is a city in the hague.",
     NULL},
    {"a3", NULL, "Le Monde", "2022", "fr",
     "Les n\xc3\xa9gociations sur l'accord de Gen\xc3\xa8ve reprennent.\n\n"
     "\xc3\x87"
     "avu\xc5\x9fo\xc4\x9flu a rencontr\xc3\xa9 Lavrov.",
     NULL},
    {"a4", "Treaty", NULL, NULL, NULL, "A short note about a treaty treaty treaty.", NULL},
};

static int open_archive(void **state)
{
    (void)state;
    test_archive_make(&archive);
    test_archive_add(&archive, articles, 2);
    test_archive_add(&archive, articles + 2, 2);
    return test_shared_open();
}

/* Hits as "a1:0 a2:1" in order of id and ordinal, whatever their rank. */
static void describe_set(const nuncio_hits *hits, char *to, size_t size)
{
    size_t used = 0;
    to[0] = '\0';
    for (int article = 1; article <= 4; article++) {
        for (uint32_t ordinal = 0; ordinal < 4; ordinal++) {
            for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
                const nuncio_hit *hit = nuncio_hits_at(hits, i);
                if (hit->article.id.data[1] == '0' + article && hit->ordinal == ordinal) {
                    used += (size_t)snprintf(to + used, size - used, "%sa%d:%u",
                                             used > 0 ? " " : "", article, ordinal);
                }
            }
        }
    }
}

static void finds_with(const char *query, nuncio_search_options options, const char *expected)
{
    char got[256];
    for (uint32_t exhaustive = 0; exhaustive < 2; exhaustive++) {
        options.exhaustive = exhaustive != 0;
        options.count = true;
        nuncio_hits *hits = test_search_text(query, &options);
        describe_set(hits, got, sizeof got);
        if (strcmp(got, expected) != 0) {
            fail_msg("%s finds %s, not %s", query, got, expected);
        }
        assert_true(nuncio_hits_total_is_exact(hits));
        assert_int_equal(nuncio_hits_total(hits), nuncio_hits_count(hits));
        nuncio_hits_destroy(hits);
    }
}

static void finds(const char *query, const char *expected)
{
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    finds_with(query, options, expected);
}

static void finds_in_passages(const char *query, const char *expected)
{
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.scope = NUNCIO_SCOPE_PASSAGE;
    finds_with(query, options, expected);
}

static void finds_words_and_phrases(void **state)
{
    (void)state;
    finds("treaty", "a1:0 a1:1 a2:0 a4:0");
    finds("TREATIES", "a1:0 a1:1 a2:0 a4:0");
    finds("nowhere", "");
    finds("negotiation", "a1:1");
    finds("negociations", "a3:0");
    finds("cavusoglu", "a3:1");
    finds("\"new start\"", "a1:0");
    finds("\xe2\x80\x9cstart again\xc2\xbb", "a1:1 a2:0");
    finds("\"again start\"", "");
    finds("U.S.-led", "a1:1");
    finds("lavrov", "a2:0 a3:1");
    finds("l'accord", "a3:0");
    finds("\"talks the\"", "");
}

static void finds_forms(void **state)
{
    (void)state;
    finds("=Turkey", "a2:1");
    finds("=TURKEY", "");
    finds("='the hague'", "a2:1");
    finds("='The Hague'", "a2:1");
    finds("='The hague'", "");
    finds("negotiat*", "a1:1");
    finds("neg*", "a1:1 a3:0");
    finds("zz*", "");
    finds("treatey~", "a1:0 a1:1 a2:0 a4:0");
    finds("lvrv~2", "a2:0 a3:1");
    finds("lvrv~1", "");
}

static void finds_near(void **state)
{
    (void)state;
    finds("minister NEAR/5 start", "a1:0");
    finds("minister NEAR/4 start", "a1:0");
    finds("minister NEAR/3 start", "");
    finds("start NEAR/4 minister", "a1:0");
    finds("\"new start\" NEAR/1 \"new talks\"", "");
    finds("\"new start\" NEAR/3 \"new talks\"", "a1:0");
    finds("visit NEAR/50 lavrov", "a2:0");
    finds("treaty NEAR/1 treaty", "a4:0");
    finds("kyiv NEAR/50 lavrov", "");
}

static void finds_in_titles(void **state)
{
    (void)state;
    finds("title:treaty", "a1:0 a4:0");
    finds("title:\"treaty talks\"", "a1:0");
    finds("title:(visit kyiv)", "a2:0");
    finds("title:(visit NEAR/1 kyiv)", "a2:0");
    finds("title:lavrov", "");
    finds("title:tre*", "a1:0 a4:0");
    finds("title:=treaty", "");
    finds("title:=Treaty", "a1:0 a4:0");
}

static void combines_over_the_article(void **state)
{
    (void)state;
    finds("treaty AND geneva", "a1:0 a1:1");
    finds("+treaty +geneva", "a1:0 a1:1");
    finds("minister AND geneva", "a1:0 a1:1");
    finds("treaty -geneva", "a2:0 a4:0");
    finds("treaty AND NOT lavrov", "a1:0 a1:1 a4:0");
    finds("+lavrov treaty", "a2:0 a3:1");
    finds("minister NOT turkey", "a1:0");
    finds("(minister OR turkey) AND treaty", "a1:0 a1:1 a2:0 a2:1");
    finds("minister OR NOT treaty", "a1:0");
    finds("PASSAGE(treaty AND geneva)", "a1:1");
    finds("minister AND PASSAGE(treaty AND geneva)", "a1:0 a1:1");
    finds("PASSAGE(minister AND geneva)", "");
    finds("PASSAGE(treaty -geneva)", "a1:0 a2:0 a4:0");
}

static void combines_over_the_passage(void **state)
{
    (void)state;
    finds_in_passages("treaty AND geneva", "a1:1");
    finds_in_passages("minister AND geneva", "");
    finds_in_passages("treaty -geneva", "a1:0 a2:0 a4:0");
    finds_in_passages("+treaty new", "a1:0 a1:1 a2:0 a4:0");
    finds_in_passages("-treaty -turkey", "a1:2 a3:0 a3:1");
    finds_in_passages("source:tass", "a2:0 a2:1");
    finds_in_passages("title:visit AND lavrov", "a2:0");
}

static void filters(void **state)
{
    (void)state;
    finds("treaty source:tass", "a2:0");
    finds("treaty source:\"the daily post\"", "a1:0 a1:1");
    finds("treaty source:daily", "");
    finds("treaty (source:tass OR source:\"The Daily Post\")", "a1:0 a1:1 a2:0");
    finds("lavrov lang:fr", "a3:1");
    finds("lavrov lang:en", "a2:0");
    finds("treaty date:2023-03", "a1:0 a1:1");
    finds("treaty date:2023-04-15", "a2:0");
    finds("treaty date:..2023-03-31", "a1:0 a1:1");
    finds("lavrov date:2022-07", "a3:1");
    finds("date:2022", "a3:0");
    finds("date:2023", "a1:0 a2:0");
    finds("-treaty", "a3:0");
    finds("-date:2023", "a3:0 a4:0");
    finds("-lavrov date:2023", "a1:0");
}

static void scores_as_the_document_says(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.k1 = 1.2;
    options.b = 0.75;
    nuncio_hits *hits = test_search_text("lavrov^2", &options);
    assert_int_equal(nuncio_hits_count(hits), 2);
    nn_bm25 bm25;
    nn_norms norms = {0};
    nn_bm25_init(&bm25, 1.2, 0.75, snapshot->live_passages, snapshot->live_tokens);
    nn_bm25_tabulate(&bm25, &norms);
    const nuncio_hit *first = nuncio_hits_at(hits, 0);
    assert_int_equal(first->rank, 1);
    assert_memory_equal(first->article.id.data, "a3", 2);
    assert_true(first->score ==
                nn_bm25_contribution(2.0 * nn_bm25_idf(&bm25, 2), 1, bm25.norms[4]));
    assert_null(nuncio_hits_at(hits, 2));
    nuncio_hits_destroy(hits);
}

static void orders_equal_scores_by_id(void **state)
{
    (void)state;
    nuncio_hits *hits = test_search_text("-nowhere", NULL);
    assert_int_equal(nuncio_hits_count(hits), 4);
    for (size_t i = 0; i < 4; i++) {
        const nuncio_hit *hit = nuncio_hits_at(hits, i);
        assert_int_equal(hit->article.id.data[1], '1' + (int)i);
        assert_true(hit->score == 0.0);
    }
    nuncio_hits_destroy(hits);
}

static void ranks_articles(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.by = NUNCIO_BY_ARTICLE;
    finds_with("treaty", options, "a1:0 a2:0 a4:0");
    finds_with("turkey OR treaty", options, "a1:0 a2:1 a4:0");
    finds_with("date:2023", options, "a1:0 a2:0");
    options.scope = NUNCIO_SCOPE_PASSAGE;
    finds_with("treaty AND geneva", options, "a1:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_words_and_phrases),
        cmocka_unit_test(finds_forms),
        cmocka_unit_test(finds_near),
        cmocka_unit_test(finds_in_titles),
        cmocka_unit_test(combines_over_the_article),
        cmocka_unit_test(combines_over_the_passage),
        cmocka_unit_test(filters),
        cmocka_unit_test(scores_as_the_document_says),
        cmocka_unit_test(orders_equal_scores_by_id),
        cmocka_unit_test(ranks_articles),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}
