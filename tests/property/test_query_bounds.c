/* SPDX-License-Identifier: Apache-2.0 */
/* Each kind of query can be bounded: by work, by memory, by time, and from outside. Whichever bound
 * is met gives its own error, leaks nothing, and a search that stays within its bounds answers as
 * one without. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <nuncio/nuncio.h>

#include "support/failing_allocator.h"
#include "support/memory_fs.h"

enum { ARTICLES = 600, BY_QUOTE = 4, FACETS = 5, MODES = 6 };

static const char *const QUERIES[] = {
    "treaty",                       /* a word */
    "treaty envoy signed corridor", /* a list */
    "treaty AND envoy",             /* a condition */
    "+treaty -mutual envoy",        /* required and excluded */
    "NOT mutual",                   /* only what is not */
    "\"the treaty\"",               /* a phrase */
    "treaty NEAR/20 envoy",         /* near */
    "tre* OR cor*",                 /* prefixes */
    "traety~2",                     /* misspelt */
    "='Treaty'",                    /* exact */
    "title:treaty",                 /* in titles */
    "PASSAGE(treaty AND envoy)",    /* one passage */
    "quote:(sign OR treaty)",       /* within a quote */
    "speaker:drazhin",              /* who is quoted */
    "person:drazhin treaty",        /* who is named */
    "source:wire treaty",           /* filters of articles */
    "date:2031 lang:en",            /* nothing but filters */
};
enum { QUERY_COUNT = sizeof QUERIES / sizeof QUERIES[0] };

static memory_fs *files;
static nuncio_snapshot *snapshot;
static test_allocator memory;

static void add(nuncio_writer *writer, unsigned number)
{
    char id[16], text[700];
    int size = snprintf(id, sizeof id, "id-%04u", number);
    snprintf(text, sizeof text,
             "The envoy number %u arrived on Monday, as was agreed. \xe2\x80\x9cWe will sign the "
             "Treaty as the envoy signed the treaty of the corridor,\xe2\x80\x9d said "
             "Foreign Minister Anatoly Drazhin.\n\nTreaty or not, the corridor stays open %s. The "
             "Treaty was "
             "signed by everybody but one.",
             number, number % 3 == 0 ? "by mutual consent" : "for now");
    nuncio_article article = {.id = {id, (size_t)size},
                              .title = {"The treaty again", 16},
                              .source = {"Wire", 4},
                              .lang = {"en", 2},
                              .text = {text, strlen(text)},
                              .date = {2031, 5, 3, NUNCIO_DATE_DAY}};
    assert_int_equal(nuncio_writer_add(writer, &article, NULL, NULL), NUNCIO_OK);
}

static int make(void **state)
{
    (void)state;
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    nuncio_snapshot_options reading = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    nuncio_writer *writer = NULL;
    files = memory_fs_create();
    options.vfs = reading.vfs = memory_fs_vfs(files);
    options.threads = 1;
    assert_int_equal(nuncio_writer_open("/index", &options, &writer, NULL), NUNCIO_OK);
    for (unsigned i = 0; i < ARTICLES; i++) {
        add(writer, i);
        if (i == ARTICLES / 2) {
            assert_int_equal(nuncio_writer_commit(writer, NULL), NUNCIO_OK);
        }
    }
    assert_int_equal(nuncio_writer_commit(writer, NULL), NUNCIO_OK);
    nuncio_writer_close(writer);
    test_allocator_init(&memory, 0);
    reading.allocator = &memory.allocator;
    assert_int_equal(nuncio_snapshot_open("/index", &reading, &snapshot, NULL), NUNCIO_OK);
    return 0;
}

static int release(void **state)
{
    (void)state;
    nuncio_snapshot_close(snapshot);
    test_allocator_check(&memory); /* nothing is alive */
    memory_fs_destroy(files);
    return 0;
}

/* What a search gave, in a number. */
typedef struct answer {
    nuncio_status status;
    uint64_t digest;
} answer;

