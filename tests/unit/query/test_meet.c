/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: asking a word about many passages at once finds what going to each of them finds, and so
 * does finding a phrase word by word and reading its positions. Method: an archive of words from
 * very common (sets of bits) to rare, prefixes of several lists, phrases with a word that stands in
 * them twice or in two forms; random windows and random passages of them, few and many, compared
 * with a walk passage by passage. */
#include "shared.h"

#include "core/str.h"
#include "query/match/condition.h"
#include "query/match/phrase.h"
#include "query/session.h"
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

enum { ARTICLES = 3000, PASSAGES = 4, WORDS = 9, TEXT_MAX = 800, WIDTH = 4096, SEARCHES = 400 };

static test_article articles[ARTICLES];
static char texts[ARTICLES][TEXT_MAX];
static char ids[ARTICLES][16];

/* Word 0 stands nearly everywhere, each other one in 60 % of the passages of the one before. */
static size_t write_passage(test_prng *prng, char *to)
{
    static const char forms[][2] = {{'w', 'a'}, {'w', 'b'}, {'W', 'a'}};
    size_t used = 0;
    double chance = 0.95;
    for (uint32_t word = 0; word < WORDS; word++, chance *= 0.6) {
        for (uint32_t times = 0; times < 5 && test_prng_unit(prng) < chance; times++) {
            const char *form = forms[test_prng_below(prng, 3)];
            used += (size_t)sprintf(to + used, "%c%u%c ", form[0], word, form[1]);
        }
    }
    return used + (size_t)sprintf(to + used, ".\n\n");
}

static int open_archive(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(14));
    for (uint32_t i = 0; i < ARTICLES; i++) {
        size_t used = 0;
        for (uint32_t p = 0; p < PASSAGES; p++) {
            used += write_passage(&prng, texts[i] + used);
        }
        sprintf(ids[i], "id%05u", i);
        articles[i] = (test_article){.id = ids[i], .text = texts[i]};
    }
    test_archive_make(&archive);
    test_archive_add(&archive, articles, ARTICLES);
    return test_shared_open();
}

/* A search that stands before its first segment, with two walks over what it is for. */
typedef struct under_test {
    nuncio_query *query;
    nn_search search;
    nn_part part;
    nuncio_error error;
    nn_matcher *together, *single;
} under_test;

static void begin(under_test *test, const char *text)
{
    *test = (under_test){0};
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    assert_int_equal(nuncio_query_parse(nn_str_of(text), 0, NULL, &test->query, &test->error),
                     NUNCIO_OK);
    assert_int_equal(nn_search_open(&test->search, snapshot, test->query, &options, &test->error),
                     NUNCIO_OK);
    assert_int_equal(nn_search_plan(&test->search), NUNCIO_OK);
    nn_run *run = &test->search.run;
    assert_int_equal(nn_part_open(&test->part, run, &test->search.plan, 0), NUNCIO_OK);
    const nn_resolved *resolved = test->search.plan.clauses[0]->resolved;
    assert_int_equal(nn_matcher_open(run, 0, resolved, &test->together), NUNCIO_OK);
    assert_int_equal(nn_matcher_open(run, 0, resolved, &test->single), NUNCIO_OK);
}

static void end(under_test *test)
{
    nn_search_close(&test->search);
    nuncio_query_destroy(test->query);
}

/* Passages of a window, every one with the same chance. */
static uint32_t choose(test_prng *prng, uint32_t first, uint32_t limit, double chance,
                       uint32_t *docs)
{
    uint32_t count = 0;
    for (uint32_t doc = first; doc < limit; doc++) {
        if (test_prng_unit(prng) < chance) {
            docs[count++] = doc;
        }
    }
    return count;
}

static uint32_t docs[WIDTH], found[WIDTH], found_tfs[WIDTH], read_tfs[WIDTH];

