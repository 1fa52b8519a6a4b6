/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a name typed one way finds every way it was printed and nobody else, whatever segments hold
 * which article, and names as typed come first. Method: articles of one mention each, written in
 * several cuts and orders. */
#include "archive.h"

#include "core/str.h"

#include <nuncio/search.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { P = NUNCIO_ENTITY_PERSON, L = NUNCIO_ENTITY_PLACE, N = NUNCIO_ENTITY_NATIONALITY };
enum { O = NUNCIO_ENTITY_ORGANISATION, E = NUNCIO_ENTITY_EVENT };

/* Article `id` says only the name. */
static const struct {
    const char *id, *name;
    int type;
} said[] = {
    {"a", "Sergei Lavrov", P},
    {"b", "Sergey V. Lavrov", P},
    {"c", "S. Lavrov", P},
    {"d", "Lavrov", P},
    {"e", "G\xc3\xbcnther Mueller", P},
    {"f", "Maria M\xc3\xbcller", P},
    {"g", "M\xc3\xbcller", P},
    {"h", "Kiev", L},
    {"i", "Kyiv", L},
    {"j", "Kyiv Oblast", L},
    {"k", "Russia", L},
    {"l", "Russians", N},
    {"m", "North Karsovian Transport Office", O},
    {"n", "NKTO", O},
    {"o", "Department of Wool", O},
    {"p", "Wool Department", O},
    {"q",
     "\xd0\x92\xd0\xbb\xd0\xb0\xd0\xb4\xd0\xb8\xd0\xbc\xd0\xb8\xd1\x80 \xd0\x9b\xd0\xb0\xd0\xb2"
     "\xd1\x80\xd0\xbe\xd0\xb2",
     P}, /* Владимир Лавров */
    {"r", "George H. Bush", P},
    {"s", "George W. Bush", P},
    {"t", "George Bush", P},
    {"u", "Muammar al-Gaddafi", P},
    {"v", "Moammar Kadhafi", P},
    {"w", "Zhou Enlai", P},
    {"x", "Zhou En-lai", P},
    {"y", "Enlai Zhou", P},
    {"z", "Zhou", P},
    {"A", "C. Douglas Dillon", P},
    {"B", "Douglas Dillon", P},
    {"C", "DILLON", P},
    {"D", "Amb. Dillon", P},
    {"E", "Wen Ho Lee", P},
    {"F", "Fred Oblov", P},
    {"G", "Frederick Oblov", P},
    {"H", "Eva Tellmann", P},
    {"I", "Otto Tellmann", P},
    {"J", "Tellmann", P},
    {"K", "TELLMANN", P},
    {"L", "King Tellmann", P},
    {"M", "Tolvars", N},
    {"N", "Tolvar", N},
    {"O", "Washington", L},
    {"P", "D.C.", L},
    {"Q", "Houthis", O},
    {"R", "Houthi", N},
    {"S", "Serhij Tellmann", P},
};
enum { COUNT = sizeof said / sizeof *said };

static nuncio_mention mentions[COUNT];
static nuncio_quote quotes[COUNT];
static nuncio_annotations annotations[COUNT];
static test_article articles[COUNT];

static void prepare(void)
{
    for (size_t i = 0; i < COUNT; i++) {
        uint32_t size = (uint32_t)strlen(said[i].name);
        mentions[i] = (nuncio_mention){0, size, (nuncio_entity_type)said[i].type,
                                       nn_str_of(said[i].name), false};
        quotes[i] = (nuncio_quote){.end = size,
                                   .speaker = nn_str_of(said[i].name),
                                   .speaker_type = (nuncio_entity_type)said[i].type};
        annotations[i] = (nuncio_annotations){&quotes[i], 1, &mentions[i], 1};
        articles[i] =
            (test_article){said[i].id, NULL, NULL, NULL, NULL, said[i].name, &annotations[i]};
    }
}

static nuncio_variants variants;

