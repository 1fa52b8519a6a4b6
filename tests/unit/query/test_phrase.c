/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: going along a phrase's rarest word block by block finds what scoring every passage finds.
 * Method: two segments of words from very common (sets of bits) to rare, a long and a short one,
 * with deleted articles and with titles that go on where texts end; random phrases that hold a word
 * once or several times, for few hits or many, counted or not, to the bit and page by page. */
#include "shared.h"

#include "core/str.h"
#include "support/prng.h"

#include <nuncio/search.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { ARTICLES = 3000, FEW = 60, PASSAGES = 3, WORDS = 14, TEXT_MAX = 1200, SEARCHES = 400 };

static test_article articles[ARTICLES];
static char texts[ARTICLES][TEXT_MAX], titles[ARTICLES][64], ids[ARTICLES][16];

/* Word 0 stands nearly everywhere, each other one in 65 % of the passages of the one before; they
 * often follow each other. */
static size_t write_words(test_prng *prng, char *to, uint32_t times)
{
    size_t used = 0;
    for (; times > 0; times--) {
        double chance = 0.95;
        for (uint32_t word = 0; word < WORDS; word++, chance *= 0.65) {
            bool here = test_prng_unit(prng) < chance;
            used += here ? (size_t)sprintf(to + used, "w%u ", word) : 0;
        }
    }
    return used;
}

static void write_articles(test_prng *prng, uint32_t from, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        size_t used = 0;
        for (uint32_t p = 0; p < PASSAGES; p++) {
            used += write_words(prng, texts[i] + used, 1 + (uint32_t)test_prng_below(prng, 4));
            used += (size_t)sprintf(texts[i] + used, ".\n\n");
        }
        write_words(prng, titles[i], 1);
        sprintf(ids[i], "id%05u", (from + i) * 7919u % 100000u);
        articles[i] =
            (test_article){.id = ids[i], .text = texts[i], .title = i % 3 == 0 ? titles[i] : NULL};
    }
    test_archive_add(&archive, articles, count);
}

static int open_archive(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(21));
    uint32_t deleted[ARTICLES / 11 + 1], count = 0;
    test_archive_make(&archive);
    write_articles(&prng, 0, ARTICLES);
    for (uint32_t i = 0; i < ARTICLES; i += 11) {
        deleted[count++] = i;
    }
    test_archive_delete(&archive, articles, deleted, count);
    write_articles(&prng, ARTICLES, FEW);
    return test_shared_open();
}

/* Words in order, now and then one again, or one that is nowhere. */
static void write_phrase(test_prng *prng, char *to)
{
    uint32_t word = (uint32_t)test_prng_below(prng, WORDS);
    size_t used = (size_t)sprintf(to, "\"w%u", word);
    for (uint64_t more = 1 + test_prng_below(prng, 3); more > 0; more--) {
        uint64_t kind = test_prng_below(prng, 20);
        word = kind == 0 ? 99 : kind < 6 ? word : (word + 1) % WORDS;
        used += (size_t)sprintf(to + used, " w%u", word);
    }
    sprintf(to + used, "\"");
}

static void check(const char *text, nuncio_search_options options, nn_trail *trail)
{
    nuncio_query *query = test_parse(text);
    options.no_highlights = true;
    nn_trail more = test_search_trail(query, &options);
    trail->phrases += more.phrases;
    trail->sampled += more.sampled;
    trail->jumps += more.jumps;
    nuncio_hits *hits = test_search_compared(query, options);
    if (nuncio_hits_count(hits) == options.hits_max && options.hits_max > 0) { /* the next page */
        nuncio_search_options both = options;
        both.exhaustive = true;
        both.hits_max = 2 * options.hits_max;
        options.after = nuncio_hits_after(hits);
        nuncio_hits *all = test_search(query, &both), *next = test_search(query, &options);
        test_same_hits(query, &options, all, options.hits_max, next);
        nuncio_hits_destroy(all);
        nuncio_hits_destroy(next);
    }
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
}

static void phrases_alone_are_found_as_by_scoring_all(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {0, 1, 10, 10, 100, 3000};
    test_prng prng = test_prng_of(test_seed(22));
    nn_trail trail = {0};
    for (uint64_t round = 0; round < test_rounds(SEARCHES, 20 * SEARCHES); round++) {
        char text[64];
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.hits_max = sizes[test_prng_below(&prng, 6)];
        options.scope = test_prng_chance(&prng, 70) ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
        options.count = test_prng_chance(&prng, 30);
        write_phrase(&prng, text);
        check(text, options, &trail);
    }
    print_message("phrases %u, sampled %u, jumps %u\n", (unsigned)trail.phrases,
                  (unsigned)trail.sampled, (unsigned)trail.jumps);
    assert_true(trail.phrases > SEARCHES && trail.sampled > 100 && trail.jumps > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_alone_are_found_as_by_scoring_all),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}
