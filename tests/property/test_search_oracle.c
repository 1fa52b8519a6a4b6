/* SPDX-License-Identifier: Apache-2.0 */
/* The engine against the oracle: random archives that grow, change and shrink over several commits,
 * and random queries on each of their states. Ids, ordinals, scores (every bit), totals, marks and
 * pages must be the same, with and without pruning. */
#include "core/str.h"
#include "property/search_compare.h"
#include "support/files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* How much is tried: many small archives, and a few in which the list of a word has many blocks and
 * a segment thousands of passages. */
typedef struct extent {
    uint32_t worlds, commits, queries, ids;
    uint32_t share; /* of the worlds, one of so many under a sanitizer */
} extent;

static const extent small = {14, 5, 40, 60, 4}, large = {2, 2, 50, 3000, 2};

typedef struct world {
    searched now;
    test_prng prng;
    random_world words;
    char folder[TEST_PATH_MAX];
    nuncio_writer *writer;
} world;

static void must(nuncio_status status, const nuncio_error *error, const char *action)
{
    if (status != NUNCIO_OK) {
        fail_msg("%s: %s: %s", action, nuncio_status_name(status), error->message);
    }
}

/* ---- the archive ---- */

static void open_writer(world *w)
{
    nuncio_error error = {0};
    must(nuncio_writer_open(w->folder, NULL, &w->writer, &error), &error, "open writer");
}

static bool same_date(nuncio_date a, nuncio_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day && a.precision == b.precision;
}

static bool same_article(const nuncio_article *a, const nuncio_article *b)
{
    return same_text(a->title, b->title) && same_text(a->source, b->source) &&
           same_text(a->url, b->url) && same_text(a->lang, b->lang) &&
           same_text(a->text, b->text) && same_date(a->date, b->date);
}

/** What adding an article must be answered with. */
static nuncio_add_result expected_result(const oracle *archive, const nuncio_article *article)
{
    for (size_t i = 0; i < oracle_article_count(archive); i++) {
        const nuncio_article *known = oracle_article(archive, i);
        if (nn_str_equal(known->id, article->id)) {
            return same_article(known, article) ? NUNCIO_ADD_SKIPPED : NUNCIO_ADD_REPLACED;
        }
    }
    return NUNCIO_ADD_ADDED;
}

static void add_one(world *w)
{
    static random_article made;
    nuncio_error error = {0};
    nuncio_add_result result = NUNCIO_ADD_ADDED;
    random_article_make(&w->prng, &w->words, &made);
    w->words.made++;
    must(nuncio_writer_add(w->writer, &made.article, &result, &error), &error, "add");
    assert_int_equal(result, expected_result(w->now.archive, &made.article));
    oracle_add(w->now.archive, &made.article);
}

static void delete_one(world *w)
{
    char id[16];
    nuncio_error error = {0};
    random_id(test_prng_below(&w->prng, w->words.ids), id);
    nuncio_status status = nuncio_writer_delete(w->writer, nn_str_of(id), &error);
    assert_int_equal(status, oracle_delete(w->now.archive, nn_str_of(id)) ? NUNCIO_OK
                                                                          : NUNCIO_ERR_NOT_FOUND);
}

/** Some adds, replacements and deletes, then a commit, now and then into one segment or by another
 * writer. */
static void change(world *w)
{
    nuncio_error error = {0};
    uint64_t ids = w->words.ids;
    uint64_t steps = w->now.commit == 0 ? ids / 2 + test_prng_below(&w->prng, ids / 2)
                                        : 1 + test_prng_below(&w->prng, ids / 4);
    for (uint64_t i = 0; i < steps; i++) {
        if (test_prng_chance(&w->prng, 80)) {
            add_one(w);
        } else {
            delete_one(w);
        }
    }
    if (test_prng_chance(&w->prng, 20)) {
        must(nuncio_writer_optimize(w->writer, &error), &error, "optimize");
    }
    must(nuncio_writer_commit(w->writer, &error), &error, "commit");
    if (test_prng_chance(&w->prng, 30)) {
        nuncio_writer_close(w->writer);
        open_writer(w);
    }
}

/* ---- one query ---- */

static void random_options(test_prng *prng, nuncio_search_options *options)
{
    static const uint32_t limits[] = {1, 3, 10, 100};
    static const double k1s[] = {0.0, 0.9, 1.2, 100.0}, bs[] = {0.0, 0.4, 0.75, 1.0};
    *options = (nuncio_search_options)NUNCIO_SEARCH_OPTIONS_INIT;
    options->variants = NUNCIO_VARIANTS_OFF; /* what joins names is tested by itself */
    uint64_t by = test_prng_below(prng, 100);
    options->by = by < 25 ? NUNCIO_BY_ARTICLE : by < 60 ? NUNCIO_BY_QUOTE : NUNCIO_BY_PASSAGE;
    options->direct_only = options->by == NUNCIO_BY_QUOTE && test_prng_chance(prng, 15);
    options->scope = test_prng_chance(prng, 40) ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
    options->hits_max = limits[test_prng_below(prng, 4)];
    options->no_highlights = test_prng_chance(prng, 20);
    options->count = test_prng_chance(prng, 30);
    if (test_prng_chance(prng, 25)) {
        options->k1 = k1s[test_prng_below(prng, 4)];
        options->b = bs[test_prng_below(prng, 4)];
    }
}

