/* SPDX-License-Identifier: Apache-2.0 */
/* Several processes on one index of a real file system: a second writer is told at once, a killed
 * one leaves nothing to clean, a reader that was stopped for ten commits still answers from its
 * own, and a fork disturbs neither reader nor writer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nuncio/nuncio.h>

#include "support/files.h"

enum { ARTICLES = 20 };

static char directory[TEST_PATH_MAX];

static int make(void **state)
{
    (void)state;
    test_dir_make(directory);
    return 0;
}

static int release(void **state)
{
    (void)state;
    test_dir_remove(directory);
    return 0;
}

static nuncio_status open_writer(nuncio_writer **writer)
{
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    options.threads = 1;
    options.no_annotations = true;
    return nuncio_writer_open(directory, &options, writer, NULL);
}

/* Every article says "round<r>" and nothing else of that kind. */
static bool add_round(nuncio_writer *writer, unsigned round)
{
    for (unsigned i = 0; i < ARTICLES; i++) {
        char id[32], text[100];
        snprintf(id, sizeof id, "a%u", i);
        snprintf(text, sizeof text, "The envoys met in round%u of the talks.", round);
        nuncio_article article = {.id = {id, strlen(id)}, .text = {text, strlen(text)}};
        if (nuncio_writer_add(writer, &article, NULL, NULL) != NUNCIO_OK) {
            return false;
        }
    }
    return true;
}

static void write_rounds(unsigned first, unsigned last)
{
    nuncio_writer *writer = NULL;
    assert_int_equal(open_writer(&writer), NUNCIO_OK);
    for (unsigned round = first; round <= last; round++) {
        assert_true(add_round(writer, round));
        assert_int_equal(round % 5 == 0 ? nuncio_writer_optimize(writer, NULL)
                                        : nuncio_writer_commit(writer, NULL),
                         NUNCIO_OK);
    }
    nuncio_writer_close(writer);
}

/* All articles are of this round and can be read; none is of the next. */
static bool sees(const nuncio_snapshot *snapshot, unsigned round)
{
    for (unsigned next = 0; next <= 1; next++) {
        char text[32];
        nuncio_query *query = NULL;
        nuncio_hits *hits = NULL;
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.count = true;
        snprintf(text, sizeof text, "round%u", round + next);
        if (nuncio_query_parse((nuncio_str){text, strlen(text)}, 0, NULL, &query, NULL) !=
                NUNCIO_OK ||
            nuncio_search(snapshot, query, &options, &hits, NULL) != NUNCIO_OK) {
            return false;
        }
        uint64_t total = nuncio_hits_total(hits);
        nuncio_hits_destroy(hits);
        nuncio_query_destroy(query);
        if (total != (next == 0 ? ARTICLES : 0)) {
            return false;
        }
    }
    for (uint64_t i = 0; i < ARTICLES; i++) {
        nuncio_document *document = NULL;
        if (nuncio_snapshot_read(snapshot, i, &document, NULL) != NUNCIO_OK) {
            return false;
        }
        nuncio_document_destroy(document);
    }
    return true;
}

static bool directory_sees(unsigned round)
{
    nuncio_snapshot *snapshot = NULL;
    bool good = nuncio_snapshot_open(directory, NULL, &snapshot, NULL) == NUNCIO_OK &&
                sees(snapshot, round);
    nuncio_snapshot_close(snapshot);
    return good;
}

/* A child that does `work`, waiting for a byte where it wants to; its exit status says whether all
 * was well. */
typedef struct child {
    pid_t process;
    int tell[2], hear[2];
} child;

static void say(const int to[2])
{
    if (write(to[1], "x", 1) != 1) {
        _exit(9);
    }
}

static bool wait_for(const int from[2])
{
    char byte;
    return read(from[0], &byte, 1) == 1;
}

static child start(bool (*work)(child *self))
{
    child made = {0};
    assert_int_equal(pipe(made.tell), 0);
    assert_int_equal(pipe(made.hear), 0);
    fflush(NULL);
    made.process = fork();
    assert_true(made.process >= 0);
    if (made.process == 0) {
        _exit(work(&made) ? 0 : 1);
    }
    return made;
}