/* The others are refused, or no quote here fulfils them. */
static bool may_stand_in_a_quote(const char *text)
{
    return strncmp(text, "PASSAGE", 7) != 0 && strncmp(text, "title", 5) != 0 &&
           strncmp(text, "person", 6) != 0;
}

static answer count_facets(const nuncio_query *query, const nuncio_search_options *options,
                           nuncio_error *error)
{
    nuncio_facets *facets = NULL;
    answer got = {nuncio_facets_count(snapshot, query, options, NULL, &facets, error), 0};
    for (uint32_t kind = 0; got.status == NUNCIO_OK && kind < NUNCIO_FACET_KINDS; kind++) {
        size_t count;
        const nuncio_facet *values = nuncio_facets_values(facets, (nuncio_facet_kind)kind, &count);
        got.digest = got.digest * 31 + count + 1;
        for (size_t i = 0; i < count; i++) {
            got.digest = got.digest * 31 + values[i].hits * 7 + values[i].articles;
        }
    }
    assert_true((got.status == NUNCIO_OK) == (facets != NULL));
    nuncio_facets_destroy(facets);
    return got;
}

static answer search(const char *text, unsigned mode, nuncio_search_options options)
{
    nuncio_query *query = NULL;
    nuncio_hits *hits = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    answer got = {NUNCIO_OK, 0};
    bool by_quote = mode == BY_QUOTE && may_stand_in_a_quote(text);
    options.by = by_quote                           ? NUNCIO_BY_QUOTE
                 : mode < BY_QUOTE && mode % 2 == 1 ? NUNCIO_BY_ARTICLE
                                                    : NUNCIO_BY_PASSAGE;
    options.scope = mode / 2 == 1 ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
    options.exhaustive = true; /* the work of all, not of the ten best */
    options.count = true;
    assert_int_equal(nuncio_query_parse((nuncio_str){text, strlen(text)}, 0, NULL, &query, NULL),
                     NUNCIO_OK);
    if (mode == FACETS) {
        got = count_facets(query, &options, &error);
        nuncio_query_destroy(query);
        return got;
    }
    got.status = nuncio_search(snapshot, query, &options, &hits, &error);
    if (got.status == NUNCIO_OK) {
        got.digest = nuncio_hits_total(hits) + 1;
        for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
            const nuncio_hit *hit = nuncio_hits_at(hits, i);
            uint64_t score;
            memcpy(&score, &hit->score, sizeof score);
            got.digest = got.digest * 1099511628211u ^ score ^ hit->start ^
                         (uint64_t)(uint8_t)hit->article.id.data[6] << 32;
        }
        nuncio_hits_destroy(hits);
    } else {
        assert_int_equal(error.status, got.status);
        assert_true(error.message[0] != '\0');
        assert_null(hits);
    }
    nuncio_query_destroy(query);
    return got;
}

static const nuncio_search_options PLAIN = NUNCIO_SEARCH_OPTIONS_INIT;

/* ---- work ---- */

/* The least work that is enough, to a hundredth. */
static uint64_t work_of(const char *text, unsigned mode, uint64_t expected)
{
    nuncio_search_options options = PLAIN;
    uint64_t low = 1, high = 0; /* high: enough; 0: not known yet */
    while (high == 0 || high - low > low / 100) {
        options.work_max = high == 0 ? low * 2 : low + (high - low) / 2;
        answer got = search(text, mode, options);
        if (got.status == NUNCIO_OK) {
            assert_int_equal(got.digest, expected);
            high = options.work_max;
        } else {
            assert_int_equal(got.status, NUNCIO_ERR_LIMIT);
            assert_true(options.work_max < UINT64_C(1) << 40);
            low = options.work_max + 1;
        }
    }
    return high;
}

