/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: passages of articles that hold all of some words are the same ones with the same scores,
 * whether articles are looked at along the rarest word or one by one. Method: articles of one
 * passage to several blocks of them, in two segments, of which one has deleted articles; words from
 * one in two passages to one in two thousand, that keep company in some articles; random lists of
 * them, each searched pruned and exhaustively, for few hits and for more than there are. */
#include "shared.h"

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
    ARTICLES = 2600, /* of a segment */
    SEGMENTS = 2,
    WORDS = 12, /* word n stands in 0.5 · 2^-n of the passages */
    ABOUT = 48, /* topics, of which those that are words make them likely */
    LONG = 400, /* passages of a long article */
    PASSAGE_MAX = 96,
    DELETED = 40, /* articles of the second segment */
    QUERIES = 500
};

static test_article articles[SEGMENTS * ARTICLES];
static char *texts;
static char ids[SEGMENTS * ARTICLES][16];
static uint64_t searched, further; /* segments, and passes along other words than the rarest */

static size_t write_passage(test_prng *prng, uint32_t about, char *to)
{
    size_t used = 0;
    double chance = 0.5;
    for (uint32_t word = 0; word < WORDS; word++, chance *= 0.5) {
        bool likely = word == about || word == about + 2;
        uint32_t times = test_prng_unit(prng) < (likely ? 0.3 : chance) ? 1 : 0;
        while (times > 0 && times < 4 && test_prng_chance(prng, 20)) {
            times++;
        }
        for (uint32_t i = 0; i < times && used + 8 < PASSAGE_MAX; i++) {
            used += (size_t)sprintf(to + used, "w%u ", word);
        }
    }
    return used + (size_t)sprintf(to + used, "end.\n\n");
}

static int open_archive(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(95));
    size_t room = (size_t)SEGMENTS * ARTICLES * 8 * PASSAGE_MAX;
    texts = malloc(room);
    assert_non_null(texts);
    test_archive_make(&archive);
    for (size_t i = 0, used = 0; i < (size_t)SEGMENTS * ARTICLES; i++) {
        bool is_long = i % 1000 == 500;
        uint64_t passages = is_long ? LONG : 1 + test_prng_below(&prng, 5);
        uint32_t about = (uint32_t)test_prng_below(&prng, ABOUT);
        articles[i] = (test_article){.id = ids[i], .text = texts + used};
        sprintf(ids[i], "id%05u", (unsigned)(i * 7919 % 100000));
        for (; passages > 0; passages--) {
            used += write_passage(&prng, about, texts + used);
        }
        texts[used++] = '\0';
        assert_true(used + (size_t)LONG * PASSAGE_MAX < room);
    }
    for (uint32_t segment = 0; segment < SEGMENTS; segment++) {
        test_archive_add(&archive, articles + (size_t)segment * ARTICLES, ARTICLES);
    }
    uint32_t deleted[DELETED];
    for (uint32_t i = 0; i < DELETED; i++) {
        deleted[i] = i * (ARTICLES / DELETED) + (uint32_t)test_prng_below(&prng, 50);
    }
    test_archive_delete(&archive, articles + (size_t)(SEGMENTS - 1) * ARTICLES, deleted, DELETED);
    return test_shared_open();
}

static int close_archive(void **state)
{
    free(texts);
    return test_shared_close(state);
}

static void write_query(test_prng *prng, char *to)
{
    size_t used = 0;
    for (uint64_t left = 2 + test_prng_below(prng, 3); left > 0; left--) {
        uint32_t word = (uint32_t)test_prng_below(prng, WORDS);
        const char *weight = test_prng_chance(prng, 15)  ? "^3.5"
                             : test_prng_chance(prng, 5) ? "^0"
                                                         : "";
        used += (size_t)sprintf(to + used, "+w%u%s ", word, weight);
    }
}

static void articles_are_found_along_the_rarest_word(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {1, 10, 10, 100, 2000};
    test_prng prng = test_prng_of(test_seed(95));
    for (uint64_t round = 0; round < test_rounds(QUERIES, UINT64_C(20) * QUERIES); round++) {
        char text[256];
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.hits_max = sizes[test_prng_below(&prng, sizeof sizes / sizeof sizes[0])];
        options.no_highlights = true;
        write_query(&prng, text);
        nuncio_query *query = test_parse(text);
        nn_trail trail = test_search_trail(query, &options);
        searched += trail.company;
        further += trail.further;
        if (round % test_step(4) == 0) {
            nuncio_hits_destroy(test_search_compared(query, options));
        }
        nuncio_query_destroy(query);
    }
    print_message("segments %u, further passes %u\n", (unsigned)searched, (unsigned)further);
    assert_true(searched > 2 * QUERIES * 8 / 10);
    assert_true(further > searched / 4 && further < 2 * searched); /* one to three a segment */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(articles_are_found_along_the_rarest_word),
    };
    return cmocka_run_group_tests(tests, open_archive, close_archive);
}
