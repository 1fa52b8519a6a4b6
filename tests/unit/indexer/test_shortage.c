/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that share too little memory wait for each other, begin again, and write the same bytes
 * as with plenty. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "indexer/writer_impl.h"
#include "support/files.h"
#include "support/prng.h"
#include "unit/indexer/archive.h"

enum {
    MIB = 1 << 20,
    MUCH_MEMORY = 1 << 30,
    LEAST_MIB = 10, /* suffice for one thread, the tables of four take twice as much */
    THREADS = 4,
    BATCH = 20,
    ARTICLES = 300,
    FIRST_ARTICLES = 225
};

/* Small batches that four threads build at once, in `memory` bytes for which a budget would allow
 * one. */
static nuncio_status build(const char *directory, uint64_t memory, nuncio_error *error)
{
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    nuncio_writer *writer = NULL;
    options.threads = THREADS;
    options.memory_max = MUCH_MEMORY;
    nuncio_status status = nuncio_writer_open(directory, &options, &writer, error);
    if (status != NUNCIO_OK) {
        return status;
    }
    writer->memory.max = memory;
    for (uint32_t i = 0; i < ARTICLES && status == NUNCIO_OK; i++) {
        /* The last quarter replaces what may still be in the making. */
        nuncio_article article = archive_article(i % FIRST_ARTICLES, 1 + i / FIRST_ARTICLES);
        status = nuncio_writer_add(writer, &article, NULL, error);
        if (status == NUNCIO_OK && i % BATCH == BATCH - 1) {
            status = nn_writer_flush(writer, error);
        }
    }
    if (status == NUNCIO_OK) {
        status = nuncio_writer_commit(writer, error);
    }
    nuncio_writer_close(writer);
    return status;
}

static void test_too_little_is_told(void **state)
{
    (void)state;
    char directory[TEST_PATH_MAX];
    nuncio_error error = {0};
    test_dir_make(directory);
    assert_int_equal(build(directory, 6 * MIB, &error), NUNCIO_ERR_MEMORY);
    assert_non_null(strstr(error.message, "give more, such as 12 MiB"));
    test_dir_remove(directory);
}

static void test_any_memory_makes_the_same_bytes(void **state)
{
    (void)state;
    char much[TEST_PATH_MAX], little[TEST_PATH_MAX];
    nuncio_error error = {0};
    test_dir_make(much);
    assert_int_equal(build(much, MUCH_MEMORY, &error), NUNCIO_OK);
    for (uint64_t mib = LEAST_MIB; mib <= 2 * LEAST_MIB; mib += (uint64_t)test_step(4)) {
        test_dir_make(little);
        if (build(little, mib * MIB, &error) != NUNCIO_OK) {
            fail_msg("with %d MiB: %s", (int)mib, error.message);
        }
        /* Files are named by the hash of their content: the same manifest, the same bytes. */
        assert_true(test_file_is_same(much, little, "manifest"));
        test_dir_remove(little);
    }
    test_dir_remove(much);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_memory_makes_the_same_bytes),
        cmocka_unit_test(test_too_little_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
