/* SPDX-License-Identifier: Apache-2.0 */
/* One writer that adds, replaces, deletes and merges, and readers that refresh: each reader sees
 * whole commits only, in order, and what it has open stays what it was. The thread sanitizer
 * watches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include <nuncio/nuncio.h>

#include "support/files.h"
#include "support/prng.h"

enum { READERS = 4, ROUNDS = 40, ROUNDS_LONG = 2000, ARTICLES = 30 };

typedef struct stage {
    char directory[TEST_PATH_MAX];
    unsigned rounds;
    atomic_bool done;
    atomic_uint failures, refreshes;
    char first[400]; /* the first failure, by whoever came first */
    atomic_flag named;
} stage;

static void fail_with(stage *on, const char *what)
{
    if (!atomic_flag_test_and_set(&on->named)) {
        snprintf(on->first, sizeof on->first, "%s", what);
    }
    atomic_fetch_add(&on->failures, 1);
}

/* In round r every article says "round<r>" and nothing else of that kind: a commit seen in part
 * shows. */
static void write_round(stage *on, nuncio_writer *writer, unsigned round)
{
    nuncio_error error = {0};
    for (unsigned i = 0; i < ARTICLES; i++) {
        char id[32], text[200];
        snprintf(id, sizeof id, "a%u", i);
        snprintf(
            text, sizeof text,
            "The envoys met in round%u of the talks. \xe2\x80\x9cWe stay,\xe2\x80\x9d said Oblov.",
            round);
        nuncio_article article = {.id = {id, strlen(id)}, .text = {text, strlen(text)}};
        if (nuncio_writer_add(writer, &article, NULL, &error) != NUNCIO_OK) {
            fail_with(on, error.message);
        }
    }
    nuncio_status status = round % 7 == 6 ? nuncio_writer_optimize(writer, &error)
                                          : nuncio_writer_commit(writer, &error);
    if (status != NUNCIO_OK) {
        fail_with(on, error.message);
    }
}

static void *run_writer(void *argument)
{
    stage *on = argument;
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    nuncio_writer *writer = NULL;
    nuncio_error error = {0};
    options.threads = 2;
    if (nuncio_writer_open(on->directory, &options, &writer, &error) != NUNCIO_OK) {
        fail_with(on, error.message);
    }
    for (unsigned round = 1; writer != NULL && round < on->rounds; round++) {
        write_round(on, writer, round);
    }
    nuncio_writer_close(writer);
    atomic_store(&on->done, true);
    return NULL;
}

static uint64_t count(stage *on, const nuncio_snapshot *snapshot, unsigned round)
{
    char text[32];
    nuncio_query *query = NULL;
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.count = true;
    snprintf(text, sizeof text, "round%u", round);
    uint64_t total = UINT64_MAX;
    if (nuncio_query_parse((nuncio_str){text, strlen(text)}, 0, NULL, &query, &error) !=
            NUNCIO_OK ||
        nuncio_search(snapshot, query, &options, &hits, &error) != NUNCIO_OK) {
        fail_with(on, error.message);
    } else {
        total = nuncio_hits_total(hits);
    }
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
    return total;
}

/* The generation is the round: all articles are of it, none of its neighbours, now and when asked
 * again. */
static void examine(stage *on, const nuncio_snapshot *snapshot)
{
    unsigned round = (unsigned)nuncio_snapshot_generation(snapshot);
    for (int again = 0; again < 2; again++) {
        if (count(on, snapshot, round) != ARTICLES || count(on, snapshot, round + 1) != 0 ||
            count(on, snapshot, round - 1) != 0) {
            fail_with(on, "a reader saw a commit in part");
        }
    }
}

static void *run_reader(void *argument)
{
    stage *on = argument;
    uint64_t last = 0;
    while (!atomic_load(&on->done)) {
        nuncio_snapshot *snapshot = NULL;
        nuncio_error error = {0};
        nuncio_status status = nuncio_snapshot_open(on->directory, NULL, &snapshot, &error);
        if (status == NUNCIO_ERR_NOT_INDEX && last == 0) {
            continue; /* before the first commit */
        }
        if (status != NUNCIO_OK) {
            fail_with(on, error.message);
            continue;
        }
        if (nuncio_snapshot_generation(snapshot) < last) {
            fail_with(on, "a reader went back in time");
        }
        last = nuncio_snapshot_generation(snapshot);
        examine(on, snapshot);
        nuncio_snapshot_close(snapshot);
        atomic_fetch_add(&on->refreshes, 1);
    }
    return NULL;
}

static void test_readers_and_a_writer(void **state)
{
    (void)state;
    static stage on;
    pthread_t writer, readers[READERS];
    on.rounds = (unsigned)test_rounds(ROUNDS, ROUNDS_LONG);
    test_dir_make(on.directory);
    assert_int_equal(pthread_create(&writer, NULL, run_writer, &on), 0);
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(pthread_create(&readers[i], NULL, run_reader, &on), 0);
    }
    assert_int_equal(pthread_join(writer, NULL), 0);
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(readers[i], NULL), 0);
    }
    print_message("%u refreshes by %d readers over %u commits\n", atomic_load(&on.refreshes),
                  READERS, on.rounds - 1);
    if (atomic_load(&on.failures) != 0) {
        fail_msg("%u failures, the first: %s", atomic_load(&on.failures), on.first);
    }
    assert_true(atomic_load(&on.refreshes) > 5);
    test_dir_remove(on.directory);
}

/* ---- a search stopped by another thread ---- */

typedef struct stopping {
    const nuncio_snapshot *snapshot;
    atomic_bool stop;
    atomic_uint searches;
    nuncio_status last;
} stopping;

static bool asked(void *context)
{
    return atomic_load(&((stopping *)context)->stop);
}

static void *search_until_stopped(void *argument)
{
    stopping *with = argument;
    nuncio_query *query = NULL;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.stop = asked;
    options.stop_context = with;
    with->last = nuncio_query_parse((nuncio_str){"envoys talks", 12}, 0, NULL, &query, NULL);
    while (with->last == NUNCIO_OK) {
        nuncio_hits *hits = NULL;
        with->last = nuncio_search(with->snapshot, query, &options, &hits, NULL);
        nuncio_hits_destroy(hits);
        atomic_fetch_add(&with->searches, 1);
    }
    nuncio_query_destroy(query);
    return NULL;
}

static void test_stopped_from_another_thread(void **state)
{
    (void)state;
    static stage on;
    static stopping with;
    nuncio_snapshot *snapshot = NULL;
    nuncio_writer *writer = NULL;
    pthread_t searcher;
    test_dir_make(on.directory);
    assert_int_equal(nuncio_writer_open(on.directory, NULL, &writer, NULL), NUNCIO_OK);
    write_round(&on, writer, 1);
    nuncio_writer_close(writer);
    assert_int_equal(nuncio_snapshot_open(on.directory, NULL, &snapshot, NULL), NUNCIO_OK);
    with.snapshot = snapshot;
    assert_int_equal(pthread_create(&searcher, NULL, search_until_stopped, &with), 0);
    while (atomic_load(&with.searches) < 3) {
        sched_yield();
    }
    atomic_store(&with.stop, true);
    assert_int_equal(pthread_join(searcher, NULL), 0);
    assert_int_equal(with.last, NUNCIO_ERR_CANCELLED);
    nuncio_snapshot_close(snapshot);
    test_dir_remove(on.directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_readers_and_a_writer),
                                       cmocka_unit_test(test_stopped_from_another_thread)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
