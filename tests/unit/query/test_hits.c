/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a hit carries its article, its place, exactly the marks that made its score, and the quotes
 * and names around them. Method: a small archive; marks are compared as text with brackets: [term],
 * {phrase}. */
#include "shared.h"

#include "core/str.h"

#include <nuncio/search.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEXT_A                                                                                     \
    "Sergei Lavrov met the negotiators. \xe2\x80\x9cNew START talks, new start of talks,\xe2\x80"  \
    "\x9d he said.\n\n"                                                                            \
    "\xe2\x80\x9cThe talks go on\xe2\x80\x9d, said Lavrov\xe2\x80\x99s aide in Geneva.\n\n"

static nuncio_quote quotes[] = {
    {.start = 38,
     .end = 75,
     .speaker_start = 0,
     .speaker_end = 13,
     .flags = NUNCIO_QUOTE_DIRECT,
     .confidence = 0.5F,
     .speaker = {"Sergei Lavrov", 13}},
    {.start = 80, .end = 110, .speaker_start = 0, .speaker_end = 13},
};
static const nuncio_mention mentions[] = {
    {0, 13, NUNCIO_ENTITY_PERSON, {"Sergei Lavrov", 13}, false},
    {115, 121, NUNCIO_ENTITY_PERSON, {"Sergei Lavrov", 13}, false},
};
static const nuncio_annotations annotations = {quotes, 2, mentions, 2};

static const test_article articles[] = {
    {"a1", "Talks of Lavrov", "Post", "2023-03-02", NULL, TEXT_A, &annotations},
    {"a2", "Other talks", NULL, NULL, "fr", "Les talks.", NULL},
};

static int open_archive(void **state)
{
    (void)state;
    test_archive_make(&archive);
    test_archive_add(&archive, articles, 2);
    return test_shared_open();
}

static nuncio_status try_search(const char *text, const nuncio_search_options *options,
                                nuncio_hits **hits, nuncio_error *error)
{
    nuncio_query *query = NULL;
    nuncio_status status = nuncio_query_parse(nn_str_of(text), 0, NULL, &query, error);
    if (status == NUNCIO_OK) {
        status = nuncio_search(snapshot, query, options, hits, error);
        nuncio_query_destroy(query);
    }
    return status;
}

static const nuncio_hit *hit_of(const nuncio_hits *hits, const char *id, uint32_t ordinal)
{
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        const nuncio_hit *hit = nuncio_hits_at(hits, i);
        if (nn_str_equal(hit->article.id, nn_str_of(id)) && hit->ordinal == ordinal) {
            return hit;
        }
    }
    fail_msg("no hit %s:%u", id, ordinal);
    return NULL;
}

/* Writes the marked ranges of a text: [term] {phrase}. */
static void describe_marks(nuncio_str text, const nuncio_highlight *marks, size_t count, char *to,
                           size_t size)
{
    size_t used = 0;
    to[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        assert_true(marks[i].start < marks[i].end && marks[i].end <= text.size);
        assert_true(i == 0 || marks[i].start >= marks[i - 1].end);
        bool phrase = marks[i].kind == NUNCIO_HIGHLIGHT_PHRASE;
        used += (size_t)snprintf(to + used, size - used, "%s%.*s%s", phrase ? "{" : "[",
                                 (int)(marks[i].end - marks[i].start), text.data + marks[i].start,
                                 phrase ? "}" : "]");
    }
}

static void marks(const char *query, uint32_t ordinal, const char *text, const char *title)
{
    char got[512];
    nuncio_hits *hits = test_search_text(query, NULL);
    const nuncio_hit *hit = hit_of(hits, "a1", ordinal);
    describe_marks(hit->passage, hit->highlights, hit->highlight_count, got, sizeof got);
    if (strcmp(got, text) != 0) {
        fail_msg("%s marks %s, not %s", query, got, text);
    }
    describe_marks(hit->article.title, hit->title_highlights, hit->title_highlight_count, got,
                   sizeof got);
    if (strcmp(got, title) != 0) {
        fail_msg("%s marks %s in the title, not %s", query, got, title);
    }
    nuncio_hits_destroy(hits);
}