static void test_work(void **state)
{
    (void)state;
    uint64_t searches = 0;
    for (size_t i = 0; i < QUERY_COUNT; i++) {
        uint64_t least = UINT64_MAX, most = 0;
        for (unsigned mode = 0; mode < MODES; mode++) {
            nuncio_search_options one = PLAIN;
            answer plain = search(QUERIES[i], mode, PLAIN);
            assert_int_equal(plain.status, NUNCIO_OK);
            assert_true(plain.digest > 2); /* a query that finds nothing would test nothing */
            one.work_max = 1;
            assert_int_equal(search(QUERIES[i], mode, one).status, NUNCIO_ERR_LIMIT);
            uint64_t work = work_of(QUERIES[i], mode, plain.digest);
            least = work < least ? work : least;
            most = work > most ? work : most;
            searches++;
        }
        print_message("%-30s %llu to %llu steps\n", QUERIES[i], (unsigned long long)least,
                      (unsigned long long)most);
        /* Counted, and in proportion to what is there: 600 articles, 1200 passages. */
        assert_true(least >= 2 && most <= 100 * ARTICLES);
    }
    print_message("bounded searches: %llu\n", (unsigned long long)searches);
}

/* ---- memory ---- */

static void test_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < QUERY_COUNT; i++) {
        for (unsigned mode = 0; mode < MODES; mode++) {
            nuncio_search_options options = PLAIN;
            answer plain = search(QUERIES[i], mode, PLAIN), got = {NUNCIO_ERR_MEMORY, 0};
            uint32_t refused = 0;
            for (options.memory_max = 1; got.status != NUNCIO_OK; options.memory_max *= 2) {
                got = search(QUERIES[i], mode, options);
                assert_true(got.status == NUNCIO_OK || got.status == NUNCIO_ERR_MEMORY);
                refused += got.status != NUNCIO_OK;
                assert_true(options.memory_max < 64u << 20);
            }
            assert_true(refused > 5);
            assert_int_equal(got.digest, plain.digest);
        }
    }
}

/* ---- stop and deadline ---- */

typedef struct listener {
    uint64_t asked, stop_at; /* stop at so many questions; 0: never */
    bool sleep;              /* until a deadline of 1 ms is over */
} listener;

static bool ask(void *context)
{
    listener *in = context;
    if (in->sleep && in->asked == 0) {
        const struct timespec pause = {0, 3000000};
        (void)nanosleep(&pause, NULL);
    }
    return ++in->asked == in->stop_at;
}

static void test_stop(void **state)
{
    (void)state;
    uint64_t stopped = 0;
    for (size_t i = 0; i < QUERY_COUNT; i++) {
        for (unsigned mode = 0; mode < MODES; mode++) {
            nuncio_search_options options = PLAIN;
            listener all = {0, 0, false};
            options.stop = ask;
            options.stop_context = &all;
            assert_int_equal(search(QUERIES[i], mode, options).status, NUNCIO_OK);
            assert_true(all.asked >= 1);
            for (uint64_t at = 1; at <= all.asked; at++) {
                listener once = {0, at, false};
                options.stop_context = &once;
                assert_int_equal(search(QUERIES[i], mode, options).status, NUNCIO_ERR_CANCELLED);
                assert_int_equal(once.asked, at); /* it is not asked again */
                stopped++;
            }
        }
    }
    print_message("stopped searches: %llu\n", (unsigned long long)stopped);
    assert_true(stopped > QUERY_COUNT * MODES);
}

static void test_deadline(void **state)
{
    (void)state;
    for (size_t i = 0; i < QUERY_COUNT; i++) {
        for (unsigned mode = 0; mode < MODES; mode++) {
            nuncio_search_options options = PLAIN;
            listener slow = {0, 0, true};
            options.stop = ask;
            options.stop_context = &slow;
            options.deadline_ms = 1;
            assert_int_equal(search(QUERIES[i], mode, options).status, NUNCIO_ERR_DEADLINE);
            options.stop = NULL;
            options.deadline_ms = 60000;
            assert_int_equal(search(QUERIES[i], mode, options).status, NUNCIO_OK);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_work),
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_deadline),
    };
    return cmocka_run_group_tests(tests, make, release);
}
