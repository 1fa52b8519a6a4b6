/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: every character that means something is read as docs/query-language.md says, and refused
 * where it means nothing. Method: queries with the lexemes they must give, and with the byte at
 * which they must be refused. */
#include "query/language/lexer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static nuncio_str str(const char *text)
{
    return (nuncio_str){text, strlen(text)};
}

static const char *const kind_names[] = {"end",   "word",  "prefix", "fuzzy", "phrase",  "exact",
                                         "field", "dates", "(",      ")",     "PASSAGE", "+",
                                         "-",     "AND",   "OR",     "NOT",   "NEAR",    "^"};

/* Writes the lexemes of a query as "kind[text]number …", or "error@offset". */
static void describe(const char *query, char *to, size_t size)
{
    nn_lexer lexer;
    nuncio_error error = {0};
    size_t used = 0;
    to[0] = '\0';
    nuncio_status status = nn_lexer_init(&lexer, str(query), &error);
    while (status == NUNCIO_OK) {
        nn_lexeme lexeme;
        status = nn_lexer_next(&lexer, &lexeme, &error);
        if (status != NUNCIO_OK || lexeme.kind == NN_LEXEME_END) {
            break;
        }
        assert_true(lexeme.end > lexeme.offset);
        assert_int_equal(lexeme.end, lexer.offset);
        used += (size_t)snprintf(to + used, size - used, "%s%s", used > 0 ? " " : "",
                                 kind_names[lexeme.kind]);
        if (lexeme.text.size > 0 && lexeme.kind != NN_LEXEME_OPEN &&
            lexeme.kind != NN_LEXEME_CLOSE) {
            used += (size_t)snprintf(to + used, size - used, "[%.*s]", (int)lexeme.text.size,
                                     lexeme.text.data);
        }
        if (lexeme.number > 0) {
            used += (size_t)snprintf(to + used, size - used, "%u", lexeme.number);
        }
    }
    if (status != NUNCIO_OK) {
        assert_int_equal(status, NUNCIO_ERR_QUERY);
        assert_true(strlen(error.message) > 10);
        snprintf(to + used, size - used, "%serror@%u", used > 0 ? " " : "", (unsigned)error.offset);
    }
}

static void check(const char *query, const char *expected)
{
    char got[1024];
    describe(query, got, sizeof got);
    assert_string_equal(got, expected);
}

static void reads_words_and_marks(void **state)
{
    (void)state;
    check("", "");
    check(" \t\xc2\xa0\xe3\x80\x80 ", "");
    check("lavrov visit", "word[lavrov] word[visit]");
    check("U.S.-led C++ AT&T", "word[U.S.-led] word[C++] word[AT&T]");
    check("+a -b NOT c", "+[+] word[a] -[-] word[b] NOT[NOT] word[c]");
    check("a AND(b OR c)", "word[a] AND[AND] ( word[b] OR[OR] word[c] )");
    check("and Or NEAR PASSAGE", "word[and] word[Or] word[NEAR] word[PASSAGE]");
    check("PASSAGE(a)", "PASSAGE[PASSAGE] word[a] )");
    check("PASSAGE", "word[PASSAGE]");
    check("PASSAGE  ", "word[PASSAGE]");
    check("PASSAGE a", "word[PASSAGE] word[a]");
    check("negotiat* lavrov~ lavrov~2", "prefix[negotiat] fuzzy[lavrov]1 fuzzy[lavrov]2");
    check("a NEAR/5 b", "word[a] NEAR[NEAR/5]5 word[b]");
    check("a^2 (b)^0.5", "word[a] ^[2] ( word[b] ) ^[0.5]");
    check("12:30 :x a:b", "word[12:30] word[:x] error@9");
}

static void reads_quote_marks_in_any_pairing(void **state)
{
    (void)state;
    check("\"new start\"", "phrase[new start]");
    check("\xe2\x80\x9cnew start\xe2\x80\x9d", "phrase[new start]");
    check("\xe2\x80\x9enew start\xe2\x80\x9c", "phrase[new start]");
    check("\xc2\xabnew start\xc2\xbb", "phrase[new start]");
    check("\xe2\x80\x9dnew start\"", "phrase[new start]");
    check("say\"new start\"now", "word[say] phrase[new start] word[now]");
    check("don\xe2\x80\x99t O'Brien", "word[don\xe2\x80\x99t] word[O'Brien]");
    check("\"Lavrov\xe2\x80\x99s visit\"", "phrase[Lavrov\xe2\x80\x99s visit]");
    check("\"\"", "phrase");
}

static void reads_exact_words(void **state)
{
    (void)state;
    check("=Turkey", "exact[Turkey]");
    check("='New START'", "exact[New START]");
    check("='don't go' x", "exact[don't go] word[x]");
    check("=\"New START\"", "exact[New START]");
    check("(='a')", "( exact[a] )");
    check("a=b", "word[a=b]");
}