static void marks_what_matched(void **state)
{
    (void)state;
    marks("lavrov", 0, "[Lavrov]", "[Lavrov]");
    marks("lavrov", 1, "[Lavrov]", "[Lavrov]"); /* not the possessive */
    marks("negotiator talk", 0, "[negotiators][talks][talks]", "[Talks]");
    marks("\"new start\"", 0, "{New START}{new start}", "");
    marks("\"new start talks\" talks", 0, "{New START talks}[talks]", "[Talks]");
    marks("\"new start\" \"start talks\"", 0, "{New START talks}{new start}", "");
    marks("='New START'", 0, "{New START}", "");
    marks("neg* =Lavrov", 0, "[Lavrov][negotiators]", "[Lavrov]");
    marks("lavrof~", 0, "[Lavrov]", "[Lavrov]");
    marks("lavrov -nowhere talks OR start", 0, "[Lavrov][START][talks][start][talks]",
          "[Talks][Lavrov]");
}

static void marks_near_on_both_sides(void **state)
{
    (void)state;
    marks("sergei NEAR/2 met", 0, "{Sergei}{met}", "");
    marks("\"start of\" NEAR/1 talks", 0, "{talks}{start of}{talks}", "");
    marks("talks NEAR/1 lavrov", 0, "", "{Talks}{Lavrov}");
}

static void marks_what_its_scope_lets_score(void **state)
{
    (void)state;
    marks("geneva PASSAGE(talks AND negotiators)", 0, "[negotiators][talks][talks]", "[Talks]");
    marks("geneva PASSAGE(talks AND negotiators)", 1, "[Geneva]", "[Talks]");
    marks("title:talks", 0, "", "[Talks]");
    marks("title:talks geneva", 1, "[Geneva]", "[Talks]");
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.scope = NUNCIO_SCOPE_PASSAGE;
    nuncio_hits *hits = test_search_text("geneva AND talks", &options);
    const nuncio_hit *hit = hit_of(hits, "a1", 1);
    assert_int_equal(hit->title_highlight_count, 0); /* the first passage is no hit */
    assert_int_equal(hit->highlight_count, 2);
    nuncio_hits_destroy(hits);
}

static void carries_its_article(void **state)
{
    (void)state;
    nuncio_hits *hits = test_search_text("talks", NULL);
    const nuncio_hit *hit = hit_of(hits, "a1", 1);
    assert_true(nn_str_equal(hit->article.title, nn_str_of("Talks of Lavrov")));
    assert_true(nn_str_equal(hit->article.source, nn_str_of("Post")));
    assert_true(nn_str_equal(hit->article.lang, nn_str_of("en")));
    assert_null(hit->article.url.data);
    assert_null(hit->article.text.data);
    assert_int_equal(hit->article.date.day, 2);
    assert_true(nn_str_equal(hit->passage, nn_str(&TEXT_A[hit->start], hit->end - hit->start)));
    assert_null(hit->explanation.data);
    assert_true(nn_str_equal(hit_of(hits, "a2", 0)->article.lang, nn_str_of("fr")));
    nuncio_hits_destroy(hits);
}

static void clips_quotes_and_names(void **state)
{
    (void)state;
    nuncio_hits *hits = test_search_text("start geneva", NULL);
    const nuncio_hit *first = hit_of(hits, "a1", 0);
    const nuncio_hit *second = hit_of(hits, "a1", 1);
    assert_int_equal(first->quote_count, 2);
    assert_int_equal(first->quotes[0].start, 38);
    assert_int_equal(first->quotes[0].flags, NUNCIO_QUOTE_DIRECT | NUNCIO_QUOTE_MATCHED);
    assert_int_equal(first->quotes[0].speaker_end, 13);
    assert_int_equal(first->quotes[1].end, first->passage.size);
    assert_int_equal(first->quotes[1].flags, NUNCIO_QUOTE_CONTINUES_AFTER);
    assert_int_equal(second->quote_count, 1);
    assert_int_equal(second->quotes[0].start, 0);
    assert_int_equal(second->quotes[0].end, 110 - second->start);
    assert_int_equal(second->quotes[0].flags, NUNCIO_QUOTE_CONTINUES_BEFORE);
    assert_int_equal(second->quotes[0].speaker_end, 0); /* named in the passage before */
    assert_int_equal(first->mention_count, 1);
    assert_int_equal(second->mention_count, 1);
    assert_int_equal(second->mentions[0].start, 115 - second->start);
    assert_false(second->mentions[0].matched);
    nuncio_hits_destroy(hits);
    hits = test_search_text("sergei", NULL);
    assert_true(hit_of(hits, "a1", 0)->mentions[0].matched);
    nuncio_hits_destroy(hits);
}

static void leaves_texts_out_when_asked(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.no_highlights = true;
    nuncio_hits *hits = test_search_text("talks", &options);
    const nuncio_hit *hit = nuncio_hits_at(hits, 0);
    assert_null(hit->passage.data);
    assert_int_equal(hit->highlight_count + hit->quote_count + hit->title_highlight_count, 0);
    assert_true(hit->article.id.size == 2);
    nuncio_hits_destroy(hits);
}

