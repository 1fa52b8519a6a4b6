/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "annotate/quotes/marks.h"
#include "core/str.h"

static nn_mark mark(int kind, int before, int after)
{
    return (nn_mark){.kind = (uint8_t)kind, .before = (uint8_t)before, .after = (uint8_t)after};
}

static void test_neighbours_tell_the_direction(void **state)
{
    (void)state;
    static const struct {
        int before, after, reads;
    } cases[] = {
        {NN_EDGE_SPACE, NN_EDGE_WORD, NN_READS_OPEN},
        {NN_EDGE_OPEN, NN_EDGE_WORD, NN_READS_OPEN},
        {NN_EDGE_SPACE, NN_EDGE_OPEN, NN_READS_OPEN},
        {NN_EDGE_WORD, NN_EDGE_SPACE, NN_READS_CLOSE},
        {NN_EDGE_CLOSE, NN_EDGE_SPACE, NN_READS_CLOSE},
        {NN_EDGE_WORD, NN_EDGE_CLOSE, NN_READS_CLOSE},
        {NN_EDGE_OPEN, NN_EDGE_SPACE, NN_READS_CLOSE},
        {NN_EDGE_SPACE, NN_EDGE_SPACE, NN_READS_NEITHER},
        {NN_EDGE_WORD, NN_EDGE_WORD, NN_READS_NEITHER},
        {NN_EDGE_CLOSE, NN_EDGE_WORD, NN_READS_NEITHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nn_mark m = mark(NN_MARK_STRAIGHT, cases[i].before, cases[i].after);
        assert_int_equal(nn_mark_context(&m), cases[i].reads);
    }
}

static void test_glyphs_win_unless_state_and_neighbours_object(void **state)
{
    (void)state;
    nn_mark left = mark(NN_MARK_LEFT, NN_EDGE_CLOSE, NN_EDGE_SPACE);
    assert_int_equal(nn_mark_reads(&left, true), NN_READS_CLOSE); /* „…“ */
    assert_int_equal(nn_mark_reads(&left, false), NN_READS_CLOSE);
    left.before = NN_EDGE_WORD;
    assert_int_equal(nn_mark_reads(&left, false), NN_READS_OPEN);
    nn_mark right = mark(NN_MARK_RIGHT, NN_EDGE_SPACE, NN_EDGE_WORD);
    assert_int_equal(nn_mark_reads(&right, false), NN_READS_OPEN); /* ”…” */
    assert_int_equal(nn_mark_reads(&right, true), NN_READS_CLOSE);
    nn_mark lone = mark(NN_MARK_STRAIGHT, NN_EDGE_SPACE, NN_EDGE_SPACE);
    assert_int_equal(nn_mark_reads(&lone, false), NN_READS_OPEN);
    assert_int_equal(nn_mark_reads(&lone, true), NN_READS_CLOSE);
    nn_mark low = mark(NN_MARK_LOW, NN_EDGE_WORD, NN_EDGE_SPACE);
    assert_int_equal(nn_mark_reads(&low, true), NN_READS_OPEN);
    assert_false(nn_mark_may_close(&low));
    nn_mark corner = mark(NN_MARK_CLOSE_CORNER, NN_EDGE_SPACE, NN_EDGE_WORD);
    assert_true(nn_mark_may_close(&corner));
}

static void test_families(void **state)
{
    (void)state;
    nn_mark a = mark(NN_MARK_LOW, 0, 0), b = mark(NN_MARK_STRAIGHT, 0, 0),
            c = mark(NN_MARK_LEFT_ANGLE, 0, 0);
    assert_int_equal(nn_mark_family(&a), nn_mark_family(&b));
    assert_int_not_equal(nn_mark_family(&a), nn_mark_family(&c));
    nn_mark d = mark(NN_MARK_SINGLE, 0, 0), e = mark(NN_MARK_SINGLE_RIGHT, 0, 0);
    assert_int_equal(nn_mark_family(&d), nn_mark_family(&e));
}

static void test_trimming(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"  a b \n", "a b"},
        {"\xc2\xa0"
         "a\xc2\xa0",
         "a"},
        {"\xe2\x80\xaf"
         "é\xe2\x80\x89",
         "é"},
        {" \xc2\xa0 ", ""},
        {"", ""},
        {"\xe2\x80\x9c", "\xe2\x80\x9c"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t start = 0;
        uint32_t end = (uint32_t)strlen(cases[i].text);
        nn_span_trim(nn_str_of(cases[i].text), &start, &end);
        nuncio_str left = nn_str(cases[i].text + start, end - start);
        assert_true(nn_str_equal(left, nn_str_of(cases[i].expected)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_neighbours_tell_the_direction),
        cmocka_unit_test(test_glyphs_win_unless_state_and_neighbours_object),
        cmocka_unit_test(test_families),
        cmocka_unit_test(test_trimming),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