/* The ids found. A search that explains itself lists forms, which others do without. */
static void find(const nuncio_snapshot *snapshot, const char *text, bool explain,
                 char got[COUNT + 1])
{
    nuncio_query *query = NULL;
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.variants = variants;
    options.hits_max = COUNT;
    options.explain = explain;
    if (nuncio_query_parse(nn_str_of(text), 0, NULL, &query, &error) != NUNCIO_OK ||
        nuncio_search(snapshot, query, &options, &hits, &error) != NUNCIO_OK) {
        fail_msg("%s: %s", text, error.message);
    }
    memset(got, 0, COUNT + 1);
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        got[i] = nuncio_hits_at(hits, i)->article.id.data[0];
    }
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
}

static void check(const nuncio_snapshot *snapshot, const char *text, const char *expected)
{
    char got[COUNT + 1], explained[COUNT + 1];
    find(snapshot, text, false, got);
    find(snapshot, text, true, explained);
    if (strcmp(got, expected) != 0 || strcmp(explained, expected) != 0) {
        fail_msg("%s finds %s (explained %s), not %s", text, got, explained, expected);
    }
}

static void check_all(const nuncio_snapshot *snapshot)
{
    variants = NUNCIO_VARIANTS_NAMES;
    check(snapshot, "person:\"Sergey Lavrov\"", "abc"); /* d may be q */
    check(snapshot, "person:\"Sergei Lavrov\"", "abc");
    check(snapshot, "person:\"Sergej Lawrow\"", "abc");
    check(snapshot, "speaker:\"Sergey Lavrov\"", "abc");
    check(snapshot, "person:\"Serhij Lavrov\"", "abc");
    check(snapshot, "person:\"Sergey Tellmann\"", "S");
    check(snapshot, "person:\"Vladimir Lavrov\"", "q");
    check(snapshot, "person:Lavrov", "abcdq");
    check(snapshot, "person:\"Maria Mueller\"", "f");
    check(snapshot, "person:M\xc3\xbcller", "fge"); /* as typed comes first */
    check(snapshot, "place:Kyiv", "ijh");
    check(snapshot, "place:Kiev", "hi");
    check(snapshot, "place:Russia", "kl");
    check(snapshot, "entity:Russian", "kl");
    check(snapshot, "entity:Tolvar", "NM");
    check(snapshot, "entity:Tolvars", "MN");
    check(snapshot, "place:\"Washington, D.C.\"", "OP");
    check(snapshot, "org:Houthis", "QR"); /* an organisation and who is of it */
    check(snapshot, "entity:Houthi", "RQ");
    check(snapshot, "org:\"Ansar Allah\"", "QR");
    check(snapshot, "org:NKTO", "nm");
    check(snapshot, "org:\"North Karsovian Transport Office\"", "mn");
    check(snapshot, "org:\"Department of Wool\"", "op");
    check(snapshot, "person:\"George Bush\"", "trs");
    check(snapshot, "person:\"George W. Bush\"", "s");
    check(snapshot, "person:\"Muammar Qaddafi\"", "uv");
    check(snapshot, "person:\"Zhou Enlai\"", "wxyz"); /* whichever name comes first */
    check(snapshot, "person:\"Enlai Zhou\"", "ywxz");
    check(snapshot, "person:\"Douglas Dillon\"", "ABCD"); /* who goes by the second name */
    check(snapshot, "person:\"Ho Lee\"", "E");
    check(snapshot, "person:\"Fred Oblov\"", "FG");
    check(snapshot, "person:\"Eva Tellmann\"", "H"); /* J, K and L may be either */
    check(snapshot, "entity:\"Sergey Lavrov\" -person:\"Sergei Lavrov\"", "");
    variants = NUNCIO_VARIANTS_OFF;
    check(snapshot, "person:\"Sergey Lavrov\"", "");
    check(snapshot, "person:\"Sergei Lavrov\"", "a");
    check(snapshot, "person:lavrov", "abcd");
    check(snapshot, "place:Kyiv", "ij");
    check(snapshot, "place:Russia", "k");
}