/** The same, but says what came of it instead of failing; what was in use then is lost. */
static bool is_answered_right(world *w, const random_query *made,
                              const nuncio_search_options *options)
{
    jmp_buf here;
    bool right = false;
    w->now.caught = &here;
    if (setjmp(here) == 0) {
        compare_query(&w->now, made, options);
        right = true;
    }
    w->now.caught = NULL;
    return right;
}

/** Makes a query that is answered wrongly as small as it stays so, and fails with it. */
static void fail_with_smallest(world *w, const random_query *made,
                               const nuncio_search_options *options)
{
    static random_query smallest, smaller;
    (void)random_query_shrink(made, SIZE_MAX, &smallest);
    for (size_t i = 0; random_query_shrink(&smallest, i, &smaller); i++) {
        if (!is_answered_right(w, &smaller, options)) {
            (void)random_query_shrink(&smaller, SIZE_MAX, &smallest);
            i = SIZE_MAX; /* from the first change again */
        }
    }
    compare_query(&w->now, &smallest, options);
    compare_query(&w->now, made, options); /* reached when the copy alone differs from the query */
}

static bool has_passage(const oracle_node *node)
{
    bool has = node->kind == ORACLE_PASSAGE;
    for (size_t i = 0; i < node->child_count && !has; i++) {
        has = has_passage(node->children[i]);
    }
    return has;
}

static void ask(world *w)
{
    static random_query made;
    nuncio_search_options options;
    random_query_make(&w->prng, &w->words, w->now.archive, &made);
    random_options(&w->prng, &options);
    if (options.by == NUNCIO_BY_QUOTE && has_passage(made.root)) { /* that is refused */
        options.by = NUNCIO_BY_PASSAGE;
    }
    if (!is_answered_right(w, &made, &options)) {
        fail_with_smallest(w, &made, &options);
    }
}

/* ---- a commit ---- */

static void report_finding(void *context, const nuncio_error *finding)
{
    (void)context;
    fprintf(stderr, "check: %s: %s\n", finding->file, finding->message);
}

/** Every live article comes back as it was given; nothing else is there, and the files are sound.
 */
static void check_archive(const world *w)
{
    nuncio_error error = {0};
    const oracle *archive = w->now.archive;
    nuncio_stats stats;
    nuncio_snapshot_stats(w->now.snapshot, &stats);
    assert_int_equal(stats.articles, oracle_article_count(archive));
    for (size_t i = 0; i < oracle_article_count(archive); i++) {
        const nuncio_article *expected = oracle_article(archive, i);
        nuncio_document *document = NULL;
        must(nuncio_snapshot_find(w->now.snapshot, expected->id, &document, &error), &error,
             "find");
        const nuncio_article *found = nuncio_document_article(document);
        assert_true(nn_str_equal(found->id, expected->id));
        assert_true(same_article(found, expected));
        nuncio_document_destroy(document);
    }
    must(nuncio_check(w->folder, NUNCIO_CHECK_FULL, NULL, NULL, report_finding, NULL, &error),
         &error, "check");
}

static void run_world(test_prng *seeds, const extent *size, uint32_t number, uint64_t *with_hits)
{
    world w = {.prng = test_prng_of(test_prng_next(seeds))};
    nuncio_error error = {0};
    w.prng.seed = seeds->seed;
    w.now = (searched){.archive = oracle_create(), .prng = &w.prng, .world = number};
    w.words = random_world_make(&w.prng, size->ids);
    test_dir_make(w.folder);
    open_writer(&w);
    for (; w.now.commit < size->commits; w.now.commit++) {
        change(&w);
        must(nuncio_snapshot_open(w.folder, NULL, &w.now.snapshot, &error), &error, "open");
        check_archive(&w);
        for (uint32_t i = 0; i < size->queries; i++) {
            ask(&w);
        }
        nuncio_snapshot_close(w.now.snapshot);
    }
    nuncio_writer_close(w.writer);
    test_dir_remove(w.folder);
    oracle_destroy(w.now.archive);
    *with_hits += w.now.with_hits;
}

static void compare(uint64_t seed, const extent *size)
{
    test_prng seeds = test_prng_of(test_seed(seed));
    uint64_t with_hits = 0;
    uint32_t worlds = size->worlds / (uint32_t)test_step(size->share);
    for (uint32_t i = 0; i < worlds; i++) {
        run_world(&seeds, size, i, &with_hits);
    }
    uint64_t count = (uint64_t)worlds * size->commits * size->queries;
    printf("%" PRIu64 " queries, of which %" PRIu64 " with hits\n", count, with_hits);
    assert_true(with_hits > count / 2); /* a test of empty answers would prove little */
}

static void small_archives_are_searched_as_by_the_oracle(void **state)
{
    (void)state;
    compare(20230302, &small);
}

static void large_archives_are_searched_as_by_the_oracle(void **state)
{
    (void)state;
    compare(20230303, &large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_archives_are_searched_as_by_the_oracle),
        cmocka_unit_test(large_archives_are_searched_as_by_the_oracle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