static void does_without_stored_text(void **state)
{
    (void)state;
    test_archive bare;
    test_archive_make(&bare);
    bare.no_text = true;
    test_archive_add(&bare, articles, 1);
    nuncio_snapshot *kept = snapshot;
    snapshot = test_archive_open(&bare);
    nuncio_hits *hits = test_search_text("talks", NULL);
    assert_null(nuncio_hits_at(hits, 0)->passage.data);
    assert_int_equal(nuncio_hits_at(hits, 0)->title_highlight_count, 1);
    nuncio_hits_destroy(hits);
    nuncio_error error = {0};
    assert_int_equal(try_search("quote:sergei", NULL, &hits, &error), NUNCIO_OK);
    assert_int_equal(nuncio_hits_count(hits), 0);
    nuncio_hits_destroy(hits);
    nuncio_search_options by_quote = NUNCIO_SEARCH_OPTIONS_INIT;
    by_quote.by = NUNCIO_BY_QUOTE;
    assert_int_equal(try_search("talks", &by_quote, &hits, &error), NUNCIO_OK);
    assert_true(nuncio_hits_count(hits) > 0);
    assert_non_null(nuncio_hits_at(hits, 0)->quote);
    nuncio_hits_destroy(hits);
    nuncio_snapshot_close(snapshot);
    snapshot = kept;
    test_archive_remove(&bare);
}

static bool contains(nuncio_str text, const char *part)
{
    char copy[2048];
    snprintf(copy, sizeof copy, "%.*s", (int)text.size, text.data);
    return strstr(copy, part) != NULL;
}

static void explains(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.explain = true;
    nuncio_hits *hits = test_search_text("talk^2 \"new start\" -nowhere", &options);
    const nuncio_hit *hit = hit_of(hits, "a1", 0);
    assert_true(contains(hit->explanation, "talk: weight 2 * idf "));
    assert_true(contains(hit->explanation, "\"new start\": weight 1 * idf "));
    assert_true(contains(hit->explanation, "* tf 2 / (2 + "));
    assert_true(contains(hit->explanation, "k1 1.5, b 0.75"));
    nuncio_str query = nuncio_hits_explain_query(hits);
    assert_true(contains(query, "((talk^2 OR \"new start\") AND NOT nowhere)\n"));
    assert_true(contains(query, "talk: talk df=3 "));
    assert_true(contains(query, "nowhere: not scored\n"));
    nuncio_hits_destroy(hits);
    options.by = NUNCIO_BY_ARTICLE;
    hits = test_search_text("talk", &options);
    assert_true(contains(nuncio_hits_at(hits, 0)->explanation, "2 articles"));
    assert_true(contains(hit_of(hits, "a1", 0)->explanation, "tf 4 / "));
    nuncio_hits_destroy(hits);
}

static void refuses_options_out_of_range(void **state)
{
    (void)state;
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    for (uint32_t i = 0; i < 8; i++) {
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.hits_max = i == 0 ? 10001 : 10;
        options.k1 = i == 1 ? -0.1 : i == 2 ? (double)INFINITY : 1.0;
        options.b = i == 3 ? 1.1 : i == 4 ? -0.1 : 0.5;
        options.by = i == 5 ? (nuncio_search_unit)7 : NUNCIO_BY_PASSAGE;
        options.scope = i == 6 ? (nuncio_search_scope)7 : NUNCIO_SCOPE_ARTICLE;
        options.struct_size = i == 7 ? 3 : sizeof options;
        assert_int_equal(try_search("a", &options, &hits, &error), NUNCIO_ERR_ARGUMENT);
        assert_null(hits);
    }
}

static void counts_without_hits(void **state)
{
    (void)state;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.hits_max = 0;
    nuncio_hits *hits = test_search_text("talks", &options);
    assert_int_equal(nuncio_hits_count(hits), 0);
    assert_int_equal(nuncio_hits_total(hits), 3);
    assert_true(nuncio_hits_total_is_exact(hits));
    assert_null(nuncio_hits_after(hits).data);
    nuncio_hits_destroy(hits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_what_matched),
        cmocka_unit_test(marks_near_on_both_sides),
        cmocka_unit_test(marks_what_its_scope_lets_score),
        cmocka_unit_test(carries_its_article),
        cmocka_unit_test(clips_quotes_and_names),
        cmocka_unit_test(leaves_texts_out_when_asked),
        cmocka_unit_test(does_without_stored_text),
        cmocka_unit_test(explains),
        cmocka_unit_test(refuses_options_out_of_range),
        cmocka_unit_test(counts_without_hits),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}
