/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: what a segment writer is given is what readers give back, and the same input makes the same
 * bytes. Method: random archives of several shapes, written, read in every way and compared with
 * plain arrays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample.h"
#include "support/failing_allocator.h"
#include "support/files.h"

#include <stdlib.h>
#include <string.h>

static const sample_options SHAPES[] = {
    {1, 1, 20, 10},    /* one passage */
    {3, 1, 0, 5},      /* no words at all but in titles */
    {40, 6, 100, 400}, /* lists of one block, and of several */
    {300, 40, 12, 4},  /* long lists: several groups of skip data */
    {400, 1, 10, 900}, /* each passage is an article */
    {5, 80, 190, 3},   /* high frequencies */
};

/** Writes a sample to a folder of its own, checks it, and hands its bytes out. */
static char *round_trip(const sample *from, bool store_text, char *name, size_t *size)
{
    test_allocator counting;
    nn_memory memory;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    char folder[TEST_PATH_MAX], path[TEST_PATH_MAX];
    test_allocator_init(&counting, 0);
    nn_memory_init(&memory, &counting.allocator, 0);
    test_dir_make(folder);
    if (sample_write(from, nuncio_vfs_default(), &memory, folder, store_text, name, &error) !=
        NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(test_dir_count(folder), 1);
    nn_segment *segment = NULL;
    if (nn_segment_open(nuncio_vfs_default(), &memory, folder, name, &segment, &error) !=
            NUNCIO_OK ||
        nn_segment_verify(segment, true, &error) != NUNCIO_OK) {
        fail_msg("%s (byte %llu)", error.message, (unsigned long long)error.offset);
    }
    sample_check(from, segment, &memory);
    nn_segment_close(segment);
    test_allocator_check(&counting);
    test_path(path, folder, name);
    char *bytes = test_file_read(path, size);
    test_dir_remove(folder);
    return bytes;
}

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(1));
    for (size_t i = 0; i < sizeof SHAPES / sizeof SHAPES[0]; i++) {
        sample *made = sample_create(&prng, &SHAPES[i]);
        char name[64];
        size_t size = 0;
        free(round_trip(made, true, name, &size));
        free(round_trip(made, false, name, &size));
        sample_destroy(made);
    }
}

static void test_same_input_same_bytes(void **state)
{
    (void)state;
    char names[2][64];
    char *bytes[2];
    size_t sizes[2];
    for (size_t i = 0; i < 2; i++) {
        test_prng prng = test_prng_of(7);
        sample *made = sample_create(&prng, &SHAPES[2]);
        bytes[i] = round_trip(made, true, names[i], &sizes[i]);
        sample_destroy(made);
    }
    assert_string_equal(names[0], names[1]);
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void test_empty(void **state)
{
    (void)state;
    sample none = {0};
    char name[64];
    size_t size = 0;
    free(round_trip(&none, true, name, &size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_same_input_same_bytes),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
