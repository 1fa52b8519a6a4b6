/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a names model is opened whole or refused with a reason; nothing in its bytes can make the
 * library read or compute out of bounds. Method: a small sound model, cut at every length, with any
 * byte changed, and with each field of its header beyond what it may be, sealed again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/bits.h"
#include "core/str.h"
#include "support/failing_allocator.h"
#include "support/files.h"
#include "support/prng.h"

#include "small_model.h"

typedef struct fixture {
    nn_memory memory;
    nn_buffer bytes;
} fixture;

static void open_fixture(fixture *f, const small_model_shape *shape)
{
    uint8_t fill[1021];
    test_prng prng = test_prng_of(test_seed(71));
    test_prng_bytes(&prng, fill, sizeof fill);
    nn_memory_init(&f->memory, NULL, 0);
    nn_buffer_init(&f->bytes, &f->memory);
    small_model_make(&f->bytes, shape, fill, sizeof fill);
    assert_false(f->bytes.failed);
}

static void close_fixture(fixture *f)
{
    nn_buffer_deinit(&f->bytes);
    assert_int_equal(f->memory.used, 0);
}

static nuncio_status open_size(fixture *f, size_t size, nuncio_error *error)
{
    nn_name_model *model = NULL;
    nuncio_status status = nn_name_model_open(&f->memory, f->bytes.data, size, &model, error);
    assert_true((status == NUNCIO_OK) == (model != NULL));
    nn_name_model_close(model);
    return status;
}

static void expect_refused(fixture *f, const char *reason)
{
    nuncio_error error = {0};
    assert_int_equal(open_size(f, f->bytes.size, &error), NUNCIO_ERR_MODEL);
    assert_int_equal(error.status, NUNCIO_ERR_MODEL);
    if (strstr(error.message, reason) == NULL) {
        fail_msg("expected '%s', found '%s'", reason, error.message);
    }
}

static void test_the_library_brings_one_along(void **state)
{
    (void)state;
    nn_memory memory;
    nn_name_model *model = NULL;
    nuncio_str bytes = nn_name_model_default();
    nn_memory_init(&memory, NULL, 0);
    assert_true(bytes.size <= 8 << 20);
    assert_int_equal(
        nn_name_model_open(&memory, (const uint8_t *)bytes.data, bytes.size, &model, NULL),
        NUNCIO_OK);
    assert_true(nn_name_table_find(&model->vocabulary, nn_word_key(nn_str_of("minister"))) > 0);
    assert_true((nn_name_table_find(&model->known, nn_word_key(nn_str_of("kenya"))) &
                 NN_KNOWN_COUNTRY) != 0);
    assert_true(memory.used < 1 << 20); /* its words stay where they lie */
    nn_name_model_close(model);
    nn_name_model_close(NULL);
    assert_int_equal(memory.used, 0);
}

static void test_cut_at_every_length(void **state)
{
    (void)state;
    fixture f;
    small_model_shape shape = small_model_smallest();
    open_fixture(&f, &shape);
    assert_int_equal(open_size(&f, f.bytes.size, NULL), NUNCIO_OK);
    size_t step = f.bytes.size / 400;
    for (size_t size = 0; size < f.bytes.size; size += size < 128 ? 1 : step) {
        assert_int_equal(open_size(&f, size, NULL), NUNCIO_ERR_MODEL);
    }
    /* the same, but each says itself that it is whole */
    size_t whole = f.bytes.size;
    for (size_t size = whole - 1; size > 64; size -= size > step ? step : size) {
        small_model_seal(f.bytes.data, size);
        assert_int_equal(open_size(&f, size, NULL), NUNCIO_ERR_MODEL);
    }
    close_fixture(&f);
}

static void test_any_changed_byte(void **state)
{
    (void)state;
    fixture f;
    small_model_shape shape = small_model_smallest();
    open_fixture(&f, &shape);
    test_prng prng = test_prng_of(test_seed(72));
    for (uint32_t round = 0; round < 500; round++) {
        size_t at = test_prng_below(&prng, round < 250 ? 64 : f.bytes.size);
        uint8_t change = (uint8_t)(1 + test_prng_below(&prng, 255));
        f.bytes.data[at] ^= change;
        assert_int_equal(open_size(&f, f.bytes.size, NULL), NUNCIO_ERR_MODEL);
        f.bytes.data[at] ^= change;
    }
    assert_int_equal(open_size(&f, f.bytes.size, NULL), NUNCIO_OK);
    close_fixture(&f);
}

