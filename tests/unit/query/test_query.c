/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: queries are understood as docs/query-language.md says, refused where it says so, and what
 * explain prints is read the same way again. Method: pairs of query and canonical text; queries
 * with the byte and status of their refusal; random queries for the round trip; every allocation
 * refused once. */
#include "query/limits.h"
#include "support/failing_allocator.h"
#include "support/prng.h"

#include <nuncio/query.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static nuncio_str str(const char *text)
{
    return (nuncio_str){text, strlen(text)};
}

static void check_flags(const char *text, uint32_t flags, const char *expected)
{
    nuncio_query *query = NULL;
    nuncio_error error = {0};
    nuncio_status status = nuncio_query_parse(str(text), flags, NULL, &query, &error);
    if (status != NUNCIO_OK) {
        fail_msg("%s: %s", text, error.message);
    }
    nuncio_str explain = nuncio_query_explain(query);
    if (explain.size != strlen(expected) || memcmp(explain.data, expected, explain.size) != 0) {
        fail_msg("%s is read as %.*s, not %s", text, (int)explain.size, explain.data, expected);
    }
    nuncio_query_destroy(query);
}

static void check(const char *text, const char *expected)
{
    check_flags(text, 0, expected);
    check_flags(expected, 0, expected);
}

static void refused(const char *text, size_t offset, const char *word)
{
    nuncio_query *query = NULL;
    nuncio_error error = {0};
    nuncio_status status = nuncio_query_parse(str(text), 0, NULL, &query, &error);
    if (status != NUNCIO_ERR_QUERY || error.offset != offset ||
        strstr(error.message, word) == NULL) {
        fail_msg("%s: status %d at byte %u: %s", text, (int)status, (unsigned)error.offset,
                 error.message);
    }
    assert_null(query);
}

static void reads_lists(void **state)
{
    (void)state;
    check("lavrov", "lavrov");
    check("lavrov visit", "(lavrov OR visit)");
    check("a b OR c", "(a OR b OR c)");
    check("a AND b c", "((a AND b) OR c)");
    check("a AND b OR c AND d", "((a AND b) OR (c AND d))");
    check("(a OR b) AND (c d)", "((a OR b) AND (c OR d))");
    check("a AND (b AND c)", "(a AND (b AND c))");
    check("+a b -c", "(+a -c b)");
    check("+a +b", "(a AND b)");
    check("+a -b", "(a AND NOT b)");
    check("+(a b) c", "(+(a OR b) c)");
    check("a -b NOT c", "(a AND NOT b AND NOT c)");
    check("-a", "NOT a");
    check("-a -b", "(NOT a AND NOT b)");
    check("-(a b)", "NOT (a OR b)");
    check("a AND -b", "(a AND NOT b)");
    check("-a AND b", "(NOT a AND b)");
    check("NOT a OR b", "(NOT a OR b)");
    check("NOT (NOT a)", "NOT (NOT a)");
    check("+(NOT a) b", "(+(NOT a) b)");
    check("+(NOT a) -c b", "(+(NOT a) -c b)");
    check("((a))", "a");
    check("a PASSAGE(b AND c)", "(a OR PASSAGE(b AND c))");
    check("PASSAGE(b)", "PASSAGE(b)");
    check("PASSAGE(+a b)", "PASSAGE(+a b)");
}

static void reads_filters(void **state)
{
    (void)state;
    check("a b date:2023", "((a OR b) AND date:2023)");
    check("a (source:x OR source:\"the times\")", "(a AND (source:x OR source:\"the times\"))");
    check("a source:x OR source:y", "(a AND (source:x OR source:y))");
    check("+a source:x b", "(+a +source:x b)");
    check("source:x -a", "(source:x AND NOT a)");
    check("lang:EN a", "(a AND lang:en)");
    check("date:2023-03..2023-06", "date:2023-03..2023-06");
    check("date:..2023-06-30", "date:..2023-06-30");
    check("date:2023-06-30..", "date:2023-06-30..");
    check("date:2023..2023", "date:2023");
    check("person:Lavrov org:\"United Nations\" place:kyiv entity:x",
          "(person:Lavrov AND org:\"United Nations\" AND place:kyiv AND entity:x)");
    check("a (NOT b)", "(a AND NOT b)");
    check("date:2023^2 a", "(a AND date:2023)");
}