/* Windows of random width, some passed over, until the end of the segment. */
static bool next_window(test_prng *prng, const under_test *test, uint32_t *first, uint32_t *limit)
{
    *first = *limit + (test_prng_chance(prng, 30) ? (uint32_t)test_prng_below(prng, 3000) : 0);
    uint32_t width = 1 + (uint32_t)test_prng_below(prng, WIDTH - 1);
    *limit = test->part.passage_count;
    *limit = *first<*limit && * limit - *first> width ? *first + width : *limit;
    return *first < *limit;
}

static void meet_windows(test_prng *prng, under_test *test, bool with_tfs)
{
    nn_meet meet;
    nn_run *run = &test->search.run;
    nn_slot_walk *slot = &test->single->slots[0];
    assert_int_equal(nn_meet_open(run, WIDTH, &meet), NUNCIO_OK);
    double chance = test_prng_unit(prng) * test_prng_unit(prng) * test_prng_unit(prng);
    for (uint32_t first = 0, limit = 0; next_window(prng, test, &first, &limit);) {
        uint32_t count = choose(prng, first, limit, chance, docs);
        uint32_t met = 0;
        uint32_t seen = 0;
        meet.first = first;
        assert_int_equal(nn_slot_meet(&test->together->slots[0], run, &meet, docs, count, found,
                                      with_tfs ? found_tfs : NULL, &met),
                         NUNCIO_OK);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t tf = 0;
            assert_int_equal(nn_slot_advance(slot, run, docs[i]), NUNCIO_OK);
            if (slot->doc != docs[i]) {
                continue;
            }
            assert_int_equal(nn_slot_tf(slot, run, &tf), NUNCIO_OK);
            assert_true(seen < met);
            assert_int_equal(found[seen], docs[i]);
            assert_true(!with_tfs || found_tfs[seen] == tf);
            seen++;
        }
        assert_int_equal(seen, met);
    }
}

static void gather_windows(test_prng *prng, under_test *test)
{
    nn_run *run = &test->search.run;
    nn_slot_walk *slot = &test->single->slots[0];
    for (uint32_t first = 0, limit = 0; next_window(prng, test, &first, &limit);) {
        uint32_t count = 0;
        uint32_t seen = 0;
        assert_int_equal(
            nn_slot_gather(&test->together->slots[0], run, first, limit, found, found_tfs, &count),
            NUNCIO_OK);
        assert_int_equal(nn_slot_advance(slot, run, first), NUNCIO_OK);
        for (; slot->doc < limit; seen++) {
            uint32_t tf = 0;
            assert_true(seen < count);
            assert_int_equal(found[seen], slot->doc);
            assert_int_equal(nn_slot_tf(slot, run, &tf), NUNCIO_OK);
            assert_int_equal(found_tfs[seen], tf);
            assert_int_equal(nn_slot_advance(slot, run, slot->doc + 1), NUNCIO_OK);
        }
        assert_int_equal(seen, count);
    }
}

static void words_are_met_where_they_stand(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(14));
    nn_trail trail = {0};
    for (uint64_t round = 0; round < test_rounds(SEARCHES, 20 * SEARCHES); round++) {
        char text[64];
        under_test test;
        uint32_t word = (uint32_t)test_prng_below(&prng, WORDS);
        sprintf(text, test_prng_chance(&prng, 30) ? "w%u*" : "w%ua", word);
        begin(&test, text);
        if (test_prng_chance(&prng, 25)) {
            gather_windows(&prng, &test);
        } else {
            meet_windows(&prng, &test, test_prng_chance(&prng, 70));
        }
        trail.scanned += test.search.run.trail.scanned;
        trail.sought += test.search.run.trail.sought;
        end(&test);
    }
    print_message("scanned %u, sought %u\n", (unsigned)trail.scanned, (unsigned)trail.sought);
    assert_true(trail.scanned > 1000 && trail.sought > 1000);
}

