/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens and terms: the table of hard cases, that a text may be cut wherever a token starts, and
 * that all ways to its words find the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "support/failing_allocator.h"
#include "support/prng.h"
#include "text/analyzer.h"
#include "text/tokenizer.h"

static nn_memory memory;

typedef struct example {
    const char *language, *text;
    const char *tokens; /* printed forms between bars */
    const char *terms;
} example;

#define RSQUO "\xe2\x80\x99"
#define NBSP "\xc2\xa0"
#define THIN "\xe2\x80\x89"
#define SHY "\xc2\xad"

static const example EXAMPLES[] = {
    {"en", "The ministers met.", "The|ministers|met", "the|minist|met"},
    {"en", "Lavrov" RSQUO "s and Lavrov's", "Lavrov|and|Lavrov", "lavrov|and|lavrov"},
    {"en", "the ministers' talks", "the|ministers|talks", "the|minist|talk"},
    {"en", "O" RSQUO "Brien don't", "O" RSQUO "Brien|don't", "o'brien|don't"},
    {"en", "U.S. troops, U.S.-led", "U.S.|troops|U.S.|led", "us|troop|us|led"},
    {"en", "the U.S.'s p.m.", "the|U.S.|p.m.", "the|us|pm"},
    {"en", "U.S.Navy", "U.S.|Navy", "us|navi"},
    {"en", "G20 12-point F-16", "G20|12|point|F|16", "g20|12|point|f|16"},
    {"en", "1,000.50 3.5 1.000 1,5", "1,000.50|3.5|1.000|1,5", "1000.50|3.5|1000|1.5"},
    {"en", "1,000km 3.5bn", "1,000km|3.5bn", "1000km|3.5bn"},
    {"en", "ten" NBSP "thousand" THIN "tons", "ten|thousand|tons", "ten|thousand|ton"},
    {"en", "co" SHY "operate", "co" SHY "operate", "cooper"},
    {"en", "so-called \xe2\x80\x9csham\xe2\x80\x9d", "so|called|sham", "so|call|sham"},
    {"en", "J. F. Kennedy", "J|F|Kennedy", "j|f|kennedi"},
    {"en", "AT&T and/or", "AT|T|and|or", "at|t|and|or"},
    {"fr", "l" RSQUO "accord d'Estaing qu'il", "l|accord|d|Estaing|qu|il",
     "l|accord|d|estaing|qu|il"},
    {"tr", "2023'te", "2023'te", "2023"},
    {"fr", "aujourd'hui", "aujourd'hui", "aujourd'hui"},
    {"de",
     "Stra\xc3\x9f"
     "en \xc3\x9c"
     "bung",
     "Stra\xc3\x9f"
     "en|\xc3\x9c"
     "bung",
     "strass|ubung"},
    {"en",
     "\xc3\x87"
     "avu\xc5\x9fo\xc4\x9flu Cavusoglu",
     "\xc3\x87"
     "avu\xc5\x9fo\xc4\x9flu|Cavusoglu",
     "cavusoglu|cavusoglu"},
    {"en",
     "\xc5\x81\xc3\xb3"
     "d\xc5\xba S\xc3\xb8rlund",
     "\xc5\x81\xc3\xb3"
     "d\xc5\xba|S\xc3\xb8rlund",
     "lodz|sorlund"},
    {"tr", "\xc4\xb0stanbul'da", "\xc4\xb0stanbul'da", "istanbul"},
    {"ru", "\xd0\xbf\xd0\xb5\xd1\x80\xd0\xb5\xd0\xb3\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x80\xd1\x8b",
     "\xd0\xbf\xd0\xb5\xd1\x80\xd0\xb5\xd0\xb3\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x80\xd1\x8b",
     "\xd0\xbf\xd0\xb5\xd1\x80\xd0\xb5\xd0\xb3\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x80"},
    {"zh", "\xe5\x92\x8c\xe5\xb9\xb3G20", "\xe5\x92\x8c|\xe5\xb9\xb3|G20",
     "\xe5\x92\x8c|\xe5\xb9\xb3|g20"},
    {"en", "e\xcc\x81lan \xc3\xa9lan", "e\xcc\x81lan|\xc3\xa9lan", "elan|elan"},
    {"en", "-- \xe2\x80\x94 ... !? \xf0\x9f\x98\x80", "", ""},
};

