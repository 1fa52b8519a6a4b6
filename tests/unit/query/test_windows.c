/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: what is skipped, and where, cannot be seen in the ten best, and every way to skip is taken.
 * Method: an archive long enough for many windows, in which words are common and rare, lists have
 * blocks wider and narrower than a window, and words come in bursts, so that bounds differ from
 * place to place; random lists of words and phrases, optional and required, with and without
 * filters that leave much or little, together or all over, each searched pruned and exhaustively.
 */
#include "shared.h"

#include "core/str.h"
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

enum { ARTICLES = 20000, PARAGRAPHS = 6, WORDS = 16, TEXT_MAX = 1200, QUERIES = 1500 };

static test_article articles[ARTICLES];
static char (*texts)[TEXT_MAX];
static char ids[ARTICLES][16];
static char dates[ARTICLES][16];
static nn_trail trail; /* of all searches */

/* What the passages of a stretch are about. */
typedef struct topic {
    uint32_t left; /* passages */
    uint32_t words[3];
} topic;

static void next_topic(test_prng *prng, topic *about)
{
    about->left = 10 + (uint32_t)test_prng_below(prng, test_prng_chance(prng, 30) ? 3000 : 200);
    for (uint32_t i = 0; i < 3; i++) {
        about->words[i] = (uint32_t)test_prng_below(prng, WORDS);
    }
}

/* Word n stands in 0.2 · 0.66^n of the passages, far more often where they are about it. */
static double chance_of(const topic *about, uint32_t word)
{
    double chance = 0.2;
    for (uint32_t i = 0; i < word; i++) {
        chance *= 0.66;
    }
    for (uint32_t i = 0; i < 3; i++) {
        chance = about->words[i] == word ? chance * 30.0 : chance;
    }
    return chance < 0.7 ? chance : 0.7;
}

static size_t write_paragraph(test_prng *prng, const topic *about, char *to)
{
    size_t used = 0;
    for (uint32_t word = 0; word < WORDS; word++) {
        uint32_t times = test_prng_unit(prng) < chance_of(about, word) ? 1 : 0;
        while (times > 0 && times < 6 && test_prng_chance(prng, 25)) {
            times++;
        }
        for (uint32_t i = 0; i < times; i++) {
            used += (size_t)sprintf(to + used, "w%u ", word);
        }
    }
    for (uint64_t fill = test_prng_below(prng, 6); fill > 0; fill--) {
        used += (size_t)sprintf(to + used, "filler ");
    }
    return used + (size_t)sprintf(to + used, ".\n\n");
}