static int finish(const child *of)
{
    int status;
    assert_int_equal(waitpid(of->process, &status, 0), of->process);
    for (int i = 0; i < 2; i++) {
        close(of->tell[i]);
        close(of->hear[i]);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* ---- writers ---- */

static bool hold_and_fill(child *self)
{
    nuncio_writer *writer = NULL;
    if (open_writer(&writer) != NUNCIO_OK || !add_round(writer, 2)) {
        return false;
    }
    say(self->hear);
    (void)wait_for(self->tell); /* for a kill that comes meanwhile */
    nuncio_writer_close(writer);
    return true;
}

static void test_second_writer_and_kill(void **state)
{
    (void)state;
    nuncio_writer *writer = NULL;
    write_rounds(1, 1);
    child other = start(hold_and_fill);
    assert_true(wait_for(other.hear));
    assert_int_equal(open_writer(&writer), NUNCIO_ERR_LOCKED); /* at once: nothing waits here */
    assert_null(writer);
    assert_true(directory_sees(1));
    assert_int_equal(kill(other.process, SIGKILL), 0);
    assert_int_equal(finish(&other), -SIGKILL);
    write_rounds(2, 3); /* nothing has to be cleaned first */
    assert_true(directory_sees(3));
    assert_int_equal(test_dir_count(directory),
                     3); /* manifest, lock, a segment: nothing is left over */
}

static bool outlive(child *self)
{
    say(self->hear);
    return wait_for(self->tell);
}

/* The lock is the open file's: a child has it too for as long as it lives, and its end takes it
 * from nobody. */
static void test_fork_of_a_writer(void **state)
{
    (void)state;
    nuncio_writer *writer = NULL, *second = NULL;
    assert_int_equal(open_writer(&writer), NUNCIO_OK);
    assert_true(add_round(writer, 1));
    child brief = start(outlive);
    assert_true(wait_for(brief.hear));
    say(brief.tell);
    assert_int_equal(finish(&brief), 0);
    assert_int_equal(open_writer(&second), NUNCIO_ERR_LOCKED);
    assert_int_equal(nuncio_writer_commit(writer, NULL), NUNCIO_OK);
    child lasting = start(outlive);
    assert_true(wait_for(lasting.hear));
    nuncio_writer_close(writer);
    assert_int_equal(open_writer(&second), NUNCIO_ERR_LOCKED);
    say(lasting.tell);
    assert_int_equal(finish(&lasting), 0);
    write_rounds(2, 2);
    assert_true(directory_sees(2));
}

/* ---- readers ---- */

static bool read_before_and_after(child *self)
{
    nuncio_snapshot *snapshot = NULL;
    bool good = nuncio_snapshot_open(directory, NULL, &snapshot, NULL) == NUNCIO_OK;
    say(self->hear);
    good = good && wait_for(self->tell); /* stopped here for ten commits */
    good = good && sees(snapshot, 1) && nuncio_snapshot_generation(snapshot) == 1;
    nuncio_snapshot_close(snapshot);
    return good && directory_sees(11);
}

static void test_stopped_reader(void **state)
{
    (void)state;
    int status;
    write_rounds(1, 1);
    child reader = start(read_before_and_after);
    assert_true(wait_for(reader.hear));
    assert_int_equal(kill(reader.process, SIGSTOP), 0);
    assert_int_equal(waitpid(reader.process, &status, WUNTRACED), reader.process);
    assert_true(WIFSTOPPED(status));
    write_rounds(2,
                 11); /* ten commits, two of which merge everything: nobody waits for the reader */
    assert_int_equal(kill(reader.process, SIGCONT), 0);
    say(reader.tell);
    assert_int_equal(finish(&reader), 0);
}

static nuncio_snapshot *shared;

static bool read_inherited(child *self)
{
    (void)self;
    bool good = sees(shared, 1);
    nuncio_snapshot_close(shared); /* the child's copy only */
    return good;
}

static void test_fork_of_a_reader(void **state)
{
    (void)state;
    write_rounds(1, 1);
    assert_int_equal(nuncio_snapshot_open(directory, NULL, &shared, NULL), NUNCIO_OK);
    child reader = start(read_inherited);
    assert_int_equal(finish(&reader), 0);
    assert_true(sees(shared, 1));
    nuncio_snapshot_close(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_second_writer_and_kill, make, release),
        cmocka_unit_test_setup_teardown(test_fork_of_a_writer, make, release),
        cmocka_unit_test_setup_teardown(test_stopped_reader, make, release),
        cmocka_unit_test_setup_teardown(test_fork_of_a_reader, make, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