static char *joined(const nn_analyzer *analyzer, nuncio_str text, const nn_token_list *tokens,
                    bool terms)
{
    size_t size = text.size * 4 + tokens->count * 260 + 1, at = 0;
    char *to = malloc(size);
    to[0] = '\0';
    for (size_t i = 0; i < tokens->count; i++) {
        const nn_token *token = &tokens->items[i];
        nuncio_str part = terms ? nn_analyzer_term(analyzer, token->surface)
                                : nn_str(text.data + token->start, token->end - token->start);
        at += (size_t)snprintf(to + at, size - at, "%s%.*s", i == 0 ? "" : "|", (int)part.size,
                               part.data);
    }
    return to;
}

static void test_examples(void **state)
{
    (void)state;
    nn_analyzer *analyzer = NULL;
    assert_int_equal(nn_analyzer_create(&memory, &analyzer, NULL), NUNCIO_OK);
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof EXAMPLES[0]; i++) {
        const example *given = &EXAMPLES[i];
        nn_language language;
        nn_token_list tokens = {NULL, 0, 0};
        nuncio_str text = nn_str_of(given->text);
        assert_true(nn_language_from_code(nn_str_of(given->language), &language));
        assert_int_equal(nn_analyzer_tokenize(analyzer, language, text, &tokens, NULL), NUNCIO_OK);
        char *words = joined(analyzer, text, &tokens, false);
        char *terms = joined(analyzer, text, &tokens, true);
        assert_string_equal(words, given->tokens);
        assert_string_equal(terms, given->terms);
        free(words);
        free(terms);
        nn_token_list_deinit(&tokens, &memory);
    }
    nn_analyzer_destroy(analyzer);
}

static void test_surfaces_are_analysed_once(void **state)
{
    (void)state;
    nn_analyzer *analyzer = NULL;
    nn_token_list tokens = {NULL, 0, 0};
    assert_int_equal(nn_analyzer_create(&memory, &analyzer, NULL), NUNCIO_OK);
    nuncio_str text = nn_str_of("Talks, talks and Talks: TALKS");
    assert_int_equal(nn_analyzer_tokenize(analyzer, NN_LANGUAGE_EN, text, &tokens, NULL),
                     NUNCIO_OK);
    assert_int_equal(tokens.count, 5);
    assert_int_equal(nn_analyzer_surface_count(analyzer), 4);
    assert_int_equal(tokens.items[0].surface, tokens.items[3].surface);
    uint32_t epoch = nn_analyzer_epoch(analyzer);
    nn_analyzer_reset(analyzer);
    assert_int_not_equal(nn_analyzer_epoch(analyzer), epoch);
    assert_int_equal(nn_analyzer_surface_count(analyzer), 0);
    tokens.count = 0;
    assert_int_equal(nn_analyzer_tokenize(analyzer, NN_LANGUAGE_EN, text, &tokens, NULL),
                     NUNCIO_OK);
    assert_int_equal(tokens.items[0].surface, 0);
    nn_token_list_deinit(&tokens, &memory);
    nn_analyzer_destroy(analyzer);
}

static void test_long_words(void **state)
{
    (void)state;
    enum { SIZE = 100000 };
    char *word = malloc(SIZE);
    nn_analyzer *analyzer = NULL;
    assert_int_equal(nn_analyzer_create(&memory, &analyzer, NULL), NUNCIO_OK);
    for (int step = 1; step <= 2; step++) {
        nn_token_list tokens = {NULL, 0, 0};
        for (size_t i = 0; i + 1 < SIZE; i += 2) {
            memcpy(word + i, step == 1 ? "ab" : "\xc3\xa9", 2);
        }
        assert_int_equal(
            nn_analyzer_tokenize(analyzer, NN_LANGUAGE_EN, nn_str(word, SIZE), &tokens, NULL),
            NUNCIO_OK);
        assert_int_equal(tokens.count, 1);
        assert_int_equal(tokens.items[0].end, SIZE);
        nuncio_str term = nn_analyzer_term(analyzer, 0);
        assert_true(term.size > 100 && term.size <= 255);
        nn_token_list_deinit(&tokens, &memory);
        nn_analyzer_reset(analyzer);
    }
    nn_analyzer_destroy(analyzer);
    free(word);
}