static void reads_leaves(void **state)
{
    (void)state;
    check("\"New START\" treaty", "(\"New START\" OR treaty)");
    check("U.S.-led", "\"U.S. led\"");
    check("Lavrov's", "Lavrov");
    check("\"lavrov\"", "lavrov");
    check("\"AND\" \"PASSAGE\"", "(\"AND\" OR \"PASSAGE\")");
    check("d'Estaing", "\"d Estaing\"");
    check("O\xe2\x80\x99"
          "Brien",
          "O\xe2\x80\x99"
          "Brien");
    check("\xe5\x92\x8c\xe5\xb9\xb3", "\"\xe5\x92\x8c \xe5\xb9\xb3\"");
    check("N\xc3\xa9go* \xc3\x87"
          "avu\xc5\x9fo\xc4\x9flu~",
          "(nego* OR cavusoglu~1)");
    check("='New START' =Turkey =\"the Hague\"", "(='New START' OR ='Turkey' OR ='the Hague')");
    check("a NEAR/5 \"b c\"", "(a NEAR/5 \"b c\")");
    check("ab* NEAR/50 =C", "(ab* NEAR/50 ='C')");
    check("x (a NEAR/1 b)^2", "(x OR (a NEAR/1 b)^2)");
    check("title:lavrov title:(a \"b c\" -d ef* (g NEAR/2 h))",
          "(title:lavrov OR ((title:a OR title:\"b c\" OR title:ef* OR title:(g NEAR/2 h)) AND NOT "
          "title:d))");
    check("1,000.50 G20 12-point", "(1,000.50 OR G20 OR \"12 point\")");
}

static void reads_weights(void **state)
{
    (void)state;
    check("a^2 b^0.50 (c d)^1000", "(a^2 OR b^0.5 OR (c OR d)^1000)");
    check("(a^2)^3", "(a^2)^3");
    check("a^2.000001", "a^2.000001");
    check("a^0 b", "(a^0 OR b)");
    check("+a^2.50 -b^3 c", "(+a^2.5 -b^3 c)");
    check("PASSAGE(a^2)^3", "PASSAGE(a^2)^3");
}

static void binds_speakers_to_quotes(void **state)
{
    (void)state;
    check("speaker:Lavrov quote:\"New START\"", "quote:(speaker:Lavrov AND \"New START\")");
    check("speaker:Lavrov AND quote:(a b)", "quote:(speaker:Lavrov AND (a OR b))");
    check("speaker:L quote:a b", "((quote:(speaker:L AND a) OR b) AND speaker:L)");
    check("+speaker:L quote:a", "(+speaker:L quote:(speaker:L AND a))");
    check("speaker:L +quote:a b", "(+quote:(speaker:L AND a) b)");
    check("speaker:A quote:(speaker:B x)", "(quote:(x AND speaker:B) AND speaker:A)");
    check("speaker:A -quote:x", "(speaker:A AND NOT quote:(x))");
    check("(speaker:A OR speaker:B) quote:x", "(quote:(x) AND (speaker:A OR speaker:B))");
    check("quote:speaker", "quote:(speaker)");
    refused("speaker:A speaker:B quote:x", 10, "one speaker");
}

static void reads_plain_queries(void **state)
{
    (void)state;
    check_flags("a -b \"c AND (", NUNCIO_QUERY_PLAIN, "(a OR b OR c OR \"AND\")");
    check_flags("U.S.-led title:x", NUNCIO_QUERY_PLAIN, "(U.S. OR led OR title OR x)");
    check_flags("=word*^2", NUNCIO_QUERY_PLAIN, "(word OR 2)");
    nuncio_query *query = NULL;
    nuncio_error error = {0};
    assert_int_equal(nuncio_query_parse(str("?!"), NUNCIO_QUERY_PLAIN, NULL, &query, &error),
                     NUNCIO_ERR_QUERY);
    assert_int_equal(nuncio_query_parse(str("a"), 2, NULL, &query, &error), NUNCIO_ERR_ARGUMENT);
}

