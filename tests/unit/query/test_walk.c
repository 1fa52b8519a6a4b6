/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: pruning changes nothing, pages join without a seam, counts are exact, deleted articles are
 * gone, and a search that is stopped or refused memory leaves nothing behind. Method: random
 * articles over few words, so that lists have many blocks and scores many ties; random queries of
 * every shape, each run pruned, exhaustively and page by page. */
#include "shared.h"

#include "core/str.h"
#include "support/failing_allocator.h"
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

enum { SEGMENTS = 3, ARTICLES = 700, TEXT_MAX = 4000, WORDS = 40 };

static test_article articles[SEGMENTS][ARTICLES];
static char texts[SEGMENTS][ARTICLES][TEXT_MAX];
static char ids[SEGMENTS][ARTICLES][16];
static char titles[SEGMENTS][ARTICLES][64];

/* Word number n is about 1/n as common as the first. */
static uint32_t random_word(test_prng *prng)
{
    uint64_t n = test_prng_below(prng, WORDS) + 1;
    return (uint32_t)test_prng_below(prng, n);
}

static size_t write_words(test_prng *prng, uint64_t count, char *to)
{
    size_t used = 0;
    for (uint64_t i = 0; i < count; i++) {
        used += (size_t)sprintf(to + used, "w%u%s ", random_word(prng),
                                test_prng_chance(prng, 20) ? "s" : "");
    }
    return used;
}

static void make_article(test_prng *prng, uint32_t segment, uint32_t number)
{
    char *text = texts[segment][number];
    size_t used = 0;
    uint64_t passages = 1 + test_prng_below(prng, 4);
    for (uint64_t i = 0; i < passages; i++) {
        uint64_t length = test_prng_chance(prng, 5) ? 0 : 1 + test_prng_below(prng, 60);
        used += write_words(prng, length, text + used);
        used += (size_t)sprintf(text + used, ".\n\n");
    }
    sprintf(ids[segment][number], "id%05u", (number * 7919u + segment * 31u) % 100000u);
    write_words(prng, 1 + test_prng_below(prng, 5), titles[segment][number]);
    articles[segment][number] =
        (test_article){.id = ids[segment][number],
                       .title = number % 3 == 0 ? titles[segment][number] : NULL,
                       .source = number % 2 == 0 ? "odd" : "even",
                       .date = number % 5 == 0 ? "2023-03" : "2024",
                       .text = text};
}

static int open_archive(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(5));
    test_archive_make(&archive);
    for (uint32_t segment = 0; segment < SEGMENTS; segment++) {
        for (uint32_t i = 0; i < ARTICLES; i++) {
            make_article(&prng, segment, i);
        }
        test_archive_add(&archive, articles[segment], ARTICLES);
        if (segment > 0) {
            uint32_t gone[ARTICLES / 10];
            for (uint32_t i = 0; i < ARTICLES / 10; i++) {
                gone[i] = i * 10 + segment;
            }
            test_archive_delete(&archive, articles[segment], gone, ARTICLES / 10);
        }
    }
    return test_shared_open();
}

/* ---- queries ---- */

static void write_leaf(test_prng *prng, char *to)
{
    uint32_t a = random_word(prng);
    uint32_t b = random_word(prng);
    switch (test_prng_below(prng, 12)) {
    case 0:
        sprintf(to, "\"w%u w%u\"", a, b);
        break;
    case 1:
        sprintf(to, "(w%u NEAR/3 w%u)", a, b);
        break;
    case 2:
        sprintf(to, "w%u*", 1 + a % 9);
        break;
    case 3:
        sprintf(to, "=w%us", a);
        break;
    case 4:
        sprintf(to, "title:w%u", a);
        break;
    case 5:
        sprintf(to, "w%u~", a);
        break;
    default:
        sprintf(to, "w%u", a);
        break;
    }
}

static void write_query(test_prng *prng, char *to)
{
    static const char *const joints[] = {" ", " ", " ", " AND ", " OR ", " -", " +", " AND NOT "};
    static const char *const filters[] = {"", "", "", " source:odd", " date:2023", " -source:even"};
    size_t used = 0;
    uint64_t leaves = 1 + test_prng_below(prng, 5);
    const char *only = test_prng_chance(prng, 50) ? " " : NULL; /* a plain union */
    for (uint64_t i = 0; i < leaves; i++) {
        const char *joint = only != NULL ? only : joints[test_prng_below(prng, 8)];
        char leaf[64];
        write_leaf(prng, leaf);
        bool passage = only == NULL && test_prng_chance(prng, 10);
        used += (size_t)sprintf(to + used, passage ? "%sPASSAGE(%s w1)" : "%s%s",
                                i > 0 ? joint : "", leaf);
        if (test_prng_chance(prng, 15)) {
            used += (size_t)sprintf(to + used, "^%u.5", (uint32_t)test_prng_below(prng, 4));
        }
    }
    strcpy(to + used, filters[test_prng_below(prng, 6)]);
}