/* Dates ascend as they do in an archive; some articles have but a year or a month, or none. */
static void write_date(test_prng *prng, uint32_t number, char *to)
{
    uint32_t day = number / 10 + (uint32_t)test_prng_below(prng, 20);
    uint64_t kind = test_prng_below(prng, 20);
    int size = sprintf(to, "%04u-%02u-%02u", 1960 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
    size = kind == 0 ? 0 : kind == 1 ? 4 : kind == 2 ? 7 : size;
    to[size] = '\0';
}

static int open_archive(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(6));
    topic about = {0};
    texts = calloc(ARTICLES, sizeof *texts);
    assert_non_null(texts);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        size_t used = 0;
        for (uint32_t p = 0; p < PARAGRAPHS; p++) {
            if (about.left-- == 0) {
                next_topic(&prng, &about);
            }
            used += write_paragraph(&prng, &about, texts[i] + used);
        }
        sprintf(ids[i], "id%05u", i * 7919u % 100000u);
        static const char *const sources[] = {"Wire", "Gazette", "Pigeon Post", NULL};
        write_date(&prng, i, dates[i]);
        uint64_t source = test_prng_below(&prng, 3 + (i / 2000 % 3 == 0));
        articles[i] = (test_article){.id = ids[i],
                                     .text = texts[i],
                                     .date = dates[i][0] == '\0' ? NULL : dates[i],
                                     .source = sources[source],
                                     .lang = i % 997 == 0 ? "fr" : NULL};
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

static void write_query(test_prng *prng, char *to)
{
    size_t used = 0;
    uint64_t leaves = 1 + test_prng_below(prng, 5);
    uint64_t shape = test_prng_below(prng, 10);
    for (uint64_t i = 0; i < leaves; i++) {
        uint32_t word = (uint32_t)test_prng_below(prng, WORDS);
        const char *sign = shape < 6 ? "" : shape < 8 || i == 0 ? "+" : "";
        if (test_prng_chance(prng, 10)) {
            used += (size_t)sprintf(to + used, "%s\"w%u w%u\" ", sign, word, word + 1);
        } else {
            used += (size_t)sprintf(to + used, "%sw%u ", sign, word);
        }
    }
}

/* Adds a filter to a query. */
static void write_filter(test_prng *prng, char *to)
{
    static const char *const others[] = {"source:\"pigeon post\"",
                                         "source:wire",
                                         "lang:fr",
                                         "lang:en",
                                         "-lang:en",
                                         "-source:wire",
                                         "-date:1963",
                                         "source:gazette date:1962",
                                         "date:1961..1964",
                                         "date:..1960-02",
                                         "date:1965.."};
    uint32_t year = 1960 + (uint32_t)test_prng_below(prng, 6);
    uint32_t month = 1 + (uint32_t)test_prng_below(prng, 12);
    switch (test_prng_below(prng, 4)) {
    case 0:
        sprintf(to, "date:%u", year);
        break;
    case 1:
        sprintf(to, "date:%u-%02u", year, month);
        break;
    case 2:
        sprintf(to, "date:%u-%02u-%02u", year, month, 1 + (uint32_t)test_prng_below(prng, 28));
        break;
    default:
        sprintf(to, "%s", others[test_prng_below(prng, sizeof others / sizeof others[0])]);
    }
}

/* Searches again for how it was found. */
static void add_trail(const nuncio_query *query, const nuncio_search_options *options)
{
    nn_trail more = test_search_trail(query, options);
    trail.words += more.words;
    trail.all += more.all;
    trail.company += more.company;
    trail.few += more.few;
    trail.left += more.left;
    trail.sampled += more.sampled;
    trail.windows += more.windows;
    trail.alone += more.alone;
    trail.best_first += more.best_first;
    trail.floored += more.floored;
    trail.passed += more.passed;
    trail.jumps += more.jumps;
    trail.scanned += more.scanned;
    trail.sought += more.sought;
    trail.counted += more.counted;
    trail.mapped += more.mapped;
}

/* Every way to skip is taken in each build; a sanitizer sees scoring everything often enough in a
 * part of the searches, and what is found is compared in full by the build with assertions. */
static void check(const char *text, nuncio_search_options options, bool compared)
{
    nuncio_query *query = test_parse(text);
    options.no_highlights = true;
    add_trail(query, &options);
    if (compared) {
        nuncio_hits_destroy(test_search_compared(query, options));
    }
    nuncio_query_destroy(query);
}

static void what_is_skipped_cannot_be_seen(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {1, 10, 10, 100};
    test_prng prng = test_prng_of(test_seed(6));
    for (uint64_t round = 0; round < test_rounds(QUERIES, 20 * QUERIES); round++) {
        char text[1024];
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.hits_max = sizes[test_prng_below(&prng, 4)];
        options.scope = test_prng_chance(&prng, 70) ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
        options.count = test_prng_chance(&prng, 25);
        write_query(&prng, text);
        if (test_prng_chance(&prng, 40)) {
            write_filter(&prng, text + strlen(text));
        }
        check(text, options, round % test_step(5) == 0);
    }
    print_message("words %u, all %u, company %u, few %u, left %u, windows %u, sampled %u, alone "
                  "%u, best first %u, floored %u, "
                  "passed %u, jumps %u, "
                  "scanned %u, sought %u, counted %u, mapped %u\n",
                  (unsigned)trail.words, (unsigned)trail.all, (unsigned)trail.company,
                  (unsigned)trail.few, (unsigned)trail.left, (unsigned)trail.windows,
                  (unsigned)trail.sampled, (unsigned)trail.alone, (unsigned)trail.best_first,
                  (unsigned)trail.floored, (unsigned)trail.passed, (unsigned)trail.jumps,
                  (unsigned)trail.scanned, (unsigned)trail.sought, (unsigned)trail.counted,
                  (unsigned)trail.mapped);
    assert_true(trail.words > 50 && trail.all > 50 && trail.company > 10);
    assert_true(trail.few - trail.left > 20 && trail.left > 100);
    assert_true(trail.windows > 1000 && trail.sampled > 1000 && trail.alone > 200);
    assert_true(trail.best_first > 200 && trail.floored > 200);
    assert_true(trail.passed > 100000 && trail.jumps > 100);
    assert_true(trail.scanned > 100 && trail.sought > 100);
    assert_true(trail.counted > 50 && trail.mapped > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_skipped_cannot_be_seen),
    };
    return cmocka_run_group_tests(tests, open_archive, close_archive);
}
