/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: person:, place:, org:, entity:, speaker: and quote: find the passages, and the same quote
 * where they stand together. Method: articles whose annotations are worked out here from the words
 * they cover. */
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
    "Sergei Lavrov came to Geneva. \"New START is dead\", Lavrov said.\n\n"                        \
    "\"We want peace\", said Antony Blinken of the State Department.\n\n"                          \
    "New START was a treaty. \"It lives, and the treaty with it, we hope\", Blinken said. "        \
    "\"No treaty\", a US official said.\n\n"
#define TEXT_B "G\xc3\xbcnther Lavrov of Bern said \"New START again\".\n\nNothing.\n\n"

/* An annotated span, by the words it covers. */
typedef struct named {
    const char *words, *name;
    nuncio_entity_type type;
    bool quote;
} named;

static const named in_a[] = {
    {"Sergei Lavrov", "Sergei Lavrov", NUNCIO_ENTITY_PERSON, false},
    {"Geneva", "Geneva", NUNCIO_ENTITY_PLACE, false},
    {"New START is dead", "Sergei Lavrov", NUNCIO_ENTITY_PERSON, true},
    {"Lavrov said", "Sergei Lavrov", NUNCIO_ENTITY_PERSON, false},
    {"We want peace", "Antony Blinken", NUNCIO_ENTITY_PERSON, true},
    {"Antony Blinken", "Antony Blinken", NUNCIO_ENTITY_PERSON, false},
    {"State Department", "State Department", NUNCIO_ENTITY_ORGANISATION, false},
    {"It lives, and the treaty with it, we hope", "Antony Blinken", NUNCIO_ENTITY_PERSON, true},
    {"Blinken said", "Antony Blinken", NUNCIO_ENTITY_PERSON, false},
    {"No treaty", "a US official", NUNCIO_ENTITY_NONE, true},
};
static const named in_b[] = {
    {"G\xc3\xbcnther Lavrov", "G\xc3\xbcnther Lavrov", NUNCIO_ENTITY_PERSON, false},
    {"Bern", "Bern", NUNCIO_ENTITY_PLACE, false},
    {"New START again", "G\xc3\xbcnther Lavrov", NUNCIO_ENTITY_PERSON, true},
};

static nuncio_quote quotes[2][8];
static nuncio_mention mentions[2][8];
static nuncio_annotations annotations[2];

static const test_article articles[] = {
    {"a1", NULL, "Post", NULL, NULL, TEXT_A, &annotations[0]},
    {"a2", NULL, "Bund", NULL, "de", TEXT_B, &annotations[1]},
    {"a3", "Lavrov", NULL, NULL, NULL, "Peace in Geneva.\n\nLavrov and peace.\n\n", NULL},
};

static void annotate(uint32_t article, const char *text, const named *items, size_t count)
{
    nuncio_annotations *to = &annotations[article];
    for (size_t i = 0; i < count; i++) {
        const char *at = strstr(text, items[i].words);
        assert_non_null(at);
        uint32_t start = (uint32_t)(at - text);
        uint32_t end = start + (uint32_t)strlen(items[i].words);
        if (items[i].quote) {
            quotes[article][to->quote_count++] =
                (nuncio_quote){.start = start, .end = end, .speaker = nn_str_of(items[i].name)};
        } else {
            mentions[article][to->mention_count++] =
                (nuncio_mention){start, end, items[i].type, nn_str_of(items[i].name), false};
        }
    }
    to->quotes = quotes[article];
    to->mentions = mentions[article];
}

static int open_archive(void **state)
{
    (void)state;
    annotate(0, TEXT_A, in_a, sizeof in_a / sizeof *in_a);
    annotate(1, TEXT_B, in_b, sizeof in_b / sizeof *in_b);
    test_archive_make(&archive);
    test_archive_add(&archive, articles, 3);
    return test_shared_open();
}

static nuncio_hits *search(const char *text, nuncio_search_scope scope)
{
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.scope = scope;
    return test_search_text(text, &options);
}

static void check(const char *query, nuncio_search_scope scope, const char *expected)
{
    char got[128] = "";
    size_t used = 0;
    nuncio_hits *hits = search(query, scope);
    for (char article = '1'; article <= '3'; article++) {
        for (uint32_t ordinal = 0; ordinal < 4; ordinal++) {
            for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
                const nuncio_hit *hit = nuncio_hits_at(hits, i);
                if (hit->article.id.data[1] == article && hit->ordinal == ordinal) {
                    used += (size_t)snprintf(got + used, sizeof got - used, "%sa%c:%u",
                                             used > 0 ? " " : "", article, ordinal);
                }
            }
        }
    }
    nuncio_hits_destroy(hits);
    if (strcmp(got, expected) != 0) {
        fail_msg("%s finds %s, not %s", query, got, expected);
    }
}

static void finds_names(void **state)
{
    (void)state;
    check("person:Lavrov", NUNCIO_SCOPE_ARTICLE, "a1:0 a2:0");
    check("person:\"sergei lavrov\"", NUNCIO_SCOPE_ARTICLE, "a1:0");
    check("person:\"lavrov sergei\"", NUNCIO_SCOPE_ARTICLE, "");
    check("person:gunther", NUNCIO_SCOPE_ARTICLE, "a2:0");
    check("place:Lavrov", NUNCIO_SCOPE_ARTICLE, "");
    check("entity:Lavrov", NUNCIO_SCOPE_ARTICLE, "a1:0 a2:0");
    check("place:geneva", NUNCIO_SCOPE_ARTICLE, "a1:0");
    check("org:\"State Department\"", NUNCIO_SCOPE_ARTICLE, "a1:1"); /* shows where it stands */
    check("org:\"State Department\" OR place:bern", NUNCIO_SCOPE_ARTICLE, "a1:1 a2:0");
    check("-person:Lavrov", NUNCIO_SCOPE_ARTICLE, "a3:0");
    check("peace person:lavrov", NUNCIO_SCOPE_ARTICLE, "a1:1");
    check("peace -person:lavrov", NUNCIO_SCOPE_ARTICLE, "a3:0 a3:1");
    check("treaty AND place:geneva", NUNCIO_SCOPE_ARTICLE, "a1:2");
}