static const char *const PIECES[] = {"a",
                                     "B",
                                     "U.S.",
                                     "s",
                                     "'",
                                     RSQUO,
                                     "'s",
                                     "l'",
                                     ("d" RSQUO),
                                     " ",
                                     "  ",
                                     "\n",
                                     ".",
                                     ",",
                                     "-",
                                     "1",
                                     "23",
                                     "456",
                                     "1,000",
                                     "3.5",
                                     "\xc3\xa9",
                                     "e\xcc\x81",
                                     "\xcc\x81",
                                     SHY,
                                     "\xe2\x80\x8d",
                                     "\xe5\x92\x8c",
                                     "\xe0\xb8\x81",
                                     "qu",
                                     "word",
                                     "Talks",
                                     "\xd0\xb9",
                                     "\xf0\x9f\x98\x80",
                                     "\"",
                                     "\xe2\x80\x9c",
                                     "p.m.",
                                     "A.B",
                                     "km",
                                     NBSP};

static size_t random_text(test_prng *prng, char *to, size_t max)
{
    size_t size = 0;
    uint64_t count = test_prng_below(prng, 30);
    for (uint64_t i = 0; i < count; i++) {
        const char *piece = PIECES[test_prng_below(prng, sizeof PIECES / sizeof PIECES[0])];
        if (size + strlen(piece) < max) {
            memcpy(to + size, piece, strlen(piece));
            size += strlen(piece);
        }
    }
    return size;
}

/* Cut where a token starts, both sides give the tokens that the whole gives. */
static void test_cuts(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(2));
    nn_analyzer *analyzer = NULL;
    assert_int_equal(nn_analyzer_create(&memory, &analyzer, NULL), NUNCIO_OK);
    nn_token_list whole = {NULL, 0, 0}, parts = {NULL, 0, 0};
    for (int round = 0; round < 30000; round++) {
        char text[512];
        size_t size = random_text(&prng, text, sizeof text);
        whole.count = 0;
        assert_int_equal(nn_analyzer_tokenize(analyzer, 1, nn_str(text, size), &whole, NULL), 0);
        if (whole.count == 0) {
            continue;
        }
        size_t at = (size_t)test_prng_below(&prng, whole.count);
        uint32_t cut = whole.items[at].start;
        char *left = malloc((size_t)cut + 1), *right = malloc(size - cut);
        memcpy(left, text, cut);
        memcpy(right, text + cut, size - cut);
        parts.count = 0;
        assert_int_equal(nn_analyzer_tokenize(analyzer, 1, nn_str(left, cut), &parts, NULL), 0);
        size_t split = parts.count;
        assert_int_equal(nn_analyzer_tokenize(analyzer, 1, nn_str(right, size - cut), &parts, NULL),
                         0);
        bool same = parts.count == whole.count && split == at;
        for (size_t i = 0; same && i < whole.count; i++) {
            uint32_t shift = i < split ? 0 : cut;
            same = parts.items[i].start + shift == whole.items[i].start &&
                   parts.items[i].end + shift == whole.items[i].end &&
                   parts.items[i].surface == whole.items[i].surface;
        }
        if (!same) {
            fail_msg("seed %llu: '%.*s' cut at %u", (unsigned long long)prng.seed, (int)size, text,
                     cut);
        }
        free(left);
        free(right);
    }
    nn_token_list_deinit(&whole, &memory);
    nn_token_list_deinit(&parts, &memory);
    nn_analyzer_destroy(analyzer);
}

/* Words of a text as the rules have them, one by one. */
static size_t words_by_rule(nuncio_str text, nn_word *words)
{
    size_t count = 0;
    for (uint32_t from = 0; nn_tokenizer_next(text, from, &words[count]); count++) {
        from = words[count].next;
    }
    return count;
}

