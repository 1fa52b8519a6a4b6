/* SPDX-License-Identifier: Apache-2.0 */
#include "core/buffer.h"
#include "core/slice.h"
#include "core/str.h"
#include "support/failing_allocator.h"
#include "support/prng.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct fixture {
    test_allocator source;
    nn_memory memory;
    nn_buffer buffer;
} fixture;

static void start(fixture *f, uint64_t fail_at)
{
    test_allocator_init(&f->source, fail_at);
    nn_memory_init(&f->memory, &f->source.allocator, 0);
    nn_buffer_init(&f->buffer, &f->memory);
}

static void finish(fixture *f)
{
    nn_buffer_deinit(&f->buffer);
    test_allocator_check(&f->source);
}

static void empty_is_empty_text(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    nn_buffer_append(&f.buffer, NULL, 0);
    nn_buffer_append_str(&f.buffer, nn_str_of(NULL));
    nn_buffer_append_text(&f.buffer, "");
    assert_null(f.buffer.data);
    assert_non_null(nn_buffer_str(&f.buffer).data);
    assert_int_equal(nn_buffer_str(&f.buffer).size, 0);
    assert_int_equal(nn_buffer_status(&f.buffer, NULL), NUNCIO_OK);
    finish(&f);
}

static void bytes_come_out_as_they_went_in(void **state)
{
    (void)state;
    static const uint8_t expected[] = {'a', 'b', 0x7F, 4, 3, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1};
    fixture f;
    start(&f, 0);
    nn_buffer_append_text(&f.buffer, "ab");
    nn_buffer_append_u8(&f.buffer, 0x7F);
    nn_buffer_append_u32(&f.buffer, 0x01020304);
    nn_buffer_append_u64(&f.buffer, 0x0102030405060708);
    assert_int_equal(f.buffer.size, sizeof expected);
    assert_memory_equal(f.buffer.data, expected, sizeof expected);
    nn_buffer_clear(&f.buffer);
    assert_int_equal(f.buffer.size, 0);
    finish(&f);
}

static void varints_round_trip(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    for (uint32_t bit = 0; bit < 64; bit++) {
        uint64_t value = (uint64_t)1 << bit;
        nn_buffer_append_varint(&f.buffer, value);
        nn_buffer_append_varint(&f.buffer, value - 1);
    }
    nn_buffer_append_varint(&f.buffer, UINT64_MAX);
    nn_slice slice = nn_slice_of(f.buffer.data, f.buffer.size);
    for (uint32_t bit = 0; bit < 64; bit++) {
        uint64_t value = (uint64_t)1 << bit;
        assert_true(nn_slice_varint(&slice) == value);
        assert_true(nn_slice_varint(&slice) == value - 1);
    }
    assert_true(nn_slice_varint(&slice) == UINT64_MAX);
    assert_false(slice.failed);
    assert_int_equal(slice.size, 0);
    finish(&f);
}

static void formats_of_any_length_fit(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    char expected[4096] = "";
    for (int i = 0; i < 60; i++) {
        nn_buffer_append_format(&f.buffer, "%d%*s|", i, i, "");
        snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%d%*s|", i, i,
                 "");
    }
    assert_int_equal(f.buffer.size, strlen(expected));
    assert_memory_equal(f.buffer.data, expected, f.buffer.size);
    finish(&f);
}

static void failure_is_sticky_until_cleared(void **state)
{
    (void)state;
    fixture f;
    start(&f, 2);
    nn_buffer_append_text(&f.buffer, "kept");
    char large[1000] = {0};
    nn_buffer_append(&f.buffer, large, sizeof large);
    assert_true(f.buffer.failed);
    nn_buffer_append_text(&f.buffer, "lost");
    nn_buffer_append_format(&f.buffer, "%s", "lost");
    assert_false(nn_buffer_reserve(&f.buffer, 0));
    assert_true(nn_str_equal(nn_buffer_str(&f.buffer), nn_str_of("kept")));
    nuncio_error error = {0};
    assert_int_equal(nn_buffer_status(&f.buffer, &error), NUNCIO_ERR_MEMORY);
    assert_int_equal(error.status, NUNCIO_ERR_MEMORY);
    nn_buffer_clear(&f.buffer);
    nn_buffer_append_text(&f.buffer, "new");
    assert_int_equal(nn_buffer_status(&f.buffer, NULL), NUNCIO_OK);
    assert_true(nn_str_equal(nn_buffer_str(&f.buffer), nn_str_of("new")));
    finish(&f);
}

static void sizes_that_overflow_fail(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    nn_buffer_append_text(&f.buffer, "x");
    assert_false(nn_buffer_reserve(&f.buffer, SIZE_MAX));
    assert_int_equal(nn_buffer_status(&f.buffer, NULL), NUNCIO_ERR_MEMORY);
    finish(&f);
}

static void growth_is_geometric(void **state)
{
    (void)state;
    fixture f;
    start(&f, 0);
    for (uint32_t i = 0; i < 100000; i++) {
        nn_buffer_append_u8(&f.buffer, (uint8_t)i);
    }
    for (uint32_t i = 0; i < 100000; i++) {
        assert_int_equal(f.buffer.data[i], (uint8_t)i);
    }
    assert_true(atomic_load(&f.source.calls) < 20);
    finish(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_is_empty_text),
        cmocka_unit_test(bytes_come_out_as_they_went_in),
        cmocka_unit_test(varints_round_trip),
        cmocka_unit_test(formats_of_any_length_fit),
        cmocka_unit_test(failure_is_sticky_until_cleared),
        cmocka_unit_test(sizes_that_overflow_fail),
        cmocka_unit_test(growth_is_geometric),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