static void test_headers_that_make_no_sense(void **state)
{
    (void)state;
    static const struct {
        uint32_t at, size;
        uint64_t value;
        const char *reason;
    } cases[] = {
        {0, 1, 'N', "not a names model"},
        {8, 4, 2, "version 2; this program reads version 1"},
        {8, 4, UINT32_MAX, "version 4294967295"},
        {32, 4, 0, "header"},
        {32, 4, 70000, "header"},
        {36, 4, 5, "header"},
        {40, 4, 0, "header"},
        {40, 4, 17, "header"},
        {40, 4, 1 << 30, "header"},
        {40, 4, 1 << 20, "cut off"},
        {44, 4, 1 << 24, "cut off"},
        {48, 2, 0, "header"},
        {48, 2, 24, "header"},
        {50, 2, 512, "header"},
        {50, 2, 256, "do not fill"},
        {52, 2, UINT16_MAX, "header"},
        {54, 1, 5, "header"},
        {54, 1, 4, "do not fill"},
        {55, 1, 2, "header"},
        {56, 1, 31, "header"},
        {57, 1, 255, "header"},
        {58, 1, NN_MARK_COUNT + 1, "header"},
        {59, 1, NN_NAME_TAGS - 2, "header"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        small_model_shape shape = small_model_smallest();
        open_fixture(&f, &shape);
        for (uint32_t k = 0; k < cases[i].size; k++) {
            f.bytes.data[cases[i].at + k] = (uint8_t)(cases[i].value >> (8 * k));
        }
        small_model_seal(f.bytes.data, f.bytes.size);
        expect_refused(&f, cases[i].reason);
        close_fixture(&f);
    }
}

static void test_tables_and_sums(void **state)
{
    (void)state;
    fixture f;
    small_model_shape shape = small_model_smallest();
    open_fixture(&f, &shape);
    nn_store_u16(f.bytes.data + NN_MODEL_HEADER + 4, 1); /* there is one word: row 0 */
    small_model_seal(f.bytes.data, f.bytes.size);
    expect_refused(&f, "a row that is not there");
    nn_store_u16(f.bytes.data + NN_MODEL_HEADER + 4, 0);
    for (uint32_t slot = 0; slot < 16; slot++) {
        nn_store_u32(f.bytes.data + NN_MODEL_HEADER + (size_t)slot * NN_NAME_SLOT, 1 + slot);
    }
    small_model_seal(f.bytes.data, f.bytes.size);
    expect_refused(&f, "a table is full");
    close_fixture(&f);
    shape.scale = 255;
    open_fixture(&f, &shape);
    expect_refused(&f, "may overflow");
    close_fixture(&f);
}

/* A word's own weights and those of its pool are added up when a model is opened. */
static void test_weights_of_a_lone_word(void **state)
{
    (void)state;
    fixture f;
    small_model_shape shape = small_model_smallest();
    open_fixture(&f, &shape);
    size_t hidden = shape.hidden_width, upper = shape.upper_width, lanes = NN_NAME_LANES;
    size_t behind = upper * 4 + upper * lanes * 2 + lanes * 4 + lanes * lanes * 4;
    size_t part = hidden * upper * 2;
    uint8_t *parts = f.bytes.data + f.bytes.size - behind - 4 * part;
    nn_store_u16(parts + part, 20000);
    small_model_seal(f.bytes.data, f.bytes.size);
    assert_int_equal(open_size(&f, f.bytes.size, NULL), NUNCIO_OK);
    nn_store_u16(parts + 3 * part, 20000);
    small_model_seal(f.bytes.data, f.bytes.size);
    expect_refused(&f, "may overflow");
    close_fixture(&f);
}

static void test_no_memory(void **state)
{
    (void)state;
    fixture f;
    small_model_shape shape = small_model_smallest();
    open_fixture(&f, &shape);
    for (uint64_t n = 1;; n++) {
        test_allocator allocator;
        nn_memory memory;
        nn_name_model *model = NULL;
        test_allocator_init(&allocator, n);
        nn_memory_init(&memory, &allocator.allocator, 0);
        nuncio_status status =
            nn_name_model_open(&memory, f.bytes.data, f.bytes.size, &model, NULL);
        nn_name_model_close(model);
        test_allocator_check(&allocator);
        assert_int_equal(status, allocator.failed ? NUNCIO_ERR_MEMORY : NUNCIO_OK);
        if (!allocator.failed) {
            break;
        }
    }
    close_fixture(&f);
}

static void test_files(void **state)
{
    (void)state;
    fixture f;
    small_model_shape shape = small_model_smallest();
    open_fixture(&f, &shape);
    char folder[TEST_PATH_MAX], path[TEST_PATH_MAX];
    nn_name_model *model = NULL;
    nuncio_error error = {0};
    const nuncio_vfs *vfs = nuncio_vfs_default();
    test_dir_make(folder);
    test_path(path, folder, "x.model");
    assert_int_equal(nn_name_model_load(&f.memory, vfs, path, &model, &error), NUNCIO_ERR_MODEL);
    assert_string_equal(error.message, "there is no such file");
    test_file_write(path, f.bytes.data, f.bytes.size - 1);
    assert_int_equal(nn_name_model_load(&f.memory, vfs, path, &model, &error), NUNCIO_ERR_MODEL);
    assert_string_equal(error.file, path);
    assert_string_equal(error.message, "names model is damaged: it is not as long as it says");
    assert_int_equal(nn_name_model_load(&f.memory, vfs, path, &model, NULL), NUNCIO_ERR_MODEL);
    test_file_write(path, f.bytes.data, f.bytes.size);
    assert_int_equal(nn_name_model_load(&f.memory, vfs, path, &model, &error), NUNCIO_OK);
    nn_name_model_close(model);
    test_dir_remove(folder);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_library_brings_one_along),
        cmocka_unit_test(test_cut_at_every_length),
        cmocka_unit_test(test_any_changed_byte),
        cmocka_unit_test(test_headers_that_make_no_sense),
        cmocka_unit_test(test_tables_and_sums),
        cmocka_unit_test(test_weights_of_a_lone_word),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
