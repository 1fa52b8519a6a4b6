/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: spellings and codes of surface forms survive, however many forms there are.
 * Method: hand-picked spellings with the bytes they take; random rows of forms, rare ones and
 * bursts; damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "segment/terms/forms.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

static nn_memory memory;

static void test_spellings(void **state)
{
    (void)state;
    static const struct {
        const char *term, *form;
        size_t size; /* bytes of its string */
    } cases[] = {
        {"report", "report", 1},
        {"report", "Report", 1},
        {"report", "REPORT", 1},
        {"report", "reports", 2},
        {"report", "Reporting", 4},
        {"studi", "study", 2},
        {"studi", "STUDIES", 3},
        {"us", "U.S.", 4},
        {"report", "rEport", 8},
        {"cavusoglu", "Çavuşoğlu", 14},
        {"a", "A", 1},
        {"x", "", 1},
        {"internationalis", "internationalisation", 6},
    };
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nuncio_str term = nn_str_of(cases[i].term), form = nn_str_of(cases[i].form), got;
        nuncio_str strings[2] = {form, term};
        uint64_t counts[2] = {5, 1};
        uint32_t order[2] = {0, 1};
        nn_form_table table, read;
        char room[2 * NN_TERM_SIZE_MAX];
        nn_form_table_plan(&table, counts, 6, 2);
        nn_buffer_clear(&out);
        nn_forms_write(&out, &table, term, strings, order);
        bool is_term = nn_str_equal(form, term);
        assert_int_equal(out.size, 2 + (is_term ? 0 : cases[i].size) + 1);
        nn_slice slice = nn_slice_of(out.data, out.size), skipped = slice;
        assert_true(nn_form_table_read(&slice, &read));
        assert_int_equal(read.count, 2);
        assert_int_equal(read.first_is_term, is_term);
        assert_true(nn_form_read(&slice, &read, 0, term, room, &got));
        assert_true(nn_str_equal(got, form));
        assert_true(nn_form_read(&slice, &read, 1, term, room, &got));
        assert_true(nn_str_equal(got, term));
        assert_int_equal(slice.size, 0);
        assert_true(nn_form_table_read(&skipped, &read) && nn_forms_skip(&skipped, &read));
        assert_int_equal(skipped.size, 0);
    }
    nn_buffer_deinit(&out);
}

/** Draws a row of form numbers, in bursts, and their counts. */
static void draw(test_prng *prng, uint32_t *numbers, uint32_t count, uint32_t forms)
{
    uint32_t rare = 1 + (uint32_t)test_prng_below(prng, 60), last = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (test_prng_chance(prng, rare)) {
            double skew = test_prng_unit(prng);
            last = (uint32_t)(skew * skew * forms);
        }
        numbers[i] = last;
        last = test_prng_chance(prng, 40) ? last : 0;
    }
}

static nn_form_table plan(const uint32_t *numbers, uint32_t count, uint32_t forms)
{
    nn_form_table table;
    uint64_t counts[200] = {0};
    for (uint32_t i = 0; i < count; i++) {
        counts[numbers[i]]++;
    }
    nn_form_table_plan(&table, counts, count, forms);
    return table;
}

/** Writes codes of form numbers, the forms given in the reverse of their order. */
static void write_codes(nn_buffer *out, const nn_form_table *table, const uint32_t *numbers,
                        uint32_t count)
{
    uint32_t last = table->count - 1, number_of[200], forms[4096];
    for (uint32_t form = 0; form <= last; form++) {
        number_of[form] = last - form;
    }
    for (uint32_t i = 0; i < count; i++) {
        forms[i] = last - numbers[i];
    }
    nn_codes_write(out, table, last, number_of, forms, count);
}

static void test_codes(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(33));
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    for (uint32_t round = 0; round < 3000; round++) {
        uint32_t numbers[700], count = 1 + (uint32_t)test_prng_below(&prng, 700);
        uint32_t forms = 1 + (uint32_t)test_prng_below(&prng, round % 3 == 0 ? 150 : 5);
        draw(&prng, numbers, count, forms);
        nn_form_table table = plan(numbers, count, forms);
        nn_buffer_clear(&out);
        write_codes(&out, &table, numbers, count);
        uint8_t *bytes = calloc(out.size + 8, 1);
        assert_non_null(bytes);
        if (out.size > 0) {
            memcpy(bytes, out.data, out.size);
        }
        nn_code_reader reader;
        uint32_t number = 0;
        nn_code_reader_init(&reader, &table, bytes, bytes + out.size);
        for (uint32_t i = 0; i < count; i++) {
            assert_true(nn_code_read(&reader, &table, &number));
            assert_int_equal(number, numbers[i]);
        }
        uint32_t at = (uint32_t)test_prng_below(&prng, count);
        nn_code_reader_init(&reader, &table, bytes, bytes + out.size);
        assert_true(nn_codes_pass(&reader, &table, at));
        assert_true(nn_code_read(&reader, &table, &number));
        assert_int_equal(number, numbers[at]);
        free(bytes);
    }
    nn_buffer_deinit(&out);
}

static void test_one_form_takes_nothing(void **state)
{
    (void)state;
    const uint32_t numbers[3] = {0, 0, 0};
    nn_form_table table = plan(numbers, 3, 1);
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    write_codes(&out, &table, numbers, 3);
    assert_int_equal(out.size, 0);
    nn_buffer_deinit(&out);
}

static void test_a_rare_form_is_cheap(void **state)
{
    (void)state;
    static uint32_t numbers[4096];
    memset(numbers, 0, sizeof numbers);
    for (uint32_t i = 100; i < 4096; i += 512) {
        numbers[i] = 1; /* 8 of 4096: entropy 0.0206 bits an occurrence */
    }
    nn_form_table table = plan(numbers, 4096, 2);
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    write_codes(&out, &table, numbers, 4096);
    assert_in_range(out.size * 8, 1, (uint64_t)(4096 * 0.0206 * 1.25));
    nn_buffer_deinit(&out);
}

static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(34));
    uint32_t refused = 0;
    for (uint32_t round = 0; round < 20000; round++) {
        uint8_t *bytes = malloc(48 + 8);
        uint32_t size = (uint32_t)test_prng_below(&prng, 49), number = 0;
        assert_non_null(bytes);
        test_prng_bytes(&prng, bytes, 48 + 8);
        nn_slice slice = nn_slice_of(bytes, size);
        nn_form_table table;
        nuncio_str form;
        char room[2 * NN_TERM_SIZE_MAX];
        bool read = nn_form_table_read(&slice, &table);
        for (uint32_t i = 0; read && i < table.count; i++) {
            read = nn_form_read(&slice, &table, i, nn_str("term", 4), room, &form);
        }
        if (read) {
            nn_code_reader reader;
            nn_code_reader_init(&reader, &table, slice.data, bytes + size);
            for (uint32_t i = 0; i < 1000 && read; i++) {
                read = nn_code_read(&reader, &table, &number);
                assert_true(!read || number < table.count);
            }
        }
        refused += !read;
        free(bytes);
    }
    assert_in_range(refused, 1000, 19999);
}

int main(void)
{
    nn_memory_init(&memory, NULL, 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_one_form_takes_nothing),
        cmocka_unit_test(test_a_rare_form_is_cheap),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