/* All hits, then the same in pages of `page`. */
static void check_pages(const nuncio_query *query, nuncio_search_options options, uint32_t page)
{
    options.hits_max = 300;
    options.no_highlights = true;
    nuncio_hits *all = test_search(query, &options);
    options.hits_max = page;
    nuncio_hits *last = NULL;
    size_t seen = 0;
    for (;;) {
        nuncio_hits *hits = test_search(query, &options);
        nuncio_hits_destroy(last);
        last = hits;
        size_t count = nuncio_hits_count(hits);
        if (seen + count > nuncio_hits_count(all)) {
            break; /* past what was fetched at once */
        }
        test_same_hits(query, &options, all, seen, hits);
        seen += count;
        options.after = nuncio_hits_after(hits);
        if (options.after.data == NULL) {
            assert_int_equal(seen, nuncio_hits_count(all));
            break;
        }
    }
    nuncio_hits_destroy(last);
    nuncio_hits_destroy(all);
}

static void check_query(const nuncio_query *query, nuncio_search_options options)
{
    static const uint32_t sizes[] = {1, 3, 10, 100};
    options.no_highlights = true;
    options.count = true;
    options.exhaustive = true;
    options.hits_max = 1000;
    nuncio_hits *exact = test_search(query, &options);
    options.exhaustive = false;
    options.count = false;
    for (uint32_t i = 0; i < 4; i++) {
        options.hits_max = sizes[i];
        nuncio_hits *pruned = test_search(query, &options);
        size_t expected = nuncio_hits_count(exact) < sizes[i] ? nuncio_hits_count(exact) : sizes[i];
        assert_int_equal(nuncio_hits_count(pruned), expected);
        test_same_hits(query, &options, exact, 0, pruned);
        assert_true(nuncio_hits_total(pruned) <= nuncio_hits_total(exact));
        if (nuncio_hits_total_is_exact(pruned)) {
            assert_int_equal(nuncio_hits_total(pruned), nuncio_hits_total(exact));
        }
        nuncio_hits_destroy(pruned);
    }
    assert_true(nuncio_hits_total_is_exact(exact));
    nuncio_hits_destroy(exact);
}

static void prunes_without_a_trace(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(6));
    uint32_t found = 0;
    for (uint64_t round = 0; round < 250; round += test_step(3)) {
        char text[1024];
        nuncio_query *query;
        nuncio_error error = {0};
        write_query(&prng, text);
        if (nuncio_query_parse(nn_str_of(text), 0, NULL, &query, &error) != NUNCIO_OK) {
            continue; /* + beside AND */
        }
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.by = test_prng_chance(&prng, 20) ? NUNCIO_BY_ARTICLE : NUNCIO_BY_PASSAGE;
        options.scope = test_prng_chance(&prng, 40) ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
        options.k1 = test_prng_chance(&prng, 80) ? 0.9 : test_prng_unit(&prng) * 3.0;
        options.b = test_prng_chance(&prng, 80) ? 0.4 : test_prng_unit(&prng);
        check_query(query, options);
        check_pages(query, options, 41);
        nuncio_query_destroy(query);
        found++;
    }
    assert_true(found > 100 / test_step(3));
}

static void leaves_deleted_articles_out(void **state)
{
    (void)state;
    nuncio_query *query = test_parse("w0 OR source:odd OR source:even");
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.hits_max = 10000;
    options.no_highlights = true;
    nuncio_hits *hits = test_search(query, &options);
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        nuncio_str id = nuncio_hits_at(hits, i)->article.id;
        for (uint32_t segment = 1; segment < SEGMENTS; segment++) {
            for (uint32_t j = segment; j < ARTICLES; j += 10) {
                assert_false(nn_str_equal(id, nn_str_of(ids[segment][j])));
            }
        }
    }
    assert_true(nuncio_hits_count(hits) > 100);
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
}

static void refuses_pages_of_other_searches(void **state)
{
    (void)state;
    nuncio_query *query = test_parse("w0 w1");
    nuncio_query *other = test_parse("w0 w2");
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_hits *first = test_search(query, &options);
    char token[256];
    nuncio_str after = nuncio_hits_after(first);
    assert_true(after.size < sizeof token);
    memcpy(token, after.data, after.size);
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    options.after = (nuncio_str){token, after.size};
    assert_int_equal(nuncio_search(snapshot, other, &options, &hits, &error), NUNCIO_ERR_ARGUMENT);
    options.k1 = 2.0;
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, &error), NUNCIO_ERR_ARGUMENT);
    options.k1 = (double)NAN;
    for (size_t i = 0; i < after.size;
         i++) { /* each byte damaged: an error or another place, never worse */
        char kept = token[i];
        for (int c = 1; c < 128; c += 41) {
            token[i] = (char)c;
            if (nuncio_search(snapshot, query, &options, &hits, &error) == NUNCIO_OK) {
                nuncio_hits_destroy(hits);
            }
        }
        token[i] = kept;
        options.after.size = i;
        assert_int_not_equal(nuncio_search(snapshot, query, &options, &hits, &error), NUNCIO_OK);
        options.after.size = after.size;
    }
    token[3] = token[3] == 'f' ? 'e' : 'f'; /* the generation */
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, &error),
                     NUNCIO_ERR_GENERATION);
    assert_null(hits);
    nuncio_hits_destroy(first);
    nuncio_query_destroy(query);
    nuncio_query_destroy(other);
}