static uint32_t keep_even(void *context, uint32_t *of, uint32_t *tfs, uint32_t count)
{
    uint32_t kept = 0;
    ++*(uint32_t *)context;
    for (uint32_t i = 0; i < count; i++) {
        of[kept] = of[i];
        tfs[kept] = tfs[i];
        kept += of[i] % 2 == 0 ? 1 : 0;
    }
    return kept;
}

/* What is found has every passage of the phrase, and no frequency below the true one, which reading
 * says of each. */
static void find_windows(test_prng *prng, under_test *test, nn_phrase_keep *keep)
{
    nn_phrase phrase;
    nn_phrase_reader *reader;
    uint32_t asked = 0;
    nn_run *run = &test->search.run;
    assert_true(nn_is_phrase(test->together));
    assert_int_equal(nn_phrase_open(run, test->together, WIDTH, &phrase), NUNCIO_OK);
    assert_int_equal(nn_phrase_reader_open(run, 0, test->together->resolved, &reader), NUNCIO_OK);
    for (uint32_t first = 0, limit = 0; next_window(prng, test, &first, &limit);) {
        uint32_t count = 0;
        uint32_t at = 0;
        assert_int_equal(
            nn_phrase_find(&phrase, run, first, limit, keep, &asked, found, found_tfs, &count),
            NUNCIO_OK);
        for (uint32_t i = 0; i < count; i++) {
            assert_true(found[i] >= first && found[i] < limit);
            assert_true(i == 0 || found[i - 1] < found[i]);
            assert_true(keep == NULL || found[i] % 2 == 0);
        }
        assert_int_equal(nn_phrase_read(reader, run, found, count, read_tfs), NUNCIO_OK);
        assert_int_equal(nn_matcher_seek(test->single, run, first), NUNCIO_OK);
        while (test->single->doc < limit) {
            uint32_t tf;
            uint32_t doc = test->single->doc;
            assert_int_equal(nn_matcher_tf(test->single, run, &tf), NUNCIO_OK);
            for (; at < count && found[at] < doc; at++) {
                assert_int_equal(read_tfs[at], 0);
            }
            if (keep == NULL || doc % 2 == 0) {
                assert_true(at < count && found[at] == doc && found_tfs[at] >= tf);
                assert_int_equal(read_tfs[at++], tf);
            }
            assert_int_equal(nn_matcher_seek(test->single, run, doc + 1), NUNCIO_OK);
        }
        for (; at < count; at++) {
            assert_int_equal(read_tfs[at], 0);
        }
    }
    assert_true(keep == NULL || asked > 0);
}

/* A phrase of words that follow each other in frequency; some hold one word twice, or two forms of
 * one. */
static void write_phrase(char *to, uint64_t shape, uint32_t word)
{
    switch (shape) {
    case 0:
        sprintf(to, "\"w%ua w%ua\"", word, word + 1);
        break;
    case 1:
        sprintf(to, "\"w%ua w%ub\"", word, word + 1);
        break;
    case 2:
        sprintf(to, "w%u*", word); /* no phrase, but found like one */
        break;
    case 3:
        sprintf(to, "\"w%ua w%ua\"", word, word);
        break;
    case 4:
        sprintf(to, "=\"W%ua w%ua\"", word, word);
        break;
    default:
        sprintf(to, "\"w%ub w%ub w%ua\"", word, word, word + 1);
    }
}

static void phrases_are_found_where_they_stand(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(15));
    for (uint64_t round = 0; round < test_rounds(SEARCHES, 20 * SEARCHES); round++) {
        char text[64];
        under_test test;
        uint32_t word = (uint32_t)test_prng_below(&prng, WORDS - 1);
        write_phrase(text, test_prng_below(&prng, 6), word);
        begin(&test, text);
        find_windows(&prng, &test, test_prng_chance(&prng, 50) ? keep_even : NULL);
        end(&test);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_met_where_they_stand),
        cmocka_unit_test(phrases_are_found_where_they_stand),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}