static void refuses_with_a_place_and_a_reason(void **state)
{
    (void)state;
    refused("", 0, "no word");
    refused("   ", 3, "no word");
    refused("()", 1, "missing");
    refused("a (b", 2, "never closed");
    refused("a b)", 3, "never opened");
    refused("PASSAGE(a", 0, "never closed");
    refused("a AND", 5, "missing");
    refused("AND a", 0, "operator");
    refused("a OR OR b", 5, "operator");
    refused("a NOT NOT b", 6, "operator");
    refused("+a AND b", 0, "brackets");
    refused("a AND +b", 6, "+ and -");
    refused("+-a", 1, "+ and -");
    refused("a NEAR/3", 8, "right side");
    refused("NEAR/3 a", 0, "NEAR");
    refused("a NEAR/3 b NEAR/3 c", 11, "chained");
    refused("a NEAR/3 (b c)", 9, "right side");
    refused("(a b) NEAR/3 c", 6, "NEAR");
    refused("title:a NEAR/3 b", 6, "brackets");
    refused("a \xe2\x80\x93 b", 2, "no letter");
    refused("\"...\"", 0, "no letter");
    refused("\"\"", 0, "no word");
    refused("a*", 0, "2 letters");
    refused("a~", 0, "2 letters");
    refused("\xc3\xa9*", 0, "2 letters"); /* one letter of two bytes */
    refused("new-st*", 0, "more than one");
    refused("a^1001", 1, "0 to 1000");
    refused("a^0.1234567", 1, "decimals");
    refused("a^1000.5", 1, "0 to 1000");
    refused("a^.5", 1, "number");
    refused("a^1.", 1, "number");
    refused("a^1.2.3", 1, "number");
    refused("date:", 4, "value");
    refused("date:..", 5, "date");
    refused("date:yesterday", 5, "date");
    refused("date:2023-02-30", 5, "date");
    refused("date:2023..2022", 5, "ends before");
    refused("date:2023..x", 11, "date");
    refused("date:x..2023", 5, "date");
    refused("date:2023.03", 5, "date");
    refused("date:2023-03-02T10:00", 5, "date");
    refused("source:(a b)", 7, "phrase");
    refused("source:-a", 7, "phrase");
    refused("lang:\"a b\"", 5, "language");
    refused("lang:\"\"", 5, "language");
    refused("lang:abcdefghijklmnopqrstuvwxyzabcdefghij", 5, "language"); /* of 36 bytes */
    refused("lang:en_GB", 5, "language");
    refused("lang:{", 5, "language");
    refused("title:(a source:b)", 9, "inside");
    refused("title:(PASSAGE(a))", 7, "inside");
    refused("PASSAGE(PASSAGE(a))", 8, "inside");
    refused("quote:(person:a)", 7, "inside");
    refused("quote:(title:a)", 7, "inside");
    refused("title:+a", 6, "bracket");
}

static char *repeated(const char *piece, size_t count, const char *tail)
{
    size_t size = strlen(piece);
    char *text = malloc(size * count + strlen(tail) + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + i * size, piece, size);
    }
    memcpy(text + size * count, tail, strlen(tail) + 1);
    return text;
}

static void over_limit(char *text, const char *word)
{
    nuncio_query *query = NULL;
    nuncio_error error = {0};
    assert_int_equal(nuncio_query_parse(str(text), 0, NULL, &query, &error), NUNCIO_ERR_LIMIT);
    assert_non_null(strstr(error.message, word));
    assert_int_equal(nuncio_query_parse(str(text), 0, NULL, &query, NULL), NUNCIO_ERR_LIMIT);
    free(text);
}