static void finds_every_form(void **state)
{
    (void)state;
    static const size_t cuts[] = {COUNT, 1, 5, 9};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        test_archive archive;
        test_archive_make(&archive);
        for (size_t first = 0; first < COUNT; first += cuts[i]) {
            size_t left = COUNT - first;
            test_archive_add(&archive, &articles[first], left < cuts[i] ? left : cuts[i]);
        }
        nuncio_snapshot *snapshot = test_archive_open(&archive);
        check_all(snapshot);
        nuncio_snapshot_close(snapshot);
        test_archive_remove(&archive);
    }
}

static void order_of_arrival_says_nothing(void **state)
{
    (void)state;
    test_article turned[COUNT];
    test_archive archive;
    for (size_t i = 0; i < COUNT; i++) {
        turned[i] = articles[COUNT - 1 - i];
    }
    test_archive_make(&archive);
    test_archive_add(&archive, turned, 7);
    test_archive_add(&archive, turned + 7, COUNT - 7);
    nuncio_snapshot *snapshot = test_archive_open(&archive);
    check_all(snapshot);
    nuncio_snapshot_close(snapshot);
    test_archive_remove(&archive);
}

/* Once nobody else can be meant, the surname alone is his; deleted articles count no more. */
static void only_the_live_archive_counts(void **state)
{
    (void)state;
    test_archive archive;
    test_archive_make(&archive);
    test_archive_add(&archive, articles, COUNT);
    static const uint32_t gone[] = {16}; /* Владимир Лавров */
    test_archive_delete(&archive, articles, gone, 1);
    nuncio_snapshot *snapshot = test_archive_open(&archive);
    variants = NUNCIO_VARIANTS_NAMES;
    check(snapshot, "person:\"Sergey Lavrov\"", "abcd");
    check(snapshot, "person:\"Vladimir Lavrov\"", "");
    nuncio_snapshot_close(snapshot);
    test_archive_remove(&archive);
}

static void explains_forms(void **state)
{
    (void)state;
    test_archive archive;
    test_archive_make(&archive);
    test_archive_add(&archive, articles, COUNT);
    nuncio_snapshot *snapshot = test_archive_open(&archive);
    nuncio_query *query = NULL;
    nuncio_hits *hits = NULL;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.explain = true;
    assert_int_equal(nuncio_query_parse(nn_str_of("place:Kyiv"), 0, NULL, &query, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, NULL), NUNCIO_OK);
    nuncio_str text = nuncio_hits_explain_query(hits);
    char copy[512];
    snprintf(copy, sizeof copy, "%.*s", (int)text.size, text.data);
    assert_non_null(strstr(copy, "\nplace:Kyiv: Kyiv 1 | Kyiv Oblast 1 | ~Kiev 1\n"));
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
    nuncio_snapshot_close(snapshot);
    test_archive_remove(&archive);
}

/* Ten thousand characters in a name and as many words in a value are looked at once. */
static void long_names_are_names(void **state)
{
    (void)state;
    static char name[10001], value[10032];
    memset(name, 'x', sizeof name - 1);
    for (size_t i = 1; i < 5000; i++) {
        name[i * 2] = i % 2 == 0 ? ' ' : 'A';
    }
    nuncio_mention mention = {0, 10000, NUNCIO_ENTITY_PERSON, nn_str(name, 10000), false};
    nuncio_annotations found = {NULL, 0, &mention, 1};
    const test_article one = {"a", NULL, NULL, NULL, NULL, "words", &found};
    test_archive archive;
    mention.end = 5;
    test_archive_make(&archive);
    test_archive_add(&archive, &one, 1);
    nuncio_snapshot *snapshot = test_archive_open(&archive);
    variants = NUNCIO_VARIANTS_NAMES;
    check(snapshot, "person:xAx", "a");
    snprintf(value, sizeof value, "person:\"%.40s\"", name);
    check(snapshot, value, "a");
    snprintf(value, sizeof value, "person:\"%.1000s\"", name);
    check(snapshot, value, "a"); /* the first NN_NAME_WORDS_MAX words are looked at */
    nuncio_snapshot_close(snapshot);
    test_archive_remove(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_form),
        cmocka_unit_test(order_of_arrival_says_nothing),
        cmocka_unit_test(only_the_live_archive_counts),
        cmocka_unit_test(explains_forms),
        cmocka_unit_test(long_names_are_names),
    };
    prepare();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
