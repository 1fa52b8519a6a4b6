/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: no damage to a segment's bytes goes unnoticed, and none, however well disguised, does harm.
 * Method: a small segment; each byte changed, each length cut: opening or verifying must fail. Then
 * the same with checksums made to match again: everything is read and nothing may crash (the
 * sanitizers watch), hang, or give a passage that does not exist. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/hash.h"
#include "read_all.h"
#include "sample.h"
#include "segment/files/format.h"
#include "support/memory_fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    memory_fs *files;
    nn_memory memory;
    char name[64], path[128];
    uint8_t *bytes; /* of the file, to be damaged in place */
    size_t size;
    sample *made;
} fixture;

static fixture make_fixture(test_prng *prng, const sample_options *options)
{
    fixture made = {.files = memory_fs_create(), .made = sample_create(prng, options)};
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nn_memory_init(&made.memory, NULL, 0);
    const nuncio_vfs *vfs = memory_fs_vfs(made.files);
    assert_int_equal(vfs->make_dir(vfs->context, "/index"), 0);
    if (sample_write(made.made, vfs, &made.memory, "/index", true, made.name, &error) !=
        NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    (void)snprintf(made.path, sizeof made.path, "/index/%s", made.name);
    made.bytes = memory_fs_contents(made.files, made.path, &made.size);
    assert_non_null(made.bytes);
    return made;
}

static void release_fixture(fixture *made)
{
    memory_fs_destroy(made->files);
    sample_destroy(made->made);
}

static nuncio_status open_fixture(fixture *made, nn_segment **segment, nuncio_error *error)
{
    return nn_segment_open(memory_fs_vfs(made->files), &made->memory, "/index", made->name, segment,
                           error);
}

/** Opens and verifies checksums. */
static nuncio_status status_of(fixture *made, nuncio_error *error)
{
    nn_segment *segment = NULL;
    nuncio_status status = open_fixture(made, &segment, error);
    if (status == NUNCIO_OK) {
        status = nn_segment_verify(segment, false, error);
        nn_segment_close(segment);
    }
    return status;
}

static const sample_options SMALL = {6, 3, 40, 60};

static void test_each_byte(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(2));
    fixture made = make_fixture(&prng, &SMALL);
    for (size_t i = 0; i < made.size; i++) {
        nuncio_error error = {NUNCIO_OK, 0, "", ""};
        uint8_t flip = (uint8_t)test_prng_range(&prng, 1, 255);
        made.bytes[i] ^= flip;
        nuncio_status status = status_of(&made, &error);
        made.bytes[i] ^= flip;
        bool version = i >= NN_MAGIC_SIZE && i < NN_MAGIC_SIZE + 4;
        if (status != (version ? NUNCIO_ERR_VERSION : NUNCIO_ERR_CORRUPT)) {
            fail_msg("byte %zu changed by %u: status %d", i, flip, status);
        }
        assert_non_null(strstr(error.file, made.name));
        assert_in_range(error.offset, 0, made.size);
    }
    assert_int_equal(status_of(&made, NULL), NUNCIO_OK);
    release_fixture(&made);
}

static void test_each_length(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(3));
    fixture made = make_fixture(&prng, &SMALL);
    for (size_t size = made.size; size-- > 0;) {
        memory_fs_resize(made.files, made.path, size);
        if (status_of(&made, NULL) != NUNCIO_ERR_CORRUPT) {
            fail_msg("cut to %zu bytes it still opens", size);
        }
    }
    release_fixture(&made);
}

/** Reads a file that may lie about everything. */
static void read_sealed(fixture *made, uint64_t *opened, uint64_t *failed)
{
    nn_segment *segment = NULL;
    if (open_fixture(made, &segment, NULL) == NUNCIO_OK) {
        *opened += 1;
        *failed += read_all(segment, &made->memory);
        (void)!nn_segment_verify(segment, true, NULL);
        nn_segment_close(segment);
    }
}

static void test_each_byte_resealed(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(4));
    fixture made = make_fixture(&prng, &SMALL);
    uint8_t *saved = malloc(made.size);
    assert_non_null(saved);
    memcpy(saved, made.bytes, made.size);
    uint64_t opened = 0, failed = 0;
    size_t step = test_step(2);
    for (size_t i = 0; i < made.size; i += step) {
        static const uint8_t masks[] = {0x01, 0x80, 0xFF};
        made.bytes[i] ^= masks[test_prng_below(&prng, 3)];
        read_seal(made.bytes, made.size);
        read_sealed(&made, &opened, &failed);
        memcpy(made.bytes, saved, made.size);
    }
    assert_true(opened > made.size / 2 / step); /* else the damage was not disguised well */
    assert_true(failed > 1000 / step);
    free(saved);
    release_fixture(&made);
}

static void test_random_damage_resealed(void **state)
{
    (void)state;
    static const sample_options options = {60, 8, 60, 6}; /* lists of several blocks */
    test_prng prng = test_prng_of(test_seed(5));
    fixture made = make_fixture(&prng, &options);
    uint8_t *saved = malloc(made.size);
    assert_non_null(saved);
    memcpy(saved, made.bytes, made.size);
    uint64_t opened = 0, failed = 0;
    for (uint32_t round = 0; round < 600; round++) {
        for (uint64_t times = 1 + test_prng_below(&prng, 4); times > 0; times--) {
            size_t at = (size_t)test_prng_below(&prng, made.size - NN_FOOTER_SIZE);
            made.bytes[at] = (uint8_t)test_prng_next(&prng);
        }
        read_seal(made.bytes, made.size);
        read_sealed(&made, &opened, &failed);
        memcpy(made.bytes, saved, made.size);
    }
    assert_true(opened > 100);
    assert_true(failed > 1000);
    free(saved);
    release_fixture(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_byte),
        cmocka_unit_test(test_each_length),
        cmocka_unit_test(test_each_byte_resealed),
        cmocka_unit_test(test_random_damage_resealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