static void reads_fields(void **state)
{
    (void)state;
    check("title:lavrov", "field[title] word[lavrov]");
    check("title:(a b)", "field[title] ( word[a] word[b] )");
    check("source:\"The Times\"", "field[source] phrase[The Times]");
    check("date:2023-03..2023-06 x", "dates[2023-03..2023-06] word[x]");
    check("(date:..2023)", "( dates[..2023] )");
    check("speaker:x person:x place:x org:x entity:x quote:x lang:x",
          "field[speaker] word[x] field[person] word[x] field[place] word[x] field[org] word[x] "
          "field[entity] word[x] field[quote] word[x] field[lang] word[x]");
}

static void refuses_what_means_nothing(void **state)
{
    (void)state;
    check("a \"b c", "word[a] error@2");
    check("\xe2\x80\x9cnew", "error@0");
    check("='a b", "error@1");
    check("= a", "error@0");
    check("=\xe2\x80\x98"
          "a\xe2\x80\x99",
          "error@1");
    check("=\xe2\x80\x99"
          "a",
          "error@1");
    check("=a*", "error@2");
    check("a - b", "word[a] error@2");
    check("a +", "word[a] error@2");
    check("(a -)", "( word[a] error@3");
    check("*a", "error@0");
    check("a*b", "error@1");
    check("~a", "error@0");
    check("a~3", "error@1");
    check("a~0", "error@1");
    check("a~/", "error@1");
    check("a~12", "error@1");
    check("\"a*\"", "error@2");
    check("a ^2", "word[a] error@2");
    check("a^", "word[a] error@1");
    check("a^x", "word[a] error@1");
    check("a^2x", "word[a] error@3");
    check("a^2^3", "word[a] error@3");
    check("a NEAR/ b", "word[a] error@7");
    check("a NEAR/0 b", "word[a] error@7");
    check("a NEAR/51 b", "word[a] error@7");
    check("a NEAR/99999999999999999999 b", "word[a] error@7");
    check("a NEAR/x b", "word[a] error@7");
    check("a NEAR/5x b", "word[a] error@7");
    check("PASSAGE (a)", "error@7");
    check("colour:red", "error@0");
    check("Title:a", "error@0");
    check("title: a", "error@5");
    check("title:", "error@5");
    check("a \xff", "error@2");
    check("a \xe2\x80", "error@2");
}

/* All that is white space, and its neighbours that are not. */
static void knows_white_space(void **state)
{
    (void)state;
    static const char *const spaces[] = {"\t",           "\n",           "\v",
                                         "\f",           "\r",           " ",
                                         "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80",
                                         "\xe2\x80\x80", "\xe2\x80\x85", "\xe2\x80\x8a",
                                         "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf",
                                         "\xe2\x81\x9f", "\xe3\x80\x80"};
    static const char *const others[] = {"\x08",         "\x0e",         "\xc2\x84",
                                         "\xc2\xa1",     "\xe1\x9a\x81", "\xe1\xbf\xbf",
                                         "\xe2\x80\x8b", "\xe2\x80\xa7", "\xe2\x80\xae",
                                         "\xe2\x81\xa0", "\xe3\x80\x81", "\xef\xbf\xbd"};
    char query[16], expected[32];
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        snprintf(query, sizeof query, "a%sb", spaces[i]);
        check(query, "word[a] word[b]");
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        snprintf(query, sizeof query, "a%sb", others[i]);
        snprintf(expected, sizeof expected, "word[%s]", query);
        check(query, expected);
    }
}

static void says_no_to_who_does_not_listen(void **state)
{
    (void)state;
    nn_lexer lexer;
    nn_lexeme lexeme;
    assert_int_equal(nn_lexer_init(&lexer, str("a^"), NULL), NUNCIO_OK);
    assert_int_equal(nn_lexer_next(&lexer, &lexeme, NULL), NUNCIO_OK);
    assert_int_equal(nn_lexer_next(&lexer, &lexeme, NULL), NUNCIO_ERR_QUERY);
    assert_int_equal(nn_lexer_init(&lexer, str("\xff"), NULL), NUNCIO_ERR_QUERY);
}

static void refuses_a_nul(void **state)
{
    (void)state;
    nn_lexer lexer;
    nuncio_error error = {0};
    nuncio_str query = {"a\0b", 3};
    assert_int_equal(nn_lexer_init(&lexer, query, &error), NUNCIO_ERR_QUERY);
    assert_int_equal(error.offset, 1);
}

static void cuts_excerpts_at_characters(void **state)
{
    (void)state;
    char text[64];
    for (size_t i = 0; i < 60; i += 2) {
        memcpy(text + 1 + i, "\xc3\xa9", 2);
    }
    text[0] = 'x';
    assert_int_equal(nn_query_excerpt((nuncio_str){text, 61}), 39);
    assert_int_equal(nn_query_excerpt((nuncio_str){text, 5}), 5);
    assert_int_equal(nn_query_excerpt((nuncio_str){text, 0}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_words_and_marks),
        cmocka_unit_test(reads_quote_marks_in_any_pairing),
        cmocka_unit_test(reads_exact_words),
        cmocka_unit_test(reads_fields),
        cmocka_unit_test(refuses_what_means_nothing),
        cmocka_unit_test(knows_white_space),
        cmocka_unit_test(says_no_to_who_does_not_listen),
        cmocka_unit_test(refuses_a_nul),
        cmocka_unit_test(cuts_excerpts_at_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