static void within_limit(char *text)
{
    nuncio_query *query = NULL;
    nuncio_error error = {0};
    if (nuncio_query_parse(str(text), 0, NULL, &query, &error) != NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    nuncio_query_destroy(query);
    free(text);
}

static void holds_its_limits(void **state)
{
    (void)state;
    within_limit(repeated("word ", NN_QUERY_LEAVES_MAX, ""));
    over_limit(repeated("word ", NN_QUERY_LEAVES_MAX + 1, ""), "1024 words");
    over_limit(repeated("word ", 10000, ""), "1024 words");
    over_limit(repeated("date:2023 ", NN_QUERY_LEAVES_MAX + 1, ""), "1024");
    over_limit(repeated("\"a b c d e f g h i j\" ", 103, ""), "1024 words");
    over_limit(repeated("a", NN_QUERY_BYTES_MAX + 1, ""), "bytes");
    within_limit(repeated("a", NN_QUERY_BYTES_MAX, ""));
    over_limit(repeated("(", NN_QUERY_DEPTH_MAX + 1, "a"), "deep");
    over_limit(repeated("(", 100000, "a"), "deep");
    char *deep = repeated("(", NN_QUERY_DEPTH_MAX, "a");
    char *close = repeated(")", NN_QUERY_DEPTH_MAX, "");
    deep = realloc(deep, strlen(deep) + strlen(close) + 1);
    assert_non_null(deep);
    strcat(deep, close);
    free(close);
    within_limit(deep);
}

/* Random text made of pieces that mean something to the parser. */
static void random_query(test_prng *prng, char *to, size_t size)
{
    static const char *const pieces[] = {"a",
                                         "Lavrov",
                                         "\"new start\"",
                                         "U.S.-led",
                                         "ab*",
                                         "kyiv~2",
                                         "='X y'",
                                         "(",
                                         ")",
                                         " AND ",
                                         " OR ",
                                         " NOT ",
                                         " ",
                                         " +",
                                         " -",
                                         "^2.5",
                                         "^0",
                                         " NEAR/3 ",
                                         "PASSAGE(",
                                         "title:",
                                         "title:(",
                                         "quote:",
                                         "quote:(",
                                         "speaker:",
                                         "date:2023..",
                                         "source:",
                                         "person:",
                                         "lang:en",
                                         "\xe2\x80\x9c",
                                         "d'E",
                                         "AND",
                                         "="};
    size_t used = 0;
    uint64_t count = 1 + test_prng_below(prng, 14);
    for (uint64_t i = 0; i < count; i++) {
        const char *piece = pieces[test_prng_below(prng, sizeof pieces / sizeof *pieces)];
        if (used + strlen(piece) + 1 < size) {
            memcpy(to + used, piece, strlen(piece));
            used += strlen(piece);
        }
    }
    to[used] = '\0';
}

static void explains_what_it_reads_again(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(77));
    uint32_t parsed = 0;
    for (uint32_t round = 0; round < 60000; round++) {
        char text[512];
        random_query(&prng, text, sizeof text);
        nuncio_query *query;
        nuncio_error error = {0};
        nuncio_status status = nuncio_query_parse(str(text), 0, NULL, &query, &error);
        if (status != NUNCIO_OK) {
            assert_int_equal(status, NUNCIO_ERR_QUERY);
            assert_true(error.offset <= strlen(text));
            continue;
        }
        parsed++;
        nuncio_str first = nuncio_query_explain(query);
        nuncio_query *again;
        if (nuncio_query_parse(first, 0, NULL, &again, &error) != NUNCIO_OK) {
            fail_msg("%s gives %.*s: %s", text, (int)first.size, first.data, error.message);
        }
        nuncio_str second = nuncio_query_explain(again);
        if (first.size != second.size || memcmp(first.data, second.data, first.size) != 0) {
            fail_msg("%s gives %.*s, then %.*s", text, (int)first.size, first.data,
                     (int)second.size, second.data);
        }
        nuncio_query_destroy(again);
        nuncio_query_destroy(query);
    }
    print_message("%u of 60000 random queries were well formed\n", parsed);
    assert_true(parsed > 2000);
}

static void survives_every_refused_allocation(void **state)
{
    (void)state;
    static const char text[] =
        "+lavrov \"new start\"^2 -draft title:(a b) (x NEAR/4 y) nego* =\"Y Z\" source:tass "
        "PASSAGE(kyiv AND visit) speaker:b quote:(k l) date:2023..2024";
    for (uint64_t n = 1;; n++) {
        test_allocator memory;
        test_allocator_init(&memory, n);
        nuncio_query *query;
        nuncio_error error = {0};
        nuncio_status status = nuncio_query_parse(str(text), 0, &memory.allocator, &query, &error);
        if (status == NUNCIO_OK) {
            nuncio_query_destroy(query);
            test_allocator_check(&memory);
            assert_false(memory.failed);
            assert_true(n > 5);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
        assert_null(query);
        test_allocator_check(&memory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_lists),
        cmocka_unit_test(reads_filters),
        cmocka_unit_test(reads_leaves),
        cmocka_unit_test(reads_weights),
        cmocka_unit_test(binds_speakers_to_quotes),
        cmocka_unit_test(reads_plain_queries),
        cmocka_unit_test(refuses_with_a_place_and_a_reason),
        cmocka_unit_test(holds_its_limits),
        cmocka_unit_test(explains_what_it_reads_again),
        cmocka_unit_test(survives_every_refused_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