static void finds_names_in_passages(void **state)
{
    (void)state;
    check("person:blinken", NUNCIO_SCOPE_PASSAGE, "a1:1 a1:2");
    check("treaty person:lavrov", NUNCIO_SCOPE_PASSAGE, "");
    check("treaty PASSAGE(person:blinken -peace)", NUNCIO_SCOPE_ARTICLE, "a1:2");
    check("PASSAGE(new AND person:lavrov)", NUNCIO_SCOPE_ARTICLE, "a1:0 a2:0");
    check("peace -person:blinken", NUNCIO_SCOPE_PASSAGE, "a3:0 a3:1");
}

static void finds_speakers(void **state)
{
    (void)state;
    check("speaker:blinken", NUNCIO_SCOPE_ARTICLE, "a1:1");
    check("speaker:blinken", NUNCIO_SCOPE_PASSAGE, "a1:1 a1:2");
    check("speaker:\"us official\"", NUNCIO_SCOPE_PASSAGE, "a1:2");
    check("new speaker:lavrov", NUNCIO_SCOPE_ARTICLE, "a1:0 a1:2 a2:0");
    check("new -speaker:blinken", NUNCIO_SCOPE_ARTICLE, "a2:0");
}

static void finds_words_in_quotes(void **state)
{
    (void)state;
    check("quote:treaty", NUNCIO_SCOPE_ARTICLE, "a1:2");
    check("quote:\"new start\"", NUNCIO_SCOPE_ARTICLE, "a1:0 a2:0");
    check("quote:(treaty -no)", NUNCIO_SCOPE_ARTICLE, "a1:2");
    check("quote:(treaty AND start)", NUNCIO_SCOPE_ARTICLE, "");
    check("quote:(lives NEAR/5 treaty)", NUNCIO_SCOPE_ARTICLE, "a1:2");
    check("quote:sa*", NUNCIO_SCOPE_ARTICLE, "");
    check("peace -quote:peace", NUNCIO_SCOPE_ARTICLE, "a3:0 a3:1");
    check("-quote:(-peace)", NUNCIO_SCOPE_ARTICLE, "a3:0");
    check("PASSAGE(quote:treaty AND start)", NUNCIO_SCOPE_ARTICLE, "a1:2");
    check("quote:(-treaty)", NUNCIO_SCOPE_PASSAGE, "a1:0 a1:1 a2:0");
}

static void joins_speaker_and_quote(void **state)
{
    (void)state;
    check("speaker:Lavrov quote:\"New START\"", NUNCIO_SCOPE_ARTICLE, "a1:0 a2:0");
    check("speaker:\"sergei lavrov\" quote:\"New START\"", NUNCIO_SCOPE_ARTICLE, "a1:0");
    check("speaker:blinken quote:\"New START\"", NUNCIO_SCOPE_ARTICLE, "");
    check("speaker:blinken quote:treaty", NUNCIO_SCOPE_ARTICLE, "a1:2");
    check("speaker:blinken quote:no", NUNCIO_SCOPE_ARTICLE, "");
    check("speaker:official quote:no", NUNCIO_SCOPE_ARTICLE, "a1:2");
    check("quote:(treaty -speaker:blinken)", NUNCIO_SCOPE_ARTICLE, "a1:2");
    check("quote:(lives -speaker:blinken)", NUNCIO_SCOPE_ARTICLE, "");
}

/* Occurrences outside the quotes that fulfil it neither score nor are marked. */
static void scores_inside_quotes_only(void **state)
{
    (void)state;
    nuncio_hits *all = search("treaty", NUNCIO_SCOPE_ARTICLE);
    nuncio_hits *quoted = search("quote:treaty", NUNCIO_SCOPE_ARTICLE);
    nuncio_hits *said = search("speaker:blinken quote:treaty", NUNCIO_SCOPE_ARTICLE);
    assert_int_equal(nuncio_hits_at(all, 0)->highlight_count, 3);
    assert_int_equal(nuncio_hits_at(quoted, 0)->highlight_count, 2);
    assert_int_equal(nuncio_hits_at(said, 0)->highlight_count, 1);
    assert_true(nuncio_hits_at(all, 0)->score > nuncio_hits_at(quoted, 0)->score);
    assert_true(nuncio_hits_at(quoted, 0)->score > nuncio_hits_at(said, 0)->score);
    const nuncio_hit *hit = nuncio_hits_at(said, 0);
    assert_int_equal(hit->quote_count, 2);
    assert_true((hit->quotes[0].flags & NUNCIO_QUOTE_MATCHED) != 0);
    assert_true((hit->quotes[1].flags & NUNCIO_QUOTE_MATCHED) == 0);
    nuncio_hits_destroy(all);
    nuncio_hits_destroy(quoted);
    nuncio_hits_destroy(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_names),
        cmocka_unit_test(finds_names_in_passages),
        cmocka_unit_test(finds_speakers),
        cmocka_unit_test(finds_words_in_quotes),
        cmocka_unit_test(joins_speaker_and_quote),
        cmocka_unit_test(scores_inside_quotes_only),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}