static void keeps_its_deadline(void **state)
{
    (void)state;
    char text[8192];
    size_t used = 0;
    for (uint32_t i = 0; i < 300; i++) { /* far more than a millisecond's work */
        used += (size_t)sprintf(text + used, "w%u~2 ", i % 100);
    }
    nuncio_query *query = test_parse(text);
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.deadline_ms = 1;
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, &error), NUNCIO_ERR_DEADLINE);
    assert_null(hits);
    nuncio_query_destroy(query);
}

static void survives_every_refused_allocation(void **state)
{
    (void)state;
    static const char text[] = "w0 \"w1 w2\" w3* =w4 title:w5 (w6 NEAR/5 w7) -w30 source:odd "
                               "PASSAGE(w8 AND w9) person:x";
    nuncio_query *query = test_parse(text);
    for (uint64_t n = 1;; n++) {
        test_allocator memory;
        test_allocator_init(&memory, 0);
        nuncio_snapshot_options open = NUNCIO_SNAPSHOT_OPTIONS_INIT;
        open.allocator = &memory.allocator;
        nuncio_snapshot *mine;
        nuncio_error error = {0};
        assert_int_equal(nuncio_snapshot_open(archive.folder, &open, &mine, &error), NUNCIO_OK);
        memory.fail_at = atomic_load(&memory.calls) + n;
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.explain = true;
        nuncio_hits *hits;
        nuncio_status status = nuncio_search(mine, query, &options, &hits, &error);
        bool failed = memory.failed;
        nuncio_hits_destroy(hits);
        nuncio_snapshot_close(mine);
        test_allocator_check(&memory);
        assert_int_equal(status, failed ? NUNCIO_ERR_MEMORY : NUNCIO_OK);
        if (!failed) {
            assert_true(n > 20);
            break;
        }
    }
    nuncio_query_destroy(query);
}

static void searches_an_empty_index(void **state)
{
    (void)state;
    test_archive empty;
    test_archive_make(&empty);
    nuncio_snapshot *kept = snapshot;
    snapshot = test_archive_open(&empty);
    static const char *const texts_of[] = {
        "w0", "\"w0 w1\"", "w0*", "-w0", "+w0 w1", "source:x", "person:x quote:y", "PASSAGE(w0)"};
    for (size_t i = 0; i < sizeof texts_of / sizeof *texts_of; i++) {
        nuncio_query *query = test_parse(texts_of[i]);
        nuncio_hits *hits = test_search(query, NULL);
        assert_int_equal(nuncio_hits_count(hits), 0);
        assert_int_equal(nuncio_hits_total(hits), 0);
        nuncio_hits_destroy(hits);
        nuncio_query_destroy(query);
    }
    nuncio_snapshot_close(snapshot);
    snapshot = kept;
    test_archive_remove(&empty);
}

static void limits_what_a_prefix_stands_for(void **state)
{
    (void)state;
    enum { MANY = 4200 };
    test_archive wide;
    test_archive_make(&wide);
    static char text[MANY / 200 + 1][200 * 8 + 8];
    test_article items[MANY / 200];
    for (uint32_t i = 0; i < MANY / 200; i++) {
        size_t used = 0;
        for (uint32_t j = 0; j < 200; j++) {
            used += (size_t)sprintf(text[i] + used, "xa%04u ", i * 200 + j);
        }
        items[i] = (test_article){.id = ids[0][i], .text = text[i]};
    }
    test_archive_add(&wide, items, MANY / 200);
    nuncio_snapshot *mine = test_archive_open(&wide);
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    nuncio_query *query = test_parse("xa0*");
    assert_int_equal(nuncio_search(mine, query, NULL, &hits, &error), NUNCIO_OK);
    assert_int_equal(nuncio_hits_count(hits), 5);
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
    query = test_parse("xa*");
    assert_int_equal(nuncio_search(mine, query, NULL, &hits, &error), NUNCIO_ERR_LIMIT);
    assert_non_null(strstr(error.message, "4096"));
    nuncio_query_destroy(query);
    nuncio_snapshot_close(mine);
    test_archive_remove(&wide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prunes_without_a_trace),
        cmocka_unit_test(leaves_deleted_articles_out),
        cmocka_unit_test(refuses_pages_of_other_searches),
        cmocka_unit_test(keeps_its_deadline),
        cmocka_unit_test(survives_every_refused_allocation),
        cmocka_unit_test(searches_an_empty_index),
        cmocka_unit_test(limits_what_a_prefix_stands_for),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}