static void expect_words(nn_byte_classifier *classify, nuncio_str text, test_prng *prng)
{
    nn_word words[512];
    nn_token token[7];
    size_t count = words_by_rule(text, words), at = 0;
    uint32_t max = 1 + (uint32_t)test_prng_below(prng, 7), read = max;
    for (uint32_t from = 0; read == max;) { /* in batches */
        read = nn_tokenizer_words(classify, text, &from, token, max);
        for (uint32_t i = 0; i < read; i++, at++) {
            assert_true(at < count);
            assert_int_equal(token[i].start, words[at].start);
            assert_int_equal(token[i].end, words[at].end);
        }
    }
    assert_int_equal(at, count);
    nn_text_walk walk; /* passing over some */
    nn_text_walk_begin(&walk, classify, text);
    for (at = 0;; at++) {
        uint32_t passed = (uint32_t)test_prng_below(prng, 1 + test_prng_below(prng, 25));
        bool found = nn_text_walk_next(&walk, passed, token);
        at += passed;
        assert_int_equal(found, at < count);
        if (!found) {
            break;
        }
        assert_int_equal(token->start, words[at].start);
        assert_int_equal(token->end, words[at].end);
    }
    assert_false(nn_text_walk_next(&walk, 0, token));
}

/* Read from the bits of 64 bytes or by the rules alone, words are the same. */
static void test_walks_agree(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(3));
    for (int round = 0; round < 30000; round++) {
        char text[512];
        size_t size = 0;
        for (uint64_t i = test_prng_below(&prng, 4); i < 4; i++) {
            size += random_text(&prng, text + size, sizeof text - size);
        }
        char *exact = malloc(size > 0 ? size : 1); /* so that a byte too many is seen */
        memcpy(exact, text, size);
        expect_words(nn_byte_classes_portable, nn_str(exact, size), &prng);
        expect_words(nn_byte_classifier_best(), nn_str(exact, size), &prng);
        free(exact);
    }
}

static nuncio_status analyse_once(const nuncio_allocator *allocator)
{
    nn_memory own;
    nn_memory_init(&own, allocator, 0);
    nn_analyzer *analyzer = NULL;
    nn_token_list tokens = {NULL, 0, 0};
    nuncio_status status = nn_analyzer_create(&own, &analyzer, NULL);
    for (size_t i = 0; status == NUNCIO_OK && i < sizeof EXAMPLES / sizeof EXAMPLES[0]; i++) {
        status = nn_analyzer_tokenize(analyzer, NN_LANGUAGE_FR, nn_str_of(EXAMPLES[i].text),
                                      &tokens, NULL);
    }
    nn_token_list_deinit(&tokens, &own);
    nn_analyzer_destroy(analyzer);
    return status;
}

static void test_each_allocation_fails(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        test_allocator failing;
        test_allocator_init(&failing, n);
        nuncio_status status = analyse_once(&failing.allocator);
        test_allocator_check(&failing);
        if (!failing.failed) {
            assert_int_equal(status, NUNCIO_OK);
            assert_true(n > 10);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
    }
}

static nuncio_status fingerprint_body(void *context, const nuncio_allocator *allocator,
                                      nuncio_error *error)
{
    const uint64_t *expected = context;
    uint64_t found = 0;
    nn_memory own;
    nn_memory_init(&own, allocator, 0);
    nuncio_status status = nn_analyzer_fingerprint(&own, &found, error);
    assert_true(status != NUNCIO_OK || found == *expected);
    return status;
}

static void test_fingerprint(void **state)
{
    (void)state;
    uint64_t first, second;
    size_t used = memory.used;
    assert_int_equal(nn_analyzer_fingerprint(&memory, &first, NULL), NUNCIO_OK);
    assert_int_equal(nn_analyzer_fingerprint(&memory, &second, NULL), NUNCIO_OK);
    assert_true(first == second);
    assert_int_equal(memory.used, used);
    assert_true(test_allocator_sweep(fingerprint_body, &first, false) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),    cmocka_unit_test(test_surfaces_are_analysed_once),
        cmocka_unit_test(test_long_words),  cmocka_unit_test(test_cuts),
        cmocka_unit_test(test_walks_agree), cmocka_unit_test(test_each_allocation_fails),
        cmocka_unit_test(test_fingerprint),
    };
    nn_memory_init(&memory, NULL, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
